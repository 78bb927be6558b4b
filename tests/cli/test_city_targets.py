"""What was read is never written over, and of what lies at an output only an earlier result is replaced."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import openpyxl
import pytest

import support
from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from gouji.workbook.reading.reader import read_workbook
from support.filled import write_workbook

pytestmark = pytest.mark.slow


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    code = stopped.value.code
    return code if isinstance(code, int) else 0


def counted(unit: str, number: int, year: int = 2024) -> Report:
    form = load_form("2021")
    values = {c.id: 0 for c in form.cells} | {"t2.documents.made": number, "t2.documents.in_force": number}
    return Report(form, unit=unit, year=year, values=dict(values))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲局.xlsx").write_bytes(write_workbook(counted("甲局", 1)))
    (tmp_path / "名单.csv").write_text("单位名称\n甲局\n乙局\n", "utf-8")
    return folder


def consolidate(sent: Path, out: Path, *more: object, name: str = "某市") -> int:
    roster = sent.parent / "名单.csv"
    return run("consolidate", sent, "--roster", roster, "--name", name, "--year", 2024, "-o", out, *more)


def made(folder: Path) -> int:
    return read_workbook(folder / "某市_2024_汇总.xlsx").report.number("t2.documents.made")


TARGETS = ["某市_2024_汇总.xlsx", "某市_2024_催报名单.xlsx", "某市_2024_明细.xlsx"]


@pytest.mark.parametrize("name", TARGETS)
def test_a_submission_with_the_name_of_an_output(
    sent: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named and kept, also where this run would not write that file, and before anything is read."""
    target = sent / name
    target.write_bytes(write_workbook(counted("乙局", 10)))
    before = target.read_bytes()
    assert consolidate(sent, sent, "--force") == 2
    said = capsys.readouterr()
    assert name in said.err and "没有覆盖" in said.err and not said.out
    assert target.read_bytes() == before
    assert sorted(p.name for p in sent.iterdir()) == sorted(["甲局.xlsx", name])


def test_results_of_another_city_year_or_kind_are_kept(sent: Path, tmp_path: Path) -> None:
    assert consolidate(sent, tmp_path / "乙", name="乙市") == 1
    for other in ("乙市_2024_汇总.xlsx", "乙市_2024_催报名单.xlsx"):
        for target in TARGETS[:2]:
            (tmp_path / "出").mkdir(exist_ok=True)
            (tmp_path / "出" / target).write_bytes((tmp_path / "乙" / other).read_bytes())
            assert consolidate(sent, tmp_path / "出", "--force") == 2
            (tmp_path / "出" / target).unlink()


def test_an_earlier_result_is_replaced_and_never_summed(sent: Path) -> None:
    """The output folder is the input folder, and the roster has the city itself."""
    (sent.parent / "名单.csv").write_text("单位名称\n甲局\n乙局\n某市\n", "utf-8")
    assert consolidate(sent, sent) == 1
    assert made(sent) == 1
    assert consolidate(sent, sent) == 2
    (sent / "乙局.xlsx").write_bytes(write_workbook(counted("乙局", 10)))
    (sent / "某市.xlsx").write_bytes(write_workbook(counted("某市", 100)))
    assert consolidate(sent, sent, "--force") == 0
    assert made(sent) == 111
    assert not (sent / "某市_2024_催报名单.xlsx").exists()
    assert consolidate(sent, sent, "--force") == 0
    assert made(sent) == 111


def test_a_result_elsewhere_below_the_folder(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert consolidate(sent, sent / "第一次") == 1
    capsys.readouterr()
    (sent / "乙局.xlsx").write_bytes(write_workbook(counted("乙局", 10)))
    assert consolidate(sent, sent / "第二次") == 0
    assert made(sent / "第二次") == 11
    said = capsys.readouterr().out
    assert "不作为报送件：第一次/某市_2024_汇总.xlsx（这是本次汇总的结果（某市 2024 年）" in said
    assert "第一次/某市_2024_催报名单.xlsx（这是汇总时生成的“催报名单”" in said


def test_a_submission_in_the_output_folder_is_read(sent: Path) -> None:
    (sent / "出").mkdir()
    (sent / "出" / "乙局.xlsx").write_bytes(write_workbook(counted("乙局", 10)))
    assert consolidate(sent, sent / "出") == 0
    assert made(sent / "出") == 11


def test_what_was_given_beside_the_folder_is_kept(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    assert consolidate(sent, out) == 1
    target = out / "某市_2024_汇总.xlsx"
    before = target.read_bytes()
    assert consolidate(sent, out, "--force", "--city", target) == 2
    assert target.read_bytes() == before


def test_a_result_of_0_1_0_is_replaced(sent: Path, tmp_path: Path) -> None:
    old = support.DATA / "archive" / "0.1.0" / "汇总.xlsx"
    report = read_workbook(old).report
    out = tmp_path / "出"
    out.mkdir()
    target = out / f"{report.unit}_{report.year}_汇总.xlsx"
    target.write_bytes(old.read_bytes())
    given = ("--roster", tmp_path / "名单.csv", "--name", report.unit, "--year", report.year, "-o", out)
    assert run("consolidate", sent, *given) == 2
    assert run("consolidate", sent, *given, "--force") == 1
    assert target.read_bytes() != old.read_bytes()


def links() -> list[object]:
    return [pytest.param(os.link, id="hard"), pytest.param(os.symlink, id="symbolic")]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("link", links())
class TestLinks:
    """An output's name that leads to an input, by every command."""

    def test_consolidate(self, sent: Path, tmp_path: Path, link: object) -> None:
        assert callable(link)
        (tmp_path / "出").mkdir()
        link(sent / "甲局.xlsx", tmp_path / "出" / "某市_2024_汇总.xlsx")
        before = (sent / "甲局.xlsx").read_bytes()
        assert consolidate(sent, tmp_path / "出", "--force") == 2
        assert (sent / "甲局.xlsx").read_bytes() == before

    def test_commands_of_one_file(self, sent: Path, tmp_path: Path, link: object) -> None:
        assert callable(link)
        book, other = sent / "甲局.xlsx", tmp_path / "别名.xlsx"
        prior, rules = tmp_path / "上年.json", tmp_path / "规则.toml"
        prior.write_text(dumps(to_json(counted("甲局", 1, 2023))), "utf-8")
        rules.write_text("", "utf-8")
        report = tmp_path / "甲局.json"
        report.write_text(dumps(to_json(counted("甲局", 1))), "utf-8")
        known = ("--prior", prior, "--rules", rules)
        template = ("template", "--year", 2024, *known)
        names = tmp_path / "单位.csv"
        names.write_text("单位名称\n别名\n", "utf-8")
        commands = [
            (book, ("export", book, "-o", other)),
            (book, ("seal", book, "-o", other)),
            (report, ("fill", report, *known, "-o", other)),
            *((path, ("validate", book, *known, "--report", other)) for path in (book, prior, rules)),
            *((path, ("seal", book, *known, "-o", other)) for path in (prior, rules)),
            *((path, ("fill", report, *known, "-o", other)) for path in (prior, rules)),
            *((path, (*template, "--unit", "甲局", "-o", other)) for path in (prior, rules)),
        ]
        for path, command in commands:
            before = path.read_bytes()
            link(path, other)
            assert run(*command, "--force") == 2, command
            assert path.read_bytes() == before and other.samefile(path)
            other.unlink()

    def test_templates_for_everybody(self, tmp_path: Path, link: object) -> None:
        assert callable(link)
        names, rules, out = tmp_path / "单位.csv", tmp_path / "规则.toml", tmp_path / "出"
        names.write_text("单位名称\n甲局\n", "utf-8")
        rules.write_text("", "utf-8")
        out.mkdir()
        for path in (names, rules):
            link(path, out / "甲局_2024年度报告.xlsx")
            given = ("--roster", names, "--rules", rules, "-o", out, "--force")
            assert run("template", "--year", 2024, *given) == 2
            (out / "甲局_2024年度报告.xlsx").unlink()


def test_the_demo_keeps_what_is_not_its_own(tmp_path: Path) -> None:
    """An office's own 汇总台 of the same name."""
    target = tmp_path / "太仓市2019" / "汇总台.xlsx"
    target.parent.mkdir()
    target.write_bytes(write_workbook(counted("甲局", 1)))
    before = target.read_bytes()
    assert run("demo", tmp_path, "--force") == 2
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["太仓市2019"]


def test_a_word_file_that_lies_where_the_units_files_lie_is_kept(sent: Path) -> None:
    """It does not say who made it; in a folder of results an earlier one may be replaced."""
    target = sent / "某市_2024_年度报告.docx"
    target.write_bytes(b"PK of a unit")
    assert consolidate(sent, sent, "--force") == 2
    assert target.read_bytes() == b"PK of a unit"
    out = sent.parent / "结果"
    out.mkdir()
    (out / target.name).write_bytes(b"PK of an earlier run")
    assert consolidate(sent, out, "--force") == 1  # 乙局 is missing
    assert (out / target.name).read_bytes() != b"PK of an earlier run"


def test_a_list_made_by_hand_is_never_deleted(sent: Path) -> None:
    (sent / "乙局.xlsx").write_bytes(write_workbook(counted("乙局", 10)))
    book = openpyxl.Workbook()
    book.active.title = "催报名单"
    book.active.append(["单位名称"])
    target = sent.parent / "某市_2024_催报名单.xlsx"
    book.save(target)
    assert consolidate(sent, sent.parent, "--force") == 2
    assert target.exists()
