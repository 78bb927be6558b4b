"""Table 二: no equations, so digits are cut only where one cut exists; editions by heads; units of money."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gouji.form import load_form
from support.published.small import read, values

TITLE = "二、主动公开政府信息情况"
END = "三、收到和处理政府信息公开申请情况"
FIGURES = {
    "2019": {
        "rules": "0 0 0",
        "documents": "20 17 376",
        "licences": "331 -2 47056",
        "services": "653 0 0",
        "penalties": "4 +1 5",
        "coercion": "0 0 0",
        "fees": "28 0",
        "procurement": "2 347.92万元",
    },
    "2021": {
        "rules": "2 1 12",
        "documents": "50 27 420",
        "licences": "1573179",
        "penalties": "26",
        "coercion": "0",
        "fees": "72701.2578",
    },
}


def two(edition: str, between: str = " ", drop: Sequence[str] = (), **figures: str) -> str:
    """Table 二, a row a line, what stands in a row parted by ``between``; ``drop``: lines left out."""
    lines = [TITLE]
    for block in load_form(edition).tables["table2"].blocks:
        lines += [block.title, between.join([block.corner, *(c.label for c in block.columns)])]
        for row in block.rows:
            shown = (FIGURES[edition] | figures)[row.id].split()
            lines.append(between.join([row.label, *shown]))
    return "\n".join([*(line for line in lines if not line.startswith(tuple(drop) or "@")), END])


@pytest.mark.parametrize("between", [" ", "\n", "\t"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_table_is_read_whole(edition: str, between: str) -> None:
    tables = read(two(edition, between))
    assert tables.editions == {"table2": edition} and not tables.unread
    assert len(tables.read) == len(load_form(edition).tables["table2"].cells)
    assert values(tables, "documents", "t2") == ([20, 17, 376] if edition == "2019" else [50, 27, 420])


def test_signs_and_money() -> None:
    tables = read(two("2019"))
    assert values(tables, "licences", "t2") == [331, -2, 47056]
    assert values(tables, "penalties", "t2") == [4, 1, 5]
    assert values(tables, "procurement", "t2") == [2, 347_920_000]


# ---------------------------------------------------------------- glued


@pytest.mark.parametrize("figures", ["0 0 2", "0 0 12", "0 0 0"])
def test_digits_that_can_be_no_fewer_numbers_are_cut(figures: str) -> None:
    tables = read(two("2019", "", documents=figures).replace("\n", ""))
    assert values(tables, "documents", "t2") == [int(n) for n in figures.split()]
    assert {tables.read[f"t2.documents.{c}"].how for c in ("newly_made", "public")} == {"cut"}


@pytest.mark.parametrize(
    ("figures", "readings"),
    [
        ("4 4 4", [("4",)] * 3),  # or 444 beside two empty cells
        ("3 0 0", [("3",), ("0",), ("0",)]),
        ("88 0 1", [("8", "88"), ("80", "0"), ("1",)]),
        ("88 0", [("8",), ("8",), ("0",)]),  # a cell is empty
    ],
)
def test_digits_that_can_be_fewer_numbers_are_unread(figures: str, readings: list[tuple[str, ...]]) -> None:
    tables = read(two("2019", "", documents=figures).replace("\n", ""))
    assert values(tables, "documents", "t2") == ["?"] * 3
    cells = [tables.unread[f"t2.documents.{c}"] for c in ("newly_made", "newly_public", "public")]
    assert {cell.text for cell in cells} == {figures.replace(" ", "")}
    for cell, expected in zip(cells, readings, strict=True):
        assert {*cell.readings} == {*expected}


def test_a_sign_is_a_border() -> None:
    tables = read(two("2019", "", licences="0 0 -1", services="2648 -1 8538").replace("\n", ""))
    assert values(tables, "licences", "t2") == ["?"] * 3  # only 本年增/减 has a sign
    assert values(tables, "services", "t2") == ["?"] * 3
    assert tables.unread["t2.services.items_before"].readings == ("2648",)


def test_money_glued_to_a_count_has_several_readings() -> None:
    tables = read(two("2019", "", procurement="5 47.9659万元").replace("\n", ""))
    assert values(tables, "procurement", "t2") == ["?"] * 2
    assert tables.unread["t2.procurement.purchases"].readings == ("5", "54")


def test_one_number_needs_no_cut() -> None:
    tables = read(two("2021", "").replace("\n", ""))
    assert values(tables, "licences", "t2") == [1573179]
    assert values(tables, "fees", "t2") == [72701_257800]


@pytest.mark.parametrize(("digits", "value"), [("02025年以来", 0), ("122024年，", 12)])
def test_a_year_glued_to_the_last_number(digits: str, value: int) -> None:
    text = two("2021", "").replace("\n", "").replace("72701.2578" + END, digits)
    assert values(read(text), "fees", "t2") == [value * 1_000_000]


def test_numbers_that_white_space_parts_are_not_cut() -> None:
    tables = read(two("2019", documents="12 3"))
    assert values(tables, "documents", "t2") == ["?"] * 3
    assert tables.unread["t2.documents.public"].readings == ()


def test_a_lone_number_beside_a_row_leaves_it_unread() -> None:
    """376 torn into 37 and 6, or a page's number: nothing tells."""
    assert values(read(two("2019").replace("376", "37\n6")), "documents", "t2") == ["?"] * 3


# ---------------------------------------------------------------- editions, heads, rows


def test_the_heads_tell_the_edition_not_the_names_of_rows() -> None:
    text = two("2019", drop=["规章"]).replace("规范性文件", "行政规范性文件")
    tables = read(text)
    assert tables.editions["table2"] == "2019"
    assert values(tables, "documents", "t2") == [20, 17, 376]
    assert values(tables, "rules", "t2") == ["-"] * 3


def test_heads_in_another_order_in_one_row_name_the_columns() -> None:
    text = two("2021", "\t").replace("本年制发件数\t本年废止件数", "本年废止件数\t本年制发件数")
    assert values(read(text), "documents", "t2") == [27, 50, 420]


def test_heads_in_another_order_on_a_line_leave_the_block_unread() -> None:
    text = two("2021").replace("本年制发件数 本年废止件数", "本年废止件数 本年制发件数")
    tables = read(text)
    assert values(tables, "documents", "t2") == ["?"] * 3
    assert values(tables, "licences", "t2") == [1573179]


def test_several_columns_without_heads_are_unread() -> None:
    tables = read(two("2021").replace("本年制发件数 本年废止件数 现行有效件数", ""))
    assert values(tables, "documents", "t2") == ["?"] * 3


def test_slips_in_heads_are_known() -> None:
    text = two("2021").replace("现行有效", "先行有效").replace("本年废止", "本年废纸")
    assert values(read(text), "documents", "t2") == [50, 27, 420]


def test_rows_without_a_number_beside_numbers_without_a_row() -> None:
    """Numbers above their labels: the label before a run is not its own."""
    text = two("2021").replace(
        "规章 2 1 12\n行政规范性文件 50 27 420", "2 1 12\n规章\n50 27 420\n行政规范性文件"
    )
    tables = read(text)
    assert values(tables, "rules", "t2") == values(tables, "documents", "t2") == ["?"] * 3
    assert values(tables, "licences", "t2") == [1573179]  # its label stands in its line


def test_labels_in_prose_above_the_table_are_no_rows() -> None:
    prose = "根据《条例》第二十条第（一）项，制发规章5件，规范性文件3件，行政许可7件。\n"
    tables = read(prose + two("2021"))
    assert not tables.repeated and values(tables, "rules", "t2") == [2, 1, 12]


def test_a_row_named_twice_is_unread() -> None:
    text = two("2021").replace("行政处罚 26", "行政处罚 26\n行政处罚 27")
    assert values(read(text), "penalties", "t2") == ["?"]


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("said", "fen", "assumed"),
    [
        ("63.2", 63_200_000, "万元"),
        ("44.44 万元", 44_440_000, ""),
        ("251000元", 25_100_000, ""),
        ("0.5亿元", 5_000_000_000, ""),
        ("0", 0, ""),
    ],
)
def test_the_unit_of_money_is_the_cells_or_assumed(said: str, fen: int, assumed: str) -> None:
    text = two("2019", "\t", procurement="2 @").replace("@", said)
    cell = read(text).read["t2.procurement.purchase_amount"]
    assert (cell.value, cell.assumed) == (fen, assumed)


@pytest.mark.parametrize("label", ["采购总金额（元）", "采购总金额（单位：元）"])
def test_the_unit_of_money_is_that_of_its_head(label: str) -> None:
    cell = read(two("2019", procurement="2 251000").replace("采购总金额", label)).read[
        "t2.procurement.purchase_amount"
    ]
    assert (cell.value, cell.assumed) == (25_100_000, "")


def test_the_unit_of_money_is_that_of_its_row() -> None:
    text = two("2019", procurement="2 251000").replace("政府集中采购", "政府集中采购（单位：元）")
    assert read(text).read["t2.procurement.purchase_amount"].value == 25_100_000


def test_a_number_that_money_can_not_be_is_unread() -> None:
    assert values(read(two("2021", fees="1.2345678")), "fees", "t2") == ["?"]
