"""Everything that is handed out, built on any system: ``python -m gouji.workshop.build FOLDER``.

Blank templates of every edition, as .xlsx and with macros as .xlsm, the add-in ``gouji.xlam`` and a sample to
look at, filled, with one wrong cell. Equal
sources give equal parts (inflated bytes), so a test compares ``workbook_templates`` with a new build.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import xlsxwriter

from ..form import editions, load_form
from ..report import Report
from ..workbook.packing import normalise
from ..workbook.wording import marks, wording
from ..workbook.writer import CREATED, write_workbook
from .macros import MacroKind, add_macros
from .sample import sample

ADDIN_NAME: Final = "gouji.xlam"
_SOURCES: Final[dict[MacroKind, str]] = {"xlsm": "template", "xlam": "addin"}

#: Modules that know neither the form nor its commands.
_SPEAKING: Final = ("GjForm", "GjServer", "GjTexts")


def macro_folder() -> Path:
    """Where the VBA sources and ``ribbon.xml`` are: in the installed package, else in the checkout."""
    package = Path(__file__).parent.parent
    installed = package / "macros"
    return installed if installed.is_dir() else package.parent.parent / "macros"


def macro_sources(kind: MacroKind) -> list[Path]:
    """The modules of a template (xlsm) or of the add-in (xlam): those of both, then its own."""
    folder = macro_folder()
    paths = sorted((*folder.glob("*"), *(folder / _SOURCES[kind]).glob("*")))
    return [path for path in paths if path.suffix in (".bas", ".cls")]


def desk_sources() -> list[Path]:
    """The modules of 汇总台 with buttons: what reaches the server and speaks, then its own."""
    folder = macro_folder()
    return [*(folder / f"{name}.bas" for name in _SPEAKING), *sorted((folder / "desk").glob("*.bas"))]


def desk_with_macros(package: bytes) -> bytes:
    """A 汇总台 that was written with buttons, as .xlsm."""
    return add_macros(package, desk_sources(), kind="xlsm")


def ribbon() -> bytes:
    """The ribbon of the add-in; templates have buttons on their sheets instead (``ribbon.xml`` says why)."""
    return (macro_folder() / "ribbon.xml").read_bytes()


def template(edition: str, kind: Literal["xlsx", "xlsm"]) -> bytes:
    """The blank template of an edition."""
    package = write_workbook(Report(load_form(edition), texts={}), macros=kind == "xlsm")
    if kind == "xlsx":
        return package
    return add_macros(package, macro_sources(kind), kind=kind)


def addin_package() -> bytes:
    """The workbook behind the add-in, before its macros: one sheet with the texts that macros show."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": CREATED})
    codes = marks("code_names")
    book.set_vba_name(codes["workbook"])
    sheet = book.add_worksheet(marks("sheets")["data"])
    sheet.set_vba_name(codes["data"])
    for row, (key, text) in enumerate(wording("messages").items()):
        sheet.write_row(row, 0, [f"text.{key}", text])
    book.close()
    return normalise(out.getvalue())


def addin() -> bytes:
    """``gouji.xlam``: the same commands, on a ribbon, for any workbook made from a template; no events."""
    return add_macros(addin_package(), macro_sources("xlam"), kind="xlam", ribbon=ribbon(), project="gouji")


def shipped() -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every file of ``workbook_templates``."""
    for edition in editions():
        name = wording("files")["template"].format(edition=edition)
        for kind in ("xlsx", "xlsm"):
            yield f"{name}.{kind}", template(edition, kind)
    yield ADDIN_NAME, addin()
    yield wording("files")["sample"], sample()


def build(folder: Path) -> list[Path]:
    """Write every file into ``folder`` (made where missing) and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in shipped():
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def main(arguments: Sequence[str]) -> int:
    """Exit code 0; 2 where the folder is not named."""
    if len(arguments) != 1:
        print("python -m gouji.workshop.build FOLDER", file=sys.stderr)
        return 2
    for path in build(Path(arguments[0])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
