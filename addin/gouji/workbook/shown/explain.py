"""Why a finding is one and what would mend it, in lines for a person: used by the terminal and 退回单.

Addresses and arithmetic are added here; the words are the rules' and ``wording.toml``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ...form import Equation, Line
from ...form.addresses import ranges
from ...records import dataclass
from ...report import Report
from ...rules import Finding, Suspect
from ...rules.equations import sides
from ...rules.gap import gap
from ..layout import layout_of
from ..wording import wording

#: Members of a family written out on its line; the form's cells are in ``suspects``.
_FAMILY = 12
#: Up to so many like ways are written out with their numbers.
_WRITTEN = 6
#: Up to so many terms of a sum are written out.
_TERMS = 8
#: A whole column of totals breaks thirty sums; a few show the pattern.
_SUMS = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to mend a finding, all its changes together, or a family of like ways. ``place``: its
    first cell, ``三!D20``."""

    number: int
    place: str
    text: str
    certain: bool


def basis(report: Report, finding: Finding) -> list[str]:
    """The sums that do not agree, term by term and with the direction of the difference; of many the first,
    and how many there are. Of numbers that stand in the wrong place no sum says anything."""
    if finding.area and not finding.suspects:
        return []
    places = dict.fromkeys(one.place for one in (finding, *finding.folded))
    equations = [e for p in places if (e := report.form.equation.get(p))]
    broken = [e for e in equations if len(set(sides(report, e))) > 1]
    said = [_sum(report, e) for e in broken[:_SUMS]]
    if len(broken) > _SUMS:
        said.append(wording("explain")["sums_more"].format(count=len(broken)))
    return said


def _sum(report: Report, equation: Equation) -> str:
    w = wording("explain")
    left, right = sides(report, equation)
    title = report.form.tables[equation.table].section.number
    names = {"line": equation.short, "table": title, "gap": gap(left - right)}
    names |= {"left": _terms(report, equation.left), "right": _terms(report, equation.right)}
    return str(w[equation.kind].format(**names))


def _terms(report: Report, cells: Sequence[str]) -> str:
    """``1＋2＝3``; zeros and blanks are left out where something remains, and of many the sum is given."""
    numbers = [report.number(c) for c in cells]
    parts = [str(n) for n in numbers if n]
    total = str(sum(numbers))
    if len(parts) > _TERMS:
        return str(wording("explain")["terms"].format(count=len(parts), total=total))
    return f"{'＋'.join(parts)}＝{total}" if len(parts) > 1 else total


def alternatives(report: Report, finding: Finding) -> list[Alternative]:
    """The ways to mend it, best first, cells that change together on one line; like ways on one line too.

    Where there is one way only, each of its cells has a line.
    """
    groups = {n: list(members) for n, members in groupby(finding.suspects, lambda s: s.group)}
    if len(groups) == 1 and not finding.alternatives:
        told = len({s.reason for s in finding.suspects}) > 1
        return [_alternative(report, n, [[s]], s.reason, told) for n, s in enumerate(finding.suspects, 1)]
    lines = [(a.groups, a.reason) for a in finding.alternatives] or [((n,), "") for n in groups]
    return [
        _alternative(report, number, [groups[n] for n in members], reason)
        for number, (members, reason) in enumerate(lines, 1)
    ]


def _alternative(
    report: Report, number: int, groups: list[list[Suspect]], reason: str, told: bool = True
) -> Alternative:
    """One group with its reasons, or a family: what all of them change, then where they differ. ``told``:
    whether the reason is said."""
    w, best = wording("explain"), groups[0]
    place = "!".join(layout_of(report.form).locate(best[0].cell))
    reasons = reason or "；".join(dict.fromkeys(s.reason for s in best if s.reason)) or w["no_reason"]
    if len(groups) == 1:
        changes = _changes(report, best)
    else:
        common = [s for s in best if all(any(_same(s, t) for t in group) for group in groups)]
        differing = [[s for s in group if not any(_same(s, c) for c in common)] for group in groups]
        changes = _family(report, differing)
        if common:
            changes = w["family_common"].format(common=_changes(report, common), one=changes)
    changes += w["reason"].format(reason=reasons) if told else ""
    return Alternative(number, place, changes, best[0].certain)


def _family(report: Report, groups: Sequence[Sequence[Suspect]]) -> str:
    """Ways of which one is right: few as they are; many that differ in the row alone as ranges, so that none
    stands before the others."""
    w, form = wording("explain"), report.form
    by_column: dict[Line, list[Suspect]] = {}
    for suspect in (s for group in groups for s in group):
        by_column.setdefault(form.by_id[suspect.cell].column, []).append(suspect)
    steps = {_step(report, s) for group in groups for s in group}
    alike = len(steps) == 1 and all(len(them) == len(groups) for them in by_column.values())
    if len(groups) > _WRITTEN and alike:
        first, *others = (ranges(form, [s.cell for s in them]) for them in by_column.values())
        along = w["family_along"].format(shown="、".join("、".join(r) for r in others)) if others else ""
        step = steps.pop()
        change = w["raise" if step > 0 else "lower"].format(number=abs(step))
        return str(w["family_ranges"].format(shown="、".join(first), change=change, along=along))
    shown = "；".join("、".join(_brief(report, s) for s in group) for group in groups[:_FAMILY])
    return str(w["family"].format(shown=shown + (w["family_more"] if len(groups) > _FAMILY else "")))


def _step(report: Report, suspect: Suspect) -> int:
    suggested = suspect.suggested if isinstance(suspect.suggested, int) else 0
    return suggested - report.number(suspect.cell)


def _changes(report: Report, suspects: Sequence[Suspect]) -> str:
    """One cell with its row and column; several with each row's label once."""
    if len(suspects) == 1:
        return _change(report, suspects[0])
    w, by_row = wording("explain"), groupby(suspects, lambda s: report.form.by_id[s.cell].row)
    rows = ((row.short, "、".join(_brief(report, s) for s in them)) for row, them in by_row)
    return "；".join(w["row_changes"].format(row=row, changes=changes) for row, changes in rows)


def _same(one: Suspect, other: Suspect) -> bool:
    return (one.cell, one.suggested) == (other.cell, other.suggested)


def _brief(report: Report, suspect: Suspect) -> str:
    """``D11 130→129``"""
    w, show = wording("explain"), report.form.by_id[suspect.cell].kind.show
    return str(
        w["brief"].format(
            address=layout_of(report.form).locate(suspect.cell)[1],
            value=show(suspect.value) or w["blank"],
            suggested=show(suspect.suggested) or w["blank"],
        )
    )


def _change(report: Report, suspect: Suspect) -> str:
    cell = report.form.by_id[suspect.cell]
    w = wording("explain")
    return str(
        w["change"].format(
            address=layout_of(report.form).locate(suspect.cell)[1],
            row=cell.row.short,
            column=cell.column.short,
            value=cell.kind.show(suspect.value) or w["blank"],
            suggested=cell.kind.show(suspect.suggested) or w["blank"],
        )
    )


def lists_alternatives(finding: Finding) -> bool:
    """Whether the ways to mend it are listed: of one way the message says the values, unless it leaves them
    to the list."""
    return len({s.group for s in finding.suspects}) > 1 or (finding.listed and bool(finding.suspects))


def alternatives_title(finding: Finding) -> str:
    """请填入 where it is certain; what is only likely, or one of several ways, is said to be so."""
    w = wording("explain")
    if len({suspect.group for suspect in finding.suspects}) > 1:
        return str(w["either"])
    return str(w["certain" if finding.decided else "likely"])
