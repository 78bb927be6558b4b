"""The pictures of the READMEs, from real files: ``python -m gouji.workshop.pictures FOLDER``.

The sample goes through the check, its 退回单 through LibreOffice to a PDF, the pages through poppler to PNG
files, cropped to what is printed on them. Needs ``soffice``, ``pdftoppm`` and a Chinese font.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ..audit import audit
from ..workbook.shown.slip import slip_workbook
from .sample import sample, sample_report

#: Picture -> page of the 退回单 of the sample: its first sheet; after 封面, 一 and 二 the sheet 三.
PICTURES: Final = {"slip.png": 1, "wrong-cell.png": 5}
#: A page is A4; at this resolution a table is about as wide as a page of GitHub.
_DPI: Final = 130
#: In parts of the page's height: what follows so much empty space is the page number; in pixels: the margin.
_EMPTY, _MARGIN = 0.03, 12


class _Crop(NamedTuple):
    left: int
    top: int
    width: int
    height: int


def pictures(folder: Path) -> list[Path]:
    """Make every picture in ``folder`` (made where missing) and return their paths. Raises CalledProcessError
    where LibreOffice or poppler fails, FileNotFoundError where one is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    report = sample_report()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        workbook = work / "slip.xlsx"
        workbook.write_bytes(slip_workbook(report, None, audit(report), sent=sample()))
        pdf = _printed(workbook, work)
        return [_picture(pdf, page, folder / picture) for picture, page in PICTURES.items()]


def _printed(workbook: Path, work: Path) -> Path:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def _picture(pdf: Path, page: int, target: Path) -> Path:
    crop = _content(_pixels(pdf, page))
    area = ["-x", crop.left, "-y", crop.top, "-W", crop.width, "-H", crop.height]
    target.write_bytes(_rendered(pdf, page, "-png", *map(str, area)))
    return target


def _rendered(pdf: Path, page: int, *options: str) -> bytes:
    pages = ["-f", str(page), "-l", str(page)]
    command = ["pdftoppm", "-r", str(_DPI), *pages, *options, str(pdf)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _pixels(pdf: Path, page: int) -> list[bytes]:
    """The page as rows of grey pixels (PGM: a head of three lines, then a byte a pixel)."""
    _, size, _, data = _rendered(pdf, page, "-gray").split(b"\n", 3)
    width, height = map(int, size.split())
    return [data[row * width : (row + 1) * width] for row in range(height)]


def _content(rows: Sequence[bytes]) -> _Crop:
    """What is printed from the top down to the first large empty space, with a margin."""
    white = b"\xff" * len(rows[0])
    inked = [number for number, row in enumerate(rows) if row != white]
    top = bottom = inked[0]
    for number in inked:
        if number - bottom > len(rows) * _EMPTY:
            break
        bottom = number
    printed = [row for row in rows[top : bottom + 1] if row != white]
    left = min(len(row) - len(row.lstrip(b"\xff")) for row in printed)
    right = max(len(row.rstrip(b"\xff")) for row in printed)
    return _Crop(
        max(left - _MARGIN, 0),
        max(top - _MARGIN, 0),
        right - left + 2 * _MARGIN,
        bottom - top + 2 * _MARGIN,
    )


def main(arguments: Sequence[str]) -> int:
    """Exit code 0; 2 where the folder is not named."""
    if len(arguments) != 1:
        print("python -m gouji.workshop.pictures FOLDER", file=sys.stderr)
        return 2
    for path in pictures(Path(arguments[0])):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
