"""What of the server can be said without Windows: the rest runs in tests/wine."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from gouji.excel import interface, server
from gouji.wording import wording_of

PACKAGE = Path(server.__file__).parents[1]


def test_elsewhere_than_on_windows_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert server.main([]) == 1
    assert "Windows" in capsys.readouterr().err


def test_preflight_names_what_is_missing() -> None:
    (line,) = server.preflight()
    assert "pywin32" in line and "install.cmd" in line and "\n" not in line


def test_another_xlwings_is_missing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlwings

    monkeypatch.setattr(xlwings, "__version__", "0.30.0")
    assert any("0.30.0" in line and interface.XLWINGS in line for line in server.preflight())


def test_the_macros_name_the_same_server_and_version() -> None:
    """VBA can not import: its constants are compared here."""
    source = (PACKAGE.parents[1] / "macros" / "GjServer.bas").read_text("utf-8")
    constants = dict(re.findall(r'Const (\w+) As String = "([^"]*)"', source))
    assert constants["CLSID"] == interface.CLSID
    assert constants["VERSION"] == interface.VERSION
    assert constants["COMMAND_MODULE"] == interface.COMMAND_MODULE
    assert constants["UDF_MODULE"] == interface.UDF_MODULE


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
    code = "".join(p.read_text("utf-8") for p in (PACKAGE / "excel").glob("*.py"))
    for section, entries in words.items():
        assert wording_of("gouji.excel", section) == entries
        for key in entries:
            assert f'"{key}"' in code or f"{section}.{key}" in code, (section, key)
