"""Native charts of this year beside last year, in the two colours of ``look.toml``: dark and light also in
print.

A chart takes its numbers from a table on a sheet; it is no picture and follows the cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...form.look import fonts, screen

#: Pixels of a bar lying down, with what is free around it; of what a chart has beside its bars.
_BAR, _FRAME = 34, 70
#: The least of a chart's height.
_LEAST = 200
_SIZE = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where the table of a chart stands: ``sheet``, its first row (from 0), how many, whether its second
    column of numbers holds anything. Labels stand in column ``left``, the numbers in the two right of
    it."""

    sheet: str
    top: int
    rows: int
    compared: bool
    names: tuple[str, str]
    left: int = 0

    def part(self, first: int, rows: int) -> Place:
        """Some of its rows, counted from 0."""
        return Place(self.sheet, self.top + first, rows, self.compared, self.names, self.left)


def height(rows: int) -> int:
    """Pixels of a chart of lying bars, so high that each label has its line."""
    return max(_LEAST, _FRAME + _BAR * rows)


def insert(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    at: tuple[int, int],
    place: Place,
    kind: Literal["column", "bar"],
    size: tuple[int, int],
) -> None:
    """One chart with its upper left corner in a cell. Nothing where its table is empty."""
    if not place.rows:
        return
    font = {"size": _SIZE, "name": fonts()["head"][0]}
    chart = book.add_chart({"type": kind})
    # Lying bars are drawn from the axis upwards: the last of a group stands on top.
    series = [(1, place.names[0], screen()["this"])]
    if place.compared:
        series.insert(0 if kind == "column" else 1, (2, place.names[1], screen()["last"]))
    for column, name, colour in series:
        chart.add_series(_series(place, column, name, colour, font))
    chart.set_legend({"position": "top", "font": font} if place.compared else {"none": True})
    named: dict[str, Any] = {
        "num_font": font,
        "line": {"color": screen()["line"]},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
    }
    hidden = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    if kind == "column":
        chart.set_x_axis(named)
        chart.set_y_axis(hidden)
    else:
        # In a bar chart the file's x axis is the upright one, and XlsxWriter's is the flat one.
        chart.set_y_axis(named | {"reverse": True})
        chart.set_x_axis(hidden)
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, chart, {"object_position": 2, "x_offset": 2, "y_offset": 2})


def _series(place: Place, column: int, name: str, colour: str, font: dict[str, Any]) -> dict[str, Any]:
    bottom = place.top + place.rows - 1

    def cells(at: int) -> list[Any]:
        return [place.sheet, place.top, place.left + at, bottom, place.left + at]

    return {
        "name": name,
        "categories": cells(0),
        "values": cells(column),
        "fill": {"color": colour},
        "border": {"color": screen()["quiet"], "width": 0.5},
        "gap": 60,
        "overlap": -5,
        "data_labels": {"value": True, "num_format": "#,##0", "font": font},
    }
