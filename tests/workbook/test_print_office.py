"""The workbook on paper, measured in the PDF that LibreOffice prints (fonts-crosextra-carlito installed)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from gouji.form import Form, load_form
from gouji.report import Report
from gouji.workbook.layout import layout_of
from gouji.workbook.wording import wording
from support.at_once import NEWEST
from support.filled import write_workbook
from support.office import Office
from support.random_reports import random_values

#: A4 and the margins above and below a table, in pt.
HEIGHT, TOP, BOTTOM = 842, 16 / 25.4 * 72, 14 / 25.4 * 72

pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is missing")


class Word(NamedTuple):
    """Text without white space, its left, top, right and bottom in pt."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


_printed: dict[bytes, list[list[Word]]] = {}


def printed(report: Report, office: Office, folder: Path) -> list[list[Word]]:
    """The words of each page; the same workbook is printed once."""
    content = write_workbook(report)
    if content not in _printed:
        _printed[content] = _print(content, office, folder)
    return _printed[content]


def _print(content: bytes, office: Office, folder: Path) -> list[list[Word]]:
    path = folder / "表.xlsx"
    path.write_bytes(content)
    with office.open(path) as book:
        pdf = book.pdf(folder / "表.pdf")
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)'
    return [
        [Word(m[5], *(float(m[i]) for i in (1, 2, 3, 4))) for m in re.finditer(found, page)]
        for page in text.split("<page ")[1:]
    ]


def said(page: list[Word]) -> str:
    return "".join(word.text for word in page)


def pages_of(form: Form, pages: list[list[Word]]) -> Iterator[tuple[str, list[Word]]]:
    """(table key, its page): one page begins with the section's title, none goes on with the table."""
    for key, table in form.tables.items():
        (page,) = (page for page in pages if said(page).startswith(table.section.title))
        yield key, page


def filled(form: Form) -> Report:
    values = random_values(form, Random(2), complete=True)
    return Report(form, unit="某局", year=2024, values=values)  # type: ignore[arg-type]


@pytest.fixture(params=NEWEST)
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


@pytest.mark.parametrize("state", ["filled", "blank"])
def test_each_table_prints_whole_on_one_page_and_nothing_else_does(
    state: str, form: Form, office: Office, tmp_path: Path
) -> None:
    report = filled(form) if state == "filled" else Report(form, unit="某局", year=2024)
    for key, page in pages_of(form, printed(report, office, tmp_path)):
        table = form.tables[key]
        labels = [box.shown for box in layout_of(form).tables[key].boxes if not box.cell]
        numbers = [cell.kind.show(report.value(cell.id)) for cell in table.cells]
        wanted = Counter([table.section.title, *(line for label in labels for line in label.split("\n"))])
        wanted.update(number for number in numbers if number)
        found = Counter(word.text for word in page if word.top < HEIGHT - BOTTOM)
        assert found == wanted, "nothing is cut, and nothing but the report is printed"
        assert re.fullmatch(r"—\d+—", said([word for word in page if word.top > HEIGHT - BOTTOM]))


def test_labels_print_at_10_pt_and_numbers_at_10_and_a_half(
    form: Form, office: Office, tmp_path: Path
) -> None:
    """A full-width character is as wide as its type is high; a digit of Times is half as wide."""
    report = Report(form, unit="某局", year=2024)
    for cell in form.cells:
        report.set(cell.id, 3456 * (1_000_000 if cell.kind.money else 1))
    for key, page in pages_of(form, printed(report, office, tmp_path)):
        title = form.tables[key].section.title
        wide = [w for w in page if re.fullmatch("[\u4e00-\u9fff]{2,}", w.text) and w.text not in title]
        assert len(wide) >= 8
        assert min((w.right - w.left) / len(w.text) for w in wide) >= 9.95
        numbers = [w for w in page if w.text == "3456"]
        assert len(numbers) == len(form.tables[key].cells)
        assert min((w.right - w.left) / 4 * 2 for w in numbers) >= 10.4


@pytest.mark.parametrize("state", ["filled", "blank"])
def test_table_three_fills_its_page(state: str, form: Form, office: Office, tmp_path: Path) -> None:
    """From its title to the foot of its last row, of the height between the margins."""
    report = filled(form) if state == "filled" else Report(form, unit="某局", year=2024)
    page = dict(pages_of(form, printed(report, office, tmp_path)))["table3"]
    first = next(w for w in page if w.text.startswith("三、收到"))
    last = next(w for w in page if w.text.startswith("四、结转"))
    assert first.top > TOP - 3 and last.bottom < HEIGHT - BOTTOM
    assert (last.bottom - first.top) / (HEIGHT - TOP - BOTTOM) >= 0.79, "the last row's foot is 3 pt lower"


def test_notes_print_with_their_table_on_its_page(form: Form, office: Office, tmp_path: Path) -> None:
    report = filled(form)
    three = form.tables["table3"].cells
    report.marks = {cell.id: f"注{i}" for i, cell in enumerate(three[:10], 1)}
    report.notes = {mark: f"第{mark}处的口径" for mark in report.marks.values()}
    pages = dict(pages_of(form, printed(report, office, tmp_path)))
    text = said(pages["table3"])
    assert all(note in text for note in report.notes.values())
    assert text.count("注") > text.replace("注1", "").count("注")
    wide = [w for w in pages["table3"] if w.text == "四、结转下年度继续办理"]
    assert (wide[0].right - wide[0].left) / len(wide[0].text) >= 9.95
    heading = wording("table")["notes_title"]
    assert [w.text for w in pages["table3"]].count(heading) == 1
    assert heading not in said(pages["table2"]) and heading not in said(pages["table4"])


def test_the_many_long_notes_of_a_city_print_whole(form: Form, office: Office, tmp_path: Path) -> None:
    """On as many pages as they need, at the size of the others."""
    report = filled(form)
    cells = form.tables["table3"].cells[:40]
    report.marks = {cell.id: f"注{i}" for i, cell in enumerate(cells, 1)}
    words = {i: "、".join(f"{i}之{k}情况" for k in range(3 + 30 * (i % 3))) for i in range(1, 41)}
    items = [f"第{k}项说明" for k in range(300)]
    words[7] = "、".join(items)
    report.notes = {f"注{i}": text for i, text in words.items()}
    pages = printed(replace(report), office, tmp_path)
    whole = "".join(map(said, pages))
    # The longest is higher than a page: a line on the edge may stand on both.
    assert [i for i, text in words.items() if text not in whole and i != 7] == []
    assert [item for item in items if item not in whole] == []
    page = dict(pages_of(form, pages))["table3"]
    last = next(w for w in page if w.text == "四、结转下年度继续办理")
    assert (last.right - last.left) / len(last.text) >= 9.95
