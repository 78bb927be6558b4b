"""What is shown of a city adds up to the city, and says what is left to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.drafting import Unfinished
from gouji.city.pages import page
from gouji.city.views import analysis
from gouji.city.views.home import Figure, facts, figures, home_of, verdict
from gouji.city.views.links import Links, with_files
from gouji.city.views.long import Long
from gouji.city.views.outliers import outliers
from gouji.city.views.said import said_of
from gouji.city.views.sources import blocks
from gouji.city.views.states import Item, Todo, todo_of
from gouji.form import load_form
from gouji.report import Explanation, Report
from gouji.rules import catalogue
from support.looked_at import ADJUSTED, LATE, WRONG, at_another_place, city_of, reports, submission
from support.years import roster_of, sum_up, unit

FORM = load_form("2021")
CELLS = [cell.id for cell in FORM.cells]


# ---------------------------------------------------------------- 来源


@st.composite
def any_reports(draw: st.DrawFn) -> list[Report]:
    """A few units with anything in a few cells; nothing has to be consistent."""
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5, unique=True))
    value = st.one_of(st.none(), st.just("/"), st.integers(-5, 10**10))
    rows = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(cells, value)), min_size=1, max_size=7))
    found = []
    for i, row in enumerate(rows):
        legal = {c: v for c, v in row.items() if FORM.by_id[c].kind.legal(v)}
        found.append(Report(FORM, f"第{i}局", 2024, f"{i:03d}", values=legal))
    return found


@given(any_reports(), st.integers(1, 8))
@settings(deadline=None)
def test_the_lines_of_a_block_add_up_to_the_citys_cell(units: list[Report], largest: int) -> None:
    """Whatever the units hold and however few have lines; the largest first, nothing that is 0."""
    city = sum_up(units, include_invalid=True)
    found = {block.cell.id: block for block in blocks(Long(city), largest)}
    for cell in CELLS:
        block = found.get(cell)
        trace = [c.value for c in city.trace(cell) if isinstance(c.value, int) and c.value]
        if block is None:
            assert not trace
            continue
        shown = [part.value for part in block.parts]
        assert sum(shown) + block.rest == block.total == city.report.number(cell)
        assert (len(shown), block.others) == (min(largest, len(trace)), max(0, len(trace) - largest))
        assert [abs(n) for n in shown] == sorted(map(abs, trace), reverse=True)[:largest]
        assert 0 not in shown and block.lines == len(shown) + bool(block.others)


def test_a_block_holds_the_adjustment_and_last_year() -> None:
    city = city_of(adjusted=True)
    found = {block.cell.id: block for block in blocks(Long(city))}
    block = found["t2.licences.decisions"]
    assert (block.total, block.units, [one.change for one in block.adjusted]) == (3, 0, [3])
    assert block.adjusted[0].written is ADJUSTED
    new = found["t3.new.total"]
    assert [(p.unit, p.value, p.before) for p in new.parts] == [
        ("甲局", 4, 6),
        ("乙局", 3, 5),
        ("丙局", 2, 4),
        ("丁局", 1, 3),
    ]
    assert new.parts[0].sha256 == submission(city.parts[0][1]).sha256 and new.parts[0].file == "甲局.xlsx"
    assert [p.before for p in blocks_without_last_year()] == [None] * 4


def blocks_without_last_year() -> list[object]:
    return [p for b in blocks(Long(city_of(prior=False))) if b.cell.id == "t3.new.total" for p in b.parts]


def test_shares_are_told_only_of_parts_with_one_sign() -> None:
    form = load_form("2019")
    signed = next(cell.id for cell in form.cells if cell.kind.signed)
    both = [Report(form, n, 2020, values={signed: v}) for n, v in (("甲局", 5), ("乙局", -2))]
    (block,) = blocks(Long(sum_up(both, include_invalid=True)))
    assert (block.total, block.shares) == (3, False)
    assert [part.value for part in block.parts] == [5, -2]


# ---------------------------------------------------------------- 首页


def test_figures_against_last_year() -> None:
    """New 10 after 18; 4 carried in; 8 closed … each as the form has it."""
    found = {f.label: f for f in figures(city_of())}
    new = found["本年新收申请"]
    assert (new.value, new.before, new.against, new.jump) == (10, 18, "上年 18　↓44.4%", False)
    assert found["行政诉讼"].cells == ("t4.direct_suit.total", "t4.suit_after_review.total")
    assert found["行政复议"].against == "上年 0"
    assert {f.against for f in figures(city_of(prior=False))} == {"上年数未提供"}


def test_what_is_not_filled_is_not_0() -> None:
    blank = Report(FORM, "甲局", 2024, values={"t4.review.total": "/"})
    found = {f.label: f.value for f in figures(sum_up([blank], include_invalid=True))}
    assert (found["本年新收申请"], found["行政复议"], found["行政诉讼"]) == (None, 0, None)


@pytest.mark.parametrize(("now", "jumps"), [(99, False), (100, True), (6, True), (7, False)])
def test_a_jump_is_what_the_rule_on_jumps_calls_one(now: int, jumps: bool) -> None:
    """Five times the other and beyond chance: 20 → 100, 30 → 6, as ``outlier-year`` has it."""
    before = 20 if now > 20 else 30
    last, this = unit("甲局", 2023, new=before), unit("甲局", 2024, new=now)
    city = replace(sum_up([this]), prior=sum_up([last]).report)
    assert figures(city)[0].jump is jumps
    off = replace(city.rules["outlier-year"], off=True)
    quiet = replace(catalogue(), rules={**catalogue().rules, off.id: off})
    assert not figures(replace(city, rules=quiet))[0].jump


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [(3, 2, "↑50.0%"), (2, 3, "↓33.3%"), (7, 7, "持平"), (7, 0, ""), (7, None, ""), (None, 7, "")],
)
def test_the_change_in_words(value: int | None, before: int | None, said: str) -> None:
    assert Figure("", (), value, before).change == said


def test_the_verdict_names_what_is_left() -> None:
    city = city_of(late=True, wrong=True)
    said = home_of(city).verdict
    assert said.startswith("应报 6 个单位，已报 5 个（83.3%）。还不能出汇总报告：未报 1 个，已报有误 1 个")


def test_nothing_left_is_said_and_nobody_missing_is_never_rounded() -> None:
    assert verdict(Todo(3, 3, ())) == "应报 3 个单位，已报 3 个（100.0%）。可以出汇总报告。"
    assert "299 个（99.7%）" in verdict(Todo(300, 299, (Item("missing", LATE, ""),)))
    assert "9999 个（99.9%）" in verdict(Todo(10000, 9999, (Item("missing", LATE, ""),)))
    assert "已报 0 个。" in verdict(Todo(0, 0, ()))


def test_ready_numbers_are_no_finished_report() -> None:
    said = verdict(Todo(3, 3, ()), Unfinished(2, ("五",)))
    assert said.endswith("数字已经齐了，年度报告还有 2 处要填写，五中写的数与表不一致，写好后再汇总一次。")
    assert verdict(Todo(3, 3, ()), Unfinished(0, ())).endswith("可以出汇总报告。")


def test_a_unit_is_late_wrong_or_in_order() -> None:
    items = {item.who: item for item in todo_of(city_of(late=True, wrong=True)).items}
    late, wrong = items[LATE], items[WRONG]
    assert (late.state, late.file) == ("missing", "")
    assert late.roster and (late.roster.contact, late.roster.phone) == ("张三", "83660001")
    assert (wrong.state, wrong.place, wrong.file) == ("wrong", "三!J9", f"{WRONG}.xlsx")
    assert wrong.should == ("18", "8") and "18" in wrong.reason
    assert not {"甲局", "乙局"} & items.keys()


def test_who_lawfully_does_not_report_is_not_among_those_who_all_reported() -> None:
    sent, ended = unit("甲局", 2024), unit("乙局", 2024)
    roster = roster_of(sent, ended)
    word = OfficeWord("乙局", "", "机构撤销，本年不报送。", "已核实")
    city = sum_up([sent], roster, desk=Desk(Settings("某市", 2024), roster, words=(word,)))
    said = "应报的单位都已报送；经核实本年不报送的 1 个不在其中。"
    assert todo_of(city).nobody_missing == said and said in page(city).decode()
    assert todo_of(sum_up([sent, ended], roster)).nobody_missing == "应报的单位都已报送。"


def test_a_warning_waits_until_it_is_explained() -> None:
    """The stock of documents is smaller than what was made of them: a warning, then one with 审核说明."""
    odd = unit("甲局", 2024).with_values({"t2.documents.made": 5})

    def left(report: Report) -> list[tuple[str, str]]:
        city = sum_up([report], roster_of(report))
        return [(item.state, item.who) for item in todo_of(city).items if item.state != "city"]

    assert left(odd) == [("unexplained", "甲局")]
    (finding,) = (f for f in submission(odd).findings if f.level == "warning")
    text = "当年制发的文件年底前已全部废止，已与法制机构核对。"
    assert left(replace(odd, explanations={finding.id: Explanation(text, "")})) == []


def test_a_file_of_nobody_and_the_sum_itself_are_items() -> None:
    known, stranger = unit("甲局", 2024), unit("路人局", 2024)
    city = sum_up([known, stranger], roster_of(known))
    (item,) = todo_of(city).of("stranger")
    assert (item.who, item.file) == ("路人局", "路人局.json") and item.reason
    carried = city_of()  # 4 carried in, last year carried out 2
    of_city = todo_of(carried).of("city")
    assert of_city and {item.who for item in of_city} == {"某市"}
    assert not todo_of(carried).ready and "汇总本身有" in home_of(carried).verdict


def test_the_facts_of_a_run() -> None:
    said = dict(facts(city_of()))
    assert (said["汇总次数"], said["时间"], said["上年"]) == ("第 3 次", "2025-01-20 09:30", "上年_汇总.xlsx")
    assert said["规则"].startswith("标准规则")
    bare = dict(facts(sum_up(reports(1, 2024))))
    assert "汇总次数" not in bare and "时间" not in bare and bare["上年"] == "未提供"


# ---------------------------------------------------------------- 分析


@pytest.mark.parametrize("count", [0, 1, 15, 16, 40])
def test_every_chart_adds_up_to_the_city(count: int) -> None:
    """With as many units as have bars, one less and one more; an adjustment is no unit's."""
    city = city_of(count, prior=count > 0, late=True, adjusted=count > 0)
    long = Long(city)
    number = city.report.number
    assert analysis.applicants(long).total == number("t3.new.total")
    assert analysis.outcomes(long).total == number("t3.processed.total")
    largest, backlog = analysis.largest(long), analysis.backlog(long)
    assert largest.total == number("t3.new.total") and backlog.total == number("t3.carried_out.total")
    assert len(largest.bars) == min(count, analysis.LARGEST)
    assert (largest.rest is not None) == (count > analysis.LARGEST)


def test_results_of_two_editions_compare_by_their_kind() -> None:
    """（六）其他处理 is one row in 2019 and three in 2021."""
    old = unit("甲局", 2020).with_values({"t3.other.total": 7})
    new = unit("甲局", 2021).with_values({"t3.unpaid.total": 2, "t3.otherwise.total": 3})
    city = replace(sum_up([new], include_invalid=True), prior=sum_up([old], include_invalid=True).report)
    bars = {bar.label: (bar.value, bar.other) for bar in analysis.outcomes(Long(city)).bars}
    assert bars["其他处理"] == (5, 7)
    assert list(bars) == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


def test_outliers_are_those_of_the_rules_with_their_size() -> None:
    """One unit's 2 → 200 against its own last year; among six others of its kind one refuses everything."""
    last = [unit("甲局", 2023, "000", new=2), *reports(7, 2023)[1:]]
    big = unit("甲局", 2024, "000", new=200)
    others = [unit(f"第{i}局", 2024, f"{i:03d}", new=60) for i in range(1, 7)]
    odd = {"t3.granted.natural": 0, "t3.granted.total": 0, "t3.secret.natural": 60, "t3.secret.total": 60}
    others[0] = others[0].with_values(odd)
    from gouji.city.sum.last_year import LastYear

    known = LastYear("上年.xlsx", sum_up(last).report, tuple(last))
    found = outliers(Long(sum_up([big, *others], last_year=known)))
    year = next(o for o in found if o.unit == "甲局" and o.against == "year")
    assert (year.value, year.expected, year.z, year.told) == (200, 2, 139, True)
    peers = {(o.unit, o.line) for o in found if o.against == "peers"}
    assert ("第1局", "（三）不予公开/1.属于国家秘密") in peers
    assert [abs(o.z) for o in found] == sorted((abs(o.z) for o in found), reverse=True)
    assert all(o.told for o in found)


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("folder", "file", "target"),
    [
        ("../报送", "街道/甲局.xlsx", "../报送/街道/甲局.xlsx"),
        ("", "甲局.xlsx", "甲局.xlsx"),
        ("..", "a b#1%.xlsx", "../a%20b%231%25.xlsx"),
        ("", "javascript:alert(1)", "javascript%3Aalert(1)"),
        (None, "甲局.xlsx", None),
        ("..", "长" * 2100, None),
    ],
)
def test_the_way_to_a_file(folder: str | None, file: str, target: str | None) -> None:
    assert Links(folder).file(file) == target


def test_a_slip_goes_before_the_file() -> None:
    links = Links("..", {"甲局": "退回单/甲局.xlsx"})
    assert links.unit("甲局", "甲局.xlsx") == "退回单/甲局.xlsx"
    assert links.unit("乙局", "乙局.xlsx") == "../乙局.xlsx"
    assert links.unit("丙局", "") is None


def test_the_way_from_the_results_is_relative(tmp_path: Path) -> None:
    city = at_another_place(city_of(1), None)
    assert with_files(city, tmp_path / "报送", tmp_path / "结果" / "3").run.folder == "../../报送"
    assert with_files(city, tmp_path, tmp_path).run.folder == ""


def test_the_terminal_says_the_verdict_and_what_to_do_next() -> None:
    first, *_, last = said_of(city := city_of(late=True, wrong=True))
    assert first == home_of(city).verdict
    assert last.startswith("下一步：") and last.count("催报") == 2 and last.count("退回单") == 1
    done = city_of(prior=False)
    assert todo_of(done).ready and not any("下一步" in line for line in said_of(done))
