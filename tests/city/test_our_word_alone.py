"""A Word file that `gouji export` made of a form: its unit's report where the unit sent nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk
from gouji.document.word import document_bytes
from gouji.report import Report
from support.asked import SETTINGS, YEAR, city_of, right, roster
from support.filled import write_workbook

UNITS = roster({"甲局": "政府部门", "乙局": "政府部门"})
WORD = "乙局年报.docx"


def again(folder: Path, sent: dict[str, bytes]) -> Consolidation:
    first = {"甲局.xlsx": write_workbook(right("甲局"))}
    return city_of(folder, {**first, **sent}, Desk(SETTINGS, UNITS))


def word(unit: str, year: int = YEAR) -> bytes:
    return document_bytes(right(unit, year, new=12))


def said(city: Consolidation) -> dict[str, str]:
    aside = {f.submission.file: "；".join(f.remarks) for f in city.intake.set_aside}
    return aside | {f.submission.file: f.status for row in city.units for f in row.files}


def test_alone_it_counts_as_an_import(tmp_path: Path) -> None:
    city = again(tmp_path, {WORD: word("乙局")})
    row = city.units[1]
    assert row.taken and row.taken.submission.file == WORD
    assert any(remark.startswith("导入：") for remark in row.remarks)
    assert city.report.number("t3.new.total") == 12 and not city.intake.set_aside


def test_beside_a_form_it_never_counts(tmp_path: Path) -> None:
    """Whatever the form says, also where that is of another year: nobody knows which the Word was made of."""
    for form, status in ((right("乙局", new=7), "taken"), (right("乙局", YEAR - 1), "wrong_year")):
        city = again(tmp_path, {WORD: word("乙局"), "乙局.xlsx": write_workbook(form)})
        assert said(city)["乙局.xlsx"] == city.units[1].status == status
        assert said(city)[WORD] == "这是由填报表生成的 Word 报告，数字以填报表为准"
        assert city.report.number("t3.new.total") == (7 if status == "taken" else 0)


def test_twice_the_same_counts_once(tmp_path: Path) -> None:
    city = again(tmp_path, {WORD: word("乙局"), "乙局年报（复制）.docx": word("乙局")})
    assert city.report.number("t3.new.total") == 12 and len(city.units[1].files) == 2


@pytest.mark.parametrize("report", [right("某市", new=3), right("乙局", YEAR - 1), right("某某办")])
def test_of_the_city_another_year_or_a_stranger_it_stays_aside(tmp_path: Path, report: Report) -> None:
    city = again(tmp_path, {WORD: document_bytes(report)})
    assert said(city)[WORD] == "这是由填报表生成的 Word 报告，数字以填报表为准"
    assert city.units[1].status == "missing" and city.report.number("t3.new.total") == 0
    assert not city.strangers
