"""Comments, text boxes, charts and pictures over a sheet are kept and said; ours are no person's."""

from __future__ import annotations

import io

import pytest
from openpyxl.comments import Comment

import gouji
from gouji.examine import judge
from gouji.report import Report, canonical, from_json, to_json
from gouji.workbook.reading import beside
from gouji.workbook.reading.beside import Remark
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.wording import wording
from gouji.workbook.writer import write_workbook
from support.archive import imported, made, sealed
from support.loaded import loaded
from support.packages import pack, relations, unpack
from support.sheet_parts import OFFICE, THREADS, with_related

REPORT = made("pt-jtj-2022", "甲市交通局")
BOOK = write_workbook(REPORT)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TALK = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def comments(*texts: tuple[str, str]) -> tuple[str, str, bytes]:
    inside = "".join(f'<comment ref="{at}" authorId="0"><text>{text}</text></comment>' for at, text in texts)
    part = f'<comments xmlns="{MAIN}"><authors><author>填报人</author></authors><commentList>{inside}'
    return f"{OFFICE}/comments", "comments9.xml", f"{part}</commentList></comments>".encode()


def box(text: str, at: tuple[int, int] = (11, 3), anchor: str = "twoCellAnchor") -> str:
    corner = f"<xdr:from><xdr:col>{at[1]}</xdr:col><xdr:row>{at[0]}</xdr:row></xdr:from>"
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    shape = f"<xdr:sp><xdr:txBody>{lines}</xdr:txBody></xdr:sp>"
    return f"<xdr:{anchor}>{'' if anchor == 'absoluteAnchor' else corner}{shape}</xdr:{anchor}>"


def drawing(inside: str) -> tuple[str, str, bytes]:
    part = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:mc="{MC}">{inside}</xdr:wsDr>'
    return f"{OFFICE}/drawing", "drawings/drawing9.xml", part.encode()


def over(*added: tuple[str, str, bytes]) -> tuple[Remark, ...]:
    return open_book(with_related(BOOK, "三", added)).remarks("三")


def hints(reading: Reading) -> list[tuple[str, str, str]]:
    return [(f.place, f.level, f.message) for f in judge(reading) if f.rule == "remark-beside"]


def test_comments_of_a_person_are_kept_and_said() -> None:
    texts = [("D12", "<t>此数含去年结转_x000a_3件</t>"), ("E13", "<r><t>与信访局</t></r><r><t>核对</t></r>")]
    reading = read_workbook(with_related(BOOK, "三", [comments(*texts)]))
    assert [(u.place, u.text) for u in reading.report.unplaced] == [
        ("批注/三!D12", "此数含去年结转\n3件"),
        ("批注/三!E13", "与信访局核对"),
    ]
    ((place, level, message),) = hints(reading)
    assert (place, level) == ("三/comment", "hint")
    assert "“三”表有 2 处批注：D12“此数含去年结转 3件”、E13“与信访局核对”" in message
    assert not [f for f in judge(reading) if f.rule == "content-unplaced"]


def test_written_by_openpyxl_and_resaved() -> None:
    book = loaded(BOOK)
    book["封面"]["B6"].comment = Comment("单位已更名", "填报人")
    out = io.BytesIO()
    book.save(out)
    reading = read_workbook(out.getvalue())
    assert [u.place for u in reading.report.unplaced] == ["批注/封面!B6"]


def test_what_is_kept_travels_through_a_workbook_and_json() -> None:
    report = read_workbook(with_related(BOOK, "三", [comments(("D12", "<t>甲</t>"))])).report
    again = read_workbook(write_workbook(report)).report
    assert canonical(again) == canonical(report) == canonical(from_json(to_json(again)))
    assert hints(read_workbook(write_workbook(report)))


def test_a_thread_is_said_once_each_of_its_words() -> None:
    inside = "".join(
        f'<threadedComment ref="D12" id="{n}"><text>{text}</text></threadedComment>'
        for n, text in enumerate(("为何是3", "含结转"))
    )
    talk = f'<ThreadedComments xmlns="{TALK}">{inside}</ThreadedComments>'.encode()
    legacy = comments(("D12", "<t>[线程批注] 为何是3</t>"), ("E1", "<t>另一条</t>"))
    thread = (f"{THREADS}/threadedComment", "threadedComments/t1.xml", talk)
    assert over(legacy, thread) == (
        Remark("comment", "D12", "为何是3"),
        Remark("comment", "D12", "含结转"),
        Remark("comment", "E1", "另一条"),
    )


def test_text_boxes_with_where_they_begin() -> None:
    grouped = (
        box("组内").replace("<xdr:sp>", "<xdr:grpSp><xdr:sp>").replace("</xdr:sp>", "</xdr:sp></xdr:grpSp>")
    )
    twice = (
        f"<mc:AlternateContent><mc:Choice>{box('一次')}</mc:Choice><mc:Fallback>{box('另一次')}</mc:Fallback>"
    )
    inside = box("本单位\n无数据") + grouped + box("页上", anchor="absoluteAnchor") + box("  ")
    found = over(drawing(inside + twice + "</mc:AlternateContent>"))
    assert found == (
        Remark("box", "D12", "本单位\n无数据"),
        Remark("box", "D12", "组内"),
        Remark("box", "", "页上"),
        Remark("box", "D12", "一次"),
    )


def test_charts_diagrams_and_pictures_of_a_drawing() -> None:
    parts = unpack(with_related(BOOK, "三", [drawing("")]))
    kinds = (("chart", "charts/c1.xml"), ("diagramData", "d1.xml"), ("image", "i1.png"), ("image", "i2.png"))
    parts["xl/drawings/_rels/drawing9.xml.rels"] = relations(
        *((f"r{n}", f"{OFFICE}/{kind}", f"/xl/{name}") for n, (kind, name) in enumerate(kinds))
    )
    for kind, name in kinds[:2]:
        text = f"<a:p><a:r><a:t>{kind}：另有12件</a:t></a:r></a:p>"
        parts[f"xl/{name}"] = f'<c xmlns:a="{A}">{text}<v>7</v></c>'.encode()
    reading = read_workbook(pack(parts))
    assert [(u.place, u.text) for u in reading.report.unplaced] == [
        ("图表/三!", "chart：另有12件"),
        ("文本框/三!", "diagramData：另有12件"),
    ]
    assert [place for place, _, _ in hints(reading)] == ["三/picture", "三/chart", "三/box"]
    assert "有 2 张图片" in hints(reading)[0][2]


@pytest.mark.parametrize(
    "part",
    [
        comments(("D12", "<t>甲"))[2],
        b"",
        comments(*[("D12", f"<t>{n}</t>") for n in range(beside.MAX_REMARKS + 1)])[2],
        comments(("D12", f"<t>{'长' * (beside.MAX_CHARACTERS + 1)}</t>"))[2],
        b'<!DOCTYPE x [<!ENTITY a "b">]><comments/>',
        b"<x>" * 200 + b"</x>" * 200,
    ],
)
def test_what_can_not_be_read_is_said_and_costs_the_file_nothing_else(part: bytes) -> None:
    kind, name, _ = comments()
    reading = read_workbook(with_related(BOOK, "三", [(kind, name, part)]))
    assert canonical(reading.report) == canonical(read_workbook(BOOK).report)
    ((place, level, message),) = hints(reading)
    assert (place, level) == ("三/unread", "hint") and "没有读全" in message


def test_a_missing_part_and_broken_relationships() -> None:
    parts = unpack(with_related(BOOK, "三", [comments()]))
    del parts["xl/comments9.xml"]
    assert hints(read_workbook(pack(parts)))
    (rels,) = (name for name in parts if name.startswith("xl/worksheets/_rels/"))
    assert open_book(pack(parts | {rels: b"<x"})).remarks("三") == (Remark("unread", ""),)


def test_our_own_remarks_are_no_persons() -> None:
    wrong = REPORT.with_values({"t3.new.natural": 99})
    judged = gouji.validate(gouji.write(wrong))
    assert judged.reading is not None
    sent = with_related(gouji.write(wrong), "三", [comments(("D9", "<t>台账为准</t>"))])
    slip = slip_workbook(judged.reading.report, None, judged.findings, sent=sent)
    assert "退回单：" in "".join(r.text for r in open_book(slip).remarks("三")), "it has remarks of ours"
    assert [(u.place, u.text) for u in read_workbook(slip).report.unplaced] == [("批注/三!D9", "台账为准")]
    unread = gouji.write(imported())
    assert open_book(unread).remarks("二"), "a cell that could not be read has one"
    assert hints(read_workbook(unread)) == [] and hints(read_workbook(BOOK)) == []


def test_buttons_of_the_template_are_none() -> None:
    """Nor where LibreOffice saved them as shapes with their captions."""
    assert hints(read_workbook(write_workbook(Report(REPORT.form), macros=True))) == []
    shapes = drawing("".join(map(box, wording("commands").values())))
    assert len(over(shapes)) > 3 and hints(read_workbook(with_related(BOOK, "三", [shapes]))) == []


def test_a_comment_breaks_no_seal_and_fills_in_no_form() -> None:
    data = with_related(
        sealed(made("pt-jtj-2022", "甲市交通局")), "三", [comments(("D12", "<t>含结转。</t>"))]
    )
    assert read_workbook(data).seal_state == "intact"
    blank = write_workbook(Report(REPORT.form, unit="某局", year=2022))
    found = judge(read_workbook(with_related(blank, "三", [comments(("D12", "<t>本年收到12件。</t>"))])))
    assert "form-empty" in {f.rule for f in found}
