"""A template that came back as it was sent: one reason, in words that a clerk understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report
from support.filled import write_workbook
from support.years import unit


@pytest.mark.parametrize("declared", [False, True])
def test_an_untouched_template_is_left_out_for_one_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], declared: bool
) -> None:
    (tmp_path / "in").mkdir()
    blank = Report(load_form("2021"), "甲局", 2024, blank_is_zero=declared)
    (tmp_path / "in" / "甲.xlsx").write_bytes(write_workbook(blank))
    (tmp_path / "in" / "乙.xlsx").write_bytes(write_workbook(unit("乙局", 2024, new=7)))
    (tmp_path / "r.csv").write_text("单位名称\n甲局\n乙局\n", "utf-8")
    given = ("--roster", tmp_path / "r.csv", "--name", "某市", "--year", 2024, "-o", tmp_path / "out")
    with pytest.raises(SystemExit) as stopped:
        main(list(map(str, ("consolidate", tmp_path / "in", *given))))
    assert stopped.value.code == 1
    said = capsys.readouterr().out
    assert "未计入：甲局（空白表，没有填写" in said
    assert sum("甲局" in line and "退回单" not in line for line in said.splitlines()) == 1
