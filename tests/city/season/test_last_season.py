"""A season's folder as last year of the next: its newest run counts, not what lies in its folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.city.memory.stamping import stamp_in
from gouji.city.season.record import last_workbook
from gouji.city.sum.last_year import read_last_year
from support import season

pytestmark = pytest.mark.slow

MADE = "t2.documents.made"


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """Two runs whose results differ, and a file that came after both."""
    folder = season.season(tmp_path / "某市2024")
    season.run(folder)
    (folder / "报送" / "甲局.xlsx").write_bytes(season.counted("甲局", 7))
    season.run(folder)
    (folder / "报送" / "甲局.xlsx").write_bytes(season.counted("甲局", 9))
    return folder


def test_the_newest_run_is_last_year(last: Path) -> None:
    found = read_last_year(last, year=2024)
    assert (found.city.value(MADE), found.year) == (1 + 7, 2024)
    assert [(one.unit, one.value(MADE)) for one in found.units] == [("某市政府办", 1), ("甲局", 7)]
    assert found.tells_left_out and found.passed_over == ()


def test_a_run_that_is_gone_counts_no_more(last: Path) -> None:
    newest = last_workbook(last)
    assert newest and newest.parent.name.startswith("第002次")
    newest.unlink()
    assert read_last_year(last).city.value(MADE) == 1 + 2


def test_a_folder_without_a_run_is_read_file_by_file(tmp_path: Path) -> None:
    folder = season.season(tmp_path / "某市2024")
    assert last_workbook(folder) is None and last_workbook(tmp_path) is None
    assert [one.value(MADE) for one in read_last_year(folder, year=2024).units] == [1, 2]


def test_the_next_season_names_the_one_file_that_it_read(last: Path, tmp_path: Path) -> None:
    desk = season.desk(year=2025, prior="../某市2024")
    outcome = season.run(season.season(tmp_path / "某市2025", desk))
    assert outcome.city.prior and outcome.city.prior.value(MADE) == 1 + 7
    stamp = stamp_in(season.workbook(outcome).with_name("某市_2025_汇总.xlsx").read_bytes(), "xlsx")
    assert stamp
    beside = [one.file.rpartition("/")[2] for one in stamp.stamp.inputs if one.is_beside]
    assert sorted(beside) == ["某市_2024_汇总.xlsx", "汇总台.xlsx"]
