"""``gouji export``: the ending says what is written; many files go into a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.report import Report, dumps, load, to_json
from support import DATA
from support.command import Run, refused
from support.drafts import zeros
from support.filled import write_workbook

SEED = DATA / "seeds" / "seed-4.json"


def book(path: Path, report: Report) -> Path:
    path.write_bytes(write_workbook(report))
    return path


@pytest.mark.parametrize(
    ("name", "start"), [("报告.docx", b"PK"), ("报告.html", b"<!DOCTYPE html>"), ("报告.JSON", b"{")]
)
def test_the_ending_says_the_format(run: Run, tmp_path: Path, name: str, start: bytes) -> None:
    assert run("export", SEED, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_contradiction_is_refused(run: Run, tmp_path: Path) -> None:
    refused(run("export", SEED, "--to", "json", "-o", tmp_path / "报告.docx"), ".json")
    refused(run("export", SEED, "-o", tmp_path / "报告.xlsx"), ".docx")
    assert list(tmp_path.iterdir()) == []


def test_many_files_go_into_a_folder_and_one_bad_one_stops_none(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    report = load(SEED)
    for name in ("甲", "乙"):
        book(folder / f"{name}.xlsx", report)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    out = tmp_path / "公布"
    ran = run("export", folder, "-o", out)
    assert ran.code == 2 and "坏.xlsx" in ran.err
    assert sorted(p.name for p in out.iterdir()) == [
        "太仓市_2019年度报告.docx",
        "太仓市_2019年度报告（2）.docx",
    ]
    refused(run("export", folder, "-o", tmp_path / "公布.docx"), "公布.docx")
    assert run("export", folder / "甲.xlsx", folder / "乙.xlsx", "--to", "json", "-o", out).code == 0
    assert json.loads((out / "太仓市_2019年度报告.json").read_text("utf-8"))["unit"] == "太仓市"


@pytest.mark.office
def test_a_pdf_by_the_installed_suite(run: Run, tmp_path: Path) -> None:
    assert run("export", SEED, "-o", tmp_path / "报告.pdf").code == 0
    assert (tmp_path / "报告.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_suite_it_is_said_how(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused(run("export", SEED, "-o", tmp_path / "报告.pdf"), "另存为 PDF")


def test_a_draft_only_where_it_is_asked_for(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "某局.json"
    source.write_text(dumps(to_json(zeros("2021", "某局", t2_licences_decisions=7))), "utf-8")
    for option, count in (((), 0), (("--draft",), 1)):
        target = tmp_path / f"{count}.html"
        assert run("export", source, "-o", target, *option).code == 0
        assert target.read_text("utf-8").count("共作出行政许可决定7件。") == count
