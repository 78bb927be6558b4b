"""A block pasted at a cell: its place by its labels, nothing outside the form, a shift that its sums tell."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from html import escape
from random import Random
from typing import Any

import pytest

from gouji.api import import_report
from gouji.errors import GoujiError, Refused
from gouji.form import load_form, printed_grid
from gouji.form.addresses import positions
from gouji.page.clipboard import grid_of
from gouji.report import Report, load
from support import DATA
from support.at_the_desk import asked, calls
from support.movements import right_tables
from support.named import with_slips

GOOD = load(DATA / "published" / "pt-gaj-2022.json")
OLD = load(DATA / "originals" / "pt-jtj-2019.json")
ORIGINALS = DATA / "originals"


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


def pasted(report: Report, cell: str, plain: str, html: str = "") -> dict[str, Any]:
    """What is answered to a paste into a blank form of the report's edition."""
    asked("blank", 1, report.unit, 2019 if report.form.edition == "2019" else 2024)
    answer: dict[str, Any] = asked("pasted", 1, cell, plain, html)
    return answer


def filled() -> dict[str, str]:
    """Cell id -> what stands there now."""
    return {key: cell["v"] for key, cell in asked("shown", 1)[0]["cells"].items() if cell["v"]}


def said_by(report: Report, table: str) -> dict[str, str]:
    cells = report.form.tables[table].cells  # type: ignore[index]
    return {c.id: text for c in cells if (text := c.kind.show(report.value(c.id)))}


def squares(report: Report, table: str) -> list[list[str]]:
    """A table as a spreadsheet copies it: merged cells hold their text in the first square."""
    grid = printed_grid(report.form.tables[table])  # type: ignore[index]
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for box in grid.boxes:
        cell = report.form.by_id[box.cell] if box.cell else None
        rows[box.row][box.column] = cell.kind.show(report.value(cell.id)) if cell else box.text
    return rows


def values(report: Report, table: str) -> list[list[str]]:
    """Only the typed cells of 表三 and 表四."""
    grid = printed_grid(report.form.tables[table])  # type: ignore[index]
    return [row[grid.label_columns :] for row in squares(report, table)[grid.head_rows :]]


def tabbed(rows: Sequence[Sequence[str]]) -> str:
    return "\r\n".join("\t".join(row) for row in rows) + "\r\n"


def marked_up(report: Report, table: str) -> str:
    """A table as a word processor copies it, with merged cells."""
    grid = printed_grid(report.form.tables[table])  # type: ignore[index]
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for box in sorted(grid.boxes, key=lambda box: (box.row, box.column)):
        cell = report.form.by_id[box.cell] if box.cell else None
        text = escape(cell.kind.show(report.value(cell.id)) if cell else box.text)
        span = f' rowspan="{box.height}" colspan={box.width}'
        rows[box.row].append(f"<td{span}><p class=MsoNormal><span>{text}<o:p></o:p></span></p></td>")
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<html><head><style>td{{mso:1}}</style></head><body><table border=1>{body}</table></body></html>"


# ---------------------------------------------------------------- by labels


@pytest.mark.parametrize("report", [GOOD, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize("table", ["table2", "table3", "table4"])
@pytest.mark.parametrize("as_html", [False, True], ids=["plain", "html"])
def test_a_table_with_its_labels_finds_its_place(report: Report, table: str, as_html: bool) -> None:
    form = load_form(report.form.edition)
    first = form.tables[table].cells[0].id  # type: ignore[index]
    plain, html = ("", marked_up(report, table)) if as_html else (tabbed(squares(report, table)), "")
    answer = pasted(report, first, plain, html)
    assert filled() == said_by(report, table)
    assert (answer["outside"], answer["shift"]) == (0, "")
    assert answer["filled"] == len(form.tables[table].cells)  # type: ignore[index]


def test_it_finds_its_place_wherever_it_is_put_and_that_is_said() -> None:
    answer = pasted(GOOD, "t2.fees.amount", tabbed(squares(GOOD, "table3")))
    assert filled() == said_by(GOOD, "table3")
    assert answer["cell"] == "" and "三!D9" in answer["shift"], "it lies there already"


def test_three_tables_are_pasted_at_once() -> None:
    tables = ("table2", "table3", "table4")
    rows = [row for table in tables for row in squares(GOOD, table)]
    pasted(GOOD, "t3.new.natural", tabbed(rows))
    assert filled() == {cell: text for table in tables for cell, text in said_by(GOOD, table).items()}


def test_a_few_rows_with_their_labels_are_enough() -> None:
    rows = squares(GOOD, "table3")[:5]
    answer = pasted(GOOD, "t3.new.natural", tabbed(rows))
    wanted = {c: t for c, t in said_by(GOOD, "table3").items() if c.split(".")[1] in ("new", "carried_in")}
    assert filled() == wanted and answer["filled"] == 14


#: As a person copies a published report from a browser, a text viewer or a word processor; and how many
#: of its cells at least are put in.
COPIED = {
    "pt-shs-2024.ueditor.html": 1.0,
    "hangzhou-2025.emptyhead.html": 1.0,
    "pt-jtj-2024.office.html.gz": 1.0,
    "pt-gaj-2021.ucap.html": 1.0,
    "pt-gaj-2024.tabs.txt": 1.0,
    "pt-jtj-2019.traditional.txt": 1.0,
    "pt-jtj-2020.pipeline.txt": 0.9,
    "pt-jtj-2022.spaced.txt": 1.0,
    "pt-shs-2021.glued.txt": 0.9,
    "pt-shs-2024.markitdown.md": 1.0,
}


#: One of each way in which a table comes.
SEEN = ("pt-shs-2024.ueditor.html", "pt-gaj-2024.tabs.txt")


@pytest.mark.parametrize(
    "name", [name if name in SEEN else pytest.param(name, marks=pytest.mark.long) for name in COPIED]
)
def test_a_report_that_was_copied_whole_gives_what_importing_it_gives(name: str) -> None:
    """No number that importing does not read so, and hardly one less."""
    content = (ORIGINALS / name).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    imported = import_report(content, name=name.removesuffix(".gz")).report
    text = content.decode("utf-8-sig")
    plain, html = ("", text) if ".html" in name else (text, "")
    answer = pasted(imported, "t3.new.natural", plain, html)
    wanted = {c.id: t for c in imported.form.cells if (t := c.kind.show(imported.value(c.id)))}
    assert not {cell: text for cell, text in filled().items() if wanted.get(cell) != text}
    assert len(filled()) >= COPIED[name] * len(wanted), (len(filled()), len(wanted), answer["said"])


def test_tables_of_another_edition_are_left_out_and_that_is_said() -> None:
    """A report whose 表三 is printed as two years before; the other two are today's."""
    text = (ORIGINALS / "hongze-2023.pdftotext-layout.txt").read_text("utf-8")
    answer = pasted(GOOD, "t3.new.natural", text)
    assert {cell.split(".")[0] for cell in filled()} == {"t2", "t4"}
    assert "三" in answer["said"] and "2019" in answer["said"]


def test_a_table_of_another_edition_alone_is_left_out() -> None:
    """表二 of 2019 has other columns; nobody guesses which are meant."""
    answer = pasted(GOOD, "t2.rules.made", tabbed(squares(OLD, "table2")))
    assert "2019" in answer["said"] and all(cell.startswith("t2.") for cell in filled())
    made = said_by(OLD, "table2")
    assert all(made.get(cell, "") == text for cell, text in filled().items())


def test_prose_is_no_block_of_numbers() -> None:
    """Paragraphs pasted at a number's cell: nothing is put in, and why is said."""
    answer = pasted(GOOD, "t3.new.natural", "全年公开信息 12 条。\n第二段文字。\n第三段文字。\n")
    assert (answer["filled"], answer["shift"], filled()) == (0, "", {}) and answer["outside"] == 3
    assert answer["shown"][0]["undo"] == 0


# ---------------------------------------------------------------- where it was put


@pytest.mark.parametrize("report", [GOOD, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize("table", ["table3", "table4"])
def test_numbers_alone_go_where_they_were_put(report: Report, table: str) -> None:
    first = load_form(report.form.edition).tables[table].cells[0].id  # type: ignore[index]
    answer = pasted(report, first, tabbed(values(report, table)))
    assert filled() == said_by(report, table) and answer["shift"] == ""


@pytest.mark.parametrize("rows", [-1, 1, 2])
def test_a_block_that_stands_off_by_rows_is_said_with_its_place(rows: int) -> None:
    """表三, or all of it but its first row, put off by some rows: what falls out of the form is counted."""
    table, begun = GOOD.form.tables["table3"], max(-rows, 0)
    place = {at: cell for cell, at in positions(table).items()}
    top, left = positions(table)[table.cells[0].id]
    block = tabbed(values(GOOD, "table3")[begun:])
    answer = pasted(GOOD, place[top + begun + rows, left], block)
    assert answer["cell"] == place[top + begun, left] and answer["outside"] == 7 * max(rows, 0)
    assert GOOD.form.tables["table3"].section.number in answer["shift"]
    asked("undo", 1)
    again = asked("pasted", 1, answer["cell"], block, "")
    assert (again["shift"], again["cell"], again["outside"]) == ("", "", 0)


def test_a_block_that_stands_off_by_a_column_is_said_with_its_place() -> None:
    """All columns but the first, which is filled, put one too far to the right."""
    given = said_by(GOOD, "table3")
    natural = {cell: text for cell, text in given.items() if cell.endswith(".natural")}
    assert any(text != "0" for text in natural.values())
    block = tabbed([row[1:] for row in values(GOOD, "table3")])
    asked("blank", 1, "某局", 2024)
    asked("typed", 1, json.dumps(natural))
    answer = asked("pasted", 1, "t3.new.research", block, "")
    assert answer["cell"] == "t3.new.business" and answer["shift"] and answer["outside"] == 25
    asked("undo", 1)
    assert asked("pasted", 1, answer["cell"], block, "")["shift"] == "" and filled() == given


@pytest.mark.long
def test_slips_of_a_person_hide_no_shift_and_make_none() -> None:
    """Published tables with up to two numbers mistyped: put right, put right with a row too many below,
    and put one row too low."""
    dice = Random(1)
    told = 0
    tables = list(right_tables().values())[:12]
    for number, right in enumerate(tables):
        cells = [c.id for c in right.form.tables["table3"].cells]
        below = positions(right.form.tables["table3"])
        wrong = with_slips(dice, right, number % 3) if number % 3 else right
        block = values(wrong, "table3")
        for rows in (block, [*block, ["3", *["0"] * 6]]):
            assert pasted(right, cells[0], tabbed(rows))["shift"] == ""
        second = next(cell for cell in cells if below[cell] == (below[cells[0]][0] + 1, below[cells[0]][1]))
        answer = pasted(right, second, tabbed(block))
        assert answer["cell"] in ("", cells[0])
        told += answer["cell"] == cells[0]
    assert told >= len(tables) - 1


def test_nothing_is_said_of_right_numbers_nor_of_what_no_sum_tells() -> None:
    row = values(GOOD, "table3")[0]
    assert pasted(GOOD, "t3.new.natural", tabbed([row]))["shift"] == ""
    assert pasted(GOOD, "t3.granted.natural", "7")["shift"] == ""


def test_nothing_is_written_outside_the_form_and_that_is_said() -> None:
    answer = pasted(GOOD, "t3.new.other_person", "1\t2\t3\t4\r\n5\r\n")
    assert filled() == {
        "t3.new.other_person": "1",
        "t3.new.total": "2",
        "t3.carried_in.other_person": "5",
    }
    assert answer["outside"] == 2 and "2" in answer["said"]
    answer = pasted(GOOD, "t4.review.upheld", "1\r\n2\r\n3\r\n")
    assert answer["outside"] == 2 and list(filled().values()) == ["1"]


def test_labels_beside_numbers_that_no_line_of_the_form_has_are_left_out() -> None:
    answer = pasted(GOOD, "t3.new.natural", "甲类事项\t1\t2\r\n乙类事项\t3\t4\r\n")
    assert list(filled().values()) == ["1", "2", "3", "4"] and answer["filled"] == 4


def test_what_is_no_number_is_kept_as_it_was_pasted_and_undone_in_one_step() -> None:
    answer = pasted(GOOD, "t3.new.natural", "1,234\t约3\t/\t１２\t3注1\t\t")
    cells = answer["shown"][0]["cells"]
    row = [c.id for c in GOOD.form.tables["table3"].cells[:6]]
    assert [cells[c]["v"] for c in row] == ["1234", "约3", "/", "12", "3", ""]
    assert cells[row[1]]["s"] == "unread" and cells[row[4]]["mark"] == "注1"
    assert asked("undo", 1)[0]["undo"] == 0 and filled() == {}


# ---------------------------------------------------------------- what was copied


@pytest.mark.parametrize(
    ("plain", "grid"),
    [
        ("", []),
        ("\r\n\r\n", []),
        ("1", [["1"]]),
        ("1\t2\r\n3\r\n", [["1", "2"], ["3", ""]]),
        ('"a\nb"\t2', [["a\nb", "2"]]),
        ('5" 管\t2\n"x', [['5" 管', "2"], ['"x', ""]]),
        ("1\t\t\n\t\t", [["1"]]),
    ],
)
def test_plain_text_is_cut_as_a_spreadsheet_cuts_it(plain: str, grid: list[list[str]]) -> None:
    assert grid_of(plain, "") == (grid, 0)


def test_a_page_is_cut_by_its_cells() -> None:
    html = (
        "<p>前文</p><table><thead><tr><th colspan=2>甲<br>乙<th>丙</thead><tr><td rowspan=2>1<td>2<td>3"
        "<tr><td>4<table><tr><td>5</table><td>6&nbsp;</table><script>7</script>"
    )
    assert grid_of("别的", html) == ([["甲 乙", "", "丙"], ["1", "2", "3"], ["", "4 5", "6"]], 0)
    assert grid_of("1\t2", "<b>没有表格</b>") == ([["1", "2"]], 0)


def test_a_page_made_to_exhaust_is_cut_short_or_refused() -> None:
    wide = "<table>" + "<tr>" + "<td colspan=9999 rowspan=9999>1" * 300 + "</table>"
    grid, _ = grid_of("", wide)
    assert len(grid) <= 200 and all(len(row) <= 60 for row in grid)
    with pytest.raises(Refused):
        grid_of("", "<table>" + "<tr><td>1" * 200_000)
    asked("blank", 1, "某局", 2024)
    answer = asked("pasted", 1, "t3.new.natural", "9\t" * 400_000, "")
    assert (answer["filled"], answer["outside"]) == (7, 399_993)
    for plain, html in (("9\t" * 3_000_000, ""), ("", "<table>" + "9" * 6_000_000)):
        with pytest.raises(GoujiError):
            asked("pasted", 1, "t3.new.natural", plain, html)
