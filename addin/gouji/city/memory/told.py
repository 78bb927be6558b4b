"""The long table of a city as a file tells it: its workbook with 明细, a file of 明细, or a season's store.

A workbook does not say which file of a unit a row came from; its stamp does, where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import Refused
from ...marks import marks_of
from ...report import Report
from ...wording import wording_of
from ..rows import Row, Source, report_rows
from ..sum.last_year import read_last_year
from .balanced import adjusted_in, balanced
from .manifest import manifest_of
from .stamp import Input, Stamp
from .stamping import stamp_in
from .store import Store

#: Where in a season's folder the store may lie: at its top.
_COUNTED = ("taken", "repeated")


def store_path(season: Path) -> Path:
    """Where a season keeps its store."""
    return season / str(marks_of("gouji.city.memory", "files")["store"])


def told_rows(source: Path) -> tuple[Iterator[Row], Stamp | None]:
    """The rows that a result or a season tells, and the stamp of the run that they are of.

    ``source``: a workbook, or a season's folder, of which the last run counts. Raises Refused where it is
    neither, OSError where it can not be opened.
    """
    return _of_season(source) if source.is_dir() else _of_result(source)


def _of_season(season: Path) -> tuple[Iterator[Row], Stamp | None]:
    path = store_path(season)
    if not path.is_file():
        raise Refused("season", wording_of("gouji.city.memory", "told")["no_store"].format(folder=season))
    store = Store(path)
    runs = store.runs()
    if not runs:
        store.close()
        said = store.words or [wording_of("gouji.city.memory", "told")["no_run"].format(folder=season)]
        raise Refused("season", said[0])
    last = runs[-1].stamp
    return balanced(_closing(store, last.run), runs[-1].adjusted), last


def _closing(store: Store, run: int) -> Iterator[Row]:
    with store:
        yield from store.rows_of(run)


def _of_result(path: Path) -> tuple[Iterator[Row], Stamp | None]:
    told = read_last_year(path)
    found = stamp_in(path.read_bytes(), path.suffix.removeprefix("."))
    listed = manifest_of(path)
    stamp = found.stamp if found else listed[0].stamp if listed else None
    rows = _result_rows(told.units, told.city, stamp)
    return balanced(rows, adjusted_in(told.adjusted)), stamp


def _result_rows(units: tuple[Report, ...], city: Report, stamp: Stamp | None) -> Iterator[Row]:
    run = stamp.run if stamp else 0
    files = {one.unit: one for one in stamp.inputs if one.status in _COUNTED} if stamp else {}
    for unit in units:
        of = files.get(unit.unit, Input("", ""))
        yield from report_rows(city.form, run, Source(unit.unit, unit.code or "", unit, of.file, of.sha256))
    yield from report_rows(city.form, run, Source(city.unit, city.code or "", city))
