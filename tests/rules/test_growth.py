"""Growth as it is claimed, in percent and in cases."""

import pytest

from support.triples import Cells, Triple, case


def new(number: int) -> Cells:
    return {f"t3.{r}.{c}": number for r in ("new", "granted", "processed") for c in ("natural", "total")}


class TestGrowthClaim(Triple):
    """增长 X% against the two years' numbers."""

    rule = "growth-claim"
    level = "warning"
    numbers = (60, 40)
    says = ("同比增长25%", "本年 60、上年 40", "增长 50.00%")
    valid = case(new(60), prior=new(40), report={"texts": {"一": "收到政府信息公开申请60件，同比增长50%。"}})
    invalid = case(
        new(60), prior=new(40), report={"texts": {"一": "收到政府信息公开申请60件，同比增长25%。"}}
    )
    undecidable = case(new(60), report={"texts": {"一": "收到政府信息公开申请60件，同比增长25%。"}})
    edge = tuple(
        (case(new(60), prior=new(40), report={"texts": {"一": f"收到公开申请60件，同比增长{claim}%。"}}), out)
        for claim, out in (("50.5", False), ("50.6", True), ("49.5", False), ("49.4", True))
    )


def claimed(text: str, now: int = 60, before: int = 40) -> list[str]:
    given = case(new(now), prior=new(before), report={"texts": {"一": text}})
    return [f.message for f in given.findings() if f.rule == "growth-claim"]


@pytest.mark.parametrize("claim", ["下降33.3%", "减少 33 %"])
def test_a_fall_is_a_negative_growth_and_prose_rounds(claim: str) -> None:
    text = f"收到政府信息公开申请40件，比上年{claim}。"
    given = case(new(40), prior=new(60), report={"texts": {"一": text}})
    assert "growth-claim" not in {f.rule for f in given.findings()}


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请60件，比上年增加20件。",
        "收到政府信息公开申请60件（较上年增加20件，增长50%）。",
        "收到政府信息公开申请60件，均已依法答复，同比增长50%。",
        "政府信息公开申请量较2023年增长50%。",
        "收到政府信息公开申请60件，网站访问量同比增长30%。",
        "收到政府信息公开申请60件，较上年略有增加。",
    ],
)
def test_what_follows_from_the_two_years_or_is_about_something_else(text: str) -> None:
    assert not claimed(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("收到政府信息公开申请60件，比上年增加21件。", "计算为增加 20 件"),
        ("收到政府信息公开申请60件，比上年减少20件。", "计算为增加 20 件"),
        ("收到政府信息公开申请60件（较上年增加20件，增长33%）。", "计算为增长 50.00%"),
        ("收到政府信息公开申请60件，与上年持平。", "计算为增加 20 件"),
        ("政府信息公开申请量较2023年下降50%。", "计算为增长 50.00%"),
        ("收到政府信息公开申请60件，同比增长率为40%。", "计算为增长 50.00%"),
        ("收到政府信息公开申请60件，较去年同期多三十件。", "计算为增加 20 件"),
        ("收到政府信息公开申请60件，数量与2023年相同。", "计算为增加 20 件"),
    ],
)
def test_a_claim_that_does_not_follow(text: str, says: str) -> None:
    (message,) = claimed(text)
    assert says in message


def test_the_same_number_is_no_growth() -> None:
    assert not claimed("收到政府信息公开申请60件，与上年持平。", before=60)
    (message,) = claimed("收到政府信息公开申请60件，比上年增加1件。", before=60)
    assert "计算为持平" in message


def test_a_percentage_of_nothing_is_undecided() -> None:
    assert not claimed("收到政府信息公开申请60件，同比增长50%。", before=0)
