"""A 退回单 that comes back: read as any file, its items compared with what is found, replaced by the next."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from gouji.report import Report, Unplaced, canonical
from gouji.rules import catalogue
from gouji.rules.explanations import explain
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.returned import outcomes
from gouji.workbook.seal import make_seal
from gouji.workbook.shown.returned import returned_line
from gouji.workbook.shown.slip import Office as AddedByOffice
from gouji.workbook.shown.slip import Told, slip_of
from gouji.workshop.sample import sample_report
from support import DATA
from support.clerks_book import AT_WRONG, ELSEWHERE, OWN, by_openpyxl
from support.filled import write_workbook
from support.loaded import loaded
from support.office import Office
from support.returned_copy import SLIP, examined, returned, texts


def corrected(content: bytes, cells: dict[str, Any], handled: str = "") -> bytes:
    """As a clerk sends it again: numbers typed into 三, a word on 办理情况, saved by another program."""
    book = loaded(content)
    for at, value in cells.items():
        book["三"][at] = value
    if handled:
        book[SLIP][f"E{first_item(book)}"] = handled
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first_item(book: Any) -> int:
    return next(row[0].row for row in book[SLIP].iter_rows() if row[0].value == "1")


def line(content: bytes) -> str:
    judged = examined(content)
    return returned_line(judged.reading.returned, judged.report, judged.findings)


def two_errors() -> Report:
    report = sample_report()
    return report.with_values({"t3.carried_out.natural": 30, "t3.carried_out.total": 30})


def test_the_sheet_and_the_marks_are_not_read() -> None:
    sent = by_openpyxl()
    before, after = read_workbook(sent), read_workbook(returned(sent))
    assert canonical(after.report) == canonical(before.report)
    assert after.report.unplaced == before.report.unplaced
    assert [f.id for f in after.findings] == [f.id for f in before.findings]
    assert before.returned == [] and [i.place for i in after.returned] == ["三!D11", ""]


def test_it_says_what_was_corrected() -> None:
    copy = returned(write_workbook(two_errors()))
    assert line(copy).startswith("退回的 2 处：已改正 0 处，仍未改正 2 处（三!D11、三!")
    once = corrected(copy, {"D11": 61})
    assert line(once).startswith("退回的 2 处：已改正 1 处，仍未改正 1 处（三!")
    right = sample_report(slip=False)
    whole = corrected(
        once, {"D33": right.value("t3.carried_out.natural"), "J33": right.value("t3.carried_out.total")}
    )
    assert line(whole) == "退回的 2 处：已改正 2 处。"
    assert line(write_workbook(two_errors())) == ""


def test_another_wrong_number_is_no_correction() -> None:
    """The cause has another name then, but the sums that it broke are still broken."""
    copy = returned(write_workbook(sample_report()))
    assert line(corrected(copy, {"D11": 62})).startswith("退回的 1 处：已改正 0 处，仍未改正 1 处")


def test_a_warning_that_is_explained() -> None:
    report = sample_report(slip=False)
    report.texts = {**(report.texts or {}), "五": "无"}
    copy = returned(write_workbook(report))
    (item,) = examined(copy).reading.returned
    judged = examined(copy)
    told = explain(judged.report, judged.findings, item.ids[0], "本单位问题已在总体情况中写明。")
    assert [o for _, o in outcomes([item], told, judged.findings)] == ["explained"]
    assert returned_line([item], told, judged.findings) == "退回的 1 处：已改正 0 处，已说明 1 处。"


def test_a_paragraph_and_a_field_have_their_remark_until_the_next_one() -> None:
    report = sample_report(slip=False)
    report.texts = {**(report.texts or {}), "五": "无"}
    report.year = 0
    book = loaded(returned(write_workbook(report)))
    said = {(s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.comment}
    year = layout_of(report.form).field("year").split("!")
    assert said == {("五", "A4"), tuple(year)}
    book["五"]["A4"] = "公开内容不够及时，解读材料偏少。下一步将完善制度，加强培训，逐项整改。"
    book["封面"][year[1]] = 2024
    out = io.BytesIO()
    book.save(out)
    again = loaded(returned(out.getvalue()))
    assert not [c for s in again for row in s.iter_rows() for c in row if c.comment]


def test_the_next_one_replaces_it() -> None:
    """Never two sheets, never two remarks, and no word of the clerk is lost."""
    first = returned(write_workbook(two_errors()))
    second = returned(corrected(first, {"D11": 61}, handled="已按台账更正"))
    book = loaded(second)
    assert [n for n in book.sheetnames if n.startswith(SLIP)] == [SLIP] == book.sheetnames[:1]
    remarks = {c.coordinate: c.comment.text for row in book["三"] for c in row if c.comment}
    assert "D11" not in remarks and all(text.count("〔退回单：") == 1 for text in remarks.values())
    rules = [f for cf in book["三"].conditional_formatting for r in cf.rules for f in r.formula if SLIP in f]
    assert rules and not any("D11" in f for f in rules)
    said = texts(second)
    assert any(t.startswith("上次退回的 2 处：已改正 1 处") for t in said)
    assert "已按台账更正" in said and "已改正" in said
    assert "仍未改正" not in said, "what is open stands above, and not twice"
    assert len(examined(second).reading.returned) == 1


def test_what_was_written_beside_an_open_item_stands_beside_it_again() -> None:
    first = returned(write_workbook(sample_report()))
    second = returned(corrected(first, {}, handled="正在核对台账"))
    (item,) = examined(second).reading.returned
    assert item.handled == "正在核对台账"


def test_what_was_written_beside_an_item_is_told_of_the_cell_that_it_is_about() -> None:
    judged = examined(corrected(returned(write_workbook(sample_report())), {}, handled="正在核对台账"))
    assert judged.report.unplaced == [Unplaced("办理情况/三!D11", "正在核对台账")]
    (told,) = (f for f in judged.findings if f.rule == "remark-beside")
    assert told.message.startswith("退回单的“办理情况”对“三”表写有 1 条：D11“正在核对台账”。")
    assert "审核说明" in told.message and told.level == "hint"
    assert any(f.cells and f.level == "error" for f in judged.findings), "an answer settles nothing"


def test_an_answer_to_the_office_and_to_a_hint_is_told_too() -> None:
    """Neither is an item that is asked for again, and both have room for an answer."""
    sent = by_openpyxl()
    judged = examined(sent)
    office = AddedByOffice(told=(Told("请附台账。"),))
    copy = slip_of(judged.reading, judged.findings, catalogue(), sent=sent, office=office)
    book = loaded(copy)
    rows = [row for row in book[SLIP].iter_rows() if row[1].value in ("意见", "提示", "错误", "需说明")]
    for number, row in enumerate(rows):
        row[4].value = f"答复{number}"
    out = io.BytesIO()
    book.save(out)
    replies = [u for u in read_workbook(out.getvalue()).report.unplaced if u.place.startswith("办理情况/")]
    assert [u.text for u in replies] == [f"答复{number}" for number in range(len(rows))] and len(rows) > 2
    assert replies[0].place == "办理情况/退回单!"


def test_the_clerks_comments_live_through_three_rounds() -> None:
    content = by_openpyxl()
    for _ in range(3):
        content = corrected(returned(content), {})
    text = loaded(content)["三"]["D11"].comment.text
    assert text.startswith(AT_WRONG) and text.count("〔退回单：") == 1
    last = returned(corrected(content, {"D11": 61}))
    book = loaded(last)
    assert book["三"]["D11"].comment.text == AT_WRONG and book["三"]["E12"].comment.text == ELSEWHERE
    assert OWN in book.sheetnames


def test_through_libreoffice(office: Office, tmp_path: Path) -> None:
    """Typed into, saved again by another program, returned once more."""
    path = tmp_path / "退回.xlsx"
    path.write_bytes(returned(by_openpyxl()))
    with office.open(path) as book:
        book.type("三", {"D11": "62"})
        again = book.save(tmp_path / "再报.xlsx").read_bytes()
    assert line(again) == "退回的 2 处：已改正 0 处，仍未改正 2 处（三!D11、第 2 项）。"
    assert not {"sheet-hidden", "content-unplaced"} & {
        f.rule for f in examined(again).findings if SLIP in f.message
    }
    second = returned(again)
    book2 = loaded(second)
    assert [n for n in book2.sheetnames if n.startswith(SLIP)] == [SLIP]
    texts_at = [
        c.comment.text for row in book2["三"] for c in row if c.comment and "退回单" in c.comment.text
    ]
    assert all(t.count("〔退回单：") == 1 for t in texts_at) and texts_at
    back = [c for row in book2["三"].iter_rows(max_row=1) for c in row if "退回单" in str(c.value)]
    assert len(back) == 1


def test_a_seal_that_no_longer_says_the_truth_goes() -> None:
    """Sealed, then found wanting with last year's report: the copy is returned, and bears no seal."""
    report = sample_report(slip=False)
    sealed = write_workbook(report, seal=make_seal(report, None, catalogue()))
    assert read_workbook(sealed).seal_state == "intact"
    assert read_workbook(returned(sealed)).seal_state == "intact", "nothing is asked of it"
    wrong = sample_report()
    content = write_workbook(wrong, seal=make_seal(wrong, None, catalogue()))
    assert read_workbook(content).seal_state == "intact"
    assert read_workbook(returned(content)).seal_state == "none"


@pytest.mark.parametrize("release", ["0.1.0", "0.2.0", "0.3.0"])
def test_a_slip_of_an_earlier_release_is_written_anew(release: str) -> None:
    """Its frames and remarks are formats and texts that nobody could take away."""
    from gouji.workbook.shown.slip import slip_workbook
    from gouji.workbook.wording import wording

    sent = (DATA / "archive" / release / "退回单.xlsx").read_bytes()
    judged = examined(sent)
    content = slip_workbook(judged.report, judged.reading.prior, judged.findings, sent=sent)
    assert wording("slip.rebuilt")["old"] in texts(content)
    assert canonical(read_workbook(content).report) == canonical(judged.report)
