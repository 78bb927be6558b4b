"""Bounds on time that hold on a slow machine and beside others: of the processor, compared with counting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

#: Seconds that counting took where the bounds were measured.
_COUNTED = 0.02


def _counting() -> float:
    begun = process_time()
    sum(len(str(number)) for number in range(250_000))
    return process_time() - begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done takes less than so many seconds of the processor where the bounds were measured."""
    before = _counting()
    begun = process_time()
    yield
    spent = process_time() - begun
    slower = max(1.0, before / _COUNTED, _counting() / _COUNTED)
    assert spent < seconds * slower, f"{spent:.2f} s on a machine {slower:.1f} times as slow"
