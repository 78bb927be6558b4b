"""From the smallest hypotheses of a residual to causes: what is wrong together, what excludes what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..records import dataclass
from .rank import Hypothesis, Ranker
from .system import Change, System, components
from .totals import confirmed, filled
from .witness import Doubt, doubt

Changes = frozenset[Change]

#: So many wrong cells in one table are named with certainty.
_PLAIN = 2


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that went wrong: its hypotheses, best first, of which exactly one is true.

    ``certain``: there is only one, the equations admit no other of this size or smaller, and no witness
    speaks against it: flag, ``Finding.decided`` and sentence follow from this alone. ``complete``: no
    further hypothesis of this size exists. ``doubt``: the witness against the first.
    """

    hypotheses: tuple[Hypothesis, ...]
    certain: bool
    complete: bool
    doubt: Doubt | None = None

    @property
    def best(self) -> Hypothesis:
        return self.hypotheses[0]


def causes(ranker: Ranker, system: System, found: Sequence[Changes], surely: bool) -> Iterator[Cause]:
    """Split what the hypotheses share from what they differ in, and each into independent causes."""
    common = frozenset.intersection(*found)
    common -= _one_sided(ranker, system, common)
    certain = surely and _confirmed(ranker, system, found)
    common = _whole_line(ranker, found, common) or common
    for changes in _together(ranker, system, common):
        against = doubt(ranker, changes)
        yield Cause((ranker.judge(changes),), certain and against is None, surely, against)
    rest = [e - common for e in found]
    if not all(rest):
        return
    rest, filled = _unfilled(ranker, rest)
    if filled:
        yield Cause((ranker.judge(filled),), False, surely)
    for alternatives in _factors(system, rest, joined=bool(filled)):
        more = [extra for e in alternatives for extra in _elsewhere(ranker, e) if _open(ranker, extra)]
        yield Cause(tuple(ranker.sorted({*alternatives, *more})), False, surely)


def _open(ranker: Ranker, changes: Changes) -> bool:
    """Whether no cell is changed that a person looked up."""
    return not any(ranker.form.cells[cell].id in ranker.report.confirmed for cell, _ in changes)


def _whole_line(ranker: Ranker, found: Sequence[Changes], common: Changes) -> Changes | None:
    """The hypothesis that fills the rest of a total line of which two cells or more are surely unfilled.

    Elsewhere in the line two errors may cancel and have another explanation by themselves; but a line that
    nobody filled is one cause.
    """
    for line in ranker.lines.totals:
        left = sum(cell in line.cells for cell, _ in common) > 1 and line.empty(ranker.values)
        for changes in found if left else ():
            if all(cell in line.cells for cell, _ in changes - common):
                return changes
    return None


def _confirmed(ranker: Ranker, system: System, found: Sequence[Changes]) -> bool:
    """Whether what the hypotheses share is more than a guess.

    The equations must outnumber the unknowns, or nothing confirms them (表四). And among three or more
    wrong cells the errors of others add up to look like them by chance: drawn at random, one such
    answer in some hundreds is false. An unfilled total line is no such chance, if all its equations can be
    decided.
    """
    touched = {e for cell, _ in found[0] for e, _ in system.of_cell[cell]}
    if len(touched) <= len(found[0]):
        return False
    if len(found) == 1 and (best := ranker.judge(found[0])).pattern == "total_line":
        return confirmed(filled(ranker, best), best)
    return len(found[0]) <= _PLAIN


def _together(ranker: Ranker, system: System, changes: Changes) -> Iterator[list[Change]]:
    """Parts of what is surely wrong that one slip accounts for: an unfilled total line, a line, a cell."""
    left = sorted(changes)
    for pick in (0, 1):
        for line in dict.fromkeys(ranker.lines.of_cell[c][pick] for c, _ in left):
            here = [change for change in left if change[0] in line.cells]
            whole = line.total and line.empty(ranker.values) and len(line.cells) > 1
            if here and (whole or (len(here) > 1 and _one_slip(ranker, system, here, pick))):
                yield here
                left = [change for change in left if change not in here]
    for change in left:
        yield [change]


def _one_slip(ranker: Ranker, system: System, changes: list[Change], family: int) -> bool:
    """Several cells of one line: a known pattern, many of them, or errors that cancel within the line."""
    return len(changes) > 2 or _cancel(system, changes, family) or bool(ranker.judge(changes).pattern)


def _cancel(system: System, changes: Iterable[Change], family: int) -> bool:
    """True where the changes leave the sums of their own rows (family 0) or columns (1) as they are."""
    sums: Counter[int] = Counter()
    for cell, error in changes:
        for equation, sign in system.of_cell_in[cell][family]:
            sums[equation] += sign * error
    return not any(sums.values())


def _unfilled(ranker: Ranker, rest: list[Changes]) -> tuple[list[Changes], Changes]:
    """Cells of an unfilled total line that every hypothesis fills, though not all with one number."""
    best = min(rest, key=lambda e: ranker.judge(e).weight)
    for line in ranker.lines.totals:
        if len(line.cells) < 2 or not line.empty(ranker.values):
            continue
        always = frozenset.intersection(*(frozenset(c for c, _ in e if c in line.cells) for e in rest))
        if len(always) < 2:
            continue
        others = list({frozenset(ch for ch in e if ch[0] not in always): None for e in rest})
        if all(others):
            return others, frozenset(ch for ch in best if ch[0] in always)
    return list(dict.fromkeys(rest)), frozenset()


def _factors(system: System, rest: Sequence[Changes], joined: bool) -> Iterator[list[Changes]]:
    """Independent choices, each with its alternatives: they touch no equation in common."""
    if joined:
        yield list(rest)
        return
    touched = {c: [e for e, _ in system.of_cell[c]] for changes in rest for c, _ in changes}
    part = components(len(system.cells_of), touched.values())
    for number in dict.fromkeys(part[touched[c][0]] for c in sorted(touched)):
        own = (frozenset(ch for ch in e if part[touched[ch[0]][0]] == number) for e in rest)
        yield list(dict.fromkeys(own))


def _one_sided(ranker: Ranker, system: System, changes: Changes) -> Changes:
    """Changes in one row of table 三 that leave the row's own sum as it is, where the same slip may be
    booked in another row: a case that one side counts and the other does not. Never sure, see
    :func:`_elsewhere`."""
    found: set[Change] = set()
    for row in {ranker.lines.row(c) for c, _ in changes}:
        here = frozenset(ch for ch in changes if ch[0] in row.cells)
        if len(here) < 2 or not _cancel(system, here, 0):
            continue
        if _row(ranker, here) in _sides(ranker) or any(_elsewhere(ranker, here)):
            found |= here
    return frozenset(found)


def _sides(ranker: Ranker) -> dict[str, int]:
    """The rows of the balance but （七）, with 1 for those on its side."""
    table = ranker.form.tables["table3"]
    if table.balance is None:
        return {}
    sides = dict.fromkeys(table.balance.left, -1) | dict.fromkeys(table.balance.right, 1)
    return {row: side for row, side in sides.items() if row not in {r.id for r in table.rows() if r.is_total}}


def _row(ranker: Ranker, changes: Changes) -> str:
    """The id of the row of table 三 that holds all the changes, if they are more than one cell of it."""
    rows = {ranker.lines.row(c) for c, _ in changes if ranker.form.cells[c].table == "table3"}
    if len(changes) < 2 or len(rows) != 1:
        return ""
    (row,) = rows
    return row.line.id if all(c in row.cells for c, _ in changes) and not row.total else ""


def _one_applicants(ranker: Ranker, changes: Changes) -> bool:
    """Whether one applicant's column and 总计 change by the same number."""
    totals = sum(ranker.lines.column(c).total for c, _ in changes)
    return (len(changes), totals) == (2, 1) and len({error for _, error in changes}) == 1


def _elsewhere(ranker: Ranker, changes: Changes) -> Iterator[Changes]:
    """Larger than the smallest, and yet what really happens: two lines, but one slip.

    Where one row of the balance explains everything, so does （七） together with one of its results: the
    case was (not) booked as closed. Where one result does, so does （七） together with 一, a case that
    nobody logged, or with 四, one that is closed and still carried out.
    """
    row = _row(ranker, changes)
    sides, table = _sides(ranker), ranker.form.tables["table3"]
    for total in (r for r in table.rows() if r.is_total and sides and row):
        if row in sides:
            pairs = [{total.id: sides[row], part: sides[row]} for part in total.total_of]
        elif row in total.total_of and _one_applicants(ranker, changes):
            carried = table.carry_over.this_year if table.carry_over else ""
            pairs = [{total.id: -1, other: side} for other, side in sides.items() if other != carried]
        else:
            continue
        for pair in pairs:
            moved = frozenset(
                (ranker.form.index[f"{table.id}.{r}.{ranker.form.cells[c].column.id}"], turn * error)
                for c, error in changes
                for r, turn in pair.items()
            )
            # A row that nobody had this year is not offered as the one that lacks a case.
            if all(ranker.values[c] and ranker.values[c] >= error for c, error in moved):
                yield moved
