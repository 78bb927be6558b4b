"""Figures that were looked up, given by address on the command line or typed into 审核说明."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.examine import examine
from gouji.report import Explanation
from gouji.workbook.confirming import NotConfirmed, confirmed, typed_answers
from support.filled import write_workbook
from support.triples import zeros

REPORT = zeros(cells={"t3.new.natural": 146, "t3.new.business": None})


@pytest.mark.parametrize("given", ["三!D9=143", "三！d9＝１４３", "三!$D$9 = 143"])
def test_a_figure_by_the_cells_address(given: str) -> None:
    assert confirmed(REPORT, [given]) == {"t3.new.natural": 143}


def test_right_as_it_stands() -> None:
    assert confirmed(REPORT, ["三!D9", "四!E7"]) == {"t3.new.natural": 146, "t4.review.total": 0}


@pytest.mark.parametrize(
    ("given", "said"), [("三!Z99", "没有"), ("D9", "三!D9"), ("三!D9=十", "不是"), ("三!E9", "空白")]
)
def test_what_is_no_answer(given: str, said: str) -> None:
    with pytest.raises(NotConfirmed, match=said):
        confirmed(REPORT, [given])


def test_typed_beside_an_address_it_is_read_and_kept() -> None:
    """As a number or as a word; any other text under an address is no answer, and said to have no rule."""
    given = {"三!D9": "143", "三！D11": "无误。", "三!D12": "已核对台账"}
    report = replace(REPORT, explanations={k: Explanation(text, "") for k, text in given.items()})
    assert typed_answers(report) == {"t3.new.natural": 143, "t3.granted.natural": 0}
    examined = examine(write_workbook(report))
    assert examined.report is not None
    assert examined.report.confirmed == {"t3.new.natural": 143, "t3.granted.natural": 0}
    assert set(examined.report.explanations) == set(given)
    assert [f.place for f in examined.findings if f.rule == "explanation-unknown"] == ["三!D12"]
    assert "confirmed-differs" in {f.rule for f in examined.findings}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三!D9=143", {"t3.new.natural": 143}),
        ("三！d9＝１４３。", {"t3.new.natural": 143}),
        ("三!D9 查实无误", {"t3.new.natural": 146}),
        ("三!E9无误", {}),
        ("三!D9=十", {}),
        ("与台账一致=143", {}),
        ("已与台账核对无误", {}),
    ],
)
def test_typed_beside_a_row_the_address_comes_first(text: str, found: dict[str, int]) -> None:
    report = replace(REPORT, explanations={"stock:t2.documents": Explanation(text, "")})
    assert typed_answers(report) == found
    reading = examine(write_workbook(report)).reading
    assert reading is not None and reading.report.confirmed == found
