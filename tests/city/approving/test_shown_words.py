"""What was said of findings as people see it: 问题, 报送情况, 校验, one level up, the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji import api
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.drafting import report_word
from gouji.city.intake.known import Known
from gouji.city.intake.reading import submission_of
from gouji.city.results import results
from gouji.city.sheets.workbook import city_workbook, roster_workbook
from gouji.city.sum.last_year import LastYear
from gouji.city.views.said import said_of
from gouji.cli.summary import print_summary
from gouji.report import Explanation, Report
from gouji.rules import Context
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import COLOURS
from support.command import runner
from support.filled import write_workbook
from support.years import roster_of, sum_up, unit

STOCK = "stock:t2.rules"
REASON = "本年度由其他机关划转规章一件"


def jumped(name: str, text: str = "") -> Report:
    report = unit(name, 2024).with_values({"t2.rules.in_force": 1})
    report.explanations = {STOCK: Explanation(text, "")} if text else {}
    return report


def last(*names: str) -> LastYear:
    units = [unit(name, 2023) for name in names]
    return LastYear("上年.xlsx", sum_up(units).report, tuple(units))


def season(*words: OfficeWord, missing: bool = False, text: str = "") -> Consolidation:
    """``text``: what 乙局 explains."""
    reports = [jumped("甲局", REASON), jumped("乙局", text), unit("丙局", 2024)]
    roster = roster_of(*reports, *([unit("丁局", 2024)] if missing else []))
    desk = Desk(Settings("某市", 2024), roster, words=words)
    return sum_up(reports, roster, last("甲局", "乙局", "丙局"), desk=desk)


def rows(book: bytes, sheet: str, top: int = 3) -> list[dict[str, Any]]:
    """The rows of a list as head -> content."""
    found = openpyxl.load_workbook(io.BytesIO(book))[sheet]
    heads, *rest = found.iter_rows(min_row=top, values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rest]  # type: ignore[arg-type]


ACCEPTED = OfficeWord("某市", STOCK, "各单位的说明已逐项核对", "已核实", "王五", "1月20日")


def test_explanations_stand_beside_their_findings() -> None:
    book = city_workbook(season(OfficeWord("乙局", STOCK, "请写明文号", "退回", "王五"), ACCEPTED))
    told = {(r["单位"], r["编号"]): (r["审核说明"], r["状态"]) for r in rows(book, "问题")}
    assert told["甲局", STOCK] == (REASON, "已说明")
    assert told["乙局", STOCK] == (None, "退回（王五）：请写明文号")
    assert told["某市", STOCK] == ("各单位的说明已逐项核对", "已核实（王五，1月20日）")


def test_what_is_explained_is_no_longer_counted() -> None:
    counts = {
        r["单位"]: (r["错误"], r["需说明"]) for r in rows(city_workbook(season()), "报送情况") if r["序号"]
    }
    explained, open_ = counts["甲局"], counts["乙局"]
    assert open_[1] == explained[1] + 1
    assert counts["丙局"] == (0, explained[1])


@pytest.mark.parametrize(
    ("words", "state"),
    [((ACCEPTED,), "已说明"), ((replace(ACCEPTED, state="退回"),), "需说明"), ((), "需说明")],
)
def test_the_citys_own_row_shows_the_offices_word(words: tuple[OfficeWord, ...], state: str) -> None:
    check = openpyxl.load_workbook(io.BytesIO(city_workbook(season(*words))), data_only=True)["校验"]
    (row,) = (r for r in check.iter_rows(values_only=True) if STOCK in r)
    assert state in row
    assert ("各单位的说明已逐项核对" in row) is (state == "已说明")


def test_a_word_that_fell_back_does_not_count_on_the_sheet_either() -> None:
    book = city_workbook(season(replace(ACCEPTED, numbers=("9", "0"))))
    check = openpyxl.load_workbook(io.BytesIO(book), data_only=True)["校验"]
    (row,) = (r for r in check.iter_rows(values_only=True) if STOCK in r)
    assert "需说明" in row and "各单位的说明已逐项核对" in row and "9；0" in row


def test_the_next_level_sees_what_the_city_said() -> None:
    lower = season(ACCEPTED)
    read = read_workbook(city_workbook(lower))
    assert read.report.explanations[STOCK] == Explanation("各单位的说明已逐项核对", "已核实", ("2", "0"))
    roster = roster_of(replace(lower.report, unit="某市"))
    before = LastYear(
        "上年.xlsx", replace(last("甲局").city, unit="某省"), (last("甲局", "乙局", "丙局").city,)
    )
    known = Known(Context(), roster, before)
    sent = submission_of("某市.xlsx", city_workbook(lower), known)
    upper = api_consolidate(sent, roster, before)
    (one,) = (s for s in upper.settled if s.unit == "某市" and s.finding.id == STOCK)
    assert (one.state, one.text) == ("已说明", "各单位的说明已逐项核对")


def api_consolidate(sent: Any, roster: Any, before: LastYear) -> Consolidation:
    from gouji.city.consolidate import consolidate

    return consolidate([sent], roster, name="某省", year=2024, last_year=before)


def test_the_citys_own_report_brings_its_explanations() -> None:
    """As it was written into the result of an earlier run, on 校验 beside the row."""
    own = {
        STOCK: Explanation("各单位的说明已逐项核对", "已核实", ("2", "0")),
        "stock:t2.gone": Explanation("旧的", ""),
    }
    reports = [jumped("甲局", REASON), jumped("乙局")]
    roster = roster_of(*reports)
    city = sum_up(reports, roster, last("甲局", "乙局"), explanations=own)
    (one,) = (s for s in city.settled if s.city and s.finding.id == STOCK)
    assert one.state == "已核实"
    assert city.report.explanations["stock:t2.gone"] == Explanation("旧的", ""), "it may come back"
    desk = Desk(Settings("某市", 2024), roster, words=(OfficeWord("某市", STOCK, "再核", "退回"),))
    city = sum_up(reports, roster, last("甲局", "乙局"), explanations=own, desk=desk)
    (one,) = (s for s in city.settled if s.city and s.finding.id == STOCK)
    assert (one.state, one.why) == ("退回", "再核"), "what 汇总台 says wins"
    assert one.text == "各单位的说明已逐项核对"
    assert city.report.explanations[STOCK].state == "退回"


def test_more_words_than_the_list_of_the_sheet_holds() -> None:
    """All stand in 问题; the sheet shows those that it has room for."""
    own = {f"prose-number:x{n}": Explanation(f"第 {n} 项已核对原始台账", "") for n in range(39)}
    words = tuple(OfficeWord("某市", f.id, "各单位的说明已逐项核对") for f in season().findings)
    reports = [jumped("甲局"), jumped("乙局")]
    roster = roster_of(*reports)
    desk = Desk(Settings("某市", 2024), roster, words=words)
    city = sum_up(reports, roster, last("甲局", "乙局"), explanations=own, desk=desk)
    assert len(read_workbook(city_workbook(city)).report.explanations) >= 39


def test_a_unit_that_is_excused_is_not_reminded_and_the_office_is_told() -> None:
    word = OfficeWord("丁局", "", "机构改革中撤销", "已核实")
    bare, excused = season(missing=True, text=REASON), season(word, missing=True, text=REASON)
    assert "reminder" in results(bare) and "reminder" not in results(excused)
    said = "丁局（机构改革中撤销）"
    assert any(said in line for line in said_of(excused)) and not any(said in line for line in said_of(bare))
    assert said not in text_of(report_word(excused)), "what is settled is no mark in what is published"
    assert "公布前请处理" in text_of(report_word(bare)) and "公布前请处理" not in text_of(
        report_word(excused)
    )


def test_who_is_excused_is_not_expected_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Its first line and the verdict count the same units."""
    word = OfficeWord("丁局", "", "机构改革中撤销", "已核实")
    for words, expected in (((word,), 3), ((), 4)):
        print_summary(season(*words, missing=True))
        said = capsys.readouterr().out.splitlines()
        assert said[0].startswith(f"汇总 3 个单位（应报 {expected} 个），未计入 {expected - 3} 个")
        assert sum(f"应报 {expected} 个单位" in line for line in said) == 1


def test_the_intake_shows_how_far_a_unit_has_come() -> None:
    """And what became of its files, where that says something else: who is excused is not in the red."""
    word = OfficeWord("丁局", "", "机构改革中撤销", "已核实")
    book = openpyxl.load_workbook(io.BytesIO(city_workbook(season(word, missing=True))))
    told = {row[1].value: row[4] for row in book["报送情况"].iter_rows(min_row=4) if row[0].value}
    assert {name: cell.value for name, cell in told.items()} == {
        "甲局": "已报齐",
        "乙局": "已报待说明",
        "丙局": "已报齐",
        "丁局": "已核实（未报）",
    }
    why = {row[1].value: row[9].value or "" for row in book["报送情况"].iter_rows(min_row=4) if row[0].value}
    assert why["丁局"] == "经核实本年不报送：机构改革中撤销。"
    assert why["乙局"].startswith("有 1 项需要说明，第一项：「规章」") and why["丙局"] == ""
    colours = {name: cell.fill.fgColor.rgb[-6:] for name, cell in told.items()}
    assert colours["丁局"] == colours["甲局"] == COLOURS["passed"].removeprefix("#").upper()
    assert colours["乙局"] == COLOURS["warned"].removeprefix("#").upper()
    labels = [row[1].value for row in book["报送情况"].iter_rows(min_row=8) if row[2].value in (1, 2)]
    assert sorted(labels) == sorted(["已报齐", "已报待说明", "已核实（未报）"]), "the chart counts the same"


def text_of(document: bytes) -> str:
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())


def test_a_season_with_nothing_open_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Workbooks on disk, the old form of the command: the explanation in the unit's workbook counts."""
    folder, texts = (
        tmp_path / "报送",
        dict.fromkeys(["一", "五", "六"], "本年度工作按要求开展，没有其他情况。"),
    )
    folder.mkdir()
    before = last("甲局", "乙局")
    for n, text in (("甲局", REASON), ("乙局", "")):
        one = replace(jumped(n, text), texts=texts)
        (folder / f"{n}.xlsx").write_bytes(write_workbook(one, prior=before.units[0]))
    (tmp_path / "名单.xlsx").write_bytes(roster_workbook(roster_of(unit("甲局", 2024), unit("乙局", 2024))))
    own = replace(unit("某市", 2024), texts=texts)
    (tmp_path / "本级.xlsx").write_bytes(write_workbook(own))
    done = runner(capsys)(
        "consolidate", folder, "--roster", tmp_path / "名单.xlsx", "--name", "某市", "--year", "2024",
        "--city", tmp_path / "本级.xlsx", "-o", tmp_path / "结果",
    )  # fmt: skip
    assert done.code == 0, done.out
    assert "已说明 1 项，已核实 0 项。" in done.out
    assert "“问题”表中还有 1 项待说明。" in done.out
    found = api.consolidate(folder, roster=tmp_path / "名单.xlsx", name="某市", year=2024)
    assert [s.state for s in found.settled if s.finding.id == STOCK] == ["已说明", "未处理"]
