"""What the formulas beside a zone show is what Python decides, in LibreOffice and in Gnumeric."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest

from gouji.form import load_form
from gouji.workbook.figures import Shown
from gouji.workbook.layout import address
from gouji.workbook.pasting.sheet import LAST_HIDDEN, paste_sheet
from gouji.workbook.reading.cells import Position
from support.at_once import NEWEST
from support.office import Office
from support.pastes import book_of, by_gnumeric, drawn

#: Pastes in one file, and files an edition.
PACK, PACKS, LONG_PACKS = 12, 1, 12


def differences(office: Office, folder: Path, edition: str, seeds: range) -> list[str]:
    """Cells that a program shows otherwise, a line each."""
    form = load_form(edition)
    sheet = paste_sheet(form, "last_year")
    book, expected = book_of(form, [drawn(sheet, Random(f"{edition}{seed}")) for seed in seeds])
    path = folder / "pastes.xlsx"
    path.write_bytes(book)
    found: list[tuple[str, dict[Position, object]]] = []
    by_program = {"Gnumeric": by_gnumeric(path), "LibreOffice": by_libreoffice(office, path, len(expected))}
    for program, sheets in by_program.items():
        found += [(f"{program} {seed}", values) for seed, values in zip(seeds, sheets, strict=True)]
    return [
        f"{name} {address(*at)}: Python {value!r}, shown {values.get(at)!r}"
        for (name, values), shown in zip(found, expected * len(by_program), strict=True)
        for at, value in shown.items()
        if not equal(value, values.get(at))
    ]


def equal(expected: Shown, found: object) -> bool:
    return expected == ("" if found is None else found)


def by_libreoffice(office: Office, path: Path, sheets: int) -> list[dict[Position, object]]:
    with office.open(path) as book:
        book.recalculate()
        blocks = [book.values(str(number), f"A1:{address(110, LAST_HIDDEN)}") for number in range(sheets)]
    return [
        {(i, j): value for i, row in enumerate(block, 1) for j, value in enumerate(row, 1)}
        for block in blocks
    ]


@pytest.mark.parametrize("edition", NEWEST)
@pytest.mark.parametrize("pack", range(PACKS))
def test_two_programs_find_what_python_finds(office: Office, tmp_path: Path, edition: str, pack: int) -> None:
    if not shutil.which("ssconvert"):
        reason = "Gnumeric's ssconvert is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    assert differences(office, tmp_path, edition, range(pack * PACK, (pack + 1) * PACK)) == []
