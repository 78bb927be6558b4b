"""Files that earlier releases made are read by this one: whole, and without a word about their version.

``tests/data/archive/VERSION`` holds what a release made: templates, filled and sealed workbooks, a city's
workbook with 明细 and a 退回单, each beside the JSON it must read as, and ``expected.json`` for what a report
as JSON does not say: the seal, 上年数, and the units of 明细.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import gouji
import support
from gouji.city.sum.last_year import read_last_year
from gouji.examine import judge
from gouji.form import TABLE_KEYS, load_form
from gouji.report import PROVENANCE, Report, canonical, load
from gouji.workbook.reading.reader import Reading, read_workbook

ARCHIVE = support.DATA / "archive"
RELEASES = sorted(ARCHIVE.iterdir())
JSONS = [
    path for release in RELEASES for path in sorted(release.glob("*.json")) if path.name != "expected.json"
]
WORKBOOKS = [path for release in RELEASES for path in sorted(release.glob("*.xls?"))]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def must_read_as(path: Path) -> Report:
    """The JSON of a workbook: its own, the plain template's, or that of what a 退回单 was made of."""
    expected: dict[str, str] = expectations(path.parent)["same_as"]
    return load(path.with_name(expected.get(path.name, f"{path.stem}.json")))


@cache
def read(path: Path) -> Reading:
    return read_workbook(path)


@cache
def expectations(release: Path) -> Any:
    return json.loads((release / "expected.json").read_text("utf-8"))


def test_every_release_has_its_folder() -> None:
    assert {"0.1.0", gouji.__version__} <= {release.name for release in RELEASES}
    for release in RELEASES:
        assert {"汇总.xlsx", "退回单.xlsx"} <= {path.name for path in release.iterdir()}
        assert len(list(release.glob("*模板*.xls?"))) >= 4


@pytest.mark.parametrize("path", WORKBOOKS, ids=name_of)
def test_it_reads_as_it_did(path: Path) -> None:
    reading = read(path)
    assert canonical(reading.report) == canonical(must_read_as(path))
    for member in PROVENANCE:
        assert getattr(reading.report, member) == getattr(must_read_as(path), member)
    assert reading.report.explanations == must_read_as(path).explanations
    assert reading.report.unplaced == []
    expected = expectations(path.parent)
    assert reading.seal_state == expected["seal"].get(path.name, "none")
    assert prior_numbers(reading) == expected["prior"].get(path.name, {})


@pytest.mark.parametrize("path", JSONS, ids=name_of)
def test_no_label_has_changed_without_its_former_spelling(path: Path) -> None:
    """Where this fails, put the spelling that the release had into ``formerly`` in the edition file."""
    data = json.loads(path.read_text("utf-8"))
    form = load_form(data["edition"], data.get("layout"))
    for key in TABLE_KEYS:
        places = [f"{key}/{row}/{column}" for row, cells in data[key].items() for column in cells]
        assert [place for place in places if form.spelt(place) is None] == []
        assert len({form.place(place) for place in places}) == len(form.tables[key].cells) == len(places)


@pytest.mark.parametrize("path", WORKBOOKS, ids=name_of)
def test_nothing_is_said_of_its_version(path: Path) -> None:
    """No label of an old file is taken for a changed one, and none of its own sheets for a stranger's."""
    said = {finding.rule for finding in read(path).findings}
    assert said <= set(expectations(path.parent)["findings"].get(path.name, ()))
    rules = {finding.rule for finding in judge(read(path))}
    assert not rules & {"label-changed", "sheet-extra", "sheet-hidden", "content-unplaced", "seal-broken"}


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_last_years_city_is_read_with_its_units(release: Path) -> None:
    last = read_last_year(release / "汇总.xlsx")
    expected = expectations(release)["units"]
    assert {unit.unit for unit in last.units} == {*expected["sealed"], *expected["unsealed"]}
    assert last.sealed & {unit.unit for unit in last.units} == set(expected["sealed"])
    one = load(release / expected["report"])
    found = last.unit(one.unit)
    assert found is not None and found.values == one.values
    assert last.altered == (), "its tables are still what its units add up to"
    assert last.years[0] is last.city


def prior_numbers(reading: Reading) -> dict[str, Any]:
    return dict(reading.prior.values) if reading.prior else {}
