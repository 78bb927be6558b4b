"""The running server seen from other processes: what it gives out, what it holds, what it starts and ends.

One server serves all of it; each test that ends it starts it again.
"""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from prefix import SCRIPTS, USER, WINE, Windows, windows_path

from gouji.excel.interface import CLSID, COMMAND_MODULE, PROG_ID, UDF_MODULE
from gouji.workbook.writer import write_workbook
from support import season
from support.blocks import zeros

HOME = rf"{USER}\AppData\Local\gouji"
SERVER = "gouji.excel.server"
#: On Windows HKCU\Software\Classes, which the installer writes, is part of HKCR; in Wine 8 it is not.
CLASS = rf"HKCR\{PROG_ID}\CLSID"


@pytest.fixture(autouse=True)
def serving(installed: str, windows: Windows) -> None:
    """The server runs, and the name that macros ask for is known."""
    windows.run("reg", "add", CLASS, "/ve", "/d", CLSID, "/f")
    if not windows.script("state.py")["running"]:
        windows.batch(rf'call "{HOME}\start.cmd"')
        await_server(windows, running=True)


def await_server(windows: Windows, *, running: bool) -> None:
    for _ in range(50):
        if windows.script("state.py")["running"] is running:
            return
    raise AssertionError(f"running is not {running}")


def stop(windows: Windows) -> None:
    assert windows.python("-m", SERVER, "--stop")[0] == 0
    await_server(windows, running=False)


def audited(windows: Windows, python: str, *arguments: str) -> Any:
    """Run a module with every start of a process noted down. Exit code, output, what was noted."""
    out = WINE / "audited.json"
    out.unlink(missing_ok=True)
    given = " ".join(f'"{a}"' for a in (windows_path(SCRIPTS / "audited.py"), windows_path(out), *arguments))
    code, output = windows.batch(f'"{python}" -I -X utf8=0 {given}', timeout=300)
    assert out.exists(), output
    return code, output, json.loads(out.read_text("utf-8"))


def test_nothing_but_our_functions_is_given_out(windows: Windows) -> None:
    """xlwings' own object would run any Python for any macro of the session."""
    calls = [
        ["os", "system"],
        ["builtins", "exec"],
        [UDF_MODULE, "padded"],
        [UDF_MODULE, "__import__"],
        [COMMAND_MODULE, "_on_caller"],
        [COMMAND_MODULE, "__class__"],
        ["gouji.excel.install", "uninstall"],
    ]
    found = windows.script("refused.py", {"calls": calls})
    assert found.pop("trace") is False
    assert found.keys() == {"active", "moniker"}
    for way in found.values():
        assert {"Exec", "Eval", "Module", "Call", "SetAttr", "Builtin"} <= way["methods"].keys()
        assert all(outcome.startswith("failed: ") for outcome in way["methods"].values()), way["methods"]
        assert all("没有执行" in outcome and "\n" not in outcome for outcome in way["calls"]), way["calls"]
        assert way["put"].startswith("failed")
    given = {"calls": [[UDF_MODULE, "GJ_TOTAL", [[[1.0, 2.0]]]]]}
    served = windows.script("calls.py", given)
    assert [served[way].get("results") for way in ("active", "moniker")] == [[3], [3]]


def test_no_reference_to_excel_outlives_a_call(windows: Windows) -> None:
    file = WINE / "released.xlsx"
    report = zeros()
    report.set("t3.new.natural", 5)
    file.write_bytes(write_workbook(report))
    shutil.rmtree(WINE / "释放2024", ignore_errors=True)
    folder = season.season(WINE / "释放2024")
    given = {"workbook": windows_path(file), "season": windows_path(folder), "edition": report.form.edition}
    found = windows.script("released.py", given, timeout=240)
    assert {name: count for name, (_, count) in found.items()} == dict.fromkeys(found, 0)
    # Each went the way that it is here for.
    said = {name: text for name, (text, _) in found.items()}
    assert "发现" in said["validate"] and "已生成" in said["report"] and "检查完毕" in said["season"]
    assert "没有保存" in said["report unsaved"] and "WPS" in said["refused"] and "未能完成" in said["failing"]
    for name in ("ranges, arguments missing", "a range that fails", "not ours"):
        assert said[name].startswith("error: ") and "\n" not in said[name], said[name]


def test_an_excel_that_dies_in_a_call_takes_nothing_with_it(windows: Windows) -> None:
    file = WINE / "dies.xlsx"
    file.write_bytes(write_workbook(zeros()))
    given = WINE / "dies.json"
    given.write_text(json.dumps({"workbook": windows_path(file)}), "utf-8")
    assert windows.python(windows_path(SCRIPTS / "dies.py"), windows_path(given), timeout=120)[0] == 3
    found = windows.script("calls.py", {"calls": [[UDF_MODULE, "GJ_TOTAL", [[[1.0]]]]]})
    assert found["active"]["results"] == [1]


@pytest.mark.parametrize("argument", ["--check", ""])
def test_asking_and_a_second_start_start_nothing(windows: Windows, argument: str) -> None:
    """Loaded, xlwings kills every Excel without a visible workbook when its process ends."""
    python = rf"{HOME}\python\python.exe"
    _, output, found = audited(windows, python, SERVER, *filter(None, [argument]))
    assert ("Microsoft Excel" in output) if argument else ("已经在运行" in output)
    assert found == {"started": [], "xlwings": False}


def test_stopping_starts_nothing(windows: Windows) -> None:
    code, output, found = audited(windows, rf"{HOME}\python\python.exe", SERVER, "--stop")
    assert (code, found) == (0, {"started": [], "xlwings": False}) and "停止" in output
    await_server(windows, running=False)


def test_a_server_that_has_served_ends_without_a_trace(windows: Windows) -> None:
    stop(windows)
    code, output, found = audited(windows, rf"{HOME}\python\python.exe", "--stop-after", "0.5", SERVER)
    assert (code, found) == (0, {"started": [], "xlwings": True}), output
    served = windows.script("calls.py", {"calls": []})
    assert all(served[way]["error"] and served[way]["seconds"] < 2 for way in ("active", "moniker"))


def test_xlwings_by_itself_would_have_been_noticed(windows: Windows) -> None:
    """That the two tests above can fail."""
    *_, found = audited(windows, rf"{HOME}\python\python.exe", "xlwings.udfs")
    assert any("tasklist" in start for start in found["started"])


@pytest.mark.timeout(600)
def test_uninstalling_starts_nothing_and_installing_the_server_alone(windows: Windows, bundle: Any) -> None:
    python = rf"{windows_path(bundle)}\python\python.exe"
    code, output, found = audited(windows, python, "gouji.excel.install", "uninstall")
    assert (code, found) == (0, {"started": [], "xlwings": False}), output
    code, output, found = audited(windows, python, "gouji.excel.install", "install")
    assert code == 0, output
    started = [start for start in found["started"] if start.startswith("subprocess.")]
    assert len(started) == 1 and "pythonw.exe" in started[0] and SERVER in started[0]
    assert len(found["started"]) == 2 and found["xlwings"] is False  # subprocess itself and what it calls
    await_server(windows, running=True)
