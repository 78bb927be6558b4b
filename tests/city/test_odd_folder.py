"""The folder is understood: every file has one line in 报送情况 with its reason in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.consolidate import Consolidation, Submission
from gouji.city.desk import Preferred
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.names import similar
from gouji.city.intake.versions import versions_of
from gouji.city.sheets.intake_sheets import IntakeLine, intake_lines
from gouji.city.sheets.workbook import city_workbook
from gouji.report import Explanation
from gouji.rules import Catalogue, Context, catalogue
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.wording import marks
from support import season
from support.filled import write_workbook
from support.odd_folder import NAMES, YEAR, desk, files, laid, sent, summed
from support.years import errors_of

甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸, 子, 丑, 寅, 卯, 辰, 巳, 午 = NAMES


@pytest.fixture(scope="module")
def contents() -> Mapping[str, bytes]:
    return files()


@pytest.fixture(scope="module")
def city(contents: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return summed(laid(tmp_path_factory.mktemp("报送"), contents))


@pytest.fixture(scope="module")
def lines(city: Consolidation) -> dict[str, IntakeLine]:
    return {line.filed.submission.file if line.filed else line.own[1]: line for line in intake_lines(city)}


@pytest.mark.parametrize(
    ("file", "label", "said"),
    [
        (f"{甲}.xlsx", "已报齐", ""),
        (f"{乙}.xlsx", "已报有误", "（三!J9）等 2 项错误"),
        (f"{丙}.xlsx", "未报（交来空白表）", "空白表，没有填写"),
        (f"{丁}.xlsx", "已报有误（模板被改）", "第 11 行是插入的空行"),
        (f"{戊}.xlsx", "已报有误（有公式）", "填的是公式：三!D9"),
        (f"{己}.xlsx", "已报待说明（已汇总，校验后被改）", "加盖校验标记后内容又被改动"),
        (f"{庚}.xlsx", "已报待说明", "第五部分"),
        (f"{辛}第一次.xlsx", "已报有误（重复报送）", "（三!D9）依次为3、5"),
        (f"退回/{巳}_退回单.xlsx", "已报齐", ""),
        (f"{寅}.json", "已报齐", "2019 版，已换算计入"),
        (f"{辰}.json", "已报有误（部分计入）", "「（六）其他处理」有 2 件，不能换算"),
        (f"{卯}.xlsx", "名称与代码不是同一单位", f"名称对应“{卯}”，代码 001 对应“{甲}”"),
        (f"去年/{甲}.xlsx", "年度不符", "2023，应为 2024"),
        ("年报模板.xlsx", "空白模板，不是报送件", "没有填写单位和内容"),
        (f"某市_{YEAR}_汇总.xlsx", "本级汇总的结果，不是报送件", "本次汇总的结果"),
        ("催报.xlsx", "汇总时生成的名单，不是报送件", "催报名单"),
        ("甲县汇总.json", "不在应报单位名单中", "“甲县”的汇总结果（含 2 个单位）"),
        (f"~${甲}.xlsx", "打开文件留下的锁，不是报送件", f"“{甲}.xlsx”可能正被打开"),
        (".DS_Store", "程序留下的临时文件，不是报送件", "可以删除"),
        ("会议通知.txt", "不是报送件", "不是政府信息公开工作年度报告"),
        (f"{癸}.pdf", "没有读取", "这是 PDF 文件"),
        (f"{子}.zip", "没有读取", "请解压"),
        (f"{丑}.doc", "没有读取", "另存为 .docx"),
        ("坏.xlsx", "无法读取", "文件不完整"),
        (癸, "未报（所报文件读不出）", f"{癸}.pdf 可能是此单位的（这是 PDF"),
        (子, "未报（所报文件读不出）", f"{子}.zip 可能是此单位的（这是压缩包"),
        (卯, "未报", f"{卯}.xlsx 可能是此单位的（名称对应"),
        (午, "未报", f"{午}（填好的）.xlsx 可能是此单位的"),
    ],
)
def test_what_it_is_and_why(lines: dict[str, IntakeLine], file: str, label: str, said: str) -> None:
    assert lines[file].look.label == label
    assert said in "；".join(lines[file].remarks)


def listing(folder: Path, but: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir() and p != but}


def covered(file: str, told: set[str]) -> bool:
    """Whether a file has a line, or the folder of macOS that it lies in."""
    return file in told or any(part in told for part in (file.split("/")[0],) if part == "__MACOSX")


def test_the_listing_of_the_folder_is_the_lines(
    contents: Mapping[str, bytes], lines: dict[str, IntakeLine]
) -> None:
    told = {file for file, line in lines.items() if line.filed}
    assert {f for f in contents if not f.startswith("__MACOSX")} == told - {"__MACOSX"}
    assert "__MACOSX" in told


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_whatever_lies_in_it(contents: Mapping[str, bytes], data: st.DataObject) -> None:
    """Files of every kind under names of every kind, in folders, with links, and what is used otherwise."""
    names = st.sampled_from(["甲", "~$b", ".c", "._d", ".e.1a2b3c4d", "f f", "Thumbs"])
    endings = st.sampled_from([".xlsx", ".json", ".txt", ".zip", ".pdf", "", ".db", ".docx", ".et", ".html"])
    places = st.sampled_from(["", "子/", "子/孙/", ".隐/", "__MACOSX/"])
    small = [c for c in contents.values() if len(c) < 2000]
    wanted = data.draw(st.lists(st.tuples(places, names, endings, st.sampled_from(small)), max_size=8))
    with TemporaryDirectory() as name:
        folder = Path(name)
        laid(folder, {f"{place}{stem}{ending}": content for place, stem, ending, content in wanted})
        (folder / "名单.csv").write_text("单位名称\n", "utf-8")
        if data.draw(st.booleans()):
            (folder / "链.xlsx").symlink_to("没有.xlsx")
        found = [line.filed.submission.file for line in intake_lines(summed(folder)) if line.filed]
        assert len(found) == len(set(found)), "exactly one line"
        there = listing(folder, folder)
        assert all(covered(file, set(found)) for file in there)
        assert set(found) - {"__MACOSX"} <= there


def test_the_sheet_has_these_lines_and_counts_units(city: Consolidation) -> None:
    cells = open_book(city_workbook(city)).cells("报送情况")
    at = {cell.raw: row for (row, column), cell in cells.items() if column == 6 and row > 3 and cell.raw}
    assert len(at) == sum(1 for line in intake_lines(city) if line.filed)
    top = next(
        row for (row, column), cell in cells.items() if column == 2 and cell.raw == "各单位报送情况（个）"
    )
    end = next(row for (row, c), cell in cells.items() if c == 2 and cell.raw == "待认领的文件（个）")
    counts = [int(cell.raw) for (row, c), cell in cells.items() if c == 3 and top < row < end]
    assert sum(counts) == len(NAMES)
    others = [int(cell.raw) for (row, c), cell in cells.items() if c == 3 and row > end]
    assert sum(others) == len(city.strangers) == 4


def test_what_the_roster_says_of_a_unit_is_counted_on_its_line(city: Consolidation) -> None:
    """A unit that counts in part is wrong: its line does not say 0 errors. Nothing is counted twice."""
    cells = open_book(city_workbook(city)).cells("报送情况")
    rows = {cells[row, 6].raw: row for row, c in cells if c == 6 and row > 3 and (row, 7) in cells}
    errors = {file: cells[row, 7].raw for file, row in rows.items()}
    assert errors[f"{辰}.json"] == "1" and errors[f"{甲}.xlsx"] == "0"
    assert errors[f"{乙}.xlsx"] == "2", "its own, and not once more that it has some"


def test_errors_of_a_unit_are_counted_once(city: Consolidation) -> None:
    own = sum(f.level == "error" for filed in city.intake.files for f in filed.submission.findings)
    of_city = [f for f in city.findings if f.level == "error" and f.rule != "unit-invalid"]
    assert errors_of(city) == own + len(of_city)
    summed_up = {f.place.split("/")[0]: f.remedy for f in city.findings if f.rule == "unit-invalid"}
    assert set(summed_up) == {乙, 丙, 丁, 戊}
    assert [unit for unit, remedy in summed_up.items() if "--include-invalid" not in remedy] == [丙, 丁]


def test_a_missing_seal_is_said_once(city: Consolidation) -> None:
    (found,) = (p for p in city.problems() if p.finding.rule == "seal-missing")
    assert found.unit == "某市" and found.finding.message.startswith("12 份文件没有校验标记")
    assert 丙 in found.finding.message, "what a copy or another file stands for is not asked for"


def test_who_is_included_is_not_told_to_be_included(contents: Mapping[str, bytes], tmp_path: Path) -> None:
    city = summed(laid(tmp_path, {f"{乙}.xlsx": contents[f"{乙}.xlsx"]}), include_invalid=True)
    (found,) = (f for f in city.findings if f.rule == "unit-invalid")
    assert (found.level, "--include-invalid" in found.remedy) == ("warning", False)
    (line,) = (line for line in intake_lines(city) if line.filed)
    assert line.look.label == "已报有误（已汇总，含错误）"


def test_an_empty_form_never_counts_and_never_stands_against_a_filled_one(
    contents: Mapping[str, bytes], tmp_path: Path
) -> None:
    blank = contents[f"{丙}.xlsx"]
    city = summed(laid(tmp_path, {f"{丙}.xlsx": blank}), include_invalid=True)
    assert not city.taken
    city = summed(laid(tmp_path, {f"{丙}（填好）.xlsx": write_workbook(sent(丙))}))
    (row,) = (row for row in city.units if row.files)
    assert row.status == "taken"
    assert [f.status for f in row.files] == ["unfilled", "taken"]


def test_names_are_ordered_by_cover_and_file() -> None:
    names = ["某市民名局", "某市错名局", "某市名错局"]
    assert similar("某市错名句", names, beginning="某市", file="某市名错局2024年报")[0] == "某市名错局"
    assert similar("某市错名句", names, beginning="某市")[0] == "某市错名局"


def test_what_the_program_makes_of_a_city_is_known(tmp_path: Path) -> None:
    """A workbook whose hidden sheet says a kind and no form, and a page whose head says what it is."""
    book = openpyxl.Workbook()
    book.active.title = "汇总台"
    hidden = book.create_sheet(marks("sheets")["data"])
    hidden.append([marks("sheets")["data"], "9"])
    hidden.append(["kind", "desk"])
    hidden.sheet_state = "veryHidden"
    book.save(tmp_path / "台.xlsx")
    head = '<html><head><meta name="generator" content="gouji city 0.5.0"></head>'
    (tmp_path / "看.html").write_text(head + "<body>某市</body></html>", "utf-8")
    found = {line.filed.submission.file: line for line in intake_lines(summed(tmp_path)) if line.filed}
    assert {line.status for line in found.values()} == {"own_output"}
    assert found["台.xlsx"].remarks == ("这是本程序生成的“汇总台”，不作为报送件",)


def test_a_whole_season_in_the_folder(tmp_path: Path) -> None:
    """What it keeps for itself is ours, and nobody is told to delete it: there is what people wrote."""
    season.run(season.season(tmp_path / "某市2024"))
    found = {line.filed.submission.file: line for line in intake_lines(summed(tmp_path)) if line.filed}
    run = next(name for name in found if name.endswith(".汇总记录"))
    ours = [run, "某市2024/记录.sqlite", "某市2024/汇总台.xlsx", "某市2024/结果/最新结果.html"]
    assert {found[file].status for file in ours} == {"own_output"}
    assert not any("可以删除" in remark for file in ours for remark in found[file].remarks)
    assert "汇总台" in found["某市2024/汇总台.xlsx"].remarks[0]


# ---------------------------------------------------------------- 以…为准


def test_the_office_decides_which_version_counts(contents: Mapping[str, bytes], tmp_path: Path) -> None:
    two = {name: content for name, content in contents.items() if 壬 in name}
    folder = laid(tmp_path, two)
    first, second = sorted(two)
    assert summed(folder).report.number("t3.new.total") == 0, "a newer version never wins by itself"
    for file, number in ((first, 3), (second, 7)):
        city = summed(folder, desk([Preferred(壬, file, "来函", 1)]))
        assert city.report.number("t3.new.total") == number
        (row,) = (row for row in city.units if row.files)
        assert row.taken and row.taken.submission.file == file
        assert "按“以…为准”采用此份（来函）" in row.taken.remarks
        assert "superseded" in {f.status for f in row.files}
        (said,) = (f for f in city.findings if f.rule == "unit-superseded")
        assert said.level == "hint" and "依次为3、7" in said.message


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([Preferred(壬, "没有.xlsx", "", 4)], "第 4 行没有采用：没有收到"),
        ([Preferred(壬, f"{壬}.xlsx", "", 1), Preferred(壬, f"第二次/{壬}.xlsx", "", 2)], "两份不同的文件"),
        ([Preferred("某市戌局", "a.xlsx", "", 2)], "不在应报单位名单中"),
        ([Preferred(甲, f"去年/{甲}.xlsx")], "“以…为准”没有采用"),
    ],
)
def test_a_preference_that_names_no_file_is_an_error(
    contents: Mapping[str, bytes], tmp_path: Path, lines: list[Preferred], said: str
) -> None:
    folder = laid(tmp_path, {n: c for n, c in contents.items() if 壬 in n or n.startswith("去年")})
    city = summed(folder, desk(lines))
    (found,) = (f for f in city.findings if f.rule == "unit-preferred")
    assert found.level == "error" and said in found.message
    assert not city.taken


def test_a_name_alone_chooses_only_where_it_is_the_only_one(
    contents: Mapping[str, bytes], tmp_path: Path
) -> None:
    two = {f"{i}/{壬}.xlsx": c for i, c in enumerate(c for n, c in contents.items() if 壬 in n)}
    city = summed(laid(tmp_path, two), desk([Preferred(壬, f"{壬}.xlsx")]))
    (found,) = (f for f in city.findings if f.rule == "unit-preferred")
    assert "有几份" in found.message and not city.taken


def test_which_is_newer_by_seal_before_file(contents: Mapping[str, bytes], tmp_path: Path) -> None:
    found = read_submissions(
        find_files(laid(tmp_path, {n: c for n, c in contents.items() if 壬 in n})), Context()
    )
    older, newer = sorted(found, key=lambda s: s.file)
    os.utime(tmp_path / older.file)
    by_file = versions_of([[newer], [older]])
    assert by_file.by == "file" and by_file.files == (older.file, newer.file)
    times = ("2025-01-09T10:00:00+08:00", "2025-01-09T03:00:00+00:00")
    marked = [replace(s, seal="intact", sealed_at=t) for s, t in zip((older, newer), times, strict=True)]
    by_seal = versions_of([[one] for one in marked])
    assert (by_seal.by, by_seal.newest) == ("seal", newer.file), "moments, not their spelling"
    broken = [marked[0], replace(marked[1], seal="broken")]
    assert versions_of([[one] for one in broken]).by == "file"
    assert versions_of([[replace(one, modified=0)] for one in (older, newer)]).newest == ""


def test_versions_that_differ_in_texts_and_notes_only(contents: Mapping[str, bytes]) -> None:
    one = sent(甲)
    other = replace(one, texts={**(one.texts or {}), "六": "另有说明。"}, notes={"注1": "口径"}, period=None)
    found = versions_of([[Submission("a", one)], [Submission("b", other)]])
    assert [d.place for d in found.differences] == ["第六部分文字", "注1", "统计期限"]
    assert found.differences[0].values == ("本年度未收取信息处理费。", "另有说明。")


def test_texts_that_begin_alike_are_shown_where_they_part() -> None:
    """Whatever the others are like; and of what has no value of its own no values are listed."""
    begun = "政务公开的主要做法没有变化，" * 9
    texts = [begun + "新设专栏。" + "甲" * 70, begun + "没有专栏。" + "甲" * 70, "另一种写法。"]
    reports = [replace(sent(甲), texts={"五": text}) for text in texts]
    (one,) = versions_of([[Submission(str(i), r)] for i, r in enumerate(reports)]).differences
    assert len(set(one.values)) == 3 and one.values[0].startswith("……") and one.values[0].endswith("……")
    explained = replace(reports[0], explanations={"stock-floor:t2": Explanation("按清理结果", "")})
    found = versions_of([[Submission("a", reports[0])], [Submission("b", explained)]])
    assert found.remarks() == ("有 1 处不同：审核说明不同",)
    assert found.differences[0].values == ("各不相同", "各不相同")


def test_every_rule_of_the_intake_can_be_switched_off(contents: Mapping[str, bytes], tmp_path: Path) -> None:
    every = catalogue().rules
    quiet = Catalogue({name: rule.switched(off=True) for name, rule in every.items()})
    folder = laid(tmp_path, {n: c for n, c in contents.items() if 壬 in n or 辰 in n})
    city = summed(folder, desk([Preferred(壬, "没有.xlsx")]), rules=quiet)
    assert [f for f in city.findings if f.rule.startswith("unit-")] == []
