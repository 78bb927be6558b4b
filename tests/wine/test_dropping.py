"""汇总.cmd and gouji.cmd of an unpacked bundle that nobody installed; names that batch files mishandle."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from prefix import USER, WINE, Windows, unix_path, windows_path

from support import season

#: Of a folder, as people and downloads name them. Not "!": Wine's cmd looks into what !NAME! gave for more.
NAME = "某市 2024 (一)&二"


@pytest.fixture(scope="module")
def unpacked(bundle: Path, windows: Windows) -> str:
    """The bundle, unpacked where its own path has such a name."""
    target = unix_path(USER) / "安装 包 (新)&"
    shutil.copytree(bundle, target)
    yield rf"{USER}\安装 包 (新)&"
    shutil.rmtree(target)


def drop(windows: Windows, bundle: str, *lines: str) -> list[tuple[int, str]]:
    """Begin the bundle's script as Explorer does; each line is what follows the script's name."""
    given = {"lines": [f'cmd /c ""{bundle}\\汇总.cmd" {rest}"' for rest in lines], "cwd": "C:\\"}
    python = rf"{bundle}\python\python.exe"
    return [tuple(each) for each in windows.script("begin.py", given, timeout=240, program=python)]


def test_what_is_dropped_is_done(windows: Windows, unpacked: str) -> None:
    folder = WINE / NAME
    shutil.rmtree(folder, ignore_errors=True)
    season.season(folder)
    loose = WINE / "a&b,丙"
    shutil.rmtree(loose, ignore_errors=True)
    shutil.copytree(folder / "报送", loose)
    files = [windows_path(path) for path in loose.iterdir()]
    assert not any(" " in file for file in files)  # so Explorer would not quote them
    nothing, summed, checked = drop(windows, unpacked, "", f'"{windows_path(folder)}"', " ".join(files))
    assert nothing[0] == 2 and "拖" in nothing[1]
    assert summed[0] == 1 and "未计入：乙镇" in summed[1], summed[1]
    assert (folder / "结果" / "最新结果.html").is_file() and "最新结果.html" in summed[1]
    assert checked[0] == 0, checked[1]
    assert len(list((loose / "退回单").iterdir())) == len(files) == 2


def test_gouji_cmd_is_the_command(windows: Windows, unpacked: str) -> None:
    file = WINE / f"{NAME}.xlsx"
    file.write_bytes(season.counted("甲局", 1))
    code, said = windows.batch(
        f'call "{unpacked}\\gouji.cmd" validate "{windows_path(file)}"', "exit %ERRORLEVEL%"
    )
    assert code == 0 and "甲局" in said, said
    code, said = windows.batch(f'call "{unpacked}\\gouji.cmd" validat', "exit %ERRORLEVEL%")
    # Wine's cmd makes 1 of every code with which a called script ends.
    assert code in (1, 2) and "没有命令" in said, (code, said)
