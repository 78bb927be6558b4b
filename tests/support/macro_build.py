"""The real macros, built for the tests: every statement notes that it ran, message boxes can be answered.

What differs from the shipped sources is in SUBSTITUTES and in the calls of ``TestHit``; the shipped files
themselves are run too. ``macros/`` has no single-line If, which would hide what never ran (tested).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from gouji.workshop.build import addin_package, macro_folder, macro_sources, ribbon
from gouji.workshop.macros import MacroKind, add_macros

HERE = Path(__file__).parent
HELPERS = {
    "xlam": [HERE / name for name in ("TestProbe.bas", "TestHost.bas", "TestServer.cls")],
    "xlsm": [
        HERE / name for name in ("TestProbe.bas", "TestHost.bas", "TestServer.cls", "TestFunctions.bas")
    ],
}
Engine = Literal["office", "pyopenvba"]
Line = tuple[str, int]

#: A message box that can be answered, a server that can be attached to as active object or by class, and what
#: only Excel tells of itself.
SUBSTITUTES = (
    ("MsgBox ", "TestBox "),
    ("MsgBox(", "TestBox("),
    ("GetObject(, ", "TestActive("),
    ("GetObject(", "TestAttach("),
    ("book.AutoSaveOn", "TestSavesItself()"),
    ("Application.UserControl", "TestUserControl()"),
)
#: LibreOffice has no Range.Value2, no Application.Path and no Window.RangeSelection.
OFFICE_LACKS = (
    (".Value2", ".Value"),
    ("Application.Path", '"C:\\Office"'),
    (".RangeSelection", ".Selection"),
)
_STARTS = re.compile(r"\s*(?:(?:Public|Private) )?(?:Sub|Function) ")
_ENDS = re.compile(r"\s*End (?:Sub|Function)")
_LABEL = re.compile(r"\w+:$")
_PASSIVE = re.compile(r"\s*(?:'.*|Dim .*|Const .*|\w+:|Case .*|Else|ElseIf .*|End .*|Next .*|Loop)?$")


def statements(path: Path) -> list[int]:
    """Numbers (from 1) of the lines that begin a statement within a procedure."""
    found, inside, continued = [], False, False
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if _ENDS.match(line):
            inside = False
        elif inside and not continued and not _PASSIVE.match(line):
            found.append(number)
        if not continued and _STARTS.match(line):
            inside = True
        continued = line.endswith(" _")
    return found


@dataclass
class Instrumented:
    """Instrumented sources below ``folder``; ``lines``: number of a hit -> (file, line)."""

    folder: Path
    kind: MacroKind
    engine: Engine
    lines: list[Line] = field(default_factory=list)
    #: Other sources than those of the kind.
    paths: tuple[Path, ...] = ()

    def sources(self) -> list[Path]:
        self.folder.mkdir(parents=True, exist_ok=True)
        return [*(self._source(path) for path in self.paths or macro_sources(self.kind)), *HELPERS[self.kind]]

    def _source(self, path: Path) -> Path:
        own = set(statements(path))
        label = label_of(path)
        out = []
        held = ""
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            hit = f"TestHit {len(self.lines)}" if number in own else ""
            if hit:
                self.lines.append((label, number))
            if hit and _LABEL.match(out[-1]):  # a call would clear Err before the handler has read it
                hit, held = "", hit
            out += [*([hit] if hit else []), self._replaced(line)]
            if held and not line.endswith(" _"):
                out.append(held)
                held = ""
        target = self.folder / path.name
        target.write_text("\n".join(out), "utf-8")
        return target

    def _replaced(self, line: str) -> str:
        for old, new in (*SUBSTITUTES, *(OFFICE_LACKS if self.engine == "office" else ())):
            line = line.replace(old, new)
        return line

    def ran(self, hits: str) -> set[Line]:
        """The lines of ``TestHost.Hits``."""
        return {self.lines[int(number)] for number in hits.split(",") if number}


def label_of(path: Path) -> str:
    """``GjFill.bas`` or ``template/GjHost.bas``."""
    return path.relative_to(macro_folder()).as_posix()


def with_macros(package: bytes, macros: Instrumented) -> bytes:
    """The package as .xlsm with instrumented macros."""
    return add_macros(package, macros.sources(), kind="xlsm")


def addin_twin(macros: Instrumented) -> bytes:
    """The add-in as .xlsm: LibreOffice opens no .xlam."""
    return add_macros(addin_package(), macros.sources(), kind="xlsm", ribbon=ribbon())
