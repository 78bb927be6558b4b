"""LibreOffice as the judge of every workbook: opened, typed into, recalculated, run and looked at, headless.

UNO's Python module is compiled for one Python version (Debian's own), while the tests' interpreter may be
any; so a small server (`office_server.py`) runs under the interpreter that has `uno` and this client talks
to it in JSON lines. A crash or an endless macro then costs one test and not the run.

Documents are never loaded hidden, macros get their execution mode explicitly, arguments of macros are texts
(LibreOffice turns a number for a Long into 0). It swallows run-time errors of macros: call them through a
macro that catches the error and returns its text.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SERVER = Path(__file__).with_name("office_server.py")
START_SECONDS = 100
ANSWER_SECONDS = 200
Cell = float | str | None


class OfficeError(RuntimeError):
    """LibreOffice refused, failed or did not answer."""


class OfficeGoneError(OfficeError):
    """LibreOffice died over a command; its server still runs."""


def uno_python(soffice: str) -> str | None:
    """The interpreter that can import `uno`: $GOUJI_UNO_PYTHON, the system's, or the one beside soffice."""
    beside = Path(soffice).resolve().parent / "python"
    for candidate in (os.environ.get("GOUJI_UNO_PYTHON"), "/usr/bin/python3", str(beside)):
        if candidate and Path(candidate).exists():
            probe = subprocess.run([candidate, "-I", "-c", "import uno"], capture_output=True, check=False)
            if probe.returncode == 0:
                return candidate
    return None


def missing() -> str | None:
    """Why LibreOffice cannot be used here, or None."""
    soffice = shutil.which("soffice")
    if not soffice:
        return "soffice is not on PATH (Debian: libreoffice-calc)"
    if not uno_python(soffice):
        return "no Python can import uno (Debian: python3-uno)"
    return None


#: What changes an open workbook: done again where the office died after it.
_CHANGING = frozenset({"type", "paste", "put", "recalculate", "run", "ask"})


class Office:
    """One headless LibreOffice with a profile of its own below `folder`; started at the first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starts = 0
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def open(self, path: Path, *, macros: bool = True) -> Book:
        """Load a workbook with a view; Workbook_Open has run when this returns.

        An office that dies over it, or over what is done with it later, is started again once and all is done
        again: after hundreds of documents it sometimes does. A file that kills a fresh one is at fault.
        """
        return Book(self, path, macros)

    def restart(self) -> None:
        """End the office at once; the next command starts a new one, with no document open."""
        self._kill()

    def call(self, command: str, **arguments: Any) -> Any:
        """Send one command to the server and return its answer; a dead office is started again first."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        self._process.stdin.flush()
        answer = self._answer(ANSWER_SECONDS)
        if "error" in answer:
            kind = OfficeGoneError if answer["gone"] else OfficeError
            raise kind(f"{answer['error']}\n{answer['trace']}")
        return answer["ok"]

    def close(self) -> None:
        """End the office and whatever it started."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(30)
        self._kill()

    def _start(self) -> None:
        self._kill()
        soffice = shutil.which("soffice") or "soffice"
        python = uno_python(soffice)
        if python is None:
            raise OfficeError(str(missing()))
        self._starts += 1
        profile = self._folder / f"profile{self._starts}"
        profile.mkdir(parents=True)
        with (profile / "log.txt").open("w") as log:
            self._process = subprocess.Popen(
                [python, "-I", str(SERVER), soffice, str(profile)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
                encoding="utf-8",
                start_new_session=True,
            )
        self._answers = queue.Queue()
        threading.Thread(target=self._listen, args=(self._process, self._answers), daemon=True).start()
        self._answer(START_SECONDS)

    @staticmethod
    def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            answers.put(line)
        answers.put("")

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            line = ""
        if not line:
            self._kill()
            log = (self._folder / f"profile{self._starts}" / "log.txt").read_text("utf-8", "replace")
            raise OfficeError(f"LibreOffice died or said nothing for {seconds:g} s: {log[-2000:]}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _kill(self) -> None:
        """The server leads a process group of its own, and the office is in it."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


class Book:
    """One open workbook. Sheets go by name, cells by A1 address, ranges by A1:B2; merged cells by their
    first."""

    def __init__(self, office: Office, path: Path, macros: bool) -> None:
        self._office = office
        self._opening = {"path": str(path), "macros": macros}
        self._done: list[tuple[str, dict[str, Any]]] = []
        self._key = self._alive(self._opened)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self) -> str:
        key: str = self._office.call("open", **self._opening)
        return key

    def _again(self) -> None:
        """Open the workbook in a new office and do all that was done with it."""
        self._key = self._opened()
        for command, arguments in self._done:
            self._office.call(command, book=self._key, **arguments)

    def _alive(self, what: Callable[[], Any], before: Callable[[], Any] = lambda: None) -> Any:
        """The result of ``what``; where the office died over it, once more in a new one, after ``before``."""
        try:
            return what()
        except OfficeGoneError:
            self._office.restart()
            before()
            return what()

    def _call(self, command: str, **arguments: Any) -> Any:
        answer = self._alive(lambda: self._office.call(command, book=self._key, **arguments), self._again)
        if command in _CHANGING:
            self._done.append((command, arguments))
        return answer

    def close(self) -> None:
        """Close without saving."""
        with contextlib.suppress(OfficeError):
            self._office.call("close", book=self._key)

    def sheets(self) -> list[str]:
        """All sheet names, hidden ones too."""
        names: list[str] = self._call("sheets")
        return names

    def values(self, sheet: str, area: str) -> list[list[Cell]]:
        """Typed or computed values: number, text, None for an empty cell; an error as it is shown (#N/A,
        #VALUE!)."""
        rows: list[list[Cell]] = self._call("values", sheet=sheet, address=area)
        return rows

    def value(self, sheet: str, cell: str) -> Cell:
        """One of `values`."""
        return self.values(sheet, cell)[0][0]

    def texts(self, sheet: str, area: str) -> list[list[str]]:
        """What is displayed, with number formats applied."""
        rows: list[list[str]] = self._call("texts", sheet=sheet, address=area)
        return rows

    def text(self, sheet: str, cell: str) -> str:
        """One of `texts`."""
        return self.texts(sheet, cell)[0][0]

    def formulas(self, sheet: str, area: str) -> list[list[str]]:
        """Formulas in LibreOffice's notation, the typed text where there is none, "" for an empty cell."""
        rows: list[list[str]] = self._call("formulas", sheet=sheet, address=area)
        return rows

    def type(self, sheet: str, entries: Mapping[str, str]) -> None:
        """Enter texts as from the keyboard ("" empties the cell): parsed, events fire, locked cells refuse
        silently.

        A validation does not refuse: headless, its message box answers itself and the value stays.
        """
        self._call("type", sheet=sheet, entries=dict(entries))

    def paste(
        self, sheet: str, cell: str, source: Path, area: tuple[str, str] = ("", ""), *, values: bool = False
    ) -> None:
        """Copy from another file and paste at a cell, as a person does: ``area`` is a sheet and a range of a
        workbook, or nothing for the whole of a text. ``values``: contents alone."""
        self._call(
            "paste",
            sheet=sheet,
            address=cell,
            path=str(source),
            source_sheet=area[0],
            source_area=area[1],
            values_only=values,
        )

    def put(self, sheet: str, entries: Mapping[str, Cell]) -> None:
        """Set values directly, without events; faster than `type` when the reaction does not matter."""
        self._call("put", sheet=sheet, entries=dict(entries))

    def recalculate(self) -> None:
        """Hard recalculation of every formula."""
        self._call("recalculate")

    def colours(self) -> dict[str, dict[str, str]]:
        """Background colours with conditional formats applied: visible sheet -> address -> "#RRGGBB".

        Cells without a colour are absent, and so are hidden rows, columns and sheets.
        """
        found: dict[str, dict[str, str]] = self._call("colours")
        return found

    def invalid(self, sheet: str) -> list[str]:
        """Addresses of the cells whose value breaks their validation (LibreOffice stops at 1000)."""
        found: list[str] = self._call("invalid", sheet=sheet)
        return found

    def run(self, macro: str, *arguments: str) -> Any:
        """Call "Module.Procedure" of the workbook's VBA project with texts, return its result.

        A syntax error in any module makes every call return None or "", so demand a known answer first.
        """
        if not all(isinstance(argument, str) for argument in arguments):
            raise TypeError("LibreOffice loses numbers on the way to VBA: pass texts")
        return self._call("run", macro=macro, arguments=arguments)

    def ask(self, expression: str) -> Any:
        """Evaluate a Python expression on the UNO side, where `doc` is the document; for what has no method
        here."""
        return self._call("ask", expression=expression)

    def save(self, path: Path, filter_name: str = "Calc MS Excel 2007 XML") -> Path:
        """Export a copy."""
        self._call("store", path=str(path), filter_name=filter_name)
        return path

    def pdf(self, path: Path) -> Path:
        """Print every visible sheet."""
        return self.save(path, "calc_pdf_Export")

    def pages(self, folder: Path, dpi: int = 80) -> list[Path]:
        """The printed pages as PNG files in `folder`, in order."""
        folder.mkdir(parents=True, exist_ok=True)
        pdf = self.pdf(folder / "print.pdf")
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / "page")], check=True)
        return sorted(folder.glob("page*.png"))
