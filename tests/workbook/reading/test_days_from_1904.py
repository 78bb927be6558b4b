"""Dates where words or days belong, in workbooks that count from 1900 and from 1904: as they show."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

import gouji
from gouji.city.intake.roster_lines import RosterError, read_roster
from gouji.report import Explanation
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workbook.returned import HANDLED
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.writer import write_workbook
from support import last_year
from support.archive import made
from support.loaded import loaded

DAY = datetime.date(2024, 3, 4)
FROM_1904 = pytest.mark.parametrize("epoch", [CALENDAR_MAC_1904], ids=["1904"])
BOTH = pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904], ids=["1900", "1904"])
REPORT = made("pt-jtj-2022", "甲市交通局")
LAYOUT = layout_of(REPORT.form)


def dated(
    data: bytes, epoch: datetime.datetime, cells: Mapping[tuple[str, str], Any], code: str = 'm"月"d"日"'
) -> bytes:
    """The workbook counted from that day, with dates in cells."""
    book = loaded(data)
    book.epoch = epoch
    for (sheet, at), content in cells.items():
        book[sheet][at] = content
        book[sheet][at].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(epoch: datetime.datetime, at: tuple[str, str], content: Any = DAY) -> Reading:
    return read_workbook(dated(write_workbook(REPORT), epoch, {at: content}))


@BOTH
def test_the_period_on_the_cover(epoch: datetime.datetime) -> None:
    at = LAYOUT.cover.name, address(*LAYOUT.cover.fields["period_from"])
    period = read(epoch, at).report.period
    assert period is not None and period[0] == "2024-03-04"


@BOTH
def test_a_paragraph(epoch: datetime.datetime) -> None:
    area = LAYOUT.texts["五"]
    text = (read(epoch, ("五", address(area.top + 1, 1))).report.texts or {})["五"]
    assert text.splitlines()[1] == "3月4日"


@FROM_1904
def test_a_note(epoch: datetime.datetime) -> None:
    notes = LAYOUT.tables["table2"].notes
    left = LAYOUT.tables["table2"].note_columns[-1][0]
    assert read(epoch, ("二", address(notes.top, left))).report.notes == {"注1": "3月4日"}


@FROM_1904
def test_an_explanation_beside_its_row_and_in_the_list(epoch: datetime.datetime) -> None:
    REPORT.explanations = {"text-repeated:五": Explanation("两年相同。", "", ())}
    source = write_workbook(REPORT)
    REPORT.explanations = {}
    check = LAYOUT.check
    area = check.explanations
    cells = {
        (check.name, address(check.live_top, check.columns["explanation"])): DAY,
        (check.name, address(area.top, area.left + 1)): DAY,
    }
    found = read_workbook(dated(source, epoch, cells)).report.explanations
    assert [e.text for e in found.values()] == ["3月4日", "3月4日"]


@FROM_1904
def test_what_a_clerk_wrote_on_a_slip(epoch: datetime.datetime) -> None:
    wrong = write_workbook(REPORT.with_values({"t3.new.natural": 99}))
    judged = gouji.validate(wrong)
    assert judged.reading is not None
    slip = slip_workbook(judged.reading.report, None, judged.findings, sent=wrong)
    sheet = loaded(slip)["退回单"]
    row = next(r for r in range(1, 60) if str(sheet.cell(r, 7).value or "").startswith("{"))
    returned = read_workbook(dated(slip, epoch, {("退回单", address(row, HANDLED)): DAY})).returned
    assert returned[0].handled == "3月4日"


@FROM_1904
def test_a_number_of_last_year_that_is_a_date(epoch: datetime.datetime) -> None:
    place = address(*last_year.places(REPORT.form)["t3.carried_out.natural"])
    source = write_workbook(REPORT, prior=REPORT)
    reading = read_workbook(dated(source, epoch, {(last_year.sheet_name(), place): DAY}))
    assert reading.prior is not None and reading.prior.value("t3.carried_out.natural") is None
    assert any("3月4日" in f.message for f in reading.findings)


@FROM_1904
def test_a_roster(epoch: datetime.datetime, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["单位名称", "代码"])
    book.active.append(["甲局", DAY])
    out = io.BytesIO()
    book.save(out)
    file = tmp_path / "名单.xlsx"
    file.write_bytes(dated(out.getvalue(), epoch, {("Sheet", "B2"): DAY}))
    with pytest.raises(RosterError, match="3月4日"):
        read_roster(file)


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (0.05, "0%", "5%"),
        (5, "General", "5"),
        (12, "@", "12"),
        (12, ";;;", "12"),
        (1234567, "#,##0", "1234567"),
    ],
)
def test_other_numbers_among_words(content: float, code: str, text: str) -> None:
    """What shows otherwise is taken as it shows; what does not show is kept all the same."""
    at = ("五", address(LAYOUT.texts["五"].top + 1, 1))
    reading = read_workbook(dated(write_workbook(REPORT), CALENDAR_WINDOWS_1900, {at: content}, code))
    assert (reading.report.texts or {})["五"].splitlines()[1] == text
