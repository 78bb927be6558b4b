"""``gouji addin`` in Windows Pythons as users have them: the wheel in an environment and in the user's own
packages. Each test takes off what it put there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import ordinary
import pytest
from prefix import USER, Windows, unix_path

from gouji.excel import places
from gouji.excel.classic import MODULE
from gouji.excel.interface import CLSID

TRUSTED = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\gouji"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
SETTING = r"HKCU\Software\VB and VBA Program Settings\gouji\install"
OWN = rf"{USER}\Documents\政府信息公开年报"
HOME = rf"{USER}\AppData\Local\gouji"


@pytest.fixture(scope="module", autouse=True)
def base(windows: Windows) -> Iterator[None]:
    shutil.rmtree(unix_path(USER), ignore_errors=True)
    ordinary.base_python()
    yield
    shutil.rmtree(unix_path(ordinary.USER_SITE), ignore_errors=True)


def addin(windows: Windows, python: str, action: str) -> tuple[int, str]:
    return windows.batch(f'"{python}" -m gouji addin {action}', timeout=150)


@pytest.fixture(scope="module")
def venv(windows: Windows) -> str:
    return ordinary.into_venv()


def as_0_5_0(windows: Windows) -> None:
    """What the installer of 0.5.0 wrote: 文档 trusted with its sub-folders, a setting, templates."""
    own, templates = unix_path(OWN), unix_path(HOME) / "templates"
    own.mkdir(parents=True)
    (own / "某局.xlsm").write_bytes(b"mine")
    templates.mkdir(parents=True)
    (templates / "存错地方.xlsx").write_bytes(b"mine too")
    windows.batch(
        rf'reg add "{TRUSTED}" /v Path /d "{OWN}\\" /f',
        rf'reg add "{TRUSTED}" /v AllowSubfolders /t REG_DWORD /d 1 /f',
        rf'reg add "{SETTING}" /v home /d "{HOME}" /f',
        rf'reg add "{RUN}" /v gouji-server /d "{HOME}\python\pythonw.exe -m gouji.excel.server" /f',
    )


def test_an_environment_takes_over_from_0_5_0_and_takes_everything_back(windows: Windows, venv: str) -> None:
    as_0_5_0(windows)
    code, said = addin(windows, venv, "status")
    assert code == 1 and f'"{venv}" -m gouji addin install' in said and OWN in said
    code, said = addin(windows, venv, "install")
    assert code == 0, said
    assert f"以前版本把 {OWN} 设为受信任的文件夹，现已取消" in said
    state = windows.script("state.py", program=venv, timeout=120)
    pythonw = venv.replace("python.exe", "pythonw.exe")
    assert state["run"] == f'"{pythonw}" -I -X utf8=0 -m gouji.excel.server'
    assert state["trusted"]["16.0"] == {"Path": f"{HOME}\\templates\\", "Description": places.said("trusted")}
    assert list(state["keys"].values()) == [{"": CLSID}, None, None]
    assert state["running"]
    templates = unix_path(HOME) / "templates"
    assert len(list(templates.glob("*.xlsm"))) == 2 and not (templates / "存错地方.xlsx").exists()
    assert addin(windows, venv, "status")[0] == 0
    # A template that was filled in place, against its being read-only.
    (filled,) = templates.glob("*2021*.xlsm")
    filled.chmod(0o600)
    filled.write_bytes(b"filled")
    code, said = addin(windows, venv, "status")
    assert code == 1 and filled.name in said
    code, said = addin(windows, venv, "uninstall")
    assert code == 0, said
    kept = {p.name: p.read_bytes() for p in unix_path(OWN).iterdir()}
    assert kept == {"某局.xlsm": b"mine", "存错地方.xlsx": b"mine too", filled.name: b"filled"}
    assert not unix_path(HOME).exists() and not unix_path(state["places"]["addin"]).exists()
    assert not list(unix_path(state["places"]["menu"]).glob("*.lnk"))
    for key in (TRUSTED, SETTING, r"HKCU\Software\Classes\gouji.Server"):
        assert windows.run("reg", "query", key)[0] == 1, key
    assert "gouji" not in windows.run("reg", "query", RUN)[1]
    code, said = addin(windows, venv, "status")
    assert code == 1 and said.count("：没有\n") == 7


def test_packages_of_the_user_serve_too(windows: Windows) -> None:
    python = ordinary.into_user_site()
    code, said = addin(windows, python, "install")
    assert code == 0, said
    state = windows.script("state.py", program=python, options="-E -P", timeout=120)
    assert state["running"] and " -E -P -X utf8=0 -m gouji.excel.server" in state["run"]
    assert addin(windows, python, "uninstall")[0] == 0


def test_import_functions_of_xlwings_own_add_in(windows: Windows, venv: str, tmp_path: Path) -> None:
    """With the command's own file, and the Chinese of its texts in the code page that VBA reads."""
    folder = unix_path(USER) / "自己的 工作簿"
    folder.mkdir()
    code, said = windows.batch(rf'cd /d "{USER}\自己的 工作簿"', f'"{venv}" -m gouji addin udfs')
    assert code == 0 and "Import Functions" in said
    given = {"folder": rf"{USER}\自己的 工作簿", "module": MODULE}
    found = windows.script("imported.py", given, program=venv, timeout=120)
    for name in ("GJ_CHECK", "GJ_DIAGNOSE", "GJ_TOTAL"):
        assert f'XLPy.CallUDF("gouji_udfs", "{name}"' in found["vba"]
        assert found["described"][f"'自己的.xlsm'!{name}"]
    assert found["total"] == 3
