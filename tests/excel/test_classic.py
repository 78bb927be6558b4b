"""The five lines for xlwings' own add-in, through xlwings' own Import Functions."""

from __future__ import annotations

import importlib
import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gouji.excel.classic import MODULE, module_source
from gouji.excel.interface import UDF_MODULE

NAME = Path(MODULE).stem


@pytest.fixture
def beside(xw: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module as it lies beside a workbook, loaded by xlwings."""
    (tmp_path / MODULE).write_bytes(module_source())
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("xlwings.udfs").get_udf_module(NAME, None)
    sys.modules.pop(NAME, None)


def test_it_is_five_lines_of_ascii() -> None:
    text = module_source().decode("ascii")
    assert text.count("\n") == 5


def test_import_functions_writes_all_of_our_functions(beside: Any) -> None:
    ours = {n for n, f in vars(importlib.import_module(UDF_MODULE)).items() if hasattr(f, "__xlfunc__")}
    assert {n for n, f in vars(beside).items() if hasattr(f, "__xlfunc__")} == ours
    written = io.StringIO()
    book = SimpleNamespace(Name="own.xlsm")
    importlib.import_module("xlwings.udfs").generate_vba_wrapper(NAME, beside, written, book)
    text = written.getvalue()
    for name in ours:
        assert f"Function {name}(" in text
        assert f'XLPy.CallUDF("{NAME}", "{name}"' in text


def test_a_cell_that_calls_it_gets_the_answer(beside: Any) -> None:
    server = importlib.import_module("xlwings.com_server").XLPython()
    assert server.CallUDF(NAME, "GJ_TOTAL", [[[1.0, "/"], [2.5, 3.0]]], None, None) == 6.5
