"""A sheet that is read after one much the same is read as if it were alone."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest

import support.packages as p
from gouji.errors import Refused
from gouji.workbook.reading import quick_kinds
from gouji.workbook.reading.shapes import typed_in
from gouji.workbook.reading.sheets import open_book
from support.at_once import brothers
from support.two_paths import told

NUMBER = '<c r="A1"><v>1</v></c>'


NEXT = {
    "first": '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1" t="str"><f>1</f><v>abc</v></c>',
    "other numbers": '<c r="A1"><v>3</v></c><c r="B1"><v>12345</v></c><c r="C1" t="str"><f>1</f><v>d</v></c>',
    "a blank": '<c r="A1"><v>1</v></c><c r="B1"/><c r="C1" t="str"><f>1</f><v></v></c>',
    "a formula without a value": '<c r="A1"><f>1</f></c><c r="B1"/><c r="C1"><f>1</f><v/></c>',
    "a text for a number": '<c r="A1" t="inlineStr"><is><t>甲乙</t></is></c><c r="B1"/><c r="C1"/>',
    "texts, and as many cells": '<c r="A1" t="str"><v>甲</v></c><c r="B1" t="str"><v>乙</v></c>'
    '<c r="C1"><v>3</v></c>',
    "only the last": '<c r="A1"/><c r="B1"/><c r="C1"><v>9</v></c>',
    "other cells": '<c r="A1"><v>1</v></c><c r="C1"><v>2</v></c><c r="D1"><v>3</v></c>',
    "another order": '<c r="A1"><v>1</v></c><c r="C1"><v>3</v></c><c r="B1"><v>2</v></c>',
    "a cell twice": '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="B1"><v>3</v></c>',
    "another row's": '<c r="A1"><v>1</v></c><c r="B2"><v>2</v></c><c r="C1"><v>3</v></c>',
    "one cell more": '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"/><c r="D1"><v>4</v></c>',
    "end of the row before": '<c r="A1"><v>1</v></c></row><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>',
    "open at the end": '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v>',
    "none": "",
}
AROUND = {
    "alone": '<row r="1">{}</row>',
    "hidden": '<row r="1" hidden="1">{}</row>',
    "before another": '<row r="1">{}</row><row r="2"><c r="A2"><v>7</v></c></row>',
    "before one of the same number": '<row r="1">{}</row><row r="1"><c r="E1"><v>7</v></c></row>',
    "never closed": '<row r="1">{}<row r="2"/>',
    "before the same cell": '<row r="1">{}</row><row r="1"><c r="D1"><v>7</v></c></row>',
}


@pytest.mark.parametrize("before", brothers(NEXT, first=5))
def test_a_sheet_after_one_much_the_same(before: str) -> None:
    """What is compared with the sheet read before is as if it were read alone: cells, their order, the count
    of texts."""
    sheets = [p.workbook(around.format(row), "<si/>") for around in AROUND.values() for row in NEXT.values()]
    for around in AROUND.values():
        first = p.workbook(around.format(NEXT[before]), "<si/>")
        for sheet in sheets:
            quick_kinds._KINDS.clear()  # else the sheet itself is known
            told(first)
            assert (told(sheet), _counted(sheet)) == _alone(sheet)


@cache
def _alone(sheet: bytes) -> tuple[object, object]:
    return told(sheet, careful=True), _counted(sheet, careful=True)


def _numbered(row: str, *strings: str) -> bytes:
    """A sheet with one row, whose numbers are of these shared strings."""
    return p.workbook(f'<row r="1">{row}</row>', "".join(f"<si><t>{one}</t></si>" for one in strings))


def test_sheets_in_which_only_numbers_of_strings_move() -> None:
    """Known as a whole, but where a string is not one of the workbook."""
    cells = '<c r="A1" t="s"><v>{}</v></c><c r="B1" t="s"><v>{}</v></c><c r="C1"><v>7</v></c>'
    others = [
        _numbered(cells.format(2, 0), "乙", "丙", "甲"),
        _numbered(cells.format(0, 0), "甲", "乙"),
        _numbered(cells.format(0, 1), "丙", "乙"),
        _numbered(cells.format(0, 1), "甲", "甲", "乙"),
        _numbered(cells.format(0, 2), "甲", "乙"),
        _numbered('<c <c <c r="B1" t="s"><v>0</v></c><c r="C1"><v>7</v></c>', "乙"),
        _numbered('<c r="A1"/><c r="B1" t="s"><v>0</v></c><c r="C1"><v>7</v></c>', "乙"),
        _numbered('<c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c><c r="C1" t="s"><v>0</v></c>', "甲"),
    ]
    careful = [(told(sheet, careful=True), _counted(sheet, careful=True)) for sheet in others]
    for first, second in permutations(range(len(others)), 2):
        quick_kinds._KINDS.clear()
        told(_numbered(cells.format(0, 1), "甲", "乙"))
        told(_numbered(cells.format(1, 0), "乙", "甲"))
        for one in (first, second):
            assert (told(others[one]), _counted(others[one])) == careful[one], (first, second)


ENDS = {
    "first": '<row r="1">{}</row><row r="2" ht="15">{}</row><row r="3"/>',
    "another height": '<row r="1">{}</row><row r="2" ht="20">{}</row><row r="3" ht="4"/>',
    "flat": '<row r="1">{}</row><row r="2" ht="0">{}</row><row r="3"/>',
    "hidden": '<row r="1" hidden="1">{}</row><row r="2" ht="15">{}</row><row r="3"/>',
    "another row": '<row r="1">{}</row><row r="3" ht="15">{}</row><row r="2"/>',
    "an unknown attribute": '<row r="1">{}</row><row r="2" ht="15" later="1">{}</row><row r="3"/>',
    "not closed": '<row r="1">{}<row r="2" ht="15">{}</row></row>',
    "opened within": '<row r="1">{}</row><row r="2" ht="15">{}</row><row r="3">',
    "all in the second": '<row r="1"></row><row r="2" ht="15">{}{}</row>',
}


@pytest.mark.parametrize("before", ENDS)
def test_rows_that_begin_otherwise(before: str) -> None:
    """What stands between the cells of two rows is compared too."""
    cells = [('<c r="A1"><v>1</v></c>', '<c r="A2"><v>2</v></c>'), ('<c r="A1"/>', '<c r="A2"><v>3</v></c>')]
    sheets = [p.workbook(rows.format(*each), "<si/>") for rows in ENDS.values() for each in cells]
    careful = [told(sheet, careful=True) for sheet in sheets]
    for sheet, expected in zip(sheets, careful, strict=True):
        quick_kinds._KINDS.clear()
        told(p.workbook(ENDS[before].format(*cells[0]), "<si/>"))
        assert told(sheet) == expected


def test_what_follows_from_a_shape_is_that_of_the_sheet() -> None:
    """A formula in the place of a number, and back: what is typed there is asked of each sheet anew."""
    forms = [
        f'<row r="1">{NUMBER}<c r="B1">{inside}</c></row>'
        for inside in ("<v>2</v>", "<f>1</f><v>2</v>", "", "<f>1</f>")
    ]
    for before, after in permutations(forms, 2):
        quick_kinds._KINDS.clear()
        for rows in (before, after, before):
            cells = open_book(p.workbook(rows, "<si/>")).cells("表")
            assert typed_in(cells) == tuple(at for at, cell in cells.items() if not cell.formula)


def _counted(data: bytes, *, careful: bool = False) -> tuple[int, int, int] | None:
    """What is left of the budget; None where nothing was read."""
    book = open_book(data, careful=careful)
    try:
        book.cells("表")
    except Refused:
        return None
    return book._budget.cells, book._budget.strings, book._budget.characters
