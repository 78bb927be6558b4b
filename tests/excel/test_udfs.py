"""The UDFs through xlwings' own pipeline: decorators, converters, call_udf, XLPython.CallUDF, VBA wrappers.

Only the Windows modules below xlwings are stand-ins.
"""

from __future__ import annotations

import importlib
import inspect
import io
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gouji.excel.interface import COMMAND_MODULE, UDF_MODULE, XLWINGS
from gouji.form import SLASH
from gouji.report import Report
from gouji.workbook.layout import DIAGNOSIS_ROWS
from gouji.workbook.wording import marks, wording
from support.blocks import block, blocks, zeros
from support.xlwings_fake.windows import Com, fake_range

FUNCTIONS = ("GJ_CHECK", "GJ_DIAGNOSE", "GJ_TOTAL")
COMMANDS = ("handshake", "report", "season_check", "season_run", "validate")
#: What xlwings understands; it takes any other option without a word.
KNOWN = {"convert", "ndim", "err_to_str"}
WIDTH = len(wording("check")["diagnosis_heads"])
MISSING = -2147352572  # an optional argument that VBA left out


def call(name: str, *arguments: Any, module: str = UDF_MODULE, book: Any = None) -> Any:
    server = importlib.import_module("xlwings.com_server").XLPython()
    return server.CallUDF(module, name, arguments, book, None)


def ranges(report: Report) -> list[Com]:
    return [fake_range(each) for each in blocks(report)]


@pytest.mark.parametrize(("module", "names"), [(UDF_MODULE, FUNCTIONS), (COMMAND_MODULE, COMMANDS)])
def test_the_registered_metadata_is_what_is_meant(xw: Any, module: str, names: tuple[str, ...]) -> None:
    loaded = importlib.import_module(module)
    found = {n for n, f in vars(loaded).items() if hasattr(f, "__xlfunc__")}
    assert found == set(names)
    for name in names:
        function = getattr(loaded, name)
        known = function.__xlfunc__
        assert known["sub"] is False
        assert known["volatile"] is False
        assert known["async_mode"] is None
        assert known["call_in_wizard"] is False
        assert set(known["ret"]["options"]) <= KNOWN, name
        assert "expand" not in known["ret"]["options"]
        parameters = inspect.signature(function).parameters
        assert [a["name"] for a in known["args"]] == list(parameters)
        for argument in known["args"]:
            assert set(argument["options"]) <= KNOWN, (name, argument["name"])
            assert not argument["vararg"]
            optional = parameters[argument["name"]].default is not inspect.Parameter.empty
            assert ("optional" in argument) is optional


def test_blocks_stay_two_dimensional_and_errors_stay_visible(xw: Any) -> None:
    udfs = importlib.import_module(UDF_MODULE)
    block_arguments = {"table_range", "table2", "table3", "table4", "prior", "values"}
    for name in FUNCTIONS:
        for argument in getattr(udfs, name).__xlfunc__["args"]:
            if argument["name"] in block_arguments:
                assert argument["options"]["ndim"] == 2
                assert argument["options"]["err_to_str"] is True
                assert argument["doc"]


@pytest.mark.parametrize("by", ["range", "value"])
def test_diagnose_through_the_server_object(xw: Any, by: str) -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    arguments: list[Any] = ranges(report) if by == "range" else list(blocks(report))
    rows = call("GJ_DIAGNOSE", *arguments, "2021", MISSING, MISSING)
    assert len(rows) == DIAGNOSIS_ROWS and {len(row) for row in rows} == {WIDTH}
    assert rows[0][-1] == "wrong-cell:t3.new.natural"
    assert all(content is not None for row in rows for content in row)


def test_a_range_costs_eleven_trips_and_a_value_none(xw: Any) -> None:
    """Why the VBA wrappers pass ``Value2``."""
    report = zeros()
    given = ranges(report)
    Com.trips.clear()
    call("GJ_DIAGNOSE", *given, "2021", None, None)
    assert len(Com.trips) == 3 * 11
    Com.trips.clear()
    call("GJ_DIAGNOSE", *blocks(report), "2021", None, None)
    assert Com.trips == []


def test_optional_arguments_may_be_empty_or_given(xw: Any) -> None:
    report = zeros()
    report.set("t3.granted.natural", None)
    undeclared = call("GJ_DIAGNOSE", *blocks(report), "2021", None, None)
    assert undeclared[0][-1].startswith("cell-blank")
    for content in (marks("cover")["yes"], "三"):
        declared = call("GJ_DIAGNOSE", *blocks(report), "2021", None, content)
        assert (declared[0][-1], declared[1]) == ("cell-declared:t3", [""] * len(declared[0]))
    assert call("GJ_DIAGNOSE", *blocks(report), "2021", None, "四") == undeclared


def test_blank_zero_and_slash_arrive_as_three(xw: Any) -> None:
    report = zeros()
    report.set("t3.granted.natural", None)
    report.set("t3.granted.business", SLASH)
    rows = call("GJ_CHECK", fake_range(block(report, "table3")), 2021.0, "三")
    assert rows[0][1] == 1  # one blank; "/" and 0 are none
    assert rows[1][1] == 0
    assert call("GJ_TOTAL", fake_range([[0.0, "/"]])) == 0
    assert call("GJ_TOTAL", fake_range([[None, "/"]])) == ""
    assert call("GJ_TOTAL", fake_range([[None]])) == ""


def test_error_values_arrive_as_their_names(xw: Any) -> None:
    na = -2146826246
    assert "#N/A" in call("GJ_TOTAL", fake_range([[na, 1.0]]))
    grid = block(zeros(), "table3")
    grid[0][0] = na
    assert call("GJ_CHECK", fake_range(grid), "2021", "三")[1][1] == 1


def test_errors_are_sentences_padded_to_the_block(xw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = call("GJ_DIAGNOSE", *blocks(zeros()), "1999", None, None)
    assert len(rows) == DIAGNOSIS_ROWS and {len(row) for row in rows} == {WIDTH}
    assert "1999" in rows[0][2]
    udfs = importlib.import_module(UDF_MODULE)

    def broken(*arguments: Any) -> None:
        raise ZeroDivisionError("first line\nsecond line")

    monkeypatch.setattr(udfs.answers, "diagnose", broken)
    rows = call("GJ_DIAGNOSE", *blocks(zeros()), "2021", None, None)
    assert "ZeroDivisionError: first line）" in rows[0][2]
    assert not any("Traceback" in str(c) or "second" in str(c) for row in rows for c in row)


def test_generated_wrappers_name_every_function(xw: Any) -> None:
    """xlwings' own generator; ours differ in the error branch (CVErr), not in names and arguments."""
    out = io.StringIO()
    udfs = importlib.import_module(UDF_MODULE)
    importlib.import_module("xlwings.udfs").generate_vba_wrapper(
        UDF_MODULE, udfs, out, SimpleNamespace(Name="gouji.xlam")
    )
    text = out.getvalue()
    assert text.isascii()
    assert "Application.Volatile" not in text
    assert "Function GJ_CHECK(table_range, edition, table, Optional blank_is_zero)" in text
    signature = (
        "Function GJ_DIAGNOSE(table2, table3, table4, edition, Optional prior, Optional blank_is_zero)"
    )
    assert signature in text
    assert "Function GJ_TOTAL(values)" in text


def test_handshake(xw: Any) -> None:
    from gouji import __version__

    def shake(*arguments: str) -> str:
        return str(call("handshake", *arguments, module=COMMAND_MODULE))

    excel = ("Microsoft Excel", "16.0", r"C:\Program Files\Microsoft Office\root\Office16")
    assert shake(__version__, XLWINGS, *excel) == ""
    assert shake(__version__, "", *excel) == ""
    assert "0.0.1" in shake("0.0.1", XLWINGS, *excel)
    assert "0.30.0" in shake(__version__, "0.30.0", *excel)
    assert "WPS" in shake(__version__, XLWINGS, "Microsoft Excel", "12.0", r"D:\Kingsoft\WPS Office\office6")
    assert "WPS" in shake(__version__, XLWINGS, "WPS 表格", "12.0", "")
    assert "LibreOffice" in shake(__version__, XLWINGS, "LibreOffice", "24.0", "")
    assert "12.0" in shake(__version__, XLWINGS, "Microsoft Excel", "12.0", r"C:\Office12")


@pytest.mark.parametrize("command", ["validate", "report"])
def test_a_command_without_a_workbook_says_so(xw: Any, command: str) -> None:
    state, message, sheet, address = call(command, module=COMMAND_MODULE)
    assert (state, sheet, address) == ("refused", "", "")
    assert "\n" not in message and message.endswith("。")


def test_one_version_of_xlwings_everywhere() -> None:
    import xlwings

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert xlwings.__version__ == XLWINGS
    for requirements in (project["dependencies"], project["optional-dependencies"]["dev"]):
        (pin,) = [r.split(";")[0].strip() for r in requirements if r.startswith("xlwings")]
        assert pin == f"xlwings=={XLWINGS}"
