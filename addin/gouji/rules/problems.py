"""Section 五: whether it says anything, and whether it speaks of what 表四 says was corrected.

One section, one finding: a section without content speaks of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decide_rule, decides
from .finding import Finding
from .numbers import Numbers
from .plain import mentions, sections

_CORRECTED = "corrected-unmentioned"


@decides("problems-empty")
def _problems_empty(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """With what the section leaves out folded under it. No section at all is a missing title, said by
    that rule."""
    number = rule.parameters["section"]
    text = sections(report).get(number)
    if text is None:
        return
    length = sum(char.isalnum() for char in text)
    if length >= rule.parameters["shortest"]:
        return
    typed = (report.texts or {})[number]
    corrected = tuple(_left_out(context.catalogue[_CORRECTED], report))
    finding = rule.finding(
        number,
        left=length,
        message=None if text else "nothing",
        excerpt=typed.strip(),
        also=corrected[0].message if corrected else "",
    )
    first = typed.count("\n", 0, len(typed) - len(typed.lstrip()))
    yield finding.but(section=number, paragraph=first, folded=corrected)


@decides(_CORRECTED)
def _corrected_unmentioned(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Unless the section is empty, which is said instead."""
    if not any(decide_rule("problems-empty", report, context)):
        yield from _left_out(rule, report)


def _left_out(rule: Rule, report: Report) -> Iterator[Finding]:
    """A block that is not filled yet does not hide the corrections of another."""
    given = rule.parameters
    mentioned = mentions(sections(report).get(given["section"], ""), given["words"])
    if rule.off or report.texts is None or mentioned:
        return
    this, table = Numbers(report, sums=True), report.form.tables["table4"]
    cells = [c for c in table.cells if c.column.id == given["column"]]
    corrected = [(c, n) for c in cells if (n := this(c.id))]
    if corrected:
        yield rule.finding(
            table.id,
            tuple(c.id for c, _ in corrected),
            left=sum(n for _, n in corrected),
            blocks=[given["block"].format(block=c.row.key, count=n) for c, n in corrected],
        )
