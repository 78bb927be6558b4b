"""Imports run downward only, heavy ones happen where they are used, and start-up stays quick."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import gouji

ROOT = Path(gouji.__file__).parent

#: Floors from the ground up; a module may import its own floor and those below.
FLOORS = [
    {"digests", "errors", "kept", "marks", "opc", "precompiled", "records", "refusing", "remembered"}
    | {"shipped", "sweeping", "text", "typed", "wording"},
    {"form"},
    {"report", "files"},
    {"rules"},
    {"locate"},
    {"audit"},
    {"workbook", "document", "published"},
    {"examine"},
    {"city"},
    {"formats"},
    {"api"},
    {"workshop"},
    {"excel"},
    {"page"},
    {"cli"},
]
#: Parts of one floor that do not know each other.
APART = [{"workbook", "document", "published"}, {"excel", "page"}]

#: Libraries and who may import them, wherever in the module the import stands.
ONLY = {
    "xlwings": {"excel"},
    "pythoncom": {"excel"},
    "win32com": {"excel"},
    "xlsxwriter": {"workbook", "city", "workshop"},
    "docx": set(),
    "pandas": {"city", "excel"},
    "rich": {"cli"},
    "click": {"cli"},
    "openpyxl": {"city"},
    "python_calamine": set(),
    "pyarrow": {"city"},
    "msgspec": {"typed", "form", "rules", "city"},
}


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if "scripts" not in p.parts)


@cache
def imports(path: Path) -> set[str]:
    """Absolute dotted names of everything that a module imports, at any depth; TYPE_CHECKING counts too."""
    package = ["gouji", *path.relative_to(ROOT).with_suffix("").parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *(node.module.split(".") if node.module else [])])
            found |= {f"{name}.{alias.name}" for alias in node.names}
    return found


def part_of(dotted: str) -> str:
    return dotted.split(".")[1] if dotted.startswith("gouji.") else ""


def floor(part: str) -> int:
    return next(i for i, parts in enumerate(FLOORS) if part in parts)


def test_every_part_stands_on_a_floor() -> None:
    parts = {p.relative_to(ROOT).parts[0].removesuffix(".py") for p in modules()} - {"__init__", "__main__"}
    assert parts <= set().union(*FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downward(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for name in imports(path):
        other = part_of(name)
        if not other or other in ("__version__", own):
            continue
        assert floor(other) <= floor(own), f"{path.name} imports {name}"
        assert not any({own, other} <= apart for apart in APART), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for name in imports(path):
        library = name.split(".")[0]
        if library in ONLY:
            assert own in ONLY[library], f"{path.name} imports {library}"


@pytest.mark.parametrize(
    "part", ["form", "report", "rules", "locate", "audit", "form.load_form('2021')", "rules.catalogue()"]
)
def test_the_lower_floors_load_no_library(part: str) -> None:
    """Nor do the form and the rules themselves, which every call from Excel needs."""
    made = f"gouji.{part}; " if "(" in part else ""
    code = f"import sys, json, gouji.{part.split('.')[0]}; {made}print(json.dumps(sorted(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(shown.stdout)}
    assert not loaded & {*ONLY, "numpy", "lxml", "zipfile"}


#: What a browser has not: the page runs without it, from a blank form to every file that it gives.
_ON_THE_PAGE = """
import sys

ABSENT = {absent!r}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
from gouji.page import calling, desk
assert "xlsxwriter" not in sys.modules
calls = [("blank", 1, "某局", 2024), ("typed", 1, '{{"t3.new.total": "3"}}'), ("slip", 1), ("workbook", 1)]
calls += [("word", 1), ("web", 1), ("as_json", 1), ("slips",), ("draft", 1), ("states",), ("office_begin",)]
for name, *given in calls:
    kind, said = calling.answer(name, *given)
    assert kind in ("value", "bytes") and said, (name, kind, said)
"""


def test_the_page_needs_no_library_that_a_browser_lacks() -> None:
    absent = {"click", "rich", "openpyxl", "pandas", "pyarrow", "xlwings", "lxml", "docx", "numpy"}
    code = _ON_THE_PAGE.format(absent=absent)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr


#: Where something is printed: one place of the command line, one of what runs beside Excel, and the tools of
#: the workshop, which see no stranger's files.
PRINTS = {
    "cli/telling.py",
    "excel/console.py",
    "rules/reference.py",
    *(f"workshop/{tool}.py" for tool in ("build", "lint", "pictures", "renew")),
}


def prints(path: Path) -> bool:
    """Whether a module calls ``print`` or click's ``echo``, or writes to a stream of the process."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Name) and called.id in ("print", "echo", "secho"):
            return True
        if isinstance(called, ast.Attribute):
            stream = isinstance(called.value, ast.Attribute) and called.value.attr in ("stdout", "stderr")
            if called.attr in ("echo", "secho", "echo_via_pager") or (stream and called.attr == "write"):
                return True
    return False


def test_nothing_is_said_past_the_one_way_to_the_terminal() -> None:
    """What a stranger wrote could command it: ``cli.telling`` shows it instead (``tests/test_sinks.py``)."""
    assert {str(path.relative_to(ROOT)) for path in modules() if prints(path)} == PRINTS


def test_files_are_small() -> None:
    assert [p.name for p in modules() if len(p.read_text("utf-8").splitlines()) > 400] == []


# ---------------------------------------------------------------- start-up

_HELP = """
import sys
sys.argv = ["gouji", {arguments}]
from gouji.cli import main
try:
    main()
finally:
    print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    code = _HELP.format(arguments=", ".join(map(repr, arguments)))
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    return {name.split(".")[0] for name in shown.stderr.splitlines()}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    heavy = {"xlsxwriter", "docx", "pandas", "numpy", "rich", "openpyxl", "lxml", "xlwings"}
    assert not loaded(*arguments) & {*heavy, "zipfile", "tempfile", "asyncio", "multiprocessing"}


@pytest.mark.parametrize(
    "command",
    ["validate", "template", "fill", "import", "export", "season", "consolidate", "demo", "seal", "verify"],
)
def test_help_of_a_command_imports_no_writer(command: str) -> None:
    assert not loaded(command, "--help") & {"xlsxwriter", "docx", "pandas", "rich", "openpyxl", "lxml"}


@pytest.mark.skipif(sys.platform == "win32", reason="what children cost is told as on POSIX")
def test_help_is_quick() -> None:
    """It costs no more than a few bare interpreters."""
    import resource

    def cost(*command: str) -> float:
        """The least CPU of five runs."""
        found = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(found)

    bare = cost("-c", "pass")
    shown = cost("-c", "import sys; sys.argv = ['gouji', '--help']; from gouji.cli import main; main()")
    assert shown < 10 * bare
