"""Real Windows CPython, real xlwings, our COM server; Excel itself is a stand-in.

The tests share one installation and run in the order of this file.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from prefix import USER, WINE, Windows, unix_path, windows_path

from gouji.excel import answers, entries, places
from gouji.excel.interface import CLSID, COMMAND_MODULE, PROG_ID, PROTOCOL, UDF_MODULE
from gouji.excel.validate import validate
from gouji.report import Report
from gouji.workbook.layout import DIAGNOSIS_ROWS, layout_of
from gouji.workbook.writer import write_workbook
from support import last_year, season
from support.blocks import block, blocks, zeros
from support.xlwings_fake.model import Workbook, XlBook

EXCEL = ("Microsoft Excel", "16.0", r"C:\Program Files\Microsoft Office\root\Office16")
HOME = rf"{USER}\AppData\Local\gouji"


def wrong() -> Report:
    report = zeros()
    report.set("t3.new.natural", 5)
    report.set("t4.review.total", "/")
    report.set("t2.fees.amount", 1)  # one 分
    return report


def test_installs_from_a_path_with_spaces_and_chinese(installed: str, windows: Windows) -> None:
    assert HOME in installed
    state = windows.script("state.py")
    assert state["places"]["home"] == HOME
    assert state["executable"].lower().startswith(HOME.lower())
    assert set(state["entries"].values()) == {"ready"}
    assert state["run"] == f'"{HOME}\\python\\pythonw.exe" -I -X utf8=0 -m gouji.excel.server'
    assert state["trusted"]["16.0"] == {"Path": f"{HOME}\\templates\\", "Description": places.said("trusted")}
    assert unix_path(state["places"]["addin"]).read_bytes() == b"stand-in"
    assert set(state["menu"].values()) == {"pythonw.exe", "templates"}
    assert [p.name for p in unix_path(state["places"]["templates"]).iterdir()] == ["2021.xlsm"]
    assert state["keys"][r"Software\Classes\gouji.Server\CLSID"] == {"": CLSID}
    assert state["preflight"] == []
    assert state["running"] is True


def test_python_is_isolated_and_in_the_chinese_code_page(installed: str, windows: Windows) -> None:
    state = windows.script("state.py")
    assert state["encoding"] == "cp936"
    assert state["isolated"] == 1
    assert state["utf8_mode"] == 0  # PYTHONUTF8=1 is set for every test
    assert all(p.lower().startswith((HOME.lower(), "z:")) for p in state["path"])


def test_every_udf_across_processes(installed: str, windows: Windows) -> None:
    report = wrong()
    tables = blocks(report)
    column = [[0.0] for _ in last_year.compared(report.form)]
    calls = [
        [UDF_MODULE, "GJ_CHECK", [block(report, "table3"), "2021", "三", None]],
        [UDF_MODULE, "GJ_DIAGNOSE", [*tables, "2021", None, None]],
        [UDF_MODULE, "GJ_DIAGNOSE", [*tables, "2021", column, "是"]],
        [UDF_MODULE, "GJ_DIAGNOSE", [*tables, "1999", None, None]],
        [UDF_MODULE, "GJ_TOTAL", [[[1.0, "/"], [2.5, 3.0]]]],
        [UDF_MODULE, "GJ_TOTAL", [[[1.0, None]]]],
        [COMMAND_MODULE, "handshake", [str(PROTOCOL), "", *EXCEL]],
        [COMMAND_MODULE, "handshake", ["0.1.0", "", *EXCEL]],
        [COMMAND_MODULE, "handshake", [str(PROTOCOL + 1), "", *EXCEL]],
        [COMMAND_MODULE, "validate", []],
    ]
    # On Windows HKCU\Software\Classes, which the installer writes, is part of HKCR; in Wine 8 it is not.
    windows.run("reg", "add", rf"HKCR\{PROG_ID}\CLSID", "/ve", "/d", CLSID, "/f")
    found = windows.script("calls.py", {"calls": calls})
    for way in ("active", "moniker"):
        assert "error" not in found[way], found[way]
        check, diagnosis, with_prior, refused, total, blank, fits, of_old, newer, command = found[way][
            "results"
        ]
        assert check == answers.check_table(block(report, "table3"), "2021", "三")
        assert diagnosis == answers.diagnose(*tables, "2021")
        assert with_prior == answers.diagnose(*tables, "2021", column, "是")
        assert len(refused) == DIAGNOSIS_ROWS and "1999" in refused[0][2]
        assert (total, blank) == (6.5, "")
        assert (fits, of_old) == ("", "") and "install.cmd" in newer
        assert command[0] == "refused"


def test_validate_on_real_com_objects(installed: str, windows: Windows) -> None:
    report = wrong()
    folder = WINE / "工作 数据"
    folder.mkdir(exist_ok=True)
    file = folder / "某局 年报.xlsx"
    file.write_bytes(write_workbook(report))
    found = windows.script("excel.py", {"workbook": windows_path(file)})
    here = Workbook(file)
    verdict = validate(XlBook(here))
    assert found["verdict"] == verdict.row()
    layout = layout_of(report.form)
    assert [found["verdict"][2], found["verdict"][3]] == list(layout.locate("t3.new.natural"))
    assert tuple(found["selected"]) == here.selected
    shown = here.sheet(layout.check.name).Range(layout.check.diagnosis.ref()).Value2
    assert found["diagnosis"] == [list(row) for row in shown]
    assert found["changed"] == [layout.check.name]
    assert found["protected"] == [True, True]
    area = layout.check.diagnosis
    assert found["writes"] == {layout.check.name: [[area.top, area.left, area.bottom, area.right]]}
    # The same UDF with Range objects instead of values.
    assert found["by_range"] == answers.diagnose(*blocks(report), "2021")
    assert found["total"] == 0


def test_an_xlsm_saved_as_xlsx_is_diagnosed(installed: str, windows: Windows) -> None:
    """The array function is still there and answers nothing: values take its place."""
    file = WINE / "另存.xlsx"
    file.write_bytes(write_workbook(wrong(), macros=True))
    found = windows.script("excel.py", {"workbook": windows_path(file)})
    here = Workbook(file)
    validate(XlBook(here))
    area = layout_of(wrong().form).check.diagnosis
    shown = here.sheet(area.sheet).Range(area.ref())
    assert shown.HasFormula is False
    assert found["diagnosis"] == [list(row) for row in shown.Value2]
    assert found["diagnosis"][0][-1] == "wrong-cell:t3.new.natural"
    assert found["protected"] == [True, True]


def test_a_clean_workbook_gets_its_seal_over_com(installed: str, windows: Windows) -> None:
    file = WINE / "sealed.xlsx"
    file.write_bytes(write_workbook(zeros()))
    found = windows.script("excel.py", {"workbook": windows_path(file)})
    assert found["verdict"][0] in ("clean", "hint")
    assert len(found["writes"]["gouji"]) == 4
    assert found["report"][0] == found["verdict"][0]
    assert list((WINE / "home").glob("某市某局_2024_年度报告*.docx"))


def test_a_season_runs_beside_open_workbooks(installed: str, windows: Windows) -> None:
    """汇总台 and the last result are held as Excel holds them: the run reads, writes a new folder, and what
    would have to replace an open file says so."""
    shutil.rmtree(WINE / "某市2024", ignore_errors=True)
    folder = season.season(WINE / "某市2024")
    first = season.run(folder)
    given = {"folder": windows_path(folder), "result": windows_path(season.workbook(first))}
    found = windows.script("held.py", given)
    assert found["open"] == [True, True]
    assert "请关闭" in found["refused"] and "请关闭" in found["not_replaced"]
    assert found["run"].endswith("第002次") and found["taken"] == 2 and found["unchanged"]
    assert any("正打开着" in said for said in found["remarks"])
    assert found["closed"] == [False, ""]


def test_wps_is_told_apart(installed: str, windows: Windows) -> None:
    file = WINE / "wps.xlsx"
    file.write_bytes(write_workbook(zeros()))
    found = windows.script("excel.py", {"workbook": windows_path(file), "application": "WPS 表格"})
    assert found["verdict"][0] == "refused" and "WPS" in found["verdict"][1]
    assert found["writes"] == {}


def test_a_second_server_ends_at_once(installed: str, windows: Windows) -> None:
    code, output = windows.python("-m", "gouji.excel.server", timeout=20)
    assert code == 0 and "已经在运行" in output


def test_check_says_what_is_missing(installed: str, windows: Windows) -> None:
    code, output = windows.python("-m", "gouji.excel.server", "--check")
    assert code == 1
    assert output.strip().splitlines() == [line for line in output.splitlines() if "Microsoft Excel" in line]


def test_without_a_server_attaching_fails_at_once(installed: str, windows: Windows) -> None:
    assert windows.python("-m", "gouji.excel.server", "--stop")[0] == 0
    for _ in range(50):
        if windows.script("state.py")["running"] is False:
            break
    found = windows.script("calls.py", {"calls": []})
    for way in ("active", "moniker"):
        assert found[way]["error"]
        assert found[way]["seconds"] < 2, found[way]
    code, output = windows.python("-m", "gouji.excel.server", "--check")
    assert code == 1 and "start.cmd" in output


def test_start_cmd_starts_it_again(installed: str, windows: Windows) -> None:
    windows.batch(rf'call "{HOME}\start.cmd"')
    for _ in range(50):
        if windows.script("state.py")["running"]:
            break
    found = windows.script("calls.py", {"calls": [[UDF_MODULE, "GJ_TOTAL", [[[1.0]]]]]})
    assert found["active"]["results"] == [1]
    log = unix_path(rf"{HOME}\server.log").read_text("utf-8")
    assert CLSID in log


@pytest.mark.parametrize(
    "damage", [r"python\pythonw.exe", r"python\Lib\site-packages\click\core.py", r"python\python.exe"]
)
def test_a_damaged_bundle_is_refused_in_chinese(
    windows: Windows, bundle: Path, tmp_path: Path, damage: str
) -> None:
    broken = bundle.parent / "damaged"
    if broken.exists():
        shutil.rmtree(broken)
    shutil.copytree(bundle, broken)
    (broken / damage.replace("\\", "/")).unlink()
    code, output = windows.batch(f'"{windows_path(broken)}\\install.cmd" /q')
    assert code == 1
    # Wine's ``type`` shows nothing of a UTF-16 file.
    assert damage.endswith("python.exe") or ("不完整" in output and damage.replace("\\", "/") in output)


def test_installing_again_replaces_a_running_server(installed: str, windows: Windows, bundle: Path) -> None:
    code, output = windows.batch(f'"{windows_path(bundle)}\\install.cmd" /q', timeout=120)
    assert code == 0 and HOME in output
    assert windows.script("state.py")["running"]


def test_uninstall_leaves_the_clerks_files(installed: str, windows: Windows) -> None:
    state = windows.script("state.py")
    own = unix_path(state["places"]["own"])
    own.mkdir(parents=True, exist_ok=True)
    (own / "填好的.xlsx").write_bytes(b"mine")
    (unix_path(state["places"]["templates"]) / "存在模板中的.xlsx").write_bytes(b"mine too")
    code, output = windows.batch(rf'call "{HOME}\uninstall.cmd" /q', timeout=60)
    assert code == 0 and "已卸载" in output
    assert (own / "填好的.xlsx").read_bytes() == b"mine"
    assert (own / "存在模板中的.xlsx").read_bytes() == b"mine too"
    assert any(not unix_path(HOME).exists() or time.sleep(0.2) for _ in range(50))
    assert not unix_path(state["places"]["addin"]).exists()
    assert not list(unix_path(state["places"]["menu"]).glob("*.lnk"))
    for key in (*state["keys"], *(entries._trusted_path(version) for version in state["trusted"])):
        assert windows.run("reg", "query", rf"HKCU\{key}")[0] == 1, key
    assert "gouji-server" not in windows.run("reg", "query", rf"HKCU\{entries._RUN}")[1]
