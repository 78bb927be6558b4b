"""Single cells."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.form import editions, load_form
from gouji.report import Report, Unplaced
from gouji.rules import Context, check
from gouji.rules.equations import sides
from gouji.workbook.shown.findings import place_of
from support.formatted import Stored
from support.triples import ONE_REQUEST, YEAR, Triple, case, zeros

EVERY = tuple(load_form("2021").by_id)
SAID = {"cell-blank", "row-total", "process-total", "balance", "table4-total"}


class TestCellNumber(Triple):
    """Every count is a whole number ≥ 0; edition 19's 本年增/减 is signed."""

    rule = "cell-number"
    level = "error"
    says = ("「一、本年新收政府信息公开申请数量」行「自然人」列填的是 -1，不能为负数",)
    valid = case({"t2.licences.change": -1}, edition="2019")
    invalid = case({"t3.new.natural": -1})
    undecidable = case({"t3.new.natural": None})


class TestCellBlank(Triple):
    """No typed cell is blank; what could not be read is another finding's matter."""

    rule = "cell-blank"
    level = "error"
    says = ("表三有 1 格没有填写", "「二、上年结转政府信息公开申请数量」「总计」（J10）")
    valid = case({"t3.new.natural": "/"})
    invalid = case({"t3.carried_in.total": None})
    undecidable = case(
        {"t2.licences.decisions": None},
        report={"unplaced": [Unplaced("table2/行政许可/本年处理决定数量", "2000万")]},
    )


class TestCellDeclared(Triple):
    """n blank cells were taken as 0 by declaration."""

    rule = "cell-declared"
    level = "hint"
    says = ("表三有 2 格没有填写，按声明计为 0",)
    valid = case({"t3.carried_in.total": None})
    invalid = case({"t3.carried_in.total": None, "t3.new.natural": None}, report={"blank_is_zero": True})
    undecidable = case(
        {"t2.licences.decisions": None},
        report={
            "unplaced": [Unplaced("table2/行政许可/本年处理决定数量", "2000万")],
            "blank_is_zero": frozenset({"table2"}),
        },
    )


class TestCellMoney(Triple):
    """Money ≥ 0 and at most 6 decimals of 万元."""

    rule = "cell-money"
    level = "error"
    says = ("行政事业性收费", "12.3456789")
    valid = case({"t2.fees.amount": 44_440_000})
    invalid = case(
        {"t2.fees.amount": None},
        report={
            "unplaced": [Unplaced("table2/行政事业性收费/本年收费金额（单位：万元）", "12.3456789")],
        },
    )
    undecidable = case({"t2.fees.amount": None})


class TestCellFormat(Triple):
    """A typed cell shows the number that it stores; a date is none, and what holds no number shows none."""

    rule = "cell-format"
    level = "error"
    says = ("「规章」行「本年制发件数」列（二!B5）", "日期“3月4日”", "45355", "没有计入")
    report = zeros(period=(f"{YEAR}-01-01", f"{YEAR}-12-31"))
    valid = Stored(report, {"t2.rules.made": (12, '0"日"')})
    invalid = Stored(report, {"t2.rules.made": (45355, 'm"月"d"日"')})
    undecidable = Stored(report, {"t2.rules.made": (None, 'm"月"d"日"')})


class TestFormEmpty(Triple):
    """Something is typed: a number, a "/" or a text. The declaration 空白单元格均为 0 is no content."""

    rule = "form-empty"
    level = "error"
    says = ("空白表，没有填写",)
    valid = case(dict.fromkeys(EVERY) | {"t3.new.natural": "/"})
    invalid = case(dict.fromkeys(EVERY), report={"texts": {"一": ""}})
    undecidable = case(dict.fromkeys(EVERY), report={"texts": {"一": "本年没有申请。"}})


@pytest.mark.parametrize("declared", [False, True])
def test_of_an_untouched_form_nothing_else_is_said(declared: bool) -> None:
    """Field 2 and 9: three findings, each of which advised to declare everything 0; or none at all."""
    empty = replace(zeros(texts={"一": "", "五": ""}, blank_is_zero=declared), values={})
    (finding,) = check(empty, Context(prior=zeros(year=YEAR - 1, cells=ONE_REQUEST)))
    assert (finding.rule, finding.level) == ("form-empty", "error")
    assert "均为 0" not in finding.remedy and ("均为 0" in finding.message) is declared


def test_the_declaration_counts_once_something_is_typed() -> None:
    typed = replace(zeros(blank_is_zero=True), values={"t3.new.research": "/"})
    assert [f for f in check(typed) if f.level == "error"] == []


def blank_findings(report: Report) -> list[str]:
    return [cell for f in check(report) if f.rule == "cell-blank" for cell in f.cells]


def test_the_declaration_turns_blank_into_0_but_not_a_total_with_parts() -> None:
    """空白单元格均为 0 never covers a 总计 or （七） cell whose parts are not all 0 or blank."""
    report = zeros(
        cells={
            "t3.new.business": None,
            "t3.new.natural": 2,
            "t3.new.total": None,
            "t3.granted.natural": 2,
            "t3.processed.natural": None,
            "t3.carried_in.total": None,
        },
        blank_is_zero=True,
    )
    assert blank_findings(report) == ["t3.new.total", "t3.processed.natural"]
    report.blank_is_zero = False
    assert "t3.new.business" in blank_findings(report)
    assert "t3.carried_in.total" in blank_findings(report)


def test_a_number_whose_total_is_still_blank_is_not_called_wrong() -> None:
    """Declared first, typed after: totals that are not 0 are to be filled, and nothing else is said; （七）
    too, where 一＋二 leaves something for it, and what follows from these. Once typed, equations speak."""
    report = replace(zeros(blank_is_zero=True), values={"t3.new.natural": 58})
    assert [f.rule for f in audit(report) if f.level == "error"] == ["cell-blank"]
    assert blank_findings(report) == ["t3.new.total", "t3.processed.natural", "t3.processed.total"]
    report.set("t3.new.total", 58)
    assert blank_findings(report) == ["t3.processed.natural", "t3.processed.total"]
    report.values |= {"t3.carried_out.natural": 58, "t3.carried_out.total": 58}
    assert [f for f in audit(report) if f.level == "error"] == []
    report.set("t3.new.total", 57)
    assert [f for f in audit(report) if f.level == "error" and f.rule != "cell-blank"]


@given(st.sampled_from(editions()), st.integers(0, 10**9))
def test_what_is_declared_never_passes_otherwise_than_as_0(edition: str, seed: int) -> None:
    """An error is said where, and only where, an equation fails with every blank as 0."""
    form, dice = load_form(edition), Random(seed)
    report = Report(form, values={"t2.rules.made": 0}, blank_is_zero=True)
    cells = [cell.id for cell in form.cells if form.equations_of[cell.id]]
    for cell in dice.sample(cells, dice.choice([1, 2, 4, 10, 40, 100])):
        report.set(cell, dice.choice([0, 0, 1, 2, 3, "/"]))
    for equation in form.equations:
        if equation.kind != "balance" and dice.random() < 0.5:
            report.set(equation.right[0], sum(map(report.number, equation.left)))
    fails = any(left != right for left, right in (sides(report, e) for e in form.equations))
    assert any(f.level == "error" and f.rule in SAID for f in check(report)) == fails


def test_a_declaration_under_one_table_covers_it_alone() -> None:
    cells = {"t2.rules.made": None, "t3.granted.natural": None, "t4.review.upheld": None}
    report = zeros(cells=cells, blank_is_zero=frozenset({"table3"}))
    assert blank_findings(report) == ["t2.rules.made", "t4.review.upheld"]
    (said,) = (f for f in check(report) if f.rule == "cell-declared")
    assert (said.place, said.message) == ("t3", "表三有 1 格没有填写，按声明计为 0。")
    assert place_of(report, said) == "三!N34"
    report.blank_is_zero = True
    assert [place_of(report, f) for f in check(report) if f.rule == "cell-declared"] == ["封面!B11"] * 3
    report.blank_is_zero = frozenset({"table3"})
    assert [report.is_known(c) for c in cells] == [False, True, False]


@pytest.mark.parametrize("tables", [True, frozenset({"table3", "table4"})])
def test_a_declaration_over_blank_tables_counts_for_nothing_and_that_is_said(tables: Any) -> None:
    """The texts are written, no cell is: the sheet passes nothing then, and neither does this."""
    report = replace(zeros(texts={"一": "本年没有申请。"}, blank_is_zero=tables), values={})
    found = {f.place: f.remedy for f in check(report) if f.rule == "cell-blank"}
    assert found.keys() == {"t2", "t3", "t4"}
    assert "至少填一格" in found["t3"] and "选“是”" not in found["t3"]
    assert ("至少填一格" in found["t2"]) is (tables is True)
    assert not [f for f in check(report) if f.rule == "cell-declared"]
    report.set("t2.rules.made", "/")
    assert blank_findings(report) == ([] if tables is True else blank_of("table2"))
    # A content that is no number is a content.
    odd = replace(report, values={}, unplaced=[Unplaced("table2/规章/本年制发件数", "约3")])
    assert odd.declared("table4")


def blank_of(table: str) -> list[str]:
    return [c.id for c in zeros().form.tables[table].cells if c.id != "t2.rules.made"]  # type: ignore[index]


def test_who_declared_is_not_told_to_declare() -> None:
    """Twelve totals that no declaration covers are to be filled."""
    table = zeros().form.tables["table3"]
    rows = [e for e in table.equations if e.kind == "row"][:12]
    cells = {e.left[0]: 1 for e in rows} | {e.right[0]: None for e in rows}
    (finding,) = (f for f in check(zeros(cells=cells, blank_is_zero=True)) if f.rule == "cell-blank")
    assert len(finding.cells) == 12 and "均为 0" not in finding.remedy


def test_an_unreadable_number_is_named_and_never_0() -> None:
    place = "table3/（一）予以公开/自然人"
    report = zeros(cells={"t3.granted.natural": None}, unplaced=[Unplaced(place, "12（含去年3）")])
    (finding,) = (f for f in check(report) if f.rule == "cell-number")
    assert "12（含去年3）" in finding.message
    assert finding.cells == ("t3.granted.natural",)


@pytest.mark.parametrize(("blank", "offered"), [(9, False), (10, True)])
def test_the_declaration_is_offered_only_where_many_cells_are_blank(blank: int, offered: bool) -> None:
    cells = {c.id: None for c in zeros().form.tables["table3"].cells[:blank]}
    (finding,) = (f for f in check(zeros(cells=cells)) if f.rule == "cell-blank")
    assert ("其余未填的均为 0" in finding.remedy) is offered
