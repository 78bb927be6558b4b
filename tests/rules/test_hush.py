"""Rules that are quiet beside an error say nothing of a cell that an error names already."""

from dataclasses import replace

import pytest

from gouji.audit import audit
from gouji.rules import Finding, Suspect, catalogue, check
from gouji.rules.hush import hushed
from support.triples import zeros

from .test_table3 import requests

FORM = zeros().form


def test_silent_on_a_suspect_and_only_on_it() -> None:
    """四 is one too high in both columns of its row: the balance fails, and the share looks large."""
    report = zeros(cells={**requests(10, 4), "t3.granted.natural": 7, "t3.granted.total": 7})
    findings = check(report)
    assert "pending-share" in {f.rule for f in hushed(findings, FORM, catalogue())}
    error = next(f for f in findings if f.level == "error")
    for cell, silent in (("t3.carried_out.total", True), ("t3.repeated.total", False)):
        named = replace(error, suspects=(Suspect(cell, 4, 3, ""),))
        left = hushed([named if f is error else f for f in findings], FORM, catalogue())
        assert ("pending-share" not in {f.rule for f in left}) is silent
        assert named in left


#: What only follows from a wrong number is no news beside it.
QUIET = {
    *("pending-share", "nothing-processed", "other-share"),
    *("fee-unreported", "fee-silent", "withdrawn", "split-handled"),
    *("pending-carried", "suits-after-review", "disputes-per-request", "corrected-unmentioned"),
    "suit-counted-once",
    *("outlier-year", "outlier-peers"),
}


@pytest.mark.parametrize("rule", catalogue().rules)
def test_which_rules_are_quiet_beside_an_error(rule: str) -> None:
    cell = "t3.carried_out.total"
    found = Finding(rule, cell, "warning", "", "", (cell,))
    error = Finding("cell-number", cell, "error", "", "", (cell,))
    elsewhere = replace(error, cells=("t3.new.total",))
    assert hushed([error, found], FORM, catalogue()) == ([error] if rule in QUIET else [error, found])
    assert hushed([elsewhere, found], FORM, catalogue()) == [elsewhere, found]
    assert hushed([error, replace(found, level="error")], FORM, catalogue())[1:] != []


def test_an_error_of_a_single_cell_names_it() -> None:
    report = zeros(cells=requests(10, 4))
    share = next(f for f in check(report) if f.rule == "pending-share")
    error = catalogue()["cell-number"].finding("x", ("t3.carried_out.total",), row="", column="", value="4.5")
    assert hushed([error, share], FORM, catalogue()) == [error]


def test_other_rules_are_still_said() -> None:
    """Table 二 has no equations: what its rules say is not said by any error."""
    report = zeros(cells={"t2.documents.made": 5})
    (floor,) = check(report)
    error = replace(floor, rule="cell-number", level="error", cells=("t2.documents.made",))
    assert hushed([error, floor], FORM, catalogue()) == [error, floor]


def test_a_share_read_from_a_cell_that_is_wrong_is_not_said() -> None:
    """1 pending request typed as 4 beside a right 总计: the cell is named, its share is no news."""
    cells = {**requests(10, 1), "t3.carried_out.natural": 4}
    report = zeros(cells=cells)
    assert "pending-share" in {f.rule for f in check(report)}
    (finding,) = audit(report)
    assert finding.suspects[0].cell == "t3.carried_out.natural"
    assert finding.suspects[0].suggested == 1
