"""The pictures of the READMEs are made by one command from real files."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from gouji.workshop.pictures import PICTURES, main
from support import ROOT
from support.office import Office

FOLDER = ROOT / "addin" / "pictures"
#: A page of GitHub is about 900 pixels wide; a README is loaded over slow lines too.
WIDTHS, LIMIT = range(800, 1100), 160_000


def width(path: Path) -> int:
    return int(struct.unpack(">I", path.read_bytes()[16:20])[0])


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_are_there_and_shown(name: str) -> None:
    assert width(FOLDER / name) in WIDTHS and (FOLDER / name).stat().st_size < LIMIT
    texts = [(ROOT / f).read_text("utf-8") for f in ("README.md", "README.zh-CN.md")]
    assert any(f"addin/pictures/{name}" in text for text in texts)


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is missing (Debian: poppler-utils)")
def test_one_command_makes_them(tmp_path: Path, office: Office) -> None:
    assert main([str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(PICTURES)
    assert all(abs(width(tmp_path / name) - width(FOLDER / name)) < 100 for name in PICTURES)
    assert main([]) == 2
