"""The equations of the form."""

from hypothesis import given
from hypothesis import strategies as st

from gouji.rules import check
from support.triples import ONE_REQUEST, Triple, case, zeros


class TestRowTotal(Triple):
    """自然人 + five kinds of 法人 = 总计, every row."""

    rule = "row-total"
    level = "error"
    numbers = (1, 2)
    says = ("四、结转下年度继续办理", "总计填的是 2，前者少 1")
    valid = case(ONE_REQUEST)
    invalid = case({"t3.carried_out.natural": 1, "t3.carried_out.total": 2})
    undecidable = case({"t3.carried_out.natural": None, "t3.carried_out.total": 2})


class TestProcessTotal(Triple):
    """（七） = sum of the outcome rows, every column."""

    rule = "process-total"
    level = "error"
    numbers = (0, 1)
    says = ("「商业企业」列",)
    valid = case(ONE_REQUEST)
    invalid = case({"t3.processed.business": 1})
    undecidable = case({"t3.processed.business": 1, "t3.repeated.business": None})


class TestBalance(Triple):
    """一 + 二 = （七） + 四, every column. Printed on the form."""

    rule = "balance"
    level = "error"
    numbers = (3, 0)
    says = ("「科研机构」列", "前者多 3")
    valid = case({"t3.carried_in.research": 3, "t3.carried_out.research": 3})
    invalid = case({"t3.new.research": 3})
    undecidable = case({"t3.new.research": 3, "t3.carried_out.research": None})


class TestTable4Total(Triple):
    """结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, three blocks."""

    rule = "table4-total"
    level = "error"
    numbers = (11, 0)
    says = ("「行政复议」",)
    valid = case({"t4.review.upheld": 10, "t4.review.corrected": 1, "t4.review.total": 11})
    invalid = case({"t4.review.upheld": 10, "t4.review.corrected": 1})
    undecidable = case({"t4.review.upheld": 10, "t4.review.total": None})


def test_filled_parts_above_a_filled_total_need_no_further_cell() -> None:
    """13. With blanks: the filled rows sum to at most （七）; the same for 12 and 总计."""
    report = zeros(cells={"t3.new.natural": 5, "t3.new.total": 4, "t3.new.business": None})
    assert [f.id for f in check(report) if f.rule == "row-total"] == ["row-total:t3.row.new"]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_balanced_form_has_no_broken_equation(one: int, two: int) -> None:
    cells = {f"t3.{row}.natural": one for row in ("new", "granted", "processed")}
    cells |= {f"t3.{row}.business": two for row in ("carried_in", "carried_out")}
    cells |= {f"t3.{row}.total": one for row in ("new", "granted", "processed")}
    cells |= {f"t3.{row}.total": two for row in ("carried_in", "carried_out")}
    assert not [f for f in check(zeros(cells=cells)) if f.level == "error"]
