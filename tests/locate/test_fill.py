"""Numbers for blank and unreadable cells: what the equations say, and what they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.report import Report, Unplaced
from gouji.rules import Finding
from support.located import cells3, consistent, forms

CELL = "t3.granted.natural"
BOTH = ("natural", "total")


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


def test_what_is_offered_fits_the_other_findings() -> None:
    """The row's total is likely wrong: the blank beside it is reckoned from its column alone, and no more
    than likely. Both corrections together hold every equation."""
    report = consistent("2021", 4, filled=0.8)
    wrong = blank(report, CELL).with_values({"t3.granted.total": report.number("t3.granted.total") + 5})
    findings = [f for f in audit(wrong) if f.suspects]
    assert {f.rule for f in findings} == {"cell-blank", "wrong-cell"} and not any(f.decided for f in findings)
    mended = wrong.with_values({s.cell: s.suggested for f in findings for s in f.suspects})
    assert mended.values == report.values


def test_where_row_and_column_disagree_nothing_is_offered() -> None:
    """The row says 5 more than the column, and （七） of 总计, which would tell, is blank as well."""
    report = consistent("2021", 4, filled=0.8)
    more = {"t3.granted.total": report.number("t3.granted.total") + 5}
    wrong = blank(report, CELL, "t3.processed.total").with_values(dict(more))
    (finding,) = (f for f in states(wrong) if CELL in f.cells)
    assert CELL not in {s.cell for s in finding.suspects} and "不能相符" in finding.message


def test_one_number_leads_to_the_next_but_not_to_certainty() -> None:
    report = consistent("2021", 4, filled=0.8)
    cells = (CELL, "t3.granted.business", "t3.partly.natural")
    (finding,) = states(blank(report, *cells))
    assert {s.cell: s.suggested for s in finding.suspects} == {c: report.number(c) for c in cells}
    assert [s.cell for s in finding.suspects if s.certain] == ["t3.partly.natural"], "its row leaves 0"
    assert {s.group for s in finding.suspects} == {1} and not finding.decided


def test_an_unreadable_cell_gets_its_number_and_its_remark_belongs_in_a_note() -> None:
    report = consistent("2021", 4, filled=0.8)
    place = report.form.by_id[CELL].place
    unread = replace(blank(report, CELL), unplaced=[Unplaced(place, "5345件（含去年）")], blank_is_zero=True)
    (finding,) = states(unread)
    assert finding.rule == "cell-number" and [s.suggested for s in finding.suspects] == [report.number(CELL)]
    assert f"应填 {report.number(CELL)}" in finding.message and "“注”" in finding.remedy


def rows(report: Report, *ids: str) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells if c.row.id in ids]


def without(seed: int, *ids: str, edition: str = "2021") -> Report:
    """A consistent table in which these rows are 0, and then blank."""
    report = consistent(edition, seed, filled=0.8).with_values(
        dict.fromkeys(rows(consistent(edition, seed), *ids), 0)
    )
    for equation in report.form.equations:
        if equation.table == "table3" and equation.kind == "column":
            report.values[equation.right[0]] = sum(map(report.number, equation.left))
            new = equation.right[0].replace("processed", "new")
            closed = report.number(equation.right[0]) + report.number(new.replace("new", "carried_out"))
            report.values[new] = closed
            report.values[new.replace("new", "carried_in")] = 0
    assert not [f for f in audit(report) if f.level == "error"]
    return blank(report, *rows(report, *ids))


def test_blank_rows_whose_totals_are_reached_can_only_be_0() -> None:
    """Clerk's M1, the commonest real case: two rows left blank because there was nothing."""
    (finding,) = states(without(4, "unpaid", "otherwise"))
    assert "表三有 2 行（14 格）没有填写：（六）2（D30:J30）、（六）3（D31:J31）。" in finding.message
    assert "其他各行之和已等于（七）总计，这 14 格只能是 0，请填 0。" in finding.message
    assert "无法" not in finding.message and len(finding.message) < 100
    assert {s.suggested for s in finding.suspects} == {0} and len(finding.suspects) == 14
    assert finding.decided and all(s.certain for s in finding.suspects) and not finding.listed


def test_a_total_that_nothing_confirms_makes_0_no_more_than_likely() -> None:
    report = consistent("2021", 4, filled=0.8).with_values(
        {"t4.review.upheld": 6, "t4.review.corrected": 0, "t4.review.total": 6}
        | dict.fromkeys(("t4.review.other_result", "t4.review.pending"))
    )
    (finding,) = states(report)
    assert "其他各项之和已等于总计，若其他各格无误，这 2 格只能是 0" in finding.message
    assert not finding.decided and [s.suggested for s in finding.suspects] == [0, 0]


@pytest.mark.parametrize(("beside", "sure"), [(0, True), (1, False)])
def test_a_single_blank_row_may_have_its_numbers_in_the_next_one(beside: int, sure: bool) -> None:
    """（六）2 blank, （六）1 typed: the numbers of （六）2 may stand one row too high, and （六）1 be 0."""
    report = without(4, "uncorrected", "unpaid", "otherwise")
    report = report.with_values(dict.fromkeys(rows(report, "uncorrected", "otherwise"), 0))
    if beside:
        more = {f"t3.{r}.{c}": 1 for r in ("uncorrected",) for c in BOTH}
        more |= {f"t3.{r}.{c}": report.number(f"t3.{r}.{c}") + 1 for r in ("new", "processed") for c in BOTH}
        report = report.with_values(dict(more))
    (finding,) = states(report)
    assert finding.decided is sure and ("若其他各格无误" in finding.message) is not sure
    assert "只能是 0，请填 0。" in finding.message and {s.suggested for s in finding.suspects} == {0}


def test_a_row_that_its_columns_give_is_likely_and_no_more() -> None:
    """Its numbers may stand in the next row as well, and what is left be the next row's."""
    report = consistent("2021", 4, filled=0.8)
    (finding,) = states(blank(report, *rows(report, "partly")))
    assert "表三有 1 行（7 格）没有填写：（二）（D12:J12）。" in finding.message
    assert "这 7 格可由其他格推算" in finding.message and "其余" not in finding.message
    assert not finding.decided and finding.listed and not any(s.certain for s in finding.suspects)
    assert {s.cell: s.suggested for s in finding.suspects} == {
        c: report.number(c) for c in rows(report, "partly")
    }


def test_what_cannot_be_known_is_counted_beside_what_can() -> None:
    """Two rows blank, and something is left for them only in one column and the total."""
    report = without(4, "unpaid", "otherwise")
    for row, more in (("new", 3), ("processed", 3)):
        for column in ("natural", "total"):
            report.values[f"t3.{row}.{column}"] = report.number(f"t3.{row}.{column}") + more
    (finding,) = states(report)
    assert {s.cell.split(".")[2] for s in finding.suspects}.isdisjoint({"natural", "total"})
    assert "其中 E30:I31 只能是 0" in finding.message and "其余 4 格无法由其他格推算" in finding.message


def test_the_declaration_is_not_offered_where_the_blanks_cannot_all_be_0() -> None:
    """Fourteen blanks of which the totals say that 3 are left for them."""
    zero = without(4, "unpaid", "otherwise")
    (all_zero,) = states(zero)
    assert "其余未填的均为 0" in all_zero.remedy
    left = {f"t3.{r}.{c}": zero.number(f"t3.{r}.{c}") + 3 for r in ("new", "processed") for c in BOTH}
    (some,) = states(zero.with_values(dict(left)))
    assert "其余未填的均为 0" not in some.remedy


def test_two_blanks_are_named_once_each() -> None:
    """Field 10: both cells of a purchase blank."""
    report = consistent("2019", 4)
    (finding,) = states(blank(report, "t2.procurement.purchases", "t2.procurement.purchase_amount"))
    assert finding.message.count("采购") == 1, "the row by its label, or each cell once"
    (other,) = states(blank(report, "t2.procurement.purchases", "t2.licences.decisions"))
    assert other.message.count("「采购项目数量」") == other.message.count("「处理决定数量」") == 1
    assert other.message.endswith("都无法由其他格推算，请查台账。")


def test_no_number_below_0_or_above_a_total_is_ever_said() -> None:
    """Truth 7 and 9: a row one column aside, with blanks; "为 -3111" was the advice."""
    report = blank(consistent("2021", 4, filled=0.8), CELL)
    larger = blank(report, "t3.partly.natural", "t3.processed.total")
    larger = larger.with_values({"t3.granted.total": report.number("t3.granted.total") + 90_000})
    (finding,) = (f for f in states(larger) if CELL in f.cells)
    assert "D11：所在行、列的其他数字已超过总计，请先核对。" in finding.message
    block = {"upheld": 5, "corrected": None, "total": 2, "other_result": 0, "pending": 0}
    four = consistent("2021", 4).with_values({f"t4.review.{c}": n for c, n in block.items()})
    for broken in (report.with_values({"t3.granted.total": 1}), larger, four):
        for found in (f for f in audit(broken) if f.level == "error"):
            assert "-" not in found.message + "".join(s.reason for s in found.suspects)
            assert all(0 <= s.suggested < 90_000 for s in found.suspects)  # type: ignore[operator]


def test_the_text_takes_certainty_from_a_number_for_a_blank() -> None:
    report = consistent("2021", 4, filled=0.8)
    right = report.number("t3.new.total")
    assert states(blank(report, "t3.new.total"))[0].decided
    said = replace(
        report, texts={"一": f"2022年，新收政府信息公开申请{right + 7}件。", "五": "无", "六": "无"}
    )
    (finding,) = states(blank(said, "t3.new.total"))
    assert not finding.decided and f"但文字表述为 {right + 7}，请先查台账" in finding.message


def test_numbers_are_withheld_while_the_table_cannot_be_told() -> None:
    """Clerk's M2: a block pasted one row low leaves 一 blank; what is left of the table proves nothing."""
    report, other = consistent("2021", 9, filled=0.9), consistent("2021", 10, filled=0.9)
    mixed = report.with_values({c: other.number(c) for c in cells3(report)[8::2]})
    (finding,) = states(blank(mixed, *rows(report, "new")))
    assert not finding.suspects
    assert "要先改正本表的其他错误，才能推算" in finding.message


def test_many_blanks_are_counted_and_the_declaration_is_offered() -> None:
    report = consistent("2021", 4, filled=0.8)
    (finding,) = states(blank(report, *[c.id for c in report.form.tables["table2"].cells]))
    assert "都无法由其他格推算" in finding.message and "其余未填的均为 0" in finding.remedy


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
    assert rest.cells == ("t3.new.welfare",) and "有 1 格没有填写" in rest.message


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
