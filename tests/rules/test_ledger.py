"""The ledger: each check one row, and every way to show it shows that row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.excel.answers import check_table
from gouji.form import editions, load_form
from gouji.report import Explanation, Report, Unplaced
from gouji.rules import Context, catalogue, check
from gouji.rules.catalogue import Catalogue
from gouji.rules.ledger import Ledger, Row, checks, live_checks, only_python
from gouji.rules.terms import parse_term
from gouji.workbook.layout import layout_of
from gouji.workbook.live import LiveChecks
from support.blocks import block
from support.triples import with_ten_times, zeros


def rows(report: Report, prior: Report | None = None, rules: Catalogue | None = None) -> dict[str, Row]:
    return {row.id: row for row in Ledger(report, prior, rules).rows()}


@pytest.mark.parametrize("edition", editions())
def test_every_check_is_one_row(edition: str) -> None:
    form = load_form(edition)
    every = checks(form, catalogue())
    assert len({f"{c.rule}:{c.place}" for c in every}) == len(every)
    assert len(every) >= len(form.equations) + 6
    assert set(live_checks(form, catalogue())) <= set(every)


def test_sides_of_two_kinds_differ_by_one_and_never_by_money() -> None:
    """采购项目数量 0 with 采购总金额 3093.38 万元: 校验, GJ_CHECK and the rule show the same numbers."""
    report = Report(load_form("2019"), year=2019, values={c.id: 0 for c in load_form("2019").cells})
    report.set("t2.procurement.purchase_amount", 3_093_380_000)
    row = rows(report)["purchases-without-amount:t2.procurement"]
    assert (row.left, row.right, row.difference, row.state) == (0, 3_093_380_000, 1, "warned")
    assert (row.money_left, row.money_right, row.money) == (False, True, False)
    (told,) = [r for r in check_table(block(report, "table2"), "2019", "二") if r[4] == "需说明"]
    assert told[1:4] == [0, 3093.38, 1]
    layout = layout_of(report.form)
    live_rows = LiveChecks(layout, report, None, catalogue()).rows(layout.check.live_top)
    live = {r.id: r for r in live_rows}[row.id]
    assert [live.left.value, live.right.value, live.difference.value] == [0, 3093.38, 1]
    (finding,) = [f for f in check(report) if f.rule == row.check.rule]
    assert "3093.38" in finding.message


def test_a_hint_asks_for_no_explanation() -> None:
    form = load_form("2019")
    report = Report(form, year=2019, values={c.id: 0 for c in form.cells})
    report.values |= {"t2.rules.newly_public": 2, "t2.rules.public": 2}
    assert rows(report)["public-more-than-made:t2.rules"].state == "hinted"
    report.explanations = {"public-more-than-made:t2.rules": Explanation("往年制作，本年公开", "已说明")}
    assert rows(report)["public-more-than-made:t2.rules"].state == "explained"


def test_how_grave_a_carry_over_is_depends_on_last_year() -> None:
    report, prior = zeros(), zeros()
    report.values |= {"t3.carried_in.natural": 1, "t3.carried_in.total": 1}
    key = "carry-over:t3.total"
    assert Ledger(report, prior).row(rows(report)[key].check).state == "warned"
    sealed = Ledger(report, prior, prior_sealed=True)
    assert sealed.row(rows(report)[key].check).state == "failed"
    moved = zeros()
    moved.values |= {"t3.carried_out.business": 1, "t3.carried_out.total": 1}
    only_columns = Ledger(report, moved, prior_sealed=True)
    assert only_columns.row(rows(report)["carry-over:t3.natural"].check).state == "warned"
    assert rows(report)[key].state == "no_prior"


def test_what_can_not_be_added_leaves_its_rows_open() -> None:
    report = zeros()
    report.values["t3.new.natural"] = 12
    report.as_text = {"t3.new.natural": "12件"}
    seen = rows(report)
    assert seen["row-total:t3.row.new"].state == seen["balance:t3.balance.natural"].state == "undecided"
    assert (seen["cell-number:t3"].left, seen["cell-number:t3"].state) == (1, "failed")
    assert [f.id for f in check(report)] == ["cell-number:t3.new.natural"]
    unread = zeros()
    unread.set("t3.new.natural", None)
    unread.unplaced = [Unplaced(unread.form.by_id["t3.new.natural"].place, "见附件")]
    assert rows(unread)["cell-blank:t3"].left == 0 and rows(unread)["cell-number:t3"].left == 1


def test_a_rule_that_is_off_has_no_row() -> None:
    rules = catalogue()
    off = Catalogue({**rules.rules, "balance": replace(rules["balance"], off=True)})
    assert not any(key.startswith("balance:") for key in rows(zeros(), rules=off))


def test_how_many_rules_only_python_decides() -> None:
    """Those on one form that are not wholly live; not those of the city, of causes, of several units."""
    rules = catalogue()
    for edition in editions():
        form = load_form(edition)
        live = {check.rule for check in live_checks(form, rules)}
        number = only_python(form, rules)
        assert 30 < number < len(rules.rules) - len(live)
        for rule, fewer in (("money-size", 1), ("placeholder", 1), ("balance", 0), ("text-shared", 0)):
            off = Catalogue({**rules.rules, rule: replace(rules[rule], off=True)})
            assert only_python(form, off) == number - fewer, rule


# ---------------------------------------------------------------- factors


@pytest.mark.parametrize(("now", "state"), [(29, "passed"), (30, "passed"), (31, "warned")])
def test_a_relation_knows_factors(now: int, state: str) -> None:
    report, prior, rules = zeros(), zeros(), with_ten_times()
    report.set("t2.penalties.decisions", now)
    prior.set("t2.penalties.decisions", 3)
    prior.year = report.year - 1
    row = rows(report, prior, rules)["ten-times:t2.penalties"]
    assert (row.left, row.right, row.state) == (now, 30, state)
    found = [f.place for f in check(report, Context(prior=prior, catalogue=rules)) if f.rule == "ten-times"]
    assert found == (["t2.penalties"] if state == "warned" else [])


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("made", (1, "made")),
        ("-prior.x", (-1, "prior.x")),
        ("10*prior.x", (10, "prior.x")),
        ("-2*x", (-2, "x")),
    ],
)
def test_terms_are_spelt(text: str, term: tuple[int, str]) -> None:
    assert parse_term(text) == term


@pytest.mark.parametrize("text", ["0*x", "1.5*x", "*x", "x*2"])
def test_a_factor_is_a_whole_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_term(text)
