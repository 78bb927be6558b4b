"""The linter of the rules: silent on the shipped catalogue, and each fault is found when planted."""

import ast
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.form import editions, load_form
from gouji.rules import Catalogue, Rule, catalogue
from gouji.rules.speaking import speaks_on
from gouji.workshop.lint import Complaint, lint, main, silent, unspoken
from gouji.workshop.rational import Constraint, feasible
from gouji.workshop.usage import Usage, usage, usage_of

pytestmark = pytest.mark.slow


def test_the_shipped_rules_are_sound() -> None:
    assert lint(catalogue()) == []


def planted(base: str, rule_id: str = "planted", **changes: Any) -> list[Complaint]:
    """What the linter says of one more rule, made from an existing one."""
    rule: Rule = replace(catalogue()[base], id=rule_id, **changes)
    used = usage()
    names = used.names if rule.relation else {**used.names, rule_id: used.names[base]}
    rules = Catalogue({**catalogue().rules, rule_id: rule})
    return [c for c in lint(rules, Usage(names)) if c.rule == rule_id]


def faults(complaints: list[Complaint]) -> set[str]:
    return {c.fault for c in complaints}


def relation(left: list[str], operator: str, right: list[str]) -> dict[str, object]:
    return {"table": "table2", "each": "row", "left": left, "is": operator, "right": right}


def test_contradictory_rules() -> None:
    """现行有效 = 现行有效 + 制发 leaves nothing but 制发 = 0."""
    found = planted("stock-floor", relation=relation(["in_force"], "=", ["in_force", "made"]), under="")
    assert "contradictory" in faults(found)


def test_redundant_rules() -> None:
    """Follows from 5 and from no count being negative; unless it is declared to be said under it."""
    given_ = {"relation": relation(["repealed"], "<=", ["prior.in_force", "made"])}
    assert faults(planted("stock-floor", **given_, under="")) == {"redundant"}
    assert planted("stock-floor", **given_, under="stock") == []


def test_a_graver_or_sooner_decided_rule_is_not_redundant() -> None:
    """现行有效 ≥ 制发 − 废止 follows from 5, but is decided without last year."""
    assert planted("stock-floor", under="") == [
        Complaint("planted", "redundant", f"edition {edition}: follows from the other rules")
        for edition in speaks_on(catalogue()["stock-floor"])
    ]
    alone = Catalogue({**catalogue().rules, "stock-floor": replace(catalogue()["stock-floor"], under="")})
    assert lint(alone) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"since": "9999"},
        {"until": "2018"},
        {"since": "2021", "until": "2020"},
        {"under": "no-such-rule"},
        {"relation": relation(["no_such_column"], "=", ["made"])},
    ],
)
def test_unreachable_rules(changes: dict[str, Any]) -> None:
    assert "unreachable" in faults(planted("stock", **changes))


def test_what_a_rule_names_and_an_edition_lacks_is_said() -> None:
    """The row is of 2021 only: on 2019 the rule would say nothing, and nobody would know why."""
    found = planted("other-share", needs=())
    assert [c.why for c in found if c.fault == "line"] == [
        "rows names otherwise, which edition 2019 lacks: say so in needs"
    ]
    both = {**catalogue()["withdrawn"].parameters, "rows": ["otherwise", "other"]}
    assert "line" not in faults(planted("withdrawn", parameters=both))


def test_equations_for_which_no_rule_speaks() -> None:
    form = load_form("2021")
    assert unspoken(form) == []
    strange = replace(form.equations[0], table="table2")
    tables = dict(form.tables)
    tables["table2"] = replace(tables["table2"], equations=(strange,))
    (complaint,) = unspoken(replace(form, tables=tables))
    assert complaint.why == "edition 2021: no rule speaks for row sums of table2"


@pytest.mark.parametrize("edition", editions())
def test_the_silent_rules_of_an_edition_have_a_reason(edition: str) -> None:
    """Only rules of table 二, which the 2021 notice made anew, of rows and sections that it brought, and
    those that are off until a city switches them on."""
    assert silent(catalogue(), load_form(edition)) == SILENT.get(edition, SILENT["2021"])


#: What only a city's notice asks for.
OFF = dict.fromkeys(("overview-parts", "overview-length", "overview-stated"), "switched off")
#: A later edition loses nothing that the one of 2021 has.
SILENT = {
    "2019": {
        "stock": "no block of table2 has in_force, made, repealed",
        "stock-floor": "no block of table2 has in_force, made, repealed",
        "repealed-too-many": "no block of table2 has repealed, in_force, made",
        "rule-making": "since 2021",
        "decisions-jump": "since 2021",
        "other-share": "needs t3.otherwise",
        "fee-unreported": "needs t3.unpaid",
        "fee-silent": "since 2021",
        "matters-none": "since 2021",
        **OFF,
    },
    "2021": {
        "purchase-size": "until 2019",
        "items-not-decisions": "until 2019",
        **OFF,
        "public-at-least-new": "no block of table2 has newly_public, public",
        "public-grows": "no block of table2 has public, newly_public",
        "items-carried": "no block of table2 has items_before, change",
        "items-not-negative": "no block of table2 has items_before, change",
        "purchases-without-amount": "no block of table2 has purchases, purchase_amount",
        "public-more-than-made": "no block of table2 has newly_public, newly_made",
    },
}


def test_a_rule_switched_off_is_silent_for_that_reason() -> None:
    rules = Catalogue({**catalogue().rules, "stock": catalogue()["stock"].switched(off=True)})
    assert silent(rules, load_form("2021"))["stock"] == "switched off"


def test_the_command_prints_what_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    said = capsys.readouterr().out
    count = len(SILENT["2021"])
    assert f"2021: {len(catalogue().rules) - count} rules speak, {count} are silent" in said
    assert "  other-share: needs t3.otherwise" in said


def test_a_rule_that_no_check_looks_up_is_unreachable() -> None:
    rules = Catalogue({**catalogue().rules, "orphan": replace(catalogue()["all-zero"], id="orphan")})
    assert [c.fault for c in lint(rules) if c.rule == "orphan"][:1] == ["unreachable"]


def test_thresholds_that_never_fire() -> None:
    parameters = {**catalogue()["pending-share"].parameters, "percent": 100}
    assert "never fires" in faults(planted("pending-share", parameters=parameters))


def test_shadowed_rules() -> None:
    """The same share with a higher threshold says nothing that the lower one does not."""
    parameters = {**catalogue()["pending-share"].parameters, "percent": 40}
    assert faults(planted("pending-share", parameters=parameters)) == {"shadowed"}
    assert planted("pending-share", parameters=parameters, level="error") == []


def test_templates_over_names_that_are_not_handed_in() -> None:
    found = planted("all-zero", remedy="请核对「{place}」。", level="error")
    assert [(c.fault, c.why) for c in found] == [("template", "{place} is not handed in")]
    assert faults(planted("stock", message="{prior_made}", under="")) >= {"template"}


@pytest.mark.parametrize("text", ["请核对「本年废纸件数」。", "请核对（九）其他。"])
def test_labels_that_the_form_does_not_have(text: str) -> None:
    assert faults(planted("all-zero", remedy=text, level="error")) == {"label"}


def test_labels_of_another_edition() -> None:
    found = planted("all-zero", remedy="请核对「对外公开总数量」。", level="error")
    assert [c.why for c in found] == [
        f"「对外公开总数量」 is not printed on edition {edition}"
        for edition in editions()
        if edition != "2019"
    ]


def test_what_the_code_hands_in() -> None:
    module = ast.parse('rules["a"].finding(place, row=1, column=2)')
    splat = ast.parse('rules["b"].finding(place, **names)')
    other = ast.parse('WORDS = "a", "c"')
    assert usage_of((module, splat, other)).names == {
        "a": frozenset({"row", "column"}),
        "b": None,
        "c": None,
    }


# ---------------------------------------------------------------- the arithmetic beneath

coefficients = st.lists(st.integers(-3, 3), min_size=3, max_size=3)


def constraint(numbers: list[int], operator: Any, side: int) -> Constraint:
    return Constraint(dict(zip("xyz", numbers, strict=True)), operator, side)


@given(st.lists(coefficients, min_size=1, max_size=6), st.lists(st.integers(0, 5), min_size=3, max_size=3))
def test_a_system_with_a_known_point_is_feasible(rows: list[list[int]], point: list[int]) -> None:
    sides = [sum(a * b for a, b in zip(row, point, strict=True)) for row in rows]
    system = [constraint(row, op, s) for row, s, op in zip(rows, sides, ["=", "<=", ">="] * 2, strict=False)]
    assert feasible(system)


@given(st.lists(coefficients, min_size=2, max_size=5), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_a_sum_of_constraints_can_not_be_broken_alone(rows: list[list[int]], times: list[int]) -> None:
    """Farkas: Σ λᵢ·rowᵢ ≤ 0 with λ ≥ 0 follows from rowᵢ ≤ 0, so to break it is infeasible."""
    total = [sum(t * row[i] for t, row in zip(times, rows, strict=False)) for i in range(3)]
    system = [constraint(row, "<=", 0) for row in rows]
    assert not feasible([*system, constraint(total, ">=", 1)])
