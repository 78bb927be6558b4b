"""Formulas that say the same in each row of a column are written once (ECMA-376 part 1, 18.3.1.40: "shared").

Every program since Excel 97 writes and reads them. What is shared is found, not declared: formulas whose
references either stay or move with their row. A formula that looks at another sheet stands for itself, as in
the files that Excel writes.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from itertools import accumulate

from ...precompiled import compiled
from ...records import dataclass

#: Shorter ones cost less than the mark of a shared one.
_LEAST = 12
_NUMBER = compiled(r"([0-9]+)")
#: A text, or a cell by its column and row.
_REFERENCE = compiled(r'"[^"]*"|(?<![A-Za-z0-9_.$])(\$?[A-Z]{1,3})(\$?)([0-9]+)(?![A-Za-z0-9_.(])')


#: A formula: its row, its text, and that text split at its numbers, which are every second piece.
_Single = tuple[int, str, list[str]]


@dataclass(slots=True)
class Family:
    """Formulas of one column that are one formula. ``text``: that of ``rows[0]``, whose references are
    relative where they move with the row, and else absolute."""

    text: str
    rows: list[int]
    _pieces: list[str] = field(repr=False)
    _moving: list[tuple[int, int]] = field(repr=False)

    def takes(self, row: int, formula: str) -> bool:
        """Whether the formula of a row is this one; if so it is added."""
        pieces = self._pieces
        for at, beyond in self._moving:
            pieces[at] = str(row + beyond)
        if "".join(pieces) != formula:
            return False
        self.rows.append(row)
        return True


@lru_cache(maxsize=4096)
def families(column: tuple[tuple[int, str], ...]) -> list[Family]:
    """What can be shared in one column, given as (row, formula) in the order of rows; kept, for every form of
    an edition has the same."""
    found: list[Family] = []
    current: Family | None = None
    single: _Single | None = None
    for row, formula in column:
        if len(formula) < _LEAST or "!" in formula:
            continue
        if current is not None and current.takes(row, formula):
            continue
        mine = row, formula, _NUMBER.split(formula)
        begun = None if single is None else _begun(single, mine)
        if begun is None:
            single = mine
        else:
            found.append(begun)
            current, single = begun, None
    return found


def _begun(first: _Single, second: _Single) -> Family | None:
    """The family of two formulas, None where they are not one."""
    (top, text, pieces), (row, formula, others) = first, second
    if len(pieces) != len(others) or pieces[::2] != others[::2]:
        return None
    moving = [i for i in range(1, len(pieces), 2) if pieces[i] != others[i]]
    starts = dict(zip((0, *accumulate(map(len, pieces))), range(len(pieces)), strict=False))
    references = [(m, starts[m.start(3)]) for m in _REFERENCE.finditer(text) if m[3]]
    relative = set(moving)
    if not {at for _, at in references} >= relative:
        return None
    shared, done = "", 0
    for m, at in references:
        shared += f"{text[done : m.start()]}{m[1]}{'' if at in relative else '$'}{m[3]}"
        done = m.end()
    shared += text[done:]
    family = Family(shared, [top], [*pieces], [(i, int(pieces[i]) - top) for i in moving])
    return family if family.takes(row, formula) else None
