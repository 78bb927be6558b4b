"""One file handed in under two names has the same numbers throughout."""

from __future__ import annotations

from dataclasses import replace

from gouji.report import Report
from gouji.rules import Catalogue, Finding, catalogue
from gouji.rules.same_numbers import same_numbers
from support.triples import Cells, Triple, zeros


def requests(count: int) -> Cells:
    rows = ("new", "granted", "processed")
    return {f"t3.{row}.{column}": count for row in rows for column in ("natural", "total")}


class _Units:
    """Findings of the first of several units."""

    def __init__(self, *reports: Report) -> None:
        self.reports = reports

    def findings(self) -> list[Finding]:
        return [finding for index, finding in same_numbers(self.reports, catalogue()) if index == 0]


def unit(name: str, count: int) -> Report:
    return zeros(cells=requests(count), unit=name)


class TestUnitSameNumbers(Triple):
    """From ten applications on: below, two small units may well have the same numbers."""

    rule = "unit-same-numbers"
    level = "warning"
    says = ("乙局", "丙局")
    valid = _Units(unit("甲局", 10), unit("乙局", 11))
    invalid = _Units(unit("甲局", 10), unit("乙局", 10), unit("丁局", 11), unit("丙局", 10))
    undecidable = _Units(unit("甲局", 9), unit("乙局", 9))


def test_each_of_them_is_told_of_the_others() -> None:
    found = same_numbers([unit("甲局", 10), unit("丁局", 11), unit("乙局", 10)], catalogue())
    assert [index for index, _ in found] == [0, 2]


def test_it_can_be_switched_off() -> None:
    rules = catalogue()
    off = Catalogue({**rules.rules, "unit-same-numbers": replace(rules["unit-same-numbers"], off=True)})
    assert same_numbers([unit("甲局", 10), unit("乙局", 10)], off) == []
