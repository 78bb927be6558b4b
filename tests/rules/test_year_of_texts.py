"""Of what year the texts are, as far as they tell it, beside the year on the cover."""

import pytest

from gouji.report import Unplaced
from gouji.rules import check
from support.triples import Triple, case, zeros
from support.whole_texts import WHOLE, rules_of


class TestOtherYear(Triple):
    """The prose speaks of another year as the report year."""

    rule = "other-year"
    level = "warning"
    numbers = (2024, 2023)
    says = ("文字写的是 2023 年", "封面“年度”为 2024")
    valid = case(report={"texts": {**WHOLE, "引言": "统计期限自2024年1月1日起。发布2023年度报告1份。"}})
    invalid = case(report={"texts": {**WHOLE, "引言": "本报告所列数据统计期限自2023年1月1日起。"}})
    undecidable = case()


NEW = {"t3.new.natural": 190, "t3.new.total": 190}


def said_of_year(year: int, overview: str) -> list[str]:
    """What is said of the years of a report of 某县某局 with that section 一."""
    report = zeros("2021", NEW, unit="某县某局", year=year, texts={**WHOLE, "一": overview})
    return [f.message for f in check(report) if f.rule == "other-year"]


@pytest.mark.parametrize(
    "overview",
    [
        "2024年，某县某局新收政府信息公开申请190件，均按期办结。",
        "2024年以来，某县某局依法公开政府信息。",
        "2024年，收到政府信息公开申请190件。",
        "2024年度共收到政府信息公开申请190件，同比增长。",
    ],
)
def test_the_years_of_the_units_own_deeds_and_counts_are_read(overview: str) -> None:
    """By its own name, which the rule knew only as 我局; by a count of a later year that the table has."""
    (message,) = said_of_year(2023, overview)
    assert message.startswith("封面“年度”为 2023，文字写的是 2024 年")
    assert said_of_year(2024, overview) == []


@pytest.mark.parametrize(
    "overview",
    [
        "2024年，收到政府信息公开申请91件。",
        "2024年，计划办理政府信息公开申请190件。",
        "2024年，没有收到政府信息公开申请。",
        "2023年，收到政府信息公开申请190件。2024年，收到政府信息公开申请190件。",
        "2024年，某县某局计划开展培训。",
        "2024年，某县另一局依法公开政府信息。",
        "2023年，某县某局依法公开政府信息。2024年，某县某局继续公开。",
    ],
)
def test_a_later_year_that_may_be_told_is_no_proof_against_the_cover(overview: str) -> None:
    assert said_of_year(2023, overview) == []


def test_last_years_deeds_told_for_comparison_are_no_other_year() -> None:
    assert "other-year" not in rules_of({**WHOLE, "一": "2024年，我局公开5条。2023年，我局公开4条。"})
    assert "other-year" in rules_of({**WHOLE, "一": "2023年以来，我局公开5条。"})
    assert "other-year" not in rules_of({**WHOLE, "一": "2024年，我局公开5条。2025年，我局将继续。"})


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2023年，在县委、县政府的坚强领导下，我局公开信息5条。", True),
        ("2023年，我单位推进政务公开，现将有关情况报告如下。", True),
        ("2023年，我局将政务公开纳入考核，公开信息5条。", True),
        ("2023年以来，认真落实公开要求，公开信息5条。", True),
        ("2023年，我局公开5条。下一步，2024年将更上一层楼。", True),
        ("2023年，我局公开5条。结转2024年办理1件。", True),
        ("甲局2024年公开5条。2023年，在县委领导下，我局公开4条。", False),
        ("2023年，我局将继续公开。", False),
        ("2023年印发的目录继续有效，我局按其公开。", False),
        ("截至2024年底公开5条。2023年，全面完成改版。", False),
    ],
)
def test_the_year_of_the_deeds_is_read_however_they_are_told(text: str, other: bool) -> None:
    assert ("other-year" in rules_of({**WHOLE, "一": text})) is other


@pytest.mark.parametrize(
    ("preface", "other"),
    [
        ("现将我局2023年政府信息公开工作年度报告公布如下。", True),
        (
            "根据《关于做好2023年年报工作的通知》要求，结合工作实际，编制2024年度政府信息公开工作年度报告。",
            False,
        ),
        ("本报告是根据2019年修订的政府信息公开条例编制的。", False),
        ("本报告为甲局2023年度政府信息公开情况。", True),
        ("甲局编制了2024年度政府信息公开工作年度报告。", False),
    ],
)
def test_a_preface_says_of_what_year_the_report_is(preface: str, other: bool) -> None:
    assert ("other-year" in rules_of({**WHOLE, "引言": preface})) is other


@pytest.mark.parametrize("place", ["二!A40", "texts/二"])
def test_a_wrong_year_beside_a_table_is_told(place: str) -> None:
    stray = [Unplaced(place, "2023年，我局主动公开政府信息118条。")]
    (finding,) = (f for f in check(zeros(texts=WHOLE, unplaced=stray)) if f.rule == "other-year")
    assert "第二部分表格之外“2023年" in finding.message
    elsewhere = [Unplaced("校验!A40", "2023年，我局主动公开政府信息118条。")]
    assert "other-year" not in rules_of(WHOLE, unplaced=elsewhere)
