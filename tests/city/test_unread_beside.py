"""A file that can not be read and bears a unit's name, and one number of units that have to report."""

from __future__ import annotations

from pathlib import Path

from gouji.city.approving.telling import sum_counts
from gouji.city.asking.acting import duties
from gouji.city.asking.saying import action
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord
from gouji.city.intake.reasons import reason_of
from gouji.city.views.said import said_of
from support.asked import SETTINGS, city_of, right, roster
from support.filled import write_workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "Workbook".encode("utf-16le") + bytes(2000)
UNITS = roster({"甲局": "部门", "乙局": "部门", "丙局": "部门"})


def summed(folder: Path, files: dict[str, bytes], *words: OfficeWord) -> Consolidation:
    return city_of(folder, files, Desk(SETTINGS, UNITS, words=words))


def test_an_old_workbook_is_saved_anew_and_nothing_else(tmp_path: Path) -> None:
    city = summed(tmp_path, {"甲局.xlsx": write_workbook(right("甲局")), "乙局2024.xls": OLD})
    (duty,) = (one for one in duties(city) if one.unit.name == "乙局")
    assert duty.state == "unread" and "另存为 .xlsx" in action(city, duty)
    (stranger,) = city.strangers
    assert "可能是 乙局 的" in reason_of(stranger)
    assert "旧格式" in city.units[1].remarks[0], "the unit's line says what is wrong with the file"


def test_beside_what_a_unit_sent_it_is_told_whose_it_may_be(tmp_path: Path) -> None:
    city = summed(tmp_path, {"甲局.xlsx": write_workbook(right("甲局")), "甲局补报.xls": OLD})
    assert "可能是 甲局 的" in reason_of(city.strangers[0])


def test_one_that_lawfully_does_not_report_is_counted_nowhere(tmp_path: Path) -> None:
    """The first line of a run, the sentence of the home page and the text of the results say one number."""
    word = OfficeWord(
        "丙局", "unit-missing:丙局", "本年整建制划转，依法不编制年报", "已核实", "张某", "2025-01-12"
    )
    files = {f"{name}.xlsx": write_workbook(right(name)) for name in ("甲局", "乙局")}
    city = summed(tmp_path, files, word)
    assert sum_counts(city) == {"taken": 2, "expected": 2, "left_out": 0}
    assert said_of(city)[0].startswith("应报 2 个单位")
