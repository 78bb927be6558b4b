"""What people do to whole lines, tables and texts is told first, by one finding, and never falsely."""

from __future__ import annotations

import pytest

from support.faults import CAUSES, told

DRAWS = 20
#: Of all draws; so many of a hundred may be told as another cause that explains as much.
NAMED = 95


@pytest.mark.parametrize("kind", CAUSES)
def test_the_cause_is_named_first_and_nothing_is_falsely_certain(kind: str) -> None:
    found = told(kind, DRAWS)
    assert 100 * found.named >= NAMED * found.drawn
    assert found.cells == found.named, "the cells of one way are the right ones"
    assert (found.falsely_certain, found.silent) == (0, 0)
    assert found.cascades <= 1
