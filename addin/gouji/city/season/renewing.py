"""A new 汇总台 beside the old one, made of what that holds: own columns, sheets, comments and formats stay.

The only place where a workbook is loaded and saved by openpyxl. The old one is never touched.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...marks import Mark
from ...text import like_formula
from ...wording import wording_of
from ...workbook.packing import read_parts, write_parts
from ...workbook.reading.guard import Archive
from ...workbook.reading.running import what_runs
from ...workbook.wording import marks as workbook_marks
from ...workbook.writer.quoting import stored
from ..desk import Desk
from ..intake.roster import Roster, RosterUnit
from .book import data_rows, desk_messages, desk_workbook, message_rows
from .buttons import with_buttons
from .look import TOP
from .reading import read_settings
from .sheets import ListSheet, list_sheet, marks, sheet_names

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Parts that openpyxl does not keep.
_DROPPED = ("xl/charts/", "xl/media/", "xl/diagrams/", "xl/embeddings/")
#: The beginning of a code name for a sheet of the office's own.
_OWN_SHEET = "GjOwn"
_STYLES = "xl/styles.xml"
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_LISTS = ("roster", "adjustments", "mergers", "words", "preferred")


def renewed(
    path: Path,
    units: Sequence[RosterUnit],
    before: Sequence[tuple[str, str]],
    *,
    macros: bool = False,
) -> bytes:
    """The .xlsx of a new 汇总台: everything in ``path``, ``units`` added to 名单, and the sheets, columns and
    items that this version has beyond. ``before``: (file, digest) of all older ones; ``macros``: with the
    buttons and what macros say, as :func:`.book.desk_workbook`.

    Raises DeskError where the old one can not be read.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
        # Only 设置 has to be readable: a sheet that is missing is what a new one may be asked for.
        desk = Desk(read_settings(path), Roster(()))
        written = desk_workbook(desk, folder=path.resolve().parent.name, macros=macros)
        fresh = load_workbook(io.BytesIO(written))
    for key, mark in sheet_names().items():
        if _sheet(book, mark) is None:
            _copied(fresh[mark], book)
        elif key in _LISTS:
            _columns(_sheet(book, mark), list_sheet(key))
    _items(_sheet(book, sheet_names()["settings"]))
    _added(_sheet(book, sheet_names()["roster"]), units)
    _data(book, desk, before, desk_messages() if macros else {})
    if macros:
        _code_names(book)
    out = io.BytesIO()
    book.save(out)
    saved = _fonts_in_order(out.getvalue())
    return with_buttons(saved, written, sheet_names()["settings"]) if macros else saved


def _fonts_in_order(package: bytes) -> bytes:
    """What a font says, in the order of the Open XML SDK's schema. openpyxl has one of its own, which ISO
    29500-4 allows (CT_Font is a choice) and other readers may not."""
    parts = read_parts(package)
    styles = parts[_STYLES].decode("utf-8")
    parts[_STYLES] = re.sub(r"(?<=<font>).*?(?=</font>)", _ordered, styles, flags=re.DOTALL).encode()
    return write_parts(parts)


def _ordered(font: re.Match[str]) -> str:
    said = {item[1]: item[0] for item in re.finditer(r"<(\w+)[^>]*/>", font[0])}
    return "".join(said[name] for name in dict.fromkeys((*_FONT, *said)) if name in said)


def not_kept(path: Path) -> bool:
    """Whether the workbook holds pictures or charts, which stay in the old one alone."""
    return any(name.startswith(_DROPPED) for name in read_parts(path.read_bytes()))


def macros_left(path: Path) -> tuple[str, ...] | None:
    """The office's own macros, which stay in the old one alone: names of modules, at most three, () where
    they can not be named; None where there are none but ours."""
    kinds = ("macros", "unreadable", "sheets", "ribbon")
    found = [one for one in what_runs(Archive(path.read_bytes())) if one.kind in kinds]
    return tuple(name for one in found for name in one.names) if found else None


def _sheet(book: Workbook, mark: Mark) -> Any:
    return next((book[name] for name in book.sheetnames if mark.names(name)), None)


def _copied(source: Worksheet, book: Workbook) -> None:
    """A sheet of ours that the old one does not have."""
    sheet = book.create_sheet(source.title)
    for row in source.iter_rows():
        for cell in row:
            if cell.has_style or cell.value is not None:
                made = sheet.cell(cell.row, cell.column)
                _put(made, cell.value, cell)
                made.data_type = cell.data_type
    for letter, dimension in source.column_dimensions.items():
        sheet.column_dimensions[letter].width = dimension.width
    for rule in source.data_validations.dataValidation:
        sheet.add_data_validation(rule)
    sheet.freeze_panes = source.freeze_panes


def _put(cell: Any, value: Any, like: Any = None) -> None:
    cell.value = value
    if like is not None and like.has_style:
        for name in ("font", "border", "fill", "alignment", "protection"):
            setattr(cell, name, copy(getattr(like, name)))
        cell.number_format = like.number_format


def _type(cell: Any, text: str) -> None:
    """A text of somebody's, which stays one whatever it begins with."""
    cell.value = stored(text)
    cell.data_type = "s"
    cell.quotePrefix = like_formula(text)


def _heads(sheet: Worksheet, first: Mark) -> tuple[int, dict[str, int]]:
    """The row of heads and each head's column; a sheet without them was refused before."""
    for row in sheet.iter_rows(max_row=TOP + 12):
        texts = {str(cell.value).strip(): cell.column for cell in row if cell.value is not None}
        if any(map(first.names, texts)):
            return row[0].row, texts
    raise AssertionError(sheet.title)


def _columns(sheet: Worksheet, spec: ListSheet) -> None:
    """Heads that this version has beyond those of the old one, on the right."""
    row, heads = _heads(sheet, spec.columns[0].head)
    for column in spec.columns:
        if not any(map(column.head.names, heads)):
            last = max(heads.values())
            _put(sheet.cell(row, last + 1), str(column.head), sheet.cell(row, last))
            heads[str(column.head)] = last + 1


def _items(sheet: Worksheet) -> None:
    """Items of 设置 that the old one lacks, below."""
    there = {str(cell.value).strip() for cell in sheet["A"] if cell.value is not None}
    hints = wording_of("gouji.city.season", "settings")
    for key, mark in marks("settings.items").items():
        if not any(map(mark.names, there)):
            row = sheet.max_row + 1
            for column, value in enumerate((str(mark), None, hints[key]), 1):
                _put(sheet.cell(row, column), value, sheet.cell(row - 1, column))


def _added(sheet: Worksheet, units: Sequence[RosterUnit]) -> None:
    """More units at the end of 名单, in prepared rows where there are any, with own columns."""
    spec = list_sheet("roster")
    top, heads = _heads(sheet, spec.columns[0].head)
    name = next(column for head, column in heads.items() if spec.columns[0].head.names(head))
    filled = [row for row in range(top + 1, sheet.max_row + 1) if sheet.cell(row, name).value is not None]
    row = max(filled, default=top)
    for unit in units:
        row += 1
        above = row - 1 if row - 1 > top else row
        for head, text in _texts(unit, spec):
            column = next((at for own, at in heads.items() if own == head or _same(spec, own, head)), 0)
            if not column:
                column = max(heads.values()) + 1
                _put(sheet.cell(top, column), None, sheet.cell(top, column - 1))
                _type(sheet.cell(top, column), head)
                heads[head] = column
            cell = sheet.cell(row, column)
            _put(cell, None, None if cell.has_style else sheet.cell(above, column))
            _type(cell, text)


def _same(spec: ListSheet, one: str, other: str) -> bool:
    column = spec.column_of(one)
    return column is not None and column is spec.column_of(other)


def _texts(unit: RosterUnit, spec: ListSheet) -> list[tuple[str, str]]:
    yes_no = {True: str(marks("yes_no")["yes"]), False: str(marks("yes_no")["no"]), None: ""}
    said = {column.key: str(getattr(unit, column.key)) for column in spec.columns}
    said["rule_making"] = yes_no[unit.rule_making]
    ours = [(str(column.head), said[column.key]) for column in spec.columns]
    return [(head, text) for head, text in (*ours, *unit.own) if text]


def _code_names(book: Workbook) -> None:
    """Macros know a sheet by its code name: ours by those that we gave, the office's own by any."""
    book.code_name = workbook_marks("code_names")["workbook"]
    ours = {mark: marks("code_names")[key] for key, mark in sheet_names().items()}
    taken = {book.code_name.lower(), workbook_marks("code_names")["data"].lower()}
    for number, sheet in enumerate(book.worksheets, 1):
        own = next((str(code) for mark, code in ours.items() if mark.names(sheet.title)), "")
        own = own or sheet.sheet_properties.codeName or f"{_OWN_SHEET}{number}"
        if sheet.title != workbook_marks("sheets")["data"]:
            while own.lower() in taken:
                own = f"{_OWN_SHEET}{number}{len(taken)}"
            sheet.sheet_properties.codeName = own
            taken.add(own.lower())


def _data(book: Workbook, desk: Desk, before: Sequence[tuple[str, str]], messages: Mapping[str, str]) -> None:
    """The very hidden sheet anew: the version of today, which older ones went into this, and what macros
    say."""
    name = workbook_marks("sheets")["data"]
    if name in book.sheetnames:
        del book[name]
    sheet = book.create_sheet(name)
    for at, row in enumerate((*data_rows(desk, before), *message_rows(messages)), 1):
        for column, text in enumerate(row, 1):
            _type(sheet.cell(at, column), text)
    sheet.sheet_state = "veryHidden"
    sheet.sheet_properties.codeName = workbook_marks("code_names")["data"]
