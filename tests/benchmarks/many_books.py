"""Thousands of workbooks for a benchmark, each of a unit of its own with numbers and texts of its own.

A few real books are written; from each, all others are made by exchanging a name, a text and numbers in the
four parts that hold them. Totals follow, so that every equation still holds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from random import Random

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.writer import write_workbook
from support.random_reports import balanced

BOOKS = 10
#: One in so many units sends a book with a wrong total; so has one in :data:`ABSENT` sent none.
WRONG, ABSENT = 20, 50
YEAR = 2024
_NAME, _TEXT = "占位单位名称", "占位正文"
_NOTHING = "本年度没有其他需要报告的事项，特此说明。"
#: An outcome as frequent as this calls for a word.
_COMMON = 50
_LETTERS, _LONG = [chr(0x4E00 + i) for i in range(2000)], 600
#: No number of a book is as large: what stands above it is exchanged.
_MARK = 10_000_000
_NUMBER = re.compile(rb"<v>(1000\d{4})</v>")
#: 封面, 二 and 三.
_PARTS = ("xl/sharedStrings.xml", *(f"xl/worksheets/sheet{number}.xml" for number in (1, 3, 4)))


def unit(number: int) -> str:
    return f"某市第{number:05}号单位"


def write_books(folder: Path, units: int) -> None:
    """A book for each of ``units`` units but those that are absent."""
    seeds = _seeds()
    books = [_patcher(_book(seed, wrong=wrong)) for wrong in (False, True) for seed in seeds]
    for i in range(units):
        if i % ABSENT != ABSENT - 1:
            book = books[i % BOOKS + (BOOKS if i % WRONG == WRONG - 1 else 0)]
            (folder / f"{unit(i)}.xlsx").write_bytes(book(i))


def _table3(seed: int) -> dict[str, int]:
    return {key: n for key, n in balanced(load_form("2021"), Random(seed)).items() if key.startswith("t3")}


def _seeds() -> list[int]:
    """Those of reports that nobody has to explain: no fee unpaid, no outcome rarer or more frequent than in
    others."""
    return list(islice((seed for seed in count() if _is_quiet(_table3(seed))), BOOKS))


def _is_quiet(table: dict[str, int]) -> bool:
    totals = {key.split(".")[1]: n for key, n in table.items() if key.endswith(".total")}
    large = {"new", "carried_in", "granted", "processed", "carried_out"}
    return not totals["unpaid"] and all(n < _COMMON for line, n in totals.items() if line not in large)


def _book(seed: int, *, wrong: bool) -> bytes:
    form = load_form("2021")
    values = {c.id: 0 for c in form.cells} | _table3(seed)
    for table in ("t3.new", "t3.granted", "t3.processed"):
        for column in ("natural", "total"):
            values[f"{table}.{column}"] += _MARK
    values["t2.licences.decisions"] = _MARK + seed
    if wrong:
        values["t3.new.total"] += 1
    texts = {
        "一": _TEXT + "本年度依法公开事项。" * 60,
        "五": _TEXT + "存在不足，将加以改进。" * 20,
        "六": "本年度没有其他需要报告的事项，特此说明。",
    }
    return write_workbook(Report(form, _NAME, YEAR, values=dict(values), texts=texts))


def _patcher(content: bytes) -> Callable[[int], bytes]:
    """Number of a unit -> its book. What is the same in all is packed once."""
    base = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(base, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        parts = {name: book.read(name) for name in _PARTS}
        for name in book.namelist():
            if name not in parts:
                out.writestr(name, book.read(name))
    common = base.getvalue()

    def made(number: int) -> bytes:
        file = io.BytesIO(common)
        file.seek(0, io.SEEK_END)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            for name, part in parts.items():
                out.writestr(name, _patched(part, number))
        return file.getvalue()

    return made


def _patched(part: bytes, number: int) -> bytes:
    part = part.replace(_NAME.encode(), unit(number).encode())
    if _TEXT.encode() in part:
        # Texts that two units share are questions to both.
        text = "".join(Random(number).choices(_LETTERS, k=_LONG))
        part = part.replace(_TEXT.encode(), text.encode())
    return _NUMBER.sub(lambda found: b"<v>%d</v>" % (int(found[1]) - _MARK + 500 + number % 1000), part)
