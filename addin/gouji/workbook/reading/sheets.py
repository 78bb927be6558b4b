"""From the parts of a package to sparse cells: only cells with a value or a formula, as they are stored.

Sheets are found as ECMA-376 part 1 says (12.3, 18.2.20): package relationships, workbook part, relationships.
Cell values follow 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.96 (v) and 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...opc.relations import Relation, content_type, relations, told
from ...opc.xmlstream import OFFICE_RELATIONS, Attributes, read_elements, spellings
from ...opc.xmlstream import SHEETS as MAIN
from ...precompiled import compiled
from ...remembered import Memo, of_texts
from .beside import Remark, remarks_of
from .cells import Budget, Outline, Position, RawCell, unescape
from .guard import MAX_PART, WORDS, Archive, Refused, place, read_source, refuse
from .running import Running, what_runs
from .sheetxml import read_sheet
from .stringxml import read_strings
from .styles import read_formats

if TYPE_CHECKING:
    from .quick import QuickSheets

__all__ = ["Book", "Position", "RawCell", "Refused", "open_book"]

#: Of a name in characters: Excel takes 31, other programs some more.
MAX_SHEETS, MAX_SHEET_NAME = 1024, 255
#: Of the main part: books that were copied together for years carry tens of thousands of names.
MAX_ELEMENTS = 200_000
#: Characters of a name that is too long, enough to find the sheet.
_SHOWN = 20
_STATES = frozenset({"visible", "hidden", "veryHidden"})
_WORKBOOK_TYPE = compiled(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)"
    r"|ms-excel\.(sheet|template)\.macroEnabled)\.main\+xml",
    re.IGNORECASE,
)
_CELL_LESS = frozenset({"xlMacrosheet", "xlIntlMacrosheet", "chartsheet", "dialogsheet"})


class _Sheet(NamedTuple):
    name: str
    state: str
    kind: str
    part: str


class Book:
    """A workbook that has passed the guard. Sheets are parsed when first asked for."""

    def __init__(self, archive: Archive, *, careful: bool = False) -> None:
        """``careful``: without the quick path. Raises Refused."""
        self._archive = archive
        self._careful = careful
        plan = _plan(archive) if careful else _plan_remembered(archive)
        self._sheets = {sheet.name: sheet for sheet in plan.sheets}
        self._strings_part = plan.strings
        self._strings: list[str] | None = None
        self._formats = _formats(archive, plan.styles, careful=careful)
        self._budget = Budget(archive.work)
        self._quick: QuickSheets | None = None
        self._cells: dict[str, tuple[Container[Position] | None, dict[Position, RawCell]]] = {}
        self._outlines: dict[str, Outline] = {}
        #: Sheet names in the order of the workbook, chart and macro sheets included.
        self.sheet_names: tuple[str, ...] = tuple(self._sheets)
        #: "visible", "hidden" or "veryHidden", by sheet name.
        self.states: dict[str, str] = {sheet.name: sheet.state for sheet in self._sheets.values()}
        #: Whether the workbook refers to other workbooks.
        self.external_links: bool = plan.external_links
        #: Whether the number formats of its cells could be read; where not, cells count as without one.
        self.formats_read: bool = self._formats is not None
        #: Whether its days are counted from 1904 (18.2.28).
        self.from_1904: bool = plan.from_1904
        #: What in it can run and was not handed out with it.
        self.running: tuple[Running, ...] = what_runs(archive)

    def cells(self, sheet_name: str, wanted: Container[Position] | None = None) -> dict[Position, RawCell]:
        """The cells of a sheet that hold a value or a formula, by (row, column), both from 1.

        With ``wanted`` only those positions. Chart and macro sheets have none. The result is cached (a
        filtered one for the same ``wanted`` object): do not change it. Raises Refused, or KeyError for an
        unknown sheet.
        """
        sheet = self._sheets[sheet_name]
        if sheet.kind in _CELL_LESS:
            return {}
        if sheet_name in self._cells:
            had, cells = self._cells[sheet_name]
            if had is wanted:
                return cells
            if had is None and wanted is not None:
                return {position: cell for position, cell in cells.items() if position in wanted}
        cells = self._read(sheet, wanted)
        self._cells[sheet_name] = wanted, cells
        return cells

    def _read(self, sheet: _Sheet, wanted: Container[Position] | None) -> dict[Position, RawCell]:
        """The quick path where it leads, else the careful one."""
        strings, formats = self._shared_strings(), self._formats or {}
        if not self._careful and wanted is None:
            if self._quick is None:
                from .quick import QuickSheets

                self._quick = QuickSheets(self._archive, strings, formats, self._budget)
            cells = self._quick.cells(sheet.part)
            if cells is not None:
                return cells
        where = place("sheet", sheet.name)
        chunks = partial(self._archive.chunks, sheet.part, where)
        read = read_sheet(chunks, where, strings, formats, self._budget, wanted)
        if wanted is None:
            self._outlines[sheet.name] = read.outline
        return read.cells

    def outline(self, sheet_name: str) -> Outline:
        """What of a sheet does not show. Chart and macro sheets have none. Raises Refused, or KeyError."""
        sheet = self._sheets[sheet_name]
        if sheet.kind in _CELL_LESS:
            return Outline()
        self.cells(sheet_name)
        # Of the quick path only where it is asked for: most of a workbook's are not.
        seen = self._quick.outline(sheet.part, place("sheet", sheet_name)) if self._quick else None
        return self._outlines[sheet_name] if seen is None else seen

    def size(self, sheet_name: str) -> int:
        """Bytes of a sheet's part. Raises KeyError for an unknown sheet."""
        return self._archive.size(self._sheets[sheet_name].part)

    def remarks(self, sheet_name: str) -> tuple[Remark, ...]:
        """What people wrote over the cells of a sheet. Raises KeyError for an unknown sheet."""
        return remarks_of(self._archive, self._sheets[sheet_name].part)

    def merged(self, sheet_name: str) -> list[tuple[Position, Position]]:
        """The merged ranges of a sheet, first and last cell (18.3.1.55); one that can not be read is none.
        Raises Refused."""
        merged = self.outline(sheet_name).merged
        return [((top, left), (bottom, right)) for top, left, bottom, right in merged]

    def of_list(self) -> None:
        """Read as many cells as a list of a city may have; a form has far fewer."""
        self._budget.of_list()

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            self._strings = [] if self._strings_part is None else self._read_strings(self._strings_part)
        return self._strings

    def _read_strings(self, part: str) -> list[str]:
        if not self._careful:
            from .quick import MAX_QUICK
            from .quick_strings import quick_strings

            data = self._archive.whole(part, MAX_QUICK)
            if data is not None and (found := quick_strings(data, self._budget)) is not None:
                return found
        where = place("strings")
        return read_strings(self._archive.chunks(part, where), where, self._budget)


def open_book(source: Path | bytes, *, careful: bool = False) -> Book:
    """Open a workbook (.xlsx, .xlsm, .xltx, .xltm) by path or by its bytes. Raises Refused, nothing else.

    ``careful``: read all of it by expat; the quick path gives the same.
    """
    return Book(Archive(read_source(source)), careful=careful)


class _Plan(NamedTuple):
    """What the workbook part says, and what it refers to."""

    main: str
    sheets: tuple[_Sheet, ...]
    strings: str | None
    styles: str | None
    external_links: bool
    from_1904: bool


def _size_of_plan(key: tuple[bytes, ...], plan: _Plan) -> int:
    texts = of_texts(plan.main, plan.strings, plan.styles)
    return sum(map(len, key)) + texts + sum(100 + of_texts(*sheet) for sheet in plan.sheets)


_MAINS: Memo[tuple[bytes, ...], str] = Memo(2 << 20, lambda key, main: sum(map(len, key)) + of_texts(main))
_PLANS: Memo[tuple[bytes, ...], _Plan] = Memo(6 << 20, _size_of_plan)


def _plan_remembered(archive: Archive) -> _Plan:
    """That of a package that is made as one before, with an equal workbook part. Raises Refused."""
    made = told(archive)
    if made is None:
        return _plan(archive)
    main = _MAINS.get(made)
    key = (*made, archive.packed(main)) if main else made
    found = _PLANS.get(key) if main else None
    if found is None:
        found = _plan(archive)
        _MAINS.put(made, found.main)
        _PLANS.put((*made, archive.packed(found.main)), found)
    return found


def _plan(archive: Archive) -> _Plan:
    """Raises Refused."""
    main = _main(archive)
    relations = _relations(archive, main)
    elements = read_elements(archive, main, place("workbook"), _WORKBOOK_PATHS, MAX_PART, MAX_ELEMENTS)
    kinds = {relation.kind for relation in relations.values()}
    return _Plan(
        main,
        tuple(_sheets(archive, elements, relations)),
        _part(relations, "sharedStrings"),
        _part(relations, "styles"),
        "externalLink" in kinds or any(name == "externalReference" for name, _ in elements),
        any(name == "workbookPr" and said.get("date1904") in ("1", "true") for name, said in elements),
    )


def _main(archive: Archive) -> str:
    """The workbook part. Raises Refused where there is none that is read."""
    if archive.find("[Content_Types].xml") is None:
        mimetype = archive.find("mimetype")
        if mimetype and b"opendocument.spreadsheet" in next(
            archive.chunks(mimetype, place("part", mimetype)), b""
        ):
            refuse("ods")
        refuse("archive")
    relations = _relations(archive, "")
    main = next((one.target for one in relations.values() if one.kind == "officeDocument"), None)
    if main is None:
        refuse("not_workbook")
    kind = content_type(archive, main)
    if "ms-excel.sheet.binary" in kind:
        refuse("xlsb")
    if not _WORKBOOK_TYPE.fullmatch(kind):
        refuse("not_workbook")
    return main


def _part(relations: Mapping[str, Relation], kind: str) -> str | None:
    """The part of a kind that the workbook refers to, or None."""
    return next((one.target for one in relations.values() if one.kind == kind), None)


_FORMATS: Memo[bytes, dict[str, str]] = Memo(
    4 << 20, lambda key, found: len(key) + 100 * len(found) + of_texts(*set(found.values()))
)


def _formats(archive: Archive, part: str | None, *, careful: bool) -> dict[str, str] | None:
    """See ``read_formats``; a workbook need not have a part of styles."""
    if part is None:
        return {}
    packed = archive.packed(part)
    found = None if careful else _FORMATS.get(packed)
    if found is None:
        found = read_formats(archive, part)
        if found is not None:
            _FORMATS.put(packed, found)
    return found


def _relations(archive: Archive, part: str) -> dict[str, Relation]:
    """Relationships of a part by id, of the package where part is empty."""
    found: dict[str, Relation] = {}
    for identifier, relation in relations(archive, part):
        if identifier in found:
            refuse("sheet_list", reason=WORDS.reason("repeated_relation"))
        found[identifier] = relation
    return found


_WORKBOOK = f"{MAIN} workbook"
_WORKBOOK_PATHS = frozenset(
    {
        (_WORKBOOK, f"{MAIN} workbookPr"),
        (_WORKBOOK, f"{MAIN} sheets", f"{MAIN} sheet"),
        (_WORKBOOK, f"{MAIN} externalReferences", f"{MAIN} externalReference"),
    }
)


def _sheets(
    archive: Archive, elements: list[tuple[str, Attributes]], relations: dict[str, Relation]
) -> list[_Sheet]:
    """The sheets of the workbook in order, each with a part of its own."""
    sheets: list[_Sheet] = []
    names: set[str] = set()
    parts: set[str] = set()
    for tag, attributes in elements:
        if tag != "sheet":
            continue
        name = unescape(attributes.get("name", ""))
        if not name or name.lower() in names:
            refuse("sheet_list", reason=WORDS.reason("sheet_name"))
        if len(name) > MAX_SHEET_NAME:
            refuse("sheet_name_too_long", name=name[:_SHOWN], limit=MAX_SHEET_NAME)
        state = attributes.get("state", "visible")
        if state not in _STATES:
            refuse("sheet_list", reason=WORDS.reason("sheet_state"))
        relation_id = next(
            (attributes[key] for key in spellings(OFFICE_RELATIONS, "id") if key in attributes), ""
        )
        kind, part = relations.get(relation_id, Relation("", ""))
        if (kind != "worksheet" and kind not in _CELL_LESS) or not archive.find(part) or part in parts:
            refuse("sheet_list", reason=WORDS.reason("sheet_part"))
        names.add(name.lower())
        parts.add(part)
        sheets.append(_Sheet(name, state, kind, part))
    if not 0 < len(sheets) <= MAX_SHEETS:
        refuse("sheet_list", reason=WORDS.reason("sheet_count"))
    return sheets
