"""The demonstration: the split is invented, the total is the published one, cell for cell."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.demo import demo_reports, demo_roster, published
from gouji.report import Report, canonical, from_json, load, to_json
from support import DATA


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return demo_reports()


@pytest.fixture(scope="module")
def city(reports: list[Report]) -> Consolidation:
    filed = [Submission(f"{r.unit}.json", r, tuple(audit(r))) for r in reports]
    return consolidate(filed, demo_roster(), name="太仓市", year=2019)


def test_the_published_text_is_read_whole() -> None:
    """Its tables are those of the report that was published; its sentences are ours."""
    report = published()
    assert report.unread == {} and report.unplaced == []
    assert report.read.keys() == report.form.by_id.keys()
    assert set(report.texts or {}) == {"引言", "一", "五", "六"}
    seed = load(DATA / "seeds" / "seed-4.json")
    assert canonical(replace(report, texts=None, period=None)) == canonical(seed)
    assert published().value("t2.procurement.purchase_amount") == 309_338 * 1_000_000
    assert published().value("t3.new.total") == 273


def test_the_sum_is_the_published_report_in_all_198_cells(city: Consolidation) -> None:
    total = published()
    assert len(city.taken) == len(city.units) >= 30
    assert len(total.form.cells) == 198
    for cell in total.form.cells:
        assert city.report.value(cell.id) == total.value(cell.id), cell.place
        assert sum(c.value for c in city.trace(cell.id) if isinstance(c.value, int)) == total.value(cell.id)


def test_each_note_is_held_by_one_unit_and_stands_where_it_was_published(city: Consolidation) -> None:
    total = published()
    assert city.report.marks == total.marks
    assert sorted(city.report.notes) == ["注1", "注2", "注3"]
    holders = []
    for mark, text in city.report.notes.items():
        (origin,) = city.note_origins[mark]
        assert origin.mark == "注1", "each unit numbers its own notes"
        assert text == f"{origin.unit}：{total.notes[mark]}"
        holders.append(origin.unit)
    assert len(set(holders)) == 3


def test_every_unit_is_without_errors(reports: list[Report], city: Consolidation) -> None:
    for report in reports:
        assert [f.message for f in audit(report) if f.level == "error"] == [], report.unit
        for cell in report.form.cells:
            assert cell.kind.signed or report.number(cell.id) >= 0
        assert report.number("t2.licences.items_before") + report.number("t2.licences.change") >= 0
        assert bool(report.number("t2.procurement.purchases")) == bool(
            report.number("t2.procurement.purchase_amount")
        )
        assert report.number("t2.procurement.purchase_amount") < 50_000 * 1_000_000
        assert report.number("t2.documents.newly_public") <= report.number("t2.documents.newly_made")
    assert {f.level for f in city.findings} == {"hint"}


def test_the_split_is_lively(reports: list[Report]) -> None:
    asked = [r.number("t3.new.total") for r in reports]
    assert max(asked) >= 30
    assert asked.count(0) >= 3
    assert any(isinstance(v, int) and v < 0 for r in reports for v in r.values.values())
    assert any(v == "/" for r in reports for v in r.values.values())
    assert len({json.dumps(r.vector()) for r in reports}) == len(reports)


def test_the_texts_say_the_units_own_numbers(reports: list[Report]) -> None:
    for report in reports:
        assert report.texts
        assert set(report.texts) == {"一", "五", "六"}
        said = re.search(r"新收政府信息公开申请(\d+)件", report.texts["一"])
        assert int(said[1] if said else 0) == report.number("t3.new.total")
        done = re.search(r"办结(\d+)件", report.texts["一"])
        assert int(done[1] if done else 0) == report.number("t3.processed.total")
        assert len(report.texts["五"]) >= 20
    for section in "一五":
        assert len({r.texts[section] for r in reports if r.texts}) == len(reports)


def test_it_is_the_same_every_time_and_travels_as_json(reports: list[Report]) -> None:
    again = demo_reports()
    assert [canonical(r) for r in again] == [canonical(r) for r in reports]
    assert [canonical(from_json(to_json(r))) for r in again] == [canonical(r) for r in reports]
    assert [u.name for u in demo_roster().units] == [r.unit for r in reports]
