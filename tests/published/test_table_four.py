"""Table 四: fifteen numbers on one line, one a line, behind their labels, or glued."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gouji.form import load_form
from support.published.small import read, values

TITLE, END = "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"
PARTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
HEADS = ["行政复议", "行政诉讼", *PARTS, "未经复议直接起诉", "复议后起诉", *PARTS, *PARTS]
NUMBERS = ["2", "1", "3", "1", "7", "0", "0", "0", "0", "0", "13", "2", "4", "0", "19"]
CONTRADICTION = ["10", "1", *["0"] * 13]


def four(between: str, numbers: Sequence[str] = NUMBERS, heads: Sequence[str] = HEADS) -> str:
    return "\n".join([TITLE, between.join(heads), between.join(numbers), END, "2023年还有3项整改。"])


def all_values(text: str, name: str = "x.txt") -> list[object]:
    tables = read(text, name)
    rows = load_form("2021").tables["table4"].rows()
    return [v for row in rows for v in values(tables, row.id, "t4")] if "table4" in tables.editions else []


@pytest.mark.parametrize("numbers", [NUMBERS, CONTRADICTION])
@pytest.mark.parametrize("between", [" ", "\n", "\t"])
def test_fifteen_numbers_are_the_table_as_printed(between: str, numbers: list[str]) -> None:
    assert all_values(four(between, numbers)) == [int(n) for n in numbers]


def test_heads_torn_into_their_characters_do_not_matter() -> None:
    heads = [
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        "结果 结果 其他 尚未",
        "总 计",
        "维持 纠正",
    ]
    assert all_values(four("\n", heads=heads).replace("\n".join(NUMBERS), " ".join(NUMBERS)))[4] == 7


def test_glued_digits_are_cut_by_their_three_sums() -> None:
    tables = read(four("").replace("\n", ""))
    assert {cell.how for cell in tables.read.values()} == {"cut"}
    assert values(tables, "suit_after_review", "t4") == [13, 2, 4, 0, 19]


@pytest.mark.parametrize("numbers", [CONTRADICTION, ["1"] * 15])
def test_glued_digits_whose_sums_do_not_hold_are_unread(numbers: list[str]) -> None:
    tables = read(four("", numbers).replace("\n", ""))
    assert values(tables, "review", "t4") == ["?"] * 5
    assert tables.unread["t4.review.total"].text == "".join(numbers)


def test_a_glued_sum_that_ends_with_zero_may_be_two_numbers() -> None:
    """27, 8, 4, 14 and the sum 0 of a report that contradicts itself were read as 27, 8, 4, 1 and 40."""
    numbers = [*["16", "15", "5", "2", "38"], *["16", "5", "19", "0", "40"], *["27", "8", "4", "14", "0"]]
    assert all_values(four("", numbers).replace("\n", "")) == ["?"] * 15


@pytest.mark.parametrize("count", [14, 16])
def test_fourteen_or_sixteen_numbers_are_no_table(count: int) -> None:
    assert all_values(four(" ", (NUMBERS * 2)[:count])) == ["?"] * 15


def test_an_empty_cell_is_blank_where_cells_are_marked() -> None:
    numbers = ["", *NUMBERS[1:14], ""]
    assert all_values(four("\t", numbers)) == [None, *map(int, NUMBERS[1:14]), None]


def test_sixteen_cells_of_which_one_is_empty_are_no_table() -> None:
    numbers = CONTRADICTION  # no sum shows which cell is too many
    assert all_values(four("\t", [*numbers[:4], "", *numbers[4:]])) == ["?"] * 15


def test_a_contents_that_is_no_number_leaves_its_cell_alone_unread() -> None:
    numbers = [NUMBERS[0], "1（另有2件）", *NUMBERS[2:]]
    assert all_values(four("\t", numbers)) == [2, "?", *map(int, NUMBERS[2:])]


@pytest.mark.parametrize("between", [" ", "\t"])
def test_heads_in_another_order_leave_the_table_unread(between: str) -> None:
    turned = [PARTS[1], PARTS[0], *PARTS[2:]]
    heads = ["行政复议", "行政诉讼", *turned, "未经复议直接起诉", "复议后起诉", *turned, *turned]
    assert all_values(four(between, heads=heads)) == ["?"] * 15


@pytest.mark.parametrize("between", [" ", "\n", "\t"])
@pytest.mark.parametrize("order", [(0, 8, 7), (1, 7, 8, 0), (7, 8, 0, 1)])
def test_labels_in_another_order_leave_the_table_unread(between: str, order: Sequence[int]) -> None:
    """Their numbers were read as those of the form's order, or the table was said not to be there."""
    heads = [*(HEADS[i] for i in order), *PARTS * 3]
    assert all_values(four(between, heads=heads)) == ["?"] * 15


def test_a_part_of_the_table_is_unread_not_absent() -> None:
    tables = read(four("\t", NUMBERS[:5], ["行政复议", *PARTS]))
    assert values(tables, "suit_after_review", "t4") == ["?"] * 5
    assert tables.unread["t4.review.total"].text == "2 1 3 1 7"


WIDE = ["2", "1", "3", "1", "7", "5", "4", "3", "2", "14", "13", "2", "4", "6", "25"]


@pytest.mark.parametrize("numbers", [[*WIDE[1:], ""], ["", *WIDE[:14]], [*WIDE[:10], *WIDE[11:], ""]])
def test_numbers_a_cell_away_are_unread(numbers: Sequence[str]) -> None:
    """A lost cell and a blank at the other end: the sums hold only a cell farther."""
    assert all_values(four("\t", numbers)) == ["?"] * 15


@pytest.mark.parametrize("at", [0, 7, 10])
def test_a_blank_beside_a_sum_that_fails_is_read_as_printed(at: int) -> None:
    numbers = [*WIDE[:at], "", *WIDE[at + 1 :]]
    assert all_values(four("\t", numbers)) == [int(n) if n else None for n in numbers]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_page_number_in_the_place_of_a_number_that_vanished(between: str) -> None:
    assert all_values(four(between, [*WIDE[:10], *WIDE[11:], "4"])) == ["?"] * 15


@pytest.mark.parametrize("between", [" | ", " "])
def test_a_small_table_for_each_label(between: str) -> None:
    def small(label: str, numbers: Sequence[str]) -> list[str]:
        rows = [between.join(PARTS), between.join(numbers)]
        return [label, *(f"| {row} |" if "|" in between else row for row in rows)]

    labels = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    lines = [line for i, label in enumerate(labels) for line in small(label, NUMBERS[i * 5 : i * 5 + 5])]
    assert all_values("\n".join([TITLE, *lines, END])) == [int(n) for n in NUMBERS]


def test_values_in_the_rows_of_their_labels() -> None:
    labels = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    rows = ["\t".join([label, *NUMBERS[i * 5 : i * 5 + 5]]) for i, label in enumerate(labels)]
    assert all_values("\n".join([TITLE, "\t".join(["", *PARTS]), *rows, END])) == [int(n) for n in NUMBERS]


def test_labels_in_prose_are_no_table() -> None:
    prose = "行政复议1件，行政诉讼2件，其中未经复议直接起诉1件、复议后起诉1件。\n"
    assert all_values(prose + four(" ")) == [int(n) for n in NUMBERS]
    assert set(all_values(prose)) <= {"?"}


def test_the_values_of_two_years_are_not_read() -> None:
    text = four("\t").replace(END, "\t".join(CONTRADICTION) + "\n" + END)
    assert all_values(text) == ["?"] * 15


def test_prose_behind_the_last_number_is_none() -> None:
    assert all_values(four(" ").replace(END, "2023 年，还有 3 项整改")) == [int(n) for n in NUMBERS]


def test_the_same_table_twice_is_not_read() -> None:
    tables = read(four(" ") + "\n" + four(" ", CONTRADICTION).removeprefix(TITLE))
    assert tables.repeated == {"table4"} and not tables.read
