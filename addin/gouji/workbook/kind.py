"""What a file is, before whose: a unit's form, a city's result, or a list that the program made.

The very hidden sheet says it in the row ``kind``. A result also says what it was summed from, so that the
next level can tell whether a unit is in it, and what its city reported in earlier years. In memory and as
JSON that stands in ``Report.meta``, so that it survives an export, a seal and a 退回单.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any, Literal, TypeGuard

from ..form import LIMIT, SLASH, TABLE_KEYS, Form, Value, editions, load_form
from ..records import dataclass
from ..report import CONSOLIDATED, Report
from ..text import whole_number
from .template_info import TEMPLATE_VERSION
from .wording import marks

#: What a city makes that holds no form: 明细 in a file of its own, 催报名单, 应报单位名单, and a 退回单 on
#: what is no form either.
ListKind = Literal["detail", "reminder", "roster", "slip"]
LISTS: tuple[ListKind, ...] = ("detail", "reminder", "roster", "slip")
#: Characters kept of why a unit is not in a result.
_REASON = 500
#: Digits that the weight of a unit's numbers has at most, and a year.
_BITS, _YEAR = 6, 4

Rows = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One unit of a result, or of a result in it. ``digest``: of its numbers, "" where all are 0; since 0.5.0
    with ``/`` and their weight behind it. ``lines``: since 0.6.0 the same of each line of the form that is
    not 0 throughout, with a space between, "" where the file does not say."""

    unit: str
    code: str = ""
    digest: str = ""
    lines: str = ""

    @property
    def numbers(self) -> str:
        """What two parts with the same numbers have in common, whichever release wrote them."""
        return self.digest.partition("/")[0]

    @property
    def weight(self) -> int:
        """How much the numbers tell, in bits (:func:`bits`); 0 where the file does not say."""
        said = self.digest.partition("/")[2]
        return _bits(said)

    def weights(self) -> dict[str, int]:
        """What two parts with the same lines have in common: a line's digest -> its weight in bits."""
        told = (line.partition("/") for line in self.lines.split())
        return {digest: _bits(weight) for digest, _, weight in told}


def _bits(said: str) -> int:
    return whole_number(said, _BITS) or 0


def part_of(unit: str, code: str, report: Report) -> Part:
    """The report as a part of a result, under the name that the roster has for it."""
    numbers = report.vector()
    return Part(unit, code, *_told(report.form, tuple(numbers))) if any(numbers) else Part(unit, code)


@lru_cache(maxsize=1024)
def _told(form: Form, numbers: tuple[int, ...]) -> tuple[str, str]:
    """``digest`` and ``lines`` of numbers."""
    digest = hashlib.sha256(repr([*numbers]).encode()).hexdigest()[:16]
    return f"{digest}/{bits(form, numbers)}", _lines(form, numbers)


def bits(form: Form, numbers: Sequence[int]) -> int:
    """How hard it is to have the same numbers by chance: the digits in base 2 of every number that is no
    total of others, added up. ``numbers`` in the order of the form's cells."""
    return sum(_weights(form, numbers))


def _weights(form: Form, numbers: Sequence[int]) -> list[int]:
    totals, _ = _shape(form)
    each = zip(totals, numbers, strict=True)
    return [0 if is_total else (abs(number) + 1).bit_length() - 1 for is_total, number in each]


@lru_cache(maxsize=8)
def _shape(form: Form) -> tuple[tuple[bool, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """Which cells are totals, and the places of the cells of each line."""
    lines: dict[str, list[int]] = {}
    for place, cell in enumerate(form.cells):
        lines.setdefault(f"{cell.table}.{cell.row.id}", []).append(place)
    return tuple(cell.is_total for cell in form.cells), tuple((k, tuple(v)) for k, v in lines.items())


def _lines(form: Form, numbers: Sequence[int]) -> str:
    weights, found = _weights(form, numbers), []
    for line, places in _shape(form)[1]:
        if weight := sum(weights[place] for place in places):
            of_line = [numbers[place] for place in places]
            content = f"{line} {of_line}"
            found.append(f"{hashlib.sha256(content.encode()).hexdigest()[:6]}/{weight}")
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit of the roster that is not in a result. ``report``: under the roster's name and code, without a
    value where it sent none that is known; ``reason``: in words."""

    report: Report
    reason: str = ""


def as_consolidated(
    parts: Iterable[Part],
    left_out: Iterable[LeftOut] | None = None,
    earlier: Iterable[Report] = (),
) -> dict[str, Any]:
    """``Report.meta`` of the result of these parts. ``left_out``: who is not in it, so that next year can
    tell who was left out from who is new; None where that is not known. ``earlier``: the city's own reports
    of the years before, whose numbers are carried on from result to result."""
    told: dict[str, Any] = {"units": [asdict(part) for part in parts]}
    if left_out is not None:
        told["left_out"] = [{"unit": out.report.unit, **_left_out_data(out)} for out in left_out]
    if years := [_numbers(report) for report in earlier]:
        told["earlier"] = years
    return {CONSOLIDATED: told}


def _left_out_data(out: LeftOut) -> dict[str, Any]:
    return {"code": out.report.code or "", "reason": out.reason[:_REASON], **_numbers(out.report)}


def _numbers(report: Report) -> dict[str, Any]:
    """Year and cells by id, those that hold 0 left out, blank as None; no ``cells`` where no number is
    known."""
    kept: dict[str, Any] = {"year": report.year}
    if report.values:
        kept |= {"edition": report.form.edition, "layout": report.form.layout}
        kept["cells"] = {c.id: v for c in report.form.cells if (v := report.value(c.id)) != 0}
    return kept


def _left_out(unit: str, kept: Mapping[str, Any]) -> LeftOut:
    """What :func:`_left_out_data` made, read back."""
    report = _report(kept)
    report.unit, report.code = unit, _said(kept, "code") or None
    return LeftOut(report, _said(kept, "reason"))


def _said(kept: Mapping[str, Any], key: str) -> str:
    """A text of a stranger's JSON, "" where there is none: what else stands there may be nested so deep that
    it can not even be shown."""
    said = kept.get(key)
    return said if isinstance(said, str) else ""


def _whole(said: object, limit: int) -> TypeGuard[int]:
    """Whether a value of a stranger's JSON is a whole number within what is counted; JSON has no bounds."""
    return type(said) is int and abs(said) <= limit


def _report(kept: Mapping[str, Any]) -> Report:
    """What :func:`_numbers` made, read back; numbers of an edition that is not known any more are not."""
    edition, layout, cells = (kept.get(key) for key in ("edition", "layout", "cells"))
    is_known = isinstance(cells, dict) and isinstance(layout, dict) and edition in editions()
    held: dict[str, Value] = dict(cells) if is_known and isinstance(cells, dict) else {}
    tables = (
        {k: e for k, e in layout.items() if k in TABLE_KEYS and e in editions()}
        if isinstance(layout, dict)
        else {}
    )
    form = load_form(str(edition), tables) if is_known else load_form(editions()[-1])
    values: dict[str, Value] = {}
    for cell in form.cells if is_known else ():
        value = held.get(cell.id, 0)
        if value == SLASH or _whole(value, LIMIT):
            values[cell.id] = value
    year = kept.get("year")
    return Report(form, year=year if _whole(year, 10**_YEAR - 1) and year > 0 else 0, values=values)


def parts_of(report: Report) -> tuple[Part, ...] | None:
    """What a result was summed from; None for a report that is no result, () where it does not say."""
    told = report.meta.get(CONSOLIDATED)
    if not isinstance(told, dict):
        return None
    units = told.get("units")
    return tuple(_part(each) for each in units if isinstance(each, dict)) if isinstance(units, list) else ()


def kept_out(report: Report) -> tuple[LeftOut, ...] | None:
    """Who is not in a result; None for a report that is no result or does not say it."""
    told = report.meta.get(CONSOLIDATED)
    kept = told.get("left_out") if isinstance(told, dict) else None
    if not isinstance(kept, list):
        return None
    return tuple(_left_out(_said(each, "unit"), each) for each in kept if isinstance(each, dict))


def earlier_of(report: Report) -> tuple[Report, ...]:
    """What a result's city reported in the years before, without names, the newest first; () where the file
    does not say (before 0.6.0). A year of which no number can be read is left out."""
    told = report.meta.get(CONSOLIDATED)
    kept = told.get("earlier") if isinstance(told, dict) else None
    found = [_report(each) for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []
    by_year = {one.year: one for one in reversed(found) if one.values and 0 < one.year < report.year}
    return tuple(by_year[year] for year in sorted(by_year, reverse=True))


def _part(told: Mapping[str, Any]) -> Part:
    return Part(*(_said(told, field.name) for field in fields(Part)))


# ---------------------------------------------------------------- the very hidden sheet


def kind_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The rows of a workbook with the form; none where it is no result."""
    parts = parts_of(report)
    if parts is None:
        return
    yield "kind", CONSOLIDATED
    yield "result.unit", report.unit
    yield "result.year", str(report.year)
    for part in parts:
        yield "part", part.unit, f"{part.digest} {part.code}"
    # In rows of their own: readers of earlier releases pass over them.
    yield from (("part.lines", part.unit, part.lines) for part in parts)
    yield from left_out_rows(report)
    yield from earlier_rows(report)


def left_out_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The rows that say who is not in a result: one that there are such rows, then one a unit."""
    kept = kept_out(report)
    if kept is None:
        return
    yield "left_out", "", str(len(kept))
    for out in kept:
        yield "left_out", out.report.unit, _text(_left_out_data(out))


def earlier_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The rows that carry the city's numbers of earlier years on, one a year."""
    for one in earlier_of(report):
        yield "earlier", str(one.year), _text(_numbers(one))


def earlier_in(rows: Rows) -> tuple[Report, ...]:
    """What :func:`earlier_rows` wrote, in the order of the rows."""
    return tuple(_report(_json(text)) for _, text in rows.get("earlier", ()))


def left_out_of(rows: Rows) -> tuple[LeftOut, ...] | None:
    """Who is not in a result, by the rows of its workbook; None where it does not say (before 0.5.0)."""
    told = rows.get("left_out")
    return None if told is None else tuple(_left_out(unit, _json(text)) for unit, text in told if unit)


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


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
    if kind == CONSOLIDATED or (not kind and "sheet" in rows and "inputs" not in rows):
        return as_consolidated(_read_parts(rows), left_out_of(rows), earlier_in(rows))
    return {}


def _read_parts(rows: Rows) -> Iterator[Part]:
    parts, lines = rows.get("part", ()), rows.get("part.lines", ())
    for at, (unit, told, *_) in enumerate(parts):
        digest, _, code = told.partition(" ")
        said = lines[at][1] if len(lines) == len(parts) and lines[at][0] == unit else ""
        yield Part(unit, code, digest, said)


def list_kind(rows: Rows) -> ListKind | None:
    """Which list the workbook is; None where it holds a form."""
    return next((kind for kind in LISTS if _first(rows, "kind") == kind), None)


def whose(rows: Rows) -> tuple[str, int]:
    """The city and the year of a result or a list; ("", 0) where the file does not say."""
    year = _first(rows, "result.year")
    return _first(rows, "result.unit"), whole_number(year, _YEAR) or 0


def _first(rows: Rows, key: str) -> str:
    found = rows.get(key)
    return found[0][0] if found else ""
