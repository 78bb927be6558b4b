"""What ``汇总.cmd`` makes of what was dropped onto it; the script itself runs in tests/wine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click
import pytest

from gouji.cli import Failure, dropped, words
from gouji.cli.dropped import ARGUMENTS, LINE, SCRIPT, Job, dropped_paths, jobs
from support import season as example

WORDS = words("dropped")
BATCH = r"D:\安装 包 (一)&二!\汇总.cmd"


def explorer(rest: str) -> dict[str, str]:
    """What the script hands over where Explorer began it; of ``&`` on, its arguments are lost."""
    return {
        LINE: rf'C:\Windows\system32\cmd.exe /c ""{BATCH}" {rest}"',
        SCRIPT: BATCH,
        ARGUMENTS: rest.split("&")[0],
    }


@pytest.mark.parametrize(
    ("rest", "paths"),
    [
        ("", []),
        (r"D:\某市2024", [r"D:\某市2024"]),
        (r'"D:\某市 2024"', [r"D:\某市 2024"]),
        (r'D:\a&b.xlsx "D:\c & d.xlsx" D:\e.xlsx', [r"D:\a&b.xlsx", r"D:\c & d.xlsx", r"D:\e.xlsx"]),
        (r"D:\甲,乙;丙=丁^戊%戌!.xlsx", [r"D:\甲,乙;丙=丁^戊%戌!.xlsx"]),
        ("D:\\某局\u3000年报.xlsx D:\\乙\xa0局.xlsx", ["D:\\某局\u3000年报.xlsx", "D:\\乙\xa0局.xlsx"]),
        (r'D:\ "\\server\共享 一\某市"', ["D:\\", r"\\server\共享 一\某市"]),
    ],
)
def test_names_come_whole(rest: str, paths: list[str]) -> None:
    assert [str(p) for p in dropped_paths(explorer(rest))] == [str(Path(p)) for p in paths]


def test_a_script_begun_in_a_terminal_has_arguments() -> None:
    given = {LINE: r'"C:\Windows\system32\cmd.exe"', SCRIPT: BATCH, ARGUMENTS: r'"D:\某市 2024" D:\b.xlsx'}
    assert dropped_paths(given) == [Path(r"D:\某市 2024"), Path(r"D:\b.xlsx")]
    assert dropped_paths({}) == []


@pytest.fixture
def season(tmp_path: Path) -> Path:
    return example.season(tmp_path / "某市 2024")


@pytest.fixture
def returns(season: Path) -> Path:
    """A folder of returns beside its roster, and no 汇总台."""
    folder = season.parent / "收 到"
    shutil.copytree(season / "报送", folder / "报送件")
    (folder / "名单.csv").write_text("单位名称\n某市政府办\n甲局\n乙镇\n", "utf-8")
    return folder / "报送件"


def test_a_season_is_run_whatever_of_it_was_dropped(season: Path) -> None:
    wanted = [Job(("consolidate", str(season)), season / "结果" / "最新结果.html")]
    for given in ([season], [season / "汇总台.xlsx"], [season / "报送"], [season, season / "报送"]):
        assert jobs(given) == wanted


def test_a_folder_of_returns_needs_a_name_once(returns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(text: str, default: str | None) -> str:
        asked.append((text, default))
        return default or " 某市 "

    monkeypatch.setattr(click, "prompt", answer)
    output, roster = returns.parent / "汇总结果", returns.parent / "名单.csv"
    told = ("--roster", str(roster), "--name", "某市", "-o", str(output), "--force")
    assert jobs([returns]) == [Job(("consolidate", str(returns), *told), output)]
    assert dropped._run(jobs([returns])[0]) == 1  # one unit is missing
    (workbook,) = output.glob("*汇总.xlsx")
    first = workbook.read_bytes()
    assert jobs([returns])[0].arguments == ("consolidate", str(returns), *told)
    assert [default for _, default in asked] == [None, None, "某市"]
    assert dropped._run(jobs([returns])[0]) == 1, "an earlier result is replaced"
    assert workbook.exists() and first


def test_a_roster_may_be_dropped_with_the_folder(returns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click, "prompt", lambda text, default: "某市")
    roster = returns.parent / "名单.csv"
    elsewhere = roster.rename(returns.parents[1] / "别处的名单.csv")
    with pytest.raises(Failure) as caught:
        jobs([returns])
    assert "名单" in caught.value.message and WORDS["roster"] in caught.value.message
    for name in ("一.csv", "二.csv"):
        shutil.copy(elsewhere, returns / name)
    with pytest.raises(Failure) as two:
        jobs([returns])
    assert "不止一份" in two.value.message
    assert "--" not in caught.value.message + two.value.message, "nobody here has a command line"
    (job,) = jobs([returns, elsewhere])
    assert job.arguments[2:4] == ("--roster", str(elsewhere))


def test_a_roster_alone_begins_a_season(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "名单 一.csv"
    roster.write_text("单位名称\n甲局\n", "utf-8")
    answers = {WORDS["name"]: "某市", WORDS["year"]: "2024"}
    monkeypatch.setattr(click, "prompt", lambda text, default: answers[text])
    (job,) = jobs([roster])
    assert job.result == tmp_path / "某市2024"
    assert dropped._run(job) == 0
    assert WORDS["season"] in capsys.readouterr().out
    assert (job.result / "汇总台.xlsx").is_file() and len(list((job.result / "模板").iterdir())) == 1


def test_files_get_their_slips_beside_them(returns: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(returns.glob("*.xlsx"))
    (job,) = jobs(files)
    assert job == Job(("validate", *map(str, files), "--report", str(returns / "退回单")), returns / "退回单")
    assert dropped._run(job) == 0
    assert len(list(job.result.iterdir())) == len(files)
    assert str(job.result) in capsys.readouterr().out.splitlines()[-1]
    # What a person wrote into a slip is never overwritten.
    assert jobs(files[:1])[0].result == returns / "退回单_2"


def test_one_file_that_cannot_be_read_keeps_the_others_results(
    returns: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (returns / "坏.xlsx").write_bytes(b"none")
    (job,) = jobs(sorted(returns.glob("*.xlsx")))
    assert dropped._run(job) == 2
    assert str(job.result) in capsys.readouterr().out.splitlines()[-1]
    (alone,) = jobs([returns / "坏.xlsx"])
    assert dropped._run(alone) == 2 and not alone.result.exists()
    assert str(alone.result) not in capsys.readouterr().out


def test_options_in_what_is_said_are_explained(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(click, "prompt", lambda text, default: "某市")
    for file in returns.glob("*"):
        file.unlink()
    assert dropped._run(jobs([returns])[0]) == 2
    shown = capsys.readouterr()
    assert "--year" in shown.out + shown.err and WORDS["options"] in shown.out


@pytest.mark.parametrize("name", ["某局.xlsx.lnk", "某局 - 快捷方式.LNK"])
def test_a_shortcut_is_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"L\0\0\0")
    with pytest.raises(Failure, match="快捷方式"):
        jobs([tmp_path / name])


def test_slips_never_lie_among_the_returns_of_a_season(season: Path) -> None:
    (job,) = jobs([season / "报送" / "甲局.xlsx"])
    assert job.result == season / "退回单"


def test_nothing_and_what_is_gone_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", {})
    assert dropped.dropped() == 2
    assert "拖" in capsys.readouterr().out
    monkeypatch.setattr(os, "environ", {ARGUMENTS: f'"{tmp_path / "没有 了.xlsx"}"'})
    assert dropped.dropped() == 2
    assert "没有 了.xlsx" in capsys.readouterr().out


def test_nobody_answers(
    returns: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(text: str, default: str | None) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", closed)
    monkeypatch.setattr(os, "environ", {ARGUMENTS: f'"{returns}"'})
    assert dropped.dropped() == 2
    assert WORDS["no_answer"] in capsys.readouterr().out
    assert not (returns.parent / "汇总结果").exists()
