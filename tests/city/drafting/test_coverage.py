"""What only the counted units say is never said of the whole city."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, Merger, OfficeWord, Settings
from gouji.city.drafting.draft import draft_of
from gouji.city.drafting.settling import remarks
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.form import editions, load_form
from gouji.report import Report
from support.drafts import YEARS, city_of, sparse, zeros
from support.odd_folder import old_table
from support.random_reports import balanced
from support.years import stored, sum_up, unit

#: How a sentence begins that speaks of what the one before it counted.
WITHIN = (
    "新收的申请中|申请人均?为|法人或其他组织的申请中|上述行政诉讼|"
    "(?:不予公开|无法提供|不予处理|其他处理)的(?:公开)?申请\\d+件"
)
MISSING = RosterUnit("未报局", line=99)
FEES = ("未收取信息公开处理费。", "收取信息公开处理费300元。", "无。", "")


def without_one(*reports: Report, **more: object) -> Consolidation:
    """A city of these units and of one that has sent nothing."""
    roster = Roster((*(RosterUnit(r.unit, line=i) for i, r in enumerate(reports, 2)), MISSING))
    sent = [Submission(f"{report.unit}.json", report) for report in reports]
    return consolidate(sent, roster, name="某市", year=reports[0].year, form=reports[0].form, **more)  # type: ignore[arg-type]


def paragraphs(city: Consolidation, section: str) -> list[str]:
    """What is said, without heads and gaps."""
    text = re.sub(r"【[^】]*】", "", (draft_of(city).report.texts or {})[section])
    return [line for line in text.splitlines() if line and not re.match("（[一二三四五]）", line)]


def sentences(city: Consolidation, section: str) -> list[str]:
    return [said for line in paragraphs(city, section) for said in line.split("。") if said]


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_with_a_unit_left_out_no_sentence_is_of_the_whole_city(seed: int) -> None:
    chance = Random(seed)
    form = load_form(chance.choice(list(editions())))
    reports = []
    for name in ("甲局", "乙局", "丙局")[: chance.choice([1, 2, 3])]:
        values = sparse(form, chance) if chance.random() < 0.7 else balanced(form, chance)
        texts = {"六": chance.choice(FEES)}
        reports.append(Report(form, name, YEARS[form.edition], values=dict(values), texts=texts))
    city = without_one(*reports)
    count = len(reports)
    for line in paragraphs(city, "一"):
        first, *others = line.split("。")
        assert first.startswith(f"已计入的{count}个单位（应报{count + 1}个）中，")
        for said in filter(None, others):
            assert said.startswith(f"上述{count}个单位中，") or re.match(WITHIN, said), said
    assert all(re.search(r"\d个单位写明", said) for said in sentences(city, "六"))
    assert f"由应报{count + 1}个单位中{count}个单位的年度报告" in (draft_of(city).report.texts or {})["引言"]
    assert "未报局" in (draft_of(city).report.texts or {})["六"]
    whole = city_of(*reports)
    assert "个单位中，" not in (draft_of(whole).report.texts or {})["一"]


def test_the_limit_is_said_in_full_first() -> None:
    one, two, *_ = sentences(without_one(zeros("2021", "甲局")), "一")
    assert one == "已计入的1个单位（应报2个）中，2024年，未作出行政许可、行政处罚、行政强制决定"
    assert two == "上述1个单位中，未收取行政事业性收费"


def test_the_offices_own_text_is_limited_where_it_asks_for_the_figures() -> None:
    city = without_one(zeros("2021", "甲局"), texts={"一": "全市平稳。\n【统计】"})
    assert all("1个单位" in said for said in sentences(city, "一")[1:])


def test_a_unit_that_lawfully_does_not_report_limits_nothing() -> None:
    words = (OfficeWord("未报局", "unit-missing:未报局", "机构已于上年撤销，职责并入甲局", "已核实"),)
    report = zeros("2021", "甲局")
    report.texts = {"六": "未收取信息公开处理费。"}
    roster = Roster((RosterUnit("甲局", line=2), MISSING))
    desk = Desk(Settings("某市", 2024), roster, words=words)
    city = without_one(report, desk=desk)
    assert "个单位" not in "".join(sentences(city, "一"))
    assert sentences(city, "六") == ["2024年，各单位均未收取信息公开处理费"]


def test_fees_of_a_city_that_is_not_whole() -> None:
    report = zeros("2021", "甲局")
    report.texts = {"六": "未收取信息公开处理费。"}
    told = (draft_of(without_one(report)).report.texts or {})["六"].splitlines()[0]
    assert told.startswith("2024年，1个单位写明未收取信息公开处理费。")
    assert "【此处填写：信息公开处理费：1个单位未计入汇总（未报局），请核对后补写】" in told


# ---------------------------------------------------------------- in part


def test_what_a_unit_left_blank_is_no_zero_of_the_city() -> None:
    report = zeros("2021", "甲局")
    report.set("t2.coercion.decisions", None)
    city = city_of(report, zeros("2021", "乙局"))
    assert city.report.number("t2.coercion.decisions") == 0
    text = (draft_of(city).report.texts or {})["一"]
    assert "未作出" not in text
    assert "【此处填写：行政许可、行政处罚、行政强制的决定数量：甲局没有填写，请补报后重新汇总" in text
    declared = replace(report, blank_is_zero=True)
    assert "未作出" in (draft_of(city_of(declared, zeros("2021", "乙局"))).report.texts or {})["一"]


def test_a_table_that_is_not_counted_limits_what_is_said_of_it() -> None:
    """One unit has table 三 in the old edition: the rest of it counts, and that table of 1 of 2 units."""
    old = old_table("甲局", 2).with_values({"t2.licences.decisions": 4})
    old.texts = None
    city = city_of(zeros("2021", "乙局", t3_new_natural=4, t3_granted_natural=4), old)
    row = city.units[1]
    assert row.taken and row.taken.partial and not row.taken.partial.whole
    said = sentences(city, "一")
    assert said[0] == "2024年，共作出行政许可决定4件"
    assert next(s for s in said if "新收" in s).startswith(
        "已计入的1个单位（应报2个）中，2024年，新收政府信息公开申请4件"
    )
    assert (
        "由应报2个单位中2个单位的年度报告逐项汇总得出，其中1个单位只计入部分表格。"
        in ((draft_of(city).report.texts or {})["引言"])
    )


# ---------------------------------------------------------------- last year


def text_and_remarks(city: Consolidation) -> tuple[str, str]:
    """The text, and what the office is told beside it."""
    return (draft_of(city).report.texts or {})["一"], "".join(remarks(city))


def test_last_year_is_only_compared_over_the_same_units(tmp_path: Path) -> None:
    one, two = unit("甲局", 2023, new=30), unit("乙局", 2023, new=20)
    now = [unit("甲局", 2024, new=33), unit("乙局", 2024, new=20)]
    same = sum_up(now, last_year=stored(tmp_path, sum_up([one, two])))
    assert "，比上年增加3件、增长6.0%" in text_and_remarks(same)[0]
    fewer = sum_up(now, last_year=stored(tmp_path, sum_up([one])))
    text, hint = text_and_remarks(fewer)
    assert "比上年" not in text and "本年与上年汇总的单位不同（乙局）" in hint
    more = sum_up(now[:1], last_year=stored(tmp_path, sum_up([one, two])))
    text, hint = text_and_remarks(more)
    assert "比上年" not in text and "本年与上年汇总的单位不同（乙局）" in hint


@pytest.mark.parametrize(
    ("before", "mergers"),
    [
        (("甲局",), (Merger("", "乙局", "新设", line=3),)),
        (("甲局", "乙局", "丙局"), (Merger("丙局", "甲局", "并入", line=3),)),
        (("甲局", "丙局"), (Merger("丙局", "乙局", "更名", line=3),)),
    ],
)
def test_what_the_office_declares_is_the_same_city(
    before: tuple[str, ...], mergers: tuple[Merger, ...], tmp_path: Path
) -> None:
    last = stored(tmp_path, sum_up([unit(name, 2023, new=20) for name in before]))
    now = [unit(name, 2024, new=35) for name in ("甲局", "乙局")]
    roster = Roster(tuple(RosterUnit(r.unit, line=i) for i, r in enumerate(now, 2)))
    assert "比上年" not in text_and_remarks(sum_up(now, roster, last))[0]
    desk = Desk(Settings("某市", 2024), roster, mergers=mergers)
    city = sum_up(now, roster, last, desk=desk)
    text, hint = text_and_remarks(city)
    assert "比上年" in text and "单位不同" not in hint
    # Who came by 撤并 is in the growth, and the report and the office are told of it.
    said = "本年新设乙局，同比增减是两年全部单位的数相比。"
    told = said in hint, said in (draft_of(city).report.texts or {})["引言"]
    assert told == ((True,) * 2 if mergers[0].way == "新设" else (False,) * 2)


def test_a_table_that_one_of_the_years_has_not_whole_is_not_compared(tmp_path: Path) -> None:
    one = unit("甲局", 2023, new=30)
    half = unit("乙局", 2023, new=20)
    half.values = {key: value for key, value in half.values.items() if not key.startswith("t3.")}
    last = stored(tmp_path, sum_up([one, half], include_invalid=True))
    text, hint = text_and_remarks(sum_up([unit("甲局", 2024, new=33), unit("乙局", 2024)], last_year=last))
    assert "新收政府信息公开申请33件，没有" in text
    assert "三有单位本年或上年没有计入，文中没有写与其有关的同比增减。" in hint
