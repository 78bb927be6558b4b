"""The pictures of the READMEs, from real files: ``python -m gouji.workshop.pictures FOLDER``.

A sheet as it stands on the screen, or as it prints, goes through LibreOffice to a PDF of one page, and
through poppler to a PNG file that is cropped to its ink. Needs ``soffice``, ``pdftoppm`` and a Chinese font;
with fonts-crosextra-carlito columns are as wide as with Calibri.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from ..audit import audit
from ..report import Report
from ..workbook.layout import Area, layout_of
from ..workbook.packing import Parts, read_parts, write_parts
from ..workbook.shown.slip import slip_workbook
from ..workbook.wording import marks
from ..workbook.writer import write_workbook
from .sample import sample, sample_report

#: In pixels: how wide a picture is, about as a page of GitHub; the margin around the ink.
_WIDTH, _MARGIN = 1040, 8
#: Dots an inch of the page that is only measured.
_DPI: Final = 100
#: A page wide enough for every sheet, without head and foot, in the numbers of a screen's rows and columns.
_SCREEN_PAGE: Final = '<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/>'

#: What a sheet prints that prints nothing.
_NOWHERE: Final = "$IV$1"


class _Crop(NamedTuple):
    left: int
    top: int
    width: int
    height: int


class _Shown(NamedTuple):
    """One sheet of a workbook. ``screen``: what of it is shown as on a screen; None: what it prints."""

    package: bytes
    sheet: str
    screen: Area | None = None


def _wrong_cell() -> _Shown:
    """三 of the sample: its heads, the wrong cell, and what is said beside the rows."""
    report = sample_report()
    place = layout_of(report.form).tables["table3"]
    return _Shown(sample(), place.name, Area(place.name, 1, 1, place.bottom, place.said))


def _check() -> _Shown:
    """The head of 校验 of a form with more than one thing left to do."""
    report = _unfinished()
    place = layout_of(report.form).check
    right = place.columns["explanation"]
    return _Shown(write_workbook(report), place.name, Area(place.name, 1, 1, place.live_top - 1, right))


def _slip() -> _Shown:
    """The first sheet of the 退回单 of the sample, as it prints."""
    report = sample_report()
    package = slip_workbook(report, None, audit(report), sent=sample())
    return _Shown(package, marks("slip")["sheet"])


PICTURES: Final[dict[str, Callable[[], _Shown]]] = {
    "wrong-cell.png": _wrong_cell,
    "check.png": _check,
    "slip.png": _slip,
}


def pictures(folder: Path) -> list[Path]:
    """Make every picture in ``folder`` (made where missing) and return their paths. Raises CalledProcessError
    where LibreOffice or poppler fails, FileNotFoundError where one is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        return [_picture(shown(), folder / picture, Path(name)) for picture, shown in PICTURES.items()]


def _unfinished() -> Report:
    """The sample with its slip, without 五 and with blanks in 四 and on 封面."""
    report = sample_report()
    report.texts = {key: text for key, text in (report.texts or {}).items() if key != "五"}
    for cell in report.form.tables["table4"].cells[:4]:
        report.values.pop(cell.id)
    return replace(report, unit="")


def _picture(shown: _Shown, target: Path, work: Path) -> Path:
    pdf = _printed(_alone(shown), work / target.stem)
    crop = _content(_pixels(pdf))
    dots = _DPI * (_WIDTH - 2 * _MARGIN) / (crop.width - 2 * _MARGIN)
    crop = _content(_pixels(pdf, dots))
    area = ["-x", crop.left, "-y", crop.top, "-W", crop.width, "-H", crop.height]
    target.write_bytes(_rendered(pdf, dots, "-png", *map(str, area)))
    return target


def _alone(shown: _Shown) -> bytes:
    """The workbook of which one sheet prints, without head and foot; with ``screen`` that area of it."""
    parts = read_parts(shown.package)
    book = parts["xl/workbook.xml"].decode()
    sheets = re.findall(r"<sheet [^>]*>", book)
    number = next(i for i, sheet in enumerate(sheets) if f'name="{shown.sheet}"' in sheet)
    part = _part_of(parts, sheets[number])
    text = re.sub(r"<headerFooter.*?</headerFooter>", "", parts[part].decode())

    def area(name: re.Match[str]) -> str:
        if int(name[2]) != number:
            return f"{name[1]}{name[3]}!{_NOWHERE}"
        return name[1] + (shown.screen.full() if shown.screen else name[3] + name[4])

    book = re.sub(r'(<definedName name="_xlnm.Print_Area" localSheetId="(\d+)">)([^<!]*)(![^<]*)', area, book)
    if shown.screen:
        text = _on_screen(text)
    parts |= {"xl/workbook.xml": book.encode(), part: text.encode()}
    return write_parts(parts)


def _on_screen(part: str) -> str:
    """The sheet on one wide page, in the numbers of its rows and columns."""
    part = re.sub(r"<pageSetup [^>]*/>", _SCREEN_PAGE, part)
    part = re.sub(r"<(row|col)Breaks .*?</\1Breaks>", "", part)
    part = part.replace("<printOptions ", '<printOptions headings="1" ')
    if "fitToPage" in part:
        return part
    return part.replace("</sheetPr>", '<pageSetUpPr fitToPage="1"/></sheetPr>')


def _part_of(parts: Parts, sheet: str) -> str:
    """The part of a sheet, by its element in the workbook."""
    (link,) = re.findall(r'r:id="(\w+)"', sheet)
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    (element,) = (each for each in re.findall("<Relationship [^>]*>", links) if f'Id="{link}"' in each)
    (target,) = re.findall(r'Target="([^"]*)"', element)
    return f"xl/{target.removeprefix('/xl/')}"


def _printed(package: bytes, work: Path) -> Path:
    work.mkdir()
    workbook = work / "shown.xlsx"
    workbook.write_bytes(package)
    profile = f"-env:UserInstallation={(work.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def _rendered(pdf: Path, dots: float, *options: str) -> bytes:
    command = ["pdftoppm", "-r", f"{dots:.2f}", "-f", "1", "-l", "1", *options, str(pdf)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _pixels(pdf: Path, dots: float = _DPI) -> list[bytes]:
    """The page as rows of grey pixels (PGM: a head of three lines, then a byte a pixel)."""
    _, size, _, data = _rendered(pdf, dots, "-gray").split(b"\n", 3)
    width, height = map(int, size.split())
    return [data[row * width : (row + 1) * width] for row in range(height)]


def _content(rows: Sequence[bytes]) -> _Crop:
    """What is printed, with a margin."""
    white = b"\xff" * len(rows[0])
    inked = [number for number, row in enumerate(rows) if row != white]
    printed = [rows[number] for number in inked]
    left = min(len(row) - len(row.lstrip(b"\xff")) for row in printed)
    right = max(len(row.rstrip(b"\xff")) for row in printed)
    return _Crop(
        max(left - _MARGIN, 0),
        max(inked[0] - _MARGIN, 0),
        right - left + 2 * _MARGIN,
        inked[-1] - inked[0] + 2 * _MARGIN,
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
