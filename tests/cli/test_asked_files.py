"""What the command writes for those that must act: letters and 退回单 beside the results."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.city.asking.outputs import slips_folder
from gouji.city.intake.kinds import list_of
from gouji.report import dumps, to_json
from gouji.workbook.reading.reader import read_workbook
from support.asked import right, wrong
from support.command import Ran, Run, runner
from support.filled import write_workbook

LETTERS = ["某市_2024_催报通知.docx", "某市_2024_报送情况通报.docx"]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """甲局 is right, 乙局 has errors, 丙局 sent nothing; what is given goes into the folder too."""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲局.xlsx").write_bytes(write_workbook(right("甲局")))
    (folder / "乙局.xlsx").write_bytes(write_workbook(wrong("乙局")))
    (tmp_path / "名单.csv").write_text("单位名称\n甲局\n乙局\n丙局\n", "utf-8")
    run = runner(capsys)

    def consolidate(*more: Any, out: str = "结果") -> Ran:
        given = ("--roster", tmp_path / "名单.csv", "--name", "某市", "--year", 2024)
        return run("consolidate", folder, *given, "-o", tmp_path / out, *more)

    return consolidate


def written(folder: Path) -> list[str]:
    """What people see of it."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path.relative_to(folder).as_posix() for path in files)


def test_letters_and_slips_lie_beside_the_results(command: Run, tmp_path: Path) -> None:
    done = command()
    slip = f"{slips_folder()}/乙局_2024_退回单.xlsx"
    asked = [*LETTERS, slip]
    assert set(asked) < set(written(tmp_path / "结果"))
    assert all(file in done.out for file in LETTERS) and f"{slips_folder()}（1 份）" in done.out
    assert read_workbook(tmp_path / "结果" / slip).report.unit == "乙局", "a copy of what was sent"
    city = gouji.consolidate(tmp_path / "报送", roster=tmp_path / "名单.csv", name="某市", year=2024)
    without = city.files()
    sources = {"甲局.xlsx": b"", "乙局.xlsx": (tmp_path / "报送" / "乙局.xlsx").read_bytes()}
    assert set(city.files(sources.__getitem__)) == {*without, slip} == set(written(tmp_path / "结果"))
    assert set(LETTERS) < set(without)


def test_a_slip_that_is_no_copy_is_said_with_the_reason(command: Run, tmp_path: Path) -> None:
    """No cell holds the note: the unit gets a small workbook, and the office hears of it."""
    (tmp_path / "报送" / "乙局.xlsx").unlink()
    long = replace(wrong("乙局"), notes={"注1": "长" * 40_000})
    (tmp_path / "报送" / "乙局.json").write_text(dumps(to_json(long)), "utf-8")
    done = command()
    (said,) = (line for line in done.out.splitlines() if line.startswith("乙局：没能在报送件上标注"))
    assert "乙局_2024_退回单.xlsx" in said and said.endswith("。") and not said.endswith("。。")
    assert list_of(tmp_path / "结果" / slips_folder() / "乙局_2024_退回单.xlsx")[0] == "slip"


def test_what_was_written_is_never_read_as_sent(command: Run, tmp_path: Path) -> None:
    """Results within the folder that is read: a 退回单 is a copy of a report, and no second version of it."""
    first = command(out="报送/结果")
    again = command("--force", out="报送/结果")
    assert (
        first.out.splitlines()[0] == again.out.splitlines()[0] == "汇总 1 个单位（应报 3 个），未计入 2 个。"
    )
    assert "重复报送" not in again.out


def test_a_letter_among_the_reports_is_known_as_one(command: Run, tmp_path: Path) -> None:
    command()
    for name in (*LETTERS, "某市_2024_年度报告.docx"):
        shutil.copy(tmp_path / "结果" / name, tmp_path / "报送" / f"收到的{name}")
    done = command("--force")
    for name in LETTERS:
        assert f"不作为报送件：收到的{name}（这是汇总时生成的通知或通报，不作为报送件）" in done.out
    assert "收到的某市_2024_年度报告.docx（这是由填报表生成的 Word 报告，数字以填报表为准）" in done.out
