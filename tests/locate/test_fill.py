"""Numbers for blank and unreadable cells: what the equations say, and what they do not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.report import Report, Unplaced
from gouji.rules import Finding
from support.located import consistent, forms

CELL = "t3.granted.natural"


def states(report: Report) -> list[Finding]:
    return [f for f in audit(report) if f.rule in ("cell-blank", "cell-number")]


def blank(report: Report, *cells: str) -> Report:
    return report.with_values(dict.fromkeys(cells))


def test_a_blank_cell_that_row_and_column_give_is_certain() -> None:
    report = consistent("2021", 4, filled=0.8)
    (finding,) = states(blank(report, CELL))
    (suspect,) = finding.suspects
    assert (suspect.cell, suspect.value, suspect.suggested) == (CELL, None, report.number(CELL))
    assert suspect.certain and finding.decided
    total, number = report.number("t3.granted.total"), report.number(CELL)
    assert f"总计 {total} 减其他各列之和 {total - number} 为 {number}" in finding.message
    assert f"（七）总计 {report.number('t3.processed.natural')} 减其他各项" in finding.message
    assert f"应填 {number}。" in finding.message


def test_a_cell_that_nothing_gives_is_said_to_be_one() -> None:
    (finding,) = states(blank(consistent("2021", 4), "t2.licences.decisions"))
    assert not finding.suspects and "无法由其他格推算，请查台账" in finding.message
    assert "空白" not in finding.remedy, "the declaration would turn a forgotten number into 0"


def test_one_equation_is_a_number_and_no_certainty() -> None:
    report = consistent("2021", 4, filled=0.8)
    (finding,) = states(blank(report, "t4.review.upheld"))
    (suspect,) = finding.suspects
    assert suspect.suggested == report.number("t4.review.upheld") and not suspect.certain
    assert "请与台账核对" in finding.message


def test_where_row_and_column_disagree_nothing_is_offered() -> None:
    report = consistent("2021", 4, filled=0.8)
    wrong = blank(report, CELL).with_values({"t3.granted.total": report.number("t3.granted.total") + 5})
    (finding,) = states(wrong)
    assert not finding.suspects and "不能相符" in finding.message


def test_one_number_leads_to_the_next_but_not_to_certainty() -> None:
    report = consistent("2021", 4, filled=0.8)
    cells = (CELL, "t3.granted.business", "t3.partly.natural")
    (finding,) = states(blank(report, *cells))
    assert {s.cell: s.suggested for s in finding.suspects} == {c: report.number(c) for c in cells}
    assert not any(s.certain for s in finding.suspects)
    assert {s.group for s in finding.suspects} == {1}


def test_an_unreadable_cell_gets_its_number_and_its_remark_belongs_in_a_note() -> None:
    report = consistent("2021", 4, filled=0.8)
    place = report.form.by_id[CELL].place
    unread = replace(blank(report, CELL), unplaced=[Unplaced(place, "5345件（含去年）")], blank_is_zero=True)
    (finding,) = states(unread)
    assert finding.rule == "cell-number" and [s.suggested for s in finding.suspects] == [report.number(CELL)]
    assert f"应填 {report.number(CELL)}" in finding.message and "“注”" in finding.remedy


def test_many_blanks_are_counted_and_the_declaration_is_offered() -> None:
    report = consistent("2021", 4, filled=0.8)
    (finding,) = states(blank(report, *[c.id for c in report.form.tables["table2"].cells]))
    assert "都无法由其他格推算" in finding.message and "空白单元格均为 0" in finding.remedy


def test_a_total_line_is_said_once_and_other_blanks_beside_it() -> None:
    report = consistent("2021", 4, filled=0.8)
    row = [c.id for c in report.form.tables["table3"].cells if c.row.is_total]
    report = report.with_values(
        {c.id: 0 for c in report.form.tables["table3"].cells if c.column.id == "other_person"}
    )
    report = report.with_values(
        {
            e.right[0]: sum(map(report.number, e.left))
            for e in report.form.equations
            if e.kind == "row" and e.table == "table3"
        }
    )
    found = audit(blank(report, *row, "t3.new.welfare"))
    (totals,) = (f for f in found if f.rule == "totals-left")
    (rest,) = (f for f in found if f.rule == "cell-blank")
    assert {s.cell for s in totals.suspects} == set(row), "also the cell whose sum is 0"
    assert "整行空白" in totals.message and "其他 0" in totals.message and "（共 7 格）" in totals.message
    assert rest.cells == ("t3.new.welfare",) and "1 个单元格" in rest.message


@settings(deadline=None, max_examples=25)
@given(forms, st.data())
def test_what_is_offered_is_right(report: Report, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["table3", "table4"]))
    ids = [c.id for c in report.form.cells if c.table == table]
    cells = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6, unique=True))
    for finding in audit(blank(report, *cells)):
        for suspect in finding.suspects:
            assert suspect.suggested == report.number(suspect.cell)
        assert "{" not in finding.message
