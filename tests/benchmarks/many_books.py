"""Thousands of workbooks for a benchmark, each of a unit of its own with numbers and texts of its own.

One real book is written. All others are made of it: another name, another text and another number in every
typed cell of the three tables, in the five parts that hold them. The numbers are drawn, and every equation
holds but in the wrong ones. What formulas show stays that of the first book; nobody reads it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from gouji.form import Form, Table, TableKey, load_form
from gouji.form.addresses import address, positions
from gouji.report import Report
from gouji.workbook.writer import write_workbook

#: One in so many units sends a book with a wrong total, and one in :data:`ABSENT` sends none.
WRONG, ABSENT = 20, 50
YEAR = 2024
#: The cell that is wrong, by one.
WRONG_CELL = "t3.new.total"
_NAME, _TEXT = "占位单位名称", "占位正文"
_NOTHING = "本年度没有其他需要报告的事项，特此说明；未收取信息处理费。"
#: Numbers are drawn from these to twice as much, so that no unit is unlike its peers: of most cells, of
#: requests of natural persons; and below this of outcomes but the first.
_OFTEN, _REQUESTS, _SELDOM = 30, 500, 3
#: A line that calls for a word.
_UNPAID = "t3.unpaid."
_LETTERS, _LONG = [chr(0x4E00 + i) for i in range(2000)], 600
#: 分: whole 元.
_YUAN = 100
#: What holds the name and the texts: all texts that were typed, and what 封面 shows of the name.
_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
#: What holds a table.
_SHEETS: dict[TableKey, str] = {
    "table2": "xl/worksheets/sheet3.xml",
    "table3": "xl/worksheets/sheet4.xml",
    "table4": "xl/worksheets/sheet5.xml",
}


def unit(number: int) -> str:
    return f"某市第{number:05}号单位"


def write_books(folder: Path, units: int) -> None:
    """A book for each of ``units`` units but those that are absent. The same number gives the same book."""
    form = load_form("2021")
    book = _patcher(_first_book(form), form)
    for i in range(units):
        if i % ABSENT != ABSENT - 1:
            (folder / f"{unit(i)}.xlsx").write_bytes(book(i, values_of(form, i)))


def values_of(form: Form, number: int) -> dict[str, int]:
    """What the unit of a number typed."""
    values = _right(form, number)
    values[WRONG_CELL] += number % WRONG == WRONG - 1
    return values


def _right(form: Form, number: int) -> dict[str, int]:
    """Numbers that nobody has to explain: most requests are granted, no other outcome is frequent."""
    chance = Random(number)
    values = {c.id: chance.randrange(_OFTEN, 2 * _OFTEN) * (_YUAN if c.kind.money else 1) for c in form.cells}
    for row in ("rules", "documents"):
        values[f"t2.{row}.in_force"] += values[f"t2.{row}.made"]
    values["t3.new.natural"] += chance.randrange(_REQUESTS, 2 * _REQUESTS)
    equations = {kind: [e for e in form.equations if e.kind == kind] for kind in ("column", "row")}
    for equation in equations["column"]:
        for cell in equation.left:
            values[cell] = 0 if cell.startswith(_UNPAID) else chance.randrange(_SELDOM)
        column = equation.line
        values[f"t3.new.{column}"] += _SELDOM * len(equation.left)
        values[f"t3.carried_out.{column}"] = chance.randrange(_SELDOM)
        have = values[f"t3.new.{column}"] + values[f"t3.carried_in.{column}"]
        gone = values[f"t3.carried_out.{column}"] + sum(values[cell] for cell in equation.left)
        values[f"t3.granted.{column}"] += have - gone
    for equation in (*equations["column"], *equations["row"]):
        values[equation.right[0]] = sum(values[cell] for cell in equation.left)
    return values


def _first_book(form: Form) -> bytes:
    texts = {
        "一": _TEXT + "本年度依法公开事项。" * 60,
        # What the numbers of 二 and 四 ask for.
        "五": _TEXT + "存在不足，将加以改进。" * 20 + "复议纠正的原因已查明。",
        "六": _NOTHING,
    }
    return write_workbook(Report(form, _NAME, YEAR, values={**_right(form, 0)}, texts=texts))


class _Typed:
    """The sheet of a table, to be filled with other numbers."""

    def __init__(self, part: str, table: Table) -> None:
        places = positions(table)
        at = {address(*places[cell.id]): cell for cell in table.cells}
        found = [
            cell for cell in re.finditer(r'<c r="(\w+)" s="\d+"><v>([^<]+)(?=</v>)', part) if cell[1] in at
        ]
        assert len(found) == len(at)
        self._cells = [at[cell[1]] for cell in found]
        ends = [0, *(cell.end() for cell in found)]
        starts = [*(cell.start(2) for cell in found), len(part)]
        # Pieces and between them the numbers.
        self._pieces = [""] * (2 * len(found) + 1)
        self._pieces[::2] = [part[a:b] for a, b in zip(ends, starts, strict=True)]

    def filled(self, values: Mapping[str, int]) -> str:
        self._pieces[1::2] = [cell.kind.show(values[cell.id]) for cell in self._cells]
        return "".join(self._pieces)


def _patcher(content: bytes, form: Form) -> Callable[[int, Mapping[str, int]], bytes]:
    """(number of a unit, what it typed) -> its book. What is the same in all is packed once."""
    base = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(base, "w") as out,
    ):
        texts = {part: book.read(part).decode() for part in _TEXTS}
        tables = {part: _Typed(book.read(part).decode(), form.tables[key]) for key, part in _SHEETS.items()}
        for name in book.namelist():
            if name not in texts and name not in tables:
                _put(out, name, book.read(name))
    common = base.getvalue()

    def made(number: int, values: Mapping[str, int]) -> bytes:
        file = io.BytesIO(common)
        file.seek(0, io.SEEK_END)
        with zipfile.ZipFile(file, "a") as out:
            for part, text in texts.items():
                _put(out, part, _with_texts(text, number))
            for part, table in tables.items():
                _put(out, part, table.filled(values))
        return file.getvalue()

    return made


def _put(out: zipfile.ZipFile, part: str, content: str | bytes) -> None:
    """Without the time of day, so that a book is always the same."""
    out.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED, compresslevel=1)


def _with_texts(part: str, number: int) -> str:
    part = part.replace(_NAME, unit(number))
    if _TEXT in part:
        # Texts that two units share are questions to both.
        part = part.replace(_TEXT, "".join(Random(number).choices(_LETTERS, k=_LONG)))
    return part
