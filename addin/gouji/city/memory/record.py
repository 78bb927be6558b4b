"""One run as it is recorded: what went in and came out, and the numbers of every unit that was summed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from ...form import Form, load_form
from ...records import dataclass
from ...report import Report
from ..rows import Row, Source, report_rows
from .balanced import Adjusted, adjusted_of
from .stamp import Stamp, stamp

if TYPE_CHECKING:
    from ..consolidate import Consolidation


@dataclass(frozen=True)
class Recorded:
    """``stamp``: number, time, tool, rules and inputs. ``statuses``: unit of the roster -> what became of it.
    ``outputs``: path within the run's folder, with "/" -> sha256. ``adjusted``: the adjustments of the sum,
    None in runs of versions that did not record them."""

    stamp: Stamp
    statuses: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    adjusted: tuple[Adjusted, ...] | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Recorded:
        """What :meth:`to_json` made, in this release or an earlier one."""
        said = json.loads(text)
        found = said.get("adjusted")
        adjusted = None if found is None else tuple(Adjusted(*one) for one in found)
        return cls(Stamp.from_data(said["stamp"]), said["statuses"], said["outputs"], adjusted)


def recorded_of(city: Consolidation, outputs: Mapping[str, str]) -> Recorded:
    """What there is to record of a run beside its rows."""
    return Recorded(stamp(city), statuses(city), outputs, adjusted_of(city))


def statuses(city: Consolidation) -> dict[str, str]:
    """Unit of the roster -> its status (:data:`gouji.city.intake.sorting.Status`)."""
    return {row.unit.name: row.status for row in city.units}


# ---------------------------------------------------------------- the rows of one report


def facts_of(form: Form, source: Source) -> str:
    """All of a source but its numbers, as JSON. ``form``: by which its rows are made."""
    said = {"unit": source.unit, "code": source.code, "year": source.report.year, "edition": form.edition}
    said |= {"layout": form.layout, "file": source.file, "sha256": source.sha256}
    return json.dumps(said, ensure_ascii=False)


def content_of(form: Form, report: Report) -> bytes:
    """What stands in the cells of the form, in its order."""
    held = [report.value(cell.id) for cell in form.cells]
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode(), 1)


def recorded_rows(run: int, facts: str, content: bytes) -> Iterator[Row]:
    """The rows of the report that ``facts`` and ``content`` were recorded of."""
    said: dict[str, Any] = json.loads(facts)
    form = load_form(said["edition"], said["layout"])
    held = zip(form.cells, json.loads(zlib.decompress(content)), strict=True)
    report = Report(form, year=said["year"], values={c.id: v for c, v in held if v is not None})
    return report_rows(form, run, Source(said["unit"], said["code"], report, said["file"], said["sha256"]))
