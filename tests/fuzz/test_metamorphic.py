"""The same content spelt otherwise gives the equal Report, the equal last year and equal findings."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from random import Random

import openpyxl
import pytest

import support.packages as p
from gouji.examine import judge
from gouji.report import to_json
from gouji.rules import Finding
from gouji.workbook.reading.reader import Reading, read_workbook
from support.office import Office
from support.slim import books
from support.spelt_otherwise import PACKINGS, VARIANTS

pytestmark = pytest.mark.slow

EDITIONS = ("2019", "2021")


def said(reading: Reading) -> tuple[object, object, list[Finding]]:
    """All that a file says: its report, its last year, what is to be said of both."""
    prior = to_json(reading.prior) if reading.prior else None
    return to_json(reading.report), prior, judge(reading)


def as_written(edition: str) -> tuple[object, object, list[Finding]]:
    return said(read_workbook(books()[edition]))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_spelt_otherwise(variant: str, edition: str) -> None:
    parts = p.unpack(books()[edition])
    changed = VARIANTS[variant](parts, Random(variant))
    assert changed != parts or list(changed) != list(parts)
    assert said(read_workbook(p.pack(changed))) == as_written(edition)


@pytest.mark.parametrize("packing", PACKINGS)
def test_packed_otherwise(packing: str) -> None:
    data = PACKINGS[packing](p.unpack(books()["2021"]))
    assert said(read_workbook(data)) == as_written("2021")


@pytest.mark.parametrize("edition", EDITIONS)
def test_saved_again_by_openpyxl(edition: str) -> None:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(books()[edition])).save(out)
    assert said(read_workbook(out.getvalue())) == as_written(edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_saved_again_by_libreoffice(edition: str, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(books()[edition])
    with office.open(path) as book:
        saved = book.save(tmp_path / "另存.xlsx")
    assert said(read_workbook(saved)) == as_written(edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_saved_again_by_gnumeric(edition: str, office: Office, tmp_path: Path) -> None:
    del office  # in CI its absence fails, elsewhere it skips: Gnumeric comes with it
    if not shutil.which("ssconvert"):
        pytest.skip("Gnumeric's ssconvert is missing")
    path, out = tmp_path / "表.xlsx", tmp_path / "另存.xlsx"
    path.write_bytes(books()[edition])
    command = ["ssconvert", "--export-type=Gnumeric_Excel:xlsx", str(path), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    assert said(read_workbook(out)) == as_written(edition)
