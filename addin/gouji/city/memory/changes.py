"""变化: what a run has that the one before had not, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, cast

from ...form import SLASH, Value
from ...records import dataclass
from ...wording import wording_of
from ..desk import Merger
from ..intake.names import plain_name
from ..intake.sorting import Status, status_label
from ..rows import Row

#: So many names are given in a line.
_NAMED = 3


class Place(NamedTuple):
    """A unit that is new or gone, and its file. ``became``: what 撤并 says of it, or ""."""

    unit: str
    file: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a unit that both runs have: its row before and now, which differ in number or state."""

    before: Row
    after: Row

    @property
    def difference(self) -> int | None:
        """None where one of both is no number."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class StatusChange:
    """``before``, ``after``: "" where the unit was not, or is no longer, on the roster."""

    unit: str
    before: Status | str
    after: Status | str
    became: str = ""


@dataclass(frozen=True)
class Changes:
    """``new``, ``gone``: units in the sum of one run alone. ``cells``: of units in both, and of the city
    itself, which comes last. ``before``: the number of the run before, 0 where there was none."""

    new: tuple[Place, ...] = ()
    gone: tuple[Place, ...] = ()
    cells: tuple[CellChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    before: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.cells or self.statuses)


def changes(
    before: Iterable[Row],
    after: Iterable[Row],
    *,
    statuses: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
    number: int = 0,
    became: Mapping[str, str] | None = None,
) -> Changes:
    """``before``, ``after``: the long tables of two runs, the rows of a unit together; ``statuses``: unit ->
    status, of both; ``number``: of the run before, where it may have no rows. Units are known by their names
    on the roster. Each table is gone through once. ``became``: unit by
    :func:`plain_name` -> what 撤并 says of it."""
    heirs = became or {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    old = {whose: _Held.of(rows, shared) for whose, rows in _by_report(before)}
    number = next((held.first.run for held in old.values()), number)
    new: list[Place] = []
    cells: list[CellChange] = []
    for whose, rows in _by_report(after):
        known = old.pop(whose, None)
        if known is None:
            new.append(Place(whose[0], next(rows).file))
        else:
            cells += known.changed(rows)
    gone = tuple(
        Place(unit, held.first.file, heirs.get(plain_name(unit), "")) for (unit, _), held in old.items()
    )
    said = tuple(_statuses(*statuses, heirs)) if statuses else ()
    return Changes(tuple(new), gone, tuple(cells), said, number)


def _by_report(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, bool], Iterator[Row]]]:
    """A city may have a unit of its own name; its own rows have no file."""
    return groupby(rows, lambda row: (row.unit, not row.file))


def _content(row: Row) -> Value:
    return SLASH if row.state == "slash" else row.value


class _Held(NamedTuple):
    """A report of the run before, small: its first row stands for the others, whose cells many reports
    share."""

    first: Row
    cells: tuple[str, ...]
    contents: tuple[Value, ...]

    @classmethod
    def of(cls, rows: Iterable[Row], shared: dict[tuple[str, ...], tuple[str, ...]]) -> _Held:
        every = list(rows)
        cells = tuple(row.cell for row in every)
        return cls(every[0], shared.setdefault(cells, cells), tuple(map(_content, every)))

    def changed(self, rows: Iterable[Row]) -> Iterator[CellChange]:
        """A cell that one of both forms does not have was blank there."""
        known = dict(zip(self.cells, self.contents, strict=True))
        first = self.first
        for row in rows:
            content = known.get(row.cell)
            if content != _content(row):
                state = "blank" if content is None else "slash" if content == SLASH else "number"
                value = content if isinstance(content, int) else None
                was = row._replace(value=value, state=state, run=first.run, file=first.file)
                yield CellChange(was._replace(sha256=first.sha256), row)


def _statuses(
    before: Mapping[str, str], after: Mapping[str, str], heirs: Mapping[str, str]
) -> Iterator[StatusChange]:
    for unit in dict.fromkeys([*after, *before]):
        was, is_ = before.get(unit, ""), after.get(unit, "")
        if was != is_:
            yield StatusChange(unit, was, is_, "" if is_ else heirs.get(plain_name(unit), ""))


# ---------------------------------------------------------------- in words


def became(mergers: Iterable[Merger]) -> dict[str, str]:
    """Unit that is no more, by :func:`plain_name` -> what 撤并 says became of it."""
    w = wording_of("gouji.city.memory", "changes.became")
    found: dict[str, list[Merger]] = {}
    for one in mergers:
        if one.old:
            found.setdefault(plain_name(one.old), []).append(one)
    return {
        old: w["into" if any(one.new for one in those) else "ended"].format(
            way=those[0].way, new=w["and"].join(one.new for one in those if one.new)
        )
        for old, those in found.items()
    }


def status_words(status: str, became: str = "") -> str:
    """A status as 报送情况 says it; ``became``: what 撤并 says of a unit that is not on the roster."""
    if became:
        return became
    if status:
        label: str = status_label(cast(Status, status))
        return label
    nowhere: str = wording_of("gouji.city.memory", "changes")["nowhere"]
    return nowhere


def summary(found: Changes) -> list[str]:
    """One line a kind of change, for the terminal and for the top of the sheet; none for a first run. The
    city's own cells change with those of its units and are not counted."""
    w = wording_of("gouji.city.memory", "changes.summary")
    if not found.before:
        return []
    if not found:
        return [w["nothing"].format(before=found.before)]
    lines = [
        w[key].format(count=len(places), units=_names(_named(place) for place in places))
        for key, places in (("new", found.new), ("gone", found.gone))
        if places
    ]
    cells = [one for one in found.cells if one.after.file]
    if cells:
        names = list(dict.fromkeys(one.after.unit for one in cells))
        lines.append(w["cells"].format(units=len(names), count=len(cells), names=_names(names)))
    told = {place.unit for place in (*found.new, *found.gone)}
    if statuses := [status for status in found.statuses if status.unit not in told]:
        said = (
            w["status"].format(
                unit=s.unit, before=status_words(s.before), after=status_words(s.after, s.became)
            )
            for s in statuses
        )
        lines.append(w["statuses"].format(count=len(statuses), lines=_names(said)))
    return lines


def _named(place: Place) -> str:
    pattern: str = wording_of("gouji.city.memory", "changes.became")["unit"]
    return pattern.format(unit=place.unit, became=place.became) if place.became else place.unit


def _names(names: Iterable[str]) -> str:
    w = wording_of("gouji.city.memory", "changes.summary")
    every = list(names)
    named: str = w["and"].join(every[:_NAMED])
    return named + str(w["more"]) if len(every) > _NAMED else named
