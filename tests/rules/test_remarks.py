"""What was written over a sheet is told once for each kind and sheet."""

from __future__ import annotations

import pytest

from gouji.report import Unplaced
from gouji.rules import catalogue
from gouji.rules.remarks import Kept, as_unplaced, is_remark, remarks
from support.triples import Triple, case

SEVERAL = [Unplaced(f"批注/三!D{row}", "此数\n含结转" * 9) for row in range(9, 13)]


class TestRemarkBeside(Triple):
    """No comment, text box or chart holds what belongs in the form."""

    rule = "remark-beside"
    level = "hint"
    says = (
        "“三”表有 4 处批注：D9“此数 含结转此数 含结转此数 含结转此数……”、",
        "D11“",
        "等。批注不随报表汇总",
    )
    valid = case(report={"unplaced": [Unplaced("三!D40", "含结转"), Unplaced("五!A9", "批注")]})
    invalid = case(report={"unplaced": SEVERAL})
    undecidable = case(report={"unplaced": [Unplaced("批注", "三!D9"), Unplaced("texts/批注", "三")]})


@pytest.mark.parametrize("kind", ["comment", "box", "chart"])
@pytest.mark.parametrize("sheet", ["三", "二 (2)", "甲!乙/丙"])
def test_a_remark_is_known_again_by_its_place(kind: str, sheet: str) -> None:
    kept = Kept(kind, sheet, "D9", "含结转")
    assert list(remarks([as_unplaced(kept), Unplaced("三!D9", "x")])) == [kept]
    assert is_remark(as_unplaced(kept)) and not is_remark(Unplaced(f"{sheet}!D9", "含结转"))


def test_one_finding_a_kind_and_sheet() -> None:
    kept = [Kept(k, s, "A1", "x") for s in ("三", "四") for k in ("comment", "box", "comment")]
    found = [
        f
        for f in case(report={"unplaced": [*map(as_unplaced, kept)]}).findings()
        if f.rule == "remark-beside"
    ]
    assert [f.place for f in found] == ["三/comment", "三/box", "四/comment", "四/box"]
    assert not catalogue()["remark-beside"].explainable
