"""Last year's 四 is this year's 二."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.rules import Context, Finding, check
from support.triples import Cells, Triple, case, zeros


def row(name: str, **columns: int) -> Cells:
    cells = {f"t3.{name}.{column}": n for column, n in columns.items()}
    return {**cells, f"t3.{name}.total": sum(columns.values())}


def balanced(**columns: int) -> Cells:
    """What was carried in is answered, so that only the carry-over can be wrong."""
    return {
        **row("carried_in", **columns),
        **row("granted", **columns),
        **row("processed", **columns),
    }


class TestCarryOver(Triple):
    """二(t)[c] = 四(t−1)[c], every c; error where 总计 differs from a sealed last year."""

    rule = "carry-over"
    level = "error"
    numbers = (2, 3)
    says = ("「总计」为 2", "同列为 3，本年少 1")
    valid = case(balanced(natural=3), prior=row("carried_out", natural=3), prior_sealed=True)
    invalid = case(balanced(natural=2), prior=row("carried_out", natural=3), prior_sealed=True)
    undecidable = case(
        balanced(natural=2), prior={"t3.carried_out.natural": None, "t3.carried_out.total": None}
    )

    def found(self, given: Any) -> list[Finding]:
        """The columns are folded under the total: one finding."""
        return [f for f in given.findings() if f.rule == self.rule]


def only(cells: Cells, prior: Cells, **context: bool) -> Finding:
    given = case(cells, prior=prior, **context)
    (finding,) = (f for f in given.findings() if f.rule == "carry-over")
    return finding


def test_a_warning_where_last_year_was_imported_or_typed() -> None:
    finding = only(balanced(natural=2), row("carried_out", natural=3))
    assert finding.level == "warning"
    assert [f.id for f in finding.folded] == ["carry-over:t3.natural"]


def test_a_warning_where_only_the_columns_moved() -> None:
    """An applicant was reclassified: 总计 agrees."""
    finding = only(balanced(business=1), row("carried_out", natural=1), prior_sealed=True)
    assert finding.level == "warning"
    assert "自然人、商业企业" in finding.message
    assert len(finding.folded) == 1


def test_a_blank_total_of_last_year_is_read_as_its_row_sum() -> None:
    prior = {**row("carried_out", natural=3), "t3.carried_out.total": None}
    assert only(balanced(natural=2), prior).right == 3
    assert not case(balanced(natural=3), prior=prior).findings()


@pytest.mark.parametrize(("this", "last"), [("2021", "2019"), ("2019", "2021")])
def test_it_maps_one_to_one_between_the_editions(this: str, last: str) -> None:
    year = 2021 if this == "2021" else 2020
    report = zeros(this, balanced(natural=2), year=year)
    prior = zeros(last, row("carried_out", natural=3), year=year - 1)
    assert "carry-over" in {f.rule for f in check(report, Context(prior=prior))}


def test_typed_prior_numbers_without_a_year_do() -> None:
    typed = replace(zeros(year=0), values=dict(row("carried_out", natural=3)))
    assert "carry-over" in {f.rule for f in check(zeros(cells=balanced(natural=2)), Context(prior=typed))}


@given(
    st.lists(st.integers(0, 50), min_size=6, max_size=6), st.lists(st.integers(0, 50), min_size=6, max_size=6)
)
def test_it_speaks_exactly_where_a_column_differs(here: list[int], there: list[int]) -> None:
    names = ("natural", "business", "research", "welfare", "legal_service", "other_person")
    given_ = case(
        balanced(**dict(zip(names, here, strict=True))),
        prior=row("carried_out", **dict(zip(names, there, strict=True))),
    )
    found = [f for f in given_.findings() if f.rule == "carry-over"]
    places = {p.id for f in found for p in (f, *f.folded)}
    wanted = {f"carry-over:t3.{n}" for n, a, b in zip(names, here, there, strict=True) if a != b}
    if sum(here) != sum(there):
        wanted.add("carry-over:t3.total")
    assert places == wanted
    assert len(found) == bool(wanted)
