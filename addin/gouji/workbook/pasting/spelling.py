"""How a label is compared with what was pasted: the same replacements, by formulas and in Python.

A row of the zone becomes one text, its cells between bars, so that a label is found wherever it stands in
the row, whole cell by whole cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ...form import Form, Line
from ...form.labels import unnumbered, without_remark
from ...precompiled import compiled
from ...wording import data_beside
from ..spliced import quoted

#: Controls have no place in a formula's text.
_CONTROL = compiled("[\x00-\x1f]")


@cache
def _data() -> Any:
    return data_beside("gouji.workbook", "pasting.toml")


@cache
def bar() -> str:
    """What stands between the cells of a row."""
    return str(_data()["bar"])


@cache
def _replacements() -> tuple[tuple[str, str], ...]:
    return (*((one, "") for one in _data()["removed"]), *zip(*_data()["digits"], strict=True))


@cache
def _characters() -> dict[int, str]:
    return str.maketrans(dict(_replacements()))


def folded(text: str) -> str:
    """The text as it is compared; bars stay."""
    return text.translate(_characters())


@cache
def _folding() -> tuple[str, str]:
    """What stands before and behind a formula whose value is folded."""
    said = "\0"
    for old, new in _replacements():
        said = f"SUBSTITUTE({said},{_character(old)},{_character(new)})"
    before, _, behind = said.partition("\0")
    return before, behind


def folding(formula: str) -> str:
    """The formula that does to the value of ``formula`` what :func:`folded` does."""
    return formula.join(_folding())


def _character(text: str) -> str:
    if _CONTROL.fullmatch(text):
        return f"CHAR({ord(text)})"
    return quoted(text)


def row_text(cells: Iterable[str]) -> str:
    """A row as it is searched: its cells between bars."""
    return folded(bar() + "".join(f"{cell}{bar()}" for cell in cells))


@cache
def spelt(line: Line, form: Form) -> tuple[str, ...]:
    """What the cell of a row's or column's label may hold, as compared, without the bars."""
    known: dict[str, None] = {}
    others = _data()["spellings"].get(line.label, ())
    for label in (line.label, *line.formerly, *others):
        ways = [label, without_remark(label)]
        # （七）总计 without its number is the head 总计, and 3.其他 a column.
        ways += [way for one in ways if _telling(form)[folded(way := unnumbered(one))] <= 1]
        known.update(dict.fromkeys(map(folded, ways)))
    return tuple(known)


@cache
def _telling(form: Form) -> Counter[str]:
    """How many lines and heads of the form have these letters, without their numbers."""
    found: Counter[str] = Counter()
    for table in form.tables.values():
        for block in table.blocks:
            lines: Sequence[Line] = (*block.rows, *block.columns)
            groups = {group.id: group.label for line in lines for group in line.under}
            labels = {(line.id, line.label) for line in lines} | set(groups.items())
            for _, label in labels:
                found.update({folded(unnumbered(way)) for way in (label, without_remark(label))})
    return found


def position(text: str, spellings: Sequence[str]) -> int:
    """Where in a row's text the bar before the label stands, from 1; 0 where it is not."""
    for one in spellings:
        if at := text.find(f"{bar()}{one}{bar()}") + 1:
            return at
    return 0


def column_at(text: str, place: int) -> int:
    """The column of the cell behind a bar, from 1."""
    return text[:place].count(bar())
