"""``gouji verify``: exit code and one line for each thing that is not as it was."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

import gouji
from gouji.city.consolidate import Consolidation
from gouji.city.drafting import report_word
from gouji.city.memory.manifest import manifest_bytes
from gouji.city.memory.stamp import stamp
from gouji.city.memory.stamping import stamped
from gouji.city.results import workbook
from gouji.city.run import Run
from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from support.command import Run as Command
from support.command import refused

FORM = load_form("2021")


def put(path: Path, unit: str, made: int = 0, year: int = 2024) -> None:
    sent = Report(FORM, unit, year, values={cell.id: 0 for cell in FORM.cells})
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
    assert ran.code == 0 and ran.out.splitlines()[-1].startswith("没有核对汇总时读入的 2 个报送文件；")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"abc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@pytest.mark.parametrize("name", ["甲.xlsx", "甲.docx", "甲.html", "甲.json", "甲.csv", "清单.json"])
def test_what_bears_no_stamp_can_not_be_verified(
    run: Command, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    refused(run("verify", tmp_path / name), name)


# ---------------------------------------------------------------- a season as it is run


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A season with last year's file beside it, run once by the program: every kind of output."""
    home = tmp_path_factory.mktemp("市")
    before = home / "上年"
    before.mkdir()
    put(before / "甲局.json", "甲局", year=2023)
    roster = home / "名单.csv"
    roster.write_text("单位名称\n甲局\n乙街道\n丙局\n", "utf-8-sig")
    folder = home / "某市2024"
    asked = ["season", "某市", "--year", "2024", "--roster", roster, "--prior", before, "-o", folder]
    assert code_of(*asked) == 0
    put(folder / "报送" / "甲局.json", "甲局")
    wrong = Report(FORM, "乙街道", 2024, values={cell.id: 0 for cell in FORM.cells})
    wrong.set("t3.new.total", 4)
    (folder / "报送" / "乙.xlsx").write_bytes(gouji.write(wrong))
    (folder / "报送" / "附件.zip").write_bytes(b"PK")
    (folder / "报送" / "~$乙.xlsx").write_bytes(b"lock")
    assert code_of("consolidate", folder) == 1
    (folder / "报送" / "~$乙.xlsx").unlink()
    return home


def code_of(*arguments: object) -> object:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    return stopped.value.code


def outputs(home: Path) -> list[Path]:
    (run_folder,) = (path for path in (home / "某市2024" / "结果").iterdir() if path.is_dir())
    return [p for p in sorted(run_folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]


def test_every_output_of_a_season_is_verified(played: Path, run: Command) -> None:
    found = outputs(played)
    assert {path.suffix for path in found} == {".xlsx", ".docx", ".html", ".json", ".txt"}
    assert any(path.parent.name == "退回单" for path in found)
    for path in found:
        ran = run("verify", path)
        assert ran.code == 0, ran.out
        if "退回单" not in path.name:
            assert "汇总时读入的 2 个报送文件和 上年/甲局.json、汇总台.xlsx 都没有变（报送）。" in ran.out
            assert ran.out.splitlines()[-1] == "汇总时没有读取内容，不核对：附件.zip。", "no lock is missed"


def test_a_folder_is_verified_by_its_list(played: Path, run: Command) -> None:
    found = outputs(played)
    for folder in (found[0].parent, found[0].parent.parent, played / "某市2024"):
        ran = run("verify", folder)
        assert ran.code == 0 and f"清单中的 {len(found) - 1} 个文件都与写出时一致。" in ran.out
    refused(run("verify", played / "上年"), "上年")


def test_one_byte_of_any_output(played: Path, run: Command, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(played, tmp_path / "搬走"))
    for path in outputs(copied):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        ran = run("verify", path)
        assert ran.code == 1, path
        said = "写出后被改动或已损坏，打不开了。", "写出后被改过或另存过。"
        assert f"{path.name}：" in ran.out and any(words in ran.out for words in said)
        assert "报送单位" not in ran.out, "nobody sent it"
        path.write_bytes(whole)


def test_a_damaged_output_of_which_no_list_knows(played: Path, run: Command, tmp_path: Path) -> None:
    book = next(path for path in outputs(played) if path.name.endswith("汇总.xlsx"))
    whole = bytearray(book.read_bytes())
    whole[len(whole) // 2] ^= 1
    (tmp_path / "汇总.xlsx").write_bytes(whole)
    refused(run("verify", tmp_path / "汇总.xlsx"), "已损坏，读不出汇总标记")


def test_the_whole_folder_in_another_place(played: Path, run: Command, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(played, tmp_path / "搬走"))
    assert run("verify", copied / "某市2024").code == 0
    (copied / "上年" / "甲局.json").unlink()
    ran = run("verify", copied / "某市2024")
    assert ran.code == 1 and "汇总后不见了：上年/甲局.json。" in ran.out


def test_an_input_under_another_name_is_the_same(played: Path, run: Command, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(played, tmp_path / "搬走"))
    sent = copied / "某市2024" / "报送"
    (sent / "街道").mkdir()
    (sent / "乙.xlsx").rename(sent / "街道" / "乙街道.xlsx")
    ran = run("verify", copied / "某市2024")
    assert ran.code == 0
    assert "改了名或移了位置，内容没有变：乙.xlsx → 街道/乙街道.xlsx。" in ran.out
    put(sent / "甲局.json", "甲局", 3)
    ran = run("verify", copied / "某市2024")
    assert ran.code == 1 and "汇总后改过：甲局.json（甲局）。" in ran.out and "都没有变" not in ran.out


def test_an_output_under_another_name_is_found(played: Path, run: Command, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(played, tmp_path / "搬走"))
    said = next(path for path in outputs(copied) if path.suffix == ".txt")
    ran = run("verify", said.rename(said.with_name("说明改名.txt")))
    assert ran.code == 0 and "说明改名.txt：与写出时一致。" in ran.out


def test_a_folder_of_other_files_is_said_to_be_another(played: Path, run: Command, tmp_path: Path) -> None:
    other = tmp_path / "别的报送"
    other.mkdir()
    put(other / "丁局.json", "丁局")
    ran = run("verify", outputs(played)[0].parent, "--folder", other)
    assert ran.code == 1 and "别的报送 里没有汇总时读入的文件，请核对是不是当时的报送文件夹。" in ran.out
    whole = run("verify", outputs(played)[0].parent, "--folder", played / "某市2024")
    assert whole.code == 0, "the season's folder stands for 报送 in it"


def test_a_published_report_by_itself(played: Path, run: Command, tmp_path: Path) -> None:
    """It names no file: those beside 报送 are known to be beside it, and 汇总台 is found there."""
    report = next(path for path in outputs(played) if path.name.endswith("年度报告.docx"))
    (tmp_path / "年报.docx").write_bytes(report.read_bytes())
    ran = run("verify", tmp_path / "年报.docx", "--folder", played / "某市2024" / "报送")
    assert ran.code == 0, ran.out
    assert "汇总时读入的 2 个报送文件和 1 个其他文件 都没有变（报送）。" in ran.out
    assert "报送文件夹以外的 1 个文件（如汇总台、上年文件）没有找到，没有核对。" in ran.out


def test_a_file_that_is_not_there(run: Command, tmp_path: Path) -> None:
    refused(run("verify", tmp_path / "无.xlsx"))
