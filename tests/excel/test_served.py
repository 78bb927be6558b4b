"""The object that Excel attaches to, on xlwings' own pipeline; behind real COM in tests/wine."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from gouji.excel.interface import COMMAND_MODULE, UDF_MODULE
from gouji.excel.served import Served, registered
from support.blocks import blocks, zeros
from support.xlwings_fake.windows import Com, ComException, fake_range


@pytest.fixture
def served(xw: Any) -> Served:
    return Served(registered())


@pytest.fixture
def quiet() -> Iterator[None]:
    """A record of an error that pytest keeps would hold the frames, and so the workbook."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def book(**properties: Any) -> Com:
    application = Com("Application", Name="Microsoft Excel", Version="16.0", Path=r"C:\Office16", Hwnd=1)
    return Com("Workbook", Name="a.xlsx", Application=application, **properties)


def kept(xw: Any) -> Any:
    return xw._xlwindows.BOOK_CALLER


def test_it_has_one_method_for_com(served: Served) -> None:
    assert Served._public_methods_ == ["CallUDF"]
    assert not [name for name in dir(served) if name.startswith("_public_attrs") or name == "_value_"]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "exec"),
        ("gouji.excel.install", "uninstall"),
        (UDF_MODULE, "padded"),
        (UDF_MODULE, "__import__"),
        (UDF_MODULE, "xw"),
        (UDF_MODULE, "validate"),
        (UDF_MODULE, "gj_total"),
        (UDF_MODULE, ""),
        (UDF_MODULE, None),
        (UDF_MODULE, ("GJ_TOTAL",)),
        (UDF_MODULE, ["GJ_TOTAL"]),
        (UDF_MODULE, {"GJ_TOTAL"}),
        (UDF_MODULE, b"GJ_TOTAL"),
        (UDF_MODULE, "GJ_TOTAL\0"),
        (UDF_MODULE, "a\r\nb"),
        (UDF_MODULE, "x" * 1_000_000),
        (f"{UDF_MODULE}\n", "GJ_TOTAL"),
        (COMMAND_MODULE, "_on_caller"),
        (COMMAND_MODULE, "host.unfit"),
        (COMMAND_MODULE, "__class__"),
        (None, "GJ_TOTAL"),
        (("x",), "GJ_TOTAL"),
        ({}, "GJ_TOTAL"),
    ],
)
def test_what_is_not_ours_is_refused_in_one_sentence(served: Served, module: Any, name: Any) -> None:
    with pytest.raises(ComException) as caught:
        served.CallUDF(module, name, ([[1.0]],))
    said = caught.value.description
    assert "没有执行" in said and said.isprintable() and said.endswith("。") and len(said) < 500


class _Unsayable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize("error", [_Unsayable(), ValueError("a\nb" * 100_000), RecursionError("deep")])
def test_whatever_a_function_raises_is_one_sentence(
    served: Served, xw: Any, monkeypatch: pytest.MonkeyPatch, quiet: None, error: Exception
) -> None:
    def failing(*given: Any) -> None:
        raise error

    monkeypatch.setattr("xlwings.udfs.call_udf", failing)
    with pytest.raises(ComException) as caught:
        served.CallUDF(UDF_MODULE, "GJ_TOTAL", ([[1.0]],))
    said = caught.value.description
    assert type(error).__name__ in said and said.isprintable() and len(said) < 500


@pytest.mark.parametrize("arguments", [None, 1.0, "", (), "x" * 9, (1.0, 2.0, 3.0), ({},), (lambda: 1,)])
def test_odd_arguments_never_leave_by_a_traceback(
    served: Served, xw: Any, quiet: None, arguments: Any
) -> None:
    try:
        served.CallUDF(UDF_MODULE, "GJ_TOTAL", arguments)
    except ComException as error:
        assert error.description.endswith("。")


def test_a_text_is_no_workbook(served: Served, xw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """pywin32's Dispatch takes one for the name of a class and starts its program, whoever asks."""
    asked: list[object] = []
    engine = importlib.import_module("xlwings.udfs")
    monkeypatch.setattr(engine, "Dispatch", lambda given: asked.append(given))
    for text in ("Excel.Application", "{00024500-0000-0000-C000-000000000046}", ""):
        assert served.CallUDF(COMMAND_MODULE, "validate", (), text)[0] == "refused"
    assert asked == []


def test_a_module_is_never_loaded_anew(served: Served, xw: Any) -> None:
    """An update that replaces files under a running server must not mix two releases."""
    modules = importlib.import_module("xlwings.udfs").udf_modules
    for name in (UDF_MODULE, COMMAND_MODULE):
        assert modules[name]["filetime"] is None


def test_an_answer_is_handed_over_as_xlwings_does(served: Served, xw: Any) -> None:
    """One content plain, one row as a row, rows as rows: what macros in old files count on."""
    theirs = importlib.import_module("xlwings.com_server").XLPython()
    for module, name, arguments in (
        (UDF_MODULE, "GJ_TOTAL", ([[1.0, "/"]],)),
        (UDF_MODULE, "GJ_DIAGNOSE", (*blocks(zeros()), "2021", None, None)),
        (COMMAND_MODULE, "validate", ()),
    ):
        assert served.CallUDF(module, name, arguments) == theirs.CallUDF(module, name, arguments)


@pytest.mark.parametrize("command", ["validate", "report", "season_check", "season_run"])
def test_no_workbook_outlives_a_command(served: Served, xw: Any, quiet: None, command: str) -> None:
    """Here each ends in an error, whose frames hold the workbook: this one has no sheets and no folder."""
    given = book(FullName="a.xlsx", Path="")
    alive = weakref.ref(given)
    state, said, *_ = served.CallUDF(COMMAND_MODULE, command, (), given)
    assert state == "refused" and said
    del given
    assert kept(xw) is None and alive() is None


def test_no_range_outlives_a_function(served: Served, xw: Any, quiet: None) -> None:
    ranges = [fake_range(each) for each in blocks(zeros())]
    alive = [weakref.ref(each) for each in ranges]
    assert served.CallUDF(UDF_MODULE, "GJ_DIAGNOSE", (*ranges, "2021", None, None))
    broken = fake_range([[1.0]])
    del broken.__dict__["_properties"]["Row"]  # fails within xlwings, before our function is reached
    alive.append(weakref.ref(broken))
    with pytest.raises(ComException) as caught:
        served.CallUDF(UDF_MODULE, "GJ_TOTAL", (broken,))
    assert "AttributeError" in caught.value.description
    assert caught.value.__context__ is None
    del broken, ranges, caught
    assert [ref() for ref in alive] == [None] * 4


def test_a_cycle_that_a_call_leaves_is_swept(
    served: Served, xw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[weakref.ref[Com]] = []

    def cyclic(values: Any) -> float:
        held = book()
        held.__dict__["itself"] = held
        left.append(weakref.ref(held))
        return 1.0

    monkeypatch.setattr(importlib.import_module(UDF_MODULE).answers, "total", cyclic)
    gc.disable()
    try:
        assert served.CallUDF(UDF_MODULE, "GJ_TOTAL", ([[1.0]],)) == 1
    finally:
        gc.enable()
    assert [ref() for ref in left] == [None]


def test_a_sweep_walks_the_leavings_of_one_call(served: Served, xw: Any) -> None:
    """With all that is loaded it took as long as ten calls."""
    gc.unfreeze()
    everything = len(gc.get_objects())
    for _ in range(2):
        served.CallUDF(UDF_MODULE, "GJ_TOTAL", ([[1.0]],))
        assert len(gc.get_objects()) < everything / 100


def test_a_call_within_a_call_gives_the_outer_ones_workbook_back(
    served: Served, xw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While we wait for one Excel, another's call is let in."""
    outer, inner, seen = book(), book(), []

    def during(given: Any) -> Any:
        seen.append(kept(xw))
        if given.api is outer:
            frozen = gc.get_freeze_count()
            served.CallUDF(COMMAND_MODULE, "validate", (), inner)
            seen.append(kept(xw))
            assert gc.get_freeze_count() == frozen, "what the outer call is about would never be swept"
        return importlib.import_module("gouji.excel.validate").Verdict("clean", "")

    commands = importlib.import_module(COMMAND_MODULE)
    monkeypatch.setattr(commands, "check", during)
    served.CallUDF(COMMAND_MODULE, "validate", (), outer)
    assert seen == [outer, inner, outer] and kept(xw) is None


@pytest.mark.parametrize(("spared", "started"), [(True, []), (False, ["tasklist"])])
def test_xlwings_leaves_the_users_excels_alone(spared: bool, started: list[str]) -> None:
    """At the end of a process xlwings lists the processes of Excel, to kill those without a workbook."""
    lines = [
        "import sys",
        "from support.xlwings_fake.windows import as_on_windows",
        "windows = as_on_windows()",
        "windows.__enter__()",  # and never left: xlwings must find its Windows at the end
        *(["from gouji.excel.served import spare_excel", "spare_excel()"] if spared else []),
        "tell = lambda event, given: event == 'subprocess.Popen' and print(given[1][0])",
        "sys.addaudithook(tell)",
    ]
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (done.returncode, done.stdout.split()) == (0, started)
