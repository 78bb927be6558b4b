"""No unit twice: a result of a lower level beside the units and the results that are in it already.

A result tells what it was summed from (:mod:`gouji.workbook.kind`). Of a unit that is in another's result
its own file is left out, for the result has its numbers; of two results with a unit in common neither
counts, for a sum can not be taken apart. Units of two results that bear one name need not be one: every
county has its 财政局. They are one where the name is full (it has the city's in it), the codes are the same
统一社会信用代码, or all numbers are equal; else a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any

from ...precompiled import compiled
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding
from ...workbook.kind import Part, part_of, parts_of
from ..desk import Merger
from .alike import Seen, alike
from .composed import SURE, sums_of_others
from .filed import Filed, UnitRow
from .names import plain_code, plain_name
from .remarks import remark, some

#: 统一社会信用代码 (GB 32100): the same everywhere, where other codes hold on one roster only.
_UNIFIED = compiled("[0-9A-Z]{18}")
#: Numbers of so many bits, all the same, are one unit under two names; smaller ones may well be chance.
_TELLING = 24


@dataclass(frozen=True)
class _Taken:
    """One row that is to be summed. ``parts``: None for a report that is no result. ``before``: names that
    the unit had before, by :func:`plain_name`."""

    at: int
    row: UnitRow
    filed: Filed
    report: Report
    before: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> tuple[Part, ...] | None:
        return parts_of(self.report)

    @cached_property
    def names(self) -> frozenset[str]:
        own = plain_name(self.row.unit.name), plain_name(self.report.unit)
        return self.before.union(filter(None, own))

    @cached_property
    def itself(self) -> Part:
        return part_of(self.row.unit.name, self.row.unit.code or self.report.code or "", self.report)

    @cached_property
    def by_name(self) -> dict[str, list[Part]]:
        """The parts by :func:`plain_name`."""
        return _grouped((plain_name(part.unit), part) for part in self.parts or ())

    @cached_property
    def by_numbers(self) -> dict[str, list[Part]]:
        """The parts with so many numbers that no other unit has the same."""
        return _grouped((part.numbers, part) for part in self.parts or () if part.weight >= _TELLING)

    @cached_property
    def by_code(self) -> dict[str, list[Part]]:
        """The parts that have a code, by :func:`plain_code`."""
        return _grouped((plain_code(part.code), part) for part in self.parts or () if part.code)

    def like(self, one: _Taken) -> Iterator[Part]:
        """The parts that may be the unit, looked up and not searched."""
        for name in one.names:
            yield from self.by_name.get(name, ())
            for place in self.names:
                yield from self.by_name.get(name.removeprefix(place), ()) if name != place else ()
        yield from self.by_code.get(plain_code(one.itself.code), ())
        yield from self.by_numbers.get(one.itself.numbers, ())

    @property
    def name(self) -> str:
        return self.row.unit.name

    @property
    def file(self) -> str:
        return self.filed.submission.file


def without_overlap(
    rows: Sequence[UnitRow], city: str, rules: Catalogue, mergers: Sequence[Merger] = ()
) -> tuple[list[UnitRow], list[Finding]]:
    """The rows with all that would be summed twice left out, and what is said of it. ``mergers``: the
    office's 撤并, by which a unit is known under an earlier name."""
    before: dict[str, set[str]] = {}
    for merger in mergers:
        before.setdefault(plain_name(merger.new), set()).add(plain_name(merger.old))
    taken = [
        _Taken(at, row, row.taken, row.taken.counted, frozenset(before.get(plain_name(row.unit.name), ())))
        for at, row in enumerate(rows)
        if row.taken and row.taken.counted
    ]
    overlaps = _Overlaps(taken, rules)
    overlaps.contained()
    overlaps.shared()
    overlaps.twins(plain_name(city))
    overlaps.whole(plain_name(city))
    overlaps.composed()
    overlaps.same()
    overlaps.unknown()
    overlaps.alike()
    out = overlaps.out
    return [_left_out(row, out[at]) if at in out else row for at, row in enumerate(rows)], overlaps.said


def _left_out(row: UnitRow, why: Sequence[str]) -> UnitRow:
    assert row.taken
    aside = replace(row.taken, status="overlap", remarks=(*row.taken.remarks, *why))
    files = tuple(aside if filed is row.taken else filed for filed in row.files)
    return replace(row, status="overlap", files=files, taken=None, remarks=(*row.remarks, *why))


class _Overlaps:
    """``out``: row -> why it is left out; ``said``: the findings."""

    def __init__(self, taken: Sequence[_Taken], rules: Catalogue) -> None:
        self.taken, self.rules = taken, rules
        self.results = [one for one in taken if one.parts is not None]
        self.out: dict[int, list[str]] = {}
        self.said: list[Finding] = []
        #: (result, what it contains), by their rows.
        self.within: set[tuple[int, int]] = set()

    def _leave_out(self, one: _Taken, key: str, **names: object) -> None:
        self.out.setdefault(one.at, []).append(remark(key, **names))

    def _say(self, rule: str, place: str, message: str | None = None, **names: Any) -> None:
        if not self.rules[rule].off:
            self.said.append(self.rules[rule].finding(place, message=message, **names))

    def contained(self) -> None:
        """A unit of this run that is in the result of another."""
        for result in self.results:
            for one in self.taken:
                if one.at != result.at and any(_is_in(one, part, result) for part in result.like(one)):
                    self.within.add((result.at, one.at))
                    self._leave_out(one, "contained", unit=result.name, file=result.file)
                    names: dict[str, Any] = {"unit": one.name, "file": one.file, "other": result.name}
                    names["other_file"] = result.file
                    self._say("unit-overlap", f"{one.name}/{result.name}", **names)

    def shared(self) -> None:
        """A unit that is in the results of two others."""
        doubtful: dict[str, set[str]] = {}
        for one, other in combinations(self.results, 2):
            if self.within & {(one.at, other.at), (other.at, one.at)}:
                continue
            sure, unsure = _common(one, other)
            for name in unsure:
                doubtful.setdefault(name, set()).update((one.name, other.name))
            if sure:
                self._two(one, other, sure)
        if doubtful:
            units, results = sorted(doubtful), sorted(set().union(*doubtful.values()))
            names: dict[str, Any] = {"units": some(units), "results": some(results), "count": len(units)}
            self._say("unit-same-name", "results", **names)

    def _two(self, one: _Taken, other: _Taken, shared: Sequence[str]) -> None:
        names: dict[str, Any] = {"shared": some(shared), "other": other.name, "other_file": other.file}
        self._say("unit-overlap", f"{one.name}/{other.name}", "shared", unit=one.name, file=one.file, **names)
        self._leave_out(one, "shared", shared=some(shared), unit=other.name, file=other.file)
        self._leave_out(other, "shared", shared=some(shared), unit=one.name, file=one.file)

    def whole(self, city: str) -> None:
        """A report under the city's own name that is the sum of all others: an earlier result that no
        longer says what it is, as JSON of 0.1.0 or typed off."""
        counted = [one for one in self.taken if one.at not in self.out]
        vectors = [one.report.vector() for one in counted]
        total = [sum(column) for column in zip(*vectors, strict=True)]
        for one, vector in zip(counted, vectors, strict=True):
            others = sum(map(any, vectors)) - any(vector)
            twice = [2 * number for number in vector]
            if city in one.names and others > 1 and any(vector) and twice == total:
                self._leave_out(one, "whole")
                self._say("unit-overlap", one.name, "whole", unit=one.name, file=one.file)

    def composed(self) -> None:
        """A report that is the sum of some others and says nothing of it: a result as a web page or as JSON
        of 0.1.0, under whatever name."""
        counted = [one for one in self.taken if one.at not in self.out]
        form = counted[0].report.form if counted else None
        for at, parts in sums_of_others(form, [one.report.vector() for one in counted]) if form else ():
            one, names = counted[at], some([counted[i].name for i in parts])
            self._leave_out(one, "composed", units=names, count=len(parts))
            said: dict[str, Any] = {"unit": one.name, "file": one.file, "shared": names, "count": len(parts)}
            self._say("unit-overlap", f"{one.name}/", "composed", **said)

    def twins(self, city: str) -> None:
        """One unit on the roster under two names, with the city's before it and without."""
        known: dict[str, _Taken] = {}
        for one in self.taken:
            plain = plain_name(one.name)
            first = known.setdefault(plain.removeprefix(city) or plain, one)
            if first is not one and _same_numbers(first.itself, one.itself):
                self._leave_out(one, "twin", unit=first.name, file=first.file)
                names: dict[str, Any] = {"other": first.name, "other_file": first.file}
                self._say("unit-overlap", one.name, "twin", unit=one.name, file=one.file, **names)

    def same(self) -> None:
        """Two units with so many numbers, all the same: one of them sent the other's file. Which one nobody
        can tell, so that both stay in the sum and it is an error."""
        known: dict[str, _Taken] = {}
        for one in (one for one in self.taken if one.at not in self.out and one.itself.weight >= SURE):
            first = known.setdefault(one.itself.numbers, one)
            if first is not one:
                names: dict[str, Any] = {"other": first.name, "other_file": first.file}
                self._say("unit-overlap", one.name, "same", unit=one.name, file=one.file, **names)

    def unknown(self) -> None:
        """A result that does not say its units: nobody can tell whether one of them is here too."""
        for one in self.results:
            if not one.parts and one.at not in self.out and any(one.report.vector()):
                self._say("unit-overlap", f"{one.name}/", "unknown", unit=one.name, file=one.file)

    def alike(self) -> None:
        """Units that may be one under another name with other numbers."""
        seen: list[Seen] = []
        for one in (one for one in self.taken if one.at not in self.out):
            seen.append(Seen(one.at, one.name, one.file, one.itself))
            seen += (Seen(one.at, one.name, one.file, part, inside=True) for part in one.parts or ())
        self.said += alike(seen, self.rules)


def _grouped(pairs: Iterable[tuple[str, Part]]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for key, part in pairs:
        found.setdefault(key, []).append(part)
    return found


def _codes(one: Part, other: Part) -> bool | None:
    """Whether two codes are those of one body; None where codes can not say."""
    codes = plain_code(one.code), plain_code(other.code)
    return codes[0] == codes[1] if all(map(_UNIFIED.fullmatch, codes)) else None


def _same_numbers(one: Part, other: Part) -> bool:
    return bool(one.numbers) and one.numbers == other.numbers


def _are_one(one: Part, other: Part) -> bool:
    """Two parts of one name or one code: by 统一社会信用代码, else by their numbers."""
    by_code = _codes(one, other)
    return _same_numbers(one, other) if by_code is None else by_code


def _is_in(one: _Taken, part: Part, result: _Taken) -> bool:
    """Whether a part of a result is this unit: by 统一社会信用代码; else by name, with the name of the
    result's place before it or without; a code of a roster alone needs the same numbers beside it, for each
    roster numbers its units from 001."""
    by_code = _codes(one.itself, part)
    if by_code is not None:
        return by_code
    plain = plain_name(part.unit)
    named = {plain, *(f"{place}{plain}" for place in result.names)}
    return bool(named & one.names) or _same_numbers(one.itself, part)


def _common(one: _Taken, other: _Taken) -> tuple[list[str], list[str]]:
    """Names of the units that two results have in common for sure, and of those that may be so."""
    sure, unsure = [], []
    places = one.names | other.names
    for part in one.parts or ():
        plain = plain_name(part.unit)
        named = other.by_name.get(plain, [])
        coded = [*other.by_code.get(plain_code(part.code), ()), *other.by_numbers.get(part.numbers, ())]
        coded = [p for p in coded if p not in named]
        certain = [p for p in (*named, *coded) if _are_one(part, p)]
        alike = [p for p in named if _codes(part, p) is None]
        if certain or (alike and any(place in plain for place in places)):
            sure.append(part.unit)
        elif alike and any(p.digest for p in alike) and part.digest:
            unsure.append(part.unit)
    return sure, unsure
