"""The form inside a 退回单: the wrong cell in red, what it should be beside it, until it is corrected."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from gouji.audit import audit
from gouji.examine import examine
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import address, layout_of
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.writer import Remark, write_workbook
from gouji.workshop.sample import sample, sample_report
from support.movements import right_tables, rows3, with_rows3
from support.office import Office

#: The sample's wrong cell, and the first free column beside table 三.
WRONG, BESIDE = "D11", "N11"
RED = "#C00000"


def slip(report: Report, folder: Path) -> Path:
    path = folder / "退回单.xlsx"
    path.write_bytes(slip_workbook(report, None, audit(report)))
    return path


def test_the_sample_has_one_slip_and_nothing_else(tmp_path: Path) -> None:
    assert audit(sample_report(slip=False)) == []
    path = tmp_path / "样例.xlsx"
    path.write_bytes(sample())
    (found,) = examine(path).findings
    assert found.rule == "wrong-cell" and found.level == "error"
    (suspect,) = found.suspects
    assert (suspect.cell, suspect.value, suspect.suggested) == ("t3.granted.natural", 16, 61)


def test_the_wrong_cell_is_red_with_its_value_beside_it(tmp_path: Path, office: Office) -> None:
    with office.open(slip(sample_report(), tmp_path)) as book:
        assert book.value("三", BESIDE) == "← D11 应为 61"
        assert book.colours()["三"][WRONG] == RED
        book.type("三", {WRONG: "61"})
        assert book.value("三", BESIDE) == ""
        assert RED not in book.colours()["三"].values()


def test_an_area_is_framed_and_spoken_of_once(tmp_path: Path) -> None:
    right = right_tables()["suqian-2024"]
    rows = rows3(right)
    path = slip(with_rows3(right, [*rows[:13], [0, *rows[13][:-1]], *rows[14:]]), tmp_path)
    sheet = load_workbook(path)["三"]
    framed = {c.coordinate for row in sheet["D9:J33"] for c in row if c.border.left.style == "thick"}
    assert framed == {f"{column}22" for column in "DEFGHIJ"}
    spoken = [c.coordinate for row in sheet["D9:J33"] for c in row if c.comment]
    assert spoken == ["D22"] and "右移了一格" in sheet["D22"].comment.text


def test_the_words_beside_the_table_are_nobody_s(tmp_path: Path) -> None:
    """A slip is corrected and sent again: what it says of itself is not taken for a person's text."""
    examined = examine(slip(sample_report(), tmp_path))
    assert examined.report and examined.report.unplaced == []
    assert [f.rule for f in examined.findings] == ["wrong-cell"]


def test_several_cells_of_a_row_amounts_blanks_and_slashes(tmp_path: Path, office: Office) -> None:
    """Each is said as long as it is wrong; an amount as its cell shows it."""
    right = {
        "t4.review.total": 3,
        "t4.review.pending": None,
        "t2.fees.amount": 125_800,
        "t2.licences.decisions": "/",
    }
    wrong = {
        "t4.review.total": 30,
        "t4.review.pending": 0,
        "t2.fees.amount": 12_580_000,
        "t2.licences.decisions": 1,
    }
    path = tmp_path / "退回单.xlsx"
    marked = {cell: Remark("", True, value) for cell, value in right.items()}
    path.write_bytes(write_workbook(sample_report(slip=False).with_values(wrong), marked=marked))
    with office.open(path) as book:
        assert book.value("四", "Q7") == "← D7 应为 空白← E7 应为 3"
        book.type("四", {"E7": "3"})
        assert book.value("四", "Q7") == "← D7 应为 空白"
        places = {"licences.decisions": "/", "fees.amount": "0.1258"}
        for cell, value in places.items():
            row, column = layout_of(sample_report().form).tables["table2"].cells[f"t2.{cell}"]
            assert book.value("二", f"F{row}") == f"← {address(row, column)} 应为 {value}"
            assert book.colours()["二"][address(row, column)] == RED
            book.type("二", {address(row, column): value})
            assert book.value("二", f"F{row}") == ""


def test_where_it_can_not_be_known_nothing_is_said_beside_the_table(tmp_path: Path, office: Office) -> None:
    report = Report(load_form("2021"), "某局", 2024, texts={})
    report.values = dict.fromkeys((c.id for c in report.form.cells), 0)
    for row, number in {"new": 5, "granted": 2, "partly": 2, "processed": 5}.items():
        for column in ("natural", "total"):
            report.set(f"t3.{row}.{column}", number)
    assert any(not f.decided for f in audit(report))
    with office.open(slip(report, tmp_path)) as book:
        assert not any("应为" in str(row[0]) for row in book.values("三", "N8:N33"))
