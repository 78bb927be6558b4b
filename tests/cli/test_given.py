"""Nothing to guess: the script by its name, what a folder says by itself, what to do with a text file."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gouji.city.intake.given import is_roster
from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from gouji.workshop.sample import sample
from support import ROOT
from support.filled import write_workbook

FORM = load_form("2021")


def zeros(unit: str, year: int = 2024) -> Report:
    texts = {"一": "一年来按要求公开。", "五": "解读材料偏少，将改进。", "六": "未收取信息处理费。"}
    return Report(FORM, unit=unit, year=year, values={c.id: 0 for c in FORM.cells}, texts=texts)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Workbooks of two units of 2024; the roster beside their folder."""
    folder = tmp_path / "报送"
    (folder / "乡镇").mkdir(parents=True)
    (folder / "甲局.xlsx").write_bytes(write_workbook(zeros("甲局")))
    (folder / "乡镇" / "乙镇.xlsx").write_bytes(write_workbook(zeros("乙镇")))
    (tmp_path / "单位.csv").write_text("单位名称\n甲局\n乙镇\n", "utf-8")
    return folder


class Said:
    def __init__(self, code: object, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Said:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    captured = capsys.readouterr()
    return Said(stopped.value.code, captured.out, captured.err)


# ---------------------------------------------------------------- the script, the module


def script(*arguments: object, python: tuple[str, ...] = (), cwd: Path | None = None) -> Said:
    """The script as a newcomer calls it: nothing of the project on the path."""
    command = [sys.executable, *python, ROOT / "addin" / "consolidate.py", *arguments]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, check=False, env=_bare())
    return Said(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def _bare() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def test_the_script_consolidates(sent: Path, tmp_path: Path) -> None:
    ran = script(sent, "--name", "某市", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "汇总 2 个单位（应报 2 个）" in ran.out
    assert (tmp_path / "汇总结果" / "某市_2024_汇总.xlsx").is_file()


def test_the_script_says_what_is_missing(sent: Path) -> None:
    """Without site-packages: one sentence in both languages, no traceback."""
    ran = script(sent, python=("-I", "-S"))
    assert ran.code == 2 and "Traceback" not in ran.err
    assert "缺少 Python 包" in ran.err and "pip install" in ran.err and len(ran.err.splitlines()) == 1


def test_the_package_runs_as_a_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gouji", "validate", str(tmp_path / "没有.xlsx")]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 2 and "找不到文件" in ran.stdout.decode()


# ---------------------------------------------------------------- consolidate


def test_roster_and_year_are_found_and_named(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 0
    assert ran.out.splitlines()[0].startswith("名单：") and ran.out.splitlines()[0].endswith("/单位.csv")
    assert "年度：2024（2 份报告一致）" in ran.out
    written = {p.name for p in (sent.parent / "汇总结果").glob("[!.]*")}
    # Warnings wait for an explanation.
    assert {"某市_2024_催报名单.xlsx", "某市_2024_年度报告.docx", "某市_2024_汇总.xlsx"} < written


def test_a_roster_in_the_folder_is_no_submission(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent.parent / "单位.csv").rename(sent / "名单.csv")
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 0 and "名单.csv" in ran.out.splitlines()[0] and "未计入：" not in ran.out


def test_two_rosters_are_listed(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(sent.parent / "单位.csv", sent / "名单.csv")
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 2 and ran.out == ""
    for said in ("单位.csv", "名单.csv", "--roster"):
        assert said in ran.err


def test_no_roster_is_said(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent.parent / "单位.csv").unlink()
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 2 and "--roster" in ran.err and "单位名称" in ran.err


def test_years_that_differ_are_listed(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent / "甲局.xlsx").write_bytes(write_workbook(zeros("甲局", 2023)))
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 2
    for said in ("2023 年 1 份", "2024 年 1 份", "--year"):
        assert said in ran.err
    assert not (sent.parent / "汇总结果").exists()
    assert run(capsys, "consolidate", sent, "--name", "某市", "--year", 2024).code == 1


def test_no_readable_report_says_no_year(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in list(sent.rglob("*.xlsx")):
        path.write_bytes(b"PK\x03\x04")
    ran = run(capsys, "consolidate", sent, "--name", "某市")
    assert ran.code == 2 and "--year" in ran.err


def test_the_name_comes_from_the_city_s_own_report_or_not_at_all(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run(capsys, "consolidate", sent)
    assert ran.code == 2 and "--name" in ran.err
    own = sent.parent / "本级.json"
    own.write_text(dumps(to_json(zeros("某市"))), "utf-8")
    ran = run(capsys, "consolidate", sent, "--city", own)
    assert ran.code == 0 and "名称：某市" in ran.out


def test_last_year_is_checked_against_the_year_that_was_found(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "consolidate", sent, "--name", "某市").code == 0
    prior = sent.parent / "汇总结果" / "某市_2024_汇总.xlsx"
    ran = run(capsys, "consolidate", sent, "--prior", prior, "-o", sent.parent / "又")
    assert ran.code == 2 and "应为 2023 年" in ran.err


def test_the_folder_of_the_results_is_never_the_one_that_is_read(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sent.rename(sent.parent / "汇总结果")
    ran = run(capsys, "consolidate", folder, "--name", "某市")
    assert ran.code == 2 and "-o" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "单位名称,代码\n甲局,1\n", True),
        ("a.csv", "应报单位名单\n类别,单位名称\n镇,乙镇\n", True),
        ("a.csv", "单位,表,行,列,原数,调整数,原因\n甲局,三,新收,总计,1,1,重复\n", False),
        ("a.csv", "单位名称\n", False),
        ("a.csv", "姓名,电话\n某某,1\n", False),
        ("a.xlsx", "单位名称\n甲局\n", False),
    ],
)
def test_a_roster_is_known_by_its_heads(name: str, text: str, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert is_roster(path) is expected


def test_a_form_is_no_roster(sent: Path) -> None:
    blank = sent / "空白.xlsx"
    blank.write_bytes(write_workbook(Report(FORM, texts={})))
    assert not any(map(is_roster, sent.rglob("*.xlsx")))


# ---------------------------------------------------------------- validate


def test_validate_takes_a_folder(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With sub-folders, rosters and foreign files passed over, an overview at the end."""
    (sent / "样例.xlsx").write_bytes(sample())
    (sent / "名单.csv").write_text("单位名称\n甲局\n", "utf-8")
    (sent / "说明.txt").write_text("x", "utf-8")
    ran = run(capsys, "validate", sent, "--report", sent.parent / "退回单")
    assert ran.code == 1
    passed_over = [line.rpartition("：")[2] for line in ran.err.splitlines()]
    assert passed_over == ["名单.csv（不是报告）", "说明.txt（不是报告）"]
    overview = ran.out[ran.out.index("错误  需说明") :].splitlines()
    assert [line.split()[0] for line in overview[1:4]] == ["0", "1", "0"]
    assert "共 3 份" in overview[4] and "有错误 1 份" in overview[4]
    assert len(list((sent.parent / "退回单").iterdir())) == 3


def test_validate_of_one_file_has_no_overview(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "validate", sent / "甲局.xlsx")
    assert ran.code == 0 and "共 1 份" not in ran.out


def test_a_folder_with_nothing_to_check_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "validate", tmp_path)
    assert ran.code == 2 and "没有可校验的" in ran.err


@pytest.mark.parametrize(
    ("name", "begins", "says"),
    [
        ("年报.PDF", b"%PDF-1.7", "另存为 .docx"),
        ("年报.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("年报.rtf", b"{\\rtf1", "另存为 .docx"),
        ("年报.ofd", b"PK\x03\x04", "。"),
    ],
)
def test_a_document_that_can_not_be_read_is_told_what_to_do(
    name: str, begins: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the words of who reads published reports, not of who reads forms."""
    path = tmp_path / name
    path.write_bytes(begins + bytes(600))
    ran = run(capsys, "validate", path)
    assert ran.code == 2 and says in ran.out
    assert "不是填报用的工作簿" not in ran.out


def test_the_sample_is_told_as_the_readme_prints_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both READMEs show the message on the sample; they show it whole and as it is."""
    monkeypatch.chdir(tmp_path)
    target = Path("workbook_templates") / "样例（有一处错误）.xlsx"
    target.parent.mkdir()
    target.write_bytes(sample())
    ran = run(capsys, "validate", target)
    assert ran.code == 1
    for readme in ("README.md", "README.zh-CN.md"):
        assert ran.out.replace("\\", "/") in (ROOT / readme).read_text("utf-8"), readme


# ---------------------------------------------------------------- what newcomers met


def test_an_empty_folder_is_said(sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    said = run(capsys, "consolidate", empty, "--name", "某市")
    assert said.code == 2 and "没有能读取的年报" in said.err


@pytest.mark.parametrize("name", ["模板.xlsm", "模板.docx", "模板.json"])
def test_a_file_is_what_its_name_says(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "template", "--year", 2024, "--unit", "甲局", "-o", tmp_path / name)
    assert said.code == 2 and ".xlsx" in said.err and not (tmp_path / name).exists()


def test_a_name_without_an_ending_gets_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not run(capsys, "template", "--year", 2024, "--unit", "甲局", "-o", tmp_path / "模板").code
    assert (tmp_path / "模板.xlsx").is_file()
    (tmp_path / "样例.xlsx").write_bytes(sample())
    assert not run(capsys, "export", tmp_path / "样例.xlsx", "-o", tmp_path / "数据").code
    assert (tmp_path / "数据.json").is_file()
    assert run(capsys, "validate", tmp_path / "样例.xlsx", "--report", tmp_path / "退回").code == 1
    assert len(list((tmp_path / "退回").glob("*.xlsx"))) == 1


def test_the_script_names_every_package_that_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {
        re.split("[>=;]", one)[0].strip() for one in project["dependencies"] if "sys_platform" not in one
    }
    spec = importlib.util.spec_from_file_location("consolidate_script", ROOT / "addin" / "consolidate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert set(module.NEEDED.values()) == needed
