"""Contents of typed cells as a file stores them, and what spreadsheet programs make of the formulas then.

Numbers, texts, logical values, error values and dates are written into the sheets of a template as stored
cells, so that what is read and recalculated is exactly what was drawn, by no writer's grace.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from openpyxl.utils.cell import coordinate_to_tuple

from gouji.form import Form
from gouji.report import Report
from gouji.workbook.layout import Layout, address, layout_of
from gouji.workbook.live import LiveRow
from gouji.workbook.pasting.sheet import paste_sheet
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.wording import marks
from gouji.workbook.writer import write_workbook
from support.office import Office

#: (sheet, address)
At = tuple[str, str]
#: Shown as a date by LibreOffice, Gnumeric and Excel alike.
DATE_FORMAT = "m/d/yy"


@dataclass(frozen=True)
class ErrorValue:
    """``#N/A`` and its kind."""

    text: str


@dataclass(frozen=True)
class Date:
    """A day as its number, in a cell that shows it as a date."""

    day: int


Content = int | float | str | bool | ErrorValue | Date


def computing(layout: Layout) -> tuple[str, ...]:
    """The sheets whose formulas are compared, and those that they look at."""
    sections = (section.number for section in layout.form.sections)
    last_year = paste_sheet(layout.form, "last_year").name
    return (layout.cover.name, *sections, layout.check.name, last_year)


@cache
def template(form: Form) -> bytes:
    """The blank template of a form."""
    return write_workbook(Report(form))


def contents_of(report: Report) -> dict[At, Content]:
    """What a person types to fill a template with the numbers of a report, and the declaration."""
    layout = layout_of(report.form)
    contents: dict[At, Content] = {}
    for cell in report.form.cells:
        value = report.value(cell.id)
        if isinstance(value, int):
            contents[layout.locate(cell.id)] = value / 1_000_000 if cell.kind.money else value
        elif value is not None:
            contents[layout.locate(cell.id)] = value
    if report.blank_is_zero:
        yes = marks("cover")["yes"]
        contents[layout.cover.name, address(*layout.cover.fields["blank_is_zero"])] = str(yes)
    return contents


def with_contents(workbook: bytes, contents: Mapping[At, Content]) -> bytes:
    """The workbook with these contents in cells that its sheets have, their styles kept."""
    parts, part_of = _parts(workbook)
    parts["xl/styles.xml"], date = _with_date_style(parts["xl/styles.xml"])
    for sheet, part in part_of.items():
        parts[part] = _filled(parts[part], _on(sheet, contents), date)
    return _zipped(parts)


def packed(workbook: bytes, layout: Layout, forms: Sequence[Mapping[At, Content]]) -> bytes:
    """One file that holds the computing sheets once for every form, named ``三.0``, ``三.1`` and so on.

    A program loads it in little more time than a single form.
    """
    parts, part_of = _parts(workbook)
    parts["xl/styles.xml"], date = _with_date_style(parts["xl/styles.xml"])
    names = computing(layout)
    kept = {
        name: data for name, data in parts.items() if not name.startswith(("xl/worksheets/", "xl/drawings/"))
    }
    sheets = []
    for number, contents in enumerate(forms):
        for name in names:
            text = _filled(parts[part_of[name]], _on(name, contents), date)
            text = re.sub("<(hyperlinks|dataValidations).*?</\\1>", "", text, flags=re.S)
            text = re.sub("<(legacyDrawing|drawing) [^>]*/>", "", text)
            for other in names:
                text = text.replace(f"'{other}'!", f"'{other}.{number}'!").replace(
                    f"{escape(other)}!$", f"'{other}.{number}'!$"
                )
            sheets.append(f"{name}.{number}")
            kept[f"xl/worksheets/sheet{len(sheets)}.xml"] = text
    kept["xl/workbook.xml"] = _WORKBOOK.format(
        sheets="".join(
            f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>' for i, name in enumerate(sheets, 1)
        )
    )
    relation = '<Relationship Id="{id}" Type="{base}/{kind}" Target="{target}"/>'
    kept["xl/_rels/workbook.xml.rels"] = _RELATIONS.format(
        relations="".join(
            relation.format(id=f"s{i}", base=_BASE, kind="worksheet", target=f"worksheets/sheet{i}.xml")
            for i in range(1, len(sheets) + 1)
        )
        + relation.format(id="t", base=_BASE, kind="styles", target="styles.xml")
        + relation.format(id="u", base=_BASE, kind="sharedStrings", target="sharedStrings.xml")
    )
    types = re.sub(
        '<Override PartName="/xl/(worksheets|drawings|comments)[^>]*/>', "", kept["[Content_Types].xml"]
    )
    more = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    kept["[Content_Types].xml"] = types.replace("</Types>", f"{more}</Types>")
    return _zipped(kept)


_BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_BASE}"><sheets>{{sheets}}</sheets></workbook>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
    "</Relationships>"
)


def _parts(workbook: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """(part name -> text, sheet name -> part name) of one of our own workbooks."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    return parts, {name: f"xl/worksheets/sheet{i}.xml" for i, name in enumerate(names, 1)}


def _zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _on(sheet: str, contents: Mapping[At, Content]) -> dict[str, Content]:
    return {at: content for (name, at), content in contents.items() if name == sheet}


def _filled(sheet: str, contents: Mapping[str, Content], date: int) -> str:
    return re.sub(
        r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?: t="[a-z]+")?(?:/>|>.*?</c>)',
        lambda m: _cell(m[1], m[2] or "", contents[m[1]], date) if m[1] in contents else m[0],
        sheet,
    )


def _cell(at: str, style: str, content: Content, date_style: int) -> str:
    if isinstance(content, Date):
        return f'<c r="{at}" s="{date_style}"><v>{content.day}</v></c>'
    if isinstance(content, ErrorValue):
        return f'<c r="{at}"{style} t="e"><v>{content.text}</v></c>'
    if isinstance(content, bool):
        return f'<c r="{at}"{style} t="b"><v>{int(content)}</v></c>'
    if isinstance(content, str):
        return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'
    return f'<c r="{at}"{style}><v>{content!r}</v></c>'


def _with_date_style(styles: str) -> tuple[str, int]:
    """The styles with one cell format more, a date, and its number."""
    one = f'<numFmt numFmtId="199" formatCode="{DATE_FORMAT}"/>'
    if "<numFmts" in styles:
        styles = re.sub(r'(<numFmts count="\d+">)', rf"\1{one}", styles)
    else:
        styles = styles.replace("<fonts", f'<numFmts count="1">{one}</numFmts><fonts', 1)
    count = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])  # type: ignore[index]
    more = '<xf numFmtId="199" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    styles = styles.replace("</cellXfs>", more, 1)
    return styles.replace(f'<cellXfs count="{count}"', f'<cellXfs count="{count + 1}"', 1), count


#: id of a live row -> (state, left, right, difference, go, todo) as shown; numbers as float, "" for an empty
#: cell. ``三!A1`` -> (what stands above a table,).
Shown = dict[str, tuple[object, ...]]
_COLUMNS = ("state", "left", "right", "difference", "go", "todo")


def by_python(rows: Iterable[LiveRow]) -> Shown:
    """What the writer stores beside the formulas."""
    return {r.id: _plain(getattr(r, name).value for name in _COLUMNS) for r in rows}


def by_libreoffice(office: Office, path: Path, layout: Layout, forms: int, rows: int) -> list[Shown]:
    """What LibreOffice shows on every 校验 of a packed file after a hard recalculation."""
    check = layout.check
    last = address(check.live_top + rows - 1, len(check.columns))
    area = f"A{check.live_top}:{last}"
    banners = [place.name for place in layout.tables.values()]
    with office.open(path) as book:
        book.recalculate()
        blocks = [book.values(f"{check.name}.{number}", area) for number in range(forms)]
        above = [
            {f"{name}!A1": _plain([book.value(f"{name}.{number}", "A1")]) for name in banners}
            for number in range(forms)
        ]
    return [
        {
            str(row[check.columns["id"] - 1]): _plain(row[check.columns[name] - 1] for name in _COLUMNS)
            for row in block
        }
        | states
        for block, states in zip(blocks, above, strict=True)
    ]


def recalculated_by_gnumeric(path: Path) -> Path:
    """A copy of the file as Gnumeric calculates it."""
    out = path.with_name(f"{path.stem}-gnumeric.xlsx")
    command = ["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx", str(path), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def by_gnumeric(path: Path, layout: Layout, forms: int, rows: int) -> list[Shown]:
    """What Gnumeric shows there; its order of types and its logical values are Excel's."""
    check, book = layout.check, open_book(recalculated_by_gnumeric(path))
    found = []
    for number in range(forms):
        cells = book.cells(f"{check.name}.{number}")
        shown: Shown = {}
        for row in range(check.live_top, check.live_top + rows):
            columns = [check.columns[name] for name in ("id", *_COLUMNS)]
            key, *values = (cells.get((row, column)) for column in columns)
            shown[key.raw if key else ""] = _plain(cell.value if cell else "" for cell in values)
        for place in layout.tables.values():
            above = book.cells(f"{place.name}.{number}").get((1, 1))
            shown[f"{place.name}!A1"] = _plain([above.value if above else ""])
        found.append(shown)
    return found


#: (sheet, address) -> what a formula shows; numbers as float, "" for nothing.
Formulas = dict[At, object]


def stored_formulas(workbook: bytes, layout: Layout) -> Formulas:
    """Every formula of the computing sheets with the value that the writer stored beside it."""
    parts, part_of = _parts(workbook)
    found: Formulas = {}
    for sheet in computing(layout):
        for at, kind, value in re.findall(
            r'<c r="([A-Z]+\d+)"(?: s="\d+")?( t="[a-z]+")?>'
            r"<f(?:/>| [^>]*/>|(?: [^>]*)?>[^<]*</f>)(?:<v>([^<]*)</v>)?",
            parts[part_of[sheet]],
        ):
            found[sheet, at] = unescape(value) if kind else float(value) if value else ""
    return found


def formulas_by_libreoffice(office: Office, path: Path, forms: int, wanted: Collection[At]) -> list[Formulas]:
    """What LibreOffice shows in these cells of every form of a packed file after a hard recalculation."""
    found: list[Formulas] = [{} for _ in range(forms)]
    with office.open(path) as book:
        book.recalculate()
        for sheet in dict.fromkeys(sheet for sheet, _ in wanted):
            at = {address: _place(address) for name, address in wanted if name == sheet}
            bottom, right = (max(numbers) for numbers in zip(*at.values(), strict=True))
            for number, shown in enumerate(found):
                block = book.values(f"{sheet}.{number}", f"A1:{address(bottom, right)}")
                shown.update(
                    ((sheet, address), _one(block[row - 1][column - 1]))
                    for address, (row, column) in at.items()
                )
    return found


def formulas_by_gnumeric(path: Path, forms: int, wanted: Collection[At]) -> list[Formulas]:
    """What Gnumeric shows there."""
    book = open_book(recalculated_by_gnumeric(path))
    found: list[Formulas] = []
    for number in range(forms):
        cells = {
            sheet: book.cells(f"{sheet}.{number}") for sheet in dict.fromkeys(sheet for sheet, _ in wanted)
        }
        found.append({(s, at): _one(c.value if (c := cells[s].get(_place(at))) else "") for s, at in wanted})
    return found


def _place(address: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(address)
    return int(row), int(column)


def _one(value: object) -> object:
    return _plain([value])[0]


def _plain(values: Iterable[object]) -> tuple[object, ...]:
    """Numbers as float to the 分, nothing and "" alike."""
    return tuple("" if v is None else round(float(v), 6) if isinstance(v, int | float) else v for v in values)
