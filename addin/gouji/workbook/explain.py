"""Why a finding is one and what would mend it, in lines for a person: used by the terminal and 退回单.

Addresses and arithmetic are added here; the words are the rules' and ``wording.toml``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..form import Equation
from ..report import Report
from ..rules import Finding, Suspect
from ..rules.equations import sides
from .layout import layout_of
from .wording import wording


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to mend a finding: all its changes together. ``place``: its first cell, ``三!D20``."""

    number: int
    place: str
    text: str
    certain: bool


def basis(report: Report, finding: Finding) -> list[str]:
    """The sums that do not agree, term by term and with the direction of the difference."""
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
    """The suspects by group, best first; cells of one group are changed together."""
    found = []
    for number, members in groupby(finding.suspects, lambda s: s.group):
        group = list(members)
        place = "!".join(layout_of(report.form).locate(group[0].cell))
        changes = "、".join(_change(report, s) for s in group)
        reasons = "；".join(dict.fromkeys(s.reason for s in group if s.reason))
        reason = wording("explain")["reason"].format(reason=reasons or wording("explain")["no_reason"])
        found.append(Alternative(number, place, changes + reason, group[0].certain))
    return found


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


def alternatives_title(finding: Finding) -> str:
    """请填入 where it is certain, else a warning that only one of them is right."""
    w = wording("explain")
    return str(w["certain" if finding.suspects[0].certain else "either"])
