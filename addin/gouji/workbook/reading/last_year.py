"""Last year's figures of a workbook: from the zone of 上年, or from the block on 封面 of an earlier template.

A report without a unit and a year: only what the rules compare with. What stands there and could not be used
is said with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...form import Cell, Form, Value
from ...report import Report, Unplaced
from ...rules import Catalogue, Finding
from ...text import plain
from ..earlier import PriorBlock
from ..layout import address
from ..pasting.decide import USED, Found, LineFound, find
from ..pasting.sheet import PasteSheet, paste_sheet
from ..pasting.taken import as_report
from ..wording import wording
from .cells import Position, RawCell
from .shapes import shape_of, typed_in
from .typed import Typed, format_finding, is_reckoned, typed

Cells = Mapping[Position, RawCell]
#: So many lines that were not found are named.
_NAMED = 3


class LastYear:
    """Reads one workbook's figures of last year; ``findings`` says what a person should know of them."""

    def __init__(self, form: Form, rules: Catalogue, from_1904: bool) -> None:
        self.form, self.rules, self.from_1904 = form, rules, from_1904
        self.findings: list[Finding] = []
        self.unplaced: list[Unplaced] = []

    def of_block(self, block: PriorBlock, sheet: str, cells: Cells) -> Report | None:
        """From 封面 of an earlier template; nothing where a label of the block has moved, or its numbers."""
        moved = [at for at, spellings in block.labels.items() if not _stands(cells.get(at), spellings)]
        if moved and not any(at in cells for at in block.cells.values()):
            return None
        if moved:
            place = f"{sheet}!{address(*moved[0])}"
            self._say(place, message="moved", remedy="moved", where=place, value="")
            return None
        if at := _outside(block, cells):
            place = f"{sheet}!{address(*at)}"
            self._say(place, message="shifted", remedy="shifted", where=place, value="")
            return None
        prior = Report(self.form)
        for cell_id, at in block.cells.items():
            if (raw := cells.get(at)) is None:
                continue
            read = typed(self.form.by_id[cell_id], raw, from_1904=self.from_1904)
            self._said_of(self.form.by_id[cell_id], raw, read, f"{sheet}!{address(*at)}")
            if read.value is not None:
                prior.values[cell_id] = read.value
            if not is_reckoned(raw, read.value):
                prior.as_text[cell_id] = raw.raw
        return prior if prior.values else None

    def of_sheet(self, cells: Cells, is_printed: Callable[[str], bool]) -> Report | None:
        """From the zone of 上年."""
        sheet = paste_sheet(self.form, "last_year")
        right, holds = sheet.zone.right, sheet.zone.holds
        where = shape_of(cells).once(
            "zone", sheet, lambda: [at for at in cells if at[1] <= right and holds(*at)]
        )
        zone = {at: cells[at] for at in where}
        if not zone:
            self.unplaced += _beside(sheet, cells, is_printed)
            return None
        found = find(sheet, self.form, zone)
        report, read = as_report(self.form, found, zone, from_1904=self.from_1904)
        for cell_id, one in read.items():
            at = found.cells[cell_id]
            self._said_of(self.form.by_id[cell_id], zone[at], one, f"{sheet.name}!{address(*at)}")
        self._lines(sheet, found, zone)
        self.unplaced += _beside(sheet, cells, is_printed)
        return report

    # ------------------------------------------------------------ what is said

    def _say(self, place: str, **names: Any) -> None:
        self.findings.append(self.rules["prior-number"].finding(place, **names))

    def _said_of(self, cell: Cell, raw: RawCell, found: Typed, place: str) -> None:
        """Of one number: a formula, a format that shows something else, a text read as a number, or none."""
        rule, w = self.rules["prior-number"], self.rules["cell-format"].parameters["phrases"]
        names: dict[str, Any] = {"where": place, "value": raw.raw}
        if raw.formula:
            self._say(place, message="formula", **names)
        where = w["prior"].format(place=place)
        if said := format_finding(found, raw, self.rules["cell-format"], place, where=where):
            self.findings.append(said)
        if found.unread is not None and not found.refused:
            self._say(place, where=place, value=found.unread)
        if found.unread is None and raw.kind == "text" and raw.raw != found.value:
            message, level = ("marked", None) if found.mark else ("normalised", "normalised_level")
            grade = rule.no_graver_than(level) if level else None
            self._say(
                place,
                level=grade,
                message=message,
                read=_read_as(cell, found.value),
                mark=found.mark,
                **names,
            )

    def _lines(self, sheet: PasteSheet, found: Found, zone: Cells) -> None:
        """Lines of a table that are not used though others of it were found; a zone in which none was."""
        if not found.any:
            place = f"{sheet.name}!{sheet.zone.ref().partition(':')[0]}"
            self._say(place, message="none", remedy="lines", where=place, value="")
            return
        states = wording("pasting.states")
        for key, table in self.form.tables.items():
            lines = [line for n, p in enumerate(sheet.parts) if p.table.key == key for line in found.lines[n]]
            unused = [line for line in lines if line.state not in USED]
            if not unused or all(line.state == "absent" for line in lines):
                continue
            rule = self.rules["prior-number"]
            labels = {row.id: row.short for row in table.rows()}
            named = "、".join(f"「{labels[x.line]}」（{states[x.state]}）" for x in unused[:_NAMED])
            self._say(
                f"{sheet.name}!{address(*_first(sheet, unused))}",
                level=rule.no_graver_than("normalised_level"),
                message="lines",
                remedy="lines",
                where=sheet.name,
                value="",
                table=table.section.number,
                count=len(unused),
                rows=len(lines),
                lines=named,
            )


def _first(sheet: PasteSheet, lines: list[LineFound]) -> Position:
    """Where the first of these lines stands in the zone, else where the zone begins."""
    rows = [line.row for line in lines if line.row]
    return sheet.zone.top + (min(rows) - 1 if rows else 0), sheet.zone.left


def _beside(sheet: PasteSheet, cells: Cells, is_printed: Callable[[str], bool]) -> Iterator[Unplaced]:
    """What stands above and below the zone; to its right is nothing but ours."""
    right, holds = sheet.zone.right, sheet.zone.holds
    beside = shape_of(cells).once(
        "beside", sheet, lambda: [at for at in sorted(typed_in(cells)) if at[1] <= right and not holds(*at)]
    )
    for at in beside:
        text = cells[at].raw
        if plain(text) and not is_printed(text):
            yield Unplaced(f"{sheet.name}!{address(*at)}", text)


def _outside(block: PriorBlock, cells: Cells) -> Position | None:
    """Where a number stands right above or below the numbers of the block: cells were inserted or deleted in
    that column alone, and each number may stand at another label."""
    rows, columns = zip(*block.cells.values(), strict=True)
    for row in (min(rows) - 1, max(rows) + 1):
        raw = cells.get((row, columns[0]))
        if raw and raw.kind == "number" and not raw.formula:
            return row, columns[0]
    return None


def _stands(raw: RawCell | None, spellings: tuple[str, ...]) -> bool:
    return raw is not None and plain(raw.raw) in map(plain, spellings)


def _read_as(cell: Cell, value: Value) -> str:
    return f"“{cell.kind.show(value)}”" if value is not None else str(wording("reader")["as_blank"])
