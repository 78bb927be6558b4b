"""Which finding a key of 审核说明 means, and what is said of a key that means none, or more than one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from ..form import Form
from ..records import dataclass
from ..report import Explanation, Report
from ..rules import Catalogue, Finding, catalogue
from .confirming import cell_at, typed_answers
from .keys import as_number, plain_key
from .layout import layout_of
from .shown.findings import place_of
from .wording import wording

#: Why a key is of no use: nothing is called so, several findings are, or the row is explained already.
Doubt = Literal["unknown", "ambiguous", "twice"]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A key that stays as it is. ``meant``: the ids of the findings that it may mean."""

    key: str
    why: Doubt
    meant: tuple[str, ...] = ()


@cache
def _numbered(form: Form) -> Mapping[str, int]:
    from .live import LiveChecks  # all formulas of the sheet: a file is judged without them

    layout = layout_of(form)
    rows = LiveChecks(layout, Report(form), None, catalogue()).rows(layout.check.live_top)
    return {row.id: row.number for row in rows}


def number_of(form: Form, finding_id: str) -> int | None:
    """The number of a finding's live row on today's template, None where it has none."""
    return _numbered(form).get(finding_id)


def shown_key(form: Form, finding_id: str) -> str:
    """What people are told as the 编号 of a finding: 第12项, or its id where it has no live row."""
    number = number_of(form, finding_id)
    return finding_id if number is None else str(wording("check.keys")["number"].format(number=number))


def settle_keys(report: Report, findings: Sequence[Finding], rules: Catalogue) -> list[Unsettled]:
    """Put the explanations of ``report`` under the ids of the findings that their keys mean.

    What is left: keys that mean nothing or not one thing, answers to a question aside (``typed_answers``).
    A key of a rule and a place whose finding is merely gone is kept in silence, for it may come back.
    """
    answers = typed_answers(report)
    left: list[Unsettled] = []
    for key in list(report.explanations):
        cell = cell_at(report.form, key)
        if key in {f.id for f in findings} or (cell is not None and cell.id in answers):
            continue
        meant = tuple(dict.fromkeys(_candidates(report, key, findings, rules)))
        if len(meant) == 1 and (meant[0] == key or meant[0] not in report.explanations):
            report.explanations[meant[0]] = report.explanations.pop(key)
        elif len(meant) == 1:
            left.append(Unsettled(key, "twice", meant))
        else:
            left.append(Unsettled(key, "ambiguous" if meant else "unknown", meant))
    return left


def meant(report: Report, key: str, given: Explanation) -> str | None:
    """Under which key of the report an explanation stands that was read with this one; None where it was put
    nowhere. Its state and numbers may have been set anew since."""
    if key in report.explanations:
        return key
    return next((k for k, e in report.explanations.items() if e.text == given.text), None)


def _candidates(report: Report, key: str, findings: Sequence[Finding], rules: Catalogue) -> Iterator[str]:
    """Ids that a key may mean: those of findings that are no errors first, by id, number, rule or place."""
    wanted = plain_key(key)
    mild = [f for f in findings if f.level != "error"]
    every = {f.id: f for f in (*findings, *(one for f in findings for one in f.folded))}
    by_id = [one for one in every if plain_key(one) == wanted]
    if by_id:
        yield from by_id
        return
    if number := as_number(wanted):
        yield from (one for one, n in _numbered(report.form).items() if n == number)
        return
    if cell_at(report.form, key) is not None or "!" in key or "！" in key:
        yield from _at(report, key, mild)
        return
    rule, colon, place = wanted.partition(":")
    known = next((one for one in rules.rules if one == rule), None)
    if known and not colon:
        yield from (f.id for f in mild if f.rule == known)
    elif known:
        names = {plain_key(one): one for one in _numbered(report.form)}
        yield names.get(wanted, key if key.startswith(f"{rule}:") else f"{rule}:{place}")


def _at(report: Report, key: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Those that a link leads from to this cell; else those that speak of it."""
    wanted = plain_key(key.replace("$", "").replace("'", ""))
    shown = [f.id for f in findings if plain_key(place_of(report, f)) == wanted]
    cell = cell_at(report.form, key)
    yield from shown or (f.id for f in findings if cell is not None and cell.id in f.cells)
