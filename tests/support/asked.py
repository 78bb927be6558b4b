"""A small city with a unit in every situation, as files in a folder, consolidated as the command does it."""

from __future__ import annotations

import datetime
import io
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import openpyxl

from gouji import api
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake.folder import find_files
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.run import Run
from gouji.report import Report
from support.years import unit

from .filled import write_workbook

YEAR = 2024
DEADLINE = datetime.date(2025, 1, 10)
TODAY = datetime.date(2025, 1, 15)
#: When the files were written: on the day of the deadline, and the day after (Beijing time).
IN_TIME = datetime.datetime(2025, 1, 10, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
LATER = IN_TIME + datetime.timedelta(hours=1)

_SIXTH = "本年度没有其他需要报告的事项，未收取信息处理费。"
UNITS = {
    "甲局": "政府部门",
    "乙局": "政府部门",
    "丙局": "政府部门",
    "丁局": "政府部门",
    "戊镇": "乡镇街道",
    "己镇": "乡镇街道",
    "庚街道": "乡镇街道",
    "辛街道": "乡镇街道",
    "壬公司": "企事业单位",
    "癸中心": "企事业单位",
}
SETTINGS = Settings(
    "某市",
    YEAR,
    office="某市人民政府办公室",
    contact="张三，0512-53520000",
    deadline=DEADLINE,
    today=TODAY,
)


def right(name: str, year: int = YEAR, **counts: int) -> Report:
    """A report without any error, its texts like those of no other unit."""
    random = Random(f"{name}{year}")
    texts = {s: "".join(chr(random.randrange(0x4E00, 0x9000)) for _ in range(320)) + "。" for s in "一五"}
    return replace(unit(name, year, **counts), texts={**texts, "六": _SIXTH})


def wrong(name: str) -> Report:
    """Three errors of one cell each: a total of 三, a total of 四, a blank."""
    report = right(name, new=12)
    report.set("t3.new.total", 21)
    report.set("t4.review.total", 4)
    report.set("t2.documents.made", None)
    return report


def roster(units: dict[str, str] | None = None) -> Roster:
    return Roster(
        tuple(
            RosterUnit(name, f"{i:03}", kind, None, i + 1, contact=f"联系人{i}", phone=f"5352{i:04}")
            for i, (name, kind) in enumerate((units or UNITS).items(), 1)
        )
    )


def files() -> dict[str, bytes]:
    """甲 is right; 乙 has errors; 丙 a warning (规章); 丁 is returned; 戊 sent nothing; 己 two versions;
    庚 last year's; 辛 has a form with a line cut out; 壬 a file that is none; 癸 another code."""
    waiting = right("丙局")
    waiting.set("t2.rules.made", 3)
    other = right("己镇")
    other.set("t2.licences.decisions", 9)
    return {
        "甲局.xlsx": write_workbook(right("甲局")),
        "部门/乙局.xlsx": write_workbook(wrong("乙局")),
        "丙局.xlsx": write_workbook(waiting),
        "丁局.xlsx": write_workbook(right("丁局", new=5)),
        "己镇.xlsx": write_workbook(right("己镇")),
        "己镇（新）.xlsx": write_workbook(other),
        "庚街道.xlsx": write_workbook(right("庚街道", YEAR - 1)),
        "辛街道.xlsx": relabelled(right("辛街道")),
        "壬公司年报.xlsx": b"PK\x03\x04 no zip",
        "癸中心.xlsx": write_workbook(replace(right("癸中心"), code="999")),
        "陌生单位.xlsx": write_workbook(right("某某办")),
    }


def relabelled(report: Report) -> bytes:
    """The form with a label of 表三 overwritten, as a spreadsheet saves it."""
    return _relabelled(write_workbook(report))


@cache
def _relabelled(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["三"]["A9"] = "本年收到的申请"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def desk(**changes: object) -> Desk:
    word = OfficeWord("丁局", "", "与上年相比变化很大，请核实新收申请数。", "退回", "李四", "2025-01-12")
    settings = replace(SETTINGS, **changes)  # type: ignore[arg-type]
    return Desk(settings, roster(), words=(word,))


def city_of(
    folder: Path, contents: dict[str, bytes] | None = None, the_desk: Desk | None = None
) -> Consolidation:
    """The files written into the folder and consolidated; 甲, 乙 and 丙 wrote theirs in time."""
    for name, content in (files() if contents is None else contents).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        when = IN_TIME if path.stem in ("甲局", "乙局", "丙局") else LATER
        os.utime(path, (when.timestamp(), when.timestamp()))
    the_desk = the_desk or desk()
    run = Run(3, datetime.datetime(2025, 1, 16, 9, 0), 2)
    return api.consolidate(
        find_files(folder), roster=the_desk.roster, name="某市", year=YEAR, desk=the_desk, run=run
    )
