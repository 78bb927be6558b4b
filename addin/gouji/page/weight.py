"""How much memory a state of a file takes beyond the one before it, most of which it shares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from sys import getsizeof

from ..form import Form


def weight_of(now: object, before: object) -> int:
    """Bytes, roughly, of what ``now`` holds and ``before`` does not; a form is everybody's."""
    if now is before or now is None or isinstance(now, Form):
        return 0
    return getsizeof(now) + sum(weight_of(one, other) for one, other in _parts(now, before))


def _parts(now: object, before: object) -> Iterator[tuple[object, object]]:
    """What it holds, each with what stood there before, None for nothing of the kind."""
    if isinstance(now, dict):
        old = before if isinstance(before, dict) else {}
        yield from ((one, old.get(key)) for key, one in now.items())
    elif isinstance(now, list | tuple):
        yield from zip_longest(now, before if isinstance(before, type(now)) else ())
    else:
        for name in getattr(now, "__dataclass_fields__", ()):
            yield getattr(now, name), getattr(before, name, None)
