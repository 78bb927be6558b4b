"""A filled workbook -> Report. Only typed values are trusted.

The template is known by its very hidden sheet, verified by the form's fingerprint and by the label at
every address; totals and checks are never taken from the file. What the form has no place for is
kept in ``Report.unplaced``; what a person should know of the file becomes a finding.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ...form import TABLE_KEYS, Cell, Form, NotANumber, TableKey, Value, editions, load_form
from ...report import FIRST_YEAR, LAST_YEAR, PREFACE, Explanation, Report, Unplaced, plain_mark, text_lines
from ...rules import Catalogue, Finding, catalogue
from ..layout import Layout, TableSheet, address, layout_of
from ..seal import SealState, seal_state
from ..template_info import TEMPLATE_VERSION
from ..wording import wording
from .cells import Position, RawCell
from .guard import Refused
from .sheets import open_book
from .strays import check_strays, cover_strays, table_strays, text_strays

#: Day 0 of a spreadsheet's dates, for every day after February 1900.
_DAY_ZERO = datetime.date(1899, 12, 30)
#: Numbers of days that can be meant as a date of a report: 2000-01-01 to 2099-12-31.
_DAYS = range(36526, 73051)


class Contents(Protocol):
    """What the reader needs of a workbook: a file (``sheets.Book``) or one open in Excel."""

    sheet_names: tuple[str, ...]
    states: dict[str, str]
    external_links: bool

    def cells(
        self, sheet_name: str, wanted: Container[Position] | None = None
    ) -> dict[Position, RawCell]: ...


@dataclass
class Reading:
    """What a workbook says. ``prior``: what was typed into 上年数, or None. ``findings``: on the file."""

    report: Report
    prior: Report | None
    findings: list[Finding]
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def seal_state(self) -> SealState:
        """Whether the file carries a seal, and whether it still fits."""
        return seal_state(self.report, self.prior, self.data)


def read_workbook(source: Path | bytes, rules: Catalogue | None = None) -> Reading:
    """Read one workbook. Raises Refused, with a Chinese line that says what to do."""
    return read_contents(open_book(source), rules)


def read_contents(book: Contents, rules: Catalogue | None = None) -> Reading:
    """Read a workbook that is open already. Raises Refused."""
    return _Reader(book, rules or catalogue()).read()


def template_data(book: Contents) -> dict[str, list[tuple[str, ...]]]:
    """The very hidden sheet's rows by key. Raises Refused where the workbook is not made by gouji."""
    name = wording("sheets")["data"]
    if name not in book.sheet_names:
        raise _refused("not_template")
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in book.cells(name).items():
        rows.setdefault(row, {})[column] = cell.raw
    data: dict[str, list[tuple[str, ...]]] = {}
    for _, texts in sorted(rows.items()):
        data.setdefault(texts.get(1, ""), []).append(tuple(texts.get(c, "") for c in (2, 3)))
    if name not in data:
        raise _refused("not_template")
    return data


def _refused(key: str, **fields: object) -> Refused:
    return Refused(key, wording("reader")[key].format(**fields))


def _plain(text: str) -> str:
    """A label as compared: width and white space make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class _Reader:
    def __init__(self, book: Contents, rules: Catalogue) -> None:
        self.book = book
        self.rules = rules
        self.findings: list[Finding] = []
        self.data = template_data(book)
        self.form = self._form()
        self.layout: Layout = layout_of(self.form)
        if missing := [n for n in self.layout.sheet_names if n not in book.sheet_names]:
            raise _refused("sheet_missing", sheets="、".join(missing))
        self.report = Report(self.form)

    def _first(self, key: str) -> str:
        return self.data.get(key, [("", "")])[0][0]

    def _form(self) -> Form:
        tables: dict[TableKey, str] = {key: self._first(f"edition.{key}") for key in TABLE_KEYS}
        edition = self._first("edition")
        if not {edition, *tables.values()} <= set(editions()):
            raise _refused("edition_unknown", edition=edition)
        form = load_form(edition, tables)
        version = self._first(wording("sheets")["data"])
        if version != TEMPLATE_VERSION or self._first("fingerprint") != form.fingerprint:
            raise _refused("version_unknown", version=version)
        return form

    def read(self) -> Reading:
        self._cover()
        for sheet in self.layout.tables.values():
            _TableReader(self, sheet).read()
        self._texts()
        self._explanations()
        self.report.unplaced += [Unplaced(place, text) for place, text in self.data.get("unplaced", [])]
        self._book()
        data = {key: rows[0][0] for key, rows in self.data.items()}
        return Reading(self.report, self._prior(), self.findings, data)

    # ------------------------------------------------------------ cover

    def _cover(self) -> None:
        cover = self.layout.cover
        cells = self.book.cells(cover.name)
        text = {
            name: (_cover_text(name, cells[at]) if at in cells else "") for name, at in cover.fields.items()
        }
        report = self.report
        report.unit = text["unit"]
        report.code = text["code"] or None
        if text["period_from"] or text["period_to"]:
            report.period = (text["period_from"], text["period_to"])
        words = wording("cover")
        report.blank_is_zero = text["blank_is_zero"] == words["yes"]
        if text["blank_is_zero"] not in (words["yes"], words["no"], ""):
            self._unplaced(cover.name, cover.fields["blank_is_zero"], text["blank_is_zero"])
        report.year = _year(text["year"])
        if text["year"] and not report.year:
            self._unplaced(cover.name, cover.fields["year"], text["year"])
        report.unplaced += cover_strays(self.layout, cells)

    def _unplaced(self, sheet: str, at: Position, text: str) -> None:
        self.report.unplaced.append(Unplaced(f"{sheet}!{address(*at)}", text))

    def _prior(self) -> Report | None:
        """上年数, without a unit and a year: only what the rules compare with."""
        cells = self.book.cells(self.layout.cover.name)
        prior = Report(self.form)
        for cell_id, at in self.layout.cover.prior.items():
            raw = cells.get(at)
            if raw is None:
                continue
            place = f"{self.layout.cover.name}!{address(*at)}"
            value = self._prior_value(self.form.by_id[cell_id], raw, place)
            if value is not None:
                prior.values[cell_id] = value
        return prior if prior.values else None

    def _prior_value(self, cell: Cell, raw: RawCell, place: str) -> Value:
        """One number of 上年数; says where it is a formula, a text read as a number, or none."""
        rule = self.rules["prior-number"]
        names: dict[str, Any] = {"where": place, "value": raw.raw}
        if raw.formula:
            self.findings.append(rule.finding(place, message="formula", **names))
        try:
            value, mark = content(cell, raw)
        except NotANumber:
            self.findings.append(rule.finding(place, **names))
            return None
        if raw.kind == "text" and raw.raw != value:
            read = _read_as(cell, value)
            message, level = ("marked", None) if mark else ("normalised", "normalised_level")
            grade = rule.no_graver_than(level) if level else None
            found = rule.finding(place, level=grade, message=message, read=read, mark=mark, **names)
            self.findings.append(found)
        return value

    # ------------------------------------------------------------ texts, explanations

    def _texts(self) -> None:
        texts = {}
        for key, area in self.layout.texts.items():
            cells = self.book.cells(area.sheet)
            lines = [cells[r, 1].raw if (r, 1) in cells else "" for r in range(area.top, area.bottom + 1)]
            if text := text_lines("\n".join(lines)):
                texts[key] = text
        for sheet in dict.fromkeys(area.sheet for area in self.layout.texts.values()):
            self.report.unplaced += text_strays(self.layout, sheet, self.book.cells(sheet))
        if texts or self._first("texts") == "present":
            order = [PREFACE, *(s.number for s in self.form.sections)]
            self.report.texts = dict(sorted(texts.items(), key=lambda item: order.index(item[0])))

    def _explanations(self) -> None:
        area = self.layout.check.explanations
        cells = self.book.cells(area.sheet)
        for row in range(area.top, area.bottom + 1):
            key, text, state, numbers = (
                cells[row, c].raw.strip() if (row, c) in cells else ""
                for c in range(area.left, area.left + 4)
            )
            if key and key not in self.report.explanations:
                kept = tuple(n for n in numbers.split("；") if n)
                self.report.explanations[key] = Explanation(text_lines(text), state, kept)
            elif said := " ".join(part for part in (key, text, state, numbers) if part):
                # Without an id, or with the id of an earlier row.
                self._unplaced(area.sheet, (row, area.left if key else area.left + 1), said)
        self.report.unplaced += check_strays(self.layout, cells)

    # ------------------------------------------------------------ the file as a whole

    def _book(self) -> None:
        form = set(self.layout.sheet_names) - {wording("sheets")["data"]}
        own = {*self.layout.sheet_names, *(name for name, _ in self.data.get("sheet", []))}
        for name in self.book.sheet_names:
            hidden = self.book.states.get(name, "visible") != "visible"
            if name in form and hidden:
                rule = self.rules["sheet-hidden"]
                self.findings.append(rule.finding(name, message="own", remedy="own", sheet=name))
            elif name not in own:
                rule = self.rules["sheet-hidden" if hidden else "sheet-extra"]
                self.findings.append(rule.finding(name, sheet=name))
        if self.book.external_links:
            self.findings.append(self.rules["external-link"].finding("book"))


def _cover_text(name: str, cell: RawCell) -> str:
    """A field of the cover; a real date typed into 统计期限 is a number of days (ECMA-376 18.17.4.1)."""
    if name.startswith("period_") and cell.kind == "number" and isinstance(cell.value, int):
        if cell.value in _DAYS:
            return (_DAY_ZERO + datetime.timedelta(days=cell.value)).isoformat()
        if re.fullmatch("[0-9]{8}", cell.raw):
            with suppress(ValueError):
                return datetime.date.fromisoformat(cell.raw).isoformat()
    return cell.raw.strip()


def _year(text: str) -> int:
    """A year of four digits, 年 or not; 0 for anything else."""
    match = re.fullmatch("([0-9]{4}) ?年?", unicodedata.normalize("NFKC", text).strip())
    year = int(match[1]) if match else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


def _read_as(cell: Cell, value: Value) -> str:
    return f"“{cell.kind.show(value)}”" if value is not None else str(wording("reader")["as_blank"])


def content(cell: Cell, raw: RawCell) -> tuple[Value, str | None]:
    """(value, footnote mark) of a typed cell. Raises NotANumber."""
    if raw.kind == "blank":
        return None, None
    if raw.kind == "number" and isinstance(raw.value, int | float):
        return cell.kind.from_double(raw.value), None
    if raw.kind == "text":
        reading = cell.kind.parse(raw.raw)
        return reading.value, reading.mark
    raise NotANumber(raw.raw)


class _TableReader:
    """Reads one table's sheet into the reader's report."""

    def __init__(self, reader: _Reader, sheet: TableSheet) -> None:
        self.reader, self.sheet = reader, sheet
        self.report, self.rules = reader.report, reader.rules
        self.cells = reader.book.cells(sheet.name)

    def read(self) -> None:
        self._labels()
        for cell in self.sheet.table.cells:
            raw = self.cells.get(self.sheet.cells[cell.id])
            if raw is not None:
                self._cell(cell, raw)
        self._notes()
        self.report.unplaced += table_strays(self.sheet, self.reader.form, self.cells)

    def _labels(self) -> None:
        """The label at every address: an inserted or moved row would put numbers under other names."""
        wrong = []
        for at, text in self.sheet.labels.items():
            found = self.cells[at].raw if at in self.cells else ""
            if _plain(found) != _plain(text):
                wrong.append((address(*at), text, found))
        if wrong:
            first, text, found = wrong[0]
            self.reader.findings.append(
                self.rules["label-changed"].finding(
                    self.sheet.table.id,
                    sheet=self.sheet.name,
                    count=len(wrong),
                    address=first,
                    label=text,
                    found=found,
                )
            )

    def _cell(self, cell: Cell, raw: RawCell) -> None:
        here = f"{self.sheet.name}!{address(*self.sheet.cells[cell.id])}"
        names: dict[str, Any] = {
            "row": cell.row.key,
            "column": cell.column.label,
            "where": here,
            "raw": raw.raw,
        }
        if raw.formula:
            self.reader.findings.append(self.rules["typed-formula"].finding(cell.id, (cell.id,), **names))
        try:
            value, mark = content(cell, raw)
        except NotANumber:
            text = str(raw.value).upper() if raw.kind == "bool" else raw.raw
            self.report.unplaced.append(Unplaced(cell.place, text))
            return
        if mark:
            self.report.marks[cell.id] = mark
        if value is not None:
            self.report.values[cell.id] = value
        if raw.kind == "text" and raw.raw != value:
            shown = _read_as(cell, value)
            self.reader.findings.append(
                self.rules["cell-normalised"].finding(cell.id, (cell.id,), value=shown, **names)
            )

    def _notes(self) -> None:
        area = self.sheet.notes
        starts = [left for left, _ in self.sheet.note_columns]
        by_address = {address(*at): cell for cell, at in self.sheet.cells.items()}
        # In a city's workbook the block reaches further down.
        last = max((row for row, _ in self.cells), default=0)
        for row in range(area.top, max(area.bottom, last) + 1):
            mark, where, text = (self.cells[row, c].raw if (row, c) in self.cells else "" for c in starts)
            mark, text = plain_mark(mark), text_lines(text)
            if not mark:
                if where or text:
                    place = f"{self.sheet.name}!{address(row, starts[2])}"
                    self.report.unplaced.append(Unplaced(place, " ".join((where, text)).strip()))
                continue
            if text:
                known = self.report.notes.get(mark)
                self.report.notes[mark] = text if known in (None, text) else f"{known}\n{text}"
            wheres = unicodedata.normalize("NFKC", where).upper()
            cells = [by_address.get(one) for one in re.split(r"[\s、,;/]+", wheres) if one]
            cells = [c if c and self.report.marks.get(c, mark) == mark else None for c in cells]
            self.report.marks.update((c, mark) for c in cells if c)
            if None in cells:
                self.report.unplaced.append(Unplaced(f"{self.sheet.name}!{address(row, starts[1])}", where))
