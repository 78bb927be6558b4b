"""A filled workbook -> Report. Only typed values are trusted.

The template is known by its very hidden sheet, verified by the form's fingerprint and by the label at
every address; totals and checks are never taken from the file. What the form has no place for is
kept in ``Report.unplaced``; what a person should know of the file becomes a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from ...form import TABLE_KEYS, Form, TableKey, editions, load_form
from ...marks import Mark
from ...records import dataclass
from ...report import PREFACE, Report, ReportError, Unplaced, text_lines
from ...rules import Catalogue, Finding, catalogue
from ..confirming import typed_answers
from ..earlier import prior_block
from ..kind import list_kind, meta_of
from ..layout import Area, Layout, layout_of
from ..printed import Printed
from ..provenance import read_provenance_rows
from ..returned import Item, is_ours, read_items, read_over, read_replies
from ..seal import SealState, seal_state
from ..template_info import TEMPLATE_VERSIONS_READ
from ..wording import marks, wording
from .by_mark import ByMark, Contents
from .cells import Position, RawCell
from .check_sheet import check_places, read_explanations
from .copies import copied
from .cover import CoverReader
from .declared import declared_below
from .guard import Refused
from .headings import sheets_of_texts, text_places
from .kept import check_kept
from .last_year import LastYear
from .over import remarks_over
from .shapes import shape_of
from .sheets import open_book
from .strays import check_strays, kept_as_unread, text_strays
from .table_editions import as_printed
from .tables import TableReader
from .typed import as_seen
from .unseen import all_unseen

#: So many characters tell a note that was only cut from one that was rewritten.
_AGREE = 10_000


@dataclass
class Reading:
    """What a file says. ``prior``: what 上年 holds, or None. ``findings``: on the file. ``data``:
    the very hidden sheet of a workbook. ``imported``: it was read from a published text, not from a form.
    ``returned``: what the 退回单 in it asked for; ``slip``: whether one is in it; ``over``: sha256 of the
    files that it was laid over."""

    report: Report
    prior: Report | None
    findings: list[Finding]
    data: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False
    returned: list[Item] = field(default_factory=list)
    slip: bool = False
    over: tuple[str, ...] = ()

    @property
    def seal_state(self) -> SealState:
        """Whether the file carries a seal, and whether it still fits."""
        return seal_state(self.report, self.prior, self.data)


def read_workbook(source: Path | bytes, rules: Catalogue | None = None, *, once: bool = False) -> Reading:
    """Read one workbook. Raises Refused, with a Chinese line that says what to do.

    ``once``: no workbook like it will be read by this process, so that nothing is learnt from it, which takes
    longer than the careful path.
    """
    return read_contents(open_book(source, careful=once), rules)


def read_contents(book: Contents, rules: Catalogue | None = None) -> Reading:
    """Read a workbook that is open already. Raises Refused."""
    return _Reader(book, rules or catalogue()).read()


def template_data(book: Contents) -> dict[str, list[tuple[str, ...]]]:
    """The very hidden sheet's rows by key. Raises Refused where the workbook is not made by gouji."""
    name = marks("sheets")["data"]
    book = ByMark.of(book)
    if name not in book.sheet_names:
        raise _refused("not_template")
    cells = book.cells(name)
    global _last
    known, data = _last
    if known != cells:
        data = _said_in(cells, name)
        if sum(len(raw.raw) + len(raw.format) for raw in cells.values()) <= _MOST_KEPT:
            _last = cells, data
    if name not in data:
        raise _refused("not_template")
    return {**data}


#: The very hidden sheet read last, which most books of a season have in common, if it says no more than that.
_last: tuple[Mapping[Position, RawCell], dict[str, list[tuple[str, ...]]]] = {}, {}
_MOST_KEPT = 100_000


def _said_in(cells: Mapping[Position, RawCell], name: Mark) -> dict[str, list[tuple[str, ...]]]:
    rows = sorted({row for row, _ in cells})
    keys, *said = ([cells[row, c].raw if (row, c) in cells else "" for row in rows] for c in (1, 2, 3))
    data: dict[str, list[tuple[str, ...]]] = {}
    for key, *texts in zip(keys, *said, strict=True):
        found = data.get(key) or data.setdefault(str(name) if name.names(key) else key, [])
        found.append(tuple(texts))
    return data


def _refused(key: str, **fields: object) -> Refused:
    return Refused(key, wording("reader")[key].format(**fields))


class _Reader:
    def __init__(self, book: Contents, rules: Catalogue) -> None:
        self.book = ByMark.of(book)
        self.rules = rules
        self.findings: list[Finding] = []
        self.data = template_data(self.book)
        if kind := list_kind(self.data):
            raise Refused("list", wording("reader.lists")[kind])
        #: As the file was made; a table's sheet may since have become that of another edition.
        self.made = self._form()
        self.form = as_printed(self.made, self.book)
        self.layout: Layout = layout_of(self.form)
        self.printed = Printed(self.form, self._first("printed"))
        needed = [n for n in self.layout.sheet_names if n not in self.layout.may_be_absent]
        if missing := [n for n in needed if n not in book.sheet_names]:
            others = [n for n in book.sheet_names if n not in self.layout.sheet_names]
            renamed = {n: other for n in missing for other in others if n in other}
            if len(renamed) == len(missing):
                pairs = "、".join(
                    wording("reader")["renamed"].format(now=o, name=n) for n, o in renamed.items()
                )
                raise _refused("sheet_renamed", pairs=pairs)
            raise _refused("sheet_missing", sheets="、".join(missing))
        self.report = Report(self.form, meta=meta_of(self.data))
        self.returned: list[Item] = []
        self._slip = False
        self._over: tuple[str, ...] = ()
        self._prior_block = prior_block(self._first(marks("sheets")["data"]), self.made)

    def _first(self, key: str) -> str:
        return self.data.get(key, [("", "")])[0][0]

    def _form(self) -> Form:
        tables: dict[TableKey, str] = {key: self._first(f"edition.{key}") for key in TABLE_KEYS}
        edition = self._first("edition")
        if not {edition, *tables.values()} <= set(editions()):
            raise _refused("edition_unknown", edition=edition)
        form = load_form(edition, tables)
        version = self._first(marks("sheets")["data"])
        if version not in TEMPLATE_VERSIONS_READ or not form.made(self._first("fingerprint")):
            raise _refused("version_unknown", version=version)
        return form

    def read(self) -> Reading:
        self._cover()
        for sheet in self.layout.tables.values():
            TableReader(self.book, sheet, self.printed, self.report, self.rules, self.findings).read()
        self._whole_notes()
        self._texts()
        self._explanations()
        kept = ((self.form.place(place), text) for place, text in self.data.get("unplaced", []))
        self.report.unplaced += [Unplaced(place, text) for place, text in kept]
        check_kept(self.report)
        self._provenance()
        self.report.confirmed |= typed_answers(self.report)
        prior = self._prior()
        self._sheets()
        check_kept(self.report)  # again: remarks and copies have come
        self.findings += all_unseen(self.book, self.layout, self._fields, self._areas, self.rules)
        self._book()
        data = {key: rows[0][0] for key, rows in self.data.items()}
        slip: dict[str, Any] = {"returned": self.returned, "slip": self._slip, "over": self._over}
        return Reading(self.report, prior, self.findings, data, **slip)

    # ------------------------------------------------------------ cover

    def _cover(self) -> None:
        cells = self.book.cells(self.layout.cover.name)
        cover = CoverReader(self.layout, cells, self.printed, self.rules, self.book.from_1904)
        cover.read(self.report, self._prior_block)
        declared = declared_below(self.book, self.layout, self._first(marks("sheets")["data"]))
        self.report.blank_is_zero = self.report.blank_is_zero or declared
        self.findings += cover.findings
        self._fields = cover.places.fields.values()

    def _prior(self) -> Report | None:
        """Last year's figures, from wherever this file's template has them."""
        last = LastYear(self.made, self.rules, self.book.from_1904)
        name = marks("sheets")["last_year"]
        if block := self._prior_block:
            prior = last.of_block(block, self.layout.cover.name, self.book.cells(self.layout.cover.name))
        elif name in self.book.sheet_names:
            prior = last.of_sheet(self.book.cells(name), self.printed.__contains__)
        else:
            prior = None
            self.findings.append(self.rules["sheet-absent"].finding(name, sheet=name))
        self.findings += last.findings
        self.report.unplaced += last.unplaced
        return prior

    # ------------------------------------------------------------ texts, explanations

    def _whole_notes(self) -> None:
        """Notes of a result that were cut to fit their cells; one that was rewritten since stays so."""
        whole: dict[str, list[str]] = {}
        for mark, piece in self.data.get("note", []):
            whole.setdefault(mark, []).append(piece)
        for mark, text in ((mark, "".join(pieces)) for mark, pieces in whole.items()):
            if self.report.notes.get(mark, "")[:_AGREE] == text_lines(text)[:_AGREE]:
                self.report.notes[mark] = text_lines(text)

    def _texts(self) -> None:
        texts = {}
        names, version = [*sheets_of_texts(self.layout)], self._first(marks("sheets")["data"])
        places = text_places(self.layout, version, {n: self.book.cells(n) for n in names}, self.rules)
        self.findings += places.findings
        self._areas = places.areas.values()
        for key, area in places.areas.items():
            if text := text_lines(self._lines(area)):
                texts[key] = text
        for name in names:
            self.report.unplaced += text_strays(
                places.areas.values(), name, self.printed, self.book.cells(name)
            )
        if any(map(str.strip, texts.values())) or self._first("texts") == "present":
            order = [PREFACE, *(s.number for s in self.form.sections)]
            self.report.texts = dict(sorted(texts.items(), key=lambda item: order.index(item[0])))

    def _lines(self, area: Area) -> str:
        """The paragraphs of an area, each a line."""
        cells = self.book.cells(area.sheet)
        rows = range(area.top, area.bottom + 1)
        filled = shape_of(cells).once(
            ("lines", area), None, lambda: [row for row in rows if (row, 1) in cells]
        )
        lines = [""] * len(rows)
        for row in filled:
            if not kept_as_unread(self.report, area.sheet, (row, 1), cells):
                lines[row - area.top] = as_seen(cells[row, 1], self.book.from_1904)
        return "\n".join(lines)

    def _explanations(self) -> None:
        cells = self.book.cells(self.layout.check.name)
        places = check_places(layout_of(self.made), self._first(marks("sheets")["data"]), cells)
        read_explanations(self.report, places, cells, self.book.from_1904)
        self.report.unplaced += check_strays(places, self.printed, cells)

    def _provenance(self) -> None:
        """What the program wrote of where the numbers came from. Raises Refused where somebody changed it."""
        try:
            read_provenance_rows(self.report, self.data)
        except ReportError as error:
            raise _refused("provenance", reason=error) from error

    # ------------------------------------------------------------ the file as a whole

    def _sheets(self) -> None:
        """Which sheets there are beside the form's, and what stands over those that are ours."""
        # In a file of an earlier template a sheet 上年 is a person's own.
        ours = set(self.layout.sheet_names) - set(self.layout.may_be_absent if self._prior_block else ())
        slips = {*filter(marks("slip")["sheet"].names, self.book.sheet_names)}
        marked = {name for name in slips if is_ours(self.book.cells(name))}
        for name in marked:
            self._slip = True
            cells, from_1904 = self.book.cells(name), self.book.from_1904
            self.returned, self._over = read_items(cells, from_1904), read_over(cells)
            self.report.unplaced += read_replies(cells, name, from_1904)
        self._states(ours, {*ours, *marked, *(name for name, _ in self.data.get("sheet", []))})
        sheets = [name for name in self.book.sheet_names if name in ours | slips]
        kept, findings = remarks_over(self.book, sheets, slips - marked, self.printed, self.rules)
        self.report.unplaced += kept
        self.findings += findings

    def _states(self, ours: set[str], own: set[str]) -> None:
        """What is hidden, and what is none of ours. ``own``: with the sheets of a result and of a 退回单."""
        form = ours - {marks("sheets")["data"], *self.layout.may_be_absent}
        others = [name for name in self.book.sheet_names if name not in own]
        copies = dict(copied(self.book, self.layout, others, self.rules))
        for name in self.book.sheet_names:
            hidden = self.book.states.get(name, "visible") != "visible"
            if name in form and hidden:
                rule = self.rules["sheet-hidden"]
                self.findings.append(rule.finding(name, message="own", remedy="own", sheet=name))
            elif name not in own:
                rule = self.rules["sheet-hidden" if hidden else "sheet-extra"]
                copy = copies.get(name)
                # That a hidden sheet is a copy of no account does not excuse it.
                is_told = copy and not (hidden and copy.rule == "sheet-extra")
                remedy = "very" if self.book.states.get(name) == "veryHidden" else None
                said = copy if copy and is_told else rule.finding(name, remedy=remedy, sheet=name)
                self.findings.append(said)

    def _book(self) -> None:
        if not self.book.formats_read:
            rule = self.rules["cell-format"]
            level = rule.no_graver_than("unread_level")
            self.findings.append(rule.finding("book", level=level, message="unread", remedy="unread"))
        if self.book.external_links:
            self.findings.append(self.rules["external-link"].finding("book"))
        for one in self.book.running:
            self.findings.append(
                self.rules["file-macros"].finding(
                    one.kind, message=one.kind, modules=one.names, count=one.number
                )
            )
