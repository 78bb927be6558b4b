"""Writing where it can not be done: the file is named as people know it, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji.cli import main
from gouji.files import Locked, atomic_write, distinct, file_part


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps an open file from being replaced")
def test_an_open_target_is_said_to_be_open(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"old")
    with (
        target.open("rb"),
        pytest.raises(Locked, match="请关闭"),
        atomic_write(target, force=True) as draft,
    ):
        draft.write_bytes(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"] and target.read_bytes() == b"old"


def test_a_refused_target_says_what_to_do(tmp_path: Path) -> None:
    assert "请关闭" in str(Locked(tmp_path / "汇总.xlsx")) and "汇总.xlsx" in str(
        Locked(tmp_path / "汇总.xlsx")
    )


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files")
def test_a_draft_is_never_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can be written, people hear of the file that they named."""
    with pytest.raises(SystemExit) as stopped:
        main(["template", "--year", "2024", "--unit", "某局", "-o", "/proc/模板.xlsx"])
    said = capsys.readouterr().err
    assert stopped.value.code == 2 and said.startswith("/proc/模板.xlsx：") and "Traceback" not in said


def test_a_long_name_is_shortened_and_stays_one_of_its_own() -> None:
    """Most systems take 255 bytes; a unit's name is not what a batch stops at."""
    name = "某市" + "名称很长的单位" * 20
    part = file_part(name + "甲局")
    assert part.startswith("某市名称很长的单位") and part.endswith("…")
    assert len(f".{part}_2024年度报告.01234567.xlsx".encode()) <= 255
    assert len({str(p) for p in distinct([Path(part), Path(file_part(name + "乙局"))])}) == 2
    assert file_part("甲" * 60) == "甲" * 60
