"""Table 四 beyond its equations."""

from support.triples import Cells, Triple, case

CORRECTED = "corrected-unmentioned"


def block(row: str, **results: int) -> Cells:
    """One block with its total."""
    cells = {f"t4.{row}.{column}": n for column, n in results.items()}
    return {**cells, f"t4.{row}.total": sum(results.values())}


def processed(number: int) -> Cells:
    return {f"t3.{row}.{c}": number for row in ("new", "granted", "processed") for c in ("natural", "total")}


class TestPendingCarried(Triple):
    """总计(t) ≥ 尚未审结(t−1), each block; the explanation 本表不含上年结转 is offered."""

    rule = "pending-carried"
    level = "warning"
    numbers = (1, 2)
    says = ("「行政复议」总计为 1，少于上年报告的尚未审结 2",)
    valid = case(block("review", upheld=2), prior=block("review", pending=2))
    invalid = case(block("review", upheld=1), prior=block("review", pending=2))
    undecidable = case(block("review", upheld=1), prior={"t4.review.pending": None})


class TestSuitsAfterReview(Triple):
    """复议后起诉 总计 ≤ 复议 总计(t) + (t−1)."""

    rule = "suits-after-review"
    level = "hint"
    numbers = (3, 2)
    says = ("总计为 3",)
    valid = case(
        {**block("suit_after_review", upheld=3), **block("review", upheld=2)}, prior=block("review", upheld=1)
    )
    invalid = case(
        {**block("suit_after_review", upheld=3), **block("review", upheld=1)}, prior=block("review", upheld=1)
    )
    undecidable = case({**block("suit_after_review", upheld=3), **block("review", upheld=1)})


class TestDisputesPerRequest(Triple):
    """复议 + 直接起诉 总计 ≤ （七）总计(t) + (t−1)."""

    rule = "disputes-per-request"
    level = "hint"
    numbers = (5, 4)
    says = ("多于本年与上年表三（七）总计之和 4",)
    valid = case({**block("review", upheld=5), **processed(3)}, prior=processed(2))
    invalid = case(
        {**block("review", upheld=4), **block("direct_suit", upheld=1), **processed(2)}, prior=processed(2)
    )
    undecidable = case({**block("review", upheld=5), **processed(2)})


class TestCorrectedUnmentioned(Triple):
    """结果纠正 > 0 and section 五 does not mention it."""

    rule = "corrected-unmentioned"
    level = "warning"
    numbers = (2, None)
    says = ("行政复议 2 件",)
    valid = case(
        block("review", corrected=2), report={"texts": {"五": "被行政复议纠正2件，已加强答复审核。"}}
    )
    invalid = case(block("review", corrected=2), report={"texts": {"五": "公开的主动性还需要进一步加强。"}})
    undecidable = case(block("review", corrected=2))


def test_corrected_results_are_named_by_block() -> None:
    cells = {**block("review", corrected=2), **block("suit_after_review", corrected=1)}
    (finding,) = (
        f
        for f in case(cells, report={"texts": {"五": "主动性还需要进一步加强。"}}).findings()
        if f.rule == CORRECTED
    )
    assert "行政复议 2 件、复议后起诉 1 件" in finding.message
    assert finding.left == 3


def test_an_empty_section_five_and_what_it_leaves_out_are_one_finding() -> None:
    given = case(block("review", corrected=2), report={"texts": {"五": "\n 无"}})
    (finding,) = (f for f in given.findings() if f.rule in (CORRECTED, "problems-empty"))
    assert (finding.rule, [f.rule for f in finding.folded]) == ("problems-empty", [CORRECTED])
    assert (finding.section, finding.paragraph) == ("五", 1)
    assert "行政复议 2 件" in finding.message
    given = case(block("review", corrected=2), report={"texts": {"一": "概况", "六": "未收取信息处理费"}})
    (nothing,) = (f for f in given.findings() if f.rule in (CORRECTED, "section-empty"))
    assert (nothing.rule, [f.rule for f in nothing.folded]) == ("section-empty", [CORRECTED])
    assert "行政复议 2 件" in nothing.message


def test_a_total_left_0_is_read_as_its_sum() -> None:
    cells = {**block("review", upheld=3), "t4.review.total": 0}
    given = case(cells, prior=block("review", pending=2))
    rules = {f.rule for f in given.findings()}
    assert "table4-total" in rules
    assert "pending-carried" not in rules


def test_the_offered_explanation_is_in_the_remedy() -> None:
    given = case(block("review", upheld=1), prior=block("review", pending=2))
    (finding,) = (f for f in given.findings() if f.rule == "pending-carried")
    assert "本表不含上年结转" in finding.remedy


class TestSuitCountedOnce(Triple):
    """国办公开办函〔2016〕201号: a suit with a co-defendant is the original body's."""

    rule = "suit-counted-once"
    level = "hint"
    numbers = (2, None)
    says = ("「复议后起诉」总计为 2，本单位可能是复议机关",)
    valid = case(block("suit_after_review", upheld=2))
    invalid = case(block("suit_after_review", upheld=2), report={"unit": "甲县人民政府"})
    undecidable = case(block("suit_after_review", upheld=2), government=True)


def test_a_department_that_tells_of_a_co_defendant_is_asked() -> None:
    text = "以共同被告身份应诉2件。"
    given = case(block("suit_after_review", upheld=2), report={"texts": {"一": text}})
    (found,) = (f for f in given.findings() if f.rule == "suit-counted-once")
    assert text[:-1] in found.message
