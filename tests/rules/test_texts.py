"""The texts by themselves, and texts that repeat others."""

from pathlib import Path
from typing import Any

import pytest

from gouji.report import Unplaced
from gouji.rules import Context, Finding, catalogue, check, shared_texts
from gouji.rules.plain import Quote, all_texts, quote, section_name, sentences
from gouji.rules.similar import grams, likeness
from support.triples import Case, Triple, case, zeros
from support.whole_texts import PROBLEMS, WHOLE, rules_of

LONG = "".join(
    f"{day}做好{topic}的公开、解读和回应，落实{topic}责任，公布{topic}结果；"
    for day, topic in zip(
        "甲乙丙丁戊己庚辛", ("预算", "采购", "许可", "处罚", "教育", "医疗", "环保", "应急"), strict=True
    )
)


def letters(count: int, first: int = 0) -> str:
    """As many characters, no two alike, so that every run of them is another one."""
    return "".join(map(chr, range(0x4E00 + first, 0x4E00 + first + count)))


#: (text, other text, whether they are nearly equal): 80 characters at least, and 80 % of the runs of five:
#: n letters in common and ten of its own behind them are n − 4 runs of n − 4 + 20.
PAIRS = (
    (letters(79), letters(79), False),
    (letters(80), letters(80), True),
    (letters(83) + letters(10, 1000), letters(83) + letters(10, 2000), False),
    (letters(84) + letters(10, 1000), letters(84) + letters(10, 2000), True),
)


def test_one_sentence_is_quoted_once() -> None:
    texts = {**WHOLE, "引言": "现将某县某局2023年度政府信息公开工作年度报告公布如下。"}
    (found,) = (f for f in check(zeros(texts=texts)) if f.rule == "other-year")
    assert found.message.count("公布如下") == 1


class TestSectionTitles(Triple):
    """Six section titles in order."""

    rule = "section-titles"
    level = "warning"
    says = ("“三、收到和处理政府信息公开申请情况”出现在第一部分的文字中",)
    valid = case(report={"texts": WHOLE})
    invalid = case(
        report={"texts": {"一": "概况。\n三、收到和处理政府信息公开申请情况\n共1件。", "五": PROBLEMS}}
    )
    undecidable = case()


class TestSectionEmpty(Triple):
    """An empty section is said at that section, once, with what it leaves out."""

    rule = "section-empty"
    level = "error"
    says = ("第六部分“其他需要报告的事项”没有填写内容",)
    valid = case(report={"texts": WHOLE})
    invalid = case(report={"texts": {**WHOLE, "六": " \n"}})
    undecidable = case()


class TestMattersNone(Triple):
    """六 = 无: edition 2021 asks for the fees."""

    rule = "matters-none"
    level = "warning"
    says = ("第六部分只写了“无”",)
    valid = case(report={"texts": WHOLE})
    invalid = case(report={"texts": {**WHOLE, "六": " 无。"}})
    undecidable = case(edition="2019", report={"texts": {**WHOLE, "六": "无。"}, "year": 2020})


FIVE = (
    "主动公开信息9条；办理依申请公开3件；加强政府信息管理，制发规范性文件2件、废止1件、现行有效8件；"
    "做好政府信息公开平台建设；落实监督保障。"
)


def asked(text: str) -> Case:
    """A report with that section 一, where a city has switched on what its notice asks for."""
    rules = catalogue().with_settings(Path("overview-2025"))
    return case(report={"texts": {**WHOLE, "一": text}}, catalogue=rules)


class TestOverviewParts(Triple):
    """Off unless a city switches it on: the five parts of section 一."""

    rule = "overview-parts"
    level = "warning"
    says = ("没有写到政府信息管理、监督保障",)
    valid = asked(FIVE)
    invalid = asked("主动公开9条，依申请公开3件，维护公开平台。")
    undecidable = case(report={"texts": {**WHOLE, "一": "概况。"}})


class TestOverviewLength(Triple):
    """Off unless a city switches it on: at most 1000 characters."""

    rule = "overview-length"
    level = "warning"
    numbers = (1001, 1000)
    says = ("有 1001 字",)
    valid = asked(FIVE)
    invalid = asked(letters(1001))
    undecidable = case(report={"texts": {**WHOLE, "一": letters(1001)}})
    edge = ((asked(letters(1000)), False), (asked(letters(1001)), True))


class TestOverviewStated(Triple):
    """Off unless a city switches it on: 制发, 废止, 现行有效 in figures."""

    rule = "overview-stated"
    level = "warning"
    says = ("没有写明规章、行政规范性文件的废止、现行有效件数",)
    valid = asked(FIVE)
    invalid = asked("本年制发规范性文件3件。")
    undecidable = case(report={"texts": {**WHOLE, "一": "本年制发规范性文件3件。"}})


class TestProblemsEmpty(Triple):
    """Section 五 is empty, 无 or under 10 characters."""

    rule = "problems-empty"
    level = "warning"
    numbers = (1, None)
    says = ("只有 1 个字（“无。”）",)
    valid = case(report={"texts": WHOLE})
    invalid = case(report={"texts": {**WHOLE, "五": " 无。"}})
    undecidable = case()
    edge = (
        (case(report={"texts": {**WHOLE, "五": "一二三四五，六七八九。"}}), True),
        (case(report={"texts": {**WHOLE, "五": "一二三四五，六七八九十。"}}), False),
    )


class TestPlaceholder(Triple):
    """Placeholders (XX, 待补充)."""

    rule = "placeholder"
    level = "warning"
    numbers = (2, None)
    says = ("第六部分", "收取ＸＸ元", "待补充")
    valid = case(report={"texts": {**WHOLE, "六": "网址 www.x.gov.cn/xxgk，未收取信息处理费。"}})
    invalid = case(report={"texts": {**WHOLE, "六": "信息处理费收取ＸＸ元，依据待补充。"}})
    undecidable = case()


class TestTextRepeated(Triple):
    """Text nearly equal to last year's."""

    rule = "text-repeated"
    level = "warning"
    numbers = (100, None)
    says = ("第五部分", "除数字外 100%")
    valid = case(prior=zeros(year=2023, texts={"五": LONG}), report={"texts": {"五": LONG[::-1]}})
    invalid = case(
        prior=zeros(year=2023, texts={"五": "2023年" + LONG}), report={"texts": {"五": "2024年" + LONG}}
    )
    undecidable = case(prior=zeros(year=2023), report={"texts": {"五": LONG}})
    edge = tuple(
        (case(prior=zeros(year=2023, texts={"五": before}), report={"texts": {"五": now}}), out)
        for now, before, out in PAIRS
    )


class TestTextShared(Triple):
    """Text nearly equal to another unit's."""

    rule = "text-shared"
    level = "warning"
    says = ("第一部分与乙局的文字",)
    valid = (
        zeros(texts={"一": LONG}),
        zeros(unit="乙局", texts={"一": LONG[::-1]}),
    )
    invalid = (
        zeros(texts={"一": LONG}),
        zeros(unit="乙局", texts={"一": LONG}),
        zeros(texts={"一": LONG[::-1]}),
    )
    undecidable = (
        zeros(texts={"一": LONG}),
        zeros(unit="乙局"),
    )
    edge = tuple(
        ((zeros(texts={"一": one}), zeros(unit="乙局", texts={"一": other})), out)
        for one, other, out in PAIRS
    )

    def found(self, given: Any) -> list[Finding]:
        return [f for i, f in shared_texts(given, catalogue()) if i == 0]


def test_both_units_are_told() -> None:
    found = shared_texts(TestTextShared.invalid, catalogue())
    assert [(i, f.id) for i, f in found] == [(0, "text-shared:一"), (1, "text-shared:一")]
    assert ["乙局" in f.message for _, f in found] == [True, False]


def test_sections_out_of_order_and_beside_the_form() -> None:
    texts = {"五": PROBLEMS, "一": WHOLE["一"], "六": WHOLE["六"]}
    (finding,) = (f for f in check(zeros(texts=texts)) if f.rule == "section-titles")
    assert "“一、总体情况”的顺序不对" in finding.message
    assert "section-titles" in rules_of(WHOLE, unplaced=[Unplaced("texts/七", "附表")])


@pytest.mark.parametrize("matters", [WHOLE["六"], "无其他需要报告的事项。"])
def test_sections_in_one_anothers_place_are_one_finding(matters: str) -> None:
    problems = "存在问题：主动公开的及时性不够。改进：加强检查。"
    report = zeros(texts={**WHOLE, "五": matters, "六": problems}, cells={"t4.review.corrected": 1})
    about = [f for f in check(report) if f.level != "error" and not f.rule.startswith("suit")]
    assert [(f.rule, f.section) for f in about] == [("section-titles", "五")]
    assert "第五、六部分的内容疑似互换了" in about[0].message


@pytest.mark.parametrize(
    ("problems", "matters"),
    [
        ("存在问题：及时性不够。未收取信息处理费。", "存在问题见第五部分，已经改进。"),
        ("及时性不够，今后加强。", "改进情况见上。"),
        ("未收取信息处理费。", "未收取信息处理费，存在的问题见上年报告。"),
    ],
)
def test_sections_that_hold_what_they_must_are_in_their_place(problems: str, matters: str) -> None:
    assert "section-titles" not in rules_of({**WHOLE, "五": problems, "六": matters})


def test_short_texts_are_alike_by_nature() -> None:
    prior = zeros(year=2023, texts=WHOLE)
    assert "text-repeated" not in {f.rule for f in check(zeros(texts=WHOLE), Context(prior=prior))}


def test_likeness_counts_runs_without_digits() -> None:
    assert likeness(grams("公开信息12条", 2), grams("公开信息345条", 2)) == 100
    assert likeness(grams("公开", 5), grams("公开", 5)) == 0


def test_a_finding_on_a_text_leads_to_its_paragraph_and_quotes_it_as_typed() -> None:
    texts = {**WHOLE, "六": "概况。\n\n未收取信息处理费，（ＸＸ），\n其他：待补充；"}
    (finding,) = (f for f in case(report={"texts": texts}).findings() if f.rule == "placeholder")
    assert (finding.section, finding.paragraph) == ("六", 2)
    assert "未收取信息处理费，（ＸＸ），其他：待补充" in finding.message


def test_an_excerpt_is_found_again_whatever_was_left_out_of_it() -> None:
    report = zeros(texts={"一": "引子。", "六": "甲。\n 2024 年（含一月），\n收到 3 件（上年 2 件）申请"})
    assert quote(report, "年,收到3件申请") == Quote("年（含一月），收到 3 件（上年 2 件）申请", "六", 2)
    assert quote(report, "收到3件(上年2件)") == Quote("收到 3 件（上年 2 件）", "六", 2)
    assert quote(report, "甲", "一") == Quote("甲")
    assert quote(report, "") == Quote("")


def test_a_sentence_may_be_two_thousand_characters_long() -> None:
    """Patterns that look around take the square of its length; what is longer decides nothing."""
    assert [len(s) for s in sentences("甲" * 2000 + "。" + "乙" * 2001 + "。" + "丙")] == [2000, 1]


def test_an_empty_section_of_a_published_report_is_only_warned_of() -> None:
    texts = {"一": WHOLE["一"], "六": WHOLE["六"]}
    (found,) = (f for f in case(imported=True, report={"texts": texts}).findings() if f.place == "五")
    assert (found.rule, found.level, found.section) == ("section-empty", "warning", "五")
    assert "主要问题和改进措施" in found.remedy


def test_no_section_at_all_is_said_of_each_and_of_nothing_else() -> None:
    said = [f.id for f in check(zeros(texts={})) if f.section]
    assert said == ["section-empty:一", "section-empty:五", "section-empty:六"]


def test_placeholders_side_by_side_are_quoted_once() -> None:
    (found,) = (
        f for f in check(zeros(texts={**WHOLE, "六": "一是某某不够，待补充。"})) if f.rule == "placeholder"
    )
    assert found.message.count("一是某某不够") == 1 and found.left == 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("一是某某不够，待补充。", "problems-empty"),
        ("待补充", "problems-empty"),
        ("一是某某公开不够及时，二是力量不足，待补充。", "placeholder"),
    ],
)
def test_a_section_that_only_holds_a_place_is_one_finding(text: str, rule: str) -> None:
    found = [f for f in check(zeros(texts={**WHOLE, "五": text})) if f.section == "五"]
    assert [f.rule for f in found] == [rule]
    if rule == "problems-empty":
        assert found[0].message.startswith(f"第五部分只有占位文字（“{text}”）")


def test_a_preface_is_compared_with_none() -> None:
    """It is the same every year by nature, and much the same in every unit."""
    prior = zeros(year=2023, texts={"引言": LONG, **WHOLE})
    now = zeros(texts={"引言": LONG, **WHOLE})
    assert "text-repeated" not in {f.rule for f in check(now, Context(prior=prior))}
    assert not shared_texts([now, zeros(unit="乙局", texts={"引言": LONG})], catalogue())


def test_a_preface_has_no_number() -> None:
    report = zeros(texts={**WHOLE, "引言": "本报告待补充。"})
    (finding,) = (f for f in check(report) if f.rule == "placeholder")
    assert finding.message.startswith("引言有待补的内容")


def test_all_texts_are_read_in_the_order_of_the_form() -> None:
    stray = [Unplaced("三!A60", "第二行。"), Unplaced("三!A61", "第三行"), Unplaced("三!A62", "第四行；")]
    report = zeros(texts={"六": "无。", "引言": "前言。"}, unplaced=stray)
    assert all_texts(report) == {"引言": "前言。", "三": "第二行。第四行;", "六": "无。"}
    assert [section_name(report, n) for n in all_texts(report)] == ["引言", "第三部分", "第六部分"]
    assert quote(report, "第四行") == Quote("第四行", "三", 1)
