"""The long table (:mod:`gouji.city.rows`) as a pandas frame, a CSV file or a Parquet file.

One row a cell of a unit. ``value``: a whole number, 分 for money, so that every sum of it is exact; missing
where nothing or "/" stands. ``shown``: what stands in the cell as the form shows it, money as an exact
decimal string of 万元, "/" or "". Both say the same; neither was ever a float.

A frame and a Parquet file name the columns in English, as :class:`gouji.city.rows.Row` does; a CSV file has
the heads of ``marks.toml`` and opens in Excel and WPS (UTF-8 with BOM, CRLF). A text that a spreadsheet
would take for a formula gets one "'" before it there, and so does one that begins with "'": whoever takes
one "'" away from such texts has them back as they were.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from ...errors import GoujiError
from ...form import KINDS, SLASH, editions, load_form
from ...marks import marks_of
from ...text import like_formula
from ...wording import wording_of
from ..rows import Row

if TYPE_CHECKING:
    import pandas

#: The columns in their order: those of a row, and beside ``value`` what the form shows.
COLUMNS = (*Row._fields[:9], "shown", *Row._fields[9:])
#: What is put before a text that a spreadsheet would take for a formula, and before one that begins so.
_GUARD = "'"
_TEXTS = ("unit", "code", "table", "row", "column", "cell", "file", "sha256")
#: So many numbers of 64 bits can be added without a doubt.
_INT64 = 2**63


class NoLibrary(GoujiError, ImportError):
    """A library that only some commands need is not installed."""

    def __init__(self, key: str) -> None:
        super().__init__(wording_of("gouji.city.memory", "library")[key])


@cache
def _money() -> frozenset[str]:
    return frozenset(c.id for edition in editions() for c in load_form(edition).cells if c.kind.money)


def is_money(row: Row) -> bool:
    """Whether the value is 分, shown in 万元."""
    return row.cell in _money()


def shown(row: Row) -> str:
    """What stands in the cell, as the form shows it: a number, "/" or ""."""
    if row.value is None:
        return SLASH if row.state == "slash" else ""
    return KINDS["money"].show(row.value) if is_money(row) else str(row.value)


def frame(rows: Iterable[Row]) -> pandas.DataFrame:
    """The rows as a frame with the columns :data:`COLUMNS`.

    ``value`` is ``Int64`` (missing: ``NA``), or whole Python numbers where their sum would not fit 64 bits;
    run and year are whole numbers, all others texts. Raises :class:`NoLibrary` where pandas is not
    installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise NoLibrary("pandas") from error
    columns: dict[str, list[Any]] = {key: [] for key in COLUMNS}
    fill: list[tuple[Callable[[Any], None], int]] = [
        (columns[key].append, Row._fields.index(key)) for key in Row._fields
    ]
    show = columns["shown"].append
    for row in rows:
        for append, index in fill:
            append(row[index])
        show(shown(row))
    size = sum(abs(value) for value in columns["value"] if value is not None)
    made = pandas.DataFrame(columns, columns=list(COLUMNS))
    whole = pandas.array(columns["value"], dtype="Int64" if size < _INT64 else "object")
    return made.assign(value=whole)


def write_csv(rows: Iterable[Row], path: Path) -> int:
    """Write the rows as they come, so that their number is no matter; how many there were."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return _write(file, rows)


def write_parquet(rows: Iterable[Row], path: Path) -> int:
    """Write the frame as a Parquet file; how many rows. Raises :class:`NoLibrary` where pandas or pyarrow is
    not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise NoLibrary("parquet") from error
    made = frame(rows)
    made.to_parquet(path, engine="pyarrow", index=False)
    return len(made)


def _write(file: TextIO, rows: Iterable[Row]) -> int:
    heads, states = (marks_of("gouji.city.memory", f"long.{key}") for key in ("columns", "states"))
    writer = csv.writer(file)
    writer.writerow([str(heads[key]) for key in COLUMNS])
    count = 0
    for row in rows:
        said: dict[str, Any] = row._asdict() | {"shown": shown(row), "state": str(states[row.state])}
        said |= {key: _guarded(said[key]) for key in _TEXTS}
        writer.writerow(["" if said[key] is None else said[key] for key in COLUMNS])
        count += 1
    return count


def _guarded(text: str) -> str:
    return _GUARD + text if text.startswith(_GUARD) or like_formula(text) else text


#: Ending -> what writes the long table so.
WRITERS: dict[str, Callable[[Iterable[Row], Path], int]] = {"csv": write_csv, "parquet": write_parquet}
