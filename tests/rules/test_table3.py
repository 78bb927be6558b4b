"""Table 三 beyond its equations."""

from gouji.rules import check
from support.triples import ONE_REQUEST, Case, Cells, Triple, case, zeros


def requests(received: int, out: int, row: str = "granted") -> Cells:
    """``received`` requests of natural persons, ``out`` of them pending, the others all in ``row``."""
    numbers = {"new": received, "carried_out": out, row: received - out, "processed": received - out}
    return {f"t3.{r}.{c}": n for r, n in numbers.items() for c in ("natural", "total")}


def others(otherwise: int, granted: int) -> Cells:
    """Requests of natural persons, some of them ended in （六）3.其他."""
    whole = otherwise + granted
    numbers = {"new": whole, "otherwise": otherwise, "granted": granted, "processed": whole}
    return {f"t3.{r}.{c}": n for r, n in numbers.items() for c in ("natural", "total")}


class TestPendingShare(Triple):
    """四 ≥ 3 and > 30 % of 一 + 二 (20 + 20 working days)."""

    rule = "pending-share"
    level = "warning"
    numbers = (4, 10)
    says = ("4 件", "10 件的 30%")
    valid = case(requests(10, 3))
    invalid = case(requests(10, 4))
    undecidable = case({**requests(10, 4), "t3.carried_in.natural": None, "t3.carried_in.total": None})
    edge = (
        (case(requests(2, 2)), False),
        (case(requests(3, 3)), True),
        (case(requests(10, 3)), False),
        (case(requests(9, 3)), True),
        (case(requests(100, 30)), False),
        (case(requests(100, 31)), True),
    )


class TestNothingProcessed(Triple):
    """一 ≥ 3 with （七） = 0 while the balance holds."""

    rule = "nothing-processed"
    level = "warning"
    numbers = (3, 0)
    says = ("为 3 件",)
    valid = case(requests(3, 2))
    invalid = case(requests(3, 3))
    undecidable = case({**requests(3, 3), "t3.carried_out.natural": 1, "t3.carried_out.total": 1})
    edge = ((case(requests(2, 2)), False), (case(requests(3, 3)), True))


class TestOtherShare(Triple):
    """3.其他 ≥ 5 and > 15 % of （七）."""

    rule = "other-share"
    level = "warning"
    numbers = (6, 6)
    says = ("「（六）其他处理/3.其他」为 6 件",)
    valid = case(requests(4, 0, "otherwise"))
    invalid = case(requests(6, 0, "otherwise"))
    undecidable = case({**requests(6, 0, "otherwise"), "t3.otherwise.natural": -6, "t3.otherwise.total": -6})
    edge = (
        (case(others(4, 0)), False),
        (case(others(5, 0)), True),
        (case(others(5, 29)), False),
        (case(others(5, 28)), True),
        (case(others(15, 85)), False),
        (case(others(16, 84)), True),
    )


class TestFeeUnreported(Triple):
    """（六）2 > 0 while section 六 does not report 信息处理费."""

    rule = "fee-unreported"
    level = "warning"
    numbers = (2, None)
    says = ("第六部分没有报告信息处理费",)
    valid = case(requests(2, 0, "unpaid"), report={"texts": {"六": "发出信息处理费收费通知2件。"}})
    invalid = case(requests(2, 0, "unpaid"), report={"texts": {"六": "无其他需要报告的事项。"}})
    undecidable = case(requests(2, 0, "unpaid"))


class TestFeeSilent(Triple):
    """Section 六 says nothing of 信息处理费 (edition 21)."""

    rule = "fee-silent"
    level = "hint"
    says = ("第六部分没有提到信息处理费",)
    valid = case(report={"texts": {"六": "本年未收取信息处理费。"}})
    invalid = case(report={"texts": {"六": "其他事项见附件。"}})
    undecidable = case()


class TestWithdrawn(Triple):
    """Withdrawn applications belong in （六）3.其他."""

    rule = "withdrawn"
    level = "hint"
    numbers = (0, None)
    says = ("申请人主动撤回",)
    valid = case(requests(1, 0, "otherwise"), report={"texts": {"一": "申请人主动撤回1件。"}})
    invalid = case(requests(1, 0), report={"texts": {"一": "申请人主动撤回1件。"}})
    undecidable = case(requests(1, 0))


class TestSplitHandled(Triple):
    """A split-handled application counts once, in （二）."""

    rule = "split-handled"
    level = "hint"
    numbers = (0, None)
    says = ("进行区分处理",)
    valid = case(requests(1, 0, "partly"), report={"texts": {"一": "对1件申请进行区分处理。"}})
    invalid = case(requests(1, 0), report={"texts": {"一": "对1件申请进行区分处理。"}})
    undecidable = case(requests(1, 0))


class TestAllZero(Triple):
    """Table 三 all 0 while last year's 一 ≥ 5."""

    rule = "all-zero"
    level = "warning"
    numbers = (0, 5)
    says = ("表三全部为 0", "5 件")
    valid = case(ONE_REQUEST, prior=requests(5, 0))
    invalid = case(prior=requests(5, 0))
    undecidable = case({"t3.granted.natural": None}, prior=requests(5, 0))
    edge = (
        (case(prior=requests(4, 0)), False),
        (case(prior=requests(5, 0)), True),
    )


def rules_of(given: Case) -> set[str]:
    return {f.rule for f in given.findings()}


def test_sums_stand_in_for_totals_in_error() -> None:
    """What is concluded from a number uses sums where a 总计 is in error."""
    cells = {cell: 0 if cell.endswith(".total") else n for cell, n in requests(10, 4).items()}
    (finding,) = (f for f in case(cells).findings() if f.rule == "pending-share")
    assert (finding.left, finding.right) == (4, 10)


def test_silent_on_a_cell_that_an_error_names() -> None:
    cells = {**requests(6, 0, "otherwise"), "t3.otherwise.total": -6}
    assert "other-share" not in rules_of(case(cells))


def test_in_2019_withdrawn_requests_are_in_the_single_row() -> None:
    report = zeros("2019", requests(1, 0, "other"), year=2020, texts={"一": "申请人撤回申请1件。"})
    assert "withdrawn" not in {f.rule for f in check(report)}
    report.values.update(dict.fromkeys(("t3.other.natural", "t3.other.total"), 0))
    assert "withdrawn" in {f.rule for f in check(report)}


def test_a_declared_blank_is_0_for_the_empty_table() -> None:
    given = case({"t3.granted.natural": None}, prior=requests(5, 0), report={"blank_is_zero": True})
    assert "all-zero" in rules_of(given)
