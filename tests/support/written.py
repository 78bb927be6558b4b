"""One of everything that gouji writes for Excel and Word, made by the commands that people call.

What hands a package on is listed in ``WRITERS``, each with a file in which its work can be seen; a module
that writes packages and is not listed fails ``tests/test_written_files.py``.
"""

from __future__ import annotations

import ast
import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import gouji
from gouji.cli import main
from support import archive
from support.handed_out import handed_out

PACKAGE = Path(gouji.__file__).parent
SUFFIXES = (".xlsx", ".xlsm", ".xlam", ".docx")

#: Modules that finish a package -> a file of ``everything`` that went through it.
WRITERS = {
    "city/memory/stamping.py": "demo/**/*_汇总.xlsx",
    "city/season/book.py": "season/汇总台.xlsm",
    "city/season/renewing.py": "season/汇总台_2.*",
    "city/sheets/lists.py": "demo/**/*_催报名单.xlsx",
    "document/word.py": "demo/**/*_年度报告.docx",
    "workbook/packing.py": "demo/**/*.xlsx",
    "workbook/returning/package.py": "退回单（有宏）.xlsm",
    "workbook/writer/__init__.py": "filled/*.xlsx",
    "workshop/build.py": "shipped/gouji.xlam",
    "workshop/macros.py": "shipped/*.xlsm",
}
#: Those whose packages no Office program opens: the bundle is a folder in a ZIP file, a picture's workbook is
#: thrown away. ``ooxml`` and ``opc`` are how others read and write.
NOT_OFFICE = {"excel/bundle.py", "workshop/pictures.py", "document/ooxml.py"} | {
    f"page/{name}.py" for name in ("outputs", "office_outputs", "sources", "bytecode")
}
_FINISHERS = ("packing.write_parts", "packing.normalise", "ooxml.package", "zipfile.ZipFile")


def finishing_modules() -> set[str]:
    """Every module that can finish a package, by what it imports or by openpyxl's ``save``."""
    return {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if _finishes(path)}


def _finishes(path: Path) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if any(f"{node.module}.{one.name}".endswith(_FINISHERS) for one in node.names):
                return True
        elif isinstance(node, ast.Import) and any(one.name == "zipfile" for one in node.names):
            return True
    return False


def command(*arguments: object, codes: tuple[int, ...] = (0,)) -> None:
    """A command as a person calls it."""
    out = io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(out):
            main([str(one) for one in arguments])
    except SystemExit as stopped:
        assert (stopped.code or 0) in codes, out.getvalue()


def shipped_files(folder: Path) -> None:
    (folder / "shipped").mkdir(parents=True)
    for name, content in handed_out().items():
        (folder / "shipped" / name).write_bytes(content)


def everything(folder: Path, demonstration: Path) -> None:
    """Fill the folder: what is handed out, what units fill and send, and all that a season makes; and what
    the demonstration made."""
    shipped_files(folder)
    filled = folder / "filled"
    filled.mkdir()
    for name, content in archive.files().items():
        (filled / name).write_bytes(content)
    shutil.copytree(demonstration, folder / "demo")
    _season(folder)
    wrong = filled / f"{archive.WRONG}.xlsx"
    command("validate", wrong, "--report", folder / "退回单（副本）.xlsx", codes=(1,))
    macros = next((folder / "shipped").glob("*2021*.xlsm"))
    command("validate", macros, "--report", folder / "退回单（有宏）.xlsm", codes=(1,))
    sealed = filled / f"{archive.SEALED.format(edition='2021')}.xlsx"
    command("export", sealed, "-o", folder / "年报.docx")
    command("export", sealed, "-o", folder / "起草.docx", "--draft")
    roster = folder / "demo" / "应报单位名单.xlsx"
    prior = next((folder / "demo" / "太仓市2019" / "结果").glob("第002次*"))
    command("template", "--year", 2020, "--roster", roster, "--prior", prior, "-o", folder / "模板")


def _season(folder: Path) -> None:
    """A 汇总台 with buttons, and the one that is renewed from it."""
    roster = folder / "名单.csv"
    roster.write_text("单位名称\n甲局\n乙局\n", "utf-8-sig")
    place = folder / "season"
    command("season", "某市", "--year", 2024, "--roster", roster, "--xlsm", "-o", place)
    roster.write_text("单位名称\n甲局\n乙局\n丙局\n", "utf-8-sig")
    command("season", place, "--roster", roster, "--renew")


def packages(folder: Path) -> list[Path]:
    """Every package below a folder; of the many that one writer makes for the units of a season, three."""
    found: dict[tuple[Path, str], list[Path]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
        alike = path.suffix if path.parent.name in ("报送", "模板") else path.name
        found.setdefault((path.parent, alike), []).append(path)
    return [path for paths in found.values() for path in paths[:3]]
