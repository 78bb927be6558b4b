"""Reports that this program made for people, read back: what it wrote itself is in no text, and what it left
blank is blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gouji.document.contents import Frame, gap
from gouji.document.page import page_bytes
from gouji.document.word import document_bytes
from gouji.examine import examine
from gouji.marks import marks_of
from gouji.published.importer import read_published
from gouji.report import Report, Unread, canonical, load
from support import DATA

FILES = sorted((DATA / "published").glob("*.json"))
UNIT = "某县某局"
TEXTS = {
    "引言": "根据条例的规定编制本报告。",
    "一": "依法公开政府信息，规范办理申请。",
    "五": "存在的问题是更新不及时，下一步加强培训。",
    "六": "无其他需要报告的事项，未收取信息处理费。",
}
DAY = "2025年1月20日"
Make = Callable[..., bytes]


@pytest.fixture(params=[(document_bytes, "a.docx"), (page_bytes, "a.html")], ids=["word", "page"])
def as_file(request: pytest.FixtureRequest) -> tuple[Make, str]:
    found: tuple[Make, str] = request.param
    return found


def given(name: str = "pt-jtj-2024", **changes: object) -> Report:
    report = replace(load(DATA / "published" / f"{name}.json"), unit=UNIT, texts=dict(TEXTS))
    return replace(report, code=None, period=None, **changes)


def back(report: Report, as_file: tuple[Make, str], **frame: object) -> Report:
    """The report out of the file that was made of it; nothing is doubtful and nothing left over."""
    make, name = as_file
    published = read_published(make(report, frame=Frame(**frame)), name)  # type: ignore[arg-type]
    assert published.doubts == () and published.report.unplaced == []
    return published.report


def content(report: Report) -> str:
    return canonical(replace(report, read={}, unread={}, imported=None))


@pytest.mark.parametrize("signed", [(), (UNIT, DAY), (DAY,)], ids=["to fill", "signed", "day"])
@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_a_report_comes_back_as_it_was(name: str, signed: tuple[str, ...], as_file: tuple[Make, str]) -> None:
    report = given(name)
    assert content(back(report, as_file, signed=signed)) == content(report)


@pytest.mark.parametrize("without", ["引言", "一", "五", "六"])
def test_an_empty_section_is_empty(without: str, as_file: tuple[Make, str]) -> None:
    texts = {key: text for key, text in TEXTS.items() if key != without}
    for signed in ((), (UNIT, DAY), (UNIT,)):
        assert back(given(texts=texts), as_file, signed=signed).texts == texts


@pytest.mark.parametrize(
    "signed", [(UNIT,), (f"{UNIT} {DAY}",), (UNIT, f"公布日期：{DAY}"), (UNIT, "2025年1月"), (DAY, UNIT)]
)
def test_what_stands_under_a_report_is_no_text(signed: tuple[str, ...], as_file: tuple[Make, str]) -> None:
    assert back(given(), as_file, signed=signed).texts == TEXTS


@pytest.mark.parametrize(
    "last", [f"{UNIT}于{DAY}完成整改。", f"联系单位：{UNIT}", "2025年1月完成整改。", "公布日期：见网站。"]
)
def test_a_last_sentence_with_a_name_or_a_day_is_text(last: str, as_file: tuple[Make, str]) -> None:
    texts = TEXTS | {"六": f"未收取信息处理费。\n{last}"}
    assert back(given(texts=texts), as_file).texts == texts


@pytest.mark.parametrize("table", ["t2.", "t3.", "t4."])
def test_a_blank_table_is_there_and_blank(table: str, as_file: tuple[Make, str]) -> None:
    report = given()
    report.values = {cell: value for cell, value in report.values.items() if not cell.startswith(table)}
    found = back(report, as_file)
    assert (
        found.values == report.values and found.unread == {} and found.read.keys() == report.form.by_id.keys()
    )
    assert "import-unlisted" not in {f.rule for f in examine(as_file[0](report), name=as_file[1]).findings}


def test_notices_and_remarks_are_in_no_text(as_file: tuple[Make, str]) -> None:
    """Of cells that were not read, of advertising, of a note that is not there yet."""
    report = given(texts=TEXTS | {"五": "问题棋牌官网平台注册登录仍然存在。"})
    report.unread = {"t3.new.natural": Unread("第 1 行", "12（另1）", ())}
    report.set("t3.new.natural", None)
    report.marks = {"t3.new.total": "注1"}
    made = as_file[0](report)
    shown = read_published(made, as_file[1])
    assert shown.report.texts == report.texts
    assert shown.report.notes == {} and shown.report.marks == report.marks


def test_a_place_to_fill_in_that_is_part_of_a_text_stays(as_file: tuple[Make, str]) -> None:
    asked = marks_of("gouji", "document")["placeholder"]
    for text in (
        f"开展培训{gap('次数')}。",
        gap("次数"),
        f"{asked.format(prompt='甲')}和{asked.format(prompt='乙')}",
    ):
        texts = TEXTS | {"五": text}
        assert back(given(texts=texts), as_file).texts == texts
