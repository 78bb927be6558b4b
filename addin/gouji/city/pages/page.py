"""The city's result as one web page that needs nothing but itself: no other file, no script to be read.

The same views as the workbook's sheets. Colours are those of ``form/look.toml``; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Template

from ... import __version__
from ...form.look import every, screen
from ...wording import text_beside
from ..approving.telling import status_shown
from ..asking.when import due_of
from ..consolidate import Consolidation
from ..intake.reasons import label_of
from ..views.analysis import Chart, charts, main_figures
from ..views.home import GROUPS, Figure, Home, home_of
from ..views.links import Links, links_of
from ..views.long import Long
from ..views.outliers import MOST, Outlier, outliers
from ..views.sources import blocks
from ..views.states import OPEN, Item, state_label
from ..views.years import Years, years
from .markup import PACKAGE, cell, link, share, signed, table, text, words
from .numbers import numbers
from .svg import bars, columns

#: Charts at the top, those that 首页 has; all are below.
_FIRST = ("outcomes", "applicants")


def page(city: Consolidation, slips: Mapping[str, str] | None = None) -> bytes:
    """The page in UTF-8. ``slips``: unit -> the path of its 退回单 from where the page lies, with "/"."""
    long, links, home = Long(city), links_of(city, slips), home_of(city)
    shown = {chart.key: chart for chart in charts(long)}
    w = words()
    drawn = "".join(map(_chart, (main_figures(long), *(shown[key] for key in _FIRST))))
    lists = f"<section>{_missing(city, home)}</section><section>{_open(home, links)}</section>"
    parts = [
        _cards(home.figures),
        f'<div class="charts">{drawn}</div>',
        f'<div class="two lists">{lists}</div>',
        f"<h2>{text(w['numbers'])}</h2>{_tools()}",
        numbers(city, blocks(long), links),
        f"<h2>{text(w['analysis'])}</h2>",
        *(_analysed(chart) for chart in shown.values()),
        _over_years(years(city)),
        _outliers(outliers(long)),
        _units(city, links),
    ]
    return _whole(city, home, "\n".join(parts))


def _whole(city: Consolidation, home: Home, body: str) -> bytes:
    w = words()
    title = text(w["title"].format(unit=city.report.unit, year=city.report.year))
    mood = "good" if home.todo.ready else "bad"
    facts = "".join(f"<span>{text(w['fact'].format(head=h, text=t))}</span>" for h, t in home.facts)
    script = text_beside(PACKAGE, "page.js")
    found = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="generator" content="gouji city {__version__}">'
        f"<title>{title}</title><style>{_css()}</style></head>\n<body>\n"
        f"<header><h1>{text(home.title)}</h1></header>"
        f'<p class="verdict {mood}"><span>{text(home.verdict)}</span></p>\n'
        f"<main>\n{body}\n</main>\n<footer>{facts}</footer>\n<script>{script}</script>\n</body></html>\n"
    )
    return found.encode()


def _css() -> str:
    template = Template(text_beside(PACKAGE, "page.css"))
    return template.substitute(screen(), shade=every().shade)


def _cards(figures: Sequence[Figure]) -> str:
    return f'<div class="cards">{"".join(map(_card, figures))}</div>'


def _card(figure: Figure) -> str:
    number = words()["unknown"] if figure.value is None else f"{figure.value:,}"
    look = "jump" if figure.jump else "quiet"
    return (
        f'<div class="card"><span class="quiet">{text(figure.label)}</span><b>{number}</b>'
        f'<span class="{look}">{text(figure.against)}</span></div>'
    )


def _chart(chart: Chart) -> str:
    return f"<section><h3>{text(chart.title)}</h3>{bars(chart)}</section>"


def _missing(city: Consolidation, home: Home) -> str:
    w, items = words(), home.todo.of("missing")
    title = f"<h2>{text(w['missing'].format(count=len(items)))}</h2>"
    if not items:
        return f"{title}<p>{text(home.todo.nobody_missing)}</p>"
    # Who is missing and has a file sent an empty form.
    units = [(w["blank"] if item.file else "{unit}", item.roster) for item in items if item.roster]
    rows = (
        "".join(
            cell(text(content))
            for content in (said.format(unit=one.name), one.contact, one.phone, due_of(city, one).text)
        )
        for said, one in units
    )
    return title + table(w["missing_heads"], rows)


def _open(home: Home, links: Links) -> str:
    w, items = words(), home.todo.of(*OPEN)
    title = f"<h2>{text(w['open'].format(count=len(items)))}</h2>"
    if not items:
        return f"{title}<p>{text(w['nothing'])}</p>"
    return title + table(w["open_heads"], (_item(item, links) for item in items))


def _item(item: Item, links: Links) -> str:
    w = words()
    said = item.reason
    if item.more:
        said += w["more"].format(count=item.more + 1)
    who = cell(link(links.unit(item.who, item.file), item.who), "who")
    return who + cell(text(state_label(item.state)), item.state) + cell(text(item.place)) + cell(text(said))


def _tools() -> str:
    w = words()
    buttons = "".join(
        f'<button type="button" data-open="{number}">{text(w[key])}</button> '
        for number, key in ((1, "expand"), (0, "collapse"))
    )
    return f'<p class="quiet">{text(w["numbers_said"])}</p><div class="tools" hidden>{buttons}</div>'


def _analysed(chart: Chart) -> str:
    """Its numbers beside its bars."""
    w = words()
    title = f'<h3>{text(chart.title)}</h3><p class="quiet">{text(chart.said)}</p>'
    if not chart.bars:
        return f"{title}<p>{text(w['empty'])}</p>"
    rows = []
    for bar in (*chart.bars, *([chart.rest] if chart.rest else [])):
        other = "" if bar.other is None else f"{bar.other:,}"
        change = "" if bar.other is None else signed(bar.value - bar.other)
        row = cell(text(bar.label)) + cell(f"{bar.value:,}", "n") + cell(other, "n")
        rows.append(row + cell(share(bar.value, chart.total), "n") + cell(change, "n"))
    shown = table([w["item"], *chart.names, w["share"], w["change"]], rows)
    return f'{title}<div class="two"><div>{shown}</div><div>{bars(chart)}</div></div>'


def _over_years(over: Years) -> str:
    """Their numbers, and below them a chart of each group of figures."""
    w = words()
    rows = []
    for line in over.lines:
        values = ["" if value is None else f"{value:,}" for value in line.values]
        if over.several:
            change = over.change(line)
            values.append("" if change is None else signed(change))
        rows.append(cell(text(line.label)) + "".join(cell(value, "n") for value in values))
    shown = table([w["item"], *over.heads, *([w["change"]] if over.several else [])], rows)
    drawn = "".join(columns(over, group) for group in GROUPS) if over.several else ""
    title = f'<h3>{text(over.title)}</h3><p class="quiet">{text(over.said)}</p>'
    return f"{title}{shown}{drawn}"


def _outliers(found: Sequence[Outlier]) -> str:
    w = words()
    title = f'<h3>{text(w["outliers"])}</h3><p class="quiet">{text(w["method"])}</p>'
    if not found:
        return f"{title}<p>{text(w['calm'])}</p>"
    rows = (
        cell(text(one.unit))
        + cell(text(one.line))
        + cell(f"{one.value:,}", "n")
        + cell(f"{one.expected:,}", "n")
        + cell(f"{one.z / 10:+.1f}", "n")
        + cell(text(w["against"][one.against]))
        for one in found[:MOST]
    )
    left = len(found) - MOST
    more = f'<p class="quiet">{text(w["outlier_more"].format(count=left))}</p>' if left > 0 else ""
    return title + table(w["outlier_heads"], rows) + more


def _units(city: Consolidation, links: Links) -> str:
    """Every unit of the roster: what it sent and what became of it."""
    w = words()
    box = text(w["filter"])
    tools = f'<div class="tools" hidden><input type="search" data-filter="units" placeholder="{box}"></div>'
    rows = []
    for row in city.units:
        files = "<br>".join(link(links.file(f.submission.file), f.submission.file) for f in row.files)
        texts = (row.unit.name, row.unit.kind, status_shown(row, city, label_of(row)).label)
        rows.append("".join(cell(text(each)) for each in texts) + cell(files))
    title = f"<h2>{text(w['units_title'].format(count=len(city.units)))}</h2>"
    return title + tools + table(w["units_heads"], rows, "units")
