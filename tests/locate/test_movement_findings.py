"""What is said of a movement, what goes under it, and who is heard as a witness."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.audit import audit
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Context, Finding
from support.movements import Rows, real_tables, right_tables, rows3, with_rows3
from support.triples import Cells, zeros

NONE: list[None] = [None] * 7
ZEROS = [0] * 7


def city(year: int = 2024) -> Report:
    """A real table with many numbers; the year after continues the year before."""
    return replace(right_tables()[f"suqian-{year}"], unit="某市")


def typed(change: Rows, report: Report | None = None) -> Report:
    return with_rows3(report or city(), change)


def said(report: Report, context: Context | None = None) -> list[Finding]:
    """The errors, and the warnings on movements."""
    found = audit(report, context or Context(prior=None))
    return [f for f in found if f.level == "error" or f.area]


def texts(report: Report, new: int, carried_in: int) -> Report:
    told = f"{report.year}年，新收政府信息公开申请{new}件，上年结转{carried_in}件。"
    return replace(report, texts={"一": told, "五": "问题与改进。", "六": "未收取信息处理费。"})


# ---------------------------------------------------------------- what is said


def test_a_block_one_row_low_is_one_finding_with_its_place_and_what_is_lost() -> None:
    rows = rows3(city())
    (finding,) = said(typed([*rows[:9], NONE, *rows[9:-1]]))
    assert finding.rule == "moved-block" and finding.decided and not finding.suspects
    assert "6.属于四类过程性信息」行起整块下移了一行" in finding.message
    assert "「四、结转下年度继续办理」行原来的数字已不在表中，须补填" in finding.message
    assert len(finding.cells) == 16 * 7 and finding.cells[0] == "t3.draft.natural"
    assert {f.rule for f in finding.folded} >= {"cell-blank", "process-total", "balance"}


def test_the_whole_table_one_row_low_is_said_and_no_advice_what_to_fill() -> None:
    (finding,) = said(typed([NONE, *rows3(city())[:-1]]))
    assert "疑似整张表下移了一行" in finding.message and "填入" not in finding.message
    assert "重新粘贴" in finding.remedy and not finding.suspects


def test_blanks_outside_the_block_stay_and_are_not_reckoned() -> None:
    rows = rows3(city())
    moved = typed([*rows[:9], NONE, *rows[9:-1]]).with_values({"t3.new.research": None})
    finding, blank = said(moved)
    assert finding.rule == "moved-block" and not finding.suspects
    assert (blank.rule, blank.cells, blank.suspects) == ("cell-blank", ("t3.new.research",), ())
    assert "应为" not in blank.message


def test_where_it_is_not_known_where_a_block_begins_it_is_said_to_be_so() -> None:
    rows = rows3(right_tables()["seed-4"])
    broken = typed([*rows[:10], ZEROS, *rows[10:-1]], right_tables()["seed-4"])
    (finding,) = said(broken)
    assert finding.rule == "moved-block" and not finding.decided
    assert "（也可能从更上面的行起）" in finding.message


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (lambda row: [0, *row[:-1]], "行整行右移了一格"),
        (lambda row: [*row[1:], 0], "行整行左移了一格"),
        (lambda row: [0, *row[:-2], row[-1]], "行除总计外右移了一格"),
        (lambda row: [*row[1:-1], 0, row[-1]], "行除总计外左移了一格"),
    ],
)
def test_a_row_one_column_aside(way: object, words: str) -> None:
    rows = rows3(city())
    (finding,) = said(typed([*rows[:12], way(rows[12]), *rows[13:]]))  # type: ignore[operator]
    assert f"1.本机关不掌握相关政府信息」{words}" in finding.message
    assert finding.decided and not finding.suspects and len(finding.cells) == 7


def test_several_rows_one_column_aside() -> None:
    rows = rows3(city())
    (finding,) = said(typed([*rows[:11], *([0, *row[:-1]] for row in rows[11:14]), *rows[14:]]))
    assert "2.没有现成信息需要另行制作」各行右移了一列" in finding.message
    assert "「总计」列原来的数字已不在表中" in finding.message


def test_rows_and_columns_exchanged() -> None:
    rows = rows3(city())
    (finding,) = said(typed([*rows[:-2], rows[-1], rows[-2]]))
    assert finding.rule == "exchanged-lines" and finding.decided
    assert "「（七）总计」与「四、结转下年度继续办理」两行的数字对调了" in finding.message
    (finding,) = said(typed([[row[6], *row[1:6], row[0]] for row in rows]))
    assert "「自然人」与「总计」两列的数字对调了" in finding.message


def test_a_number_that_belongs_in_an_empty_row() -> None:
    rows = rows3(right_tables()["pt-jtj-2025"])
    assert not any(rows[-1])
    (finding,) = said(typed([*rows[:-2], ZEROS, rows[-2]], right_tables()["pt-jtj-2025"]))
    assert "「（七）总计」行的数字填到了下一行" in finding.message
    (finding,) = said(typed([*rows[:4], rows[-2], *rows[5:-2], ZEROS, ZEROS], right_tables()["pt-jtj-2025"]))
    assert "应填在「（七）总计」行的数字填到了「" in finding.message
    assert "1.属于国家秘密」行（移回后" in finding.message


def test_a_row_typed_twice_offers_both_rows_and_prefers_none() -> None:
    rows = rows3(city())
    (finding,) = said(typed([*rows[:13], rows[12], *rows[14:]]))
    assert finding.rule == "repeated-line" and not finding.decided
    assert "两行的数字相同，整行重复填写：按勾稽关系推算，其中一行很可能应为 自然人 " in finding.message
    assert "也可能是" not in finding.message
    assert {s.cell.split(".")[1] for s in finding.suspects} == {"not_held", "to_be_made"}
    assert not any(s.certain for s in finding.suspects)
    right = {s.cell: s.suggested for s in finding.suspects if ".to_be_made." in s.cell}
    assert right == {c: n for c in right if (n := city().number(c)) == right[c]}


def test_small_rows_are_alike_by_chance() -> None:
    ones: Cells = {f"t3.{r}.{c}": 1 for r in ("granted", "partly") for c in ("natural", "total")}
    new: Cells = {f"t3.{r}.{c}": 1 for r in ("new", "processed") for c in ("natural", "total")}
    assert "repeated-line" not in {f.rule for f in said(zeros(cells=ones | new))}


def test_another_editions_table() -> None:
    old = rows3(right_tables()["seed-4"])
    report = typed([*old, ZEROS, ZEROS], city())
    (finding,) = said(report)
    assert finding.rule == "other-edition-table" and "粘贴了 2019 年版的表" in finding.message
    assert "自「（六）其他处理」行起" in finding.message
    assert report.form is load_form("2021")


def test_a_total_column_from_another_table() -> None:
    other = [row[6] for row in rows3(city(2023))]
    rows = [[*row[:6], total] for row, total in zip(rows3(city()), other, strict=True)]
    (finding,) = said(typed(rows))
    assert finding.rule == "foreign-line" and not finding.decided
    assert "一、本年新收政府信息公开申请数量 3525" in finding.message and "等" in finding.message
    assert "也可能是「自然人」列的数字是从别的表粘贴来的" in finding.message, "it may be that column as well"
    right = {s.cell: s.suggested for s in finding.suspects if s.group == 1}
    assert right["t3.new.total"] == 3525 and not any(s.certain for s in finding.suspects)


# ---------------------------------------------------------------- told beside another cause


def test_an_empty_edge_is_never_told_as_totals_left_alone() -> None:
    """自然人 was typed into 商业企业 …: 总计 is empty as if nobody had filled it."""
    rows = [[0, *row[:2], 0, 0, 0, 0] for row in rows3(right_tables()["pt-jtj-2025"])]
    (finding,) = said(typed(rows, right_tables()["pt-jtj-2025"]))
    assert "疑似整张表右移了一列" in finding.message and "「总计」整列漏填" in finding.message
    assert not finding.decided and "请填" not in finding.message


def test_a_first_column_that_nobody_filled_is_no_table_aside() -> None:
    rows = [[0, *row[1:]] for row in rows3(city())]
    assert "moved-block" not in {f.rule for f in said(typed(rows))}


def test_an_empty_total_row_that_explains_everything_is_that() -> None:
    (finding,) = said(
        right_tables()["seed-4"].with_values(dict.fromkeys(closed(right_tables()["seed-4"]), 0))
    )
    assert finding.rule == "totals-left"


def closed(report: Report) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells if c.row.is_total]


def blocks(*numbers: int | None) -> Report:
    report = zeros()
    cells = [c.id for c in report.form.tables["table4"].cells]
    return report.with_values(dict(zip(cells, numbers, strict=True)))


def test_blocks_of_table_four_one_cell_aside() -> None:
    (finding,) = said(blocks(0, 5, 1, 2, 3, 11, 4, 0, 0, 1, 0, 0, 0, 0, 0))
    assert "「行政复议」至「未经复议直接起诉」各格右移了一格" in finding.message
    assert finding.rule == "moved-block" and not finding.suspects
    (finding,) = said(blocks(1, 2, 3, 11, 4, 0, 0, 1, 5, 2, 0, 1, 0, 3, 0))
    assert "整张表左移了一格" in finding.message
    assert "「行政复议」「结果维持」原来的数字已不在表中" in finding.message


def test_beside_one_cell_a_movement_is_the_other_cause_and_nothing_is_certain() -> None:
    (finding,) = said(blocks(0, 5, 1, 2, 0, *[0] * 10))
    assert finding.rule == "totals-left" and not any(s.certain for s in finding.suspects)
    assert "也可能是「行政复议」各格右移了一格，请先查实" in finding.message
    (finding,) = said(blocks(None, 5, 1, 2, 0, *[0] * 10))
    assert finding.rule == "moved-block", "a blank cell and a wrong total are two"


def test_a_single_case_in_a_block_says_nothing_of_a_movement() -> None:
    (finding,) = said(blocks(0, 1, 0, 0, 0, *[0] * 10))
    assert "移" not in finding.message
    (finding,) = said(blocks(0, 2, 0, 0, 0, *[0] * 10))
    assert "也可能是「行政复议」各格右移了一格" in finding.message


def test_a_total_that_is_merely_mistyped_is_no_movement() -> None:
    (finding,) = said(blocks(0, 5, 1, 0, 7, *[0] * 10))
    assert "移" not in finding.message


# ---------------------------------------------------------------- witnesses


def test_last_year_decides_between_movements() -> None:
    """Both 一 and 二 may be the row that was pushed off: 二 is known from last year."""
    up = typed([*rows3(city())[1:], ZEROS])
    (alone,) = said(up)
    assert not alone.decided and "也可能是" in alone.message
    (finding,) = said(up, Context(prior=city(2023)))
    assert finding.decided and "也可能是" not in finding.message
    assert "「一、本年新收政府信息公开申请数量」行原来的数字已不在表中" in finding.message


@pytest.mark.parametrize("witness", ["last year", "texts"])
def test_one_and_two_exchanged(witness: str) -> None:
    rows = rows3(city())
    exchanged = typed([rows[1], rows[0], *rows[2:]])
    assert said(exchanged) == []
    context = Context(prior=city(2023) if witness == "last year" else None)
    report = texts(exchanged, 3525, 121) if witness == "texts" else exchanged
    (finding,) = said(report, context)
    assert (finding.rule, finding.level, finding.decided) == ("exchanged-lines", "warning", True)
    assert "对调" in finding.message and {f.rule for f in finding.folded} & {"carry-over", "prose-number"}
    assert not [f for f in audit(report, context) if f.rule in ("carry-over", "prose-number")]


def test_a_text_that_says_that_nothing_came_is_no_witness_of_an_exchange() -> None:
    six: Cells = {f"t3.{r}.{c}": 6 for r in ("new", "granted", "processed") for c in ("natural", "total")}
    told = {"一": "本年未收到政府信息公开申请。", "五": "人员更替，已安排培训。", "六": "未收取信息处理费。"}
    found = audit(zeros(cells=six, texts=told))
    assert "exchanged-lines" not in {f.rule for f in found}
    assert "prose-number" in {f.rule for f in found}


def test_two_columns_exchanged_are_seen_by_last_year() -> None:
    """二 of two columns is last year's 四 of the other; one column alone may be an applicant reclassified."""
    columns = typed([[row[1], row[0], *row[2:]] for row in rows3(city())])
    assert "exchanged-lines" not in {f.rule for f in said(columns)}
    (finding,) = said(columns, Context(prior=city(2023)))
    assert "「自然人」与「商业企业」两列的数字对调了" in finding.message and finding.level == "warning"
    assert {f.rule for f in finding.folded} >= {"carry-over"}


def test_an_applicant_who_was_counted_as_another_kind_is_no_exchange() -> None:
    def carried(natural: int, business: int, year: int) -> Report:
        numbers = {"natural": natural, "business": business, "total": natural + business}
        rows = ("carried_in", "granted", "processed") if year == 2024 else ("new", "carried_out")
        return zeros(cells={f"t3.{r}.{c}": n for r in rows for c, n in numbers.items()}, year=year)

    for one, other, rule in ((1, 2, "carry-over"), (12, 0, "carry-over"), (12, 3, "exchanged-lines")):
        found = audit(carried(one, other, 2024), Context(prior=carried(other, one, 2023)))
        assert rule in {f.rule for f in found}, (one, other)


def test_witnesses_that_disagree_say_nothing_of_an_exchange() -> None:
    rows = rows3(city())
    exchanged = typed([rows[1], rows[0], *rows[2:]])
    assert said(texts(exchanged, 3525, 120)) == []
    other = replace(city(), year=2023)
    found = said(texts(exchanged, 3525, 121), Context(prior=other))
    assert "exchanged-lines" not in {f.rule for f in found}


def test_a_movement_that_the_texts_speak_against_is_not_told() -> None:
    rows = rows3(city())
    up = typed([*rows[1:], ZEROS])
    stands = texts(up, up.number("t3.new.total"), up.number("t3.carried_in.total"))
    assert "moved-block" not in {f.rule for f in said(stands)}


def test_blocks_exchanged_are_seen_by_the_texts() -> None:
    report = blocks(*[0] * 5, 9, 0, 0, 3, 12, *[0] * 5)
    told = replace(report, texts={"一": "因政府信息公开引发行政复议12件。", "五": "无。", "六": "无。"})
    (finding,) = said(told)
    assert "「行政复议」与「未经复议直接起诉」的数字对调了" in finding.message and finding.level == "warning"
    assert said(report) == []


# ---------------------------------------------------------------- left from last year


def test_a_row_left_from_last_year_is_the_cause_and_its_numbers_follow() -> None:
    rows, before = rows3(city()), rows3(city(2023))
    (finding,) = said(typed([*rows[:12], before[12], *rows[13:]]), Context(prior=city(2023)))
    assert finding.rule == "last-years-line"
    assert (
        "行各格与上年报告完全相同，疑似没有改。按勾稽关系推算，很可能应为：自然人 859、商业企业 33"
        in finding.message
    )
    right = {s.cell: s.suggested for s in finding.suspects}
    assert right == {c: city().number(c) for c in right} and len(right) == 5
    assert not any(s.certain for s in finding.suspects)


def test_a_column_left_from_last_year() -> None:
    rows, before = rows3(city()), rows3(city(2023))
    mixed = typed([[row[0], last[1], *row[2:]] for row, last in zip(rows, before, strict=True)])
    (finding,) = said(mixed, Context(prior=city(2023)))
    assert finding.rule == "last-years-line" and "「商业企业」列" in finding.message
    assert {s.cell: s.suggested for s in finding.suspects}["t3.new.business"] == 75


def test_without_last_year_nothing_is_said_of_it() -> None:
    rows, before = rows3(city()), rows3(city(2023))
    assert "last-years-line" not in {f.rule for f in said(typed([*rows[:12], before[12], *rows[13:]]))}


def test_a_table_left_from_last_year_is_one_warning() -> None:
    report = typed(rows3(city(2023)))
    found = audit(report, Context(prior=city(2023)))
    (finding,) = [f for f in found if f.level == "warning"]
    assert finding.rule == "unchanged-tables" and "表三的全部数字与上年报告相同" in finding.message
    assert {f.rule for f in finding.folded} == {"carry-over"}


def test_a_report_left_from_last_year_is_exactly_one_warning() -> None:
    """Invented: 37 requests, all granted, the texts with the year changed."""
    cells: Cells = {f"t3.{r}.{c}": 37 for r in ("new", "granted", "processed") for c in ("natural", "total")}
    cells = {**cells, "t2.documents.in_force": 20, "t2.licences.decisions": 412, "t2.penalties.decisions": 77}
    told = {
        "一": "收到政府信息公开申请37件。",
        "五": "办理力量不足，已安排两次培训。",
        "六": "未收取信息处理费。",
    }
    report, prior = zeros(cells=cells, texts=told, year=2025), zeros(cells=cells, texts=told, year=2024)
    (finding,) = audit(report, Context(prior=prior))
    assert (finding.rule, finding.level) == ("unchanged-tables", "warning")
    assert finding.message.startswith("全部数字（表二、表三）")


def test_errors_in_a_table_left_from_last_year_stay_errors() -> None:
    wrong = city(2023).with_values({"t3.granted.natural": 1})
    report = replace(wrong, year=2024)
    rules = [(f.rule, f.level) for f in audit(report, Context(prior=wrong)) if f.level != "hint"]
    assert rules[0] == ("wrong-cell", "error") and ("unchanged-tables", "warning") in rules


# ---------------------------------------------------------------- where it says nothing


def test_published_reports_are_no_movements() -> None:
    """The right ones and the wrong ones, with and without last year's."""
    reports = real_tables()
    for name, report in reports.items():
        unit, _, year = name.rpartition("-")
        last = int(year) - 1
        prior = reports.get(f"{unit}-{last}")
        for context in (Context(), Context(prior=prior)):
            assert not [f.message for f in audit(report, context) if f.area], name


def test_cells_that_can_not_be_read_and_rules_switched_off_leave_no_movement() -> None:
    moved = typed([NONE, *rows3(city())[:-1]])
    unread = replace(moved, as_text={"t3.granted.natural": "12件"})
    assert "moved-block" not in {f.rule for f in said(unread)}
    rules = Context().catalogue.rules
    for rule in ("moved-block", "balance"):
        fewer = replace(Context().catalogue, rules={**rules, rule: replace(rules[rule], off=True)})
        assert "moved-block" not in {f.rule for f in said(moved, Context(catalogue=fewer))}


def test_a_city_that_softens_the_equations_softens_the_movement() -> None:
    rules = dict(Context().catalogue.rules)
    for rule in ("process-total", "balance", "cell-blank"):
        rules[rule] = replace(rules[rule], level="warning")
    soft = Context(catalogue=replace(Context().catalogue, rules=rules))
    (finding,) = said(typed([NONE, *rows3(city())[:-1]]), soft)
    assert (finding.rule, finding.level) == ("moved-block", "warning")
