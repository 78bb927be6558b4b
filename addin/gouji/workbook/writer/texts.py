"""The text sections 一, 五, 六 (and 引言): one paragraph a row, printed as the report's text.

A row is at most 409 points high in Excel and is never wider than the page, so what a paragraph may hold is
geometry. The sheet is written small and enlarged by as much, on screen and on paper: so a row holds 2,000
characters of 10 points, typed, pasted or written here. A longer paragraph that is written here gets smaller
letters; at one that a person types the sheet says so.
"""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import Section
from ...report import PREFACE
from ...text import shown_width
from ..figures import Live, filled
from ..layout import Area, address
from ..limits import CELL_LIMIT, paragraphs, too_long
from ..printed import beside_texts
from ..wording import wording
from .context import Writing, write_live
from .limits import CannotWrite
from .styles import COLOURS, page, protect

#: By how much paper and screen enlarge the sheet, in percent.
_SCALE = 125
#: Widths in pixels: the text, enlarged as wide as A4 within its margins; a gap; what is said beside it.
_WIDTHS = (556, 10, 280)
_MARGINS = {"left": 0.42, "right": 0.42, "top": 0.8, "bottom": 0.8}
#: Sizes in points: 10 on paper, the title 14; and the highest that a line of any font is, to its size.
_SIZE, _TITLE, _SMALL, _LINE = 8.0, 11.2, 7.2, 1.46
#: Of a column's width, what the text does not get; points a pixel.
_INSET, _POINT = 6, 0.75
#: The highest row of any program, in points.
_MOST = 409
#: Characters of a paragraph that a row holds in letters of the sheet's own size.
LONG = 2000
#: So many paragraphs have something said beside them; the colours and the prompt go for all.
_SAID = 60


def write_text(writing: Writing, sheet: Worksheet, section: Section) -> None:
    layout = writing.layout
    own, title = layout.texts[section.number], layout.text_title(section)
    for i, width in enumerate(_WIDTHS):
        sheet.set_column_pixels(i, i, width)
    if title > 1:
        _preface(writing, sheet)
    sheet.write_string(title - 1, 0, section.title, writing.style("section", font_size=_TITLE))
    _help(writing, sheet, Area(own.sheet, own.top - 3, 3, own.top - 1, 3), title)
    _area(writing, sheet, own, section.number)
    _said(writing, sheet, own, section)
    page(sheet, landscape=False, one_page=False, centred=False, scale=_SCALE)
    sheet.set_margins(**_MARGINS)
    sheet.set_zoom(_SCALE)
    top = min(title, *(area.top for area in layout.texts.values() if area.sheet == own.sheet))
    sheet.print_area(top - 1, 0, own.bottom - 1, 0)
    sheet.set_selection(own.top - 1, 0, own.top - 1, 0)
    protect(sheet)


def _preface(writing: Writing, sheet: Worksheet) -> None:
    """引言 above the title of the first section, where it prints; its own heading does not."""
    w, area = wording("text"), writing.layout.texts[PREFACE]
    sheet.write_string(0, 0, w["preface"], writing.style("quiet", font_size=_TITLE))
    said = Area(area.sheet, area.top, 3, area.top + 1, 3)
    sheet.merge_range(*writing.zero(said), beside_texts(writing.layout.form)[0], _quiet(writing))
    _area(writing, sheet, area, PREFACE)


def _help(writing: Writing, sheet: Worksheet, area: Area, title: int) -> None:
    """How to paste and what is indented, beside the title; the rows between title and text are low."""
    sheet.merge_range(*writing.zero(area), "", _quiet(writing))
    text = beside_texts(writing.layout.form)[1]
    sheet.write_string(area.top - 1, area.left - 1, text, _quiet(writing))
    for row in range(area.top, area.bottom + 1):
        sheet.set_row(row - 1, 24 if row == title else 6)


def _quiet(writing: Writing, **changes: str) -> Format:
    return writing.style("quiet", font_size=_SMALL, text_wrap=True, valign="top", **changes)


def _fit(line: str) -> tuple[float, float]:
    """Size of the letters and height of the row in which a paragraph is seen whole."""
    size = _SIZE
    while True:
        characters = (_WIDTHS[0] - _INSET) * _POINT / size * 2 - 2
        lines = sum(-int(-(shown_width(part) + 4) // characters) for part in line.split("\n"))
        height = lines * size * _LINE + 3
        if height <= _MOST or size <= 1:
            return size, min(height, _MOST)
        size -= 0.5


def _area(writing: Writing, sheet: Worksheet, area: Area, key: str) -> None:
    rows = area.bottom - area.top + 1
    text = (writing.report.texts or {}).get(key, "")
    lines = paragraphs(text, rows)
    empty = writing.style("paragraph", font_size=_SIZE)
    for i in range(rows):
        line = lines[i] if i < len(lines) else ""
        if too_long(line):
            raise CannotWrite(wording("text")["too_long"].format(section=key, limit=CELL_LIMIT))
        if line:
            size, height = _fit(line)
            sheet.write_string(area.top - 1 + i, 0, line, writing.style("paragraph", font_size=size))
            sheet.set_row(area.top - 1 + i, height)
        else:
            sheet.write_blank(area.top - 1 + i, 0, None, empty)
    _looks(writing, sheet, area, key)


def _looks(writing: Writing, sheet: Worksheet, area: Area, key: str) -> None:
    """Where to begin, what is too long, and 首行缩进, which only shows: the text is what was typed.

    Excel before 2010 shows more than 255 characters of the format ``@`` as #####, and nobody has tried longer
    formats in later ones: so the first line of a long paragraph is not indented.
    """
    column = f"${address(area.top, area.left)}"

    def rule(place: Area, test: str, look: str) -> None:
        form = writing.styles.conditional[look]
        sheet.conditional_format(
            *writing.zero(place), {"type": "formula", "criteria": f"={test}", "format": form}
        )

    first = Area(area.sheet, area.top, area.left, area.top, area.left)
    if key == PREFACE:
        # 引言 need not be: its colour goes with that of the section, or a report without it would print it.
        section = writing.layout.texts[area.sheet]
        rule(first, f"{filled(area)}+{filled(section)}=0", "optional")
    else:
        rule(first, f"{filled(area)}=0", "blank")
    rule(area, f"LEN({column})>{LONG}", "long")
    w = wording("text")
    spaces = ",".join(f'LEFT({column},1)="{space}"' for space in ("\u3000", " "))
    short = f"LEN({column})>0,LEN({column})<={w['indented']}"
    rule(area, f"AND({short},NOT(OR({spaces})))", "indented")
    sheet.data_validation(
        *writing.zero(area),
        {
            "validate": "length",
            "criteria": "<=",
            "value": LONG,
            "error_type": "warning",
            "error_title": w["too_long_title"],
            "error_message": w["too_long_typed"].format(limit=LONG),
        },
    )


def _said(writing: Writing, sheet: Worksheet, own: Area, section: Section) -> None:
    """Beside the paragraphs: where to begin, to go on, and which one is too long for a row."""
    w = wording("text")
    lines = paragraphs((writing.report.texts or {}).get(section.number, ""), own.bottom - own.top + 1)
    lines += [""] * _SAID
    style = _quiet(writing, font_color=COLOURS["link"])
    before, after = w["long"][0], w["long"][1].format(limit=LONG)
    for i in range(_SAID):
        here, above = (address(own.top + i - k, own.left) for k in (0, 1))
        text, due = w["next"], f"LEN({above})>0"
        is_due = bool(lines[i - 1])
        if i == 0:
            text, due, is_due = w["start"] + section.prompt, f"{filled(own)}=0", not any(lines)
        long = f'IF(LEN({here})>{LONG},"{before}"&LEN({here})&"{after}","")'
        said = text if is_due else ""
        if lines[i]:
            said = f"{before}{len(lines[i])}{after}" if len(lines[i]) > LONG else ""
        live = Live(f'=IF(LEN({here})=0,IF({due},"{text}",""),{long})', said)
        write_live(sheet, own.top - 1 + i, 2, live, style)
