"""The form inside a 退回单: a wrong cell is red until it is corrected, and a remark says the right value."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from gouji.audit import audit
from gouji.examine import examine
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Finding, Suspect
from gouji.workbook.layout import layout_of
from gouji.workbook.shown.slip import slip_workbook
from gouji.workshop.sample import sample, sample_report
from support.movements import right_tables, rows3, with_rows3
from support.office import Office

#: The sample's wrong cell.
WRONG = "D11"
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


def test_the_wrong_cell_is_red_until_it_is_right(tmp_path: Path, office: Office) -> None:
    path = slip(sample_report(), tmp_path)
    comment = load_workbook(path)["三"][WRONG].comment
    assert comment and comment.text.startswith("〔退回单：应为 61。")
    with office.open(path) as book:
        assert book.colours()["三"][WRONG] == RED
        book.type("三", {WRONG: "16"})
        assert book.colours()["三"][WRONG] == RED, "typed again, it is as wrong"
        book.type("三", {WRONG: "61"})
        assert RED not in book.colours()["三"].values()


def conditions(path: Path, sheet: str) -> dict[str, str]:
    """Our conditional formats by the cell that they colour."""
    found = load_workbook(path)[sheet].conditional_formatting
    ours = (
        (str(group.sqref), formula) for group in found for rule in group.rules for formula in rule.formula
    )
    return {where: formula for where, formula in ours if "退回单" in formula}


def test_an_area_is_framed_and_spoken_of_once(tmp_path: Path) -> None:
    right = right_tables()["suqian-2024"]
    rows = rows3(right)
    path = slip(with_rows3(right, [*rows[:13], [0, *rows[13][:-1]], *rows[14:]]), tmp_path)
    framed = conditions(path, "三")
    assert set(framed) == {f"{column}22" for column in "DEFGHIJ"}
    assert framed["D22"] == 'AND("退回单"<>"",IF(ISNUMBER(D22),D22=0,FALSE))'
    sheet = load_workbook(path)["三"]
    spoken = [c.coordinate for row in sheet["D9:J33"] for c in row if c.comment]
    assert spoken == ["D22"] and "右移了一格" in sheet["D22"].comment.text


def test_the_words_beside_the_table_are_nobody_s(tmp_path: Path) -> None:
    """A slip is corrected and sent again: what it says of itself is not taken for a person's text."""
    examined = examine(slip(sample_report(), tmp_path))
    assert examined.report and examined.report.unplaced == []
    assert [f.rule for f in examined.findings] == ["wrong-cell"]


def test_amounts_blanks_and_slashes_are_red_until_they_are_right(tmp_path: Path, office: Office) -> None:
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
    report = sample_report(slip=False).with_values(wrong)
    suspects = {cell: Suspect(cell, wrong[cell], value, "", certain=True) for cell, value in right.items()}
    findings = [
        Finding("wrong-cell", cell, "error", "填错。", "请改正。", (cell,), suspects=(suspect,))
        for cell, suspect in suspects.items()
    ]
    path = tmp_path / "退回单.xlsx"
    path.write_bytes(slip_workbook(report, None, findings))
    typed = {"t4.review.total": "3", "t4.review.pending": "", "t2.fees.amount": "0.1258"}
    typed["t2.licences.decisions"] = "/"
    assert load_workbook(path)["四"]["D7"].comment.text.startswith("〔退回单：应为 空白。")
    with office.open(path) as book:
        colours = book.colours()
        for cell, text in typed.items():
            sheet, where = layout_of(report.form).locate(cell)
            assert colours[sheet][where] == RED
            book.type(sheet, {where: text})
            colours = book.colours()
            assert colours[sheet].get(where) != RED, cell


def test_where_it_can_not_be_known_nothing_is_red(tmp_path: Path) -> None:
    report = Report(load_form("2021"), "某局", 2024, texts={})
    report.values = dict.fromkeys((c.id for c in report.form.cells), 0)
    for row, number in {"new": 5, "granted": 2, "partly": 2, "processed": 5}.items():
        for column in ("natural", "total"):
            report.set(f"t3.{row}.{column}", number)
    assert any(not f.decided for f in audit(report))
    path = slip(report, tmp_path)
    comments = [c.comment.text for row in load_workbook(path)["三"]["D9:J33"] for c in row if c.comment]
    assert not any("〔退回单：应为" in text for text in comments)
    assert not any("<>" in f.replace('"退回单"<>""', "") for f in conditions(path, "三").values())
