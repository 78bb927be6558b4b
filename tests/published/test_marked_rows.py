"""Cells that the source marks: values by their position, and only where that is certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from support.published.small import HEADS, NUMBERS, piped, read, rows_of_three, three, values

SECRET = [1, None, None, None, None, None, 1]
BLANKS: Mapping[str, Sequence[object]] = {"secret": SECRET}


def html(rows: Sequence[Sequence[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><p>三、收到和处理政府信息公开申请情况</p><table>{body}</table></body></html>"


def page(numbers: Mapping[str, Sequence[object]], edition: str = "2021") -> str:
    heads = [[*HEADS[1:4]], [*HEADS[4:]]]
    return html([*heads, *([*labels, *figures] for labels, figures in rows_of_three(numbers, edition))])


def test_an_empty_cell_is_blank_where_cells_are_marked() -> None:
    assert values(read(page(BLANKS), "x.html"), "secret") == SECRET


@pytest.mark.parametrize("blank", [range(7), range(6), range(1, 7), [0], [6]])
def test_blanks_stand_where_they_are_printed(blank: Sequence[int]) -> None:
    expected = [None if i in blank else i + 1 for i in range(7)]
    assert values(read(page({"secret": expected}), "x.html"), "secret") == expected


def test_contents_that_are_no_number_leave_their_cell_unread_and_the_others_read() -> None:
    for said in ("22（其中修订16件）", "-", "－", "—", "——", "约5", "1 0", "3.5", "0①", "007", "、"):
        tables = read(page({"secret": [1, said, 0, 0, 0, 0, 1]}), "x.html")
        assert values(tables, "secret") == [1, "?", 0, 0, 0, 0, 1]
        assert tables.unread["t3.secret.business"].text == said
        assert tables.unread["t3.secret.business"].where == "第1个表格第7行第4格"


def test_a_number_before_a_bracket_is_what_the_cell_may_be() -> None:
    tables = read(page({"secret": [1, "22（其中修订16件）", 0, 0, 0, 0, 1]}), "x.html")
    assert tables.unread["t3.secret.business"].readings == ("22",)


@pytest.mark.parametrize(
    ("said", "value", "mark"),
    [
        ("277注3", 277, "注3"),
        ("12件", 12, ""),
        ("１２", 12, ""),
        ("1,200", 1200, ""),
        ("/", "/", ""),
        ("+3", 3, ""),
    ],
)
def test_what_stands_with_a_number_is_taken_off(said: str, value: object, mark: str) -> None:
    cell = read(page({"secret": [said, 0, 0, 0, 0, 0, 0]}), "x.html").read["t3.secret.natural"]
    assert (cell.value, cell.mark, cell.text) == (value, mark, said)


@pytest.mark.parametrize("raised", ["<sup>注1</sup>", "<sup>1</sup>"])
def test_a_raised_mark_is_no_digit(raised: str) -> None:
    cell = read(page({"secret": [f"27{raised}", 0, 0, 0, 0, 0, 0]}), "x.html").read["t3.secret.natural"]
    assert cell.value == 27 and cell.mark == raised[5:-6]


@pytest.mark.parametrize(
    "figures", [[1, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 1], [1, None, 0, 0, 0, 0, 0, 1]]
)
def test_a_row_with_too_few_or_too_many_cells_is_unread(figures: list[object]) -> None:
    tables = read(page({"secret": figures}), "x.html")
    assert values(tables, "secret") == ["?"] * 7
    assert values(tables, "forbidden") == [0] * 7


def test_one_cell_for_two_rows_is_neither() -> None:
    numbers = {"carried_out": (9, 0, 0, 0, 0, 0, 9)}  # no equation shows whose they are
    text = page(numbers).replace("1.属于国家秘密", "1.属于国家秘密 2.其他法律行政法规禁止公开")
    tables = read(text, "x.html")
    assert values(tables, "secret") == ["?"] * 7


# ---------------------------------------------------------------- squares that labels cover


def covered(numbers: Mapping[str, Sequence[object]], pad: Mapping[str, int] = {}) -> str:
    """Pipe rows of ten squares each; ``pad``: so many of a row's leading empty cells stand at its end."""
    depths = {"一": 0, "二": 0, "四": 0, "（": 1}

    def line(labels: Sequence[str], figures: Sequence[str]) -> str:
        own = labels[-1]
        depth = depths.get(own[0], 2)
        before = [*[""] * (depth + 1 - len(labels)), *labels] if depth else list(labels)
        cells = [*before, *[""] * (3 - len(before)), *figures]
        for _ in range(pad.get(own, 0)):
            cells = [*cells[1:], cells[0]]
        return "| " + " | ".join(cells) + " |"

    return three(line, numbers)


def test_empty_squares_beside_a_label_are_no_values() -> None:
    tables = read(covered(BLANKS | {"new": [None, 3, 0, 0, 0, None, 3]}))
    assert values(tables, "secret") == SECRET
    assert values(tables, "new") == [None, 3, 0, 0, 0, None, 3]


def test_empty_cells_of_a_table_out_of_order_are_unread() -> None:
    """A row whose leading cells stand at its end: where its values begin is open if some are empty."""
    open_ends = {"carried_in": [None, 2, 0, 0, 0, 2, None]}
    assert values(read(covered(open_ends)), "carried_in") == open_ends["carried_in"]
    assert values(read(covered(open_ends, {"2.其他法律行政法规禁止公开": 2})), "carried_in") == ["?"] * 7


def test_several_numbers_in_a_cell_are_as_many_as_the_row_has() -> None:
    text = three(piped).replace("| 1 | 2 | 0 | 0 | 0 | 0 | 3 |", "| 1 2 | 0 0 | 0 0 | 3 |")
    assert values(read(text), "secret") == list(NUMBERS["secret"])


def test_several_numbers_in_a_cell_that_contradict_themselves_are_unread() -> None:
    """56 torn into 5 and 6 beside an empty cell makes as many numbers as well."""
    text = three(piped).replace("| 1 | 2 | 0 | 0 | 0 | 0 | 3 |", "| 5 6 | 0 0 | 0 0 | 0 |")
    assert values(read(text), "secret") == ["?"] * 7


def test_an_empty_row_beside_numbers_without_a_label_is_not_blank() -> None:
    """The values of a torn row stand on the next line."""
    torn = "| 1.属于国家秘密 | | | | | | | |\n| | 1 2 | 0 0 | 0 0 | 3 |"
    text = three(piped).replace("| （三）不予公开 | 1.属于国家秘密 | 1 | 2 | 0 | 0 | 0 | 0 | 3 |", torn)
    assert torn in text
    assert values(read(text), "secret") in (list(NUMBERS["secret"]), ["?"] * 7)


# ---------------------------------------------------------------- one cell a line


@pytest.mark.parametrize("end", ["|||", "||", ""])
def test_one_cell_a_line(end: str) -> None:
    """Empty cells of such a text do not show: a row that lacks one is unread."""

    def line(labels: Sequence[str], figures: Sequence[str]) -> str:
        return "\n".join([*(f"{cell} |" for cell in (*labels, *figures)), end])

    tables = read(three(line, {"secret": [1, None, 0, 0, 0, 0, 1]}))
    assert values(tables, "secret") == ["?"] * 7
    assert values(tables, "new") == list(NUMBERS["new"])


def test_one_cell_a_line_after_a_tab() -> None:
    def line(labels: Sequence[str], figures: Sequence[str]) -> str:
        return "\n".join([*(f"\t{cell}" for cell in (*labels, *figures)), ""])

    assert len(read(three(line)).read) == 175
