"""A folder of last year's files as last year: what the units sent then, or the city's result, or both.

Each file is read as it would be by itself; one that can not be used is named and stops nothing. The result
says what was summed; a unit that is not in it, but whose file lies there, is one that was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...files import shown_path
from ...form import edition_for_year, load_form
from ...report import Report
from ...rules import Catalogue
from ...wording import wording_of
from ...workbook.kind import LeftOut, parts_of
from ...workbook.reading.guard import Refused
from ..intake.folder import find_files
from ..intake.given import is_roster
from ..intake.kinds import list_of, word_of
from ..intake.names import plain_name
from .last_year import LastYear, read_last_year
from .summing import sum_values

_PassedOver = list[tuple[str, str]]


def read_prior_folder(folder: Path, rules: Catalogue | None = None, year: int | None = None) -> LastYear:
    """All of ``year``, without it of the year that most files are of. Raises Refused where none can be used,
    or where two results of the city differ."""
    over: _PassedOver = []
    read = list(_readable(folder, rules, over))
    years = Counter(one.year for one in read if one.year)
    year = year or max(years, key=lambda each: (years[each], each), default=0)
    of_year = [one for one in read if one.year == year]
    over += [(one.file, _say("other_year", year=one.year)) for one in read if one not in of_year]
    if not of_year:
        raise Refused("folder", _say("none", folder=folder.name, year=year or ""))
    results = [one for one in of_year if one.units or parts_of(one.city) is not None]
    singles = [one for one in of_year if one not in results]
    city = _city(results, singles)
    singles += [
        one for one in results if plain_name(one.city.unit) != plain_name(city.city.unit if city else "")
    ]
    units, sealed = _units(singles, over), frozenset(name for one in singles for name in one.sealed)
    found = _with_result(city, units) if city else _added_up(folder.name, year, units)
    return replace(found, sealed=found.sealed | sealed, passed_over=tuple(over))


def _readable(folder: Path, rules: Catalogue | None, over: _PassedOver) -> Iterator[LastYear]:
    for path in find_files(folder).books:
        file = shown_path(path.relative_to(folder))
        if path.suffix.lower() != ".json" and _is_beside(path):
            continue
        try:
            yield replace(read_last_year(path, rules), file=file)
        except Refused as refused:
            # Beside its result 明细 is read with that; by itself it is a result like another.
            over.append((file, refused.message))
        except Exception as error:  # a fault of the program: said of this file, so that the others are read
            over.append((file, f"{type(error).__name__}: {error}".splitlines()[0]))


def _is_beside(path: Path) -> bool:
    """What lies with reports and is none: rosters, whom to remind, Word files of ours."""
    return list_of(path)[0] in ("roster", "reminder") or is_roster(path) or bool(word_of(path))


def _city(results: Sequence[LastYear], singles: Sequence[LastYear]) -> LastYear | None:
    """The result that is the city's: the only one, of which the units whose files lie there are parts. Beside
    units that are not in it, or beside results of others, it is one unit among them."""
    names = {plain_name(one.city.unit) for one in results}
    if len(names) != 1:
        return None
    within = {plain_name(part.unit) for one in results for part in parts_of(one.city) or ()}
    within |= {plain_name(report.unit) for one in results for report in one.everybody}
    if singles and within and not within & {plain_name(one.city.unit) for one in singles}:
        return None
    if len({tuple(one.city.vector()) for one in results}) > 1:
        files = "、".join(one.file for one in results)
        raise Refused("folder", _say("results", files=files))
    # Of copies the one that has the units, and says whom it left out.
    return max(results, key=lambda one: (len(one.units), one.left_out is not None))


def _units(singles: Sequence[LastYear], over: _PassedOver) -> list[Report]:
    """One report a unit; two that differ prove nothing."""
    by_name: dict[str, list[LastYear]] = {}
    for one in singles:
        if one.city.unit.strip():
            by_name.setdefault(plain_name(one.city.unit), []).append(one)
        else:
            over.append((one.file, _say("nameless")))
    units = []
    for same in by_name.values():
        if len({(one.city.form, tuple(one.city.vector())) for one in same}) > 1:
            over += [(one.file, _say("differ", unit=one.city.unit)) for one in same]
        else:
            units.append(same[0].city)
    return units


def _with_result(city: LastYear, units: Sequence[Report]) -> LastYear:
    """The city's result; units whose files lie there and that are not in it were left out."""
    kept = {plain_name(out.report.unit): out for out in city.left_out or ()}
    for report in units:
        if plain_name(report.unit) == plain_name(city.city.unit) or city.counted(report.unit, report.code):
            continue
        known = kept.get(plain_name(report.unit))
        if known is None or not known.report.values:
            kept[plain_name(report.unit)] = LeftOut(report, known.reason if known else "")
    told = city.left_out is not None or bool(kept)
    complete = city.complete and city.left_out is not None
    return replace(city, left_out=tuple(kept.values()) if told else None, complete=complete)


def _added_up(folder: str, year: int, units: Sequence[Report]) -> LastYear:
    """Without a result the city is what its units add up to, those of the edition in force in that year."""
    form = load_form(edition_for_year(year))
    counted = tuple(report for report in units if report.form is form)
    other = tuple(LeftOut(report, _say("edition")) for report in units if report.form is not form)
    city = Report(form, "", year, values=sum_values(form, counted))
    return LastYear(folder, city, counted, left_out=other, complete=False)


def _say(key: str, **fields: object) -> str:
    said: str = wording_of("gouji.city.parting", "prior")[key].format(**fields)
    return said
