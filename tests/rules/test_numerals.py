"""Numbers as texts write them."""

import pytest

from gouji.rules.numerals import amount_of, count_of

UNITS = {"元": 100, "万元": 1_000_000}


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,136", 1136), ("十", 10), ("两", 2), ("二十一", 21), ("一百零五", 105), ("三千", 3000)],
)
def test_numerals(text: str, number: int) -> None:
    assert count_of(text) == number


@pytest.mark.parametrize("text", ["一百二", "二三"])
def test_numerals_that_could_be_read_in_two_ways_state_nothing(text: str) -> None:
    assert count_of(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("12.5", "万元", (12_500_000, 50_000)),
        ("1,250", "元", (125_000, 50)),
        ("0.000001", "万元", (1, 0)),
        ("9" * 16, "元", None),
    ],
)
def test_amounts_are_exact_and_rounded_as_they_are_written(
    text: str, unit: str, amount: tuple[int, int] | None
) -> None:
    assert amount_of(text, unit, UNITS) == amount
