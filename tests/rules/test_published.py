"""Real published tables: correct ones stay silent but for blank cells, broken ones are found."""

import pytest

from gouji.report import Report, load
from gouji.rules import Context, Finding, check
from support import DATA

EQUATIONS = {"row-total", "process-total", "balance", "table4-total"}
REPORTS = {p.stem: load(p) for folder in ("seeds", "published") for p in (DATA / folder).glob("*.json")}


def findings(name: str) -> list[Finding]:
    """With last year's report of the same unit where it is there, as a published report is checked."""
    report = REPORTS[name]
    series = name.rpartition("-")[0]
    prior: Report | None = None if series == "seed" else REPORTS.get(f"{series}-{report.year - 1}")
    government = series in ("hangzhou", "suqian", "hongze") or name == "seed-4"
    expected = {"unit": report.unit, "year": str(report.year)}
    return check(report, Context(prior=prior, imported=True, government=government, expected=expected))


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_errors_are_found_and_only_where_they_are(name: str) -> None:
    errors = {f.rule for f in findings(name) if f.level == "error"} - {"cell-blank"}
    if REPORTS[name].meta.get("violations"):
        assert errors & EQUATIONS
    else:
        assert not errors


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("pt-gaj-2022", {"stock:t2.documents"}),
        ("pt-jtj-2022", set()),
        ("pt-zhz-2022", set()),
        ("hangzhou-2025", set()),
        ("suqian-2023", set()),
        ("suqian-2024", set()),
        ("seed-1", set()),
        ("seed-4", set()),
    ],
)
def test_warnings_are_few_and_to_the_point(name: str, warned: set[str]) -> None:
    """现行有效 7 where 2 + 4 − 1 is 5 is the unit's own slip; a city's table is not noise."""
    assert {f.id for f in findings(name) if f.level == "warning"} == warned
