"""Why a finding is one and what would mend it, in lines for a person: used by the terminal and 退回单.

Addresses and arithmetic are added here; the words are the rules' and ``wording.toml``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ...form import Equation
from ...report import Report
from ...rules import Finding, Suspect
from ...rules.equations import sides
from ..layout import layout_of
from ..wording import wording

#: Members of a family written out on its line; the form's cells are in ``suspects``.
_FAMILY = 12


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to mend a finding, all its changes together, or a family of like ways. ``place``: its
    first cell, ``三!D20``."""

    number: int
    place: str
    text: str
    certain: bool


def basis(report: Report, finding: Finding) -> list[str]:
    """The sums that do not agree, term by term and with the direction of the difference. Of numbers that
    stand in the wrong place no sum says anything."""
    if finding.area and not finding.suspects:
        return []
    places = dict.fromkeys(one.place for one in (finding, *finding.folded))
    equations = [e for p in places if (e := report.form.equation.get(p))]
    return [_sum(report, e) for e in equations if len(set(sides(report, e))) > 1]


def _sum(report: Report, equation: Equation) -> str:
    w = wording("explain")
    left, right = sides(report, equation)
    title = report.form.tables[equation.table].section.number
    gap = w["more" if right > left else "less"].format(number=abs(left - right))
    names = {"line": equation.label, "table": title, "gap": gap}
    names |= {"left": _terms(report, equation.left), "right": _terms(report, equation.right)}
    return str(w[equation.kind].format(**names))


def _terms(report: Report, cells: Sequence[str]) -> str:
    """``1＋2＝3``; zeros and blanks are left out where something remains."""
    numbers = [report.number(c) for c in cells]
    parts = [str(n) for n in numbers if n]
    total = str(sum(numbers))
    return f"{'＋'.join(parts)}＝{total}" if len(parts) > 1 else total


def alternatives(report: Report, finding: Finding) -> list[Alternative]:
    """The ways to mend it, best first, cells that change together on one line; like ways on one line too."""
    groups = {n: list(members) for n, members in groupby(finding.suspects, lambda s: s.group)}
    lines = [(a.groups, a.reason) for a in finding.alternatives] or [((n,), "") for n in groups]
    return [
        _alternative(report, number, [groups[n] for n in members], reason)
        for number, (members, reason) in enumerate(lines, 1)
    ]


def _alternative(report: Report, number: int, groups: list[list[Suspect]], reason: str) -> Alternative:
    """One group with its reasons, or a family: what all of them change, then where they differ."""
    w, best = wording("explain"), groups[0]
    place = "!".join(layout_of(report.form).locate(best[0].cell))
    reasons = reason or "；".join(dict.fromkeys(s.reason for s in best if s.reason)) or w["no_reason"]
    if len(groups) == 1:
        changes = "、".join(_change(report, s) for s in best)
    else:
        common = [s for s in best if all(any(_same(s, t) for t in group) for group in groups)]
        differing = [[s for s in group if not any(_same(s, c) for c in common)] for group in groups]
        shown = "；".join("、".join(_brief(report, s) for s in group) for group in differing[:_FAMILY])
        more = w["family_more"] if len(groups) > _FAMILY else ""
        changes = w["family"].format(shown=shown + more)
        if common:
            together = "、".join(_change(report, s) for s in common)
            changes = w["family_common"].format(common=together, one=changes)
    return Alternative(number, place, changes + w["reason"].format(reason=reasons), best[0].certain)


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
            row=cell.row.label,
            column=cell.column.label,
            value=cell.kind.show(suspect.value) or w["blank"],
            suggested=cell.kind.show(suspect.suggested) or w["blank"],
        )
    )


def lists_alternatives(finding: Finding) -> bool:
    """Whether the ways to mend it are listed: a decided finding says its values in the message.

    Blank cells are only counted there once they are many.
    """
    return bool(finding.suspects) and (
        not finding.decided or bool(finding.alternatives) or finding.rule == "cell-blank"
    )


def alternatives_title(finding: Finding) -> str:
    """请填入 where it is decided, else a warning that only one of them is right."""
    w = wording("explain")
    return str(w["certain" if finding.decided and not finding.alternatives else "either"])
