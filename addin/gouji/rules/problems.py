"""Section 五: whether it says anything, and whether it speaks of what 表四 says was corrected (RULES 22, 25).

One section, one finding: a section without content speaks of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .context import Context
from .finding import Finding
from .numbers import Numbers
from .plain import mentions, sections


def check_problems(report: Report, context: Context) -> Iterator[Finding]:
    """The empty section with what it leaves out folded under it, else what it leaves out."""
    if report.texts is None:
        return
    corrected = _corrected(report, context)
    empty = _empty(report, context, corrected)
    if empty and corrected:
        yield empty.but(folded=(corrected,))
    elif found := empty or corrected:
        yield found


def _empty(report: Report, context: Context, corrected: Finding | None) -> Finding | None:
    """A section that is not there at all is a missing title, said by that rule."""
    rule = context.catalogue["problems-empty"]
    number = rule.parameters["section"]
    text = sections(report).get(number)
    if text is None or not context.catalogue.active(rule.id, report.form):
        return None
    length = sum(char.isalnum() for char in text)
    if length >= rule.parameters["shortest"]:
        return None
    typed = (report.texts or {})[number]
    finding = rule.finding(
        number,
        left=length,
        message=None if text else "nothing",
        excerpt=typed.strip(),
        also=corrected.message if corrected else "",
    )
    return finding.but(section=number, paragraph=typed.count("\n", 0, len(typed) - len(typed.lstrip())))


def _corrected(report: Report, context: Context) -> Finding | None:
    """A block that is not filled yet does not hide the corrections of another."""
    rule = context.catalogue["corrected-unmentioned"]
    given = rule.parameters
    if rule.off or mentions(sections(report).get(given["section"], ""), given["words"]):
        return None
    this, table = Numbers(report, sums=True), report.form.tables["table4"]
    cells = [c for c in table.cells if c.column.id == given["column"]]
    corrected = [(c, n) for c in cells if (n := this(c.id))]
    if not corrected:
        return None
    return rule.finding(
        table.id,
        tuple(c.id for c, _ in corrected),
        left=sum(n for _, n in corrected),
        blocks=[given["block"].format(block=c.row.key, count=n) for c, n in corrected],
    )
