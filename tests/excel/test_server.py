"""What of the server can be said without Windows: the rest runs in tests/wine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gouji.excel import interface, server, ways
from gouji.wording import wording_of

PACKAGE = Path(server.__file__).parents[1]


def test_elsewhere_than_on_windows_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert server.main([]) == 1
    assert "Windows" in capsys.readouterr().err


def test_preflight_names_what_is_missing() -> None:
    (line,) = server.preflight()
    assert "pywin32" in line and "gouji addin install" in line and "\n" not in line


def test_another_xlwings_or_none_is_missing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "XLWINGS", "0.30.0")
    assert any("0.30.0" in line and interface.XLWINGS in line for line in server.preflight())
    monkeypatch.setitem(sys.modules, "xlwings", None)
    assert any("缺少 xlwings" in line for line in server.preflight())


def test_asking_loads_no_xlwings() -> None:
    """Loaded, it would go through the user's Excels when the process ends."""
    asked = "import sys; from gouji.excel import server; server.preflight(); print('xlwings' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_way_out_is_by_how_it_was_installed() -> None:
    words = wording_of("gouji.excel", "ways")
    assert words["bundle"].keys() == words["pip"].keys()
    assert ways.ways()["renew"] == words["pip"]["renew"]
    assert sys.executable in ways.ways()["again"]
    for way, name in (("bundle", "install.cmd"), ("pip", "gouji addin install")):
        assert all(name in words[way][key] for key in ("renew", "update"))


def test_the_macros_choose_no_program_and_read_no_setting() -> None:
    """A received workbook, its folder or the machine must not decide what runs."""
    for path in (PACKAGE.parents[1] / "macros").rglob("*.[bc]*s"):
        text = path.read_text("utf-8")
        code = "\n".join(line.split("'")[0] for line in text.splitlines())
        assert not re.search(r"\b(Shell|CreateObject|Declare|Environ|XLPy\w*|RunPython)\b", code), path
        assert not re.search(r"\.conf\b|PYTHONPATH|INTERPRETER", code), path


def test_the_class_id_is_ours() -> None:
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", interface.CLSID)
    assert interface.CLSID.lower() != "{506e67c3-55b5-48c3-a035-eed5deea7d6d}"  # xlwings' own


def test_only_this_package_imports_xlwings_and_never_its_pro_part() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in names:
                if name.split(".")[0] == "xlwings":
                    assert path.parent.name == "excel", path
                    assert name in ("xlwings", "xlwings.udfs", "xlwings.com_server"), (path, name)


def test_no_excel_is_ever_looked_for() -> None:
    """WPS may answer in its place: the workbook is handed over, never found."""
    for path in (PACKAGE / "excel").glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"Dispatch(Ex)?\(|GetActiveObject|xw\.apps|xw\.books|xw\.App\(", text), path


def test_every_sentence_for_people_is_used() -> None:
    words = tomllib.loads((PACKAGE / "excel" / "wording.toml").read_text("utf-8"))
    files = [*(PACKAGE / "excel").glob("*.py"), PACKAGE / "workshop" / "packages.py"]  # whose errors it words
    code = "".join(path.read_text("utf-8") for path in files)
    for section, entries in words.items():
        assert wording_of("gouji.excel", section) == entries
        for key in entries:
            assert f'"{key}"' in code or f"{section}.{key}" in code, (section, key)
