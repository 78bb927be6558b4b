"""A table's sheet -> the numbers, marks and notes of a report."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ...form import LIMIT, SLASH, Cell, Value, reckons
from ...report import Report, Unplaced, plain_mark, text_lines
from ...rules import Catalogue, Finding
from ..layout import TableSheet, address
from ..printed import Printed
from ..wording import wording
from .by_mark import Contents
from .cells import RawCell
from .kept import check_unplaced
from .labels import label_findings
from .shapes import shape_of
from .strays import kept_as_unread, table_strays
from .typed import Typed, as_seen, format_finding, typed


def _read_as(cell: Cell, value: Value) -> str:
    return f"“{cell.kind.show(value)}”" if value is not None else str(wording("reader")["as_blank"])


def _is_plain_count(cell: Cell, raw: RawCell) -> bool:
    """Whether it is a whole number in a cell of counts, without a formula or a format: nothing is to be read
    of it, and nothing said. So are nearly all."""
    value, _, kind, formula, code = raw
    is_whole = type(value) is int and kind == "number"
    return is_whole and not (formula or code or cell.kind.money) and abs(value) <= LIMIT  # type: ignore[arg-type]


class TableReader:
    """Reads one table's sheet into ``report``; ``findings``: where to say what a person should know of it."""

    def __init__(
        self,
        book: Contents,
        sheet: TableSheet,
        printed: Printed,
        report: Report,
        rules: Catalogue,
        findings: list[Finding],
    ) -> None:
        self.sheet, self.printed, self.findings = sheet, printed, findings
        self.report, self.rules = report, rules
        self.cells, self.from_1904 = book.cells(sheet.name), book.from_1904

    def read(self) -> None:
        self.findings += label_findings(self.sheet, self.cells, self.rules)
        for cell, at in self.sheet.places:
            raw = self.cells.get(at)
            if raw is None:
                continue
            if _is_plain_count(cell, raw):
                self.report.values[cell.id] = raw.value  # type: ignore[assignment]
            else:
                self._cell(cell, raw)
        self._notes()
        self.report.unplaced += table_strays(self.sheet, self.printed, self.cells, self.report.marks)

    def _cell(self, cell: Cell, raw: RawCell) -> None:
        no_value = raw.formula and raw.kind == "blank"
        if raw.formula:
            rule, message = self.rules["typed-formula"], "no_value" if no_value else None
            self.findings.append(rule.finding(cell.id, (cell.id,), message=message, **self._names(cell, raw)))
        found = typed(cell, raw, from_1904=self.from_1904)
        if found.shown or found.noise or raw.kind == "text":
            self._say(cell, raw, found, self._names(cell, raw))
        if found.unread is not None or no_value:
            text = wording("reader")["no_result"] if found.unread is None else found.unread
            self.report.unplaced.append(Unplaced(cell.place, text))
            return
        if found.mark:
            self.report.marks[cell.id] = found.mark
        if found.value is not None:
            self.report.values[cell.id] = found.value
        if raw.kind == "text" and not reckons(raw.raw):
            self.report.as_text[cell.id] = raw.raw  # said by the checks of cells

    def _names(self, cell: Cell, raw: RawCell) -> dict[str, Any]:
        """What messages on a cell say of it."""
        here = f"{self.sheet.name}!{address(*self.sheet.cells[cell.id])}"
        return {"row": cell.row.short, "column": cell.column.short, "where": here, "raw": raw.raw}

    def _say(self, cell: Cell, raw: RawCell, found: Typed, names: dict[str, Any]) -> None:
        """What a person should know of how the number is stored."""
        if found.shown:
            rule = self.rules["cell-format"]
            where = rule.parameters["phrases"]["cell"].format(place=names["where"], **names)
            if said := format_finding(found, raw, rule, cell.id, (cell.id,), where=where):
                self.findings.append(said)
        as_text = raw.kind == "text" and reckons(raw.raw) and raw.raw != found.value
        if found.noise or (found.unread is None and as_text):
            key = "noise" if found.noise else "blank" if found.value is None else None
            remedy = "slash" if found.value == SLASH else key
            read = cell.kind.show(found.value) if found.noise else _read_as(cell, found.value)
            normalised = self.rules["cell-normalised"]
            self.findings.append(
                normalised.finding(cell.id, (cell.id,), message=key, remedy=remedy, value=read, **names)
            )

    def _note_part(self, row: int, column: int) -> str:
        at = row, column
        typed = at in self.cells and not kept_as_unread(self.report, self.sheet.name, at, self.cells)
        return as_seen(self.cells[at], self.from_1904) if typed else ""

    def _notes(self) -> None:
        top = self.sheet.notes.top
        starts = [left for left, _ in self.sheet.note_columns]
        by_address = self.sheet.by_address
        written: dict[str, list[str]] = {}
        rows = shape_of(self.cells).once(
            "notes",
            self.sheet,
            lambda: sorted({row for row, column in self.cells if row >= top and column in starts}),
        )
        if rows:  # each says a note, more of one, or what has no place
            check_unplaced(len(rows), f"{self.sheet.name}!{address(rows[0], starts[0])}")
        for row in rows:
            mark, where, text = (self._note_part(row, c) for c in starts)
            if all(part in self.printed for part in (mark, where, text)):
                continue  # the block's own heads, moved down by an inserted row
            mark, text = plain_mark(mark), text_lines(text)
            if not mark:
                if where or text:
                    place = f"{self.sheet.name}!{address(row, starts[2])}"
                    self.report.unplaced.append(Unplaced(place, " ".join((where, text)).strip()))
                continue
            if text:
                told = written.setdefault(mark, [n for n in (self.report.notes.get(mark),) if n])
                told += [text] if told != [text] else []
            wheres = unicodedata.normalize("NFKC", where).upper()
            cells = [by_address.get(one) for one in re.split(r"[\s、,;/]+", wheres) if one]
            cells = [c if c and self.report.marks.get(c, mark) == mark else None for c in cells]
            self.report.marks.update((c, mark) for c in cells if c)
            if None in cells:
                self.report.unplaced.append(Unplaced(f"{self.sheet.name}!{address(row, starts[1])}", where))
        self.report.notes |= {mark: "\n".join(told) for mark, told in written.items()}
