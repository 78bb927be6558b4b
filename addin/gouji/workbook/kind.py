"""What a file is, before whose: a unit's form, a city's result, or a list that the program made.

The very hidden sheet says it in the row ``kind``. A result also says what it was summed from, so that the
next level can tell whether a unit is in it. In memory and as JSON that stands in ``Report.meta``, so that it
survives an export, a seal and a 退回单.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..form import Form
from ..report import Report
from .template_info import TEMPLATE_VERSION
from .wording import marks

#: Lists of a city that hold no form: 明细 in a file of its own, 催报名单, 应报单位名单.
ListKind = Literal["detail", "reminder", "roster"]
LISTS: tuple[ListKind, ...] = ("detail", "reminder", "roster")
_CONSOLIDATED = "consolidated"

Rows = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One unit of a result, or of a result in it. ``digest``: of its numbers, "" where all are 0; since 0.5.0
    with ``/`` and their weight behind it."""

    unit: str
    code: str = ""
    digest: str = ""

    @property
    def numbers(self) -> str:
        """What two parts with the same numbers have in common, whichever release wrote them."""
        return self.digest.partition("/")[0]

    @property
    def weight(self) -> int:
        """How much the numbers tell, in bits (:func:`bits`); 0 where the file does not say."""
        said = self.digest.partition("/")[2]
        return int(said) if said.isascii() and said.isdecimal() else 0


def part_of(unit: str, code: str, report: Report) -> Part:
    """The report as a part of a result, under the name that the roster has for it."""
    numbers = report.vector()
    told = f"{hashlib.sha256(repr(numbers).encode()).hexdigest()[:16]}/{bits(report.form, numbers)}"
    return Part(unit, code, told if any(numbers) else "")


def bits(form: Form, numbers: Sequence[int]) -> int:
    """How hard it is to have the same numbers by chance: the digits in base 2 of every number that is no
    total of others, added up. ``numbers`` in the order of the form's cells."""
    cells = zip(form.cells, numbers, strict=True)
    return sum((abs(number) + 1).bit_length() - 1 for cell, number in cells if not cell.is_total)


def as_consolidated(parts: Iterable[Part]) -> dict[str, Any]:
    """``Report.meta`` of the result of these parts."""
    return {_CONSOLIDATED: {"units": [{"unit": p.unit, "code": p.code, "digest": p.digest} for p in parts]}}


def parts_of(report: Report) -> tuple[Part, ...] | None:
    """What a result was summed from; None for a report that is no result, () where it does not say."""
    told = report.meta.get(_CONSOLIDATED)
    if not isinstance(told, dict):
        return None
    units = told.get("units")
    return tuple(_part(each) for each in units if isinstance(each, dict)) if isinstance(units, list) else ()


def _part(told: Mapping[str, Any]) -> Part:
    unit, code, digest = (str(told.get(key) or "") for key in ("unit", "code", "digest"))
    return Part(unit, code, digest)


# ---------------------------------------------------------------- the very hidden sheet


def kind_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The rows of a workbook with the form; none where it is no result."""
    parts = parts_of(report)
    if parts is None:
        return
    yield "kind", _CONSOLIDATED
    yield "result.unit", report.unit
    yield "result.year", str(report.year)
    for part in parts:
        yield "part", part.unit, f"{part.digest} {part.code}"


def list_rows(kind: ListKind, unit: str = "", year: int = 0) -> list[tuple[str, str]]:
    """The rows of a workbook without the form."""
    facts = [("result.unit", unit), ("result.year", str(year or ""))]
    return [(marks("sheets")["data"], TEMPLATE_VERSION), ("kind", kind), *facts]


def meta_of(rows: Rows) -> dict[str, Any]:
    """``Report.meta`` of a workbook that was read.

    Files of 0.1.0 do not say their kind: there a result has sheets beside the form's and, being locked
    throughout, no row ``inputs``; it does not say its parts either.
    """
    kind = _first(rows, "kind")
    if kind == _CONSOLIDATED or (not kind and "sheet" in rows and "inputs" not in rows):
        return as_consolidated(_read_part(row) for row in rows.get("part", ()))
    return {}


def _read_part(row: tuple[str, ...]) -> Part:
    digest, _, code = row[1].partition(" ")
    return Part(row[0], code, digest)


def list_kind(rows: Rows) -> ListKind | None:
    """Which list the workbook is; None where it holds a form."""
    return next((kind for kind in LISTS if _first(rows, "kind") == kind), None)


def whose(rows: Rows) -> tuple[str, int]:
    """The city and the year of a result or a list; ("", 0) where the file does not say."""
    year = _first(rows, "result.year")
    return _first(rows, "result.unit"), int(year) if year.isdecimal() else 0


def _first(rows: Rows, key: str) -> str:
    found = rows.get(key)
    return found[0][0] if found else ""
