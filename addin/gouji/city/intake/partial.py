"""Partial intake: a unit with a table in another edition is counted as far as its tables map.

A table of the city's edition is taken as it is. Another maps where its lines are the city's but for rows that
one edition gathers and the other divides: the single （六）其他处理 of 2019 are three rows under that head
since 2021. Gathered rows add up; a divided row maps where all of it is 0, blank or "/", or where the office
says into which of the rows it belongs. Table 二 has no lines in common and never maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from ...form import SLASH, Form, Table, TableKey, Value
from ...form.model import Line
from ...marks import marks_of
from ...records import dataclass
from ...report import Report, declaration
from ...rules import Catalogue, Finding, Level
from ...rules.explanations import lack
from ...text import plain
from ...workbook.keys import plain_key
from ..desk import OfficeWord
from ..sum.summing import add
from .names import names_city, plain_name


@dataclass(frozen=True)
class Divided:
    """A row of a unit's table that the city's form divides. ``rows``: into which; ``count``: what stands in
    it; ``chosen``: the one of ``rows`` that the office named."""

    row: Line
    rows: tuple[Line, ...]
    count: int
    chosen: Line | None = None


@dataclass(frozen=True)
class Partial:
    """``report``: what can be summed, in the city's form; the cells of the tables in ``missing`` are blank.
    ``mapped``: the tables of another edition that are in it. ``divided``: the row for whose sake a table is
    missing, or that was placed by the office's word. ``word``: what the office said of it, or None."""

    report: Report
    missing: tuple[TableKey, ...]
    mapped: tuple[TableKey, ...]
    divided: Divided | None = None
    word: OfficeWord | None = None

    @property
    def whole(self) -> bool:
        return not self.missing


def finding_id(unit: str) -> str:
    """What 说明与核实 calls the finding on a unit that is counted in part."""
    return f"unit-partial:{unit}"


def partly(
    report: Report, form: Form, unit: str, words: Sequence[OfficeWord] = (), city: str = ""
) -> Partial | None:
    """The report as far as it fits the city's form; None where not just one of its tables is of another
    edition: with two it is another form. ``words``: the office's, of which one may be about this unit;
    ``city``: under whose name it may stand."""
    own = {key for key, table in form.tables.items() if report.form.tables[key].edition == table.edition}
    if len(own) != len(form.tables) - 1:
        return None
    mapping = _Mapping(report, form)
    for key in form.tables:
        mapping.table(key, fits=key in own)
    word = _word(words, unit, city, mapping.divided)
    if word and mapping.divided:
        mapping.place(word)
    missing = tuple(key for key in form.tables if key in mapping.missing)
    mapped = tuple(key for key in form.tables if key not in own and key not in missing)
    return Partial(mapping.report(), missing, mapped, mapping.divided, word)


@dataclass
class _Mapping:
    old: Report
    form: Form
    values: dict[str, Value] = field(default_factory=dict)
    missing: list[TableKey] = field(default_factory=list)
    divided: Divided | None = None

    def table(self, key: TableKey, *, fits: bool) -> None:
        there, here = self.old.form.tables[key], self.form.tables[key]
        if fits:
            self._take({cell.id: self.old.value(cell.id) for cell in here.cells})
            return
        lines = _lines(there, here)
        if lines is None:
            self.missing.append(key)
            return
        divided = [(row, rows) for row, rows in lines.divided if self._counts(there, row)]
        if divided:
            row, rows = divided[0]
            self.missing.append(key)
            self.divided = Divided(row, rows, self._count(there, row))
            return
        self._rows(there, here, lines)

    def _rows(self, there: Table, here: Table, lines: _Lines, chosen: Line | None = None) -> None:
        for row in here.rows():
            for column in here.grid.columns:
                olds = [f"{there.id}.{old.id}.{column.id}" for old in lines.sources[row.id]]
                self._take({f"{here.id}.{row.id}.{column.id}": add(map(self.old.value, olds))})
        for old, rows in lines.divided:
            for column in here.grid.columns:
                value = self.old.value(f"{there.id}.{old.id}.{column.id}")
                for row in rows:
                    kept = 0 if chosen and row is not chosen and isinstance(value, int) else value
                    self._take({f"{here.id}.{row.id}.{column.id}": kept})

    def place(self, word: OfficeWord) -> None:
        """The divided row goes where the office says, where it names one of the rows and no other."""
        assert self.divided
        said = plain(word.text)
        named = [r for r in self.divided.rows if plain(r.label) in said or plain(r.number) in said]
        key = self.missing[-1]
        there, here = self.old.form.tables[key], self.form.tables[key]
        lines = _lines(there, here)
        if len(named) != 1 or lines is None:
            return
        self.divided = replace(self.divided, chosen=named[0])
        self.missing.remove(key)
        self._rows(there, here, lines, named[0])

    def _take(self, values: Mapping[str, Value]) -> None:
        self.values.update((id_, value) for id_, value in values.items() if value is not None)

    def _counts(self, table: Table, row: Line) -> bool:
        cells = [self.old.value(f"{table.id}.{row.id}.{c.id}") for c in table.grid.columns]
        return any(value not in (None, 0, SLASH) for value in cells)

    def _count(self, table: Table, row: Line) -> int:
        """What the row's own total says, else the sum of its parts."""
        total = next(c for c in table.grid.columns if c.is_total)
        parts = (self.old.number(f"{table.id}.{row.id}.{c.id}") for c in table.grid.columns if c is not total)
        return self.old.number(f"{table.id}.{row.id}.{total.id}") or sum(parts)

    def report(self) -> Report:
        """Notes stay, also those whose cell is not in the city's form: they are no cell's then."""
        old, ids = self.old, self.form.by_id
        said = (key for key in self.form.tables if key not in self.missing and old.declares(key))
        return replace(
            old,
            form=self.form,
            values=self.values,
            marks={id_: mark for id_, mark in old.marks.items() if id_ in ids},
            blank_is_zero=declaration(said),
            read={id_: origin for id_, origin in old.read.items() if id_ in ids},
            unread={id_: unread for id_, unread in old.unread.items() if id_ in ids},
            confirmed={id_: value for id_, value in old.confirmed.items() if id_ in ids},
        )


@dataclass(frozen=True)
class _Lines:
    """``sources``: id of a row of the city -> the unit's rows that it is the sum of, () for one that is part
    of a divided row; ``divided``: the unit's row -> the city's rows."""

    sources: Mapping[str, tuple[Line, ...]]
    divided: tuple[tuple[Line, tuple[Line, ...]], ...]


def _lines(there: Table, here: Table) -> _Lines | None:
    """How the rows of one edition's table are those of another's; None where they are not."""
    if any(len(table.blocks) != 1 for table in (there, here)):
        return None
    if [c.id for c in there.grid.columns] != [c.id for c in here.grid.columns]:
        return None
    old, new = ({row.id: row for row in table.rows()} for table in (there, here))
    divided = {id_: _under(here, id_) for id_ in old.keys() - new.keys()}
    sources = {id_: (old[id_],) if id_ in old else _under(there, id_) for id_ in new}
    placed = {row.id for rows in divided.values() for row in rows}
    gathered = {row.id for id_, rows in sources.items() if id_ not in old for row in rows}
    fits = all(rows or id_ in placed for id_, rows in sources.items())
    if not fits or any(not rows and id_ not in gathered for id_, rows in divided.items()):
        return None
    pairs = tuple((old[id_], rows) for id_, rows in divided.items() if rows)
    return _Lines(sources, pairs)


def other_form(table: Table, ours: Table) -> bool:
    """Whether a table's lines are not those of the city's, whatever edition it is of."""
    lines = [
        [line.id for block in one.blocks for line in (*block.rows, *block.columns)] for one in (table, ours)
    ]
    return lines[0] != lines[1]


def _under(table: Table, group: str) -> tuple[Line, ...]:
    return tuple(row for row in table.rows() if any(head.id == group for head in row.under))


def _word(words: Iterable[OfficeWord], unit: str, city: str, divided: Divided | None) -> OfficeWord | None:
    """The office's last word on this unit, where it holds: verified, with a reason, and for the number that
    is there."""
    verified = marks_of("gouji.rules", "states")["verified"]
    numbers = (str(divided.count),) if divided else ()
    said = [w for w in words if (w.text.strip() or w.state.strip()) and is_about(w, unit, city)]
    for word in said[-1:]:
        if verified.names(word.state) and not lack(word.text) and word.numbers in ((), numbers):
            return word
    return None


def is_about(word: OfficeWord, unit: str, city: str) -> bool:
    """Whether a word is on a unit that is counted in part, under its own name or under the city's."""
    named = plain_name(word.unit) == plain_name(unit) or names_city(word.unit, city)
    return named and plain_key(word.finding) == plain_key(finding_id(unit))


# ---------------------------------------------------------------- what is said of it


def partial_findings(
    unit: str, file: str, partial: Partial, old: Form, rules: Catalogue
) -> Iterator[Finding]:
    """What of the unit is not in the sum, an error until the office has settled it; what was mapped, a
    hint."""
    rule = rules["unit-partial"]
    if rule.off:
        return
    phrases, form, divided = rule.parameters["phrases"], partial.report.form, partial.divided
    word = partial.word.text.strip() if partial.word else ""
    names: dict[str, Any] = {"unit": unit, "file": file, "id": finding_id(unit), "word": word}
    left = divided.count if divided else None
    if partial.missing:
        message, remedy = ("settled", "settled") if word else (None, "divided" if divided else None)
        names["example"] = divided.rows[-1].number if divided else ""
        names["tables"] = phrases["between"].join(missing_tables(partial, old, phrases))
        yield rule.finding(
            unit, left=left, level="warning" if word else None, message=message, remedy=remedy, **names
        )
    if partial.mapped:
        chosen = divided.chosen if divided else None
        names["tables"] = phrases["and"].join(_titles(form, partial.mapped))
        names["row"] = chosen.short if chosen else ""
        names["found"] = old.tables[partial.mapped[0]].edition
        names["expected"] = form.tables[partial.mapped[0]].edition
        level: Level = "warning" if chosen else "hint"
        message = "chosen" if chosen else "mapped"
        # The office's word is on the unit, and settles what was said for its sake.
        place = unit if chosen else f"{unit}/{file}"
        yield rule.finding(place, left=left, level=level, message=message, remedy="mapped", **names)


def missing_tables(partial: Partial, old: Form, phrases: Mapping[str, str]) -> Iterator[str]:
    """Each table that is not counted, with the reason."""
    form = partial.report.form
    for key in partial.missing:
        divided = partial.divided if partial.divided and key == partial.missing[-1] else None
        names = {"found": old.tables[key].edition, "expected": form.tables[key].edition}
        names["table"] = form.tables[key].section.title
        if divided and _belongs(old.tables[key], divided.row):
            yield phrases["divided"].format(
                **names, row=divided.row.short, count=divided.count, rows=len(divided.rows)
            )
        else:
            yield phrases["other"].format(**names)


def _belongs(table: Table, row: Line) -> bool:
    return any(one is row for one in table.rows())


def _titles(form: Form, keys: Sequence[TableKey]) -> list[str]:
    return [form.tables[key].section.title for key in keys]
