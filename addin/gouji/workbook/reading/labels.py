"""The labels of a table's sheet: an inserted, deleted or moved row would put numbers under other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ...form import Box
from ...rules import Catalogue, Finding, Level, Rule
from ...text import plain
from ..layout import TableSheet, address, column_letter
from .cells import Position, RawCell

Cells = Mapping[Position, RawCell]

#: No label is longer, however many blanks stand in it.
_LONGEST = 1000
#: So many lines inserted or deleted at one place are recognised.
_MOST = 5


class Moved(NamedTuple):
    """All labels from one row or column on stand ``by`` lines further: so many were inserted before them, or
    deleted. ``first``: the first line that was inserted or is gone; ``empty``: nothing stands in it."""

    axis: str
    first: int
    by: int
    empty: bool


class Labels(NamedTuple):
    """The labels of one sheet, for which ``place`` stands in findings. ``of``: what they label: a table, the
    cover, a text. ``now``: where each of them stands now, if all were found, so that all was read right."""

    sheet: str
    place: str
    boxes: Sequence[Box]
    of: Literal["table", "cover", "text"]
    now: Mapping[Position, Position] = {}


def label_findings(sheet: TableSheet, cells: Cells, rules: Catalogue) -> Iterator[Finding]:
    """One finding where labels are not where they belong, in any spelling that a release printed there."""
    if not all_stand(sheet, cells):
        yield from off_labels(Labels(sheet.name, sheet.table.id, sheet.label_boxes, "table"), cells, rules)


def off_labels(labels: Labels, cells: Cells, rules: Catalogue) -> Iterator[Finding]:
    """As :func:`label_findings`, of any sheet; milder where what they label was read all the same."""
    boxes = labels.boxes
    wrong = [box for box in boxes if not _stands(box, cells, box.row, box.column)]
    if not wrong:
        return
    moved = None if labels.now else _moved(boxes, wrong, cells)
    across = moved is not None and moved.axis == "column"
    first = min(wrong, key=lambda b: (b.column, b.row) if across else (b.row, b.column))
    at, rule = (first.row, first.column), rules["label-changed"]
    phrases = rule.parameters["phrases"]
    key = "elsewhere" if labels.now else None
    if moved:
        key = f"{'inserted' if moved.by > 0 else 'deleted'}_{moved.axis}"
    yield rule.finding(
        labels.place,
        level=_level(labels, rule),
        message=key,
        remedy="empty" if labels.now or (moved and moved.empty) else None,
        sheet=labels.sheet,
        count=len(wrong),
        address=address(*at),
        label=first.text,
        found="".join(cells[at].raw.splitlines()) if at in cells else "",
        now=address(*labels.now[at]) if labels.now else "",
        lines=_lines(moved) if moved else "",
        empty=phrases["empty"] if moved and moved.empty else "",
        contents=phrases["numbers" if labels.of == "table" else "contents"],
        result=phrases[f"{labels.of}_read" if labels.now else labels.of],
    )


def _level(labels: Labels, rule: Rule) -> Level:
    """Under other labels stand other numbers: an error. A text is the same text wherever it stands."""
    if labels.of == "text":
        return rule.no_graver_than("text_level" if labels.now else "moved_level")
    return rule.no_graver_than("moved_level") if labels.now else rule.level


def all_stand(sheet: TableSheet, cells: Cells) -> bool:
    """Whether every label is where it belongs."""
    places, texts = sheet.label_texts
    found = [*map(cells.get, places)]
    if all(found) and [raw.raw for raw in found if raw] == texts:
        return True
    return all(_stands(box, cells, box.row, box.column) for box in sheet.label_boxes)


def _stands(box: Box, cells: Cells, row: int, column: int) -> bool:
    cell = cells.get((row, column))
    found = "" if cell is None else cell.raw
    if found == box.text:
        return True
    return len(found) <= _LONGEST and _is_spelt(found, box.text, *box.formerly)


@lru_cache(maxsize=1024)
def _is_spelt(found: str, *spellings: str) -> bool:
    return plain(found) in map(plain, spellings)


def _moved(boxes: Sequence[Box], wrong: Sequence[Box], cells: Cells) -> Moved | None:
    """The insertion or deletion that accounts for every wrong label, or None."""
    for axis in ("row", "column"):
        first = min(_line(box, axis) for box in wrong)
        for by in (step * sign for step in range(1, _MOST + 1) for sign in (1, -1)):
            beyond = [box for box in boxes if _line(box, axis) >= first - min(by, 0)]
            rows, columns = (by, 0) if axis == "row" else (0, by)
            if beyond and all(_stands(box, cells, box.row + rows, box.column + columns) for box in beyond):
                within = range(first, first + by)
                empty = not any((r if axis == "row" else c) in within for r, c in cells if cells[r, c].raw)
                return Moved(axis, first, by, by > 0 and empty)
    return None


def _line(box: Box, axis: str) -> int:
    return box.row if axis == "row" else box.column


def _lines(moved: Moved) -> str:
    """``13``, ``13–14``, or the letters of columns."""
    ends = (moved.first, moved.first + abs(moved.by) - 1)
    first, last = map(str, ends) if moved.axis == "row" else map(column_letter, ends)
    return first if first == last else f"{first}–{last}"
