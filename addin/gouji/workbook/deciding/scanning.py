"""What stands where in an area: formulas that look at many cells at once.

They are array formulas of one cell each (``{=…}``, as entered with Ctrl+Shift+Enter): nothing spills, and
Gnumeric, which elsewhere looks at one cell of a range, looks at all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..figures import trimmed
from ..layout import Area, address

#: More than any row, times more than any column of a form; the first cell has the greatest rank.
_ROWS, _COLUMNS = 10_000, 100


def array(formula: str) -> str:
    """The formula as one that looks at areas whole."""
    return f"{{={formula}}}"


def typed(areas: Iterable[Area]) -> str:
    """How many cells hold anything but white space and error values (in an array formula)."""
    return "+".join(
        f'SUM(IF(ISERROR({a.full()}),0,IF({trimmed(f"CLEAN({a.full()})")}="",0,1)))' for a in areas
    )


def held(areas: Iterable[Area]) -> str:
    """How many cells hold anything but white space, error values included (in an array formula)."""
    found = list(areas)
    return f"{typed(found)}+{errors(found)}"


def errors(areas: Iterable[Area]) -> str:
    """How many cells hold an error value (in an array formula)."""
    return "+".join(f"SUM(IF(ISERROR({a.full()}),1,0))" for a in areas)


def first(areas: Iterable[Area], condition: str, shift: int = 0) -> str:
    """The rank of the first cell for which ``condition`` (with ``{0}`` for it) holds; 0 where none does.

    ``shift``: how many columns right of the cell that is meant the area stands (in an array formula).
    """
    ranks = (
        f"MAX(IF({condition.format(a.full())},"
        f"{_ROWS * _COLUMNS}-ROW({a.full()})*{_COLUMNS}-COLUMN({a.full()})+{shift},0))"
        for a in areas
    )
    return f"MAX({','.join(ranks)})"


def rank_of(position: tuple[int, int]) -> int:
    """The rank of a cell, by its row and column."""
    return _ROWS * _COLUMNS - position[0] * _COLUMNS - position[1]


def at(sheet: str, rank: str) -> str:
    """The address of the cell of a rank, as text: ``三!D15``."""
    place = f"{_ROWS * _COLUMNS}-{rank}"
    return f'"{sheet}!"&ADDRESS(INT(({place})/{_COLUMNS}),MOD({place},{_COLUMNS}),4)'


def place(sheet: str, position: tuple[int, int]) -> str:
    """``三!D15``"""
    return f"{sheet}!{address(*position)}"
