"""Real tables: what was published wrong is found and its cause named; what is right stays silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.locate import diagnose
from gouji.report import Report, load
from gouji.rules import Context
from gouji.rules.equations import check_equations
from support import DATA
from support.located import best, certain, listed

REPORTS = sorted([*DATA.glob("published/*.json"), *DATA.glob("seeds/*.json")])
#: Report -> the cells that were wrong with their right values, and whether that can be known. Found by
#: reading each report's text and its neighbours' tables.
ANSWERS = json.loads((DATA / "answers.json").read_text("utf-8"))


def violations(report: Report) -> int:
    return len(report.meta.get("violations", ()))


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_published_violation_is_found_and_nothing_else(path: Path) -> None:
    report = load(path)
    broken = list(check_equations(report, Context()))
    findings = diagnose(report, broken, Context())
    assert len(broken) == violations(report)
    assert {f.id for cause in findings for f in cause.folded} == {f.id for f in broken}
    assert bool(findings) == bool(violations(report)) == (path.stem in ANSWERS)
    assert all(f.level == "error" and f.suspects for f in findings)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_cause_is_first_or_among_the_uncertain(name: str) -> None:
    report = load(DATA / "published" / f"{name}.json")
    findings = diagnose(report, list(check_equations(report, Context())), Context())
    right, sure = ANSWERS[name]["right"], certain(findings)
    assert sure.items() <= right.items()
    if ANSWERS[name]["decided"]:
        assert best(findings) == right
    left = {c: n for c, n in right.items() if best(findings).get(c) != n}
    offered = [group for f in findings for group in listed(f) if not all(s.certain for s in f.suspects)]
    assert not left or any(left.items() <= group.items() for group in offered)


def test_the_commonest_mistakes_are_called_by_their_name() -> None:
    def rules(name: str) -> list[str]:
        report = load(DATA / "published" / f"{name}.json")
        return [f.rule for f in diagnose(report, list(check_equations(report, Context())), Context())]

    assert rules("hongze-2023") == ["totals-left", "totals-left"]
    assert rules("pt-htp-2021") == ["wrong-cell"]
    assert rules("pt-htp-2022") == rules("pt-htp-2025") == ["totals-left"]
    assert rules("pt-htp-2024") == ["totals-left", "wrong-cells"]
