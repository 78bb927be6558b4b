"""What runs on a clerk's machine needs neither pandas nor numpy nor openpyxl, and loads none of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import DATA, ROOT

pytestmark = pytest.mark.slow

HEAVY = {"pandas", "numpy", "openpyxl"}
SEALED = DATA / "archive" / "0.1.0" / "填好并加盖校验标记（2021年版）.xlsx"

#: Reads, checks, seals, fills and exports as a clerk does.
COMMANDS = """
import gouji
sealed = gouji.seal({sealed!r})
assert gouji.validate(sealed).state != "unreadable"
gouji.write(gouji.read(sealed), to="json"), gouji.write(gouji.read(sealed), to="docx")
from gouji.cli import main
try:
    main(["validate", {sealed!r}])
except SystemExit as stop:
    assert stop.code == 0
"""
#: A machine that has none of them: xlwings takes them where it finds them.
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {heavy!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Absent())
"""
EXCEL = """
import gouji.excel.udfs, gouji.excel.commands, gouji.excel.server, gouji.excel.validate
"""
LOADED = """
import json, sys
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def modules(code: str, folder: Path) -> set[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "addin")}
    command = [sys.executable, "-c", code + LOADED]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.parametrize("machine", ["", WITHOUT.format(heavy=HEAVY)], ids=["with them", "without them"])
def test_checking_and_sealing(machine: str, tmp_path: Path) -> None:
    loaded = modules(machine + COMMANDS.format(sealed=str(SEALED)), tmp_path)
    assert "xlsxwriter" in loaded
    assert not loaded & {*HEAVY, "xlwings"}


def test_the_functions_in_excel(tmp_path: Path) -> None:
    loaded = modules(WITHOUT.format(heavy=HEAVY) + EXCEL, tmp_path)
    assert "xlwings" in loaded
    assert not loaded & {*HEAVY, "msgspec", "xlsxwriter", "sqlite3", "click", "rich", "multiprocessing"}
