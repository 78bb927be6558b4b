"""Shares and amounts in words, by whole numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.city.drafting.quantities import is_exact, money, percent, share, thousandths


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_thousandths_are_the_nearest(part: int, whole: int) -> None:
    true = Fraction(1000 * part, whole)
    assert abs(thousandths(part, whole) - true) <= Fraction(1, 2)
    assert is_exact(part, whole) == (thousandths(part, whole) == true)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (1, 2, "50.0%"),
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),
        (3, 100, "3.0%"),
        (1, 2001, "不足0.1%"),
        (1, 2000, "0.1%"),
        (2000, 2001, "超过99.9%"),
        (1998, 2000, "99.9%"),
    ],
)
def test_shares(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_every_share_keeps_its_decimal() -> None:
    assert percent(500) == "50.0%" and percent(512) == "51.2%"
    assert share(4999, 10_001) == "50.0%"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (32_050, "320.5元"),
        (999_999, "9999.99元"),
        (1_000_000, "1万元"),
        (1_234_501, "1.234501万元"),
    ],
)
def test_amounts(fen: int, words: str) -> None:
    assert money(fen) == words
