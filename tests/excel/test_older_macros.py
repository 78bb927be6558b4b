"""The macros of every release before, as they stand in the files that it handed out, are served still."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from oletools.olevba import VBA_Parser

from gouji.excel.host import mismatch, protocol_of
from gouji.excel.interface import CLSID, COMMAND_MODULE, OLDEST_PROTOCOL, PROTOCOL, UDF_MODULE
from gouji.excel.served import Served, registered
from gouji.wording import wording_of
from gouji.workbook.wording import marks
from support import DATA
from support.at_once import brothers

FILES = sorted((DATA / "archive").glob("*/*.xlsm"))
EXCEL = ("Microsoft Excel", "16.0", r"C:\Program Files\Microsoft Office\root\Office16")
#: What the block of 诊断 asks: three tables, the edition, last year's column.
ASKED = re.compile(
    r"GJ_DIAGNOSE\('(.)'!([$A-Z0-9:]+),'(.)'!([$A-Z0-9:]+),'(.)'!([$A-Z0-9:]+),\"([0-9,]+)\",'(..)'!([$A-Z0-9:]+),"
)


def release_of(path: Path) -> str:
    return path.parent.name


@cache
def macros(path: Path) -> dict[str, str]:
    """Modules of a workbook, their continued lines joined."""
    found = VBA_Parser(str(path)).extract_macros()
    return {name: re.sub(r" _\r?\n\s*", " ", code) for *_, name, code in found}


def test_every_release_is_here() -> None:
    assert {"0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0"} <= {release_of(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name} {path.stem[-6:-1]}")
def test_their_calls_are_answered(xw: Any, path: Path) -> None:
    server = macros(path)["GjServer.bas"]
    constants = dict(re.findall(r'Const (\w+) As String = "([^"]*)"', server))
    assert constants["CLSID"] == CLSID
    served = Served(registered())
    told = constants.get("PROTOCOL") or constants["VERSION"]
    assert re.search(r'"handshake", Array\((?:VERSION|PROTOCOL), "", Application\.Name', server)
    assert served.CallUDF(constants["COMMAND_MODULE"], "handshake", (told, "", *EXCEL)) == ""
    names = registered()
    for name in re.findall(r'CommandText\(server, "(\w+)"', macros(path)["GjCommands.bas"]):
        assert name in names[constants["COMMAND_MODULE"]] == names[COMMAND_MODULE]
    for name in re.findall(r'Answer\("(\w+)"', macros(path)["GjFunctions.bas"]):
        assert name in names[constants["UDF_MODULE"]] == names[UDF_MODULE]


@pytest.mark.parametrize(
    "path",
    brothers(FILES[::-1], lambda path: path.name),
    ids=lambda path: f"{path.parent.name} {path.stem[-6:-1]}",
)
def test_the_block_of_the_diagnosis_is_filled(xw: Any, path: Path) -> None:
    """With the blocks that the file's own formula names, in the size of the file's own block."""
    book = openpyxl.load_workbook(path)
    formulas = [c.value for row in book[marks("sheets")["check"]] for c in row if hasattr(c.value, "text")]
    (block,) = [formula for formula in formulas if "GJ_DIAGNOSE" in formula.text]
    asked = ASKED.search(block.text)
    assert asked
    given = asked.groups()
    places = [(given[i], given[i + 1]) for i in (0, 2, 4, 7)]

    def filled(sheet: str, ref: str) -> Any:
        rows = book[sheet][ref.replace("$", "")]
        return [[cell.value if str(cell.value or "=")[0] != "=" else 0.0 for cell in row] for row in rows]

    two, three, four, last = (filled(*place) for place in places)
    three[0][0] = 5.0
    found = Served(registered()).CallUDF(UDF_MODULE, "GJ_DIAGNOSE", (two, three, four, given[6], last, None))
    area = book[marks("sheets")["check"]][block.ref]
    assert (len(found), len(found[0])) == (len(area), len(area[0]))
    # A finding names its rule in the last column; what went wrong would stand alone in the third.
    assert found[0][-1] == "wrong-cell:t3.new.natural"


@pytest.mark.parametrize(
    ("told", "protocol"),
    [
        ("0.1.0", 1),
        ("0.5.0", 1),
        ("0.5.10", 1),
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("", 0),
        ("0", 0),
        ("x", 0),
        ("2.0", 0),
        ("02", 2),
        ("-1", 0),
        ("２", 0),
        ("0.5.0-beta", 1),
        ("9" * 20, int("9" * 20)),
        ("9" * 5000, 0),
        ("None", 0),
    ],
)
def test_what_macros_call_themselves(told: str, protocol: int) -> None:
    assert protocol_of(told) == protocol


@pytest.mark.parametrize("told", [str(n) for n in range(OLDEST_PROTOCOL, PROTOCOL + 1)])
def test_every_protocol_from_the_oldest_on_is_served(told: str) -> None:
    assert mismatch(told) == ""


def test_what_cannot_be_served_is_said_with_the_way_out() -> None:
    newer = mismatch(str(PROTOCOL + 1))
    assert wording_of("gouji.excel", "ways.pip")["update"] in newer and str(PROTOCOL + 1) in newer
    older = mismatch(str(OLDEST_PROTOCOL - 1))
    assert ".xlsx" in older and "插件" in older and older == mismatch("")
    assert "\n" not in newer + older


def test_the_handshake_looks_at_the_program_first(xw: Any) -> None:
    def shake(*arguments: str) -> str:
        return str(Served(registered()).CallUDF(COMMAND_MODULE, "handshake", arguments))

    two = str(PROTOCOL)
    assert shake(two, "", *EXCEL) == shake(two, "0.30.0", *EXCEL) == ""
    assert shake(str(PROTOCOL + 1), "", *EXCEL) == mismatch(str(PROTOCOL + 1))
    assert "WPS" in shake("9", "", "Microsoft Excel", "12.0", r"D:\Kingsoft\WPS Office\office6")
    assert "WPS" in shake(two, "", "WPS 表格", "12.0", "")
    assert "LibreOffice" in shake(two, "", "LibreOffice", "24.0", "")
    assert "12.0" in shake(two, "", "Microsoft Excel", "12.0", r"C:\Office12")
