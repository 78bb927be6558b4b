"""Results, lists and reports as files in a folder: in no arrangement is a unit counted twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.consolidate import Consolidation, consolidate
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.roster import Roster
from gouji.city.sheets.workbook import (
    city_workbook,
    detail_workbook,
    roster_workbook,
)
from gouji.examine import read_report
from gouji.report import Report, dumps, from_json, load, to_json
from gouji.rules import Context
from gouji.workbook.kind import parts_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.shown.slip import slip_workbook
from support.filled import write_workbook
from support.overlapping import CELL, YEAR, A, B, counted, names, result, summed

pytestmark = pytest.mark.slow


# ---------------------------------------------------------------- as files


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def from_files(folder: Path, roster: Roster, name: str = "某市") -> Consolidation:
    submissions = read_submissions(find_files(folder), Context(), roster)
    return consolidate(submissions, roster, name=name, year=YEAR)


def is_error(city: Consolidation) -> bool:
    """As the command line decides on exit code 1."""
    return bool(city.strangers) or any(p.finding.level == "error" for p in city.problems())


def test_a_result_survives_export_seal_and_slip(tmp_path: Path) -> None:
    """Every copy that the program makes of a result is still known as one."""
    reading = read_workbook(city_workbook(summed([A, B])))
    assert [part.unit for part in parts_of(reading.report) or ()] == ["甲局", "乙局"]
    put(tmp_path, "a/导出.json", dumps(to_json(reading.report)).encode())
    put(tmp_path, "b/盖章.xlsx", write_workbook(reading.report))
    put(tmp_path, "c/退回单.xlsx", slip_workbook(reading.report, None, []))
    put(tmp_path, "甲局.xlsx", write_workbook(A))
    put(tmp_path, "乙局.json", dumps(to_json(B)).encode())
    city = from_files(tmp_path, names("甲局", "乙局", "某市"))
    assert [f.status for f in city.intake.set_aside] == ["own_result"] * 3
    assert city.report.number(CELL) == 11


def test_lists_are_named_for_what_they_are(tmp_path: Path) -> None:
    city = summed([A], names("甲局", "乙局"))
    for name, content in (
        ("催报.xlsx", reminder_workbook(city)),
        ("明细.xlsx", detail_workbook(city)),
        ("名单.xlsx", roster_workbook(city.roster)),
    ):
        put(tmp_path, name, content)
    put(tmp_path, "甲局.xlsx", write_workbook(A))
    again = from_files(tmp_path, names("甲局"))
    assert {f.submission.file: f.remarks[0] for f in again.intake.set_aside} == {
        "催报.xlsx": "这是汇总时生成的“催报名单”，不作为报送件",
        "明细.xlsx": "这是汇总时生成的“明细”，不作为报送件",
        "名单.xlsx": "这是“应报单位名单”，不作为报送件",
    }
    assert not is_error(again)


def test_a_slip_that_was_corrected_is_a_submission(tmp_path: Path) -> None:
    put(tmp_path, "退回单.xlsx", slip_workbook(A, None, []))
    city = from_files(tmp_path, names("甲局"))
    assert (city.report.number(CELL), city.intake.set_aside) == (1, ())


ARCHIVE = support.DATA / "archive" / "0.1.0" / "汇总.xlsx"


def test_a_result_of_0_1_0_is_known_by_its_detail(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE, tmp_path / "旧.xlsx")
    (sent,) = read_submissions(find_files(tmp_path), Context())
    assert sent.report
    inside = [part.unit for part in parts_of(sent.report) or ()]
    assert len(inside) > 1
    own = consolidate([sent], names(sent.unit), name=sent.unit, year=sent.report.year)
    assert [f.status for f in own.intake.set_aside] == ["own_result"]
    higher = consolidate([sent], names(*inside), name="某县", year=sent.report.year)
    assert "的汇总结果，其中已含" in higher.strangers[0].remarks[0]


# ---------------------------------------------------------------- no arrangement

UNITS = [counted(name, 10**i) for i, name in enumerate(("甲局", "乙局", "丙局", "丁局", "某市"))]
SUBSETS = [(0, 1), (1, 2), (0, 1, 2, 3), (3, 4), (2,)]


@cache
def made(name: str, subset: tuple[int, ...]) -> Consolidation:
    return summed([UNITS[i] for i in subset], name=name)


def as_json(report: Report) -> bytes:
    return dumps(to_json(report)).encode()


def material() -> dict[str, Callable[[], bytes]]:
    """Every kind of file that may lie about, by its name, and what makes it."""
    files: dict[str, Callable[[], bytes]] = {f"{r.unit}.xlsx": partial(write_workbook, r) for r in UNITS}
    files |= {f"{r.unit}副本.json": partial(as_json, r) for r in UNITS}
    for name in ("某市", "甲区", "乙区", "某省"):
        for subset in SUBSETS:
            stem = f"{name}{''.join(map(str, subset))}"
            files[f"{stem}.xlsx"] = lambda name=name, subset=subset: city_workbook(made(name, subset))
            files[f"{stem}.json"] = lambda name=name, subset=subset: as_json(made(name, subset).report)

    def district() -> Report:
        return load_bytes(content("甲区01.json"))

    files["某省嵌套.xlsx"] = lambda: city_workbook(summed([district(), UNITS[2]], name="某省"))
    files["乙区嵌套.json"] = lambda: as_json(result("乙区", [district(), UNITS[3]]))
    return files


@cache
def content(file: str) -> bytes:
    return material()[file]()


def load_bytes(content: bytes) -> Report:
    import json

    return from_json(json.loads(content))


FOLDERS = st.sampled_from(["", "一/", "一/二/"])


@settings(max_examples=10, deadline=None)
@given(
    st.data(),
    st.sets(st.sampled_from(["甲局", "乙局", "丙局", "丁局", "某市", "甲区", "乙区", "某省"]), min_size=5),
)
def test_no_arrangement_sums_a_unit_twice(data: st.DataObject, on_roster: set[str]) -> None:
    """Each unit is one decimal place of the sum: a 2 there is a unit counted twice."""
    results = sorted(set(material()) - {f"{r.unit}.xlsx" for r in UNITS})
    placed = data.draw(st.lists(st.tuples(st.sampled_from(results), FOLDERS), max_size=4))
    placed += [(f"{r.unit}.xlsx", "") for r in UNITS if data.draw(st.booleans())]
    with TemporaryDirectory() as name:
        for file, folder in placed:
            put(Path(name), folder + file, content(file))
        city = from_files(Path(name), names(*sorted(on_roster)))
    digits = str(city.report.number(CELL))
    assert set(digits) <= {"0", "1"}, digits
    ours = {row.unit.name for row in city.units if row.taken}
    if not is_error(city):
        assert ours == on_roster


def test_examples_of_the_report(tmp_path: Path) -> None:
    """Run without the district's own file, then again with the first result lying in the folder."""
    district = counted("某区人民政府", 100)
    roster = names("甲局", "乙局", "某区人民政府")
    for report in (A, B):
        put(tmp_path, f"{report.unit}.xlsx", write_workbook(report))
    first = from_files(tmp_path, roster, "某区人民政府")
    put(tmp_path, "第一次/某区人民政府_2024_汇总.xlsx", city_workbook(first))
    put(tmp_path, "第一次/某区人民政府_2024_催报名单.xlsx", reminder_workbook(first))
    assert from_files(tmp_path, roster, "某区人民政府").report.number(CELL) == 11
    put(tmp_path, "某区人民政府.xlsx", write_workbook(district))
    second = from_files(tmp_path, roster, "某区人民政府")
    assert second.report.number(CELL) == 111 and not is_error(second)
    assert load(_json(tmp_path, second)).meta["consolidated"]["units"][0]["unit"] == "甲局"


def _json(folder: Path, city: Consolidation) -> Path:
    put(folder, "汇总.xlsx", city_workbook(city))
    put(folder, "汇总.json", dumps(to_json(read_report(folder / "汇总.xlsx").report)).encode())
    return folder / "汇总.json"
