"""What a PDF holds that LibreOffice printed: the text of each page and the sizes of its letters."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

#: How much pdftohtml enlarges: it gives sizes as whole numbers.
_ZOOM = 3

needs_poppler = pytest.mark.skipif(not shutil.which("pdftohtml"), reason="poppler-utils is missing")


def texts(pdf: Path) -> list[str]:
    """The text of each page without white space."""
    command = ["pdftotext", "-raw", str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [re.sub(r"\s", "", page) for page in found.split("\f")[:-1]]


def smallest(pdf: Path) -> list[float]:
    """The size in points, to a third, of the smallest letters on each page; 0 on an empty one."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", str(_ZOOM), str(pdf)]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")
    sizes: dict[str, int] = {}
    pages = []
    for page in found.split("<page ")[1:]:
        sizes |= {m[1]: int(m[2]) for m in re.finditer(r'<fontspec id="(\d+)" size="(\d+)"', page)}
        used = [sizes[m[1]] for m in re.finditer(r'<text [^>]*font="(\d+)"', page)]
        pages.append(min(used, default=0) / _ZOOM)
    return pages
