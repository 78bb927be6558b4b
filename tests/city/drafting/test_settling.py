"""What must be settled before publishing: at the top in short, at its table in full, until it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.city.approving.settled import Settled
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.drafting.draft import draft_of, drafted, unfinished
from gouji.city.drafting.settling import beside_tables, hints, remarks
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sum.adjust import Adjustment
from gouji.city.views.states import todo_of
from gouji.document.contents import Frame
from gouji.rules import Finding
from support.documents import opened
from support.drafts import audited, city_of, zeros
from support.odd_folder import old_table
from support.years import roster_of, stored, sum_up, unit


def marked(city: Consolidation) -> list[str]:
    """Every highlighted paragraph of the Word report, as it stands in it."""
    draft = draft_of(city)
    frame: Frame = draft.frame
    document = opened(
        draft.report, title=frame.title, hints=frame.hints, beside=frame.beside, signed=frame.signed
    )
    return [p.text for p in document.paragraphs if any(r.font.highlight_color for r in p.runs)]


def test_a_clean_city_has_no_hints() -> None:
    city = city_of(zeros("2021", "甲局"))
    assert not hints(city) and not beside_tables(city)


def test_units_left_out_are_named_with_their_reason() -> None:
    report = zeros("2021", "甲局")
    roster = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    city = consolidate([Submission("甲局.json", report)], roster, name="某市", year=2024)
    first, hint = hints(city)
    assert first == "还有 1 项没有处理（见汇总表的“首页”），处理后请重新汇总，再公布"
    assert hint == "以下单位未计入汇总，公布前请处理：乙局（未报）"
    assert f"【{hint}】" in marked(city)


def test_an_error_of_a_unit_that_is_counted_stands_at_the_top_and_at_its_table() -> None:
    wrong = zeros("2021", "甲局", t3_new_natural=30, t3_granted_natural=30)
    wrong.set("t3.granted.total", 25)
    city = audited(wrong, zeros("2021", "乙局"), include_invalid=True)
    first, *top = hints(city)
    assert first.startswith(f"还有 {len(todo_of(city).items)} 项没有处理")
    assert top[0] == "以下单位的年报有错误，仍计入汇总，公布前请退回改正：甲局（1 项错误）"
    assert top[1].startswith("汇总数有 1 处错误，公布前请处理（见各处的提示）：三「（一）予以公开」「总计」")
    at = beside_tables(city)
    assert set(at) == {"三"}
    assert any(said.startswith("甲局的年报有错误，仍计入：") for said in at["三"])
    assert any(said.startswith("公布前请处理：") and "30" in said and "25" in said for said in at["三"])
    shown = marked(city)
    assert all(any(said in text for text in shown) for said in (first, *top, *at["三"]))


def _adjusted(state: str = "", numbers: tuple[str, ...] = ()) -> Consolidation:
    report = zeros("2021", "甲局", t2_documents_made=3, t2_documents_in_force=9)
    line = Adjustment(2, "甲局", "二", "行政规范性文件", "本年制发件数", "3", "", "2", "联合制发，由乙局计")
    roster = roster_of(report)
    desk = Desk(
        Settings("某市", 2024),
        roster,
        words=(
            OfficeWord("某市", f"city-adjusted:{_place(line)}", "已与两局核对台账", state, numbers=numbers),
        ),
    )
    sent = [Submission("甲局.json", report)]
    return consolidate(sent, roster, name="某市", year=2024, adjustments=[line], desk=desk)


def _place(line: Adjustment) -> str:
    return f"{line.unit}/{line.table}/{line.row}/{line.column}/{line.line}"


@pytest.mark.parametrize("state", ["", "已核实"])
def test_an_adjustment_that_was_applied_is_no_mark(state: str) -> None:
    """It has its reason: the office is told beside the report, and 首页 says the same."""
    city = _adjusted(state)
    assert todo_of(city).ready and not hints(city) and not beside_tables(city)
    assert "【按" not in "".join(marked(city))
    assert remarks(city) == ("按调整表作了 1 项调整，汇总表有 1 格因此与各单位之和不同，见“调整”表。",)


def test_an_adjustment_that_was_returned_is_marked() -> None:
    city = _adjusted("退回")
    first, top = hints(city)
    assert not todo_of(city).ready and first.startswith("还有 1 项没有处理")
    assert top.startswith("调整表有 1 处调整已退回") and "二「行政规范性文件」「本年制发件数」" in top
    assert "联合制发，由乙局计" in beside_tables(city)["二"][0]


def test_a_unit_that_lawfully_does_not_report_is_no_mark(tmp_path: Path) -> None:
    """Nor that last year is not spoken of for it; nobody is told to declare a 撤并 that was none."""
    report = zeros("2021", "甲局", t3_new_natural=30, t3_granted_natural=30)
    roster = Roster((RosterUnit("甲局", line=2), RosterUnit("乙局", line=3)))
    words = (OfficeWord("乙局", "unit-missing:乙局", "由甲局统一公开", "已核实"),)
    last = sum_up([unit("甲局", 2023, new=20), unit("乙局", 2023, new=5)])
    desk = Desk(Settings("某市", 2024), roster, words=words)
    sent = [Submission("甲局.json", report)]
    city = consolidate(sent, roster, name="某市", year=2024, desk=desk)
    assert todo_of(city).ready and not hints(city) and not remarks(city)
    prior = stored(tmp_path, last)
    compared = consolidate(sent, roster, name="某市", year=2024, desk=desk, last_year=prior)
    (said,) = [line for line in remarks(compared) if "同比" in line]
    assert said == "乙局本年不报送，本年与上年汇总的单位不同，文中没有写同比增减。"
    assert "乙局" not in "".join(hints(compared)) and "比上年" not in (drafted(compared).texts or {})["一"]


def test_what_waits_for_an_explanation_is_told_in_one_line_as_on_the_first_sheet() -> None:
    report = zeros("2021", "甲局", t3_new_natural=30, t3_granted_natural=30)
    prior = replace(zeros("2021", "某市", t3_new_natural=3, t3_granted_natural=3), year=2023)
    city = city_of(report, desk=Desk(Settings("某市", 2024), roster_of(report)))
    waits = Settled("某市", "", Finding("outlier-year", "t3.new.total", "warning", "多", "问"), city=True)
    city = replace(city, prior=prior, approval=replace(city.approval, settled=(waits,)))
    assert [item.state for item in todo_of(city).items] == ["city"]
    (hint,) = hints(city)
    assert hint.startswith("还有 1 项没有处理") and f"【{hint}】" in marked(city)


def test_what_the_office_still_has_to_write_is_counted_as_in_the_document() -> None:
    city = city_of(zeros("2021", "甲局"))
    left = unfinished(city)
    assert left.typed == () and any(f"还要填写 {left.gaps} 处" in text for text in marked(city))
    wrong = unfinished(city_of(zeros("2021", "甲局"), texts={"一": "2024年，新收政府信息公开申请55件。"}))
    assert wrong.typed == ("一",) and wrong.gaps < left.gaps


def test_a_unit_that_counts_in_part_is_named_until_the_office_settled_it() -> None:
    old = replace(old_table("甲局", 2), texts=None)
    open_, part = hints(city_of(zeros("2021", "乙局"), old))
    assert open_.startswith("还有 1 项") and part.startswith("以下单位只计入了一部分，公布前请处理：甲局（")
    reports = zeros("2021", "乙局"), old
    words = (OfficeWord("甲局", "unit-partial:甲局", "已撤销，不能补报", "已核实"),)
    assert not hints(city_of(*reports, desk=Desk(Settings("某市", 2024), roster_of(*reports), words=words)))


def test_many_errors_are_bounded() -> None:
    wrong = zeros("2021", "甲局", t3_new_natural=30, t3_granted_natural=30)
    for cell in wrong.form.cells:
        if cell.table == "table3" and cell.is_total:
            wrong.set(cell.id, 7)
    for said in beside_tables(audited(wrong, include_invalid=True)).values():
        assert len(said) <= 7


def test_a_city_with_units_missing_is_not_compared_with_last_year() -> None:
    report = zeros("2021", "甲局", t3_new_natural=30, t3_granted_natural=30)
    city = consolidate(
        [Submission("甲局.json", report)],
        Roster((RosterUnit("甲局"), RosterUnit("乙局"))),
        name="某市",
        year=2024,
    )
    prior = replace(zeros("2021", "某市", t3_new_natural=50, t3_granted_natural=50), year=2023)
    draft = draft_of(replace(city, prior=prior))
    assert "比上年" not in (draft.report.texts or {})["一"]
    assert draft.frame.hints[-1].startswith("有单位未计入汇总，本年与上年不是同样的单位")
    whole = draft_of(replace(city_of(report), prior=prior))
    assert "比上年减少20件、下降40.0%" in (whole.report.texts or {})["一"] and not whole.frame.hints
    other = draft_of(replace(city_of(report), prior=replace(prior, year=2022)))
    assert "比上年" not in (other.report.texts or {})["一"] and not other.frame.hints


def test_of_many_units_the_first_are_named() -> None:
    roster = Roster(tuple(RosterUnit(f"第{i}局", line=i) for i in range(1, 31)))
    _, hint = hints(consolidate([], roster, name="某市", year=2024))
    assert "第12局（未报）等 30 个，见“报送情况”" in hint and "第13局" not in hint


def test_files_of_nobody_and_lines_that_were_refused_are_told_at_the_top() -> None:
    report = zeros("2021", "甲局")
    sent = [Submission("甲局.json", report), Submission("丁局.json", zeros("2021", "丁局"))]
    line = Adjustment(2, "甲局", "二", "行政规范性文件", "本年制发件数", "0", "", "1")
    city = consolidate(sent, roster_of(report), name="某市", year=2024, adjustments=[line])
    _, refused, stranger = hints(city)
    assert refused == "调整表第 2 行没有写原因，没有采用"
    assert stranger.startswith(
        "以下文件不属于名单上的单位，未计入汇总，公布前请处理：丁局.json（不在应报单位名单中"
    )


def test_a_city_of_which_nothing_came_is_drafted_all_the_same() -> None:
    city = consolidate([], Roster((RosterUnit("甲局"),)), name="某市", year=2024)
    texts = draft_of(city).report.texts or {}
    assert "统计数据由" not in texts["引言"]
    paragraphs = texts["一"].splitlines()
    assert all(line.startswith(("【", "（")) and line.count("【") <= 1 for line in paragraphs)
    assert texts["一"].count("表中还没有数字，汇总后生成】") == 5, "one gap a paragraph"
    assert [text for text in marked(city) if "甲局（未报）" in text]
