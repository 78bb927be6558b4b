"""What the catalogue says that a text states, by its own examples."""

import pytest

from gouji.rules import catalogue
from gouji.rules.statements import statements
from support.triples import zeros

COUNTS = catalogue()["prose-number"].parameters["counts"]


def stated(count: str, text: str) -> list[int]:
    said = statements(zeros(texts={"一": text}), catalogue()).get(count, [])
    return [s.number for s in said if s.year == 2024]


@pytest.mark.parametrize(
    ("count", "text", "number"), [(e["id"], text, n) for e in COUNTS for text, n in e["examples"]]
)
def test_the_examples_of_the_catalogue_state_their_number(count: str, text: str, number: int) -> None:
    assert stated(count, text) == [number]


@pytest.mark.parametrize(("count", "text"), [(e["id"], text) for e in COUNTS for text in e["silent"]])
def test_the_silent_examples_of_the_catalogue_state_nothing(count: str, text: str) -> None:
    assert stated(count, text) == []


def test_all_closed_is_not_read_where_the_number_that_goes_on_is_stated() -> None:
    assert stated("carried_out", "收到公开申请9件，均已按期办结。结转下年度的公开申请2件。") == [2]


def test_one_reader_serves_a_year_and_a_text_is_read_once() -> None:
    report = zeros(texts={"一": "收到政府信息公开申请9件。"})
    assert statements(report, catalogue()) is statements(report, catalogue())
