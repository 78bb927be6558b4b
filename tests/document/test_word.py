"""The Word report read back with python-docx: every cell, every merge, every note."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from gouji.document.contents import Frame, shown_value
from gouji.document.word import document_bytes, write_docx
from gouji.files import WouldOverwrite, atomic_write
from gouji.form import TABLE_KEYS, editions, load_form
from gouji.form.grid import printed_grid
from gouji.report import Report, Unread, load
from gouji.rules import catalogue
from support import DATA
from support.documents import SPAM, numbered, opened, text_of
from support.second_opinion import audited

TAICANG = DATA / "seeds" / "seed-4.json"


@pytest.mark.parametrize("edition", editions())
def test_every_cell_and_label_stands_in_its_box(edition: str) -> None:
    report = numbered(edition)
    tables = opened(report).tables
    assert len(tables) == 3
    seen = []
    for key, table in zip(TABLE_KEYS, tables, strict=True):
        grid = printed_grid(report.form.tables[key])
        assert (len(table.rows), len(table.columns)) == (grid.rows, grid.columns)
        rows = [row.cells for row in table.rows]
        for box in grid.boxes:
            shown = box.shown
            if box.cell:
                seen.append(box.cell)
                cell = report.form.by_id[box.cell]
                shown = shown_value(report, cell) + report.marks.get(cell.id, "")
            # python-docx gives the same cell for every square that a merge covers.
            squares = {
                id(rows[r][c]._tc)
                for r in range(box.row, box.row + box.height)
                for c in range(box.column, box.column + box.width)
            }
            assert len(squares) == 1, box
            assert text_of(rows[box.row][box.column]) == shown, box
    assert sorted(seen) == sorted(c.id for c in report.form.cells)


def test_heads_of_the_2021_tables_are_merged_as_on_the_blank_original() -> None:
    """(row, column, height, width) of the merged boxes, read off the official blank form."""
    _, three, four = opened(numbered("2021")).tables
    assert merges(three) == {
        (0, 0, 3, 3),
        (0, 3, 1, 7),
        (1, 3, 2, 1),
        (1, 4, 1, 5),
        (1, 9, 2, 1),
        *((r, 0, 1, 3) for r in (3, 4, 27)),
        (5, 0, 22, 1),
        *((r, 1, 1, 2) for r in (5, 6, 26)),
        (7, 1, 8, 1),
        (15, 1, 3, 1),
        (18, 1, 5, 1),
        (23, 1, 3, 1),
    }
    assert merges(four) == {
        (0, 0, 1, 5),
        (0, 5, 1, 10),
        (1, 5, 1, 5),
        (1, 10, 1, 5),
        *((1, column, 2, 1) for column in range(5)),
    }


def merges(table: Any) -> set[tuple[int, int, int, int]]:
    squares: dict[int, list[tuple[int, int]]] = {}
    rows = [row.cells for row in table.rows]  # kept, so that an id stays the same cell's
    for r, cells in enumerate(rows):
        for c, cell in enumerate(cells):
            squares.setdefault(id(cell._tc), []).append((r, c))
    boxes = set()
    for places in squares.values():
        (top, left), (bottom, right) = min(places), max(places)
        if len(places) > 1:
            boxes.add((top, left, bottom - top + 1, right - left + 1))
    return boxes


def test_amounts_carry_the_unit_that_the_edition_prints() -> None:
    two = opened(load(TAICANG)).tables[0]
    assert text_of(two.rows[-1].cells[2]) == "309338万元"
    assert "万元" not in text_of(two.rows[-2].cells[2])
    fees = load_form("2021")
    report = Report(fees, "某局", 2024, values={"t2.fees.amount": 24_252_311_082})
    two = opened(report).tables[0]
    assert text_of(two.rows[-1].cells[1]) == "24252.311082"
    assert "单位：万元" in text_of(two.rows[-2].cells[1])
    report.set("t2.fees.amount", "/")
    assert text_of(opened(report).tables[0].rows[-1].cells[1]) == "/"


def test_marks_are_raised_and_notes_stand_below_their_table() -> None:
    report = numbered("2021")
    document = opened(report)
    mark = document.tables[0].rows[2].cells[1].paragraphs[0].runs[-1]
    assert (mark.text, mark.font.superscript) == ("注1", True)
    body = [
        "表" if child.tag == qn("w:tbl") else "".join(t.text for t in child.iter(qn("w:t")))
        for child in document.element.body
    ]
    sections = [s.title for s in report.form.sections]
    kept = [text for text in body if text and not text.startswith("【")]
    assert kept == [
        "某市某局2024年政府信息公开工作年度报告",
        sections[0],
        sections[1],
        "表",
        "注1：口径一",
        sections[2],
        "表",
        "注2：口径二",
        sections[3],
        "表",
        "注1：口径一",
        "注3：总的说明",
        sections[4],
        sections[5],
        "某市某局",
    ]


def test_the_notes_of_a_city() -> None:
    paragraphs = [p.text for p in opened(load(TAICANG)).paragraphs]
    assert [p[:3] for p in paragraphs if p.startswith("注")] == ["注1、", "注3："], "注1、注2 say the same"


def test_texts_and_places_to_fill_in() -> None:
    report = load(DATA / "seeds" / "seed-3.json")
    report.texts = {"引言": "引言。", "一": "第一段。\n\n 第二段。", "五": " "}
    document = opened(report, title="题目", hints=["尚缺两个单位"])
    paragraphs = document.paragraphs
    texts = [p.text for p in paragraphs]
    where = "五、存在的主要问题及改进情况 1 处，六、其他需要报告的事项 1 处，落款 1 处"
    gaps = f"还要填写 3 处（下文标黄的方括号）：{where}。填好后删去本行。"
    assert texts[:3] == ["题目", f"【{gaps}】", "【尚缺两个单位】"]
    assert texts[3:7] == ["引言。", report.form.sections[0].title, "第一段。", "第二段。"]
    marked = [
        p.text for p in paragraphs if p.runs and any(r.font.highlight_color is not None for r in p.runs)
    ]
    assert marked == [
        f"【{gaps}】",
        "【尚缺两个单位】",
        "【此处填写：文字描述】",
        "【此处填写：文字描述，收取信息处理费情况在此处报告。】",
        "【此处填写公布日期】",
    ]


def test_texts_that_xml_can_not_hold() -> None:
    report = Report(load_form("2021"), "某局" * 200, 2024, texts={"一": "甲\x01乙\ud800丙<&>\u2028丁"})
    document = opened(report)
    assert "甲<U+0001>乙<U+D800>丙<&>" in [p.text for p in document.paragraphs]
    assert len(document.core_properties.title) == 255


def test_a_mark_without_words_is_a_place_to_fill_in() -> None:
    report = Report(load_form("2021"), "某局", 2024, marks={"t2.rules.made": "注1"})
    assert "注1：【此处填写注释】" in [p.text for p in opened(report).paragraphs]


def test_pages_and_tables_are_set_up_for_print() -> None:
    document = opened(numbered("2021"))
    (section,) = document.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    for table in document.tables:
        grid = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
        assert sum(grid) / 20 == pytest.approx(507, rel=0.01), "as wide as on the blank original, in pt"
        for row in table._tbl.tr_lst:
            assert row.trPr.find(qn("w:cantSplit")) is not None
            assert sum(int(tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for tc in row.tc_lst) == sum(grid)
    heads = [
        sum(row.trPr.find(qn("w:tblHeader")) is not None for row in t._tbl.tr_lst) for t in document.tables
    ]
    assert heads == [0, 3, 3]
    footer = section.footer._element.xml
    assert 'w:instr="PAGE"' in footer
    title = document.paragraphs[0].style.element.rPr.rFonts
    assert title.get(qn("w:eastAsia")) == "方正小标宋简体"


def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = document_bytes(load(TAICANG)), document_bytes(load(TAICANG))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None
        fonts = package.read("word/fontTable.xml").decode()
    assert 'w:altName w:val="方正小标宋_GBK,' in fonts
    properties = docx.Document(io.BytesIO(one)).core_properties
    assert (properties.author, properties.created.year) == ("太仓市", 2020)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "新文件夹" / "报告.docx"
    report = numbered("2019")
    write_docx(report, target)
    first = target.read_bytes()
    report.set(report.form.cells[0].id, 999)
    with pytest.raises(WouldOverwrite, match="文件已存在"):
        write_docx(report, target)
    assert target.read_bytes() == first
    write_docx(report, target, force=True)
    assert target.read_bytes() != first
    out = io.BytesIO()
    write_docx(report, out)
    assert out.getvalue() == target.read_bytes()
    assert [p.name for p in target.parent.iterdir()] == ["报告.docx"]


def test_a_broken_write_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), atomic_write(target, force=True) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    with pytest.raises(WouldOverwrite), atomic_write(tmp_path / "b.txt") as draft:
        draft.write_text("mine")
        (tmp_path / "b.txt").write_text("somebody else's")
    assert (tmp_path / "b.txt").read_text() == "somebody else's"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt"]


# ---------------------------------------------------------------- injected advertising


def test_injected_advertising_is_highlighted_with_a_remark() -> None:
    """In a text and in a note; the words around it stay as they are."""
    report = numbered("2021")
    report.texts = {"引言": SPAM, "一": "概况。"}
    report.notes["注2"] = "总数。百家乐官网"
    paragraphs = opened(report).paragraphs
    marked = {p.text: [r.text for r in p.runs if r.font.highlight_color] for p in paragraphs}
    remark = "【疑似植入的广告，请删去】"
    assert f"我局公开信息81条，依据《条例老虎机_电子网官网{remark}》要求。" in marked
    assert marked[f"我局公开信息81条，依据《条例老虎机_电子网官网{remark}》要求。"] == [
        "老虎机_电子网官网",
        remark,
    ]
    assert marked[f"注2：总数。百家乐官网{remark}"] == ["百家乐官网", remark]
    assert marked["概况。"] == []
    assert any("有 2 处疑似植入的广告" in text for text in marked)


def test_a_city_that_switched_the_rule_off_has_no_marks(tmp_path: Path) -> None:
    settings = tmp_path / "设置.toml"
    settings.write_text("[text-injected]\noff = true\n", "utf-8")
    report = Report(load_form("2021"), "某市某局", 2024, texts={"一": SPAM})
    rules = catalogue().with_settings(settings)
    assert SPAM in {p.text for p in opened(report, rules=rules).paragraphs}


def test_a_second_opinion_on_the_package(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(document_bytes(numbered("2021"), frame=Frame(hints=["尚缺"])))
    assert audited(path) == []


def test_cells_that_could_not_be_read_of_a_published_text_are_counted_at_the_top() -> None:
    """A blank cell in the printed table says nothing of what it lacks."""
    report = numbered("2021")
    report.unread = dict.fromkeys(("t3.new.natural", "t3.new.total"), Unread("第 3 行", "120"))
    report.set("t3.new.natural", None)
    shown = [p.text for p in opened(report).paragraphs if any(r.font.highlight_color for r in p.runs)]
    assert len([text for text in shown if "有 1 格没有从公布的文本中读出" in text]) == 1, (
        "one was filled since"
    )
    report.set("t3.new.natural", 12)
    assert not any("读出" in p.text for p in opened(report).paragraphs)
