"""A sheet whose labels are off, and a formula without a value: one cause, one finding."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from gouji.examine import examine
from gouji.report import Report
from gouji.rules import Finding
from support.filled import write_workbook
from support.loaded import loaded
from support.located import consistent

Change = Callable[[Any], None]


def found(report: Report, sheet: str, change: Change) -> list[Finding]:
    """The findings on the report's workbook after a change to one of its sheets."""
    book = loaded(write_workbook(report))
    change(book[sheet])
    out = io.BytesIO()
    book.save(out)
    return list(examine(out.getvalue()).findings)


def full() -> Report:
    report = consistent("2021", 4, filled=0.8)
    report.unit = "某局"
    return report


def about(findings: list[Finding], table: str) -> list[Finding]:
    return [f for f in findings if f.place.startswith(table) or any(c.startswith(table) for c in f.cells)]


@pytest.mark.parametrize("report", [full(), consistent("2021", 7, filled=0.1)])
def test_after_an_inserted_row_only_that_is_said_of_the_table(report: Report) -> None:
    """Clerk's M6: three false errors and sixteen warnings that asked to delete the form's own labels."""
    before = {f.id for f in found(report, "三", lambda sheet: None)}
    findings = found(report, "三", lambda sheet: sheet.insert_rows(13))
    (finding,) = about(findings, "t3")
    assert "第 13 行是插入的空行" in finding.message and "Ctrl+Z" in finding.remedy
    assert not [f for f in findings if f.rule == "content-unplaced"]
    assert {f.id for f in findings} - before == {"label-changed:t3"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.insert_rows(13, 2), "第 13–14 行是插入的空行"),
        (lambda s: (s.insert_rows(13), s.cell(13, 4, 7)), "第 13 行是插入的行"),
        (lambda s: s.delete_rows(14), "原第 14 行（C14“2.其他法律行政法规禁止公开”）被删除"),
        (lambda s: s.insert_cols(5), "E 列是插入的空列"),
        (lambda s: s.cell(13, 3, "别的"), "首处为 C13，应为“1.属于国家秘密”，现为“别的”"),
    ],
)
def test_what_was_done_to_the_sheet_is_said_where_it_can_be_known(change: Change, said: str) -> None:
    (finding,) = about(found(full(), "三", change), "t3")
    assert finding.rule == "label-changed" and said in finding.message, finding.message
    assert "本表的数字没有核对" in finding.message


def test_other_tables_are_judged_and_a_persons_own_words_are_kept() -> None:
    report = full()
    report.values["t4.review.total"] = report.number("t4.review.total") + 1

    def change(sheet: Any) -> None:
        sheet.insert_rows(13)
        sheet.cell(70, 2, "这里另有说明")

    findings = found(report, "三", change)
    assert about(findings, "t4")
    assert [f for f in findings if f.rule == "content-unplaced" and "这里另有说明" in f.message]


def test_a_formula_without_a_value_is_one_finding_with_the_number() -> None:
    """Field 9: D9 = "=2+3", saved by a program that does not reckon."""
    report = full()
    findings = found(report, "三", lambda sheet: sheet.cell(9, 4, "=2+3"))
    (finding,) = (f for f in findings if "t3.new.natural" in f.cells)
    right = report.number("t3.new.natural")
    assert finding.rule == "typed-formula" and "没有它的结果" in finding.message
    assert f"应填 {right}。" in finding.message and [s.suggested for s in finding.suspects] == [right]
    assert not [f for f in findings if f.rule in ("cell-blank", "cell-number")]


def test_an_untouched_form_is_one_finding() -> None:
    blank = Report(full().form, "某局", 2024)
    for answer in ("", "是"):
        findings = found(blank, "封面", lambda sheet, answer=answer: sheet.cell(11, 2, answer or None))
        assert [f.rule for f in findings if f.level == "error"] == ["form-empty"]
