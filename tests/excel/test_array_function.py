"""诊断 of files that hold its array function: it is left alone where it works, and only there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from gouji.excel import answers
from gouji.excel.validate import validate
from gouji.report import Report
from gouji.workbook.layout import layout_of
from gouji.workbook.wording import marks, wording
from gouji.workshop.build import macro_sources
from gouji.workshop.macros import add_macros
from support import DATA as FILES
from support.blocks import blocks, zeros
from support.filled import write_workbook
from support.xlwings_fake.model import Workbook, XlBook

CHECK = marks("sheets")["check"]
WRONG = "wrong-cell:t3.new.natural"
MACROS_SAY = wording("messages")["live_none"] + wording("messages")["live_only"]


def wrong() -> Report:
    report = zeros()
    report.set("t3.new.natural", 5)
    return report


def with_macros(report: Report) -> bytes:
    return add_macros(write_workbook(report, macros=True), macro_sources("xlsm"), kind="xlsm")


def saved_as_xlsx(report: Report) -> bytes:
    """As Excel saves it: the formula stays, the macros go."""
    return write_workbook(report, macros=True)


def block(book: Workbook, area: str | None = None) -> Any:
    return book.sheet(CHECK).Range(area or layout_of(zeros().form).check.diagnosis.ref())


def show(book: Workbook, rows: Iterable[Iterable[Any]]) -> None:
    """What the array function shows, which a workbook without an Excel can not reckon."""
    place = block(book)
    for i, row in enumerate(rows):
        for j, content in enumerate(row):
            book.sheet(CHECK).values[place.Row + i, place.Column + j] = content


def answer(report: Report) -> answers.Rows:
    return answers.diagnose(*blocks(report), report.form.edition)


def test_where_the_function_answers_it_is_left_alone() -> None:
    book = Workbook(with_macros(wrong()), "年报.xlsm")
    show(book, answer(wrong()))
    assert validate(XlBook(book)).state == "error"
    assert block(book).HasFormula is True and block(book).Value2[0][-1] == WRONG
    assert book.sheet(CHECK).writes == []


@pytest.mark.parametrize(
    "shown",
    [
        None,
        [["", "", MACROS_SAY]],
        [["不符", "三!J9", "总计", 0.0, 5.0, -5.0, "", 3.0], ["", "", wording("messages")["live_only"]]],
        [[-2146826259] * 8] * 20,
        [[""] * 8] * 20,
    ],
    ids=["macros are blocked", "the server is dead", "it is dead and rows are broken", "errors", "nothing"],
)
def test_where_it_does_not_answer_values_take_its_place(shown: Any) -> None:
    """None: what the template itself shows as long as no macro runs."""
    book = Workbook(with_macros(wrong()), "年报.xlsm")
    if shown is not None:
        show(book, shown)
    verdict = validate(XlBook(book))
    assert CHECK in verdict.message
    assert block(book).HasFormula is False and block(book).Value2[0][-1] == WRONG
    assert book.sheet(CHECK).ProtectContents


@pytest.mark.parametrize("still_shown", [False, True])
def test_an_xlsm_saved_as_xlsx_is_diagnosed(still_shown: bool) -> None:
    """The prescribed way. Until it calculates Excel shows what the macros said at saving."""
    book = Workbook(saved_as_xlsx(wrong()))
    assert block(book).HasFormula is True
    assert not book.HasVBProject
    if still_shown:
        show(book, answer(zeros()))
    assert validate(XlBook(book)).state == "error"
    assert block(book).HasFormula is False and block(book).Value2[0][-1] == WRONG
    # And again, after it was put right.
    row, column = layout_of(zeros().form).tables["table3"].cells["t3.new.natural"]
    book.sheet("三").values[row, column] = 0.0
    assert validate(XlBook(book)).state in ("clean", "hint")
    assert block(book).Value2 == tuple(map(tuple, answer(zeros())))


def test_a_block_half_of_formulas_is_written_whole() -> None:
    book = Workbook(write_workbook(wrong()))
    place = block(book)
    book.sheet(CHECK).formulas[place.Row, place.Column] = '="x"'
    validate(XlBook(book))
    assert block(book).HasFormula is False and block(book).Value2[0][-1] == WRONG


def test_part_of_an_array_can_not_be_written_in_the_stand_in() -> None:
    book = Workbook(saved_as_xlsx(wrong()))
    book.sheet(CHECK).ProtectContents = False
    place = block(book)
    with pytest.raises(Exception, match="1004"):
        book.sheet(CHECK).Cells(place.Row, place.Column).Value2 = "x"


@pytest.mark.parametrize("release", ["0.1.0", "0.3.0", "0.4.0", "0.5.0"])
def test_in_a_file_of_an_earlier_release_the_block_is_where_it_was(release: str) -> None:
    book = Workbook(FILES / "archive" / release / "有错误并有上年数.xlsx")
    data = book.sheet(marks("sheets")["data"]).values
    (where,) = (
        data[row, 3] for (row, column), key in data.items() if (column, key) == (1, "range.diagnosis")
    )
    verdict = validate(XlBook(book))
    assert verdict.state == "error"
    rows = block(book, where).Value2
    assert rows[0][0] == wording("slip")["levels"]["error"] and rows[0][-1]
    assert len(book.sheet(CHECK).writes) == 1
