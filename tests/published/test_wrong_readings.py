"""Readings that were wrong once, each as the smallest table that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest

from gouji.published.reading import TablesRead
from gouji.report import Report
from support.published import PLAIN, SHAPES
from support.published.draft import Draft, Paragraph, Piece, PrintedTable, draft_of
from support.published.reading import tables_of
from support.triples import zeros
from support.years import unit

Change = Callable[[Draft], None]
EMPTY_LINES = ["S15", "S20"]


def read(report: Report, code: str, *changes: Change) -> TablesRead:
    """The report printed as the form is, changed, in the shape ``code``, and read."""
    draft = draft_of(report, Random(0), PLAIN)
    for change in changes:
        change(draft)
    return tables_of(SHAPES[code].write(draft, Random(0)), f"x{SHAPES[code].suffix}")


def to_table(key: str, change: Callable[[list[Piece]], Iterable[Piece]]) -> Change:
    """``change`` done to the pieces of one table."""

    def done(draft: Draft) -> None:
        for place, part in enumerate(draft.parts):
            if isinstance(part, PrintedTable) and part.key == key:
                draft.parts[place] = replace(part, pieces=tuple(change(list(part.pieces))))

    return done


def exchanged(row: str, other: str) -> Change:
    """Two rows of 三, each with its label, in the other order."""

    def change(pieces: list[Piece]) -> Iterable[Piece]:
        one, two = (next(p.row for p in pieces if p.cell == f"t3.{r}.natural") for r in (row, other))
        places = {one: two, two: one}
        return [replace(p, row=places.get(p.row, p.row)) for p in pieces]

    return to_table("table3", change)


def prose_before(key: str, number: int) -> Change:
    """A sentence with the labels of rows before a table."""

    def done(draft: Draft) -> None:
        at = next(i for i, p in enumerate(draft.parts) if isinstance(p, PrintedTable) and p.key == key)
        said = draft.words["prose"]["leads"][number].format(**draft.said)
        draft.parts.insert(at, Paragraph("text", said))

    return done


def exchanged_columns(pieces: list[Piece]) -> Iterable[Piece]:
    """商业企业 and 科研机构 with their heads in the other order."""
    one, two = (next(p.column for p in pieces if p.cell == f"t3.new.{c}") for c in ("business", "research"))
    places = {one: two, two: one}
    single = [p for p in pieces if p.is_value or (p.role == "head" and p.width == p.height == 1)]
    return [replace(p, column=places.get(p.column, p.column)) if p in single else p for p in pieces]


def values(tables: TablesRead, *cells: str) -> list[object]:
    """What was read; "?" for what was not."""
    return [tables.read[c].value if c in tables.read else "?" for c in cells]


@pytest.mark.parametrize("code", ["S02", "S15", "S17", "S18", "S20", "S21", "S22"])
def test_columns_in_another_order_below_prose_with_labels(code: str) -> None:
    """The labels of rows in a sentence above the table hid its heads: the form's order was assumed."""
    report = zeros(cells={"t3.new.business": 4, "t3.new.total": 4})
    tables = read(report, code, prose_before("table3", 2), to_table("table3", exchanged_columns))
    assert values(tables, "t3.new.business", "t3.new.research") in ([4, 0], ["?", "?"])


@pytest.mark.parametrize("code", EMPTY_LINES)
def test_two_rows_in_the_other_order(code: str) -> None:
    """二 stands before 一 and every equation holds in either order: the labels were not believed."""
    report = unit("甲局", 2024, new=58)
    tables = read(report, code, exchanged("new", "carried_in"))
    assert values(tables, "t3.new.natural", "t3.carried_in.natural") in ([58, 0], ["?", "?"])


def test_a_row_stands_twice_the_first_time_with_a_slash() -> None:
    """ "/" behind a label was no value, so the second row of the name counted alone."""
    report = zeros("2019", cells={"t2.rules.newly_public": None, "t2.rules.public": None})
    report.set("t2.rules.newly_made", "/")

    def twice(pieces: list[Piece]) -> Iterable[Piece]:
        (row,) = {p.row for p in pieces if p.cell == "t2.rules.newly_made"}
        lower = [replace(p, row=p.row + 1) if p.row > row else p for p in pieces]
        copies = [p for p in pieces if p.row == row]
        again = [replace(p, row=row + 1, lines=("85",) if p.is_value else p.lines) for p in copies]
        return [*lower, *again]

    tables = read(report, "S20", to_table("table2", twice))
    assert values(tables, "t2.rules.newly_made", "t2.rules.public") == ["?", "?"]


@pytest.mark.parametrize("code", ["S05"])
def test_ten_thousand_in_traditional_characters(code: str) -> None:
    """（單位：萬元） was taken for 元, which makes of 316441 万元 the 10,000th part."""
    report = zeros(cells={"t2.fees.amount": 316_441_000_000})
    assert values(read(report, code), "t2.fees.amount") in ([316_441_000_000], ["?"])


@pytest.mark.parametrize("code", ["S04", "S07", "S10", "S15", "S25", "S26"])
def test_heads_that_stand_again_are_no_row(code: str) -> None:
    """其他 among the heads of a table's second piece was taken for 3.其他, and 三 for the edition of 2021."""
    report = unit("甲局", 2019, new=3)

    def again(draft: Draft) -> None:
        (place,) = (i for i, p in enumerate(draft.parts) if isinstance(p, PrintedTable) and p.key == "table3")
        table = draft.parts[place]
        assert isinstance(table, PrintedTable)
        draft.parts[place : place + 1] = _in_two(table)

    tables = read(report, code, again)
    assert tables.editions.get("table3") == "2019"
    assert not {cell for cell in (*tables.read, *tables.unread) if cell not in report.form.by_id}


def _in_two(table: PrintedTable) -> list[PrintedTable]:
    """Heads, the first rows; heads again, the last two rows."""
    cut = max(p.row for p in table.pieces) - 1
    heads = [p for p in table.pieces if p.row < table.head_rows]
    first = [replace(p, height=min(p.height, cut - p.row)) for p in table.pieces if p.row < cut]
    last = [replace(p, row=p.row - cut + table.head_rows) for p in table.pieces if p.row >= cut]
    return [replace(table, pieces=tuple(first)), replace(table, pieces=(*heads, *last))]


@pytest.mark.parametrize("code", ["S09", "S18"])
def test_a_table_that_does_not_tell_its_edition(code: str) -> None:
    """Without a row of （六） the labels of 三 are those of both editions; the other tables decide."""
    report = unit("甲局", 2019, new=3)

    def without(pieces: list[Piece]) -> Iterable[Piece]:
        (row,) = {p.row for p in pieces if p.cell == "t3.other.natural"}
        return [
            replace(p, height=p.height - (p.row < row < p.row + p.height)) for p in pieces if p.row != row
        ]

    assert read(report, code, to_table("table3", without)).editions.get("table3", "2019") == "2019"


@pytest.mark.parametrize("code", ["S07", "S24"])
def test_a_row_below_the_heads_of_another_block(code: str) -> None:
    """行政许可 among the rows of （一）: its numbers are not what its own heads say. It ended in an error."""
    report = zeros("2019", cells={"t2.licences.decisions": 7})

    def moved(pieces: list[Piece]) -> Iterable[Piece]:
        rows = {p.cell: p.row for p in pieces}
        one, two = rows["t2.rules.newly_made"], rows["t2.licences.items_before"]
        places = {one: two, two: one}
        return [replace(p, row=places.get(p.row, p.row)) for p in pieces]

    tables = read(report, code, to_table("table2", moved))
    assert values(tables, "t2.rules.public") in ([0], ["?"])


@pytest.mark.parametrize("code", ["S07", "S12"])
def test_a_row_with_a_cell_too_many_and_one_empty(code: str) -> None:
    """Eight cells of which one is empty were read as seven numbers."""
    report = zeros(cells={f"t3.draft.{c}": n for c, n in zip(("natural", "business"), (60, 1), strict=True)})
    report.set("t3.draft.research", None)

    def more(pieces: list[Piece]) -> Iterable[Piece]:
        (one,) = [p for p in pieces if p.cell == "t3.draft.welfare"]
        later = [p for p in pieces if p.row == one.row and p.column > one.column]
        moved = [replace(p, column=p.column + 1) if p in later else p for p in pieces]
        return [*moved, replace(one, column=one.column + 1, lines=("303",), cell=None)]

    tables = read(report, code, to_table("table3", more))
    assert values(tables, "t3.draft.research", "t3.draft.legal_service") in ([None, 0], ["?", "?"])


def test_a_page_mark_behind_a_slash() -> None:
    """Where empty cells vanish, "0 0 / /- 2 -" is no row of seven."""
    report = zeros("2019")
    for column in ("natural", "business", "research"):
        report.set(f"t3.granted.{column}", None)
    report.set("t3.granted.other_person", "/")
    report.set("t3.granted.total", "/")

    draft = draft_of(report, Random(0), PLAIN)
    text = SHAPES["S18"].write(draft, Random(0)).decode("utf-8-sig")
    glued = text.replace("0 0 / /\n", "0 0 / /- 2 -\n").replace("0 0 / /\r\n", "0 0 / /- 2 -\r\n")
    assert glued != text
    tables = tables_of(glued.encode(), "x.txt")
    assert values(tables, "t3.granted.natural", "t3.granted.other_person") == ["?", "?"]


@pytest.mark.parametrize("code", ["S02", "S15", "S18", "S19", "S26"])
def test_a_bracket_behind_the_last_number(code: str) -> None:
    """9（其中修订1件） at the end of a line was read as 9, as if a heading followed."""

    def explained(pieces: list[Piece]) -> Iterable[Piece]:
        (one,) = [p for p in pieces if p.cell == "t3.forbidden.total"]
        return [replace(p, lines=("9（其中修订1件）",)) if p is one else p for p in pieces]

    tables = read(zeros(), code, to_table("table3", explained))
    assert values(tables, "t3.forbidden.total") == ["?"]


@pytest.mark.parametrize("code", ["S05", "S06", "S22"])
def test_a_first_row_that_stands_twice(code: str) -> None:
    """一 twice with different numbers: the second was taken for the beginning of the table."""
    report = unit("甲局", 2024, new=3)

    def twice(pieces: list[Piece]) -> Iterable[Piece]:
        (row,) = {p.row for p in pieces if p.cell == "t3.new.natural"}
        lower = [replace(p, row=p.row + 1) if p.row > row else p for p in pieces]
        copies = [p for p in pieces if p.row == row]
        again = [replace(p, row=row + 1, lines=("45",) if p.is_value else p.lines) for p in copies]
        return [*lower, *again]

    tables = read(report, code, to_table("table3", twice))
    assert values(tables, "t3.new.natural", "t3.new.total") == ["?", "?"]


def test_a_row_that_begins_with_an_empty_cell_and_ends_with_two_pipes() -> None:
    """Of " | 4 | … | ||" the first pipe was taken for the border of the row, and its empty cell was lost."""
    report = zeros(cells={"t4.review.upheld": None, "t4.review.corrected": 4})

    def lost(pieces: list[Piece]) -> Iterable[Piece]:
        later = [p for p in pieces if p.is_value and p.column > 2]
        return [
            replace(p, column=p.column - 1) if p in later else p
            for p in pieces
            if p.cell != "t4.review.other_result"
        ]

    tables = read(report, "S05", to_table("table4", lost))
    assert values(tables, "t4.review.corrected") in ([4], ["?"])
    assert values(read(report, "S05"), "t4.review.upheld", "t4.review.corrected") == [None, 4]


@pytest.mark.parametrize("code", ["S02", "S15", "S18"])
def test_a_sign_between_two_numbers_of_one_cell(code: str) -> None:
    """33-33 in the cell of 上一年项目数量 was read as 33 and −33, that of 本年增/减 as nothing."""

    def joined(pieces: list[Piece]) -> Iterable[Piece]:
        (one,) = [p for p in pieces if p.cell == "t2.fees.items_before"]
        return [replace(p, lines=("33-33",)) if p is one else p for p in pieces]

    tables = read(zeros("2019"), code, to_table("table2", joined))
    assert values(tables, "t2.fees.items_before", "t2.fees.change") == ["?", "?"]


def test_the_number_of_a_torn_label_is_no_value() -> None:
    """Behind （六）其他处理 the 1. of the next label, which is torn around its numbers, told 2019."""
    report = zeros(layout={"table2": "2019"})

    def torn(pieces: list[Piece]) -> Iterable[Piece]:
        rows = {p.cell: p.row for p in pieces}
        gone, row = rows["t3.unpaid.natural"], rows["t3.uncorrected.natural"]
        (label,) = [p for p in pieces if p.role == "label" and p.row == row and p.height == 1]
        return [replace(p, lines=(p.text[:4],)) if p is label else p for p in pieces if p.row != gone]

    tables = read(report, "S18", to_table("table3", torn))
    assert tables.editions.get("table3") == "2021"


@pytest.mark.parametrize("code", ["S07", "S18", "S25"])
def test_the_unit_of_a_head_and_a_mark_in_the_cell(code: str) -> None:
    """0.06注1 below 采购总金额（元） was read as 0.06 万元."""
    report = zeros("2019", cells={"t2.procurement.purchase_amount": 6})

    def in_yuan(pieces: list[Piece]) -> Iterable[Piece]:
        (cell,) = [p for p in pieces if p.cell == "t2.procurement.purchase_amount"]
        (head,) = [p for p in pieces if p.row == cell.row - 1 and p.column == cell.column]
        new = {cell: replace(cell, lines=("0.06注1",)), head: replace(head, lines=(f"{head.text}（元）",))}
        return [new.get(p, p) for p in pieces]

    assert values(
        read(report, code, to_table("table2", in_yuan)), cell := "t2.procurement.purchase_amount"
    ) in (
        [report.value(cell)],
        ["?"],
    )


def test_digits_are_not_cut_where_empty_cells_vanish() -> None:
    """274 alone in a row of three cells was read as 2, 7, 4 where other rows show that cells are empty."""
    blank = {"t2.documents.made": None, "t2.documents.in_force": None, "t3.secret.welfare": None}
    report = zeros(cells={**blank, "t2.documents.repealed": 274})
    assert values(read(report, "S01"), "t2.documents.made", "t2.documents.repealed") == ["?", "?"]


def test_a_head_does_not_tell_the_edition() -> None:
    """其他 among the heads of the second piece of 三 told 2021 where （六） is not printed."""
    report = unit("甲局", 2019, new=3)

    def change(draft: Draft) -> None:
        (place,) = (i for i, p in enumerate(draft.parts) if isinstance(p, PrintedTable) and p.key == "table3")
        table = draft.parts[place]
        assert isinstance(table, PrintedTable)
        (row,) = {p.row for p in table.pieces if p.cell == "t3.other.natural"}
        kept = [
            replace(p, row=p.row - (p.row > row), height=p.height - (p.row < row < p.row + p.height))
            for p in table.pieces
            if p.row != row
        ]
        draft.parts[place : place + 1] = _in_two(replace(table, pieces=tuple(kept)))

    assert read(report, "S18", change).editions.get("table3", "2019") == "2019"


def test_numbers_behind_the_last_head_do_not_make_it_a_row() -> None:
    """其他 among heads that stand again told 2021, as the numbers of a torn row stand behind it."""
    report = zeros("2019", layout={"table2": "2021"}, cells={"t3.processed.natural": 3})

    def change(draft: Draft) -> None:
        (place,) = (i for i, p in enumerate(draft.parts) if isinstance(p, PrintedTable) and p.key == "table3")
        table = draft.parts[place]
        assert isinstance(table, PrintedTable)
        first, second = _in_two(table)
        bare = [p for p in second.pieces if p.row != second.head_rows or p.is_value]
        draft.parts[place : place + 1] = [first, replace(second, pieces=tuple(bare))]

    assert read(report, "S18", change).editions.get("table3", "2019") == "2019"
