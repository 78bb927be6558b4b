"""What is declared to be 0 is printed as 0, in Word and on the web; what nobody declared stays blank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.document.contents import shown_value
from gouji.document.page import page_bytes
from gouji.form import load_form
from gouji.report import Declaration, Report, Unplaced
from support.documents import opened


def report_of(said: Declaration) -> Report:
    values = {"t3.new.natural": 3, "t4.review.upheld": "/"}
    return Report(load_form("2021"), "甲局", 2024, values=values, texts={}, blank_is_zero=said)


@pytest.mark.parametrize(
    ("said", "printed"),
    [(False, ("", "", "")), (True, ("0", "0", "0")), (frozenset({"table4"}), ("", "0", ""))],
)
def test_a_blank_is_printed_as_it_was_declared(said: Declaration, printed: tuple[str, str, str]) -> None:
    report = report_of(said)
    cells = ("t3.granted.natural", "t4.review.total", "t3.granted.total")
    shown = tuple(shown_value(report, report.form.by_id[cell]) for cell in cells)
    assert shown == printed
    typed = [shown_value(report, report.form.by_id[cell]) for cell in ("t3.new.natural", "t4.review.upheld")]
    assert typed == ["3", "/"]


def test_a_total_of_numbers_and_what_can_not_be_read_stay_blank() -> None:
    report = report_of(True)
    odd = report.form.by_id["t3.draft.natural"]
    report = replace(report, unplaced=[Unplaced(odd.place, "约3")])
    assert shown_value(report, report.form.by_id["t3.new.total"]) == ""
    assert shown_value(report, odd) == ""


def test_word_and_web_print_the_same_zeros() -> None:
    report = report_of(True)
    last = opened(report).tables[-1].rows[-1].cells
    assert [cell.text for cell in last] == ["/", *["0"] * (len(last) - 1)]
    assert page_bytes(report).decode().count("<td>0</td>") >= len(last) - 1
