"""Lines of the form are found in what was pasted, wherever and in whatever shape it stands there."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from gouji.form import editions, load_form
from gouji.report import Report
from gouji.workbook.pasting.decide import Found, find
from gouji.workbook.pasting.sheet import ZONE_COLUMNS, ZONE_ROWS, PasteSheet, paste_sheet
from gouji.workbook.pasting.taken import as_report
from support.pastes import Rows, contents, drawn, printed
from support.random_reports import random_values

FORM = load_form("2021")
SHEET = paste_sheet(FORM, "pasting")
TABLE2, TABLE3, TABLE4 = FORM.tables.values()


def report(edition: str = "2021", seed: int = 1) -> Report:
    form = load_form(edition)
    return Report(form, values=random_values(form, Random(seed), complete=True))  # type: ignore[arg-type]


def taken(rows: Rows, down: int = 0, right: int = 0) -> dict[str, object]:
    """Cell id -> what is found for it."""
    pasted = contents(SHEET, rows, down, right)
    got, _ = as_report(FORM, find(SHEET, FORM, pasted), pasted)
    return dict(got.values) if got else {}


def states(rows: Rows, down: int = 0, right: int = 0) -> dict[str, str]:
    """Row id -> state, of every table."""
    return said(find(SHEET, FORM, contents(SHEET, rows, down, right)), SHEET)


def said(found: Found, sheet: PasteSheet) -> dict[str, str]:
    return {
        f"{part.table.id}.{line.line}": line.state
        for number, part in enumerate(sheet.parts)
        for line in found.lines[number]
    }


def of_table(one: Report, key: str) -> dict[str, object]:
    return {cell.id: one.value(cell.id) for cell in one.form.tables[key].cells}  # type: ignore[index]


@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("at", [(0, 0), (3, 0), (0, 1), (ZONE_ROWS - 28, ZONE_COLUMNS - 10)])
def test_table_three_is_found_in_every_shape(labels: bool, heads: bool, at: tuple[int, int]) -> None:
    """With one column of labels or three, with its heads or without, shifted down or to the right."""
    one = report()
    assert taken(printed(one, TABLE3, labels=labels, heads=heads), *at) == of_table(one, "table3")


def test_all_tables_one_below_the_other() -> None:
    one = report()
    rows: Rows = [["某市某局2023年政府信息公开工作年度报告"], ["一、总体情况"], ["全年共收到申请12件。"]]
    for table in FORM.tables.values():
        rows += [[table.section.title], *printed(one, table), []]
    assert taken(rows) == one.values


def test_rows_in_another_order_and_labels_in_another_spelling() -> None:
    one = report()
    rows = printed(one, TABLE3, labels=False)
    rows[3:] = sorted(rows[3:], key=lambda row: str(row[0])[::-1])
    for row in rows:
        label = str(row[0] or "")
        row[0] = (
            label.replace("（", "(").replace("）", ")").replace(".", "．").replace("1", "１")[:3]
            + "\n"
            + label[3:]
        )
    assert len(taken(rows)) == len(TABLE3.cells)
    assert taken(rows) == of_table(one, "table3")


def test_columns_in_another_order_follow_their_heads() -> None:
    one = report()
    rows = [[*row[:3], row[9], *row[3:9]] for row in printed(one, TABLE3)]
    assert taken(rows) == of_table(one, "table3")


def test_the_total_and_the_row_other_are_no_heads() -> None:
    """总计 and 其他 are heads as well: the rows are known by their numbers, （七）总计 and 3.其他."""
    one = report()
    rows = printed(one, TABLE3)
    rows[-2][1], rows[-3][2] = "总计", "其他"
    found = states(rows)
    assert found["t3.processed"] == found["t3.otherwise"] == "absent"
    assert Counter(found.values())["found"] == 23


def test_a_row_that_is_shifted_is_not_used() -> None:
    one = report()
    for at in (3, 10):
        rows = printed(one, TABLE3)
        rows[at].insert(3, None)
        assert Counter(states(rows).values()) == {"found": 24, "aside": 1, "absent": 9}
        rows[at].pop(3)
        assert len(taken(rows)) == 175


def test_a_table_whose_merged_cells_were_lost() -> None:
    """Pasted as text, and by LibreOffice from a text document, a line stands right behind its label: used
    only where all of its cells are there."""
    one = report()
    rows = [[content for content in row if content is not None] for row in printed(one, TABLE3)]
    assert taken(rows) == of_table(one, "table3")
    assert {state for line, state in states(rows).items() if line.startswith("t3.")} == {"found", "shifted"}
    for row in rows[3:]:
        row[-7] = None
    assert taken(rows) == {}, "a blank cell leaves open where the others belong"
    for row in rows[3:]:
        row[-7:-4] = ["/", "/", "/"]
    assert states(rows)["t3.new"] == "shifted", "a dash is no number, but stands where one belongs"
    assert taken(rows)["t3.new.natural"] == "/"


def test_a_row_that_stands_twice_is_not_used() -> None:
    one = report()
    rows = printed(one, TABLE3)
    rows.insert(6, list(rows[5]))
    assert Counter(states(rows).values())["double"] == 1
    del rows[5:7]
    assert Counter(states(rows).values()) == {"found": 24, "absent": 10}


def test_blank_cells_and_words_stay_what_they_are() -> None:
    one = report()
    rows = printed(one, TABLE3)
    for row in rows[3:]:
        row[3] = None
    rows[3][4] = "/"
    expected = {cell: n for cell, n in of_table(one, "table3").items() if not cell.endswith(".natural")}
    assert taken(rows) == expected | {"t3.new.business": "/"}


def test_table_two_of_another_edition_gives_nothing() -> None:
    """Its columns mean other things; 表三 and 表四 are the same but for （六）."""
    other = report("2019")
    rows: Rows = []
    for table in other.form.tables.values():
        rows += [*printed(other, table), []]
    found = taken(rows)
    assert not [cell for cell in found if cell.startswith("t2.")]
    assert found == {c: v for c, v in other.values.items() if c in FORM.by_id and not c.startswith("t2.")}
    assert states(rows)["t2.documents"] == "headless" and states(rows)["t3.unpaid"] == "absent"


def test_table_four_needs_its_heads() -> None:
    one = report()
    rows = printed(one, TABLE4)
    assert taken(rows, 2, 3) == of_table(one, "table4")
    assert set(states(rows[1:]).values()) == {"absent", "headless"}
    del rows[1][5:8]
    assert taken(rows) == {}


def test_an_error_value_hides_its_row() -> None:
    pasted = contents(SHEET, printed(report(), TABLE3))
    (at,) = (at for at, cell in pasted.items() if cell.raw == "一、本年新收政府信息公开申请数量")
    pasted[at[0], 6] = pasted[at]._replace(kind="error", raw="#N/A", value="#N/A")
    found = find(SHEET, FORM, pasted)
    assert Counter(said(found, SHEET).values()) == {"found": 24, "absent": 10}


def test_nothing_pasted_is_nothing_found() -> None:
    found = find(SHEET, FORM, {})
    assert not found.any and found.cells == {}
    assert as_report(FORM, found, {}) == (None, {})


@pytest.mark.parametrize("edition", editions())
def test_what_is_drawn_for_the_engines_meets_every_state(edition: str) -> None:
    form = load_form(edition)
    sheet = paste_sheet(form, "last_year")
    pastes = [drawn(sheet, Random(f"{edition}{seed}")) for seed in range(24)]
    met = Counter(state for paste in pastes for state in said(find(sheet, form, paste), sheet).values())
    assert set(met) == {"found", "shifted", "absent", "double", "headless", "aside"}
    assert met["found"] > 100
