"""What a command loads, compiles and reads beside its work: counted, for seconds depend on the day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any

import pytest

import gouji
from benchmarks.many_books import unit, write_books
from gouji.form import editions

DATA = Path(__file__).parents[1] / "data" / "published" / "pt-htp-2025.json"

#: Runs a command and tells what was loaded, which patterns were compiled, which TOML files were read.
_COUNTED = """
import json, re, sys
from re import _compiler
from gouji import shipped
compiled, read = [], []
def seen(home, name, into):
    act = getattr(home, name)
    def noted(given, *rest, **named):
        into.append(given)
        return act(given, *rest, **named)
    setattr(home, name, noted)
seen(_compiler, "compile", compiled)
seen(shipped, "shipped", read)
sys.argv = ["gouji", *sys.argv[1:]]
from gouji.cli import main
try:
    main()
finally:
    said = {"modules": sorted(sys.modules), "compiled": len(compiled), "read": read}
    print("\\n" + json.dumps(said), file=sys.stderr)
"""

#: What no check of one file needs: libraries, and of the standard library what takes long to load.
HEAVY = {
    *("pandas", "numpy", "openpyxl", "xlsxwriter", "xlwings", "rich", "lxml", "msgspec", "docx"),
    *("email", "http", "ssl", "socket", "urllib.request", "xml.sax", "xml.etree", "html", "logging"),
    *("asyncio", "multiprocessing", "concurrent", "subprocess", "sqlite3", "unittest"),
    *("zipfile", "tempfile", "shutil", "csv", "difflib", "secrets", "importlib.resources"),
    *("gouji.city.intake.folder", "gouji.city.sum", "gouji.document", "gouji.workbook.writer"),
    *("gouji.workbook.live", "gouji.workbook.naming", "gouji.rules.faults", "gouji.rules.schema"),
    *("gouji.published.source", "gouji.published.tables", "gouji.published.prose", "gouji.excel"),
    *("gouji.published.importer", "gouji.workbook.reading.macros", "gouji.opc.vba"),
}
#: What a report without a fault does not need either, nor a sum of units that have all done their part.
UNASKED = {
    *("gouji.locate.diagnosis", "gouji.locate.movement"),
    *("gouji.city.asking.slips", "gouji.city.asking.reminder", "gouji.city.asking.notice"),
    *("gouji.workbook.returning", "gouji.workbook.shown.slip", "gouji.city.memory.store", "sqlite3"),
}


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(gouji.__file__).parents[1])}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def counted(*arguments: object, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", _COUNTED, *map(str, arguments)]
    ran = run(command, folder)
    assert ran.returncode in (0, 1), ran.stderr
    found: dict[str, Any] = json.loads(ran.stderr.splitlines()[-1])
    return found


def heavy(modules: Iterable[str], of: Set[str] = HEAVY) -> set[str]:
    return {each for each in of for name in modules if name == each or name.startswith(f"{each}.")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report as a workbook and as JSON."""
    made = tmp_path_factory.mktemp("start")
    report = gouji.read(DATA)
    gouji.write(report, made / "甲.xlsx")
    gouji.write(report, made / "甲.json")
    return made


@pytest.mark.parametrize("file", ["甲.xlsx", "甲.json"])
def test_checking_a_file_loads_and_compiles_little(file: str, folder: Path) -> None:
    told = counted("validate", file, folder=folder)
    assert heavy(told["modules"]) == set()
    assert len(told["modules"]) < 330
    assert told["compiled"] < 100
    assert len(told["read"]) == len(set(told["read"])), "a file is read twice"
    assert len(told["read"]) <= 30


def test_the_measure_sees_what_is_loaded(folder: Path) -> None:
    """Else nothing above would mean anything: another command needs more."""
    told = counted("fill", "甲.json", "-o", "乙.xlsx", folder=folder)
    assert {"xlsxwriter", "gouji.workbook.writer"} <= heavy(told["modules"])
    assert told["compiled"] and len(told["read"]) > len(editions())


def test_a_citys_own_rules_are_checked_in_full(folder: Path) -> None:
    """What ships is checked by the tests; what a city writes, whenever it is read."""
    (folder / "规则.toml").write_text("[stock-floor]\nlevle = 'hint'\n", "utf-8")
    command = [sys.executable, "-m", "gouji", "validate", "甲.json", "--rules", "规则.toml"]
    ran = run(command, folder)
    assert ran.returncode == 2 and "levle" in ran.stderr


def test_adding_up_a_city_loads_no_web_client(folder: Path) -> None:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "甲.xlsx").write_bytes((folder / "甲.xlsx").read_bytes())
    (folder / "名单.csv").write_text(f"单位名称\n{gouji.read(DATA).unit}\n", "utf-8")
    city = ("consolidate", "in", "--roster", "名单.csv", "--name", "某市", "-o", "out", "--force")
    told = counted(*city, folder=folder)
    never = {"email", "http", "ssl", "socket", "urllib.request", "xml.sax", "msgspec"}
    assert heavy(told["modules"]) & {*never, "pandas", "numpy", "openpyxl", "multiprocessing"} == set()
    assert len(told["read"]) == len(set(told["read"])), "a file is read twice"


def test_where_all_is_well_nothing_is_loaded_that_asks_for_more(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_books(tmp_path / "in", 1)
    (book,) = (tmp_path / "in").iterdir()
    told = counted("validate", book, folder=tmp_path)
    assert heavy(told["modules"], HEAVY | UNASKED) == set()
    (tmp_path / "名单.csv").write_text(f"单位名称\n{unit(0)}\n", "utf-8")
    city = ("consolidate", "in", "--roster", "名单.csv", "--name", "某市", "-o", "out")
    assert heavy(counted(*city, folder=tmp_path)["modules"], UNASKED) == set()
