"""Native charts of this year beside last year, in the two colours of ``look.toml``, dark and light also in
print; and of several years.

A chart takes its numbers from a table on a sheet; it is no picture and follows the cells.
"""

from __future__ import annotations

from typing import Any, Literal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...form.look import fonts, screen
from ...records import dataclass

#: Pixels of a bar lying down, with what is free around it; of what a chart has beside its bars.
_BAR, _FRAME = 34, 70
#: The least of a chart's height.
_LEAST = 200
_SIZE = 10
#: The columns of one year, told apart by their darkness in print.
_INKS = ("this", "last", "band")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the table of a chart stands: ``sheet``, its first row (from 0), how many; the columns of this
    year's numbers and of last year's, None where nothing is known of it. Labels stand in the first
    column. ``names``: of the two numbers."""

    sheet: str
    top: int
    rows: int
    names: tuple[str, str]
    this: int = 1
    last: int | None = 2


@dataclass(frozen=True, slots=True)
class Over:
    """Where the table of a chart over the years stands: a row a figure with its label in the first column,
    the ``years`` above the numbers right of it in row ``heads``."""

    sheet: str
    heads: int
    top: int
    rows: int
    years: int


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
    series = [(place.this, place.names[0], screen()["this"])]
    if place.last is not None:
        series.insert(0 if kind == "column" else 1, (place.last, place.names[1], screen()["last"]))
    for column, name, colour in series:
        chart.add_series(_series(place, column, name, colour, font))
    chart.set_legend({"position": "top", "font": font} if len(series) > 1 else {"none": True})
    named, hidden = _axes(font)
    if kind == "column":
        chart.set_x_axis(named)
        chart.set_y_axis(hidden)
    else:
        # In a bar chart the file's x axis is the upright one, and XlsxWriter's is the flat one.
        chart.set_y_axis(named | {"reverse": True})
        chart.set_x_axis(hidden)
    _finish(sheet, at, chart, size)


def insert_years(
    book: xlsxwriter.Workbook, sheet: Worksheet, at: tuple[int, int], place: Over, size: tuple[int, int]
) -> None:
    """A group of columns a year, from the oldest to this one, in it a column a row of the table; a year that
    is not known stays empty."""
    font = {"size": _SIZE, "name": fonts()["head"][0]}
    chart = book.add_chart({"type": "column"})
    for row, colour in zip(range(place.top, place.top + place.rows), _INKS, strict=False):
        chart.add_series(
            {
                "name": [place.sheet, row, 0],
                "categories": [place.sheet, place.heads, 1, place.heads, place.years],
                "values": [place.sheet, row, 1, row, place.years],
                **_bars(screen()[colour], font),
            }
        )
    chart.set_legend({"position": "top", "font": font})
    named, hidden = _axes(font)
    chart.set_x_axis(named)
    chart.set_y_axis(hidden)
    _finish(sheet, at, chart, size)


def _axes(font: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axis of the names, and that of the numbers, which stand at the bars themselves."""
    named: dict[str, Any] = {
        "num_font": font,
        "line": {"color": screen()["line"]},
        "major_gridlines": {"visible": False},
        "major_tick_mark": "none",
    }
    return named, {"visible": False, "major_gridlines": {"visible": False}, "min": 0}


def _finish(sheet: Worksheet, at: tuple[int, int], chart: Any, size: tuple[int, int]) -> None:
    # With one row of numbers a spreadsheet would put its name above the chart.
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, chart, {"object_position": 2, "x_offset": 2, "y_offset": 2})


def _series(place: Place, column: int, name: str, colour: str, font: dict[str, Any]) -> dict[str, Any]:
    bottom = place.top + place.rows - 1

    def cells(at: int) -> list[Any]:
        return [place.sheet, place.top, at, bottom, at]

    return {
        "name": name,
        "categories": cells(0),
        "values": cells(column),
        **_bars(colour, font),
    }


def _bars(colour: str, font: dict[str, Any]) -> dict[str, Any]:
    """How the bars of one colour look."""
    return {
        "fill": {"color": colour},
        "border": {"color": screen()["quiet"], "width": 0.5},
        "gap": 60,
        "overlap": -5,
        "data_labels": {"value": True, "num_format": "#,##0", "font": font},
    }
