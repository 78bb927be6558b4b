"""统计期限: two days of the report's year."""

from __future__ import annotations

import datetime

import pytest

from gouji.rules import Finding, check
from gouji.rules.period import day, faults
from support.triples import Triple, case, zeros


class TestCoverPeriod(Triple):
    """The period lies in the report's year and begins before it ends; 2021.1.1 in 2022 was silent."""

    rule = "cover-period"
    level = "warning"
    says = ("封面“统计期限起”为“2021.1.1”", "不在 2022 年之内")
    valid = case(report={"year": 2022, "period": ("2022-01-01", "2022年12月31日")})
    invalid = case(report={"year": 2022, "period": ("2021.1.1", "2022.12.31")})
    undecidable = case(report={"period": ("", "")})
    edge = (
        (case(report={"year": 2022, "period": ("2022-1-1", "2022-1-1")}), False),
        (case(report={"year": 2022, "period": ("2022-1-2", "2022-1-1")}), True),
        (case(report={"year": 2022, "period": ("", "2023-1-1")}), True),
        (case(report={"year": 2022, "period": (" ", "2022-12-31")}), False),
    )


def found(period: tuple[str, str], **given: object) -> list[Finding]:
    return [f for f in check(zeros(period=period, **given)) if f.rule == "cover-period"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02",
        "2024.1.2",
        "2024/1/2",
        "2024年1月2日",
        "2024 年 1 月 2 日",
        "２０２４．１．２",
        "20240102",
        "2024年01月02",
    ],
)
def test_a_day_is_written_in_many_ways(text: str) -> None:
    assert day(text) == datetime.date(2024, 1, 2)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024年1月", "2023-2-29", "2024-13-1", "1月2日", "1999-12-31", "2100-1-1", "45292"]
)
def test_what_is_no_day_of_a_report(text: str) -> None:
    assert day(text) is None


def test_what_is_wrong_is_said_of_the_field_where_it_stands() -> None:
    (unreadable,) = found(("2024-01-01", "年底"), year=2024)
    assert unreadable.field == "period_to" and "认不出是哪一天" in unreadable.message
    assert "如 2024-12-31" in unreadable.remedy
    (backwards,) = found(("2024-12-31", "2024-01-01"), year=2024)
    assert backwards.field == "period_to" and "早于统计期限起“2024-12-31”" in backwards.message
    (both,) = found(("2023-01-01", "2023-12-31"), year=2024)
    assert both.field == "period_from" and both.id == "cover-period:period"
    assert "如 2024-01-01" in both.remedy


def test_without_a_year_only_days_and_their_order_are_known() -> None:
    assert faults(zeros(year=0, period=("2021-1-1", "2021-12-31"))) == {}
    assert faults(zeros(year=0, period=("2021-12-31", "2021-1-1"))) == {"period_to": "backwards"}
