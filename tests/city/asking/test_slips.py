"""退回单: one for each unit that must act, laid over what it sent; one bad file never stops the others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.asking.outputs import asking_names, letters
from gouji.city.asking.slips import Slip, Sources, each_slip, slips
from gouji.city.asking.sources import from_folder
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord
from gouji.city.intake.folder import find_files
from gouji.city.intake.kinds import list_of
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.results import Means, all_files, results
from gouji.city.sum.last_year import LastYear
from gouji.examine import examine
from gouji.report import canonical
from gouji.workbook.reading.reader import read_workbook
from support.asked import SETTINGS, YEAR, city_of, files, right, roster, wrong
from support.filled import write_workbook
from support.handed_out import with_macros
from support.macros_kept import macros_kept
from support.packages import unpack
from support.years import sum_up, unit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("报送")


@pytest.fixture(scope="module")
def city(folder: Path) -> Consolidation:
    return city_of(folder)


@pytest.fixture(scope="module")
def made(city: Consolidation, folder: Path) -> dict[str, Slip]:
    return {slip.unit: slip for slip in each_slip(city, from_folder(find_files(folder)))}


def sheet(content: bytes, name: str = "退回单") -> list[str]:
    """The texts of a sheet, row by row, without the hidden column of a slip."""
    found = openpyxl.load_workbook(io.BytesIO(content))[name]
    return [str(cell.value) for row in found.iter_rows(max_col=6) for cell in row if cell.value is not None]


def test_one_for_each_unit_that_sent_something_and_must_act(made: dict[str, Slip]) -> None:
    assert [slip.name for slip in made.values()] == [
        *(f"{name}_2024_退回单.xlsx" for name in ("乙局", "丙局", "丁局", "己镇", "庚街道")),
        *(f"{name}_2024_退回单.xlsx" for name in ("辛街道", "壬公司", "癸中心", "陌生单位")),
    ], "甲局 is right, 戊镇 sent nothing"
    assert {slip.why for slip in made.values()} == {""}


def test_a_copy_holds_what_was_sent(made: dict[str, Slip]) -> None:
    """It can be corrected and sent again as it is."""
    for name, report in (("乙局", wrong("乙局")), ("丁局", right("丁局", new=5))):
        assert canonical(read_workbook(made[name].content).report) == canonical(report)
    texts = sheet(made["乙局"].content)
    assert texts[:2] == [
        "退回单　乙局　2024 年",
        "退回日期：2025年1月15日　　请于＿＿＿＿＿＿日前改正报回"
        "　　联系：某市人民政府办公室，张三，0512-53520000",
    ]
    assert sum(text == "错误" for text in texts) == 3
    assert "三!J9" in texts


def test_a_deadline_ahead_is_written_into_it(city: Consolidation, folder: Path) -> None:
    assert city.desk
    early = replace(city.desk, settings=replace(SETTINGS, today=SETTINGS.deadline))
    first = next(each_slip(replace(city, desk=early), from_folder(find_files(folder))))
    assert "请于2025年1月10日前改正报回" in sheet(first.content)[1]


def test_what_the_office_said_when_it_returned_a_report(made: dict[str, Slip]) -> None:
    texts = sheet(made["丁局"].content)
    assert "退回意见（李四，2025-01-12）：与上年相比变化很大，请核实新收申请数。" in texts
    assert "汇总单位另有 1 条意见。" in texts[2]
    assert not read_workbook(made["丁局"].content).returned, "only the office knows whether it is settled"


def test_findings_of_the_roster_lead_to_the_cover(made: dict[str, Slip]) -> None:
    texts = sheet(made["癸中心"].content)
    at = texts.index("意见")
    assert "封面!B7" in texts[at : at + 5]
    assert any("代码是“999”，名单上是“010”" in text for text in texts)
    assert "怎样改：请核对并改正封面的单位代码；名单上的代码有误的，请告知。" in texts
    year = sheet(made["庚街道"].content)
    assert any("文件的年度是 2023，应为 2024" in text for text in year) and "封面!B8" in year
    stranger = sheet(made["陌生单位"].content)
    assert any("不在应报单位名单中" in text for text in stranger) and "封面!B6" in stranger


def test_two_versions_are_compared_cell_by_cell(made: dict[str, Slip]) -> None:
    content = made["己镇"].content
    assert sheet(content, "各份的不同") == [
        *("位置", "项目", "己镇.xlsx", "己镇（新）.xlsx"),
        *("二!B9", "「行政许可」「本年处理决定数量」", "0", "9"),
    ]
    assert "各份有 1 处不同" in sheet(content)[2]


def test_what_can_not_be_marked_gets_a_small_workbook(made: dict[str, Slip]) -> None:
    """A form whose labels were changed, a file that is none, versions: known as what it is ever after."""
    for name in ("己镇", "辛街道", "壬公司"):
        assert list_of(made[name].content) == ("slip", name, YEAR)
    assert any("A9，应为“一、本年新收政府信息公开申请数量”" in text for text in sheet(made["辛街道"].content))
    assert any("文件不完整" in text for text in sheet(made["壬公司"].content))


def test_small_slips_are_set_aside_where_they_lie_among_reports(
    made: dict[str, Slip], tmp_path: Path
) -> None:
    contents = {made[name].name: made[name].content for name in ("己镇", "辛街道", "壬公司")}
    city = city_of(tmp_path, {"甲局.xlsx": write_workbook(right("甲局")), **contents})
    assert [filed.status for filed in city.intake.set_aside] == ["list"] * 3
    assert city.strangers == ()
    assert "这是退回单" in city.intake.set_aside[0].remarks[0]


# ---------------------------------------------------------------- last year, accepted, counted all the same


def test_findings_of_last_year_are_in_it() -> None:
    last = LastYear("上年.xlsx", unit("某市", 2023), (unit("甲局", 2023, new=9, carried_out=3),), frozenset())
    report = right("甲局", carried_in=1)
    city = sum_up([report], Roster((RosterUnit("甲局"),)), last)
    (content,) = slips(city, lambda file: write_workbook(report)).values()
    assert any("上年结转" in text and "3" in text for text in sheet(content))


def test_a_warning_that_the_office_accepted_is_not_asked_again() -> None:
    report = right("丙局", new=2)
    report.set("t2.rules.made", 3)
    report.set("t3.new.total", 5)
    word = OfficeWord("丙局", "stock-floor:t2.rules", "电话核实：当年即失效。", "已核实", numbers=("0", "3"))
    units = Roster((RosterUnit("丙局"),))
    asked, accepted = (
        slips(
            sum_up([report], units, desk=Desk(SETTINGS, units, words=words)),
            lambda file: write_workbook(report),
        )
        for words in ((), (word,))
    )
    said = [
        sum("少于制发" in text for text in sheet(next(iter(made.values())))) for made in (asked, accepted)
    ]
    assert said[0] and not said[1]


# ---------------------------------------------------------------- sources


def test_only_one_file_at_a_time_is_asked_for(city: Consolidation, folder: Path) -> None:
    """Memory: the next file is read when its slip is asked for, and none is read that needs no copy."""
    asked: list[str] = []
    real = from_folder(find_files(folder))

    def sources(file: str) -> bytes:
        asked.append(file)
        return real(file)

    found: Iterator[Slip] = each_slip(city, sources)
    assert asked == []
    next(found)
    assert asked == ["部门/乙局.xlsx"]
    list(found)
    assert asked == [
        "部门/乙局.xlsx",
        "丙局.xlsx",
        "丁局.xlsx",
        "庚街道.xlsx",
        "癸中心.xlsx",
        "陌生单位.xlsx",
    ]


def _gone(file: str) -> bytes:
    raise FileNotFoundError(file)


def _none(file: str) -> bytes:
    return {}[file]  # type: ignore[no-any-return]


@pytest.mark.parametrize("sources", [_gone, _none, lambda file: write_workbook(right("乙局"))])
def test_a_file_that_is_gone_or_another_is_made_of_what_was_read(
    sources: Sources, city: Consolidation
) -> None:
    """Findings of one content are never laid over another."""
    slip = next(each_slip(city, sources))
    assert (slip.unit, slip.why) == ("乙局", "")
    assert canonical(read_workbook(slip.content).report) == canonical(wrong("乙局"))
    assert any(text.startswith("报送件在汇总以后又有改动或已移走") for text in sheet(slip.content))


def test_a_slip_that_can_not_be_made_stops_nobody(city: Consolidation) -> None:
    """Its unit gets a small workbook with the same findings, and is named with the reason."""

    def sources(file: str) -> bytes:
        raise RuntimeError("odd")

    made = {slip.unit: slip for slip in each_slip(city, sources)}
    assert len(made) == 9
    assert made["乙局"].why == "RuntimeError: odd"
    assert list_of(made["乙局"].content)[0] == "slip"
    texts = sheet(made["乙局"].content)
    assert "三!J9" in texts and sum(text == "错误" for text in texts) == 3


def test_a_text_that_no_cell_holds_does_not_stop_it() -> None:
    """The form can not be written anew for it: a small workbook."""
    report = replace(wrong("乙局"), notes={"注1": "长" * 40_000})
    sent = Submission("乙局.json", report, tuple(audit(report)))
    city = consolidate([sent], roster({"乙局": ""}), name="某市", year=YEAR)
    (slip,) = each_slip(city, _gone)
    assert slip.why and list_of(slip.content)[0] == "slip"


def macro_book() -> bytes:
    """The handed-out template with macros, its cover and one wrong number typed into it."""
    out = io.BytesIO()
    with macros_kept(with_macros()) as book:
        book["封面"]["B6"], book["封面"]["B8"] = "乙局", YEAR
        book["三"]["D9"], book["三"]["J9"] = 3, 5
        book.save(out)
    return out.getvalue()


def test_a_workbook_with_macros_stays_one() -> None:
    content = macro_book()
    examined = examine(content)
    sent = Submission("乙局.xlsm", examined.report, examined.findings)
    city = consolidate([sent], roster({"乙局": ""}), name="某市", year=YEAR)
    ((name, copy),) = slips(city, lambda file: content).items()
    assert name == "乙局_2024_退回单.xlsm"
    assert "xl/vbaProject.bin" in unpack(copy)


def test_names_are_distinct_and_fit_any_system() -> None:
    names = ["甲/局", "甲:局", "甲" * 200]
    units = Roster(tuple(RosterUnit(name, f"{i}") for i, name in enumerate(names)))
    sent = [Submission(f"{i}.json", replace(wrong(name), code=str(i))) for i, name in enumerate(names)]
    sent = [replace(one, findings=tuple(audit(one.report))) for one in sent if one.report]
    city = consolidate(sent, units, name="某市", year=YEAR)
    found = list(slips(city, _gone))
    assert found[:2] == ["甲_局_2024_退回单.xlsx", "甲_局_2024_退回单（2）.xlsx"]
    assert len(found) == 3 and max(len(name.encode()) for name in found) < 255


# ---------------------------------------------------------------- everything


def test_all_outputs(city: Consolidation, folder: Path) -> None:
    sources = from_folder(find_files(folder))
    names = asking_names("某市", YEAR)
    assert list(letters(city)) == ["notice", "circular"]
    found = all_files(city, Means(sources))
    assert {names["reminder"], names["notice"], names["circular"]} < set(found)
    assert [name for name in found if name.startswith(names["folder"])] == [
        names["folder"] + name for name in slips(city, sources)
    ]
    assert all_files(city, Means(sources)) == found, "equal inputs, equal bytes"


def test_where_all_is_right_only_the_circular_is_made(tmp_path: Path) -> None:
    city = sum_up([right("甲局")], Roster((RosterUnit("甲局"),)))
    assert list(letters(city)) == ["circular"]
    assert not {"reminder", "notice"} & set(results(city, Means(_gone)))


def test_the_same_files_in_memory(city: Consolidation) -> None:
    """Sources need not be a folder."""
    contents: dict[str, Any] = files()
    assert set(slips(city, contents.__getitem__)) == set(slips(city, _gone))
