"""Writes files of every kind, and says all that is read from files: run with the package of any wording.

python kept_files.py write FOLDER
python kept_files.py read FILE…
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gouji.city.asking.reminder import reminder_workbook
from gouji.city.asking.slips import slips
from gouji.city.consolidate import Submission, consolidate
from gouji.city.intake.folder import Found, read_submissions
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.roster_lines import read_roster
from gouji.city.sheets.workbook import city_workbook, detail_workbook, roster_workbook
from gouji.city.sum.adjust import read_adjustments
from gouji.city.sum.last_year import read_last_year
from gouji.examine import judge
from gouji.form import load_form
from gouji.report import Explanation, Report, canonical, to_json
from gouji.rules import Context, catalogue
from gouji.workbook.kind import parts_of
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.seal import make_seal
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.writer import write_workbook
from support.csv_files import roster_csv

YEAR = 2024


def unit(name: str, number: int) -> Report:
    """A report with something in every part of a workbook."""
    form = load_form("2021")
    first = form.cells[0].id
    report = Report(form, name, YEAR, f"{number:03}", values={c.id: 0 for c in form.cells} | {first: number})
    texts = {"引言": "引言", "一": "甲\n乙", "五": "问题", "六": "无"}
    return replace(
        report,
        period=(f"{YEAR}-01-01", f"{YEAR}-12-31"),
        blank_is_zero=True,
        marks={first: "注1"},
        notes={"注1": f"{name}的说明"},
        texts=texts,
        explanations={"stock:t2.rules": Explanation("情况属实", "已说明", ("1", "2"))},
    )


def write(folder: Path) -> None:
    one, other = unit("甲局", 1), unit("乙局", 2)
    prior = replace(other, year=YEAR - 1)
    files = {
        "空白.xlsx": write_workbook(Report(one.form, "甲局", YEAR, texts={})),
        "盖章.xlsx": write_workbook(one, prior=prior, seal=make_seal(one, prior, catalogue())),
        "退回单.xlsx": slip_workbook(one, prior, judge(read_workbook(write_workbook(one)))),
    }
    roster = Roster(tuple(RosterUnit(f"{n}局", f"{i:03}", "部门", i == 1) for i, n in enumerate("甲乙丙", 1)))
    path = folder / "调整.csv"
    place = one.form.cells[0]
    path.write_text(
        f"单位,表,行,列,原数,调整数,原因\n汇总,表二,{place.row.key},{place.column.label},3,1,漏报\n", "utf-8"
    )
    sent = [
        Submission("甲.xlsx", one, seal="intact"),
        Submission("乙.xlsx", replace(other, blank_is_zero=False), seal="broken"),
    ]
    city = consolidate(sent, roster, name="某市", year=YEAR, adjustments=read_adjustments(path))
    assert city.adjustments and len(city.taken) == 2
    files |= {
        "汇总.xlsx": city_workbook(city),
        "汇总无明细.xlsx": city_workbook(city, detail=False),
        "明细.xlsx": detail_workbook(city),
        "催报.xlsx": reminder_workbook(city),
        "名单.xlsx": roster_workbook(roster),
        "名单.csv": roster_csv(roster),
    }
    versions = [Submission("一.xlsx", one), Submission("二.xlsx", replace(one, texts={}))]
    choosing = consolidate(versions, roster, name="某市", year=YEAR)
    (files["小退回单.xlsx"],) = slips(choosing, lambda file: b"").values()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def read(paths: Sequence[Path]) -> list[dict[str, Any]]:
    return [{"file": path.name, **_read(path)} for path in paths]


def _read(path: Path) -> dict[str, Any]:
    if path.name.startswith("调整"):
        return {"adjustments": [vars_of(one) for one in read_adjustments(path)]}
    told: dict[str, Any] = {}
    if path.name.startswith("名单"):
        told["roster"] = [vars_of(one) for one in read_roster(path).units]
    if path.suffix == ".csv":
        return told
    (submission,) = read_submissions(Found(path.parent, (path,), (), ()), Context())
    told["list"] = submission.list_kind
    if submission.report:
        told["parts"] = [vars_of(part) for part in parts_of(submission.report) or ()]
    try:
        reading = read_workbook(path)
        told |= {
            "report": to_json(reading.report),
            "explanations": {k: vars_of(e) for k, e in reading.report.explanations.items()},
            "unplaced": [vars_of(one) for one in reading.report.unplaced],
            "prior": dict(reading.prior.values) if reading.prior else None,
            "seal": reading.seal_state,
            "said": sorted(f"{f.rule} {f.level} {f.cells}" for f in judge(reading)),
        }
    except Refused as refused:
        told["refused"] = refused.key
    try:
        last = read_last_year(path)
    except Refused as refused:
        return told | {"no_last_year": refused.key}
    told |= {
        "last": to_json(last.city),
        "sealed": sorted(last.sealed),
        "units": [canonical(u) for u in last.units],
    }
    return told


def vars_of(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    else:
        print(json.dumps(read([Path(path) for path in sys.argv[2:]])))
