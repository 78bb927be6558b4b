"""A small season to run: two units that have reported, one that has not."""

from __future__ import annotations

import datetime
import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl

from gouji import api
from gouji.city.desk import Desk, Settings
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.season.book import desk_workbook
from gouji.city.season.running import Outcome, run_season
from gouji.form import load_form
from gouji.report import Report

from .filled import write_workbook

TIME = datetime.datetime(2025, 1, 20, 15, 30)
UNITS = ("某市政府办", "甲局", "乙镇")


def desk(**settings: object) -> Desk:
    units = tuple(RosterUnit(name, f"{i:03d}", "部门", line=i + 4) for i, name in enumerate(UNITS, 1))
    return Desk(
        replace(Settings("某市", 2024), **settings), Roster(units, "汇总台.xlsx"), source="汇总台.xlsx"
    )


def counted(unit: str, number: int) -> bytes:
    """The workbook of a unit that made ``number`` 规范性文件 and left every other cell 0."""
    form = load_form("2021")
    values = {c.id: 0 for c in form.cells} | {"t2.documents.made": number, "t2.documents.in_force": number}
    return write_workbook(Report(form, unit=unit, year=2024, values=values))


def season(folder: Path, of: Desk | None = None) -> Path:
    """Lay it out by hand; the second unit made 2, the first 1."""
    for part in ("模板", "报送", "结果"):
        (folder / part).mkdir(parents=True)
    (folder / "汇总台.xlsx").write_bytes(_written(pickle.dumps(of or desk())))
    for number, unit in enumerate(UNITS[:2], 1):
        (folder / "报送" / f"{unit}.xlsx").write_bytes(counted(unit, number))
    return folder


@cache
def _written(said: bytes) -> bytes:
    """The 汇总台 of a pickled desk."""
    return desk_workbook(pickle.loads(said))


def run(folder: Path, **given: object) -> Outcome:
    return run_season(folder, api.consolidate, **{"time": TIME, **given})  # type: ignore[arg-type]


def workbook(outcome: Outcome) -> Path:
    assert outcome.folder
    return outcome.folder / "某市_2024_汇总.xlsx"


def word(outcome: Outcome) -> Path:
    assert outcome.folder
    return outcome.folder / "某市_2024_年度报告.docx"


def typed(path: Path, sheet: str, cells: dict[str, object]) -> None:
    """Type into a workbook and save it, as an office would."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[sheet][address] = value
    book.save(path)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
