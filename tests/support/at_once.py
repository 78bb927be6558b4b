"""Of kinds that are alike, what is tried at once; the others are among the long tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest

from gouji.form import editions


def at_once(kinds: Iterable[Any], chosen: Collection[Any]) -> list[Any]:
    """For ``parametrize``: all, those that are not chosen marked as long."""
    return [kind if kind in chosen else pytest.param(kind, marks=pytest.mark.long) for kind in kinds]


def brothers(
    cases: Iterable[Any], kind: Callable[[Any], object] = lambda case: None, *, first: int = 1
) -> list[Any]:
    """The cases as parameters (a tuple: of several names): the first of each kind as they are, all
    others marked ``long``."""
    met: Counter[object] = Counter()
    found: list[Any] = []
    for case in cases:
        of = kind(case)
        met[of] += 1
        values = case if isinstance(case, tuple) else (case,)
        found.append(case if met[of] <= first else pytest.param(*values, marks=pytest.mark.long))
    return found


#: Editions, for a test that starts another program.
NEWEST = at_once(editions(), editions()[-1:])
