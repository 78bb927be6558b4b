"""A seal says that nothing was open by the rules of its time; by others something may be."""

from __future__ import annotations

from pathlib import Path

import pytest

import gouji
from gouji.api import sealed_copy
from gouji.examine import examine, judge
from gouji.rules import Catalogue, Context, Finding, catalogue
from gouji.workbook.reading.reader import read_workbook
from support.archive import made, sealed

REPORT = made("pt-jtj-2022", "甲市交通局")
OFF = "".join(f"[{rule}]\noff = true\n" for rule in catalogue().rules if rule != "seal-broken")


def lenient(folder: Path) -> Catalogue:
    """The catalogue of an office that switched everything off."""
    file = folder / "rules.toml"
    file.write_text(OFF, "utf-8")
    return catalogue().with_settings(file)


def of_seal(source: bytes, rules: Catalogue | None = None) -> list[Finding]:
    found = judge(read_workbook(source), Context(catalogue=rules or catalogue()))
    return [f for f in found if f.rule == "seal-broken"]


@pytest.fixture
def wrong(tmp_path: Path) -> bytes:
    """Sums that do not add up, sealed by nobody's rules."""
    rules = lenient(tmp_path)
    source = gouji.write(REPORT.with_values({"t3.new.natural": 99}))
    return sealed_copy(examine(source, Context(catalogue=rules)), rules, source).content


def test_a_seal_by_other_rules_is_said_where_something_is_open(wrong: bytes) -> None:
    assert read_workbook(wrong).seal_state == "intact", "nothing was changed"
    (finding,) = of_seal(wrong)
    assert finding.level == "hint" and "按另一套审核规则" in finding.message
    count = sum(f.level == "error" for f in judge(read_workbook(wrong)))
    assert count and "项没有处理" in finding.message
    assert "{" not in finding.message + finding.remedy


def test_by_its_own_rules_it_is_not(wrong: bytes, tmp_path: Path) -> None:
    assert of_seal(wrong, lenient(tmp_path)) == []


def test_other_rules_by_which_nothing_is_open_are_no_matter(tmp_path: Path) -> None:
    assert of_seal(sealed(REPORT)) == []
    assert of_seal(sealed(REPORT), lenient(tmp_path)) == []


def test_a_changed_file_is_broken_and_nothing_else(wrong: bytes) -> None:
    report = read_workbook(wrong).report.with_values({"t3.new.natural": 98})
    reading = read_workbook(wrong)
    reading.report = report
    (finding,) = (f for f in judge(reading) if f.rule == "seal-broken")
    assert finding.level == "warning" and "又被改动" in finding.message
