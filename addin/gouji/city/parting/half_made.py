"""Half-made adjustments: the equations that they leave open, and what is wanted (``adjustment-open``).

A line that moves 自然人 and not 总计 breaks what was right. Totals follow from their parts, so they can be
named; where any of several cells may be meant, the line of the form is named and no cell. A line with two
sides leaves the sum as it is; what it leaves open are the equations of its two units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from ...form import Equation, Form
from ...rules import Catalogue, Finding
from ...rules.equations import rule_of
from ...rules.gap import gap
from ...wording import wording_of
from ..sum.adjust import Applied
from .saying import NAMED, amount
from .shares import Ground, by_line

_Changes = dict[str, int]


def with_half_made(ground: Ground, findings: Sequence[Finding], rules: Catalogue) -> list[Finding]:
    """The findings, with one first for each set of lines of 调整表 that leave the same equations open; what
    nothing else breaks is folded under it."""
    rule = rules["adjustment-open"]
    if rule.off:
        return list(findings)
    told, rest = [], list(findings)
    for lines, equations in _open_sets(ground, rules):
        each = {line: _changes(sides) for line, sides in by_line(ground.applied).items()}
        changes = _with_others(ground.city.form, each, lines)
        ids = {equation.id for equation in equations}
        under = [f for f in rest if f.place in ids and f.parts and {s.line for s in f.parts} <= set(lines)]
        rest = [f for f in rest if f not in under]
        words = wording_of("gouji.city.parting", "open")
        shown = [_name(equation) for equation in equations[:NAMED]]
        finding = rule.finding(
            _lines(lines),
            tuple(cell for cell, change in changes.items() if change),
            lines=_lines(lines),
            equations=words["between"].join(shown),
            missing=words["between"].join(_missing(ground.city.form, changes)),
        )
        told.append(finding.but(folded=tuple(under)))
    return [*told, *_between_units(ground, rules), *rest]


def _between_units(ground: Ground, rules: Catalogue) -> Iterator[Finding]:
    """One finding for each set of lines with two sides that leave equations of their units open."""
    rule, form = rules["adjustment-open"], ground.city.form
    sides = {line: each for line, each in by_line(ground.applied).items() if len(each) > 1}
    first = {line: _changes(each[:1]) for line, each in sides.items()}
    open_ = {
        unit: [e for e in form.equations if not rules[rule_of(e)].off and _worse(ground, sides, unit, e)]
        for unit in dict.fromkeys(one.unit for each in sides.values() for one in each)
    }
    of_line = {
        line: [e for e in form.equations if _open(e, first[line]) and any(e in open_[s.unit] for s in each)]
        for line, each in sides.items()
    }
    words = wording_of("gouji.city.parting", "open")
    for lines, equations in _joined(form, first, {line: them for line, them in of_line.items() if them}):
        units = dict.fromkeys(one.unit for line in lines for one in sides[line])
        said = []
        for unit in units:
            names = [_name(equation) for equation in equations if equation in open_[unit]]
            if names:
                said.append(words["unit"].format(unit=unit, equations=words["between"].join(names[:NAMED])))
        moved = _with_others(form, first, lines)
        yield rule.finding(
            _lines(lines),
            tuple(cell for cell, change in moved.items() if change),
            level=rule.no_graver_than("moved_level"),
            message="units",
            remedy="units",
            lines=_lines(lines),
            equations=words["between_units"].join(said),
            missing=words["between"].join(_missing(form, moved)),
            unit=sides[lines[0]][0].unit,
        )


def _worse(ground: Ground, sides: Mapping[int, Sequence[Applied]], unit: str, equation: Equation) -> bool:
    """Whether all that adjusts a unit, with lines of two sides in it, leaves it further from an equation."""
    own = [one for each in sides.values() for one in each if one.unit == unit]
    moved = _open(equation, _changes(one for one in ground.applied if one.unit == unit))
    base = _Own(ground).residual(equation, {unit})
    return any(_open(equation, _changes([one])) for one in own) and abs(base + moved) > abs(base)


def _open_sets(ground: Ground, rules: Catalogue) -> Iterator[tuple[tuple[int, ...], list[Equation]]]:
    """Lines that belong together, and the equations that they make worse than the units have them."""
    form = ground.city.form
    lines = {line: _changes(sides) for line, sides in by_line(ground.applied).items()}
    whose = {line: {one.unit for one in sides} for line, sides in by_line(ground.applied).items()}
    own = _Own(ground)
    open_: dict[int, list[Equation]] = {}
    for equation in form.equations if lines else ():
        touching = [line for line, changes in lines.items() if _open(equation, changes)]
        moved = sum(_open(equation, lines[line]) for line in touching)
        base = own.residual(equation, set().union(*(whose[line] for line in touching)))
        if moved and abs(base + moved) > abs(base) and not rules[rule_of(equation)].off:
            for line in touching:
                open_.setdefault(line, []).append(equation)
    yield from _joined(form, lines, open_)


def _joined(
    form: Form, lines: Mapping[int, _Changes], open_: Mapping[int, Sequence[Equation]]
) -> Iterator[tuple[tuple[int, ...], list[Equation]]]:
    """The lines that leave something open, together where they meet, and what they leave open."""
    sets: list[tuple[set[int], set[str]]] = []
    for line in open_:
        # Through the totals that are wanted, lines meet in equations that none of them touches yet.
        cells = {*lines[line], *_totals(form, lines[line])}
        reach = {e.id for cell in cells for e in form.equations_of[cell]}
        joined = [each for each in sets if each[1] & reach]
        sets = [each for each in sets if each not in joined]
        sets.append(({line}.union(*(n for n, _ in joined)), reach.union(*(r for _, r in joined))))
    for together, _ in sets:
        ids = {equation.id for line in together for equation in open_[line]}
        yield tuple(sorted(together)), [e for e in form.equations if e.id in ids]


class _Own:
    """How far units are from an equation by themselves; the sum's own lines start from all of them."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.parts = ground, dict(ground.parts)

    def residual(self, equation: Equation, units: Set[str]) -> int:
        reports = list(self.parts.values())
        if self.ground.city.unit not in units:
            reports = [self.parts[unit] for unit in units if unit in self.parts]
        return sum(
            sign * report.number(cell)
            for sign, side in ((1, equation.left), (-1, equation.right))
            for cell in side
            for report in reports
        )


def _changes(applied: Iterable[Applied]) -> _Changes:
    changes: _Changes = {}
    for one in applied:
        changes[one.cell] = changes.get(one.cell, 0) + one.change
    return changes


def _open(equation: Equation, changes: Mapping[str, int]) -> int:
    """left − right of what is changed."""
    return sum(changes.get(c, 0) for c in equation.left) - sum(changes.get(c, 0) for c in equation.right)


def _with_others(form: Form, lines: Mapping[int, _Changes], some: Sequence[int]) -> _Changes:
    """What some lines change together with those that they meet: a line that leaves nothing open may be the
    other half of one that does."""
    met, equations = set(some), _touched(form, (lines[line] for line in some))
    while more := {
        n for n, changes in lines.items() if n not in met and _touched(form, [changes]) & equations
    }:
        met |= more
        equations |= _touched(form, (lines[line] for line in more))
    together: _Changes = {}
    for cell, change in (each for line in sorted(met) for each in lines[line].items()):
        together[cell] = together.get(cell, 0) + change
    return together


def _touched(form: Form, lines: Iterable[_Changes]) -> set[str]:
    return {e.id for changes in lines for cell in changes for e in form.equations_of[cell]}


def _missing(form: Form, changes: Mapping[str, int]) -> Iterator[str]:
    """Totals that follow, then lines in which something is wanted that nobody can name."""
    words, done = wording_of("gouji.city.parting", "open"), dict(changes)
    added = _totals(form, changes)
    done |= added
    for cell_id, change in added.items():
        cell = form.by_id[cell_id]
        fields = {"row": cell.row.short, "column": cell.column.short}
        if change:
            yield words["cell"].format(amount=amount(change, cell.kind.money), **fields)
    for equation in form.equations:
        if equation.kind != "balance" and (change := _open(equation, done)):
            yield words["others"].format(line=equation.short, amount=amount(-change))
    balances = [(e, _open(e, done)) for e in form.equations if e.kind == "balance"]
    single = [(e, n) for e, n in balances if n and not form.by_id[e.left[0]].column.is_total]
    for equation, number in single or [(e, n) for e, n in balances if n]:
        yield words["balance_left"].format(line=equation.short, gap=gap(number))


def _totals(form: Form, changes: Mapping[str, int]) -> _Changes:
    """The totals that follow from what is changed, those left out that are changed already."""
    equations, done = [e for e in form.equations if e.kind != "balance"], dict(changes)
    added: _Changes = {}
    while found := _next(equations, done, {*changes, *added}):
        added[found.right[0]] = done[found.right[0]] = _open(found, done)
    return added


def _next(totals: Sequence[Equation], done: Mapping[str, int], moved: Set[str]) -> Equation | None:
    """An open equation whose total nobody moved; a total may be a part of another, which waits for it."""
    open_ = [e for e in totals if _open(e, done) and e.right[0] not in moved]
    waiting = {e.right[0] for e in open_}
    return next((e for e in open_ if not waiting & set(e.left)), None)


def _name(equation: Equation) -> str:
    words = wording_of("gouji.city.parting", "open")
    key = "row_table4" if equation.table == "table4" else equation.kind
    return str(words[key].format(line=equation.short))


def _lines(lines: Sequence[int]) -> str:
    """2–4、7: the lines of the list, those in a row as a range."""
    words = wording_of("gouji.city.parting", "open")
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    shown = [words["lines"].format(first=a, last=b) if b > a else str(a) for a, b in runs]
    return str(words["between"].join(shown))
