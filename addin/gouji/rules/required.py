"""The sections that are texts: whether each says anything, and what it must speak of besides.

One section, one finding: a section without content speaks of nothing, and what it leaves out is told with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decide_rule, decides
from .finding import Finding
from .needed import sought
from .numbers import Numbers
from .plain import mentions, sections

_TITLES = "section-titles"
_EMPTY, _PROBLEMS, _NOTHING = "section-empty", "problems-empty", "matters-none"
_PLACEHOLDER = "placeholder"
_CORRECTED, _FEES = "corrected-unmentioned", "fee-unreported"


def is_empty(report: Report, number: str) -> bool:
    """Whether a report that carries texts has nothing in the section."""
    return report.texts is not None and not sections(report).get(number)


def _said_empty(rule: Rule, report: Report, context: Context) -> bool:
    """Whether it is said already that the rule's section has no content."""
    return is_empty(report, rule.parameters["section"]) and context.catalogue.active(_EMPTY, report.form)


def exchanged(report: Report, context: Context) -> bool:
    """Whether 五 holds what belongs in 六 and the reverse; said by ``section-titles``, and then nothing else
    of what the two leave out."""
    if not context.catalogue.active(_TITLES, report.form):
        return False
    given, texts = context.catalogue[_TITLES].parameters, sections(report)
    problems, matters = (texts.get(number, "") for number in given["sections"])
    here, there = sought(given["pattern_problems"]), sought(given["pattern_matters"])
    right = here.search(problems) or there.search(matters)
    return not right and bool(there.search(problems) and here.search(matters))


@decides(_FEES)
def _fee_unreported(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Requests ended for want of payment. A section that says that no fee was charged has reported it."""
    if not _said_empty(rule, report, context):
        yield from _unpaid(rule, report)


def _unpaid(rule: Rule, report: Report) -> Iterator[Finding]:
    cell = f"{report.form.tables['table3'].id}.{rule.parameters['row']}.{rule.parameters['column']}"
    unpaid = Numbers(report, sums=True)(cell)
    if unpaid and _silent(rule, report):
        yield rule.finding(cell, (cell,), left=unpaid)


@decides("fee-silent")
def _fee_silent(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """The hint where nothing graver is said of the section, and where the edition of the report (not of the
    table) asks for fees in it."""
    graver = any(any(decide_rule(other, report, context)) for other in (rule.under, _NOTHING))
    said = _said_empty(rule, report, context) or exchanged(report, context)
    if _silent(rule, report) and not graver and not said:
        section = rule.parameters["section"]
        yield rule.finding(section).but(section=section)


def _silent(rule: Rule, report: Report) -> bool:
    """Whether the section of a report that carries texts says nothing of fees: only silence is a finding."""
    given, texts = rule.parameters, sections(report)
    return report.texts is not None and not mentions(texts.get(given["section"], ""), given["words"])


@decides(_EMPTY)
def _section_empty(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Each of 一, 五, 六, with what only its words could have said folded under it. Of a sum a section that
    nobody has written yet is drafted."""
    level = rule.no_graver_than("imported_level") if context.imported else None
    for section in report.form.sections:
        if section.table or report.is_sum or not is_empty(report, section.number):
            continue
        left_out = tuple(_missed(section.number, report, context))
        finding = rule.finding(
            section.number,
            level=level,
            section=section.number,
            title=section.title.removeprefix(section.number).lstrip("、"),
            remedy=section.number if section.number in rule.parameters["remedies"] else None,
            also=left_out[0].message if left_out else "",
        )
        yield finding.but(section=section.number, folded=left_out)


def _missed(number: str, report: Report, context: Context) -> Iterator[Finding]:
    """What other rules find missing in a section: said with its emptiness."""
    for rule_id, left_out in ((_CORRECTED, _left_out), (_FEES, _unpaid)):
        rule = context.catalogue[rule_id]
        if context.catalogue.active(rule_id, report.form) and rule.parameters["section"] == number:
            yield from left_out(rule, report)


@decides(_PROBLEMS)
def _problems_empty(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A few words and no more, with what the section leaves out folded under it; words that only stand for
    others are told as such, here and nowhere else."""
    number = rule.parameters["section"]
    text = sections(report).get(number)
    if not text or exchanged(report, context):
        return
    shortest = rule.parameters["shortest"]
    length = sum(1 for _ in islice(filter(str.isalnum, text), shortest))
    if length >= shortest:
        return
    typed = (report.texts or {})[number]
    corrected = tuple(_left_out(context.catalogue[_CORRECTED], report))
    unfinished = context.catalogue[_PLACEHOLDER]
    finding = rule.finding(
        number,
        left=length,
        message=_PLACEHOLDER if sought(unfinished.parameters["pattern"]).search(text) else None,
        excerpt=typed.strip(),
        also=corrected[0].message if corrected else "",
    )
    first = typed.count("\n", 0, len(typed) - len(typed.lstrip()))
    yield finding.but(section=number, paragraph=first, folded=corrected)


@decides(_NOTHING)
def _matters_none(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Section 六 holds one word for nothing, where the notice asks for the fees."""
    number = rule.parameters["section"]
    words = "".join(char for char in sections(report).get(number, "") if char.isalnum())
    if words in rule.parameters["words"]:
        yield rule.finding(number, excerpt=words).but(section=number)


@decides(_CORRECTED)
def _corrected_unmentioned(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Unless the section is empty or another's, which is said instead."""
    if exchanged(report, context):
        return
    if not _said_empty(rule, report, context) and not any(decide_rule(_PROBLEMS, report, context)):
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
