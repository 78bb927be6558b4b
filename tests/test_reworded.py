"""No sentence is a format: with all of them in other words, old and new files read as before, both ways."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import gouji
import support
from gouji.marks import Mark, marks_of
from gouji.report import canonical, from_json
from gouji.workbook.reading.by_mark import ByMark
from gouji.workbook.reading.reader import read_contents
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.wording import marks
from gouji.workbook.writer import write_workbook
from support import kept_files
from support.reworded import reworded

pytestmark = pytest.mark.long

#: Every package that has sentences, so that a new one is among them.
PACKAGES = tuple(
    path.parent.relative_to(Path(gouji.__file__).parent).as_posix()
    for path in sorted(Path(gouji.__file__).parent.rglob("wording.toml"))
)
ARCHIVE = sorted((support.DATA / "archive").glob("*/*.xls?"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in other words."""
    return reworded(tmp_path_factory.mktemp("package"), *PACKAGES)


def run(package: Path, *arguments: object) -> str:
    script = Path(kept_files.__file__)
    paths = (str(package), str(script.parents[1]))
    shown = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def plain(found: object) -> Any:
    """As it comes out of JSON."""
    return json.loads(json.dumps(found))


def test_files_of_every_release_read_the_same(other: Path) -> None:
    assert json.loads(run(other, "read", *ARCHIVE)) == plain(kept_files.read(ARCHIVE))


def test_files_of_today_read_the_same(other: Path, tmp_path: Path) -> None:
    kept_files.write(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert json.loads(run(other, "read", *files)) == plain(kept_files.read(files))


def test_files_in_other_words_read_the_same(other: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "这里", tmp_path / "那里"
    here.mkdir()
    there.mkdir()
    kept_files.write(here)
    run(other, "write", there)
    ours, theirs = (kept_files.read(sorted(folder.iterdir())) for folder in (here, there))
    assert [one["file"] for one in ours] == [one["file"] for one in theirs]
    heads = open_book(there / "催报.xlsx").cells("催报名单")
    assert "〔单位名称〕改" in {cell.raw for cell in heads.values()}, "it was the other package that wrote"
    assert without_city_notes(plain(theirs)) == without_city_notes(plain(ours))
    for one in theirs:
        assert one.get("unplaced", []) == []
        assert not any("label-changed" in said or "sheet-" in said for said in one.get("said", ()))


def without_city_notes(read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How a sum numbers and joins the notes of its units is a sentence, and its content at once."""
    for one in read:
        if "汇总" in one["file"]:
            for key in ("report", "last"):
                report = from_json(one[key])
                one[key] = canonical(replace(report, marks={}, notes={}))
    return read


def test_the_words_are_really_others(other: Path) -> None:
    text = (other / "gouji" / "city" / "wording.toml").read_text("utf-8")
    assert "〔{unit} {year} 年 报送情况〕改" in text


# ---------------------------------------------------------------- marks


def test_a_mark_is_written_in_its_first_spelling_and_read_in_all() -> None:
    mark = Mark(["合计", "总计"])
    assert (mark, f"{mark}", json.dumps(mark, ensure_ascii=False)) == ("合计", "合计", '"合计"')
    again = pickle.loads(pickle.dumps(mark))
    assert (again, again.spellings) == (mark, mark.spellings)
    assert [mark.names(text) for text in ("合计", " 总计\n", "合 计", "")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("package", "section"),
    [("gouji.workbook", "sheets"), ("gouji.city", "detail"), ("gouji.city", "roster.columns")],
)
def test_spellings_tell_marks_apart(package: str, section: str) -> None:
    spellings = [text for mark in marks_of(package, section).values() for text in mark.spellings]
    assert len(spellings) == len(set(spellings))


def test_a_sheet_under_an_older_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a later release called 封面 and 校验 otherwise, and the very hidden sheet too."""
    report = kept_files.unit("甲局", 1)
    book = open_book(write_workbook(report))
    renamed = {
        **marks("sheets"),
        **{key: Mark([f"新{key}", str(marks("sheets")[key])]) for key in ("cover", "check", "data")},
    }
    monkeypatch.setattr("gouji.workbook.reading.by_mark.marks", lambda section: renamed)
    assert ByMark.of(book).sheet_names[0] == "新cover"
    monkeypatch.undo()
    assert read_contents(book).report.unit == "甲局"
