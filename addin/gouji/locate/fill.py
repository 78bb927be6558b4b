"""Numbers for cells that hold none: what the equations say of a blank or unreadable cell.

An equation in which one cell is missing gives that cell; cells found so may give others. A total that the
filled parts have reached leaves 0 for the others: a count is never negative. All is drawn from the table with
the other findings applied, and from no number that one of them doubts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from ..form import Equation
from ..records import dataclass
from ..report import Report
from ..rules import Finding
from ..rules.equations import residual
from .rank import Ranker

#: An equation and the number that it gives a cell.
Answer = tuple[Equation, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the equations say of one cell. ``value``: None where they disagree or say what no count can be.

    ``answers``: the equations that say so; ``exact``: in each no other cell is missing. ``nothing_left``: 0,
    because the filled parts of a total have reached it. ``certain``: two equations or more say so from typed
    numbers alone, and no witness is against it. ``doubt``: (kind, number) of the witness. ``over``: a filled
    total is smaller than its other parts.
    """

    value: int | None
    answers: tuple[Answer, ...]
    exact: bool = False
    certain: bool = False
    nothing_left: bool = False
    over: bool = False
    doubt: tuple[str, int] | None = None


def missing_numbers(ranker: Ranker, report: Report, doubted: Set[str]) -> dict[str, Known]:
    """Cell id -> what the equations say of it, for the cells without a number of which they say anything.

    ``report``: with what is certain corrected. ``doubted``: cells whose number may be wrong: an equation that
    holds one says nothing.
    """
    form = report.form
    missing = {c for e in form.equations for c in e.cells if not report.is_known(c)}
    numbers = {c: report.number(c) for e in form.equations for c in e.cells if c not in missing}
    equations = [e for e in form.equations if not doubted & set(e.cells)]
    known: dict[str, Known] = {}
    while given := _round(equations, numbers, known):
        first = not known
        for cell, found in given.items():
            known[cell] = found
            if found.value is not None:
                numbers[cell] = found.value
        if first:
            confirmed = set(_confirmed(ranker, report, equations, known, numbers))
    sure = {c for c in known if c in confirmed and not known[c].over} if known else set()
    return {c: _witnessed(ranker, c, k, c in sure) for c, k in known.items()}


def _round(
    equations: Sequence[Equation], numbers: Mapping[str, int], known: Mapping[str, Known]
) -> dict[str, Known]:
    """What the numbers so far give of further cells."""
    exact: dict[str, list[Answer]] = {}
    most: dict[str, list[Answer]] = {}
    for equation in equations:
        absent = [c for c in equation.cells if c not in numbers]
        new = [c for c in absent if c not in known]
        if len(absent) == 1 and new:
            exact.setdefault(new[0], []).append((equation, _solved(equation, new[0], numbers)))
        if equation.kind != "balance" and all(c in numbers for c in equation.right):
            left = _side(equation.right, numbers) - _side(equation.left, numbers)
            for cell in new:
                most.setdefault(cell, []).append((equation, left))
    found = {}
    for cell in exact.keys() | most.keys():
        answers, room = exact.get(cell, []), [number for _, number in most.get(cell, ())]
        full = [a for a in most.get(cell, ()) if a[1] == 0]
        if answers:
            values = {number for _, number in answers}
            over = min(values) < 0 or any(max(values) > left for left in room)
            value = min(values) if len(values) == 1 and not over else None
            found[cell] = Known(
                value, tuple(answers), exact=True, nothing_left=value == 0 and bool(full), over=over
            )
        elif any(left < 0 for left in room):
            found[cell] = Known(None, (), over=True)
        elif full:
            found[cell] = Known(0, tuple(full), nothing_left=True)
    return found


def _side(cells: Sequence[str], numbers: Mapping[str, int]) -> int:
    return sum(numbers.get(c, 0) for c in cells)


def _solved(equation: Equation, cell: str, numbers: Mapping[str, int]) -> int:
    left, right = _side(equation.left, numbers), _side(equation.right, numbers)
    return left - right if cell in equation.right else right - left


def _confirmed(
    ranker: Ranker,
    report: Report,
    equations: Sequence[Equation],
    known: Mapping[str, Known],
    numbers: Mapping[str, int],
) -> Iterator[str]:
    """Cells that more than one equation gives from typed numbers alone.

    Two agree; or an equation, in which every missing cell follows from another one, holds as well; or the
    total that leaves nothing is confirmed by another equation. A line that is blank throughout confirms
    nothing: the numbers of its neighbour may be its own, and what is left may be the neighbour's.
    """
    for cell, found in known.items():
        if found.value is None:
            continue
        using = {e.id for e, _ in found.answers}
        closing = (
            e
            for e in equations
            if cell in e.cells and e.id not in using and any(map(report.is_known, e.cells))
        )
        closed = any(
            all(c in numbers for c in e.cells) and _side(e.left, numbers) == _side(e.right, numbers)
            for e in closing
        )
        exact = len(using) > 1 and len({number for _, number in found.answers}) == 1
        held = found.nothing_left and all(_total_holds(report, e) for e, _ in found.answers)
        if exact or closed or (held and not _neighbours(ranker, report, cell, numbers)):
            yield cell


def _neighbours(ranker: Ranker, report: Report, cell: str, numbers: Mapping[str, int]) -> bool:
    """Whether the only line that is blank throughout may have its numbers in the next one: something is left
    for it, or a line beside it, of the same total, has numbers. Two blank lines are no one movement."""
    ids = [c.id for c in ranker.form.cells]
    for line in ranker.lines.of_cell[ranker.form.index[cell]]:
        cells = [ids[place] for place in line.cells]
        if len(cells) < 2 or any(map(report.is_known, cells)):
            continue
        if any(numbers.get(c) for c in cells):
            return True
        before, after = ranker.lines.beside(line)
        others = [[ids[place] for place in other.cells] for other in (*before, *after)]
        if any(not any(map(report.is_known, them)) for them in others):
            continue
        near = [*others[: len(before)][-1:], *others[len(before) :][:1]]
        if any(numbers.get(c) for them in near for c in them):
            return True
    return False


def _total_holds(report: Report, equation: Equation) -> bool:
    others = [e for c in equation.right for e in report.form.equations_of[c] if e.id != equation.id]
    return bool(others) and all(residual(report, e) == 0 for e in others)


def _witnessed(ranker: Ranker, cell: str, known: Known, sure: bool) -> Known:
    """With what the texts and last year's report say of the cell, and of those from which it is reckoned."""
    place = ranker.form.index[cell]
    doubt = None
    if known.value is not None:
        stated, carried = ranker.stated(place), ranker.carried.get(place)
        if stated and known.value not in stated:
            doubt = ("stated", min(stated))
        elif carried is not None and carried != known.value:
            doubt = ("carried", carried)
    others = {ranker.form.index[c] for e, _ in known.answers for c in e.cells}
    sound = doubt is None and not others & ranker.contradicted.keys()
    return replace(known, certain=sure and sound, doubt=doubt)


def mended(report: Report, findings: Sequence[Finding]) -> tuple[Report, set[str]]:
    """The report with what is certain corrected, and the cells whose number other findings doubt."""
    blank = {f.id for f in findings if _about_blanks(report, f)}
    equations = report.form.equation
    causes = [
        f
        for f in findings
        if f.id not in blank and (f.suspects or any(one.place in equations for one in (f, *f.folded)))
    ]
    right = {s.cell: s.suggested for f in causes for s in f.suspects if s.certain}
    doubted: set[str] = set()
    for finding in causes:
        whole = not finding.suspects or (finding.open and len({s.group for s in finding.suspects}) == 1)
        if whole:
            doubted |= {c for one in (finding, *finding.folded) for c in one.cells}
        doubted |= {s.cell for s in finding.suspects if not s.certain}
    return report.with_values(right), {c for c in doubted if report.is_known(c)}


def _about_blanks(report: Report, finding: Finding) -> bool:
    return bool(finding.cells) and not any(map(report.is_known, finding.cells))


def how(answer: Answer, cell: str, numbers: Mapping[str, Any], phrases: Mapping[str, Any]) -> str:
    """How the number follows from the equation. ``numbers``: cell id -> its number, typed or found."""
    equation, value = answer
    left, right = (
        sum(numbers.get(c, 0) for c in side if c != cell) for side in (equation.left, equation.right)
    )
    total = cell in equation.right
    part = "" if equation.kind == "balance" else "_total" if total else "_part"
    kind = equation.kind if equation.table == "table3" else equation.table
    return str(phrases[f"{kind}{part}"].format(total=right, rest=left, value=value))
