"""What the office types itself stays as it is, and is said with both numbers where it differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.drafting import report_html
from gouji.city.drafting.draft import Draft, draft_of
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sum.last_year import LastYear
from gouji.report import Report
from support.drafts import zeros
from support.years import roster_of

#: Numbers are only read where the text is about what they count.
ABOUT = "政府信息公开申请办理情况如下。"


def units() -> list[Report]:
    one = zeros(
        "2021",
        "甲局",
        t3_new_natural=30,
        t3_new_business=5,
        t3_granted_natural=20,
        t3_granted_business=5,
        t3_not_held_natural=10,
        t4_review_upheld=2,
        t2_licences_decisions=40,
        t2_fees_amount=12_500_000,
        t2_documents_made=3,
        t2_documents_in_force=9,
    )
    one.texts = {"六": "收取信息公开处理费300元。"}
    other = zeros("2021", "乙局", t3_new_natural=10, t3_granted_natural=8, t3_carried_out_natural=2)
    other.texts = {"六": "未收取信息公开处理费。"}
    return [one, other]


def typed(section: str, text: str, words: tuple[OfficeWord, ...] = ()) -> Consolidation:
    prior = replace(zeros("2021", "某市", t3_new_natural=40, t3_granted_natural=40), year=2023)
    sent = [Submission(f"{report.unit}.json", report) for report in units()]
    roster = roster_of(*units())
    desk = Desk(Settings("某市", 2024), roster, texts={section: text}, words=words)
    last = LastYear("上年.json", prior)
    return consolidate(sent, roster, name="某市", year=2024, texts={section: text}, last_year=last, desk=desk)


def told(draft: Draft, section: str) -> str:
    return "".join(draft.frame.beside.get(section, ()))


@pytest.mark.parametrize(
    ("section", "text", "numbers"),
    [
        ("一", "2024年，新收政府信息公开申请55件。", ("45", "55")),
        ("一", "全年共受理依申请公开五十五件，全部办结。", ("45", "55")),
        ("一", "本年收到申请45件，比上年增长50%。", ("12.50%", "50%")),
        ("一", "2024年新收申请45件，同比下降12.5%。", ("增长 12.50%", "下降12.5%")),
        ("一", "予以公开35件，部分公开1件。", ("33", "35")),
        ("一", "全年未收到政府信息公开申请。", ("45", "0")),
        ("一", "没有发生行政复议和行政诉讼。", ("2", "0")),
        ("一", "全市作出行政许可决定400件。", ("40", "400")),
        ("一", "收取行政事业性收费1350万元。", ("12.5", "1350")),
        ("一", "制发行政规范性文件4件，现行有效9件。", ("3", "4")),
        ("一", "２０２４年，新收申请４６件。", ("45", "46")),
        ("一", "自然人申请50件，占88.9%。", ("40", "50")),
        ("一", "结转下年度继续办理3件。", ("2", "3")),
        ("一", "（二）依申请公开\n【统计】\n新收政府信息公开申请46件。", ("45", "46")),
        ("一", "新收申请45件，上年结转1件，共46件。", ("0", "1")),
        ("一", "2023年新收政府信息公开申请45件。", ("40", "45")),
        ("一", "全部按时办结，办结率100%。", ("2", "0")),
        ("一", "办结政府信息公开申请45件。", ("43", "45")),
        ("一", "商业企业申请6件，科研机构申请1件。", ("5", "6")),
        ("引言", "2024年新收政府信息公开申请46件。", ("45", "46")),
        ("五", "2023年新收申请45件，积压较多。", ("40", "45")),
        ("六", "全市各单位均未收取信息公开处理费。", ("0元", "300元")),
        ("六", "共收取信息公开处理费500元。", ("500元", "300元")),
    ],
)
def test_both_numbers_are_said_and_the_text_stays(section: str, text: str, numbers: tuple[str, str]) -> None:
    own = (ABOUT if section in ("一", "五") else "") + text
    city = typed(section, own)
    draft = draft_of(city)
    said = told(draft, section)
    assert all(number in said for number in numbers), said
    assert draft.frame.hints[-1] == (
        f"本级写的文字有与表或各单位所报不一致的数字，公布前请核对（见各处的提示）：{section}"
    )
    drafted = (draft.report.texts or {})[section]
    assert all(line in drafted for line in own.splitlines() if line != "【统计】")
    assert f"<mark>【{said.split('。】')[0][:12]}" in report_html(city).decode()


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("一", "2024年，新收政府信息公开申请45件，办结43件，结转下年度2件。"),
        ("一", "2024年收到政府信息公开申请约50件。"),
        ("一", "新收政府信息公开申请 4 5 件。"),
        ("一", "全年主动公开信息7076条，政策解读63篇。"),
        ("六", "全市共收取信息公开处理费300元。"),
        ("六", "建议提案办理结果均已公开。"),
    ],
)
def test_what_does_not_differ_is_left_alone(section: str, text: str) -> None:
    draft = draft_of(typed(section, text))
    assert not draft.frame.beside and not draft.typed
    assert (draft.report.texts or {})[section] == text


def test_what_the_office_confirmed_is_settled() -> None:
    text = "2024年，新收政府信息公开申请55件。"
    word = OfficeWord("某市", "prose-number:new", "含往年转来的十件，已与台账核对", "已核实")
    city = typed("一", text, (word,))
    assert any(f.id == "prose-number:new" for f in city.findings)
    assert not draft_of(city).frame.beside
    assert draft_of(typed("一", text)).frame.beside


def test_a_fee_that_may_be_of_units_not_yet_known() -> None:
    roster = Roster((*roster_of(*units()).units, RosterUnit("丙局", line=9)))
    sent = [Submission(f"{report.unit}.json", report) for report in units()]

    def said(text: str) -> str:
        return told(draft_of(consolidate(sent, roster, name="某市", year=2024, texts={"六": text})), "六")

    assert not said("共收取信息公开处理费500元。"), "200元 may be of 丙局"
    assert "300元" in said("共收取信息公开处理费200元。")
