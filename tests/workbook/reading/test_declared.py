"""The declaration 空白单元格均为 0, read back from 封面 and from below the tables."""

from __future__ import annotations

import pytest

from gouji.form import TABLE_KEYS
from gouji.report import Declaration, Report, declaration
from gouji.workbook.layout import address, layout_of
from gouji.workbook.template_info import TEMPLATE_VERSION
from gouji.workbook.wording import marks
from support.opened_book import Opened
from support.read_back import FORM, changed, reread

LAYOUT = layout_of(FORM)
COVER = LAYOUT.cover
THREE, FOUR = LAYOUT.tables["table3"], LAYOUT.tables["table4"]
#: Each subset of the tables.
DECLARATIONS = [declaration(key for i, key in enumerate(TABLE_KEYS) if n >> i & 1) for n in range(8)]


@pytest.mark.parametrize("said", DECLARATIONS)
def test_it_travels_through_a_workbook(said: Declaration) -> None:
    report = Report(FORM, unit="某局", year=2024, values={"t3.new.natural": 3}, blank_is_zero=said)
    again = reread(report)
    assert again.blank_is_zero == said
    assert [k for k in TABLE_KEYS if again.declared(k)] == [k for k in TABLE_KEYS if report.declares(k)]


@pytest.mark.parametrize(
    ("cover", "three", "said"),
    [
        ("是", "否", True),
        ("是", "是", True),
        ("否", " 是 ", frozenset({"table3"})),
        ("", "是", frozenset({"table3"})),
        ("否", "", False),
    ],
)
def test_one_answer_on_the_cover_or_below_the_table_is_enough(
    cover: str, three: str, said: Declaration
) -> None:
    def answer(book: Opened) -> None:
        book.put(COVER.name, *COVER.fields["blank_is_zero"], cover)
        book.put(THREE.name, *THREE.declaration, three)

    report = changed(answer).report
    assert report.blank_is_zero == said and report.unplaced == []


def test_what_is_no_answer_is_kept() -> None:
    reading = changed(lambda book: book.put(FOUR.name, *FOUR.declaration, "都是"))
    assert not reading.report.blank_is_zero
    assert [(u.place, u.text) for u in reading.report.unplaced] == [
        (f"{FOUR.name}!{address(*FOUR.declaration)}", "都是")
    ]


@pytest.mark.parametrize(("version", "said"), [("1", False), (TEMPLATE_VERSION, frozenset({"table3"}))])
def test_a_template_that_did_not_ask_below_its_tables_declares_nothing_there(
    version: str, said: Declaration
) -> None:
    def answer(book: Opened) -> None:
        book.put(marks("sheets")["data"], 1, 2, version)
        book.put(THREE.name, *THREE.declaration, "是")

    assert changed(answer).report.blank_is_zero == said


@pytest.mark.parametrize("text", ["／", "、", "/ ", "\u3000/", "无"])
def test_other_ways_to_type_a_slash_are_read_and_said(text: str) -> None:
    at = THREE.cells["t3.new.natural"]
    reading = changed(lambda book: book.put(THREE.name, *at, text))
    assert reading.report.values == {"t3.new.natural": "/"} and not reading.report.as_text
    (finding,) = reading.findings
    assert (finding.rule, finding.level) == ("cell-normalised", "hint")
    assert f"“{text}”，已按 “/” 读取" in finding.message and "F2" in finding.remedy
