"""Runs of a season: each leaves a whole new folder, 汇总台 stays, nothing that was written is lost."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from gouji.city.desk import OfficeWord
from gouji.city.memory.verifying import verify
from gouji.city.season.book import desk_workbook
from gouji.city.season.folder import SeasonError, season_of
from gouji.city.season.record import RECORD, read_record
from gouji.city.season.running import runs_of
from gouji.errors import GoujiError
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support import season
from support.season import everything

pytestmark = pytest.mark.slow


def test_a_run_writes_one_new_folder_and_nothing_else(folder: Path) -> None:
    before = everything(folder)
    outcome = season.run(folder)
    assert outcome.folder == folder / "结果" / "第001次 2025-01-20"
    after = everything(folder)
    assert {name: after[name] for name in before} == before
    new = {name.removeprefix("结果/") for name in after.keys() - before.keys()}
    run = {name for name in new if name not in ("最新结果.html", "记录.sqlite")}
    assert {name.split("/")[0] for name in run} == {outcome.folder.name}
    assert outcome.city.run.number == 1 and outcome.city.run.time == season.TIME
    assert read_workbook(season.workbook(outcome)).report.number("t2.documents.made") == 3


def test_equal_inputs_with_equal_number_and_time_give_equal_outputs(tmp_path: Path) -> None:
    made = []
    for name in ("甲", "乙"):
        folder = season.season(tmp_path / name / "某市2024")
        season.run(folder)
        made.append(everything(folder / "结果"))
    assert made[0] == made[1] and "最新结果.html" in made[0] and len(made[0]) > 6


def test_settings_of_the_desk_decide_the_run(tmp_path: Path) -> None:
    words = (OfficeWord("某市", "stock-floor:t2", "以前年度的存量按清理结果", "已核实"),)
    of = season.desk(edition="2021", include_invalid=True)
    of = replace(of, texts={"一": "本级写的一。", "落款": "某市政府办"}, words=words)
    outcome = season.run(season.season(tmp_path / "季", of))
    report = read_workbook(season.workbook(outcome)).report
    assert report.texts == {"一": "本级写的一。"}
    assert outcome.city.desk and outcome.city.desk.texts["落款"] == "某市政府办"
    assert report.explanations["stock-floor:t2"].text == "以前年度的存量按清理结果"


# ---------------------------------------------------------------- what people write into results


def test_what_was_written_into_a_result_is_carried_and_named(folder: Path) -> None:
    first = season.run(folder)
    season.typed(season.workbook(first), "五", {"A4": "写在结果里的五。", "A5": "第二段。"})
    second = season.run(folder)
    assert read_workbook(season.workbook(second)).report.texts == {"五": "写在结果里的五。\n第二段。"}
    (said,) = second.remarks
    assert "第001次" in said and "“五”" in said and "汇总台" in said
    assert said in (second.folder / "本次说明.txt").read_text("utf-8-sig")
    third = season.run(folder)
    assert read_workbook(season.workbook(third)).report.texts == {"五": "写在结果里的五。\n第二段。"}
    assert third.remarks == ("继续沿用以前写在结果里的文字：五（第 1 次）。",)


def test_the_desk_wins_and_what_it_beats_is_named(folder: Path) -> None:
    first = season.run(folder)
    season.typed(season.workbook(first), "五", {"A4": "写在结果里的五。"})
    before = season.workbook(first).read_bytes()
    season.typed(folder / "汇总台.xlsx", "文字", {"B23": "汇总台里的五。"})
    second = season.run(folder)
    assert read_workbook(season.workbook(second)).report.texts == {"五": "汇总台里的五。"}
    assert any("以汇总台为准" in said and "第001次" in said for said in second.remarks)
    assert season.workbook(first).read_bytes() == before
    # Taken out of 汇总台 again, what was written into the result is still known.
    season.typed(folder / "汇总台.xlsx", "文字", {"B23": None})
    third = season.run(folder)
    assert read_workbook(season.workbook(third)).report.texts == {"五": "写在结果里的五。"}


def test_a_text_of_the_desk_is_not_carried_once_it_is_taken_out(folder: Path) -> None:
    season.typed(folder / "汇总台.xlsx", "文字", {"B23": "汇总台里的五。"})
    assert read_workbook(season.workbook(season.run(folder))).report.texts == {"五": "汇总台里的五。"}
    season.typed(folder / "汇总台.xlsx", "文字", {"B23": None})
    assert not read_workbook(season.workbook(season.run(folder))).report.texts


def test_a_text_that_is_deleted_in_a_result_stays_deleted(folder: Path) -> None:
    season.typed(season.workbook(season.run(folder)), "五", {"A4": "写在结果里的五。"})
    season.typed(season.workbook(season.run(folder)), "五", {"A4": None})
    third = season.run(folder)
    assert not read_workbook(season.workbook(third)).report.texts
    assert any("已删去" in said for said in third.remarks)


def test_an_older_result_that_is_edited_later_is_read_too(folder: Path) -> None:
    first, second = season.run(folder), season.run(folder)
    season.typed(season.workbook(second), "六", {"A4": "写在第二次里的六。"})
    season.typed(season.workbook(first), "五", {"A4": "后来写在第一次里的五。"})
    third = season.run(folder)
    texts = read_workbook(season.workbook(third)).report.texts
    assert texts == {"五": "后来写在第一次里的五。", "六": "写在第二次里的六。"}


def test_an_explanation_in_a_result(folder: Path) -> None:
    first = season.run(folder)
    before = read_workbook(season.workbook(first)).report
    assert not before.explanations
    book = openpyxl.load_workbook(season.workbook(first))
    check = layout_of(before.form).check
    cell = book["校验"].cell(check.live_top + 3, check.columns["explanation"])
    cell.value = "按上级口径统计，已核对台账"
    book.save(season.workbook(first))
    written = read_workbook(season.workbook(first)).report.explanations
    assert len(written) == 1
    second = season.run(folder)
    (finding,) = written
    assert read_workbook(season.workbook(second)).report.explanations[finding].text == cell.value
    assert any(finding in said for said in second.remarks)
    third = season.run(folder)
    assert read_workbook(season.workbook(third)).report.explanations[finding].text == cell.value
    assert third.remarks == (f"继续沿用以前写在结果里的审核说明：{finding}（第 1 次）。",)


def test_a_word_report_edited_by_hand_stays_and_is_named_at_each_run(folder: Path) -> None:
    first = season.run(folder)
    document = docx.Document(str(season.word(first)))
    document.add_paragraph("手工加的一段")
    document.save(str(season.word(first)))
    before = season.word(first).read_bytes()
    second = season.run(folder)
    (said,) = second.remarks
    assert "年度报告.docx" in said and "手工改过" in said and "第001次" in said
    assert "要沿用的请抄到汇总台的“文字”" in said
    assert season.word(first).read_bytes() == before
    for _ in range(2):
        run = season.run(folder)
        (said,) = run.remarks
        assert said.startswith("手工改过的 结果/第001次") and "年度报告.docx 仍在原处" in said
        shown = openpyxl.load_workbook(season.workbook(run))["首页"].iter_rows(values_only=True)
        assert any("手工改过的报告：结果/第001次" in str(text) for row in shown for text in row)
    assert season.word(first).read_bytes() == before


def test_a_workbook_that_was_only_saved_again_is_said_to_be_the_same(folder: Path) -> None:
    first = season.run(folder)
    openpyxl.load_workbook(season.workbook(first)).save(season.workbook(first))
    (said,) = season.run(folder).remarks
    assert "没有变化" in said


@pytest.mark.parametrize("beside", [False, True])
def test_a_result_that_was_saved_under_another_name(folder: Path, beside: bool) -> None:
    """Renamed, or beside the one that the run wrote; a workbook of the office's own says nothing."""
    first = season.run(folder)
    path = season.workbook(first)
    other = path.with_name("某市汇总 定稿.xlsx")
    other.write_bytes(path.read_bytes())
    if not beside:
        path.unlink()
    book = openpyxl.Workbook()
    book.active["A13"] = "算一算"
    book.save(path.with_name("草稿.xlsx"))
    assert season.run(folder).remarks == ()
    season.typed(other, "一", {"A13": "写在另存的一份里的第一部分。"})
    second = season.run(folder)
    (said,) = second.remarks
    assert "沿用 结果/第001次" in said and "定稿.xlsx" in said
    assert season.run(folder).city.report.texts == {"一": "写在另存的一份里的第一部分。"}


def test_a_result_that_can_no_longer_be_read_is_named_and_kept(folder: Path) -> None:
    first = season.run(folder)
    season.workbook(first).write_bytes(b"PK\x03\x04 broken")
    (said,) = season.run(folder).remarks
    assert "读不出" in said and season.workbook(first).read_bytes() == b"PK\x03\x04 broken"


@pytest.mark.long
def test_twenty_runs_with_edits_in_between_lose_nothing(folder: Path) -> None:
    """What was written where, run by run, is in the last result or in the file that it was typed into."""
    rng = random.Random(20)
    expected: dict[str, str] = {}
    typed_into: dict[Path, bytes] = {}
    for number in range(1, 21):
        outcome = season.run(folder)
        assert outcome.city.run.number == number
        texts = read_workbook(season.workbook(outcome)).report.texts or {}
        assert texts == expected, number
        for path, content in typed_into.items():
            assert path.read_bytes() == content
        section = rng.choice("一五六")
        top = {"一": "A13", "五": "A4", "六": "A4"}[section]
        choice = rng.random()
        if choice < 0.6:
            season.typed(season.workbook(outcome), section, {top: f"第{number}次之后写的{section}"})
            expected[section] = f"第{number}次之后写的{section}"
            typed_into[season.workbook(outcome)] = season.workbook(outcome).read_bytes()
        elif choice < 0.8:
            season.word(outcome).write_bytes(season.word(outcome).read_bytes() + b"edited")
            typed_into[season.word(outcome)] = season.word(outcome).read_bytes()
        else:
            number_made = rng.randrange(9)
            (folder / "报送" / "甲局.xlsx").write_bytes(season.counted("甲局", number_made))
    assert len(runs_of(season_of(folder))) == 20 and len(expected) == 3


def test_a_word_in_a_result_is_named_when_it_holds_again(folder: Path) -> None:
    """汇总台 said something else and has taken it back: the word in the result holds, and that is said."""
    finding = "stock-floor:t2.documents"
    first = season.run(folder)
    (folder / "汇总台.xlsx").write_bytes(
        desk_workbook(replace(season.desk(), words=(OfficeWord("某市", finding, "汇总台里写的说明"),)))
    )
    book = openpyxl.load_workbook(season.workbook(first))
    form = read_workbook(season.workbook(first)).report.form
    check = layout_of(form).check
    book["校验"].cell(check.live_top + 3, check.columns["explanation"]).value = "写在结果里的说明"
    book.save(season.workbook(first))
    (written,) = read_workbook(season.workbook(first)).report.explanations
    season.run(folder)
    (folder / "汇总台.xlsx").write_bytes(desk_workbook(season.desk()))
    assert any("继续沿用" in said and written in said for said in season.run(folder).remarks)


def test_a_word_that_only_the_desk_said_does_not_come_back_from_a_result(folder: Path) -> None:
    word = OfficeWord("某市", "stock-floor:t2", "以前年度的存量按清理结果", "已核实")
    (folder / "汇总台.xlsx").write_bytes(desk_workbook(replace(season.desk(), words=(word,))))
    first = season.run(folder)
    assert read_workbook(season.workbook(first)).report.explanations
    season.typed(season.workbook(first), "五", {"A4": "同一份结果里写的五。"})
    (folder / "汇总台.xlsx").write_bytes(desk_workbook(season.desk()))
    second = season.run(folder)
    report = read_workbook(season.workbook(second)).report
    assert second.city.desk and not second.city.desk.words and not report.explanations
    assert report.texts == {"五": "同一份结果里写的五。"}


def test_every_file_of_a_run_is_in_its_list(folder: Path) -> None:
    outcome = season.run(folder)
    assert outcome.folder
    for path in filter(Path.is_file, outcome.folder.rglob("*")):
        if not path.name.startswith("."):
            assert verify(path).code == 0, path.name
    remarks = outcome.folder / "本次说明.txt"
    remarks.write_bytes(remarks.read_bytes() + b"altered")
    assert verify(remarks).code == verify(outcome.folder / "清单.json").code == 1


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"kind": "gouji run"}', '{"kind": "x", "number": 1}']
)
def test_records_that_are_none(tmp_path: Path, content: str) -> None:
    (tmp_path / RECORD).write_text(content)
    assert read_record(tmp_path) is None


def test_a_record_is_read_as_it_was_written(folder: Path) -> None:
    first = season.run(folder)
    season.typed(season.workbook(first), "五", {"A4": "写在结果里的五。"})
    second = season.run(folder)
    assert second.folder
    record = read_record(second.folder)
    assert record and record.carried.texts["五"].run == 1 and record.workbook == "某市_2024_汇总.xlsx"
    assert json.loads((second.folder / RECORD).read_text("utf-8"))["number"] == 2


# ---------------------------------------------------------------- open files, several desks


@pytest.mark.parametrize("lock", ["~$汇总台.xlsx", ".~汇总台.xlsx", ".~lock.汇总台.xlsx#"])
def test_an_open_desk_is_read_and_said(folder: Path, lock: str) -> None:
    (folder / lock).write_bytes(b"")
    outcome = season.run(folder)
    assert outcome.folder and any("没有保存的改动" in said for said in outcome.remarks)


def test_an_open_result_is_said_and_in_nobodys_way(folder: Path) -> None:
    first = season.run(folder)
    (season.word(first).parent / "~$_2024_年度报告.docx").write_bytes(b"")
    second = season.run(folder)
    assert second.folder and any("年度报告.docx 正打开着" in said for said in second.remarks)


def test_two_desks_that_are_not_made_of_each_other(folder: Path) -> None:
    (folder / "汇总台_2.xlsx").write_bytes((folder / "汇总台.xlsx").read_bytes())
    with pytest.raises(SeasonError, match="两份汇总台"):
        season.run(folder)


def test_folders_that_are_no_season(tmp_path: Path) -> None:
    with pytest.raises(GoujiError, match="没有汇总台"):
        season.run(tmp_path)
    (tmp_path / "汇总台.xlsx").write_bytes(b"x")
    with pytest.raises(GoujiError, match="报送"):
        season.run(tmp_path)
