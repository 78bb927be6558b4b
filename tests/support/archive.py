"""What a release made, kept for all that come after: ``make archive`` fills ``tests/data/archive/VERSION``.

The same kinds of files as every release: the templates, a filled and sealed workbook of each edition, one
with an error, 上年数 and an explanation, its 退回单, one that was imported from a published text, and the
workbook of a city; beside each the JSON that it must read as.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import gouji
from gouji.city.demo import published_text
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.report import Explanation, Report, dumps, load, to_json
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.shown.slip import slip_workbook
from support import DATA
from support.handed_out import handed_out

UNITS = {"pt-jtj-2022": "甲市交通局", "pt-zhz-2022": "甲市执法局", "pt-gaj-2022": "甲市公安局"}
SEALED, WRONG, CITY = "填好并加盖校验标记（{edition}年版）", "有错误并有上年数", "汇总"


def made(name: str, unit: str, folder: str = "published", code: str = "A1") -> Report:
    """Published numbers under an invented name, with texts of our own and one note."""
    report = load(DATA / folder / f"{name}.json")
    year = report.year
    report = replace(report, unit=unit, code=code, period=(f"{year}-01-01", f"{year}-12-31"), meta={})
    report.texts = {
        "引言": f"{unit}编制本报告，统计期限为{year}年1月1日至12月31日。",
        "一": "本年持续做好主动公开，规范办理依申请公开。\n政策文件与解读材料同步发布。",
        "五": "公开内容不够及时，工作人员业务不够熟练。下一步将完善制度，加强培训，逐项整改。",
        "六": "本年度未收取信息处理费。",
    }
    cell = next(c for c in report.form.cells if c.id.startswith("t2.documents."))
    report.marks, report.notes = {cell.id: "注1"}, {"注1": "含与其他部门联合印发的文件"}
    return report


def sealed(report: Report) -> bytes:
    """Every open warning explained."""
    found = gouji.validate(gouji.write(report)).findings
    given = Explanation("经核对台账，数字无误，情况如实。", "", ())
    report.explanations = {f.id: given for f in found if f.level == "warning"}
    return gouji.seal(gouji.write(report))


def imported() -> Report:
    """The published report of the demonstration, with a number that has no single reading."""
    text = published_text().decode().replace("\t20\t17\t376", "\t20（其中修订3）\t17\t376")
    report = gouji.import_report(text.encode(), name="已公布的年报.txt").report
    assert len(report.unread) == 1
    report.confirmed = {"t3.new.total": report.value("t3.new.total")}
    return report


def files() -> dict[str, bytes]:
    """File name -> content, the JSON aside."""
    found = {name: content for name, content in handed_out().items() if "模板" in name}
    units = {unit: made(name, unit, code=f"A{n}") for n, (name, unit) in enumerate(UNITS.items(), 1)}
    books = {f"{unit}.xlsx": sealed(report) for unit, report in units.items()}
    first = next(iter(units.values()))
    found[f"{SEALED.format(edition='2021')}.xlsx"] = books[f"{first.unit}.xlsx"]
    found[f"{SEALED.format(edition='2019')}.xlsx"] = sealed(made("seed-0", "甲市信访局", "seeds"))
    roster = Roster(tuple(RosterUnit(unit, report.code or "") for unit, report in units.items()))
    city = gouji.consolidate(books, roster=roster, name="甲市", year=first.year)
    found[f"{CITY}.xlsx"] = city.workbook()
    wrong = replace(first.with_values({"t3.new.natural": first.number("t3.new.natural") + 3}))
    wrong.explanations = {"stock:t2.documents": Explanation("上年统计时漏计失效文件四件。", "", ())}
    prior = replace(first, year=first.year - 1)
    found[f"{WRONG}.xlsx"] = gouji.write(wrong, prior=prior)
    judged = gouji.validate(found[f"{WRONG}.xlsx"])
    assert judged.reading is not None
    found["由公布文本导入（有一格没有读出）.xlsx"] = gouji.write(imported())
    found["退回单.xlsx"] = slip_workbook(
        judged.reading.report, judged.reading.prior, judged.findings, sent=found[f"{WRONG}.xlsx"]
    )
    return found


def expected(found: dict[str, bytes]) -> dict[str, Any]:
    """What a report as JSON does not say of the files."""
    readings = {name: read_workbook(content) for name, content in found.items()}
    same = {name: f"{Path(name).stem}.json" for name in found if name.endswith(".xlsm")}
    return {
        "same_as": {**same, "退回单.xlsx": f"{WRONG}.json"},
        "seal": {name: r.seal_state for name, r in readings.items() if r.seal_state != "none"},
        "prior": {name: dict(r.prior.values) for name, r in readings.items() if r.prior},
        "findings": {
            name: sorted({f.rule for f in r.findings}) for name, r in readings.items() if r.findings
        },
        "units": {
            "sealed": list(UNITS.values()),
            "unsealed": [],
            "report": f"{SEALED.format(edition='2021')}.json",
        },
    }


def main(folder: Path) -> None:
    """Fill a new folder; one that is there is never changed."""
    folder.mkdir(parents=True)
    found = files()
    says = expected(found)
    for name, content in found.items():
        (folder / name).write_bytes(content)
        if name not in says["same_as"]:
            report = read_workbook(content).report
            (folder / f"{Path(name).stem}.json").write_text(dumps(to_json(report)), "utf-8")
    (folder / "expected.json").write_text(json.dumps(says, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
