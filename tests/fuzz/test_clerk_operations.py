"""What a clerk does to a form in LibreOffice: read right, or said by the rule that it breaks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

import gouji
from gouji.examine import judge
from gouji.form import Value
from gouji.report import Report
from gouji.rules import Finding
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workshop.sample import sample_report
from support import DATA
from support.archive import made, sealed
from support.office import Book, Office

pytestmark = pytest.mark.slow

#: Names that operations are written in, on LibreOffice's side, and an operation in their place.
PRELUDE = """(lambda sheet, struct: (
    lambda cell, area, at, mode, form, descending, textbox, YEAR, FROM: ({do}) and None)(
    cell=lambda name, ref: sheet(name).getCellRangeByName(ref).getCellByPosition(0, 0),
    area=lambda name, ref: sheet(name).getCellRangeByName(ref).RangeAddress,
    at=lambda name, ref: sheet(name).getCellRangeByName(ref).getCellByPosition(0, 0).CellAddress,
    mode=lambda kind, name: uno.Enum('com.sun.star.sheet.Cell' + kind + 'Mode', name),
    form=lambda code: (lambda known, place: known.queryKey(code, place, False)
        if known.queryKey(code, place, False) >= 0 else known.addNew(code, place))(
            doc.NumberFormats, struct('com.sun.star.lang.Locale')),
    descending=lambda: (lambda one: (setattr(one, 'Field', 0), setattr(one, 'IsAscending', False), properties(
        SortFields=uno.Any('[]com.sun.star.table.TableSortField', (one,)), ContainsHeader=False))[-1])(
            struct('com.sun.star.table.TableSortField')),
    textbox=lambda name, text: (lambda box, page: (page.add(box),
        box.setSize(struct('com.sun.star.awt.Size', 5000, 1000)), box.setString(text)))(
            doc.createInstance('com.sun.star.drawing.TextShape'), sheet(name).DrawPage),
    YEAR={year!r}, FROM={period!r},
))(doc.Sheets.getByName, uno.createUnoStruct)"""
UNPROTECTED = "[sheet.unprotect('') for sheet in doc.Sheets] and doc.unprotect('')"


@dataclass(frozen=True)
class Operation:
    """A line of ``tests/data/clerk_operations.toml``."""

    do: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    cells: dict[str, int | str] = field(default_factory=dict)
    refused: str = ""
    template: bool = False


@cache
def operations() -> dict[str, Operation]:
    table = tomllib.loads((DATA / "clerk_operations.toml").read_text("utf-8"))
    return {name: Operation(**line) for name, line in table.items()}


@cache
def start(template: bool) -> bytes:
    """A sealed report in which all is well, or an empty template."""
    if template:
        return gouji.write(Report(sample_report().form))
    return sealed(made("pt-jtj-2022", "甲市交通局", "published"))


@cache
def untouched(template: bool) -> Reading:
    return read_workbook(start(template))


def done(name: str, operation: Operation, office: Office, folder: Path, template: bool) -> Path:
    """The file after the operation, as LibreOffice saves it."""
    path = folder / "表.xlsx"
    path.write_bytes(start(template))
    cover = layout_of(untouched(template).report.form)
    places = {
        "year": cover.field("year").partition("!")[2],
        "period": cover.field("period_from").partition("!")[2],
    }
    with office.open(path, macros=False) as book:
        book.ask(UNPROTECTED)
        for step in operation.do:
            _do(book, step, places)
        return book.save(folder / f"{name}.xlsx")


def _do(book: Book, step: str, places: dict[str, str]) -> None:
    book.ask(
        PRELUDE.replace("{do}", step)
        .replace("{year!r}", repr(places["year"]))
        .replace("{period!r}", repr(places["period"]))
    )


def numbers(report: Report) -> dict[str, Value]:
    """Typed cells by sheet and address."""
    layout = layout_of(report.form)
    return {"!".join(layout.locate(cell.id)): report.value(cell.id) for cell in report.form.cells}


def assert_as_expected(operation: Operation, saved: Path, template: bool) -> None:
    if operation.refused:
        with pytest.raises(Refused) as caught:
            read_workbook(saved)
        assert caught.value.key == operation.refused
        return
    before, reading = untouched(template), read_workbook(saved)
    found = judge(reading)
    known = {(one.rule, one.place) for one in judge(before)}
    new = [one for one in found if (one.rule, one.place) not in known]
    assert set(operation.says) - {"seal-broken" if template else ""} <= {one.rule for one in new}, new
    assert_numbers(operation, numbers(before.report), numbers(reading.report), new)


def assert_numbers(
    operation: Operation, before: dict[str, Value], after: dict[str, Value], new: list[Finding]
) -> None:
    """As expected; where others changed, labels moved or the seal is broken, and it is said."""
    for place, value in operation.cells.items():
        assert after[place] == (None if value == "" else value)
    rules = {one.rule for one in new}
    changed = {place for place, value in after.items() if value != before[place]} - set(operation.cells)
    if changed:
        assert rules & {"label-changed", "seal-broken", "typed-formula"}, changed
    elif not operation.says and not operation.cells:
        assert not new


def cases() -> list[object]:
    """Every operation on the sealed report, some on the empty template; at once those some, one of them on
    the template too; the heavy rest is ``long``."""
    found: list[object] = []
    tried = False
    for name, operation in operations().items():
        for template in (False, True) if operation.template else (False,):
            marks = [] if operation.template and not (template and tried) else [pytest.mark.long]
            tried |= template
            found.append(
                pytest.param(name, template, marks=marks, id=f"{name}{'-template' if template else ''}")
            )
    return found


@pytest.mark.parametrize(("name", "template"), cases())
def test_operation(name: str, template: bool, office: Office, tmp_path: Path) -> None:
    operation = operations()[name]
    assert_as_expected(operation, done(name, operation, office, tmp_path, template), template)


@pytest.mark.long
@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("xls", "MS Excel 97"),
        ("ods", "calc8"),
        ("csv", "Text - txt - csv (StarCalc)"),
        ("fods", "OpenDocument Spreadsheet Flat XML"),
        ("html", "HTML (StarCalc)"),
    ],
)
def test_saved_as_something_else(suffix: str, kind: str, office: Office, tmp_path: Path) -> None:
    """Refused, with a sentence that says what to save it as."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(start(False))
    with office.open(path, macros=False) as book:
        saved = book.save(tmp_path / f"表.{suffix}", kind)
    with pytest.raises(Refused) as caught:
        read_workbook(saved)
    assert "xlsx" in caught.value.message
