"""The sum of several reports of one edition: its cells, its notes, and the check that it is the sum.

The states of a cell are ordered blank < "/" < number. A sum has the highest state that occurs, so
that a sum of sums is the sum of all, whichever way units are grouped. (All "/" gives "/", all blank
gives blank, "/" and blank count 0: so says the form's own domain.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from ...form import SLASH, Form, Value
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding, catalogue
from ...wording import wording_of
from ..intake.remarks import some


def add(values: Iterable[Value]) -> Value:
    """One cell's sum. Exact: counts and 分 are int."""
    total: Value = None
    for value in values:
        if isinstance(value, int):
            total = value + (total if isinstance(total, int) else 0)
        elif value == SLASH and total is None:
            total = SLASH
    return total


def sum_values(form: Form, reports: Sequence[Report]) -> dict[str, Value]:
    """Cell id -> sum over ``reports``; blank cells are not in it."""
    sums = ((cell.id, add(r.values.get(cell.id) for r in reports)) for cell in form.cells)
    return {cell: value for cell, value in sums if value is not None}


# ---------------------------------------------------------------- notes


@dataclass(frozen=True, slots=True)
class NoteOrigin:
    """A unit's own note that went into a note of the city: ``mark`` and ``text`` as the unit wrote them."""

    unit: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """``marks``: cell id -> city mark; ``texts``: city mark -> text; ``origins``: city mark -> its parts."""

    marks: Mapping[str, str]
    texts: Mapping[str, str]
    origins: Mapping[str, tuple[NoteOrigin, ...]]


def merge_notes(form: Form, parts: Sequence[tuple[str, Report]]) -> Notes:
    """Carry every unit's notes to the city, renumbered 注1, 注2 … in the reading order of the form.

    ``parts``: (unit's name, report). Notes of several units on one cell become one note. A note that
    one unit put on several cells stays one note where no other unit's note stands on these cells.
    Notes that no cell refers to come last, so that none is lost.
    """
    marks: dict[str, str] = {}
    numbered: dict[tuple[NoteOrigin, ...], str] = {}
    pattern = wording_of("gouji.city", "notes")["mark"]

    def number(origins: tuple[NoteOrigin, ...]) -> str:
        return numbered.setdefault(origins, pattern.format(number=len(numbered) + 1))

    for cell in form.cells:
        origins = tuple(
            NoteOrigin(unit, report.marks[cell.id], report.notes.get(report.marks[cell.id], ""))
            for unit, report in parts
            if cell.id in report.marks
        )
        if origins:
            marks[cell.id] = number(origins)
    for unit, report in parts:
        for mark in report.notes:
            if mark not in report.marks.values():
                number((NoteOrigin(unit, mark, report.notes[mark]),))
    texts = {mark: note_text(origins) for origins, mark in numbered.items()}
    return Notes(marks, texts, {mark: origins for origins, mark in numbered.items()})


def note_text(origins: Iterable[NoteOrigin]) -> str:
    """A note of the sum as its units wrote it, each with its name."""
    words = wording_of("gouji.city", "notes")
    said: str = words["between"].join(
        words["from_unit" if o.text else "without_text"].format(unit=o.unit, text=o.text) for o in origins
    )
    return said


def free_mark(notes: Collection[str]) -> str:
    """The mark of one more note beside those with the marks ``notes``."""
    pattern = wording_of("gouji.city", "notes")["mark"]
    return next(mark for n in count(1) if (mark := str(pattern.format(number=n))) not in notes)


# ---------------------------------------------------------------- checks


def check_sum(
    city: Report,
    parts: Sequence[Report],
    rules: Catalogue | None = None,
    changes: Mapping[str, int] | None = None,
) -> Iterator[Finding]:
    """Every cell of ``city`` is the sum of ``parts`` and of its adjustments (``changes``: cell id -> amount);
    one finding a cell that is not.

    Also for a city report that was read back from a file. A difference of money that rounding in the
    units can explain is a hint. Numbers only: blank and "/" count 0.
    """
    rule = (rules or catalogue())["city-sum"]
    if rule.off:
        return
    vectors = [part.vector() for part in parts]
    sums = [sum(column) for column in zip(*vectors, strict=True)] if vectors else [0] * len(city.form.cells)
    tolerance = int(rule.parameters["rounding_fen_per_unit"]) * len(parts)
    for cell, left, of_parts in zip(city.form.cells, city.vector(), sums, strict=True):
        right = of_parts + (changes or {}).get(cell.id, 0)
        if left != right:
            yield rule.finding(
                cell.id,
                (cell.id,),
                left=left,
                right=right,
                money=cell.kind.money,
                level="hint" if cell.kind.money and abs(left - right) <= tolerance else None,
                row=cell.row.key,
                column=cell.column.label,
            )


def check_double_count(
    form: Form, parts: Sequence[tuple[str, Report]], rules: Catalogue | None = None
) -> Iterator[Finding]:
    """One hint a row whose cells several units may have counted (``double_count`` in the edition file)."""
    rule = (rules or catalogue())["city-double-count"]
    if rule.off:
        return
    for table in form.tables.values():
        for block in table.blocks:
            for row in block.rows:
                cells = [c.id for c in block.cells if c.row is row and c.double_count]
                cells = [c for c in cells if sum(bool(report.number(c)) for _, report in parts) > 1]
                units = [unit for unit, report in parts if any(report.number(c) for c in cells)]
                if cells:
                    yield rule.finding(
                        f"{table.id}.{row.id}",
                        tuple(cells),
                        row=row.key,
                        count=len(units),
                        units=some(units),
                    )
