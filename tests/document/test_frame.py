"""Headings of the second level, places to fill in, hints at their tables, notes alike, 落款."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn

from gouji.document.contents import Frame, gap
from gouji.document.page import page_bytes
from gouji.form import load_form
from gouji.report import Report
from support.documents import numbered, opened

KAI = "楷体_GB2312"


def written(text: str, **frame: Any) -> Any:
    return opened(Report(load_form("2021"), "某市某局", 2024, texts={"一": text}), **frame)


def paragraph(document: Any, start: str) -> Any:
    return next(p for p in document.paragraphs if p.text.startswith(start))


def fonts(runs: Any) -> list[tuple[str, str | None]]:
    families = [None if r._r.rPr is None else r._r.rPr.find(qn("w:rFonts")) for r in runs]
    return [
        (run.text, None if family is None else family.get(qn("w:eastAsia")))
        for run, family in zip(runs, families, strict=True)
    ]


def test_a_line_of_the_second_level_is_a_heading() -> None:
    document = written("（一）主动公开\n正文。\n(二)依申请公开")
    for start in ("（一）主动公开", "(二)依申请公开"):
        head = paragraph(document, start)
        assert head.style.name == "年报二级标题" and head.paragraph_format.keep_with_next
        assert head.style.element.rPr.rFonts.get(qn("w:eastAsia")) == KAI
        assert head.style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "1"
    assert paragraph(document, "正文。").style.name == "年报正文"


def test_a_heading_in_the_line_of_its_text() -> None:
    runs = paragraph(written("（一）加强领导。成立小组，（二）不是标题。"), "（一）").runs
    assert fonts(runs) == [("（一）加强领导。", KAI), ("成立小组，（二）不是标题。", None)]


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导。",
        "（一）" + "长" * 40,
        "（一）做法：第一，领导。",
        "见（一）主动公开",
        "（1）细目",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    found = paragraph(written(line), line[:3])
    assert found.style.name == "年报正文" and [font for _, font in fonts(found.runs)] == [None]


def test_places_to_fill_in_are_found_in_texts_and_counted() -> None:
    document = written(f"由{gap('单位')}编制，{gap('网址')}。")
    runs = paragraph(document, "由").runs
    assert [r.text for r in runs if r.font.highlight_color] == [gap("单位"), gap("网址")]
    top = document.paragraphs[1].text
    assert top.startswith("【还要填写 5 处") and "一、总体情况 2 处" in top and "落款 1 处" in top


def test_a_report_without_gaps_says_nothing_of_them() -> None:
    report = numbered("2021")
    report.texts = dict.fromkeys("一五六", "正文。")
    document = opened(report, signed=["某市某局", "2025年1月20日"])
    assert not [p.text for p in document.paragraphs if "还要填写" in p.text]
    assert not [p for p in document.paragraphs if any(r.font.highlight_color for r in p.runs)]


def test_hints_stand_at_the_top_and_at_their_table() -> None:
    report = numbered("2021")
    frame = Frame(hints=["先处理"], beside={"三": ["表三不平"], "五": ["文字"]})
    shown = [p.text for p in opened(report, hints=frame.hints, beside=frame.beside).paragraphs]
    heads = {section.number: section.title for section in report.form.sections}
    assert shown[shown.index(heads["三"]) + 1] == "【表三不平】"
    assert shown[shown.index(heads["五"]) + 1] == "【文字】"
    assert shown.index("【先处理】") < shown.index(heads["一"])
    page = page_bytes(report, frame=frame).decode()
    assert (
        page.index(heads["三"])
        < page.index("<mark>【表三不平】</mark>")
        < page.index('<table class="table3"')
    )


@pytest.mark.parametrize(
    ("lines", "rights"),
    [
        # The date begins two characters behind the name.
        (("太仓市人民政府办公室", "2020年2月27日"), ("200", "350")),
        (("某局", "2025年12月31日"), ("900", "200")),
    ],
)
def test_where_the_signature_ends(lines: tuple[str, str], rights: tuple[str, str]) -> None:
    """Name and date, from the right edge, in hundredths of a character (GB/T 9704—2012, 7.3.5.2)."""
    report = numbered("2021")
    *_, name, date = opened(report, signed=lines).paragraphs
    assert (name.text, date.text) == lines
    ends = [p._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) for p in (name, date)]
    assert tuple(ends) == rights


def test_a_name_that_fills_more_than_a_line_leaves_the_date_whole() -> None:
    """Beside such a name the date would have one character a line."""
    name = "某某自治州某某自治县人民政府政务服务和数据管理办公室（政务公开科）"
    *_, one, date = opened(numbered("2021"), signed=(name, "2025年3月1日")).paragraphs
    assert (one.text, date.text) == (name, "2025年3月1日")
    assert all(p._p.pPr.find(qn("w:ind")) is None for p in (one, date)), "both end as the style says"


def test_the_signature_is_never_alone_on_a_page() -> None:
    last = written("一。").paragraphs[-4:]
    assert [p.paragraph_format.keep_with_next for p in last] == [True, True, True, None]


def test_notes_side_by_side_that_say_the_same_are_one() -> None:
    report = numbered("2021")
    first, second, third = (cell.id for cell in report.form.cells[:3])
    report.marks = {first: "注1", second: "注2", third: "注3"}
    report.notes = {"注1": "当年未统计", "注2": "当年未统计", "注3": "含委托"}
    notes = [p.text for p in opened(report).paragraphs if p.text.startswith("注")]
    assert notes == ["注1、注2：当年未统计", "注3：含委托"]
    report.notes = {"注1": "", "注2": "", "注3": "含委托"}
    notes = [p.text for p in opened(report).paragraphs if p.text.startswith("注")]
    assert notes[:2] == ["注1：【此处填写注释】", "注2：【此处填写注释】"]
