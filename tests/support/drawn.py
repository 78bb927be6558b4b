"""Forms drawn as people fill them and spoil them: cover, texts, notes and cells, whatever may stand there."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gouji.form import Cell, Form
from gouji.report import PREFACE
from gouji.workbook.layout import Layout, address
from support import last_year
from support.random_reports import balanced
from support.typed import At, Content, Date, ErrorValue

TEXTS = (
    "",
    "  ",
    "\u3000",
    " / ",
    "/",
    "／",
    "、",
    "\\",
    "无",
    "12",
    "012",
    " 12",
    "12\u00a0",
    "0",
    "１２",
    "12件",
)
TEXTS += (
    "1,234",
    "1e3",
    "3/4",
    "5%",
    "-5",
    "TRUE",
    "1.0",
    "1 2",
    "见附件",
    "1234567890123456",
    "1234567890",
    "999999999999999",
    "=1",
    "#N/A",
)
NUMBERS = (1.5, -3, 0.1 + 0.2, 33760.159999999996, 10**15 - 1, 10**15, -0.5, 1e-7, 123456789.123456)
#: LibreOffice stores TRUE as 1 where the cell has a number format, so logical values are for Gnumeric alone.
LOGICAL = (True, False)
# A line feed or another space at a text's end is left out by name as well: Gnumeric's TRIM takes every white
# space away, Excel's and LibreOffice's only the plain one.
OTHERS = (ErrorValue("#N/A"), ErrorValue("#DIV/0!"), Date(45355), Date(1), Date(0))
ODD: tuple[Content, ...] = (*TEXTS, *NUMBERS, *OTHERS)


#: What stands in the fields of 封面, beside a name and a year of the edition.
UNITS = ("", "  ", "\u3000", 5, ErrorValue("#N/A"), " 某局 ", "某局")
YEARS = (
    "2024",
    "2024年",
    "２０２４",
    " 2024 年",
    "二〇二四",
    "2024-",
    "24",
    "年",
    "02024",
    "1e3",
    "2024年度",
    "",
)
YEARS += (2019, 2020, 2021, 1899, 1900, 2100, 2101, 2024.5, -2024, 20240, Date(45355), Date(2024))
YEARS += (ErrorValue("#REF!"),)
DAYS = ("2024-01-01", "2024.1.1", "2024/12/31", "2024年12月31日", "20240630", "2024-2-29", "2023-2-29")
DAYS += (
    "2023-12-31",
    "2024-13-1",
    "2024-1-0",
    "2024年1月",
    "2024年",
    "1月1日",
    "2024-1-1-1",
    "见附件",
    "  ",
    "",
)
DAYS += (
    "２０２４－１－１",
    "2024．1．31",
    " 2024 年 1 月 1 日 ",
    "2024-001-1",
    "1999-1-1",
    "2100-1-1",
    "12345678",
)
DAYS += ("2024-1-1x", "a024-1-1", "2019-1-1", "2019年12月31日", "-2024-1-1", 20240630, 45657, 5, -1, 45292.5)
DAYS += (Date(45292), Date(1), Date(0), ErrorValue("#N/A"))
PARAGRAPHS = ("本年主动公开。", "  ", "\u3000\u00a0", "", "无", 5, "0")
PARAGRAPHS += (ErrorValue("#VALUE!"), ErrorValue("#N/A"))
FEES = (1_000_000, 1_000_000.000001, 999_999, 50_001, 2_000_000, 0.000001, 1_234_567.5, 12.3456789, 0.0000001)


def beside(layout: Layout, chance: Random) -> Iterator[tuple[At, Content]]:
    """Fields of the cover, paragraphs, notes: mostly as they should be."""
    form, cover, odd = layout.form, layout.cover, chance.random() < 0.5
    year = chance.choice(range(form.first_year, form.first_year + 2))
    fields = {"unit": (UNITS, "某局"), "year": (YEARS, year)}
    fields |= {"period_from": (DAYS, f"{year}-01-01"), "period_to": (DAYS, f"{year}-12-31")}
    for name, (pool, right) in fields.items():
        yield (cover.name, address(*cover.fields[name])), chance.choice(pool) if odd else right
    share = chance.choice([0, 0.5, 1, 1, 1])
    for key, area in layout.texts.items():
        if key != PREFACE and chance.random() < share:
            for row in chance.sample(range(area.top, area.bottom + 1), 3):
                content = chance.choice(PARAGRAPHS if odd else PARAGRAPHS[:1])
                yield (area.sheet, address(row, area.left)), content
    for table in layout.tables.values():
        if chance.random() < 0.1:
            column = table.note_columns[2][0]
            at = address(chance.randrange(table.notes.top, table.notes.bottom + 1), column)
            yield (table.name, at), chance.choice(["说明", ErrorValue("#N/A")])


def declarations(layout: Layout, chance: Random) -> Iterator[tuple[At, Content]]:
    """空白均为 0 on 封面 and below tables: mostly an answer, sometimes what is none."""
    answers = ("是",) * 6 + ("否", " 是 ", "都是", ErrorValue("#N/A"), 1)
    if chance.random() < 0.25:
        yield (layout.cover.name, address(*layout.cover.fields["blank_is_zero"])), chance.choice(answers)
    for place in layout.tables.values():
        if chance.random() < 0.25:
            yield (place.name, address(*place.declaration)), chance.choice(answers)


def pasted(form: Form, cell: str) -> At:
    """Where the zone of 上年 has a cell."""
    return last_year.sheet_name(), address(*last_year.places(form)[cell])


def drawn(layout: Layout, chance: Random, odd: tuple[Content, ...]) -> dict[At, Content]:
    """A form that adds up, then spoilt: some cells odd, some blank, some changed; 上年数; the declaration."""
    form = layout.form
    right = balanced(form, chance)
    share_odd, share_blank = chance.choice([0, 0.01, 0.05, 0.3]), chance.choice([0, 0.02, 0.3])
    contents: dict[At, Content] = {pasted(form, cell): "" for cell in last_year.places(form)}

    def put(at: At, cell: Cell, value: object) -> None:
        at_random = chance.random()
        if at_random < share_odd:
            contents[at] = chance.choice(odd)
        elif at_random < share_odd + share_blank or value is None:
            return
        elif isinstance(value, int):
            value = chance.choice([0, 1, value + 1]) if chance.random() < 0.02 else value
            contents[at] = value / 1_000_000 if cell.kind.money else value
        else:
            contents[at] = str(value)

    for cell in form.cells:
        put(layout.locate(cell.id), cell, right.get(cell.id))
    if chance.random() < 0.8:
        for cell_id in last_year.compared(form):
            carried = right.get(cell_id.replace("carried_out", "carried_in"), 0)
            put(pasted(form, cell_id), form.by_id[cell_id], carried)
    for cell in form.cells:
        if cell.kind.money and chance.random() < 0.2:
            contents[layout.locate(cell.id)] = chance.choice(FEES)
    if chance.random() < 0.05:
        contents = {}
    contents |= dict(declarations(layout, chance))
    if chance.random() < 0.95:
        contents |= dict(beside(layout, chance))
    return contents
