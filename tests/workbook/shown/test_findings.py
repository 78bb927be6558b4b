"""Where a finding leads: a cell, a line, a paragraph."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from gouji.audit import audit
from gouji.examine import judge
from gouji.form import load_form
from gouji.report import Explanation, Report
from gouji.rules import catalogue
from gouji.workbook.reading.reader import Reading
from gouji.workbook.shown.explain import alternatives, alternatives_title, basis, lists_alternatives
from gouji.workbook.shown.findings import finding_json, place_of
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.wording import wording
from support.movements import right_tables, rows3, with_rows3


def report(
    cells: dict[str, int | None], texts: dict[str, str] | None = None, edition: str = "2021"
) -> Report:
    """A form of zeros with these cells; 总计 of table 三 follows 自然人."""
    made = Report(load_form(edition), "某局", 2023 if edition == "2021" else 2020, texts=texts)
    made.values = dict.fromkeys((c.id for c in made.form.cells), 0)
    both = {c.replace("natural", "total"): n for c, n in cells.items() if c.startswith("t3.")}
    return made.with_values({**both, **cells})


RESULTS = {"new": 58, "granted": 9, "partly": 3, "secret": 4, "internal": 32, "not_held": 10, "petition": 1}
UNDECIDED = {f"t3.{row}.natural": n for row, n in {**RESULTS, "processed": 58}.items()}


def places(made: Report) -> dict[str, str]:
    return {f.rule: place_of(made, f) for f in audit(made)}


def test_an_undecided_finding_leads_to_the_line_and_not_to_a_cell() -> None:
    assert places(report(UNDECIDED))["wrong-cells"] == "三!D11:D32"


def moved_down() -> Report:
    """A real table 三, pasted one row too low."""
    right = right_tables()["suqian-2024"]
    return with_rows3(right, [[None] * 7, *rows3(right)[:-1]])


def test_a_movement_leads_to_the_whole_area_and_lists_nothing_to_change() -> None:
    made = moved_down()
    (finding,) = [f for f in audit(made) if f.area]
    assert place_of(made, finding) == "三!D9:J33"
    shown = finding_json(made, finding)
    assert (shown["place"], shown["suspects"], len(shown["cells"])) == ("三!D9:J33", [], 175)
    assert not lists_alternatives(finding)
    assert basis(made, finding) == [], "sums over what stands in the wrong place"


def test_a_row_typed_twice_leads_to_both_rows_and_lists_both() -> None:
    right = right_tables()["suqian-2024"]
    rows = rows3(right)
    made = with_rows3(right, [*rows[:13], rows[12], *rows[14:]])
    (finding,) = [f for f in audit(made) if f.area]
    assert place_of(made, finding) == "三!D21:J22"
    assert [way.place for way in alternatives(made, finding)] == ["三!D21", "三!D22"]


def test_a_decided_finding_leads_to_the_cell_or_the_line_to_fill() -> None:
    rows = {"new": 58, "granted": 58, "processed": 58}
    cells = {f"t3.{row}.natural": n for row, n in rows.items()}
    assert places(report(cells).with_values({"t3.granted.natural": 85}))["wrong-cell"] == "三!D11"
    empty = report(cells).with_values(
        {c.id: None for c in load_form("2021").cells if c.row.id == "processed"}
    )
    assert places(empty)["totals-left"] == "三!D32:J32"


@pytest.mark.parametrize(
    ("texts", "rule", "place"),
    [
        ({"五": "无"}, "problems-empty", "五!A4"),
        ({"六": "未收取信息处理费。\n网址XX。"}, "placeholder", "六!A5"),
        ({"一": "综述。\n新收政府信息公开申请60件。"}, "prose-number", "一!A14"),
        ({"引言": "2022年度政府信息公开工作年度报告。"}, "other-year", "一!A4"),
    ],
)
def test_a_finding_on_a_text_leads_to_its_row(texts: dict[str, str], rule: str, place: str) -> None:
    cells = {f"t3.{row}.natural": 58 for row in ("new", "granted", "processed")}
    assert places(report(cells, {"一": "", "五": "", "六": "", **texts}))[rule] == place


def test_like_ways_are_one_line_with_all_their_cells() -> None:
    made = report(UNDECIDED)
    (finding,) = (f for f in audit(made) if f.rule == "wrong-cells")
    family, unlogged = alternatives(made, finding)
    assert all(f"{a} " in family.text for a in ("D24", "J24", "D11", "D12", "D13", "D17", "D21"))
    assert "D24 1→0、J24 1→0" in family.text and family.place == "三!D24"
    assert "一、本年新收政府信息公开申请数量：D9 58→59、J9 58→59；（七）总计：D32" in unlogged.text
    assert "只选一种" in alternatives_title(finding)


def test_what_all_of_a_family_change_is_said_once() -> None:
    rows = {"new": 245, "granted": 100, "partly": 80, "secret": 30, "internal": 20, "not_held": 16}
    made = report({f"t3.{row}.natural": n for row, n in {**rows, "processed": 246}.items()})
    (finding,) = (f for f in audit(made) if f.rule == "wrong-cells")
    (closed,) = (a for a in alternatives(made, finding) if "D12 " in a.text)
    assert closed.text.count("D32") == closed.text.count("J32") == 1
    assert "，并改下列之一：" in closed.text


def test_json_says_whether_it_is_decided_and_the_ways() -> None:
    made = report(UNDECIDED)
    (finding,) = (f for f in audit(made) if f.rule == "wrong-cells")
    entry = finding_json(made, finding)
    assert (entry["place"], entry["decided"]) == ("三!D11:D32", False)
    assert [n for a in entry["alternatives"] for n in a["groups"]] == [1, 2, 3, 4, 5, 6, 7]
    assert {s["group"] for s in entry["suspects"]} == {1, 2, 3, 4, 5, 6, 7}


def test_an_explanation_under_a_key_that_does_not_exist_is_said_with_one_that_does() -> None:
    made = report({}, {"一": "", "五": "无", "六": "未收取信息处理费。"})
    made.explanations = {
        "stok:t2.documents": Explanation("清理", "未处理"),
        "stock:t2.documents": Explanation("清理", "未处理"),
    }
    found = judge(Reading(made, None, []))
    assert [f.id for f in found if f.rule == "explanation-unknown"] == [
        "explanation-unknown:stok:t2.documents"
    ]
    assert "problems-empty:五" in next(f.remedy for f in found if f.rule == "explanation-unknown")


def test_a_total_line_that_may_be_right_after_all_still_leads_to_itself() -> None:
    """Natural persons alone: their column could be wrong instead of 总计, which is the unlikelier."""
    made = report({f"t3.{row}.natural": 5 for row in ("new", "granted", "processed")})
    empty = made.with_values({f"t3.{row}.total": 0 for row in ("new", "granted", "processed")})
    (finding,) = (f for f in audit(empty) if f.rule == "totals-left")
    assert finding.alternatives and not finding.suspects[0].certain
    assert place_of(empty, finding) == "三!J9:J32"


def test_a_finding_on_the_cover_leads_to_its_field_and_names_it_as_printed() -> None:
    """Clerk's M8: no address, and 单位 where the cover prints 单位名称."""
    rules, printed = catalogue(), wording("cover.fields")
    for rule in ("cover", "cover-missing", "cover-prior"):
        for field, name in rules[rule].parameters["fields"].items():
            assert field == "edition" or printed[field][0] == name
    nameless = replace(report({}), unit="", year=0)
    found = {f.place: place_of(nameless, f) for f in audit(nameless) if f.rule == "cover-missing"}
    assert found == {"unit": "封面!B6", "year": "封面!B8"}
    early = replace(report({}), year=2019)
    (edition,) = (f for f in audit(early) if f.rule == "cover")
    assert place_of(early, edition) == "封面!B8"


def test_blank_rows_are_one_place_and_many_numbers_one_a_line() -> None:
    made = report({})
    rows = [c.id for c in made.form.tables["table3"].cells if c.row.id in ("unpaid", "otherwise")]
    blank = made.with_values(dict.fromkeys(rows))
    (finding,) = (f for f in audit(blank) if f.rule == "cell-blank")
    assert place_of(blank, finding) == "三!D30:J31" and not lists_alternatives(finding)
    numbers = {
        f"t3.{row}.natural": n for row, n in (("new", 5), ("granted", 2), ("partly", 3), ("processed", 5))
    }
    left = report(numbers | {f"t3.{row}.total": 0 for row in ("new", "granted", "partly", "processed")})
    (total,) = (f for f in audit(left) if f.rule == "totals-left")
    assert not total.listed and "一、本年新收政府信息公开申请数量 5、" in total.message
    for row in made.form.tables["table3"].grid.rows:
        left.values[f"t3.{row.id}.business"] = {"new": 105, "processed": 105}.get(row.id, 5)
    (total,) = (f for f in audit(left) if f.rule == "totals-left")
    lines = [way.text for way in alternatives(left, total)]
    assert lists_alternatives(total) and len(lines) == len(total.suspects) == 25
    assert lines[0].startswith("J9（一、本年新收政府信息公开申请数量／总计）0→110")
    assert "J9 " not in total.message
    assert all(text.count("→") == 1 for text in lines)


def test_many_like_ways_are_ranges_and_none_stands_before_the_others() -> None:
    """Clerk's M7: of twenty rows twelve were written out, the first ones of the form."""
    rows = [r.id for r in load_form("2021").tables["table3"].grid.rows][2:12]
    made = report(
        {f"t3.{row}.natural": 7 for row in rows} | {"t3.new.natural": 69, "t3.processed.natural": 69}
    )
    (finding,) = (f for f in audit(made) if f.rule == "wrong-cells")
    assert "「自然人」列 10 行中有一行多计 1 件" in finding.message
    first = alternatives(made, finding)[0].text
    assert first.startswith("D11:D20 中的一格减 1，同行的 J11:J20 一并改") and "7→6" not in first
    assert "10 项之和 70，（七）总计填 69，前者多 1" in basis(made, finding)[0]


def remarks(made: Report) -> list[str]:
    """The cells of 三 that a 退回单 marks."""
    findings = [f for f in audit(made) if f.level == "error"]
    sheet = openpyxl.load_workbook(io.BytesIO(slip_workbook(made, None, findings)))["三"]
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]


def test_a_tie_marks_no_cell() -> None:
    """Red frames at the first two of twelve rows would put them first."""
    made = report(UNDECIDED)
    assert remarks(made) == []
    certain = report({**UNDECIDED, "t3.petition.natural": 0, "t3.petition.total": 1})
    assert remarks(certain) == ["J24"]


def test_a_list_of_sums_ends_in_how_many_there_are() -> None:
    """Clerk's M11: four of fourteen, and nothing said of the others."""
    rows = {"new": 9, "granted": 3, "partly": 3, "secret": 3, "processed": 9}
    made = report(
        {f"t3.{row}.{c}": n * (c == "natural") for row, n in rows.items() for c in ("natural", "total")}
    )
    (finding,) = (f for f in audit(made) if f.rule == "totals-left")
    lines = basis(made, finding)
    assert len(lines) == 5 and lines[-1] == f"……等 {len(finding.folded)} 处"
