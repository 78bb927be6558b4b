"""Of many cases of one kind one or two in every run, the others in the long one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest


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
