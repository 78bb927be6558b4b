"""Headings as offices write them, and the texts below them."""

from __future__ import annotations

import pytest

from gouji.published.prose import read_prose
from gouji.published.reading import ProseRead
from gouji.published.source.sniff import open_source
from gouji.rules import catalogue
from gouji.rules.injected import stretches
from support.prose_shapes import Told, grid, html_table, page

TITLE = "云溪县林业局2022年政府信息公开工作年度报告"
HEADS = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
TABLE2 = f"{HEADS}规章\t0\t0\t0\n行政规范性文件\t0\t0\t1\n"
TABLE3 = (
    "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0\n"
)
TABLE4 = "行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n0\t0\t0\t0\t0\n"
ONE, FIVE, SIX = "全年公布消息318条。", "解读材料偏少。", "没有收取信息处理费。"


def read(text: str, name: str = "年报.txt") -> ProseRead:
    return read_prose(open_source(text.encode(), name))


def report(headings: list[str], preface: str = "", end: str = "") -> str:
    """A report with these six headings, each in a line of its own."""
    bodies = [ONE, TABLE2, TABLE3, TABLE4, FIVE, SIX]
    parts = [f"{heading}\n{body}\n" for heading, body in zip(headings, bodies, strict=True)]
    return f"{TITLE}\n{preface}\n{''.join(parts)}{end}"


FORM = Told().headings


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (0, "一、政府信息公开工作总体情况"),
        (0, "一、概述"),
        (0, "## 一、总体情况"),
        (0, "**一、总体情况**"),
        (0, "总体情况"),
        (0, "第一部分 总体情况"),
        (0, "1、总体情况"),
        (0, "一、 总 体 情 况"),
        (0, "一．总体情况："),
        (0, "一、2022年度政府信息公开工作总体情况"),
        (1, "二、主动公开情况"),
        (1, "二、主动公开政府信息的情况"),
        (2, "三三、收到和处理政府信息公开申请情况"),
        (2, "三、收到和处理政府信息公开\n申请情况"),
        (2, "三、政府信息依申请公开办理情况"),
        (3, "四、因政府信息公开申请行政复议、提起行政诉讼情况"),
        (3, "四、政府信息公开行政法复议、行政诉讼情况"),
        (4, "五、存在问题及改进情况"),
        (4, "五、存在的主要问题及整改措施"),
        (4, "五、政府信息公开工作存在的主要问题和改进情况"),
        (4, "五、存在的问题及下一步工作计划"),
        (4, "五、存在的主要问题与不足及改进措施"),
        (5, "六、其他需要公开的事项"),
        (5, "六、需要报告的其他事项"),
        (5, "七、其他需要报告的事项"),
        (5, "六、其它需要说明的事项。"),
    ],
)
def test_headings_near_the_form_s(number: int, heading: str) -> None:
    headings = [*FORM[:number], heading, *FORM[number + 1 :]]
    found = read(report(headings))
    assert found.texts == {"一": ONE, "五": FIVE, "六": SIX}
    assert found.stray == ()


def test_headings_without_numbers() -> None:
    found = read(report([heading.split("、", 1)[1] for heading in FORM]))
    assert found.texts == {"一": ONE, "五": FIVE, "六": SIX}


@pytest.mark.parametrize(
    "preface",
    [
        "本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等部分组成。",
        "本报告由一、总体情况，二、主动公开政府信息情况，五、存在的主要问题及改进情况等组成。",
        "目录\n" + "\n".join(FORM),
    ],
)
def test_mentions_and_contents_are_no_headings(preface: str) -> None:
    found = read(report(FORM, preface))
    texts = dict(found.texts)
    assert texts.pop("引言").replace("\n", "") == preface.replace("\n", "")
    assert texts == {"一": ONE, "五": FIVE, "六": SIX}


def test_sections_that_are_numbered_twice() -> None:
    """A body first told all six in words, then printed the form: those with the tables are the form's."""
    told = "".join(f"{heading}\n今年说明如下，第{n}部分没有新的情况。\n" for n, heading in enumerate(FORM, 1))
    found = read(report(FORM, told))
    assert {key: found.texts[key] for key in ("一", "五", "六")} == {"一": ONE, "五": FIVE, "六": SIX}
    assert "第6部分没有新的情况" in found.texts["引言"]


def test_rows_of_the_table_are_no_headings() -> None:
    """三、本年度办理结果 and 四、结转下年度继续办理 have numbers too."""
    found = read(report(FORM).replace("四、结转", "三、本年度办理结果\n四、结转"))
    assert found.texts == {"一": ONE, "五": FIVE, "六": SIX}


def test_sub_headings_stay_in_the_text() -> None:
    text = "（一）存在的主要问题\n解读材料偏少。\n（二）改进情况\n每月补一次图解。"
    found = read(report(FORM).replace(FIVE, text))
    assert found.texts["五"] == text


def test_a_second_heading_of_the_same_section_is_text() -> None:
    """五 in two parts, the second numbered 六: both are section 五 of the form."""
    headings = [*FORM[:4], "五、存在的主要问题", "七、其他需要报告的事项"]
    found = read(report(headings).replace(FIVE, f"{FIVE}\n六、改进措施\n每月补一次图解。"))
    assert found.texts["五"] == f"{FIVE}\n六、改进措施\n每月补一次图解。"
    assert found.texts["六"] == SIX


def test_a_missing_heading_hides_no_table_in_a_text() -> None:
    text = report(FORM).replace(f"{FORM[1]}\n", "").replace(f"{FORM[2]}\n", "", 1)
    found = read(text)
    assert found.texts["一"] == ONE
    assert found.stray == ()


def test_a_text_behind_the_last_table_without_a_heading_is_kept() -> None:
    found = read(report(FORM).replace(f"{FORM[4]}\n", ""))
    assert found.stray == (("四（表格之后，第20行）", FIVE),)


def test_the_form_s_own_prompt_is_no_text() -> None:
    found = read(report(FORM).replace(SIX, "（文字描述，收取信息处理费情况在此处报告。）" + SIX))
    assert found.texts["六"] == SIX


def test_a_table_in_the_last_section_is_its_text() -> None:
    """A body printed its fees as a table of its own."""
    rows = html_table([["项目", "金额"], ["按件", "180"], ["按量", "0"]])
    told = Told()
    markup = (
        page(told, table=html_table).decode().replace(told.six[0], f"收费如下。</p>{rows}<p>收费已上缴。")
    )
    found = read_prose(open_source(markup.encode(), "年报.html"))
    assert found.texts["六"].split("\n") == ["收费如下。", "项目 金额", "按件 180", "按量 0", "收费已上缴。"]


def test_advertising_in_a_sentence_stays_and_is_found() -> None:
    spam = "最新老虎机_即时比分网"
    preface = f"根据《办公室{spam}政府信息公开工作年度报告有关事项的通知》要求，编制本报告。"
    found = read(report(FORM, preface))
    assert found.texts["引言"] == preface
    (stretch,) = stretches(found.texts["引言"], catalogue()["text-injected"])
    assert preface[stretch.start : stretch.end] == spam[2:-1]


# ---------------------------------------------------------------- paragraphs


def test_lines_of_a_pdf_become_paragraphs() -> None:
    lines = [
        "全年公布消息三百一十八条，比上一年多了二十来条，防火的占",
        "- 4 -",
        "四成；林场的消息每周一报，节假日由值班的人代为登记。咨询",
        "当天答复。",
        "（一）主动公开。林地审批的结果每月公布一次，许可十二件全",
        "部上网。",
        "下一年还要补上图解，基层林场各派一人来学，学完回去再教给",
        "别人。",
    ]
    found = read(report(FORM).replace(ONE, "\n".join(lines)))
    assert found.texts["一"].split("\n") == [
        "".join([lines[0], *lines[2:4]]),
        "".join(lines[4:6]),
        "".join(lines[6:8]),
    ]


def test_a_page_s_end_in_a_paragraph_of_markdown() -> None:
    text = "全年公布消息三百一十八条。林场的消息每周一报，节假日由值班\n\n的人代为登记。"
    text += "\n\n（一）平台建设\n\n公众号发布九十六条。"
    found = read(report(FORM).replace(ONE, text), "年报.md")
    assert found.texts["一"].split("\n") == [
        "全年公布消息三百一十八条。林场的消息每周一报，节假日由值班的人代为登记。",
        "（一）平台建设",
        "公众号发布九十六条。",
    ]


def test_lines_of_a_page_are_paragraphs_as_they_are() -> None:
    told = Told(one=("林场的消息每周一报，节假日由值班的人代为登记，其他时间由办公室登记并核对，",) * 6)
    found = read_prose(open_source(page(told, table=html_table), "年报.html"))
    assert found.texts["一"].split("\n") == list(told.one)


def test_latin_words_are_not_glued_where_a_line_breaks() -> None:
    lines = [
        "全年公布消息三百一十八条，其中一部分同时发布在名叫 Green",
        "Forest 的外文专栏。另外的一部分由林场自己整理成图解之后发",
        "布，",
        "再由局里核对。",
    ]
    found = read(report(FORM).replace(ONE, "\n".join(lines)))
    assert "Green Forest" in found.texts["一"]
    assert "之后发布，再由局里核对。" in found.texts["一"]


def test_every_character_is_somewhere() -> None:
    """Title, texts, headings, table: together they are the file, nothing lost and nothing twice."""
    text = report(FORM, "根据条例编制本报告。", "云溪县林业局\n2023年1月16日\n")
    found = read(text)
    tables = "".join([TABLE2, TABLE3, TABLE4])
    parts = [found.title, *found.texts.values(), *FORM, tables, found.signed, found.dated]
    assert sorted("".join("".join(parts).split())) == sorted("".join(text.split()))


def test_the_tables_of_the_form_are_known_by_their_labels() -> None:
    """In any edition, whatever stands on a line: no label is taken for prose."""
    for edition in ("2019", "2021"):
        for key in ("table2", "table3", "table4"):
            lines = "\n".join("\n".join(cells) for cells in grid(key, edition))  # type: ignore[arg-type]
            found = read(report(FORM).replace(TABLE2, f"{lines}\n"))
            assert found.stray == (), (edition, key)
