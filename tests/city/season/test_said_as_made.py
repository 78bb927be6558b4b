"""What a workbook says as it was made is what is read back from it, though one without words is not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.season.carrying import read_back, said_as_made
from gouji.city.season.record import Readback
from gouji.city.sum.last_year import LastYear
from gouji.form import load_form
from gouji.report import Explanation, Report

FORM = load_form("2021")
FULL = Report(FORM, unit="甲局", year=2024, values={c.id: 0 for c in FORM.cells})
SAID = "一月至三月的申请转到了下一年。"
CELL = "t3.new.natural"


def city(*reports: Report, **more: object) -> Consolidation:
    units = Roster(tuple(map(RosterUnit, ("甲局", "乙局"))))
    files = [Submission(f"{report.unit}.xlsx", report) for report in reports]
    return consolidate(files, units, name="某市", year=2024, **more)  # type: ignore[arg-type]


def last_year() -> LastYear:
    report = replace(FULL, unit="某市", year=2023, values={**FULL.values, CELL: 7})
    return LastYear("某市_2023.xlsx", report, units=())


SILENT: dict[str, Callable[[], Consolidation]] = {
    "one of two": lambda: city(FULL),
    "none": lambda: city(),
    "blank cells": lambda: city(replace(FULL, values={}, blank_is_zero=True)),
    "wrong": lambda: city(replace(FULL, values={**FULL.values, CELL: 3}), include_invalid=True),
    "a unit's own words": lambda: city(replace(FULL, texts={"一": SAID, "五": SAID})),
}
SPEAKING: dict[str, Callable[[], Consolidation]] = {
    "a note": lambda: city(replace(FULL, marks={CELL: "①"}, notes={"①": SAID})),
    "a text": lambda: city(FULL, texts={"一": SAID}),
    "an explanation": lambda: city(FULL, explanations={f"stock-floor:{CELL}": Explanation(SAID, "")}),
}


@pytest.mark.parametrize("made", SILENT.values(), ids=SILENT)
def test_without_words_nothing_is_read(made: Callable[[], Consolidation], tmp_path: Path) -> None:
    found = made()
    assert said_as_made(tmp_path / "none.xlsx", found) == Readback()
    assert read_back(found.workbook()) == Readback()


@pytest.mark.parametrize("made", SPEAKING.values(), ids=SPEAKING)
def test_words_are_read_back(made: Callable[[], Consolidation], tmp_path: Path) -> None:
    found = made()
    file = tmp_path / "汇总.xlsx"
    file.write_bytes(found.workbook())
    assert said_as_made(file, found) == read_back(file) != Readback()


def test_beside_last_year_it_is_read_back(tmp_path: Path) -> None:
    """A row of 校验 may say there why it compares nothing."""
    found = city(FULL, last_year=last_year())
    assert found.prior is not None
    file = tmp_path / "汇总.xlsx"
    file.write_bytes(found.workbook())
    assert said_as_made(file, found) == read_back(file)
