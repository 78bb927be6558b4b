"""What a file is comes before whose: results of this city, of a lower and of a higher level, and lists."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support
from gouji.city.asking.reminder import reminder_workbook
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import (
    city_workbook,
    detail_workbook,
    roster_workbook,
)
from gouji.examine import read_report
from gouji.report import Report, dumps, from_json, load, to_json
from gouji.rules import Context, Finding
from gouji.workbook.kind import parts_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.shown.slip import slip_workbook
from support.filled import write_workbook
from support.triples import Triple
from support.years import unit

pytestmark = pytest.mark.slow

YEAR = 2024
CELL = "t2.documents.made"


def counted(name: str, number: int, code: str | None = None) -> Report:
    """A report without errors whose 规范性文件 tell it apart."""
    report = unit(name, YEAR, code)
    return report.with_values({CELL: number, "t2.documents.in_force": 10 * number})


def names(*of: str, codes: dict[str, str] | None = None) -> Roster:
    return Roster(
        tuple(RosterUnit(name, (codes or {}).get(name, ""), "部门", None, i) for i, name in enumerate(of, 2))
    )


def summed(
    reports: list[Report], roster: Roster | None = None, name: str = "某市", **more: object
) -> Consolidation:
    sent = [Submission(f"{i}/{r.unit}.json", r) for i, r in enumerate(reports)]
    roster = roster or names(*dict.fromkeys(r.unit for r in reports))
    return consolidate(sent, roster, name=name, year=YEAR)


def result(name: str, reports: list[Report]) -> Report:
    return summed(reports, name=name).report


def found(city: Consolidation, rule: str) -> list[Finding]:
    return [p.finding for p in city.problems() if p.finding.rule == rule]


A, B, C = counted("甲局", 1), counted("乙局", 10), counted("丙局", 100)
#: Two units of one name, in two counties.
ONE, OTHER = counted("财政局", 1), counted("财政局", 2)


# ---------------------------------------------------------------- the city's own result


def test_its_own_result_is_no_submission_also_where_the_city_is_on_the_roster() -> None:
    own, office = result("某市", [A, B]), counted("某市", 1000)
    city = summed([A, B, own, office], names("甲局", "乙局", "某 市"))
    assert city.report.number(CELL) == 1011, "the office's own report counts as any other"
    assert [(f.submission.unit, f.status) for f in city.intake.set_aside] == [("某市", "own_result")]
    assert city.intake.set_aside[0].remarks == ("这是本次汇总的结果（某市 2024 年），不作为报送件",)
    assert city.state != "error" and city.strangers == ()


def test_without_a_report_of_its_own_the_office_is_missing() -> None:
    city = summed([A, B, result("某市", [A, B])], names("甲局", "乙局", "某市"))
    assert [row.status for row in city.units] == ["taken", "taken", "missing"]
    assert "只是本级汇总的结果（2/某市.json）" in city.units[2].remarks[0]
    assert city.report.number(CELL) == 11


def test_its_result_of_another_year_is_said_to_be_one() -> None:
    last = replace(result("某市", [A]), year=YEAR - 1)
    city = summed([A, last], names("甲局"))
    assert "2023 年汇总的结果" in city.intake.set_aside[0].remarks[0]
    assert city.strangers == ()


def test_what_is_wrong_with_an_earlier_result_is_no_error_of_this_run() -> None:
    own = Submission("旧.xlsx", result("某市", [A]), (Finding("x", "y", "error", "", ""),))
    city = consolidate([Submission("a.json", A), own], names("甲局"), name="某市", year=YEAR)
    assert all(p.finding.rule != "x" for p in city.problems())


def test_an_earlier_result_that_no_longer_says_what_it_is() -> None:
    """As JSON of 0.1.0, or typed off: under the city's name, and the sum of all others."""
    bare = replace(result("某市", [A, B]), meta={})
    city = summed([A, B, bare], names("甲局", "乙局", "某市"))
    assert city.report.number(CELL) == 11
    assert [f.place for f in found(city, "unit-overlap")] == ["某市"]
    assert "各格恰为其余各单位之和" in found(city, "unit-overlap")[0].message


# ---------------------------------------------------------------- results of other levels


def test_a_lower_levels_result_counts_as_its_units_report() -> None:
    city = summed([result("甲区", [A, B]), C])
    assert city.report.number(CELL) == 111
    assert city.state != "error"
    assert [part.unit for part in parts_of(city.report) or ()] == ["甲区", "甲局", "乙局", "丙局"]


def test_a_unit_that_is_in_a_result_is_left_out() -> None:
    city = summed([result("甲区", [A, B]), replace(B, unit="乙 局")], names("甲区", "乙局"))
    assert city.report.number(CELL) == 11
    (said,) = found(city, "unit-overlap")
    assert said.level == "error"
    assert all(word in said.message for word in ("乙局", "1/乙 局.json", "甲区", "0/甲区.json"))
    assert [row.status for row in city.units] == ["taken", "overlap"]


def test_also_where_its_name_has_the_place_before_it() -> None:
    """财政局 in the result of 第1市 is 第1市财政局 on the province's roster, whatever its numbers say now."""
    for again in (ONE, OTHER):
        city = summed([result("第1市", [ONE, B]), replace(again, unit="第1市财政局")])
        assert city.report.number(CELL) == 11
        assert [f.level for f in found(city, "unit-overlap")] == ["error"]
    other_place = summed([result("第1市", [ONE, B]), replace(OTHER, unit="第2市财政局")])
    assert other_place.report.number(CELL) == 13 and not found(other_place, "unit-overlap")


def test_also_by_a_code_that_holds_everywhere() -> None:
    code = "11320585MB1234567X"
    inside = summed([replace(A, code=code)], names("甲局", codes={"甲局": code}), "甲区").report
    renamed = counted("新甲局", 5, code.lower())
    assert [row.status for row in summed([inside, renamed]).units] == ["taken", "overlap"]


def test_a_code_of_a_roster_alone_is_no_code_of_another() -> None:
    """Every roster counts from 001."""
    inside = summed([A], names("甲局", codes={"甲局": "001"}), "甲区").report
    city = summed([inside, replace(B, code="001")], names("甲区", "乙局", codes={"乙局": "001"}))
    assert city.report.number(CELL) == 11
    same = summed([inside, replace(A, unit="新甲局", code="001")])
    assert same.report.number(CELL) == 1, "with the same numbers it is"


def test_through_all_levels() -> None:
    """A unit of a county that is in the result of a city: the province sees it."""
    nested = result("第1市", [result("甲区", [A]), B])
    assert [row.status for row in summed([nested, A], name="某省").units] == ["taken", "overlap"]


def test_two_results_with_a_unit_in_common_are_both_left_out() -> None:
    city = summed([result("甲区", [A, B]), result("乙区", [B]), C])
    assert city.report.number(CELL) == 100
    (said,) = found(city, "unit-overlap")
    assert "都含有 乙局" in said.message and "甲区" in said.message and "乙区" in said.message


def test_units_of_one_name_in_two_counties_are_two() -> None:
    """财政局 is in every county: a person is asked, and both count."""
    city = summed([result("甲区", [counted("财政局", 1)]), result("乙区", [counted("财政局", 10)])])
    assert city.report.number(CELL) == 11
    assert found(city, "unit-overlap") == []
    (said,) = found(city, "unit-same-name")
    assert (said.level, "财政局" in said.message) == ("warning", True)


def test_a_full_name_is_one_unit() -> None:
    full = [counted("甲区财政局", 1), counted("甲区财政局", 2)]
    city = summed([result("甲区", full[:1]), result("乙区", full[1:])])
    assert city.report.number(CELL) == 0
    assert len(found(city, "unit-overlap")) == 1


def test_different_codes_tell_units_of_one_name_apart() -> None:
    one, other = "11320585MB1234567X", "11320586MB1234567X"
    roster = (names("财政局", codes={"财政局": code}) for code in (one, other))
    city = summed(
        [summed([ONE], one_roster, name).report for one_roster, name in zip(roster, "甲乙", strict=True)]
    )
    assert city.report.number(CELL) == 2
    assert found(city, "unit-same-name") == found(city, "unit-overlap") == []


def test_the_result_of_a_higher_level_is_a_stranger() -> None:
    city = summed([A, result("某省", [A, B])], names("甲局"))
    assert city.report.number(CELL) == 1
    assert city.strangers[0].remarks == (
        "这是“某省”的汇总结果，其中已含本次应报的 1 个单位（甲局），不能再计入本级",
    )


def test_a_result_that_does_not_say_its_units_is_an_error() -> None:
    silent = replace(result("甲区", [A]), meta={"consolidated": {"units": []}})
    city = summed([silent, B])
    assert city.state == "error"
    assert "没有写明含哪些单位" in found(city, "unit-overlap")[0].message


@pytest.mark.parametrize("told", [5, {}, {"units": 5}, {"units": [5, {}, {"unit": 3, "code": None}]}])
def test_a_meta_that_somebody_else_wrote_does_not_stop_the_rest(told: object) -> None:
    assert summed([replace(A, meta={"consolidated": told}), B]).report.number(CELL) == 11


class _City:
    """Findings of the city that sums these reports."""

    def __init__(self, *reports: Report, rule: str) -> None:
        self.reports, self.rule = reports, rule

    def findings(self) -> list[Finding]:
        return found(summed(list(self.reports)), self.rule)


class TestUnitOverlap(Triple):
    rule = "unit-overlap"
    level = "error"
    says = ("重复汇总", "乙局", "甲区")
    valid = _City(result("甲区", [A]), B, rule=rule)
    invalid = _City(result("甲区", [A, B]), B, rule=rule)
    undecidable = _City(
        result("甲区", [counted("财政局", 1)]), result("乙区", [counted("财政局", 2)]), rule=rule
    )


class TestUnitSameName(Triple):
    rule = "unit-same-name"
    level = "warning"
    says = ("财政局", "甲区", "乙区")
    valid = _City(result("甲区", [A]), result("乙区", [B]), rule=rule)
    invalid = _City(result("甲区", [ONE]), result("乙区", [OTHER]), rule=rule)
    undecidable = _City(
        result("甲区", [unit("财政局", YEAR)]), result("乙区", [counted("财政局", 2)]), rule=rule
    )


def test_one_file_under_two_names_is_a_warning_on_both() -> None:
    city = summed([unit("甲局", YEAR, new=10), unit("乙局", YEAR, new=10)])
    same = [p for p in city.problems() if p.finding.rule == "unit-same-numbers"]
    assert [(p.unit, p.finding.level, p.finding.message) for p in same] == [
        ("甲局", "warning", "全部数字与 乙局 的相同。"),
        ("乙局", "warning", "全部数字与 甲局 的相同。"),
    ]


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
