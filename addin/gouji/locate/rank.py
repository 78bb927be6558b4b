"""How likely an explanation is: by how people mistype, and by what else is known.

The weights and their reasons are data: ``rules/entries/causes.toml``. They order candidates and
never make one certain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..form import Cell
from ..report import Report
from ..rules import Context
from .lines import GridLine, lines
from .system import Change

Prose = Mapping[str, int | Collection[int]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that are wrong together. ``changes`` in the order of the form; ``reasons`` beside them.

    ``pattern``: key in the catalogue's ``patterns`` where one slip accounts for all of them;
    ``line``: the row or column in which they all stand, if any.
    """

    changes: tuple[Change, ...]
    reasons: tuple[str, ...]
    weight: float
    pattern: str = ""
    line: GridLine | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(cell for cell, _ in self.changes)


@dataclass
class Ranker:
    """Weighs explanations of one report. ``prose``: cell id -> the numbers that the texts state for it."""

    report: Report
    context: Context
    prose: Prose = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.form = self.report.form
        self.values = self.report.vector()
        self.lines = lines(self.form)
        parameters = self.context.catalogue["wrong-cell"].parameters
        self.weights: Mapping[str, Any] = parameters["reasons"]
        self.against: Mapping[str, int] = parameters["against"]
        self.favour: Mapping[str, int] = parameters["favour"]
        self.patterns: Mapping[str, Any] = parameters["patterns"]
        self.last_year = self.context.last_year(self.report)
        self.carried = carried_in(self.report, self.last_year)
        self._known: dict[Change, tuple[float, float, str]] = {}

    def judge(self, changes: Iterable[Change]) -> Explanation:
        """One explanation with its weight, the lower the likelier."""
        ordered = tuple(sorted(changes))
        single = [self._reason(change) for change in ordered]
        line = self._line(ordered)
        weight = sum(w + against for w, against, _ in single)
        against = sum(a for _, a, _ in single)
        pattern = self._pattern(ordered, line)
        if pattern:
            entry = self.patterns[pattern]
            patterned = (entry["weight"] if isinstance(entry, dict) else entry) + against
            if pattern == "total_line":
                patterned -= self.against["total"] * len(ordered)
            if patterned < weight or pattern == "total_line":
                return Explanation(ordered, tuple(k for _, _, k in single), patterned, pattern, line)
        return Explanation(ordered, tuple(k for _, _, k in single), weight, "", line)

    def sorted(self, explanations: Iterable[Iterable[Change]]) -> list[Explanation]:
        """Best first; equal weights in the order of the form."""
        return sorted(map(self.judge, explanations), key=lambda e: (e.weight, e.changes))

    def stated(self, cell: int) -> frozenset[int]:
        found = self.prose.get(self.form.cells[cell].id, ())
        return frozenset((found,) if isinstance(found, int) else found)

    def prior(self, cell: int) -> int | None:
        """Last year's number in the same cell; None where unknown or blank."""
        prior = self.last_year
        value = prior.value(self.form.cells[cell].id) if prior else None
        return value if isinstance(value, int) else None

    def _line(self, changes: tuple[Change, ...]) -> GridLine | None:
        row, column = self.lines.of_cell[changes[0][0]]
        if column.total and len(column.cells) < 2 and len(changes) == 1:
            return column
        for line in (column, row):
            if all(cell in line.cells for cell, _ in changes) and (len(changes) > 1 or line.total):
                return line
        return None

    def _pattern(self, changes: tuple[Change, ...], line: GridLine | None) -> str:
        cells = [cell for cell, _ in changes]
        if line and line.total and line.empty(self.values):
            return "total_line"
        if len(changes) < 2:
            return ""
        if line and self._stale(line):
            return "stale_line"
        if line and line.axis == "row" and line.empty(self.values):
            return "empty_row"
        (one, error), (other, opposite) = changes[0], changes[-1]
        swapped = self.values[one] - error == self.values[other] and error == -opposite
        if len(changes) == 2 and swapped and self.lines.neighbours(one, other):
            return "swapped_cells"
        if {e for _, e in changes} in ({1}, {-1}):
            rows = {self.lines.row(c).id for c in cells}
            columns = {self.lines.column(c).id for c in cells}
            if len(columns) == 2 and len(cells) == 2 * len(rows) and self._part_and_total(cells):
                return {1: "one_case", 2: "one_case_closed"}.get(len(rows), "")
        return ""

    def _stale(self, line: GridLine) -> bool:
        prior = [self.prior(c) for c in line.cells]
        return any(prior) and all(p == self.values[c] for p, c in zip(prior, line.cells, strict=True))

    def _part_and_total(self, cells: list[int]) -> bool:
        columns = {self.lines.column(c).id: self.lines.column(c) for c in cells}
        return sum(column.total for column in columns.values()) == 1

    def _reason(self, change: Change) -> tuple[float, float, str]:
        """(weight of the best reason, weight of what speaks against it, key of the reason)."""
        if change not in self._known:
            keys = self._keys(*change)
            key = min(keys, key=lambda k: self.weights[k]["weight"])
            favour = sum(weight for name, weight in self.favour.items() if name in keys)
            self._known[change] = (self.weights[key]["weight"], self._against(*change) - favour, key)
        return self._known[change]

    def _keys(self, place: int, error: int) -> list[str]:
        old, cell = self.values[place], self.form.cells[place]
        new = old - error
        keys = [*typing_slips(old, new), "other"]
        if old == 0:
            keys.append("empty_total" if self._parts(cell) else "empty")
        if new == 0:
            keys.append("stray")
        if new in self.stated(place):
            keys.append("stated")
        if self.carried.get(place) == new:
            keys.append("carried")
        if old and self.prior(place) == old:
            keys.append("stale")
        if old > 9 and any(self.values[n] == old for n in self._next_to(place)):
            keys.append("neighbour")
        return keys

    def _parts(self, cell: Cell) -> bool:
        """True for a total whose parts, as typed, are not all 0."""
        totals = (e for e in self.form.equations_of[cell.id] if e.right == (cell.id,))
        return any(self.report.number(part) for e in totals for part in e.left)

    def _next_to(self, place: int) -> list[int]:
        row, column = self.lines.of_cell[place]
        return [c for line in (row, column) for c in line.cells if self.lines.neighbours(place, c)]

    def _against(self, place: int, error: int) -> float:
        old, cell = self.values[place], self.form.cells[place]
        stated = self.stated(place)
        total = float(self.against["total"]) if cell.is_total else 0.0
        if old in stated and old - error not in stated:
            total += self.against["stated"]
        if place in self.carried and self.carried[place] != old - error:
            total += self.against["carried" if self.carried[place] == old else "carry_row"]
        return total


def carried_in(report: Report, prior: Report | None) -> dict[int, int]:
    """What last year's report says of the cells of row 二 (RULES 15); a blank total is its row's sum."""
    found: dict[int, int] = {}
    table = report.form.tables["table3"]
    if prior is None or table.carry_over is None:
        return found
    for column in table.grid.columns:
        then = f"{table.id}.{table.carry_over.last_year}.{column.id}"
        parts = [f"{table.id}.{table.carry_over.last_year}.{part}" for part in column.total_of]
        known = parts if parts and prior.is_blank(then) else [then]
        if all(map(prior.is_known, known)):
            now = f"{table.id}.{table.carry_over.this_year}.{column.id}"
            found[report.form.index[now]] = sum(map(prior.number, known))
    return found


def typing_slips(old: int, new: int) -> list[str]:
    """How the right number may have become the typed one at the keyboard (deductive typos, Scholtus 2009)."""
    if old < 0:
        return ["sign"] if old == -new else []
    typed, right = str(old), str(new)
    found = ["one_off"] if abs(old - new) == 1 and old and new else []
    if len(typed) == len(right):
        wrong = [i for i, (a, b) in enumerate(zip(typed, right, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and typed[wrong[0]] == right[wrong[1]]:
            if typed[wrong[1]] == right[wrong[0]]:
                found.append("swapped")
        elif len(wrong) == 1 and len(typed) > 1:
            found.append("digit")
    elif len(typed) == len(right) + 1 and new:
        for i in range(len(typed)):
            if typed[:i] + typed[i + 1 :] == right:
                found.append("doubled" if i and typed[i] == typed[i - 1] else "added")
    elif len(typed) + 1 == len(right) and old and any(
        right[:i] + right[i + 1 :] == typed for i in range(len(right))
    ):
        found.append("dropped")
    return found
