"""An office's folder handed to the page's Python, as the page hands it over."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from gouji.page import office

#: When a run of the demonstration's season is, after its two.
TIME = datetime.datetime(2020, 1, 22, 9, 30)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def dropped(folder: Path, *, under: str = "") -> dict[str, Path]:
    """Every file of a folder by the path that a browser gives it: the folder's own name first; ``under``:
    only what lies in this part of it."""
    files = sorted(file for file in (folder / under).rglob("*") if file.is_file())
    return {f"{folder.name}/{file.relative_to(folder).as_posix()}": file for file in files}


def begin(root: Path, files: dict[str, Path | bytes]) -> dict[str, Any]:
    """A new desk with these files; what is said of them."""
    office.office_begin(str(root))
    for path, file in files.items():
        put(path, file)
    return given()


def put(path: str, file: Path | bytes, size: int = 0) -> dict[str, Any]:
    content = file if isinstance(file, bytes) else file.read_bytes()
    modified = 0 if isinstance(file, bytes) else file.stat().st_mtime * 1000
    found: dict[str, Any] = json.loads(office.office_put(path, content, modified, size))
    return found


def given() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(office.office_given())
    return found


def read() -> list[dict[str, Any]]:
    """Every file, one after the other, as the page does it."""
    return [json.loads(office.office_read(path)) for path in given()["to_read"]]


def run(name: str = "", year: int = 0, time: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(office.office_run(name, year, time))
    return found


def zipped(which: str = "all") -> bytes:
    """The zip out of its pieces."""
    pieces: list[bytes] = []
    while piece := office.office_zip(which, sum(map(len, pieces))):
        pieces.append(piece)
    return b"".join(pieces)
