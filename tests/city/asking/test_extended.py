"""补报期限: by when those act whose deadline has passed."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from gouji.city.asking.acting import duties
from gouji.city.asking.notice import notice
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.asking.saying import paragraph
from gouji.city.asking.when import due_of
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Settings
from gouji.city.season.book import desk_workbook
from gouji.city.season.reading import read_settings
from support.asked import DEADLINE, SETTINGS, TODAY, city_of, roster

AGAIN = datetime.date(2025, 1, 24)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return city_of(tmp_path_factory.mktemp("报送"))


def with_settings(city: Consolidation, own: str = "", **changes: object) -> Consolidation:
    """``own``: the deadline of 戊镇, which sent nothing."""
    assert city.desk
    units = tuple(
        replace(row, unit=replace(row.unit, deadline=own)) if row.unit.name == "戊镇" else row
        for row in city.units
    )
    desk = replace(city.desk, settings=replace(city.desk.settings, **changes))  # type: ignore[arg-type]
    return replace(city, desk=desk, intake=replace(city.intake, units=units))


def said(city: Consolidation) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(notice(city))).paragraphs]


def test_it_stands_where_the_deadline_has_passed(city: Consolidation) -> None:
    of = with_settings(city, extended=AGAIN)
    assert "请上述单位于2025年1月24日前办理完毕。" in said(of)
    assert not any("【此处填写办理期限" in text for text in said(of))
    assert all("于2025年1月24日前" in paragraph(of, duty) for duty in duties(of))


def test_one_that_has_passed_itself_is_not_asked_for(city: Consolidation) -> None:
    of = with_settings(city, extended=TODAY - datetime.timedelta(days=1))
    assert due_of(of, of.units[0].unit).ahead == ""
    assert due_of(with_settings(city, extended=TODAY), of.units[0].unit).ahead == "2025年1月15日"


def test_units_with_deadlines_of_their_own(city: Consolidation) -> None:
    """戊镇 has time until 20 January; the others are late, and the season's day is not said of all."""
    of = with_settings(city, own="2025-01-20")
    texts = said(of)
    assert "请上述单位在各自的期限前办理完毕，期限见上表。" in texts
    assert any(text.startswith("上表中期限已过的，请于【") for text in texts)
    assert not any("应于2025年1月10日前报送" in text for text in texts)
    assert any("应于2025年1月10日前报送" in text for text in said(city))
    both = said(with_settings(city, own="2025-01-20", extended=AGAIN))
    assert not any("【此处填写办理期限" in text for text in both)


def test_an_older_desk_without_it_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "汇总台.xlsx"
    settings = replace(SETTINGS, extended=AGAIN)
    path.write_bytes(desk_workbook(Desk(settings, roster())))
    assert read_settings(path) == settings
    book = openpyxl.load_workbook(path)
    sheet = book["设置"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "补报期限")
    sheet.delete_rows(row)
    book.save(path)
    assert read_settings(path) == SETTINGS
    assert Settings("某市", 2024).extended is None and DEADLINE < TODAY < AGAIN


def test_the_list_is_numbered_first_and_says_what_waits(city: Consolidation) -> None:
    numbered = tuple(
        replace(row, unit=replace(row.unit, own=(("序号", f"{i}号"), ("备注", "甲")))) if i % 2 else row
        for i, row in enumerate(city.units)
    )
    of = replace(city, intake=replace(city.intake, units=numbered))
    rows = list(openpyxl.load_workbook(io.BytesIO(reminder_workbook(of)))["催报名单"].values)
    heads = list(rows[2])
    assert heads[:2] == ["序号", "单位名称"] and heads.count("序号") == 1 and heads[-1] == "备注"
    found = {row[1]: row for row in rows[3:]}
    assert found["丁局"][0] == "3号" and found["丙局"][0] == 2
    assert all(found[name][heads.index("说明")] for name in ("丙局", "癸中心", "乙局"))
