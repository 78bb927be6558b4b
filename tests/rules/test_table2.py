"""Table 二 of both editions."""

import pytest

from gouji.form import FEN_PER_WAN
from gouji.rules import Context, catalogue, check
from gouji.rules.relations import prior_cells
from support.triples import Triple, case, zeros

STOCK = "t2.documents.in_force"
MADE = "t2.documents.made"
REPEALED = "t2.documents.repealed"
FEES = "t2.fees.amount"
PURCHASES = "t2.procurement.purchases"
AMOUNT = "t2.procurement.purchase_amount"
LICENCES = "t2.licences.decisions"
ITEMS = [f"t2.penalties.{column}" for column in ("items_before", "change", "decisions")]


class TestMoneyRatio(Triple):
    """A ratio to last year ≥ 1000 or ≤ 0.001 (元 or 万元?)."""

    rule = "money-ratio"
    level = "warning"
    numbers = (44_440_000_000, 44_440_000)
    says = ("本年为 44440 万元，上年为 44.44 万元",)
    valid = case({FEES: 999 * FEN_PER_WAN}, prior={FEES: FEN_PER_WAN})
    invalid = case({FEES: 44_440_000_000}, prior={FEES: 44_440_000})
    undecidable = case({FEES: 44_440_000_000}, prior={FEES: 0})
    edge = (
        (case({FEES: 6_999}, prior={FEES: 7}), False),
        (case({FEES: 7_000}, prior={FEES: 7}), True),
        (case({FEES: 7}, prior={FEES: 6_999}), False),
        (case({FEES: 7}, prior={FEES: 7_000}), True),
    )


class TestMoneySize(Triple):
    """More than 50 000 万元 for a department or 1 000 000 万元 for a government."""

    rule = "money-size"
    level = "warning"
    numbers = (50_001 * FEN_PER_WAN, 50_000 * FEN_PER_WAN)
    says = ("50001 万元", "超过 50000 万元", "若单位是“元”，应填 5.0001。")
    valid = case({FEES: 50_001 * FEN_PER_WAN}, government=True)
    invalid = case({FEES: 50_001 * FEN_PER_WAN})
    undecidable = case({FEES: None})
    edge = (
        (case({FEES: 50_000 * FEN_PER_WAN}), False),
        (case({FEES: 50_000 * FEN_PER_WAN + 1}), True),
        (case({FEES: 1_000_000 * FEN_PER_WAN}, government=True), False),
        (case({FEES: 1_000_000 * FEN_PER_WAN + 1}, government=True), True),
        (case({FEES: 20_000 * FEN_PER_WAN}, report={"unit": "甲乡人民政府"}), False),
        (case({FEES: 20_000 * FEN_PER_WAN + 1}, report={"unit": "甲乡人民政府"}), True),
        (case({FEES: 20_000 * FEN_PER_WAN + 1}, kind="乡镇街道"), True),
    )


@pytest.mark.parametrize(("amount", "level"), [(50_001, "hint"), (1_000_000, "hint"), (1_000_001, "warning")])
def test_beyond_the_highest_limit_an_amount_is_too_much_for_every_body(amount: int, level: str) -> None:
    """Which the sheet knows as well, that does not know what kind of body a unit is."""
    report = zeros(unit="某某", cells={FEES: amount * FEN_PER_WAN})
    assert [f.level for f in check(report) if f.rule == "money-size"] == [level]


class TestPurchaseSize(Triple):
    """More than 5 000 万元 a purchase on the average."""

    rule = "purchase-size"
    level = "warning"
    numbers = (9_180 * FEN_PER_WAN, None)
    says = ("1 件共 9180 万元，平均每件超过 5000 万元", "应填 0.918。")
    valid = case({PURCHASES: 2, AMOUNT: 9_180 * FEN_PER_WAN}, edition="2019")
    invalid = case({PURCHASES: 1, AMOUNT: 9_180 * FEN_PER_WAN}, edition="2019")
    undecidable = case({PURCHASES: None, AMOUNT: 9_180 * FEN_PER_WAN}, edition="2019")
    edge = (
        (case({PURCHASES: 1, AMOUNT: 5_000 * FEN_PER_WAN}, edition="2019"), False),
        (case({PURCHASES: 1, AMOUNT: 5_000 * FEN_PER_WAN + 1}, edition="2019"), True),
        (case({PURCHASES: 1, AMOUNT: 50_001 * FEN_PER_WAN}, edition="2019"), False),
    )


@pytest.mark.parametrize("amount", [9_180, 918_000])
def test_yuan_for_wan_is_found_however_small_the_body(amount: int) -> None:
    """One purchase of a township, typed in 元: 9 180 and 918 000."""
    cells = {PURCHASES: 1, AMOUNT: amount * FEN_PER_WAN}
    found = [
        f
        for f in check(zeros("2019", cells, unit="某县某乡人民政府"))
        if f.rule in ("money-size", "purchase-size")
    ]
    assert [f.level for f in found] == ["warning"]
    assert f"应填 {amount / 10_000:g}。" in found[0].message


class TestItemsNotDecisions(Triple):
    """上一年 + 增减 = 处理决定 (±1): decisions typed as items."""

    rule = "items-not-decisions"
    level = "hint"
    numbers = (299, 298)
    says = ("上一年项目数量 716 加本年增/减 -417（相差 1）",)
    valid = case(dict(zip(ITEMS, (716, 0, 298), strict=True)), edition="2019")
    invalid = case(dict(zip(ITEMS, (716, -417, 298), strict=True)), edition="2019")
    undecidable = case(dict(zip(ITEMS, (716, -417, None), strict=True)), edition="2019")
    edge = (
        (case(dict(zip(ITEMS, (3, 6, 9), strict=True)), edition="2019"), True),
        (case(dict(zip(ITEMS, (3, 6, 11), strict=True)), edition="2019"), False),
        (case(dict(zip(ITEMS, (9, -9, 0), strict=True)), edition="2019"), False),
    )


class TestStock(Triple):
    """现行有效(t) = 现行有效(t−1) + 制发 − 废止, each row; not where t−1 is an edition-19 report."""

    rule = "stock"
    level = "warning"
    numbers = (7, 5)
    says = ("行政规范性文件", "上年 2 + 制发 4 − 废止 1 应为 5，现多 2")
    valid = case({STOCK: 5, MADE: 4, REPEALED: 1}, prior={STOCK: 2})
    invalid = case({STOCK: 7, MADE: 4, REPEALED: 1}, prior={STOCK: 2})
    undecidable = case({STOCK: 7, MADE: 4}, prior=zeros("2019", year=2023))


class TestStockFloor(Triple):
    """现行有效 ≥ 制发 − 废止."""

    rule = "stock-floor"
    level = "warning"
    numbers = (0, 5)
    says = ("少于制发 5 − 废止 0 = 5",)
    valid = case({STOCK: 5, MADE: 5})
    invalid = case({STOCK: 0, MADE: 5})
    undecidable = case({STOCK: None, MADE: 5})


class TestRepealedTooMany(Triple):
    """废止 ≤ 现行有效(t−1) + 制发."""

    rule = "repealed-too-many"
    level = "warning"
    numbers = (5, 2)
    says = ("上年现行有效 2 + 制发 0 = 2",)
    valid = case({REPEALED: 2}, prior={STOCK: 2})
    invalid = case({REPEALED: 5}, prior={STOCK: 2})
    undecidable = case({REPEALED: 5})


class TestRuleMaking(Triple):
    """规章 > 0 where the roster says no rule-making power; not evaluated without that flag."""

    rule = "rule-making"
    level = "warning"
    numbers = (3, None)
    says = ("「规章」「现行有效件数」填的是 3",)
    valid = case({"t2.rules.in_force": 3}, rule_making=True)
    invalid = case({"t2.rules.in_force": 3}, rule_making=False)
    undecidable = case({"t2.rules.in_force": 3})


class TestDecisionsJump(Triple):
    """许可, 处罚, 强制 zero this year and ≥ 20 last year, or the reverse; or a factor ≥ 10 with a
    difference ≥ 500."""

    rule = "decisions-jump"
    level = "warning"
    numbers = (0, 20)
    says = ("行政处罚",)
    valid = case({"t2.penalties.decisions": 0}, prior={"t2.penalties.decisions": 19})
    invalid = case({"t2.penalties.decisions": 0}, prior={"t2.penalties.decisions": 20})
    undecidable = case({"t2.penalties.decisions": 0}, prior={"t2.penalties.decisions": None})
    edge = tuple(
        (case({LICENCES: number}, prior={LICENCES: before}), speaks)
        for number, before, speaks in (
            (0, 19, False),
            (0, 20, True),
            (19, 0, False),
            (20, 0, True),
            (499, 1, False),
            (500, 1, False),
            (501, 1, True),
            (999, 110, False),
            (999, 70, True),
            (750, 251, False),
            (1500, 110, True),
            (1500, 116, True),
            # A digit more or less: 7 to 13 times as much, by 200 or more.
            (222, 23, False),
            (223, 23, True),
            (23, 222, False),
            (23, 223, True),
            (1399, 200, False),
            (1400, 200, True),
            (260, 20, True),
            (261, 20, False),
        )
    )


class TestPublicAtLeastNew(Triple):
    """本年新公开数量 ≤ 对外公开总数量."""

    rule = "public-at-least-new"
    level = "error"
    numbers = (4, 3)
    says = ("「规范性文件」",)
    valid = case({"t2.documents.newly_public": 4, "t2.documents.public": 4}, edition="2019")
    invalid = case({"t2.documents.newly_public": 4, "t2.documents.public": 3}, edition="2019")
    undecidable = case({"t2.documents.newly_public": 4, "t2.documents.public": None}, edition="2019")


class TestPublicGrows(Triple):
    """对外公开总数量(t) ≥ (t−1) + 本年新公开."""

    rule = "public-grows"
    level = "warning"
    numbers = (8, 11)
    says = ("上年 3 + 本年新公开 8 = 11",)
    valid = case(
        {"t2.documents.newly_public": 8, "t2.documents.public": 11},
        prior={"t2.documents.public": 3},
        edition="2019",
    )
    invalid = case(
        {"t2.documents.newly_public": 8, "t2.documents.public": 8},
        prior={"t2.documents.public": 3},
        edition="2019",
    )
    undecidable = case({"t2.documents.newly_public": 8, "t2.documents.public": 8}, edition="2019")


class TestItemsCarried(Triple):
    """上一年项目数量(t) = 上一年项目数量(t−1) + 本年增/减(t−1)."""

    rule = "items-carried"
    level = "warning"
    numbers = (88, 16)
    says = ("上年报告 88 加增/减 -72 应为 16，现多 72",)
    valid = case(
        {"t2.licences.items_before": 16},
        prior={"t2.licences.items_before": 88, "t2.licences.change": -72},
        edition="2019",
    )
    invalid = case(
        {"t2.licences.items_before": 88},
        prior={"t2.licences.items_before": 88, "t2.licences.change": -72},
        edition="2019",
    )
    undecidable = case({"t2.licences.items_before": 88}, edition="2019")


class TestItemsNotNegative(Triple):
    """上一年项目数量 + 本年增/减 ≥ 0."""

    rule = "items-not-negative"
    level = "error"
    numbers = (-1, 0)
    says = ("「本年增/减」为 -27：最多只能减 26，现相加为 -1",)
    valid = case({"t2.penalties.items_before": 26, "t2.penalties.change": -26}, edition="2019")
    invalid = case({"t2.penalties.items_before": 26, "t2.penalties.change": -27}, edition="2019")
    undecidable = case({"t2.penalties.items_before": None, "t2.penalties.change": -27}, edition="2019")


class TestPurchasesWithoutAmount(Triple):
    """采购项目数量 = 0 exactly when 采购总金额 = 0."""

    rule = "purchases-without-amount"
    level = "warning"
    numbers = (63_200_000, None)
    says = ("「采购项目数量」为 0，「采购总金额」为 63.2 万元",)
    valid = case(
        {"t2.procurement.purchases": 6, "t2.procurement.purchase_amount": 63_200_000}, edition="2019"
    )
    invalid = case({"t2.procurement.purchase_amount": 63_200_000}, edition="2019")
    undecidable = case(
        {"t2.procurement.purchases": None, "t2.procurement.purchase_amount": 63_200_000}, edition="2019"
    )


class TestPublicMoreThanMade(Triple):
    """新公开 > 新制作."""

    rule = "public-more-than-made"
    level = "hint"
    numbers = (3, 0)
    says = ("「本年新公开数量」为 3，多于「本年新制作数量」0",)
    valid = case({"t2.documents.newly_made": 3, "t2.documents.newly_public": 3}, edition="2019")
    invalid = case({"t2.documents.newly_public": 3}, edition="2019")
    undecidable = case({"t2.documents.newly_made": None, "t2.documents.newly_public": 3}, edition="2019")


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("甲局", "warning"),
        ("乙区教育委员会", "warning"),
        ("丙市", None),
        ("丁县人民政府", None),
        ("戊市人民政府（合并）", None),
        ("己自治州", None),
        ("庚开发区管理组", "hint"),
        ("辛镇人民政府", "warning"),
        ("壬街道办事处", "warning"),
    ],
)
def test_how_much_is_much_depends_on_what_the_unit_is(unit: str, level: str | None) -> None:
    """A government answers for all its departments; of an unknown unit one can only ask."""
    report = zeros(unit=unit, cells={FEES: 72_701_257_800})
    found = [f for f in check(report, Context()) if f.rule == "money-size"]
    assert [f.level for f in found] == ([level] if level else [])
    assert all("应填 7.270126" in f.message for f in found)


def test_an_amount_that_grew_a_thousandfold_is_offered_in_wan() -> None:
    grown, shrunk = (
        case({FEES: now}, prior={FEES: then}).findings()
        for now, then in ((44_440_000_000, 44_440_000), (44_440_000, 44_440_000_000))
    )
    assert "若单位是“元”，应填 4.444。" in grown[0].message
    assert "若单位" not in shrunk[0].message


@pytest.mark.parametrize(("typed", "said"), [(3760, True), (37600, True), (3761, False), (752, False)])
def test_a_zero_too_many_is_seen(typed: int, said: bool) -> None:
    """And what another rule says of the same cell is not said beside the error."""
    cells = {"t2.documents.newly_public": typed, "t2.documents.public": 376}
    (finding,) = (f for f in case(cells, edition="2019").findings() if f.rule.startswith("public"))
    assert ("倍，疑似多键入了 0" in finding.message) == said
    assert f"多 {typed - 376}" in finding.message
    assert [f.rule for f in finding.folded] == ["public-more-than-made"]


def test_a_note_at_the_cell_is_mentioned() -> None:
    marks = {"t2.procurement.purchase_amount": "注3"}
    given = case({"t2.procurement.purchase_amount": 63_200_000}, edition="2019", report={"marks": marks})
    (finding,) = (f for f in given.findings() if f.rule == TestPurchasesWithoutAmount.rule)
    assert "「采购总金额」有注3" in finding.message and "审核说明" in finding.remedy


@pytest.mark.parametrize("in_force", [0, 7])
def test_a_stock_filled_like_a_flow_is_told_what_the_column_is(in_force: int) -> None:
    """5. Where 现行有效 = 制发 or 0 the message says that the column is a stock."""
    given = case({STOCK: in_force, MADE: 7}, prior={STOCK: 30})
    (finding,) = (f for f in given.findings() if f.rule == "stock")
    assert "存量" in finding.message
    assert "清理、失效、划转、上年漏计" in finding.remedy


def test_one_row_one_finding() -> None:
    """One cause, one finding: what 6 says follows from 5 where last year is known."""
    given = case({STOCK: 0, MADE: 7}, prior={STOCK: 30})
    (finding,) = (f for f in given.findings() if f.rule.startswith("stock"))
    assert [f.rule for f in finding.folded] == ["stock-floor"]


def test_a_factor_alone_is_no_jump() -> None:
    cells = {"t2.licences.decisions": 300}
    assert not case(cells, prior={"t2.licences.decisions": 3}).findings()
    jumped = case({"t2.licences.decisions": 600}, prior={"t2.licences.decisions": 60}).findings()
    assert [f.rule for f in jumped] == ["decisions-jump"]


def test_a_slash_counts_0() -> None:
    given = case({STOCK: 2, MADE: "/", REPEALED: "/"}, prior={STOCK: 2})
    assert not given.findings()


def test_last_years_cells_that_live_rows_need_follow_from_the_rules() -> None:
    """上年数: 四 by column, 现行有效 of each row, 尚未审结 of each block."""
    needed = prior_cells(zeros().form, catalogue())
    assert {"t2.rules.in_force", STOCK, "t4.review.pending"} <= set(needed)
    assert sum(c.startswith("t3.carried_out.") for c in needed) == 7
    assert len(needed) == 2 + 7 + 3


def test_another_units_or_years_prior_leaves_it_undecided() -> None:
    old = zeros(cells={STOCK: 2}, year=2020)
    assert "stock" not in {f.rule for f in check(zeros(cells={STOCK: 7}), Context(prior=old))}


@pytest.mark.parametrize(("in_force", "as_flow"), [(0, True), (4, True), (7, False), (3, False)])
def test_a_stock_that_was_filled_like_a_flow_is_told_so(in_force: int, as_flow: bool) -> None:
    """现行有效 = 制发 or 0: the column is a stock. Other numbers are not explained so."""
    given = case({STOCK: in_force, MADE: 4, REPEALED: 1}, prior={STOCK: 2})
    (finding,) = (f for f in given.findings() if f.rule == "stock")
    assert ("存量" in finding.message) is as_flow


@pytest.mark.parametrize(("now", "before", "word"), [(60, 600, "少键入一位"), (6_500, 620, "多键入一位")])
def test_a_number_ten_times_last_years_is_told_as_a_digit(now: int, before: int, word: str) -> None:
    (found,) = case({LICENCES: now}, prior={LICENCES: before}).findings()
    assert word in found.message


@pytest.mark.parametrize(("now", "before"), [(341, 3120), (28, 301), (313, 3120)])
def test_a_number_that_lost_a_digit_is_found_although_it_grew(now: int, before: int) -> None:
    (found,) = case({LICENCES: now}, prior={LICENCES: before}).findings()
    assert "少键入一位" in found.message
