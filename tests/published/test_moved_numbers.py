"""Numbers that stand in other columns than the form's, or a column from their own, or are those of pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from gouji.form import load_form
from support.published.small import HEADS, NUMBERS, on_one_line, one_a_line, piped, read, three, values

BELOW = HEADS[4:]
ROWS = load_form("2021").tables["table3"].rows()


def in_cells(labels: Sequence[str], numbers: Sequence[str]) -> str:
    """A row of cells parted by tabs: three for labels, then the numbers."""
    return "\t".join([*labels, *[""] * (3 - len(labels)), *numbers])


def heads(top: Sequence[str], below: Sequence[str]) -> list[str]:
    return ["\t\t\t" + "\t".join(row) for row in (["申请人情况", *[""] * 6], top, below)]


def changed(change: Callable[[list[object]], Sequence[object]]) -> dict[str, Sequence[object]]:
    """Every row with values of its own, its numbers changed."""
    return {row: change(list(numbers)) for row, numbers in NUMBERS.items()}


def test_applicants_behind_organisations_are_read_by_their_heads() -> None:
    """Of two rows of heads each was compared by itself, and the form's order assumed."""
    top = heads(["法人或其他组织", "", "", "", "", "自然人", "总计"], [*BELOW, "", ""])
    tables = read(three(in_cells, changed(lambda n: [*n[1:6], n[0], n[6]]), heads=top))
    assert values(tables, "new") == [*NUMBERS["new"]] and values(tables, "secret") == [1, 2, 0, 0, 0, 0, 3]


@pytest.mark.parametrize(
    "order",
    [
        ["法人或其他组织", "自然人", "总计", *BELOW],
        ["法人或其他组织 自然人 总计", *BELOW],
        ["法人或其他组织", *BELOW, "自然人", "总计"],
        [*BELOW, "自然人", "总计"],
    ],
)
@pytest.mark.parametrize("line", [on_one_line, one_a_line])
def test_loose_heads_in_another_order_leave_all_unread(
    order: Sequence[str], line: Callable[[Sequence[str], Sequence[str]], str]
) -> None:
    tables = read(three(line, changed(lambda n: [*n[1:6], n[0], n[6]]), heads=["申请人情况", *order]))
    assert values(tables, "new") == ["?"] * 7


def test_a_head_on_the_line_above_its_columns_is_in_its_place() -> None:
    stacked = ["法人或其他组织", "自然人 社会 法律 总计", "商业 科研", "公益 服务 其他", "企业 机构"]
    assert values(read(three(on_one_line, heads=stacked)), "new") == [*NUMBERS["new"]]
    turned = ["法人或其他组织", "社会 法律 自然人 总计", *stacked[2:]]
    assert values(read(three(on_one_line, heads=turned)), "new") == ["?"] * 7


LESS = heads(["自然人", "法人或其他组织", "", "", "", "总计"], ["", *BELOW[:4], ""])


def test_a_column_that_is_not_there_moves_no_other() -> None:
    """It was taken for an empty cell before the first number."""
    rows = {row.id: (0,) * 6 for row in ROWS} | changed(lambda n: [*n[:5], n[6]])
    tables = read(three(piped, rows, heads=LESS))
    assert values(tables, "new") == [12, 3, 0, 0, 0, "?", 15]
    assert values(tables, "draft") == [0, 0, 0, 0, 0, "?", 0]
    # Where rows have more cells than that, an empty one may be a label's or a number's.
    assert values(read(three(in_cells, rows, heads=LESS)), "new") == ["?"] * 7


def test_a_head_in_another_spelling_is_no_lost_column() -> None:
    top = heads(["自然人", "法人或其他组织", "", "", "", "", "总计"], ["", *BELOW[:4], "别的", ""])
    assert values(read(three(in_cells, heads=top)), "new") == [*NUMBERS["new"]]


WHOLE = heads(["自然人", "法人或其他组织", "", "", "", "", "总计"], ["", *BELOW, ""])


def test_rows_that_have_all_lost_their_first_cell_are_unread() -> None:
    """Each row ends with an empty cell and contradicts itself; one alone is a slip and read as printed."""
    lost = changed(lambda n: [*n[1:], None])
    assert values(read(three(in_cells, lost, heads=WHOLE)), "new") == ["?"] * 7
    one = read(three(in_cells, {"new": lost["new"]}, heads=WHOLE))
    assert values(one, "new") == [3, 0, 0, 0, 0, 15, None]


def test_a_row_whose_blank_vanished_beside_the_number_of_a_page() -> None:
    row: dict[str, Sequence[object]] = {"granted": (10, 1, 4, 0, 2, 20, 12)}
    for line in (on_one_line, one_a_line):
        assert values(read(three(line, row)), "granted") == ["?"] * 7
        assert values(read(three(line)), "granted") == [10, 1, 0, 0, 0, 0, 11]


FEES = "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\n本年收费金额（{unit}）\n行政事业性收费\n"
TITLE = "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    "text",
    [
        f"{FEES}2\n\f\n{TITLE}\n",
        f"{FEES}2\n\n\n\n{TITLE}\n",
        f"某局年度报告\n\n1\n{FEES}2\n\n{TITLE}\n\n3\n",
    ],
)
def test_the_number_of_a_page_is_no_fee(text: str) -> None:
    tables = read(text.format(unit="单位：万元"))
    assert values(tables, "fees", "t2") == ["?"] and tables.unread["t2.fees.amount"].text == "2"


@pytest.mark.parametrize(("fee", "value"), [("3", "?"), ("0", 0), ("3.5", 3_500_000)])
def test_a_whole_number_that_ends_a_table_on_one_line_may_be_a_page(fee: str, value: object) -> None:
    line = FEES.format(unit="单位：万元").replace("\n", " ")
    assert values(read(f"{line}{fee}\n\n{TITLE}\n"), "fees", "t2") == [value]


@pytest.mark.parametrize("behind", ["\n", "\n\n"])
@pytest.mark.parametrize("fee", ["2", "0"])
def test_a_number_before_the_next_heading_is_the_fee(fee: str, behind: str) -> None:
    text = f"{FEES}{fee}{behind}{TITLE}\n".format(unit="单位：万元")
    assert values(read(text), "fees", "t2") == [int(fee) * 1_000_000]


@pytest.mark.parametrize(
    ("unit", "value", "assumed"),
    [
        ("单位：万元", 12_000_000, ""),
        ("人民币元", 1200, ""),
        ("元", 1200, ""),
        ("千元", "?", ""),
        ("单位：百万元", "?", ""),
        ("美元", "?", ""),
        ("万元/元", 12_000_000, "万元"),
    ],
)
def test_a_unit_is_a_whole_word(unit: str, value: object, assumed: str) -> None:
    """千元 ends with 元 and was read as it."""
    tables = read(f"{FEES}12\n{TITLE}\n".format(unit=unit))
    assert values(tables, "fees", "t2") == [value]
    assert value == "?" or tables.read["t2.fees.amount"].assumed == assumed
