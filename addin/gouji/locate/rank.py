"""How likely a hypothesis is: by how people mistype, and by what else is known.

The weights and their reasons are data: ``rules/entries/causes.toml``. They order candidates and
never make one certain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from ..form import Cell, Form
from ..records import dataclass
from ..report import Report
from ..rules import Context
from .lines import GridLine, lines
from .system import Change

Prose = Mapping[str, int | Collection[int]]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Cells that are wrong together. ``changes`` in the order of the form; ``reasons`` beside them.

    ``pattern``: key in the catalogue's ``patterns`` where one slip accounts for all of them;
    ``line``: the row or column in which they all stand, if any. ``agrees``: whether row 二 is then last
    year's 四; None where that tells the hypotheses of one cause not apart.
    """

    changes: tuple[Change, ...]
    reasons: tuple[str, ...]
    weight: float
    pattern: str = ""
    line: GridLine | None = None
    agrees: bool | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(cell for cell, _ in self.changes)


@dataclass
class Ranker:
    """Weighs hypotheses of one report. ``prose``: cell id -> the numbers that the texts state for it;
    ``contradicted``: cells of which a finding says that the texts have another number -> that number."""

    report: Report
    context: Context
    prose: Prose = field(default_factory=dict)
    contradicted: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.form = self.report.form
        self.values = self.report.vector()
        self.lines = lines(self.form)
        parameters = self.context.catalogue["wrong-cell"].parameters
        self.weights: Mapping[str, Any] = parameters["reasons"]
        self.against: Mapping[str, int] = parameters["against"]
        self.favour: Mapping[str, int] = parameters["favour"]
        self.stale_from, self.apart_from = parameters["stale_from"], parameters["apart_from"]
        self.patterns: Mapping[str, Any] = parameters["patterns"]
        self.last_year = self.context.last_year(self.report)
        self.carried = carried_in(self.report, self.last_year)
        self.volume = _volumes(self.form, self.values)
        self._known: dict[Change, tuple[float, float, str]] = {}

    def judge(self, changes: Iterable[Change]) -> Hypothesis:
        """One hypothesis with its weight, the lower the likelier."""
        ordered = tuple(sorted(changes))
        single = [self._reason(change) for change in ordered]
        line = self._line(ordered)
        weight = sum(w + against for w, against, _ in single)
        rare = max((self.against["rare"] * (1 - self.volume.get(c, 1)) for c, _ in ordered), default=0)
        reasons = tuple(k for _, _, k in single)
        pattern = self._pattern(ordered, line)
        if pattern:
            entry = self.patterns[pattern]
            patterned = (entry["weight"] if isinstance(entry, dict) else entry) + sum(a for _, a, _ in single)
            if pattern == "total_line":
                patterned -= self.against["total"] * len(ordered)
            elif pattern.startswith("one_case") and abs(ordered[0][1]) > 1:
                patterned = weight  # many at once are no slip of one
            if patterned <= weight or pattern == "total_line":
                return Hypothesis(ordered, reasons, patterned + rare, pattern, line)
        return Hypothesis(ordered, reasons, weight + rare, "", line)

    def sorted(self, hypotheses: Iterable[Iterable[Change]]) -> list[Hypothesis]:
        """Best first: those that agree with last year's 四, if any does; then by weight; equal weights in
        the order of the form."""
        judged = [self.judge(e) for e in hypotheses]
        columns = {self.lines.column(c) for e in judged for c in e.cells}
        carried = {c: n for c, n in self.carried.items() if self.lines.column(c) in columns}

        def agrees(one: Hypothesis) -> bool:
            errors = dict(one.changes)
            return all(self.values[c] - errors.get(c, 0) == n for c, n in carried.items())

        if len({agrees(e) for e in judged}) > 1:
            judged = [replace(e, agrees=agrees(e)) for e in judged]
        return sorted(judged, key=lambda e: (e.agrees is False, e.weight, e.changes))

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
        if line and line.total and line.empty(self.values):
            return "total_line"
        if len(changes) < 2:
            return ""
        if line and self._stale(line):
            return "stale_line"
        if line and line.axis == "row" and line.empty(self.values):
            return "empty_row"
        return self._moved(changes) or self._case(changes)

    def _moved(self, changes: tuple[Change, ...]) -> str:
        """A number in the cell next to its own: exchanged, alone, or added to the number there; or exchanged
        with another of its line."""
        (one, error), (other, opposite) = changes[0], changes[-1]
        if len(changes) != 2 or error != -opposite:
            return ""
        empty = 0 in (self.values[one], self.values[other])
        if not self.lines.neighbours(one, other):
            inline = set(self.lines.of_cell[one]) & set(self.lines.of_cell[other])
            apart = inline and not empty and abs(error) >= self.apart_from
            return "swapped_cells" if apart and self.values[one] - error == self.values[other] else ""
        if self.values[one] - error == self.values[other]:
            return "moved_cell" if empty else "swapped_cells"
        return "merged_cell" if empty else ""

    def _case(self, changes: tuple[Change, ...]) -> str:
        """One applicant's column and the 总计 change together, in one row or in （七） and another."""
        cells = [cell for cell, _ in changes]
        rows = {self.lines.row(c).line.id: self.lines.row(c) for c in cells}
        columns = {self.lines.column(c).id: self.lines.column(c) for c in cells}
        both = len(columns) == 2 and len(cells) == 2 * len(rows)
        if not both or sum(c.total for c in columns.values()) != 1 or len({abs(e) for _, e in changes}) > 1:
            return ""
        if any(len({e for c, e in changes if c in row.cells}) > 1 for row in rows.values()):
            return ""
        if len(rows) == 1:
            return "one_case" if abs(changes[0][1]) == 1 else ""
        total = next((row.line for row in rows.values() if row.total), None)
        others = [name for name in rows if total and name != total.id]
        if total is None or len(others) != 1:
            return ""
        over = self.form.tables["table3"].carry_over
        if others[0] in total.total_of:
            return "one_case_closed"
        return "one_case_open" if over and others[0] == over.last_year else "one_case_unlogged"

    def _stale(self, line: GridLine) -> bool:
        prior = [self.prior(c) for c in line.cells]
        return any(prior) and all(p == self.values[c] for p, c in zip(prior, line.cells, strict=True))

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
        if abs(old) >= self.stale_from and self.prior(place) == old:
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


def _volumes(form: Form, values: Sequence[int]) -> dict[int, float]:
    """Cell of table 三 -> its applicants' share of all numbers of the table; 总计 is everybody's."""
    sums: dict[str, int] = {}
    cells = [(i, c) for i, c in enumerate(form.cells) if c.table == "table3" and not c.column.is_total]
    for place, cell in cells:
        sums[cell.column.id] = sums.get(cell.column.id, 0) + abs(values[place])
    whole = sum(sums.values())
    return {place: sums[cell.column.id] / whole for place, cell in cells} if whole else {}


def carried_in(report: Report, prior: Report | None) -> dict[int, int]:
    """What last year's report says of the cells of row 二; a blank total is its row's sum."""
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
    elif (
        len(typed) + 1 == len(right)
        and old
        and any(right[:i] + right[i + 1 :] == typed for i in range(len(right)))
    ):
        found.append("dropped")
    return found
