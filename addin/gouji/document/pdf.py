"""The report as PDF: the Word document, printed by an office suite that is installed (LibreOffice)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import GoujiError
from ..report import Report
from ..rules import Catalogue
from ..wording import wording_of
from .contents import PACKAGE, Frame
from .word import document_bytes

_NAMES = ("soffice", "libreoffice", "soffice.exe")
#: Where installers put it without telling the search path.
_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 120


class NoOfficeSuite(GoujiError, OSError):
    """No program that prints to PDF is installed, or it failed; the line says how to get the PDF."""


def pdf_bytes(report: Report, *, frame: Frame | None = None, rules: Catalogue | None = None) -> bytes:
    """The PDF, by LibreOffice in a profile of its own. Raises :class:`NoOfficeSuite`."""
    words = wording_of(PACKAGE, "pdf")
    program = next(_programs(), None)
    if program is None:
        raise NoOfficeSuite(words["missing"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(document_bytes(report, frame=frame, rules=rules))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name, "report.docx"]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False)
            return (folder / "report.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoOfficeSuite(words["failed"]) from error


def _programs() -> Iterator[str]:
    """LibreOffice by the search path, then where its installers put it."""
    yield from filter(None, map(shutil.which, _NAMES))
    roots = (Path(root) for root in map(os.environ.get, _FOLDERS) if root)
    places = [*(root / "LibreOffice" / "program" / _NAMES[-1] for root in roots), _MAC]
    yield from (str(place) for place in places if place.is_file())
