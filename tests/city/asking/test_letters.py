"""催报通知 and 通报 as Word files: what they say, what is to be filled in, and that the numbers agree."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from gouji.city.asking.circular import circular
from gouji.city.asking.figures import share, standing
from gouji.city.asking.notice import notice
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk
from gouji.city.intake.kinds import word_of
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.views.states import state_label, todo_of
from support.asked import SETTINGS, city_of, desk, right, wrong
from support.second_opinion import audited
from support.years import sum_up


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return city_of(tmp_path_factory.mktemp("报送"))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(content).paragraphs]


def table(content: bytes) -> list[list[str]]:
    (found,) = opened(content).tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def marked(content: bytes) -> list[str]:
    """What is highlighted: what a person has to fill in or to check."""
    runs = (run for paragraph in opened(content).paragraphs for run in paragraph.runs)
    return [run.text for run in runs if run.font.highlight_color]


def test_the_notice(city: Consolidation) -> None:
    content = notice(city)
    said = texts(content)
    assert said[0] == "某市人民政府办公室关于报送2024年\n政府信息公开工作年度报告的催报通知"
    assert said[1] == "各有关单位："
    assert (
        "应于2025年1月10日前报送。截至2025年1月15日，应报单位 10 个，已报 8 个；还有 9 个单位需要办理。"
        in said[2]
    )
    heads = [text for text in said if text[1:2] == "、"]
    assert heads == [
        "一、未报的单位（2 个）",
        "二、已报有误的单位（4 个）",
        "三、退回的单位（1 个）",
        "四、已报待说明的单位（2 个）",
        "五、需要办理的单位",
        "六、时限和联系方式",
    ]
    assert said[-2:] == ["某市人民政府办公室", "2025年1月15日"]
    listed = table(content)
    assert listed[0] == ["序号", "单位", "情况", "要做什么"]
    assert [row[0] for row in listed[1:]] == [str(n) for n in range(1, 10)]
    assert [row[1] for row in listed[1:3]] == ["戊镇", "壬公司"], "who sent nothing comes first"


def test_a_deadline_that_has_passed_is_set_anew_by_a_person(city: Consolidation, tmp_path: Path) -> None:
    assert marked(notice(city)) == ["【此处填写办理期限，或在“设置”填写补报期限】"]
    before = replace(SETTINGS, today=datetime.date(2025, 1, 10))
    early = sum_up([wrong("乙局")], Roster((RosterUnit("乙局"),)), desk=Desk(before, Roster(())))
    assert marked(notice(early)) == []
    assert "请上述单位于2025年1月10日前办理完毕。" in texts(notice(early))


def test_what_the_office_has_not_said_is_marked() -> None:
    units = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    content = notice(sum_up([right("乙局")], units))
    assert marked(content) == [
        "【此处填写办理期限，或在“设置”填写补报期限】",
        "【此处填写联系人和电话】",
        "【此处填写发文机关】",
        "【此处填写日期】",
    ]
    said = texts(content)
    assert said[0].startswith("关于报送2024年\n") and "截至" not in "".join(said)
    assert marked(circular(sum_up([right("乙局")], units))) == [
        "【此处填写联系人和电话】",
        "【此处填写发文机关】",
        "【此处填写日期】",
    ]


def test_several_deadlines_stand_in_the_list() -> None:
    units = Roster((RosterUnit("甲局", deadline="2025-02-01"), RosterUnit("乙局")))
    settings = replace(SETTINGS, today=datetime.date(2025, 1, 9))
    content = notice(
        sum_up([right("丙局")], Roster((*units.units, RosterUnit("丙局"))), desk=Desk(settings, units))
    )
    assert [row[4] for row in table(content)] == ["期限", "2025年2月1日", "2025年1月10日"]
    assert "请上述单位在各自的期限前办理完毕，期限见上表。" in texts(content)


def test_nobody_to_remind() -> None:
    city = sum_up([right("甲局")], Roster((RosterUnit("甲局"),)))
    content = notice(city)
    assert opened(content).tables == []
    assert any("没有需要办理的事项" in text for text in texts(content))
    assert "各单位均已报送齐全。" in texts(circular(city))


def test_the_circular(city: Consolidation) -> None:
    content = circular(city)
    said = texts(content)
    assert said[0] == "某市人民政府办公室关于2024年\n政府信息公开工作年度报告报送情况的通报"
    assert "应报单位 10 个，已报 8 个，占 80.0%；报送齐全的 1 个，占 10.0%。" in said[2]
    assert table(content) == [
        ["名次", "类别", "应报", "已报", "已报率", "按期", "有误", "退回", "待说明", "齐", "齐全率"],
        ["1", "政府部门", "4", "4", "100.0%", "3", "1", "1", "1", "1", "25.0%"],
        ["2", "乡镇街道", "4", "3", "75.0%", "0", "3", "0", "0", "0", "0.0%"],
        ["3", "企事业单位", "2", "1", "50.0%", "0", "0", "0", "1", "0", "0.0%"],
        ["", "合计", "10", "8", "80.0%", "3", "4", "1", "2", "1", "10.0%"],
    ]
    assert "（一）未报（1 个）：戊镇（逾期 5 天）。" in said
    assert said[-2:] == ["某市人民政府办公室", "2025年1月15日"]


def test_nobody_is_said_to_be_late_before_somebody_has_looked(city: Consolidation) -> None:
    """A file's time is no proof. 丁局 saved its file an hour after the day of the deadline had ended."""
    found = marked(circular(city))
    assert found[0].startswith("【是否按期，按各单位最早一份文件的保存时间计")
    assert found[1] == "丁局、己镇、辛街道、癸中心"


def test_nothing_is_said_of_lateness_where_it_is_not_known(city: Consolidation) -> None:
    for changed in (
        replace(city, desk=replace(desk(deadline=None))),
        sum_up([right("乙局")], city.roster, desk=desk(), run=city.run),
    ):
        content = circular(changed)
        assert "按期" not in table(content)[0] and marked(content) == []
        assert not [text for text in texts(content) if "按期" in text or "期限以后" in text]


def test_situations_add_up_to_the_counts_of_the_front_page(city: Consolidation) -> None:
    (said,) = [text for text in texts(circular(city)) if text.startswith("应报单位中，")]
    counts = todo_of(city).counts
    for state in ("missing", "wrong", "returned", "unexplained"):
        assert f"{state_label(state)} {counts[state]} 个" in said


def test_a_file_that_was_saved_after_the_day_of_the_letter_tells_nothing(city: Consolidation) -> None:
    early = replace(city, desk=desk(today=datetime.date(2024, 12, 1)))
    assert standing(early).later == () and standing(city).later


def test_units_without_a_kind_are_one_group() -> None:
    units = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    content = circular(sum_up([right("乙局")], units))
    assert table(content) == [
        ["类别", "应报", "已报", "已报率", "有误", "退回", "待说明", "齐", "齐全率"],
        ["（未分类别）", "2", "1", "50.0%", "0", "0", "0", "1", "50.0%"],
    ]
    assert not [text for text in texts(content) if "名次" in text]


def test_equal_shares_have_equal_ranks() -> None:
    """1 of 2 and 2 of 4 are as good; 1 of 3 comes third."""
    kinds = {"一": 2, "二": 4, "三": 3}
    done = {"一": 1, "二": 2, "三": 1}
    units = [RosterUnit(f"{kind}{n}局", "", kind) for kind, count in kinds.items() for n in range(count)]
    sent = [right(f"{kind}{n}局") for kind, count in done.items() for n in range(count)]
    city = sum_up(sent, Roster(tuple(units)))
    assert [(rank, one.kind, one.done) for rank, one in standing(city).ranked()] == [
        (1, "一", 1),
        (1, "二", 2),
        (3, "三", 1),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, ""),
        (0, 3, "0.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),
        (1, 2001, "0.0%"),
        (3, 3, "100.0%"),
    ],
)
def test_shares(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


@pytest.mark.parametrize("make", [notice, circular])
def test_letters_are_valid_reproducible_and_known(make: Any, city: Consolidation, tmp_path: Path) -> None:
    content = make(city)
    assert content == make(city)
    assert word_of(content).endswith("2024 某市")
    path = tmp_path / "信.docx"
    path.write_bytes(content)
    assert audited(path) == []


@pytest.mark.parametrize("make", [notice, circular])
def test_hostile_names_stay_text(make: Any) -> None:
    """Control characters that XML can not hold stand as their codes, markup and braces are text."""
    names = ["甲\x07局<w:p/>", "{year}局", "=1+1", "【乙】局"]
    units = Roster((*(RosterUnit(name, "", name) for name in names), RosterUnit("丙局")))
    content = make(
        sum_up([right("丙局")], units, desk=Desk(replace(SETTINGS, office="<b>{title}", contact="&"), units))
    )
    document = opened(content)
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    for shown in ("甲<U+0007>局<w:p/>", "{year}局", "=1+1", "【乙】局"):
        assert shown in cells
    assert document.paragraphs[-2].text == "<b>{title}"


def test_a_list_does_not_begin_at_the_foot_of_a_page(city: Consolidation) -> None:
    """Heads and the first rows stay with one another, and so do the last ones; the heading with both."""
    content = opened(notice(city))
    (found,) = content.tables
    kept = [
        all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in found.rows
    ]
    assert kept == [True, True, True, True, *[False] * 3, True, True, False]
    heading = next(p for p in content.paragraphs if p.text.endswith("需要办理的单位"))
    assert heading.paragraph_format.keep_with_next
