"""``gouji verify``: exit code and one line for each thing that is not as it was."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import gouji
from gouji.city.consolidate import Consolidation
from gouji.city.drafting import report_word
from gouji.city.memory import stamp
from gouji.city.memory.manifest import manifest_bytes
from gouji.city.memory.stamping import stamped
from gouji.city.results import workbook
from gouji.city.run import Run
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from support.command import Run as Command
from support.command import refused

FORM = load_form("2021")


def put(path: Path, unit: str, made: int = 0) -> None:
    sent = Report(FORM, unit, 2024, values={cell.id: 0 for cell in FORM.cells})
    sent.set("t2.coercion.decisions", made)
    path.write_text(dumps(to_json(sent)), "utf-8")


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """A season with one run: its workbook, its report as Word for the public, a CSV file, and the list of
    these."""
    sent = tmp_path / "报送"
    (sent / "街道").mkdir(parents=True)
    put(sent / "甲局.json", "甲局")
    put(sent / "街道" / "乙.json", "乙街道")
    roster = tmp_path / "名单.csv"
    roster.write_text("单位名称\n甲局\n乙街道\n丙局\n", "utf-8-sig")
    run = Run(3, datetime.datetime(2025, 1, 20, 10, 0))
    city = gouji.consolidate(sent, roster=roster, name="某市", year=2024, run=run, include_invalid=True)
    write(city, tmp_path / "结果" / "第003次")
    return tmp_path


def write(city: Consolidation, folder: Path) -> None:
    folder.mkdir(parents=True)
    said = stamp(city)
    outputs = {
        "汇总.xlsx": stamped(workbook(city), said, "xlsx"),
        "年度报告.docx": stamped(report_word(city), said.published(), "docx"),
        "退回单/甲局.json": stamped(dumps(to_json(city.parts[0][1])).encode(), said.of("甲局"), "json"),
        "长表.csv": b"a,b\r\n",
    }
    for name, content in {**outputs, "清单.json": manifest_bytes(said, outputs)}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


RUN = Path("结果") / "第003次"
OUTPUTS = ("汇总.xlsx", "年度报告.docx", "退回单/甲局.json", "长表.csv", "清单.json")


@pytest.mark.parametrize("output", OUTPUTS)
def test_all_is_as_it_was(season: Path, run: Command, output: str) -> None:
    ran = run("verify", season / RUN / output)
    assert ran.code == 0, ran.out
    first, *rest = ran.out.splitlines()
    assert first.startswith("某市 2024 年第 3 次汇总，由 gouji ") and "2025-01-20 10:00" in first
    assert len(rest) == 2 and "都没有变（报送）" in rest[1]


def test_each_input_that_is_not_as_it_was_is_named(season: Path, run: Command) -> None:
    put(season / "报送" / "甲局.json", "甲局", 7)
    (season / "报送" / "街道" / "乙.json").unlink()
    put(season / "报送" / "丙.json", "丙局")
    for output in ("汇总.xlsx", "长表.csv", "清单.json", "年度报告.docx"):
        ran = run("verify", season / RUN / output)
        assert ran.code == 1
        assert ran.out.splitlines()[-3:] == [
            "汇总后改过：甲局.json（甲局）。",
            "汇总后不见了：街道/乙.json（乙街道）。",
            "汇总后新增：丙.json。",
        ]


def test_an_output_about_one_unit_speaks_of_that_unit_alone(season: Path, run: Command) -> None:
    put(season / "报送" / "街道" / "乙.json", "乙街道", 7)
    assert run("verify", season / RUN / "退回单/甲局.json").code == 0
    put(season / "报送" / "甲局.json", "甲局", 7)
    ran = run("verify", season / RUN / "退回单/甲局.json")
    assert ran.code == 1 and ran.out.splitlines()[-1] == "汇总后改过：甲局.json（甲局）。"


def test_a_report_for_the_public_names_no_file_by_itself(season: Path, run: Command, tmp_path: Path) -> None:
    """It lies elsewhere, without the run's list: which files there are new can still be said."""
    elsewhere = tmp_path / "公布" / "年报.docx"
    elsewhere.parent.mkdir()
    content = (season / RUN / "年度报告.docx").read_bytes()
    assert b"xlsx" not in content
    elsewhere.write_bytes(content)
    put(season / "报送" / "甲局.json", "甲局", 7)
    ran = run("verify", elsewhere, "--folder", season / "报送")
    assert ran.code == 1
    assert ran.out.splitlines()[-2:] == [
        "汇总时读入的文件有 1 个已改过或不见了。",
        "汇总后新增或改过：甲局.json。",
    ]


@pytest.mark.parametrize("output", ["汇总.xlsx", "长表.csv", "退回单/甲局.json"])
def test_an_output_that_was_altered_is_said_to_be(season: Path, run: Command, output: str) -> None:
    path = season / RUN / output
    path.write_bytes(path.read_bytes().replace(b"a,b", b"a,c").replace("甲局".encode(), "丁局".encode(), 1))
    if output == "汇总.xlsx":  # of another run: whole in itself, but not what the list says
        path.write_bytes(stamped(path.read_bytes(), stamp_of_another_run(season), "xlsx"))
    for asked in (output, "清单.json"):
        ran = run("verify", season / RUN / asked)
        assert ran.code == 1 and f"{Path(output).name}：写出后被改过或另存过。" in ran.out


def stamp_of_another_run(season: Path) -> gouji.city.memory.Stamp:  # type: ignore[name-defined]
    from dataclasses import replace

    from gouji.city.memory.manifest import read_manifest

    return replace(read_manifest((season / RUN / "清单.json").read_bytes()).stamp, run=4)


def test_an_output_that_is_gone(season: Path, run: Command) -> None:
    (season / RUN / "长表.csv").unlink()
    ran = run("verify", season / RUN / "清单.json")
    assert ran.code == 1 and "长表.csv：清单中有，现在没有了。" in ran.out


def test_without_the_folder_it_is_said_that_the_inputs_were_not_looked_at(
    season: Path, run: Command, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (season / "报送").rename(tmp_path / "移走")
    (elsewhere / "汇总.xlsx").write_bytes((season / RUN / "汇总.xlsx").read_bytes())
    ran = run("verify", elsewhere / "汇总.xlsx")
    assert ran.code == 0 and ran.out.splitlines()[-1].startswith("没有核对汇总时读入的 2 个文件")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"abc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["甲.xlsx", "甲.docx", "甲.html", "甲.json", "甲.csv", "清单.json"])
def test_what_bears_no_stamp_can_not_be_verified(
    run: Command, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    refused(run("verify", tmp_path / name), name)


def test_a_file_that_is_not_there(run: Command, tmp_path: Path) -> None:
    refused(run("verify", tmp_path / "无.xlsx"))
