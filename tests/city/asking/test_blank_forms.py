"""An empty form is no report: everywhere the unit has not sent; a changed form is one with errors."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.approving import unit_state
from gouji.city.asking.acting import duties
from gouji.city.asking.circular import circular
from gouji.city.asking.figures import standing
from gouji.city.asking.notice import notice
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.asking.saying import paragraph, state_label
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.pages import page
from gouji.city.sheets.intake_sheets import intake_lines
from gouji.city.sheets.workbook import city_workbook
from gouji.city.views.home import verdict
from gouji.city.views.states import todo_of
from gouji.form import load_form
from gouji.report import Report
from support.asked import DEADLINE, YEAR, right, roster, wrong

BLANK, LATE = "乙局", "丁局"


def city(include_invalid: bool = False) -> Consolidation:
    """One right, one empty form twice, one with errors, one that sent nothing."""
    empty = Report(load_form("2021"), BLANK, YEAR)
    sent = [right("甲局"), empty, replace(empty), wrong("丙局")]
    names = roster({"甲局": "部门", BLANK: "部门", "丙局": "部门", LATE: "部门"})
    files = [
        Submission(f"{i}.xlsx", r, tuple(audit(r)), "none", sha256=f"{i:064}") for i, r in enumerate(sent)
    ]
    return consolidate(files, names, name="某市", year=YEAR, include_invalid=include_invalid)


def plain_text(content: bytes) -> str:
    letter = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in letter.paragraphs), *cells])


@pytest.mark.parametrize("include_invalid", [False, True])
def test_every_count_is_the_same(include_invalid: bool) -> None:
    of = city(include_invalid)
    assert {row.unit.name: unit_state(row, of).key for row in of.units} == {
        "甲局": "complete",
        BLANK: "missing",
        "丙局": "wrong",
        LATE: "missing",
    }
    todo, now = todo_of(of), standing(of)
    assert (todo.expected, todo.sent) == (now.whole.expected, now.whole.sent) == (4, 2)
    assert "应报 4 个单位，已报 2 个（50.0%）" in verdict(todo)
    assert {duty.unit.name: duty.state for duty in duties(of)}[BLANK] == "blank"
    assert now.kinds[0].states["blank"] == 1


def test_it_is_said_everywhere() -> None:
    of = city()
    lines = {line.own[1]: line.look.label for line in intake_lines(of) if line.own[0]}
    assert lines[BLANK] == "未报（交来空白表）" == state_label("blank")
    assert f"{BLANK}（交来空白表）" in page(of).decode()
    book = openpyxl.load_workbook(io.BytesIO(city_workbook(of)))
    assert f"{BLANK}（交来空白表）" in [cell.value for row in book["首页"].iter_rows() for cell in row]
    listed = openpyxl.load_workbook(io.BytesIO(reminder_workbook(of)))["催报名单"]
    assert "未报（交来空白表）" in [cell.value for row in listed.iter_rows() for cell in row]
    for letter in (notice(of), circular(of)):
        assert "已报 2 个" in plain_text(letter) and "未报（交来空白表）" in plain_text(letter)


def test_what_is_said_to_the_unit() -> None:
    of = city()
    said = next(paragraph(of, duty) for duty in duties(of) if duty.unit.name == BLANK)
    assert "是没有填写的空白表" in said and "还没有收到" in said and "具体是" not in said
    assert DEADLINE and said.startswith(f"{BLANK}：")
