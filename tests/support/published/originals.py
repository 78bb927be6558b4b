"""Published files of the shapes, without their prose (tests/data/originals), and folders like it."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gouji.report import Report, load
from support import DATA

FOLDER = DATA / "originals"


@dataclass(frozen=True, eq=False)
class Original:
    """``undecidable``: ids of cells whose digits have several readings."""

    name: str
    data: bytes
    shape: str
    truth: Report
    undecidable: frozenset[str] = frozenset()


@cache
def originals() -> tuple[Original, ...]:
    index = tomllib.loads((FOLDER / "index.toml").read_text("utf-8"))
    return tuple(_original(**entry) for entry in index["files"])


def _original(name: str, shape: str, truth: str, undecidable: tuple[str, ...] = ()) -> Original:
    report = load(DATA / truth)
    data = (FOLDER / name).read_bytes()
    if name.endswith(".gz"):
        name, data = name.removesuffix(".gz"), gzip.decompress(data)
    cells = {c.id for c in report.form.cells if c.id.rpartition(".")[0] in undecidable}
    return Original(name, data, shape, report, frozenset(cells))


def folder_of_originals(folder: Path) -> Iterator[Original]:
    """Files with ``*.truth.json`` beside them: INDEX.tsv names file, truth and shape, UNDECIDABLE.tsv the
    rows (``table2/`` and a label). Files of a kind that is refused are left out."""
    undecidable: dict[str, list[str]] = {}
    for file, row, *_ in _lines(folder / "UNDECIDABLE.tsv"):
        undecidable.setdefault(file, []).append(row)
    for file, truth, _, _, _, shape, *_ in _lines(folder / "INDEX.tsv"):
        if Path(file).suffix in (".doc", ".pdf"):
            continue
        report = load(folder / truth)
        rows = undecidable.get(file, [])
        cells = {c.id for c in report.form.cells if any(_is_row(c.table, c.row.spellings, r) for r in rows)}
        yield Original(file, (folder / file).read_bytes(), shape.split()[0], report, frozenset(cells))


def _is_row(table: str, spellings: tuple[str, ...], row: str) -> bool:
    return any(row == f"{table}/{spelling}" for spelling in spellings)


def _lines(path: Path) -> Iterator[list[str]]:
    lines = path.read_text("utf-8").splitlines()[1:] if path.exists() else []
    return (line.split("\t") for line in lines)
