"""Where a cell stands, and what its line is called in a message."""

from __future__ import annotations

import pytest

from gouji.form import editions, load_form
from gouji.form.addresses import address_of, ranges
from gouji.workbook.layout import layout_of

FORM = load_form("2021")


@pytest.mark.parametrize("edition", editions())
def test_an_address_is_the_one_on_the_sheet(edition: str) -> None:
    form = load_form(edition)
    layout = layout_of(form)
    assert all(address_of(form, c.id) == layout.locate(c.id)[1] for c in form.cells)


def cells(*rows: str) -> list[str]:
    return [c.id for c in FORM.tables["table3"].cells if c.row.id in rows]


def test_neighbouring_cells_are_one_range() -> None:
    assert ranges(FORM, cells("unpaid", "otherwise")) == ["D30:J31"]
    assert ranges(FORM, cells("new", "unpaid")) == ["D9:J9", "D30:J30"]
    assert ranges(FORM, ["t3.new.natural"]) == ["D9"] and ranges(FORM, []) == []
    everything = [c.id for c in FORM.tables["table3"].cells]
    assert ranges(FORM, everything) == ["D9:J33"]
    assert ranges(FORM, [c for c in everything if c.endswith(".total")]) == ["J9:J33"]


def test_a_rectangle_with_a_hole_is_cut() -> None:
    holed = [c for c in cells("new", "carried_in", "granted") if c != "t3.carried_in.research"]
    assert ranges(FORM, holed) == ["D9:J9", "D10:E10", "G10:J10", "D11:J11"]


@pytest.mark.parametrize(
    ("row", "number", "short"),
    [
        ("new", "一", "一、本年新收政府信息公开申请数量"),
        ("partly", "（二）", "（二）部分公开"),
        ("secret", "（三）1", "（三）1.属于国家秘密"),
        ("confirm", "（五）5", "（五）5"),
        ("unpaid", "（六）2", "（六）2"),
        ("processed", "（七）", "（七）总计"),
        ("carried_out", "四", "四、结转下年度继续办理"),
        ("review", "", "行政复议"),
        ("documents", "", "行政规范性文件"),
    ],
)
def test_a_label_is_shortened_by_its_printed_number(row: str, number: str, short: str) -> None:
    line = next(c.row for c in FORM.cells if c.row.id == row)
    assert (line.number, line.short) == (number, short)


@pytest.mark.parametrize("edition", editions())
def test_no_two_lines_of_a_table_are_called_the_same(edition: str) -> None:
    for table in load_form(edition).tables.values():
        for block in table.blocks:
            for lines in (block.rows, block.columns):
                assert len({line.short for line in lines}) == len(lines)
                assert all(len(line.short) <= 18 for line in lines)
