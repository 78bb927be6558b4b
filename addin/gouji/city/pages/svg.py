"""Charts as inline SVG: a name above its bars, so that long names and small screens have room."""

from __future__ import annotations

from ...form.look import screen
from ..views.analysis import Chart
from .markup import text

#: Of the drawing, in pixels: its width, what the number behind a bar takes, the height of a name, of a bar.
_WIDTH, _NUMBER, _NAME, _BAR = 360, 64, 17, 13
#: Between two groups, and the height of the legend.
_GAP, _LEGEND = 9, 22


def bars(chart: Chart) -> str:
    """This year dark and, where it is known, last year light below it; "" for a chart without bars."""
    if not chart.bars:
        return ""
    most = max(max(bar.value, bar.other or 0) for bar in chart.bars)
    drawn = _legend(chart) if chart.compared else ""
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


def _legend(chart: Chart) -> str:
    drawn, x = "", 0
    for name, colour in zip(chart.names, ("this", "last"), strict=True):
        drawn += f'<rect x="{x}" y="4" width="11" height="11" fill="{screen()[colour]}"/>'
        drawn += f'<text x="{x + 16}" y="14">{text(name)}</text>'
        x += 120
    return drawn
