"""A folder as a city office gets it: units of every kind, and all that lies about between them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import gouji
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Preferred, Settings
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import city_workbook, roster_workbook
from gouji.form import load_form
from gouji.report import Explanation, Report
from gouji.rules import Context
from gouji.workbook.shown.slip import slip_workbook
from support.loaded import loaded
from support.years import requests, roster_of, sum_up, unit

from .filled import write_workbook

YEAR, CITY = 2024, "某市"
NAMES = tuple(f"某市{c}局" for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午")
TEXTS = {
    "一": "本年持续做好主动公开，规范办理依申请公开，政策文件与解读同步发布。",
    "五": "公开内容不够及时，下一步将完善制度，加强培训，逐项整改。",
    "六": "本年度未收取信息处理费。",
}


def sent(name: str, new: int = 3, **more: int) -> Report:
    """A report that is right, with its texts and its period."""
    report = unit(name, YEAR, new=new, **more)
    return replace(report, texts=dict(TEXTS), period=(f"{YEAR}-01-01", f"{YEAR}-12-31"))


def roster() -> Roster:
    return Roster(
        tuple(RosterUnit(n, f"{i:03d}", "部门", None, i + 1) for i, n in enumerate(NAMES, 1)), "名单.csv"
    )


def sealed(report: Report) -> bytes:
    given = Explanation("经核对台账，数字无误，情况如实。", "", ())
    found = gouji.validate(gouji.write(report)).findings
    report.explanations = {f.id: given for f in found if f.level == "warning"}
    return gouji.seal(gouji.write(report))


def edited(content: bytes, **cells: object) -> bytes:
    """Typed over in another program: ``三__D9=5``; ``insert=11`` inserts a row into 三."""
    book = loaded(content)
    for place, value in cells.items():
        if place == "insert":
            book["三"].insert_rows(int(str(value)))
        else:
            sheet, _, cell = place.partition("__")
            book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_table(name: str, count: int = 0) -> Report:
    """A report whose 三 is on the form of 2019, with so many requests under （六）."""
    form = load_form("2021", {"table3": "2019"})
    report = requests(Report(form, name, YEAR, values={c.id: 0 for c in form.cells}), new=3 + count)
    more = {"t3.granted": 3, "t3.other": count}
    cells = {f"{row}.{c}": n for row, n in more.items() for c in ("natural", "total")}
    return replace(report.with_values(cells), texts=dict(TEXTS))


@cache
def files() -> Mapping[str, bytes]:
    """Path in the folder -> content."""
    甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸, 子, 丑, 寅, 卯, 辰, 巳, 午 = NAMES
    wrong = sent(乙).with_values({"t3.new.total": 9, "t4.review.total": 4})
    first = sum_up([sent(甲), sent(丙)], roster_of(sent(甲), sent(丙), sent(乙)))
    own = replace(first.report, unit=CITY, year=YEAR)
    county = sum_up([sent("甲县财政局"), sent("甲县教育局")]).report
    findings = gouji.validate(gouji.write(wrong)).findings
    return {
        f"{甲}.xlsx": sealed(sent(甲)),
        f"{乙}.xlsx": write_workbook(wrong),
        f"退回/{巳}_退回单.xlsx": slip_workbook(sent(巳), None, findings[:1]),
        f"{丙}.xlsx": write_workbook(Report(load_form("2021"), 丙, YEAR)),
        f"{丁}.xlsx": edited(write_workbook(sent(丁)), insert=11),
        f"{戊}.xlsx": edited(write_workbook(sent(戊)), 三__D9="=1+2"),
        f"{己}.xlsx": edited(sealed(sent(己)), 一__A4="改过的总体情况，与加盖校验标记时不同。"),
        f"{庚}.xlsx": write_workbook(replace(sent(庚), texts={**TEXTS, "五": "无"})),
        f"{辛}第一次.xlsx": write_workbook(sent(辛, 3)),
        f"{辛}第二次.xlsx": write_workbook(sent(辛, 5)),
        f"{壬}.xlsx": write_workbook(sent(壬, 3)),
        f"第二次/{壬}.xlsx": write_workbook(sent(壬, 7)),
        f"{癸}.pdf": b"%PDF-1.7 nothing",
        f"{子}.zip": b"PK\3\4",
        f"{丑}.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        f"{寅}.json": gouji.write(old_table(寅), to="json"),
        f"{辰}.json": gouji.write(old_table(辰, 2), to="json"),
        f"{卯}.xlsx": write_workbook(replace(sent(卯), code="001")),
        "年报模板.xlsx": write_workbook(Report(load_form("2021"))),
        f"{CITY}_{YEAR}_汇总.xlsx": city_workbook(replace(first, report=own)),
        "催报.xlsx": reminder_workbook(first),
        "县里的名单.xlsx": roster_workbook(first.roster),
        f"~${甲}.xlsx": b"\5lock",
        ".DS_Store": b"\0\0\0\1Bud1",
        "__MACOSX/._甲.xlsx": b"\0\5\x16\7",
        "会议通知.txt": "请各单位派员参加会议，时间另行通知。".encode(),
        "甲县汇总.json": gouji.write(replace(county, unit="甲县"), to="json"),
        f"去年/{甲}.xlsx": write_workbook(replace(sent(甲), year=YEAR - 1)),
        "坏.xlsx": b"PK\3\4 not whole",
        f"{午}（填好的）.xlsx": write_workbook(replace(sent(乙.replace("乙", "已")), code="")),
    }


def laid(folder: Path, contents: Mapping[str, bytes]) -> Path:
    for at, (name, content) in enumerate(contents.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1_735_700_000 + 3600 * at,) * 2)
    return folder


def desk(preferred: Iterable[Preferred] = (), words: Iterable[OfficeWord] = ()) -> Desk:
    return Desk(Settings(CITY, YEAR), roster(), preferred=tuple(preferred), words=tuple(words))


def summed(folder: Path, said: Desk | None = None, **more: object) -> Consolidation:
    """Consolidated with the roster above."""
    from gouji.city.consolidate import consolidate

    without = [folder / "名单.csv"]
    submissions = read_submissions(find_files(folder, without=without), Context(), roster())
    return consolidate(submissions, roster(), name=CITY, year=YEAR, desk=said, **more)  # type: ignore[arg-type]
