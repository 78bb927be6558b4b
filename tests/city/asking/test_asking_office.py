"""The letters and lists as LibreOffice prints them (needs poppler-utils)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.city.asking.circular import circular
from gouji.city.asking.notice import notice
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.asking.slips import slips
from gouji.city.asking.sources import from_folder
from gouji.city.intake.folder import find_files
from gouji.city.intake.roster import Roster, RosterUnit
from support.asked import SETTINGS, city_of, desk, right
from support.office import Office
from support.paper import needs_poppler, smallest, texts
from support.years import sum_up

pytestmark = [pytest.mark.office, pytest.mark.slow, needs_poppler]

LONG = "某某经济技术开发区管理委员会综合行政执法局"


def printed(content: bytes, folder: Path, office: Office) -> list[str]:
    """The text of each page of a Word file."""
    source = folder / "信.docx"
    source.write_bytes(content)
    with office.open(source) as letter:
        return texts(letter.save(folder / "信.pdf", "writer_pdf_Export"))


def test_the_list_of_the_notice_runs_over_pages_with_its_heads(tmp_path: Path, office: Office) -> None:
    units = Roster((*(RosterUnit(f"{LONG}{i}") for i in range(60)), RosterUnit("甲局")))
    city = sum_up([right("甲局")], units, desk=replace(desk(), roster=units))
    first, *others, last = printed(notice(city), tmp_path, office)
    assert "关于报送2024年政府信息公开工作年度报告的催报通知" in first
    heads = "序号单位情况要做什么"
    assert all(heads in page for page in (first, *others))
    assert "".join((first, *others, last)).count(LONG) == 60
    assert SETTINGS.office in last


def test_the_circular_is_a_letter_of_two_pages(tmp_path: Path, office: Office) -> None:
    city = city_of(tmp_path / "报送")
    first, second = printed(circular(city), tmp_path, office)
    assert "名次类别应报已报已报率按期有误退回待说明齐齐全率" in first, "no head breaks into lines"
    assert "3企事业单位2150.0%" in first and "（一）未报（1个）：戊镇（逾期5天）。" in second


def test_the_workbooks(office: Office, tmp_path: Path) -> None:
    """催报名单 and a small 退回单 open, and print at 9 points."""
    folder = tmp_path / "报送"
    city = city_of(folder)
    made = slips(city, from_folder(find_files(folder)))
    small = next(content for name, content in made.items() if name.startswith("己镇"))
    for name, content in (("催报", reminder_workbook(city)), ("退回单", small)):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(content)
        with office.open(path) as book:
            assert min(smallest(book.pdf(tmp_path / f"{name}.pdf"))) >= 9
    with office.open(tmp_path / "催报.xlsx") as book:
        assert book.text("催报名单", "G4") == "2025-01-10"
        assert book.value("催报名单", "H7") == 5
        assert book.text("可直接发送", "D7").startswith("戊镇：")
