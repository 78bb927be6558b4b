"""Where the tables may part: between blocks and groups, never within."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn

from gouji.document.breaks import breaks, kept
from gouji.form import editions, load_form
from gouji.form.grid import printed_grid
from support.documents import numbered, opened


def labels_at(edition: str, key: str) -> list[str]:
    table = load_form(edition).tables[key]
    rows = breaks(table)
    boxes = sorted(printed_grid(table).boxes, key=lambda b: (b.row, b.column))
    return [next(b.text for b in boxes if b.row == row and not b.cell) for row in sorted(rows)]


def test_the_places() -> None:
    assert labels_at("2021", "table2") == [f"第二十条第（{n}）项" for n in "五六八"]
    assert labels_at("2019", "table2") == [f"第二十条第（{n}）项" for n in "五六八九"]
    withheld = ["（三）不予公开", "（四）无法提供", "（五）不予处理"]
    assert labels_at("2021", "table3") == [*withheld, "（六）其他处理"]
    assert labels_at("2019", "table3") == withheld
    assert labels_at("2021", "table4") == labels_at("2019", "table4") == []


@pytest.mark.parametrize("edition", editions())
def test_word_keeps_rows_together_as_declared(edition: str) -> None:
    """And the last row with the notes below it."""
    report = numbered(edition)
    for key, table in zip(report.form.tables, opened(report).tables, strict=True):
        form_table = report.form.tables[key]
        stay = [_stays(row) for row in table._tbl.tr_lst]
        noted = any(c.id in report.marks for c in form_table.cells)
        assert stay == [*(kept(form_table, i) for i in range(len(stay) - 1)), noted]


def _stays(row: Any) -> bool:
    return all(p.find(f".//{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p")))
