"""Last year by a folder of its files; units that were left out are known next year; another city's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji import api
from gouji.city.consolidate import Consolidation
from gouji.city.sheets.workbook import city_workbook, detail_workbook
from gouji.city.sum.last_year import LastYear, read_last_year
from gouji.form import load_form
from gouji.report import Report, dumps, from_json, to_json
from gouji.workbook.reading.guard import Refused
from support.csv_files import roster_csv
from support.filled import write_workbook
from support.years import roster_of, stored, sum_up, unit

pytestmark = pytest.mark.slow

OLD = [unit("甲局", 2023, "001", new=9, carried_out=3), unit("乙局", 2023, "002", new=5, carried_out=2)]
#: Sent and left out: its table 三 does not balance.
BAD = unit("丙局", 2023, "003", new=4, carried_out=1).with_values({"t3.new.total": 5, "t2.fees.amount": None})


def last_result() -> Consolidation:
    """丙局 sent something wrong, 丁局 nothing."""
    return sum_up([*OLD, BAD], roster_of(*OLD, BAD, unit("丁局", 2023, "004")))


def known_left_out(last: LastYear) -> None:
    assert last.tells_left_out and last.left_out
    assert [out.report.unit for out in last.left_out] == ["丙局", "丁局"]
    bad, silent = last.left_out
    assert bad.report.values == BAD.values, "blank, 0 and every number come back"
    assert (bad.report.code, bad.report.year, bad.reason[:4]) == ("003", 2023, "已报有误")
    assert (silent.report.values, silent.reason) == ({}, "未报")
    assert last.reported("丁局") is None
    assert last.counted("丙局") is None


def test_who_was_left_out_is_known_next_year(tmp_path: Path) -> None:
    known_left_out(stored(tmp_path, last_result()))


def test_also_from_a_file_of_details_alone_and_by_json(tmp_path: Path) -> None:
    path = tmp_path / "某市_2023_明细.xlsx"
    path.write_bytes(detail_workbook(last_result()))
    known_left_out(read_last_year(path))
    assert from_json(to_json(last_result().report)).meta == last_result().report.meta


def test_an_edition_that_was_left_out_comes_back_in_its_own_edition(tmp_path: Path) -> None:
    form = load_form("2021", {"table3": "2019"})
    report = Report(form, "丙局", 2023, "003", values={c.id: i for i, c in enumerate(form.cells)})
    last = stored(tmp_path, sum_up([*OLD, report]))
    assert last.left_out
    assert (last.left_out[0].report.form, last.left_out[0].report.values) == (form, report.values)


def test_a_unit_that_was_left_out_is_not_said_to_be_new(tmp_path: Path) -> None:
    last = stored(tmp_path, last_result())
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=2)]
    this += [unit("丙局", 2024, "003", carried_in=1), unit("丁局", 2024, "004"), unit("戊局", 2024, "005")]
    city = sum_up(this, last_year=last)
    assert city.handover
    kinds = {line.unit: line.kind for line in city.handover.lines}
    assert (kinds["丙局"], kinds["丁局"], kinds["戊局"]) == ("before_left_out", "before_left_out", "new")
    (finding,) = (f for f in city.findings if f.rule == "city-carry-over")
    assert finding.level == "warning", "what it carried in is what it reported itself"
    assert "丙局（上年未计入）" in finding.message
    (own,) = (filed for filed in city.taken if filed.unit and filed.unit.name == "丙局")
    assert "carry-over" not in [f.rule for f in own.submission.findings]
    this[2] = unit("丙局", 2024, "003", carried_in=4)
    (finding,) = (f for f in sum_up(this, last_year=last).findings if f.rule == "city-carry-over")
    assert finding.level == "error"


def test_a_carry_over_that_only_wants_a_late_unit_is_no_finding() -> None:
    city = sum_up(
        [unit("甲局", 2024, "001", carried_in=3)],
        roster_of(*OLD),
        LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD)),
    )
    assert city.handover and {x.unit: x.kind for x in city.handover.lines}["乙局"] == "left_out"
    assert "city-carry-over" not in [f.rule for f in city.findings]


# ---------------------------------------------------------------- a folder


def write_units(folder: Path, *reports: Report) -> None:
    folder.mkdir(exist_ok=True)
    for report in reports:
        (folder / f"{report.unit}.json").write_text(dumps(to_json(report)), "utf-8")


def test_a_folder_of_units_files(tmp_path: Path) -> None:
    write_units(tmp_path, *OLD)
    (tmp_path / "乙局.json").unlink()
    (tmp_path / "乙局.xlsx").write_bytes(write_workbook(OLD[1]))
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    (tmp_path / "前年.json").write_text(dumps(to_json(unit("甲局", 2022, new=1))), "utf-8")
    (tmp_path / "名单.csv").write_bytes(roster_csv(roster_of(*OLD)))
    last = read_last_year(tmp_path)
    assert sorted(u.unit for u in last.units) == sorted(r.unit for r in OLD)
    assert (last.year, last.city.vector()) == (2023, sum_up(OLD).report.vector())
    assert not last.tells_left_out, "who else there was is not known"
    passed = dict(last.passed_over)
    assert passed["前年.json"] == "是 2022 年的"
    assert "坏.xlsx" in passed
    assert read_last_year(tmp_path, year=2022).year == 2022
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=2)]
    (said,) = (f for f in sum_up(this, last_year=last).findings if f.rule == "prior-unused")
    assert "2 个文件没有采用" in said.message and "前年.json（是 2022 年的）" in said.message


def test_two_different_files_of_a_unit_prove_nothing(tmp_path: Path) -> None:
    write_units(tmp_path, *OLD)
    (tmp_path / "甲局2.json").write_text(dumps(to_json(unit("甲局", 2023, new=1))), "utf-8")
    last = read_last_year(tmp_path)
    assert [u.unit for u in last.units] == ["乙局"]
    assert len([why for _, why in last.passed_over if "内容不同" in why]) == 2


def test_a_folder_with_the_result_and_the_units_files(tmp_path: Path) -> None:
    """What was summed is the result's; a unit whose file lies beside it was left out."""
    write_units(tmp_path, *OLD, BAD)
    (tmp_path / "汇总.xlsx").write_bytes(city_workbook(sum_up(OLD)))
    last = read_last_year(tmp_path)
    assert (last.city.unit, [u.unit for u in last.units]) == ("某市", ["甲局", "乙局"])
    assert last.left_out and last.left_out[0].report.values == BAD.values
    (tmp_path / "汇总2.xlsx").write_bytes(city_workbook(sum_up(OLD[:1])))
    with pytest.raises(Refused, match="不止一份汇总结果"):
        read_last_year(tmp_path)


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有可用的"):
        read_last_year(tmp_path)


def test_a_city_is_compared_with_a_folder(tmp_path: Path) -> None:
    write_units(tmp_path / "上年", *OLD)
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=1)]
    write_units(tmp_path / "本年", *this)
    city = api.consolidate(
        tmp_path / "本年", roster=roster_of(*this), name="某市", year=2024, prior=tmp_path / "上年"
    )
    (found,) = (f for f in city.findings if f.rule == "city-carry-over")
    assert [(s.unit, s.amount) for s in found.parts] == [("乙局", -1)]
    assert city.prior and city.prior.unit == "某市"
    known = api.known_beside(prior=tmp_path / "上年")
    assert known.about(this[0]).prior


def test_the_details_of_thousands_of_units_are_found_beside(tmp_path: Path) -> None:
    city = last_result()
    (tmp_path / "某市_2023_汇总.xlsx").write_bytes(city_workbook(city, detail=False))
    assert read_last_year(tmp_path / "某市_2023_汇总.xlsx").units == ()
    (tmp_path / "某市_2023_明细.xlsx").write_bytes(detail_workbook(city))
    (tmp_path / "又一份.xlsx").write_bytes(b"no workbook")
    last = read_last_year(tmp_path / "某市_2023_汇总.xlsx")
    assert [u.unit for u in last.units] == ["甲局", "乙局"]
    known_left_out(last)


# ---------------------------------------------------------------- another city


def test_another_citys_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "上年.xlsx"
    path.write_bytes(city_workbook(sum_up(OLD)))
    this = [unit("子局", 2024, "101"), unit("丑局", 2024, "102")]
    write_units(tmp_path / "本年", *this)
    given = {"name": "别市", "year": 2024, "prior": path}
    with pytest.raises(api.OtherCity, match=r"“某市”的汇总结果，其中的 2 个单位都不在“别市”本年的名单上"):
        api.consolidate(tmp_path / "本年", roster=roster_of(*this), **given)  # type: ignore[arg-type]


def test_a_file_under_another_name_is_said_first() -> None:
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=2)]
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD))
    last.city.unit = "某县"
    assert sum_up(this, last_year=last).findings[0].rule == "prior-other-city"
    last.city.unit = "某 市"
    assert "prior-other-city" not in [f.rule for f in sum_up(this, last_year=last).findings]
