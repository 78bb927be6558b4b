"""A number stays in one line of its cell."""

from __future__ import annotations

import pytest

from gouji.document.fitting import value_size
from gouji.document.page import page_bytes
from gouji.form import load_form
from gouji.form.grid import printed_grid
from support.documents import numbered, opened


@pytest.mark.parametrize(
    ("shown", "size"),
    [("0", 10.5), ("12345", 10.5), ("123456", 9.5), ("123456789012", 4.5)],
)
def test_the_size_of_a_number_of_table_three(shown: str, size: float) -> None:
    table = load_form("2021").tables["table3"]
    box = next(box for box in printed_grid(table).boxes if box.cell)
    assert value_size(table, box, shown) == size


def test_both_documents_print_it_smaller() -> None:
    report = numbered("2021")
    report.set("t3.granted.total", 394_235)
    assert '<td style="font-size: 9.5pt">394235</td>' in page_bytes(report).decode()
    cell = next(c for row in opened(report).tables[1].rows for c in row.cells if c.text == "394235")
    assert cell.paragraphs[0].runs[0].font.size.pt == 9.5
