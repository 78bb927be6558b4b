"""上年数 for the live rows of 校验, which know no units: they compare the two years whole.

Where units are in one year only, that says something else than the rules do, which compare the same units.
Such rows are left without last year's number, and say why. 结转核对 compares whole years, and so does its
row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ...form import Form
from ...marks import marks_of
from ...report import Explanation, Report
from ...rules import Catalogue
from ...rules.ledger import carries_over
from ...rules.relations import Relation, relations
from ...wording import wording_of
from .shares import Ground


def live_prior(ground: Ground, rules: Catalogue) -> Report | None:
    """Last year's report with what live rows may compare: all of it where both years have the same units."""
    prior = ground.last.city if ground.last else None
    if prior is None or not ground.beside:
        return prior
    cells = {t.cell for r in _of_same_units(prior.form, rules) for t in r.terms if t.prior}
    return replace(prior, values={id_: value for id_, value in prior.values.items() if id_ not in cells})


def reasons(
    form: Form, prior: Report | None, live: Report | None, rules: Catalogue
) -> dict[str, Explanation]:
    """Why a row has no number of last year, by its id; nothing where ``live`` (:func:`live_prior`) is all of
    ``prior``. It explains nothing: its state is open."""
    if prior is None or live is None or prior.values == live.values:
        return {}
    said = Explanation(reason(), marks_of("gouji.rules", "states")["open"])
    return {f"{r.rule}:{r.place}": said for r in _of_same_units(form, rules)}


@cache
def reason() -> str:
    """The text of such a row, which nobody wrote."""
    return str(wording_of("gouji.city.parting", "live")["reason"])


def _of_same_units(form: Form, rules: Catalogue) -> Iterator[Relation]:
    """The live relations that look at last year and are evaluated over the units that both years have."""
    for one in relations(form, rules):
        rule = rules[one.rule]
        if rule.live and not carries_over(rule) and any(term.prior for term in one.terms):
            yield one
