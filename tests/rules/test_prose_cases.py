"""Reports with one thing wrong in their texts, or nothing: all that is found in them."""

from pathlib import Path

import pytest

from gouji.audit import audit
from gouji.report import load
from gouji.rules import Context

CASES = Path(__file__).parents[1] / "data" / "cases"

#: Case -> (finding, the table's side, the text's side), in the order in which they are told.
EXPECTED = {
    "prose-all-closed": [("prose-number:carried_out", 1, 0)],
    "prose-no-matter": [("prose-number:received", 6, 0)],
    "prose-in-force": [("prose-number:made", 2, 3), ("prose-number:in_force", 23, 32)],
    "prose-outcomes": [("prose-number:granted", 6, 3)],
    "prose-absolute-change": [("growth-claim:received", 6, 8)],
    "preface-repeated": [],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_gives_what_is_expected_and_nothing_else(name: str) -> None:
    prior = CASES / f"{name}-prior.json"
    context = Context(prior=load(prior) if prior.exists() else None)
    found = audit(load(CASES / f"{name}.json"), context)
    assert [(f.id, f.left, f.right) for f in found] == EXPECTED[name]
    assert all(f.level == "warning" for f in found)
