"""首页: what the city's workbook opens on, one page of A4 across.

Who is missing, the figures against last year, what is open, which run it is, and the way to every sheet.
What has no room here is on the sheet that is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form.look import fonts, screen
from ...marks import marks_of
from ...text import shown_width
from ...workbook.limits import fitted
from ...workbook.writer import Writing
from ..consolidate import Consolidation
from ..views.home import Figure, Home, group_title
from ..views.links import Links
from ..views.states import OPEN, Item, State, state_label
from .charts import Place, insert
from .parts import inside, words, write_link

#: Columns: a margin, fifteen of one width, a margin; in pixels.
_MARGIN, _WIDTH, _COLUMNS = 14, 62, 15
#: Rows from 0 and their heights in pixels.
_BAND, _VERDICT, _FIGURES, _CHARTS, _LISTS = 0, 1, 3, 7, 18
_HEIGHTS = {0: 50, 1: 38, 2: 8, 3: 26, 4: 40, 5: 26, 6: 10, 7: 26, 17: 8, 18: 28}
_CHART_ROW, _CHART_ROWS = 24, 9
#: Rows of a list, and their height.
_MOST, _ROW = 10, 22
#: First and last column of the parts of a list's row: who, contact, telephone; who, state, reason.
_MISSING, _OPEN = ((1, 3), (4, 4), (5, 6)), ((7, 9), (10, 10), (11, 15))
#: Of a reason, what its cells show: characters of half width.
_SHOWN = 50
#: Of the facts of a run, what a line shows in 9 points.
_FACTS = 165
#: Columns of a link to a sheet.
_LINK = 2
_INKS: Mapping[State, str] = {
    "wrong": "bad",
    "returned": "bad",
    "city": "bad",
    "unexplained": "warn",
    "stranger": "warn",
}


def write_home(
    city: Consolidation,
    home: Home,
    places: Mapping[str, Place],
    links: Links,
    writing: Writing,
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
) -> None:
    """``places``: where the tables of the charts stand."""
    _Sheet(city, home, links, writing, sheet).write(book, places)


class _Sheet:
    def __init__(
        self, city: Consolidation, home: Home, links: Links, writing: Writing, sheet: Worksheet
    ) -> None:
        self.city, self.home, self.links = city, home, links
        self.writing, self.sheet, self.words = writing, sheet, words("home")

    def style(self, **changes: Any) -> Format:
        return self.writing.styles.get("plain", **({"font_color": screen()["ink"]} | changes))

    def merged(self, row: int, first: int, last: int, text: str, look: Format) -> None:
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", look)
        if text:
            self.sheet.write_string(row, first, fitted(text), look)
        else:
            self.sheet.write_blank(row, first, None, look)

    def write(self, book: xlsxwriter.Workbook, places: Mapping[str, Place]) -> None:
        sheet = self.sheet
        sheet.set_vba_name("shtHome")
        sheet.hide_gridlines(2)
        sheet.set_tab_color(screen()["band"])
        sheet.set_column_pixels(0, 0, _MARGIN)
        sheet.set_column_pixels(1, _COLUMNS, _WIDTH)
        sheet.set_column_pixels(_COLUMNS + 1, _COLUMNS + 1, _MARGIN)
        for row, height in _HEIGHTS.items():
            sheet.set_row_pixels(row, height)
        self._head()
        for i, figure in enumerate(self.home.figures):
            self._figure(1 + 3 * i, figure)
        self._charts(book, places)
        bottom = max(self._missing(), self._open())
        bottom = self._sheets(bottom + 1, [s.name for s in book.worksheets()])
        bottom = self._facts(bottom)
        sheet.print_area(0, 0, bottom, _COLUMNS + 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 1)
        sheet.activate()
        sheet.set_first_sheet()

    def _head(self) -> None:
        c, head = screen(), fonts()["head"][0]
        band = self.style(
            font_name=head, font_size=20, font_color="#FFFFFF", bg_color=c["band"], indent=1, shrink=True
        )
        self.merged(_BAND, 1, _COLUMNS, self.home.title, band)
        mood = "good" if self.home.todo.ready else "bad"
        look = self.style(
            font_name=head,
            font_size=13,
            font_color=c[mood],
            bg_color=c[f"{mood}_fill"],
            indent=1,
            shrink=True,
        )
        self.merged(_VERDICT, 1, _COLUMNS, self.home.verdict, look)

    def _figure(self, left: int, figure: Figure) -> None:
        c = screen()
        panel: dict[str, Any] = {"align": "center", "bg_color": c["panel"], "shrink": True}
        panel |= {"right": 5, "right_color": "#FFFFFF"}
        top = self.style(font_color=c["quiet"], top=2, top_color=c["this"], **panel)
        right = left + 2
        self.merged(_FIGURES, left, right, figure.label, top)
        big = self.style(font_size=20, bold=True, num_format="#,##0", **panel)
        self.sheet.merge_range(_FIGURES + 1, left, _FIGURES + 1, right, "", big)
        if figure.value is None:
            unknown = self.words["unknown"]
            self.sheet.write_string(_FIGURES + 1, left, unknown, big)
        else:
            self.sheet.write_number(_FIGURES + 1, left, figure.value, big)
        look = {"font_color": c["bad"], "bold": True} if figure.jump else {"font_color": c["quiet"]}
        self.merged(_FIGURES + 2, left, right, figure.against, self.style(font_size=9, **panel | look))

    def _title(self, row: int, first: int, last: int, text: str) -> None:
        look = self.style(font_name=fonts()["head"][0], font_size=12, bottom=2, bottom_color=screen()["this"])
        self.merged(row, first, last, text, look)

    def _charts(self, book: xlsxwriter.Workbook, places: Mapping[str, Place]) -> None:
        parts = (
            (1, 4, group_title("applications"), places["applications"], "column"),
            (5, 9, group_title("cases"), places["cases"], "column"),
            (10, 15, self.words["outcomes"], places["outcomes"], "bar"),
        )
        for row in range(_CHARTS + 1, _CHARTS + 1 + _CHART_ROWS):
            self.sheet.set_row_pixels(row, _CHART_ROW)
        for first, last, title, place, kind in parts:
            self._title(_CHARTS, first, last, title)
            size = ((last - first + 1) * _WIDTH - 4, _CHART_ROWS * _CHART_ROW - 4)
            insert(book, self.sheet, (_CHARTS + 1, first), place, kind, size)  # type: ignore[arg-type]

    # ------------------------------------------------------------ lists

    def _missing(self) -> int:
        """Who has not sent, with whom to call. Returns the row below the list."""
        w, items = self.words, self.home.todo.of("missing")
        self._title(_LISTS, 1, 6, w["missing"].format(count=len(items)))
        if not items:
            return self._said(1, 6, self.home.todo.nobody_missing)
        for row, item in enumerate(items[:_MOST], _LISTS + 1):
            self._row(row, _MISSING, item)
            unit = item.roster
            texts = (unit.contact, unit.phone) if unit else ("", "")
            for (first, last), text in zip(_MISSING[1:], texts, strict=True):
                self.merged(row, first, last, text, self._line(shrink=True))
        return self._more(1, 6, len(items), "intake")

    def _open(self) -> int:
        """What is open, each with what is opened for it. Returns the row below the list."""
        w, todo = self.words, self.home.todo
        items = todo.of(*OPEN)
        counts = w["and"].join(
            w["count"].format(state=state_label(state), count=count)
            for state, count in todo.counts.items()
            if state != "missing"
        )
        self._title(_LISTS, 7, _COLUMNS, w["open"].format(counts=counts or 0))
        if not items:
            return self._said(7, _COLUMNS, w["nothing"])
        for row, item in enumerate(items[:_MOST], _LISTS + 1):
            self._row(row, _OPEN, item)
            ink = screen()[_INKS[item.state]]
            state = self._line(bold=True, font_color=ink, shrink=True)
            self.merged(row, *_OPEN[1], state_label(item.state), state)
            self.merged(row, *_OPEN[2], _reason(item), self._line(font_size=9, shrink=True))
        return self._more(7, _COLUMNS, len(items), "problems")

    def _row(self, row: int, spans: Sequence[tuple[int, int]], item: Item) -> None:
        """Its height, and who it is about: a link to what is opened."""
        first, last = spans[0]
        link = self._line(font_color=screen()["link"], underline=1, shrink=True)
        plain = self._line(shrink=True)
        self.sheet.set_row_pixels(row, _ROW)
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", plain)
        if item.state == "city" and "!" in item.place:
            name, _, cell = item.place.partition("!")
            self.sheet.write_url(row, first, inside(name, cell), link, item.place)
        else:
            # Who is missing and has a file sent an empty form.
            blank = item.state == "missing" and item.file
            who = self.words["blank"].format(unit=item.who) if blank else item.who
            write_link(self.sheet, row, first, self.links.unit(item.who, item.file), who, link, plain)

    def _line(self, **changes: Any) -> Format:
        return self.style(bottom=4, bottom_color=screen()["line"], **changes)

    def _said(self, first: int, last: int, text: str) -> int:
        self.merged(_LISTS + 1, first, last, text, self.style(font_color=screen()["quiet"]))
        return _LISTS + 2

    def _more(self, first: int, last: int, count: int, key: str) -> int:
        """What has no room, by the sheet that has it."""
        row = _LISTS + 1 + min(count, _MOST)
        if count > _MOST:
            name = str(marks_of("gouji.city", "sheets")[key])
            text = self.words["more"].format(count=count - _MOST, sheet=name)
            link = self.style(font_color=screen()["link"], underline=1)
            self.sheet.merge_range(row, first, row, last, "", link)
            self.sheet.write_url(row, first, inside(name, "A1"), link, text)
            row += 1
        return row

    # ------------------------------------------------------------ the foot

    def _sheets(self, row: int, names: Sequence[str]) -> int:
        """A link to every sheet that is shown. Returns the row below them."""
        self._title(row, 1, _COLUMNS, self.words["sheets"])
        hidden = self.writing.layout.sheet_names[-1]
        shown = [name for name in names if name not in (self.sheet.name, hidden)]
        across = _COLUMNS // _LINK
        link = self.style(font_color=screen()["link"], underline=1, shrink=True)
        for i, name in enumerate(shown):
            down, column = divmod(i, across)
            self.sheet.set_row_pixels(row + 1 + down, _ROW)
            left = 1 + column * _LINK
            self.sheet.merge_range(row + 1 + down, left, row + 1 + down, left + _LINK - 1, "", link)
            self.sheet.write_url(row + 1 + down, left, inside(name, "A1"), link, name)
        return row + 1 + -(-len(shown) // across)

    def _facts(self, row: int) -> int:
        """As many on a line as can be read there. Returns the last row."""
        w, lines = self.words, list[str]()
        for head, text in self.home.facts:
            said = w["fact"].format(head=head, text=text)
            if lines and shown_width(lines[-1] + w["between"] + said) <= _FACTS:
                lines[-1] += w["between"] + said
            else:
                lines.append(said)
        for i, line in enumerate(lines):
            edge = {} if i else {"top": 4}
            look = self.style(font_color=screen()["quiet"], font_size=9, shrink=True, **edge)
            self.merged(row + i, 1, _COLUMNS, line, look)
        return row + len(lines) - 1


def _reason(item: Item) -> str:
    """What is wrong where, as far as there is room for it; the whole is on 问题."""
    w = words("home")
    text = item.reason.replace("\n", " ")
    if item.should:
        text = w["should"].format(place=item.place, value=item.should[0], suggested=item.should[1])
    elif item.place and item.state != "city":
        text = w["place"].format(place=item.place, reason=text)
    count = w["beside"].format(count=item.more + 1) if item.more else ""
    return _cut(text, _SHOWN - shown_width(count)) + count


def _cut(text: str, room: int) -> str:
    if shown_width(text) <= room:
        return text
    while shown_width(text) > room - 2:
        text = text[:-1]
    return text + "…"
