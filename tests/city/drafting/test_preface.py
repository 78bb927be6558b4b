"""引言 and 落款: only what is known, the rest marked."""

from __future__ import annotations

import datetime

from gouji.city.desk import Desk, Settings
from gouji.city.drafting.draft import draft_of
from gouji.city.drafting.preface import preface
from gouji.document.contents import gap
from support.drafts import city_of, zeros
from support.years import roster_of


def desk(**settings: object) -> Desk:
    return Desk(Settings("某市", 2024, **settings), roster_of(zeros("2021", "甲局")))  # type: ignore[arg-type]


FULL = desk(
    office="某市人民政府办公室",
    site="www.mou.gov.cn",
    contact="电话：01-234",
    published=datetime.date(2025, 3, 7),
)


def test_all_that_the_office_said_stands_in_it() -> None:
    text = preface(city_of(zeros("2021", "甲局"), desk=FULL), rounded=True)
    assert "（国办公开办函〔2021〕30号），由某市人民政府办公室编制本报告。全文共六个部分：总体情况，" in text
    assert "统计期限自2024年1月1日起至2024年12月31日止。统计数据由1个单位的" in text
    assert "按四舍五入保留一位小数。" in text
    assert "可在www.mou.gov.cn查阅" in text and "与某市人民政府办公室联系（电话：01-234）" in text
    assert "【" not in text


def test_what_nobody_said_is_a_gap() -> None:
    text = preface(city_of(zeros("2021", "甲局")), rounded=False)
    assert text.count("【此处填写：") == 3 and "由【此处填写：编制单位】编制" in text
    assert "四舍五入" not in text


def test_the_days_of_the_numbers() -> None:
    one, other = zeros("2021", "甲局"), zeros("2021", "乙局")
    one.period = ("2024.01.01", "2024年12月31日")
    whole = "统计期限自2024年1月1日起至2024年12月31日止。"
    assert whole in preface(city_of(one, other), rounded=False)
    one.period = other.period = ("2024-1-1", "2024-11-30")
    assert "至2024年11月30日止" in preface(city_of(one, other), rounded=False)
    other.period = ("2024-1-1", "2024-12-31")
    text = preface(city_of(one, other), rounded=False)
    assert (
        "【此处填写：统计期限：各单位报告的统计期限不一致（2024-1-1—2024-11-30；2024-1-1—2024-12-31）" in text
    )


def test_the_lines_of_the_signature() -> None:
    signed = draft_of(city_of(zeros("2021", "甲局"), desk=FULL)).frame.signed
    assert signed == ("某市人民政府办公室", "2025年3月7日")
    undated = draft_of(city_of(zeros("2021", "甲局"), desk=desk(office="某办"))).frame.signed
    assert undated == ("某办", "【此处填写公布日期】")
    assert draft_of(city_of(zeros("2021", "甲局"))).frame.signed == ()


def test_the_offices_own_words_win() -> None:
    own = Desk(
        FULL.settings, FULL.roster, texts={"引言": "本报告由我办编制。", "五": " ", "落款": "某办\n某日"}
    )
    city = city_of(zeros("2021", "甲局"), desk=own, texts={"一": "概况。", "引言": "旧的。"})
    draft = draft_of(city)
    texts = draft.report.texts or {}
    assert (texts["引言"], texts["一"], list(draft.frame.signed)) == (
        "本报告由我办编制。",
        "概况。",
        ["某办", "某日"],
    )
    assert texts["五"] == gap("存在的主要问题、上年问题的改进情况和下一步措施")
    assert set(texts) == {"引言", "一", "五", "六"}
    assert city.report.texts == {"一": "概况。", "引言": "旧的。"}, "the sum itself is left alone"
