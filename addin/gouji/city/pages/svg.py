"""Charts as inline SVG: a name above its bars, so that long names and small screens have room; and columns
over the years."""

from __future__ import annotations

from collections.abc import Sequence

from ...form.look import screen
from ..views.analysis import Chart
from ..views.home import Group, group_title
from ..views.years import Years
from .markup import text

#: Of the drawing, in pixels: its width, what the number behind a bar takes, the height of a name, of a bar.
_WIDTH, _NUMBER, _NAME, _BAR = 360, 64, 17, 13
#: Between two groups, and the height of the legend.
_GAP, _LEGEND = 9, 22
#: Of columns over the years: the width of the drawing, the widest column, what is free between two years, the
#: height of the highest column, and where they stand.
_WIDE, _COLUMN, _APART, _HEIGHT = 720, 44, 14, 120
_BASE = _LEGEND + 18 + _HEIGHT
_INKS = ("this", "last", "band")


def bars(chart: Chart) -> str:
    """This year dark and, where it is known, last year light below it; "" for a chart without bars."""
    if not chart.bars:
        return ""
    most = max(max(bar.value, bar.other or 0) for bar in chart.bars)
    drawn = _legend(chart.names, ("this", "last")) if chart.compared else ""
    y = _LEGEND if chart.compared else 0
    for one in chart.bars:
        drawn += f'<text x="0" y="{y + _NAME - 4}">{text(one.label)}</text>'
        y += _NAME
        drawn += _bar(y, one.value, most, screen()["this"])
        y += _BAR
        if one.other is not None:
            drawn += _bar(y, one.other, most, screen()["last"])
            y += _BAR
        y += _GAP
    label = text(chart.title)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {y}" role="img" aria-label="{label}"><title>{label}</title>{drawn}</svg>'
    )


def _bar(y: int, value: int, most: int, colour: str) -> str:
    length = max(0, value) * (_WIDTH - _NUMBER) // most if most else 0
    box = f'<rect x="0" y="{y}" width="{max(1, length)}" height="{_BAR - 2}" fill="{colour}"/>'
    return f'{box}<text x="{length + 5}" y="{y + _BAR - 3}">{value:,}</text>'


def columns(over: Years, group: Group) -> str:
    """A group of columns a year, from the oldest to this one, in it a column a figure of the group; a year
    that is not known stays empty."""
    own = over.of(group)
    most = max((value for line in own for value in line.values if value), default=0)
    step = _WIDE // len(over.years)
    width = min(_COLUMN, (step - _APART) // len(own))
    drawn = _legend([line.label for line in own], _INKS)
    for i, head in enumerate(over.heads):
        left = i * step + (step - width * len(own)) // 2
        middle = i * step + step // 2
        drawn += f'<text x="{middle}" y="{_BASE + 18}" text-anchor="middle">{text(head)}</text>'
        for j, (line, ink) in enumerate(zip(own, _INKS, strict=False)):
            drawn += _column(left + j * width, width, line.values[i], most, screen()[ink])
    label = text(group_title(group))
    return (
        f'<svg class="wide" viewBox="0 0 {_WIDE} {_BASE + 24}" role="img" aria-label="{label}">'
        f"<title>{label}</title>{drawn}</svg>"
    )


def _column(x: int, width: int, value: int | None, most: int, colour: str) -> str:
    if value is None:
        return ""
    height = max(0, value) * _HEIGHT // most if most else 0
    top = _BASE - max(1, height)
    box = f'<rect x="{x}" y="{top}" width="{width - 2}" height="{max(1, height)}" fill="{colour}"/>'
    middle = x + width // 2 - 1
    return f'{box}<text x="{middle}" y="{top - 4}" text-anchor="middle">{value:,}</text>'


def _legend(names: Sequence[str], colours: Sequence[str]) -> str:
    drawn, x = "", 0
    for name, colour in zip(names, colours, strict=False):
        drawn += f'<rect x="{x}" y="4" width="11" height="11" fill="{screen()[colour]}"/>'
        drawn += f'<text x="{x + 16}" y="14">{text(name)}</text>'
        x += 120
    return drawn
