"""Five real units of a district over seven years: each year's result is the next one's last year, and every
difference is told by the units that make it. Numbers: tests/data/real_tables.json."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.known import Known
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import LastYear, read_last_year
from gouji.city.views.years import years
from gouji.report import Report
from gouji.rules import Context, Finding
from support.movements import real_tables

pytestmark = pytest.mark.slow

NAMES = {"gaj": "公安局", "htp": "海坛片区", "jtj": "交通局", "shs": "社会事业局", "zhz": "综合执法局"}
ROSTER = Roster(tuple(RosterUnit(name, key) for key, name in NAMES.items()))
YEARS = range(2019, 2026)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Consolidation]:
    """Year -> the district, errors included; each year's workbook, read back, is the next one's last year."""
    folder, reports = tmp_path_factory.mktemp("某区"), real_tables()
    found: dict[int, Consolidation] = {}
    last: LastYear | None = None
    for year in YEARS:
        city = of_year(year, reports, last)
        path = folder / f"某区_{year}_汇总.xlsx"
        path.write_bytes(city_workbook(city))
        found[year], last = city, read_last_year(path)
    return found


def of_year(year: int, reports: dict[str, Report], last: LastYear | None) -> Consolidation:
    sent = []
    for key, name in NAMES.items():
        report = reports.get(f"pt-{key}-{year}")
        if report:
            report.unit, report.code = name, key
            known = Known(Context(), ROSTER, last)
            sent.append(Submission(f"{name}.json", report, tuple(audit(report, known.about(report)))))
    return consolidate(sent, ROSTER, name="某区", year=year, last_year=last, include_invalid=True)


def every(city: Consolidation) -> list[Finding]:
    return [f for finding in city.findings for f in (finding, *finding.folded)]


def shares(district: dict[int, Consolidation], year: int, finding: str) -> dict[str, int]:
    (found,) = (f for f in every(district[year]) if f.id == finding)
    return {share.unit: share.amount for share in found.parts}


def test_every_difference_is_explained_by_name(district: dict[int, Consolidation]) -> None:
    for year, city in district.items():
        for finding in every(city):
            if finding.rule in ("city-double-count", "cell-blank") or finding.rule.startswith("unit-"):
                continue
            if finding.difference is None:
                assert finding.rule == "city-units", (year, finding.id)
                continue
            assert finding.parts, (year, finding.id)
            assert sum(share.amount for share in finding.parts) == finding.difference, (year, finding.id)
            named = finding.parts[0].unit
            assert named in finding.message and named in finding.remedy, (year, finding.message)


def test_a_unit_that_has_not_reported_is_never_a_difference(district: dict[int, Consolidation]) -> None:
    """公安局 sent nothing in 2020: its 636 行政处罚 items of 2019 are not missed, those of others are."""
    assert [row.unit.name for row in district[2020].left_out] == ["公安局"]
    assert shares(district, 2020, "items-carried:t2.penalties") == {"综合执法局": -1191, "社会事业局": -95}
    (found,) = (f for f in every(district[2020]) if f.id == "items-carried:t2.penalties")
    assert (found.left, found.right) == (26, 1312)
    assert "没有比较的：公安局（只在上年：本年未计入）" in found.message


def test_whose_the_errors_are(district: dict[int, Consolidation]) -> None:
    assert shares(district, 2021, "balance:t3.balance.natural") == {"公安局": -1}
    assert shares(district, 2024, "row-total:t3.row.new") == {"海坛片区": 6}
    assert shares(district, 2024, "stock:t2.documents") == {"交通局": 6, "社会事业局": -5}
    errors = [f for f in district[2024].findings if f.level == "error"]
    assert [f.rule for f in errors] == ["row-total", "table4-total"], "one finding a unit"


def test_units_with_a_table_of_the_old_edition_are_known_next_year(
    district: dict[int, Consolidation],
) -> None:
    """Tables of the old edition: one unit stays out in 2021, another counts in part."""
    assert [row.unit.name for row in district[2021].left_out] == ["海坛片区"]
    assert [row.unit.name for row in district[2021].units if row.status == "partial"] == ["社会事业局"]
    handover = district[2022].handover
    assert handover
    kinds = {line.unit: line.kind for line in handover.lines}
    assert kinds == {
        "公安局": "same",
        "交通局": "same",
        "社会事业局": "same",
        "综合执法局": "same",
    }
    assert not [f for f in every(district[2022]) if f.rule == "city-units"]


def test_every_year_reaches_the_last_ones_analysis(district: dict[int, Consolidation]) -> None:
    """2025 was told of 2024 alone; what is older came with it from file to file. The numbers are those of the
    units' own reports, added up here."""
    sums = {
        year: [
            sum(report.number(cell) for _, report in city.parts for cell in cells)
            for cells in (
                ["t3.new.total"],
                ["t3.processed.total"],
                ["t3.carried_out.total"],
                ["t4.review.total"],
                ["t4.direct_suit.total", "t4.suit_after_review.total"],
            )
        ]
        for year, city in district.items()
    }
    assert len(set(map(tuple, sums.values()))) == 6, "two of the seven years are alike"
    over = years(district[2025])
    assert over.years == tuple(YEARS)
    assert [list(values) for values in zip(*(line.values for line in over.lines), strict=True)] == list(
        sums.values()
    )
    for city in district.values():
        assert not [finding for finding in every(city) if finding.rule == "prior-altered"]


def test_the_sheet_shows_them(district: dict[int, Consolidation]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(city_workbook(district[2025])))["分析"]
    shown = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(at for at, row in enumerate(shown) if row[0] == "历年") + 2
    assert shown[top][:9] == ["项目", *(f"{year} 年" for year in YEARS), "增减"]
    over = years(district[2025])
    for row, line in zip(shown[top + 1 :], over.lines, strict=False):
        assert row[:9] == [line.label, *line.values, over.change(line)]
