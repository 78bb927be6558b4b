"""催报名单: a row a unit, a paragraph ready to send, numbers that add up; nothing unknown is said."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.asking.acting import duties
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.asking.saying import paragraph
from gouji.city.consolidate import Consolidation, consolidate
from gouji.city.desk import Desk
from gouji.city.intake.kinds import list_of
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.sorting import Submission
from gouji.workbook.reading.sheets import open_book
from support.asked import SETTINGS, city_of, right, wrong
from support.years import sum_up


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return city_of(tmp_path_factory.mktemp("报送"))


def opened(city: Consolidation) -> Any:
    return openpyxl.load_workbook(io.BytesIO(reminder_workbook(city)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    heads, *lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_a_row_for_each_unit_that_must_act(city: Consolidation) -> None:
    found = {row["单位名称"]: row for row in rows(opened(city)["催报名单"])}
    assert list(found) == ["乙局", "丙局", "丁局", "戊镇", "己镇", "庚街道", "辛街道", "壬公司", "癸中心"]
    assert found["戊镇"] == {
        "序号": 4,
        "单位名称": "戊镇",
        "代码": "005",
        "类别": "乡镇街道",
        "联系人": "联系人5",
        "电话": "53520005",
        "期限": datetime.datetime(2025, 1, 10),
        "逾期天数": 5,
        "情况": "未报",
        "要做什么": "填报并报送",
        "说明": None,
        "发送文字": "见第 7 行",
    }
    assert found["壬公司"]["说明"] == "壬公司年报.xlsx 可能是此单位的（文件不完整，可能没有传完）"
    assert found["丙局"]["逾期天数"] is None, "it was summed: what it has to explain does not make it late"


def test_a_link_leads_to_the_units_paragraph(city: Consolidation) -> None:
    book = opened(city)
    for row in book["催报名单"].iter_rows(min_row=4):
        target, _, cell = row[11].hyperlink.location.partition("!")
        assert book[target.strip("'")][cell].value.startswith(f"{row[1].value}：")


def test_the_first_errors_in_words(city: Consolidation) -> None:
    """With the printed label, the address and both numbers, by when and whom to ask."""
    (said,) = [r["发送文字"] for r in rows(opened(city)["可直接发送"]) if r["单位名称"] == "乙局"]
    assert said.startswith(
        "乙局：你单位报送的2024年政府信息公开工作年度报告（乙局.xlsx）有 3 处错误，未计入汇总。"
    )
    assert "（2）三!J9 处，「一、本年新收政府信息公开申请数量」行「总计」列填的是 21，应为 12" in said
    assert "（3）四!A7:E7 处，「行政复议」四种结果之和为 0，总计填的是 4，前者少 4。" in said
    assert "报送期限为2025年1月10日，已超过 5 天。" in said
    assert said.endswith("如有疑问，请联系某市人民政府办公室，张三，0512-53520000。")


def test_of_many_errors_three_are_told() -> None:
    report = wrong("乙局")
    for cell in ("t2.rules.made", "t2.licences.decisions", "t2.penalties.decisions"):
        report.set(cell, -1)
    city = sum_up([report], Roster((RosterUnit("乙局"),)))
    (duty,) = duties(city)
    count = len(duty.open.findings)
    said = paragraph(city, duty)
    assert count > 3 and "（3）" in said and "（4）" not in said
    assert f"；另有几处，全部 {count} 处见退回单。" in said


def test_what_is_not_known_is_left_out() -> None:
    """No deadline, no day, no contact, no office: the sentence has no clause of them."""
    units = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    city = sum_up([wrong("乙局")], units)
    first, second = (paragraph(city, duty) for duty in duties(city))
    assert (
        first
        == "甲局：你单位2024年政府信息公开工作年度报告至今没有收到。请填写下发的模板，校验通过后尽快报送。"
    )
    assert second.endswith("请按退回单逐处改正，校验通过后尽快重新报送。")
    (row, _) = rows(opened(city)["催报名单"])
    assert [row[head] for head in ("期限", "逾期天数", "联系人", "电话")] == [None] * 4
    book = opened(city)
    assert "按联系人" not in book.sheetnames and "截至" not in book["催报名单"]["A2"].value


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (None, "应于2025年1月10日前报送，至今没有收到。请填写下发的模板，校验通过后于2025年1月10日前报送。"),
        (10, "应于2025年1月10日前报送，至今没有收到。请填写下发的模板，校验通过后于2025年1月10日前报送。"),
        (11, "应于2025年1月10日前报送，至今没有收到，已逾期 1 天。请填写下发的模板，校验通过后尽快报送。"),
    ],
)
def test_by_when(today: int | None, said: str) -> None:
    day = datetime.date(2025, 1, today) if today else None
    settings = replace(SETTINGS, today=day, office="", contact="")
    units = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    city = sum_up([right("乙局")], units, desk=Desk(settings, units))
    (duty,) = duties(city)
    assert paragraph(city, duty) == "甲局：你单位2024年政府信息公开工作年度报告" + said


def test_a_deadline_in_words_stays_as_it_is_written() -> None:
    units = Roster((RosterUnit("甲局", deadline="月底前"), RosterUnit("乙局")))
    city = sum_up([right("乙局")], units, desk=Desk(SETTINGS, units))
    (row,) = rows(opened(city)["催报名单"])
    assert (row["期限"], row["逾期天数"]) == ("月底前", None)


def test_the_numbers_add_up(city: Consolidation) -> None:
    *kinds, whole = rows(opened(city)["按类别"])
    assert [row["类别"] for row in kinds] == ["政府部门", "乡镇街道", "企事业单位"]
    for head in set(whole) - {"类别"}:
        assert sum(row[head] for row in kinds) == whole[head]
    assert whole["应报"] == 10 and whole["已报"] == 8 and whole["不需再办理"] == 1
    assert whole["已报"] + whole["未报"] + whole["所报文件读不出"] == whole["应报"]


def test_one_contact_of_several_units_is_one_call(city: Consolidation) -> None:
    shared = tuple(replace(unit, contact="王五", phone="1") for unit in city.roster.units[:-1])
    units = Roster((*shared, replace(city.roster.units[-1], contact="", phone="")))
    other = sum_up([right("甲局")], units)
    first, second = rows(opened(other)["按联系人"])
    assert (first["联系人"], first["单位数"], second["联系人"], second["单位数"]) == ("王五", 8, None, 1)


def test_columns_of_the_offices_own_are_kept() -> None:
    units = Roster((RosterUnit("甲局", own=(("备注", "=1+1"), ("科室", "办公室"))), RosterUnit("乙局")))
    sheet = opened(sum_up([right("丙局")], Roster((*units.units, RosterUnit("丙局")))))["催报名单"]
    first, second = rows(sheet)
    assert (first["备注"], first["科室"], second["备注"]) == ("=1+1", "办公室", None)


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "甲\x07局", "_x0041_"]


def test_a_text_is_never_a_formula() -> None:
    """Names, codes and notes of a roster are what somebody wrote; so they are shown, and stay when edited."""
    units = Roster(tuple(RosterUnit(name, f"={i}", name, contact=name) for i, name in enumerate(HOSTILE)))
    content = reminder_workbook(sum_up([right("甲局")], Roster((*units.units, RosterUnit("甲局")))))
    read = open_book(content).cells("催报名单")
    assert [read[row, 2].raw for row in range(4, 4 + len(HOSTILE))] == HOSTILE
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["催报名单"]
    for each in book.worksheets:
        assert all(cell.data_type != "f" for row in each.iter_rows() for cell in row)
    assert {row[1].number_format for row in sheet.iter_rows(min_row=4)} == {"@"}


def test_it_is_known_as_what_it_is_and_written_alike(city: Consolidation) -> None:
    content = reminder_workbook(city)
    assert list_of(content) == ("reminder", "某市", 2024)
    assert content == reminder_workbook(city)


def test_files_of_nobody_are_listed(city: Consolidation) -> None:
    (row,) = rows(opened(city)["待认领的文件"])
    assert (row["文件"], row["文件中的单位"]) == ("陌生单位.xlsx", "某某办")


def test_a_city_where_all_is_right_has_an_empty_list() -> None:
    book = opened(sum_up([right("甲局")], Roster((RosterUnit("甲局"),))))
    assert rows(book["催报名单"]) == []
    assert "可直接发送" not in book.sheetnames


def test_a_very_long_name_and_list_fit_into_their_cells(tmp_path: Path) -> None:
    report = wrong("乙局")
    report.notes = {f"注{i}": "长" * 2000 for i in range(20)}
    units = Roster((RosterUnit("乙局", contact="长" * 40_000),))
    book = opened(sum_up([report], units))
    assert all(len(str(c.value)) <= 32_767 for s in book.worksheets for r in s.iter_rows() for c in r)


def test_what_came_and_may_be_the_units_is_named() -> None:
    """A form under another name, one with another's cover: nobody is told that nothing came."""
    units = Roster((RosterUnit("某市甲局"), RosterUnit("某市乙局"), RosterUnit("某市丙局")))
    sent = {
        "送来的/某市甲局年报.xlsx": right(""),
        "某市丙局.xlsx": right("某市乙局"),
        "某市乙局.xlsx": right("某市乙局"),
    }
    submissions = [Submission(file, report, tuple(audit(report))) for file, report in sent.items()]
    city = consolidate(submissions, units, name="某市", year=2024, desk=Desk(SETTINGS, units))
    said = {duty.unit.name: paragraph(city, duty) for duty in duties(city)}
    assert "（“某市甲局年报.xlsx”，封面没有填写单位名称），但没有计入" in said["某市甲局"]
    assert "（“某市丙局.xlsx”，封面的单位是“某市乙局”），但没有计入" in said["某市丙局"]
    for unit in ("某市甲局", "某市丙局"):
        assert "至今没有收到" not in said[unit] and "改正封面的单位名称、代码" in said[unit]
        assert "还没有收到可以计入汇总的，已逾期 5 天。" in said[unit]
