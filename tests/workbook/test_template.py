"""The built workbook by another program's eyes: locks, validations, links, print set-up, reproducibility."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

import gouji
from gouji.form import editions, load_form
from gouji.report import Report
from gouji.rules import catalogue
from gouji.rules.equations import rule_of
from gouji.workbook.layout import Area, address, layout_of
from gouji.workbook.live import LiveChecks
from gouji.workbook.writer import write_workbook
from support import DATA
from support.formulas import complaints
from support.loaded import loaded

#: What this version makes, one of each kind.
ARCHIVE = DATA / "archive" / gouji.__version__
SHEETS = [*("封面", "一", "二", "三", "四", "五", "六", "校验"), *("上年", "粘贴区", "填报说明", "gouji")]


@cache
def built(edition: str) -> Workbook:
    return loaded(parts(edition))


@cache
def stored(edition: str) -> Workbook:
    """With the values that formulas show."""
    return loaded(parts(edition), data_only=True)


@cache
def parts(edition: str) -> bytes:
    return write_workbook(Report(load_form(edition), unit="某市某局", year=2024, texts={}))


@pytest.fixture(params=editions())
def edition(request: pytest.FixtureRequest) -> str:
    return request.param


def addresses(area: Area) -> set[str]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return {f"{get_column_letter(c)}{r}" for r in rows for c in columns}


def test_sheets_structure_and_protection(edition: str) -> None:
    book = built(edition)
    assert book.sheetnames == SHEETS
    assert book.security.lockStructure and not book.security.workbookPassword
    for sheet in book:
        assert sheet.protection.sheet and not sheet.protection.password
        # Links and 审核说明 lead to locked cells: they stay selectable.
        assert not sheet.protection.selectLockedCells and not sheet.protection.selectUnlockedCells
        assert sheet.sheet_state == ("veryHidden" if sheet.title == "gouji" else "visible")


def test_only_input_cells_are_unlocked(edition: str) -> None:
    layout = layout_of(load_form(edition))
    form = layout.form
    expected: dict[str, set[str]] = {name: set() for name in SHEETS}
    for cell in form.cells:
        sheet, address = layout.locate(cell.id)
        expected[sheet].add(address)
    for table in layout.tables.values():
        expected[table.name] |= addresses(table.notes)
        row, column = table.declaration
        expected[table.name].add(f"{get_column_letter(column)}{row}")
    for area in layout.texts.values():
        expected[area.sheet] |= addresses(area)
    for row, column in layout.cover.fields.values():
        expected["封面"].add(f"{get_column_letter(column)}{row}")
    expected["校验"] |= addresses(layout.check.explanations)
    rows = LiveChecks(layout, Report(form), None, catalogue()).rows(layout.check.live_top)
    for at, row in enumerate(rows, layout.check.live_top):
        if row.level == "warning":
            columns = layout.check.columns
            expected["校验"] |= addresses(Area("", at, columns["explanation"], at, columns["numbers"]))
    for sheet in built(edition):
        found = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
        merged = {
            a
            for r in sheet.merged_cells.ranges
            for a in addresses(Area("", r.min_row, r.min_col, r.max_row, r.max_col))
        }
        assert found - merged == expected[sheet.title] - merged, sheet.title
        tops = {get_column_letter(r.min_col) + str(r.min_row) for r in sheet.merged_cells.ranges}
        assert found & tops == expected[sheet.title] & tops, sheet.title


_PLAIN = 'TRIM(SUBSTITUTE(SUBSTITUTE(c,"\u3000"," "),"\u00a0"," "))'
_SLASH = f'IF(LEN({_PLAIN})=1,ISNUMBER(FIND({_PLAIN},"/／、\\无")),FALSE)'
FORMULAS = {
    "count": f"IF(ISNUMBER(c),AND(c>=0,c=INT(c)),{_SLASH})",
    "signed": f"IF(ISNUMBER(c),c=INT(c),{_SLASH})",
    "money": f"IF(ISNUMBER(c),AND(c>=0,ROUND(c,6)=c),{_SLASH})",
}


def test_validations_admit_slash_and_blank(edition: str) -> None:
    layout = layout_of(load_form(edition))
    found: dict[tuple[str, str], str] = {}
    for sheet in built(edition):
        for rule in sheet.data_validations.dataValidation:
            if rule.type != "custom" or sheet.title == "封面":
                continue
            assert rule.allow_blank and rule.showErrorMessage and rule.showInputMessage
            assert rule.errorStyle in (None, "stop")
            assert all(
                re.search("[\u4e00-\u9fff]", text)
                for text in (rule.error, rule.errorTitle, rule.prompt, rule.promptTitle)
            )
            first = re.split("[ :]", str(rule.sqref))[0]
            for area in rule.sqref.ranges:
                for row in sheet[area.coord] if ":" in area.coord else ((sheet[area.coord],),):
                    for cell in row:
                        assert (sheet.title, cell.coordinate) not in found
                        found[sheet.title, cell.coordinate] = re.sub(rf"\b{first}\b", "c", rule.formula1)
    assert found == {layout.locate(c.id): FORMULAS[c.kind.name] for c in layout.form.cells}


def test_cover_is_validated(edition: str) -> None:
    layout = layout_of(load_form(edition))
    sheet = built(edition)["封面"]
    kinds = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    at = {name: f"B{row}" for name, (row, _) in layout.cover.fields.items()}
    assert kinds[at["blank_is_zero"]].formula1 == '"是,否"'
    assert (kinds[at["year"]].formula1, kinds[at["year"]].formula2) == ("2000", "2100")
    assert sheet[at["blank_is_zero"]].value == "否"
    assert (sheet[at["unit"]].value, sheet[at["year"]].value) == ("某市某局", 2024)


def test_each_table_asks_for_its_declaration(edition: str) -> None:
    for place in layout_of(load_form(edition)).tables.values():
        sheet = built(edition)[place.name]
        row, column = place.declaration
        at = f"{get_column_letter(column)}{row}"
        (rule,) = (v for v in sheet.data_validations.dataValidation if str(v.sqref) == at)
        assert (rule.formula1, sheet[at].value) == ('"是,否"', "否")
        assert ("总计" in rule.prompt) is any(c.is_total for c in place.table.cells)
        assert row == place.bottom + 1 and column > place.columns, "off the paper"


def test_how_to_type_a_slash_is_said_where_it_is_typed(edition: str) -> None:
    for place in layout_of(load_form(edition)).tables.values():
        for rule in built(edition)[place.name].data_validations.dataValidation:
            if rule.type == "custom":
                assert all("F2" in text and "、" in text for text in (rule.prompt, rule.error))
                assert len(rule.prompt) <= 255 and len(rule.error) <= 225 and len(rule.formula1) <= 255


def test_totals_are_typed_and_no_typed_cell_holds_a_formula(edition: str) -> None:
    layout = layout_of(load_form(edition))
    for cell in layout.form.cells:
        sheet, address = layout.locate(cell.id)
        assert built(edition)[sheet][address].value is None


def test_live_rows_link_to_existing_cells(edition: str) -> None:
    layout = layout_of(load_form(edition))
    sheet = built(edition)["校验"]
    goto, go, ids = (layout.check.columns[n] for n in ("goto", "go", "id"))
    rows = [r for r in range(layout.check.live_top, sheet.max_row + 1) if sheet.cell(r, ids).value]
    assert len(rows) >= len(layout.form.equations) + 6
    typed = {"!".join(layout.locate(cell.id)) for cell in layout.form.cells}
    typed |= {layout.field(name) for name in layout.cover.fields}
    typed |= {f"{place.name}!{address(*place.declaration)}" for place in layout.tables.values()}
    typed |= {
        f"{area.sheet}!A{row}" for area in layout.texts.values() for row in range(area.top, area.bottom)
    }
    for row in rows:
        at = f"{get_column_letter(go)}{row}"
        link = f"""=HYPERLINK("#'"&SUBSTITUTE({at},"!","'!"),LEFT({at},FIND(":",{at}&":")-1))"""
        assert sheet.cell(row, goto).value == link
        place = stored(edition)["校验"].cell(row, go).value
        name, _, target = place.partition(":")[0].partition("!")
        assert f"{name}!{target}" in typed
        rule, _, place = sheet.cell(row, ids).value.partition(":")
        equation = layout.form.equation.get(place)
        if equation and rule != rule_of(equation):
            equation = None
        if equation:
            assert target in {layout.locate(c)[1] for c in equation.cells}
    for number in "二三四":
        links = [c.hyperlink.location for r in built(edition)[number].iter_rows() for c in r if c.hyperlink]
        assert links == ["'校验'!A1"]


def test_print_set_up_and_panes(edition: str) -> None:
    layout = layout_of(load_form(edition))
    for table in layout.tables.values():
        sheet = built(edition)[table.name]
        assert str(sheet.page_setup.paperSize) == "9"
        assert (sheet.page_setup.orientation or "portrait") == "portrait"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet.print_area.split("!")[1] == table.printed.ref(absolute=True)
        assert sheet.freeze_panes
        first = layout.locate(table.table.cells[0].id)[1]
        assert sheet.sheet_view.selection[-1].activeCell == first


def test_official_wording_and_merges(edition: str) -> None:
    layout = layout_of(load_form(edition))
    for table in layout.tables.values():
        sheet = built(edition)[table.name]
        assert sheet.cell(table.title_row, 1).value == table.table.section.title
        merged = {str(r) for r in sheet.merged_cells.ranges}
        for box in table.boxes:
            if not box.cell:
                assert sheet.cell(box.row, box.column).value == box.shown
            area = Area("", box.row, box.column, box.row + box.height - 1, box.column + box.width - 1)
            assert (":" in area.ref()) == (area.ref() in merged)
            corner = sheet.cell(box.row, box.column)
            assert corner.border.left.style and corner.border.top.style
    for section in layout.form.sections:
        if not section.table:
            sheet = built(edition)[section.number]
            assert sheet.cell(layout.text_title(section), 1).value == section.title
            assert [c.value for c in sheet["C"] if c.value and section.prompt in str(c.value)]


def test_fonts_are_the_official_ones(edition: str) -> None:
    book = built(edition)
    assert book["封面"]["A2"].font.name == "方正小标宋简体"
    layout = layout_of(load_form(edition))
    for table in layout.tables.values():
        for box in table.boxes:
            font = book[table.name].cell(box.row, box.column).font
            number = ("Times New Roman", 10.5, None, 1)
            assert (font.name, font.sz, font.charset, font.family) == (
                number if box.cell else ("宋体", 10, 134, 1)
            )


def test_builds_are_reproducible(edition: str) -> None:
    again = write_workbook(Report(load_form(edition), unit="某市某局", year=2024, texts={}))
    assert again == parts(edition)
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("docProps/custom" in n or "vbaProject" in n for n in archive.namelist())


def test_the_editions_differ() -> None:
    assert len({parts(e) for e in editions()}) == len(editions())


#: What Excel 2007, WPS, LibreOffice and Gnumeric share.
def test_formulas_use_only_what_every_program_knows(edition: str) -> None:
    with zipfile.ZipFile(io.BytesIO(parts(edition))) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    formulas = [
        unescape(f)
        for text in sheets
        for f in re.findall(r"<(?:f|formula|formula1)(?: [^>]*)?>([^<]+)<", text)
    ]
    assert len(formulas) > 700
    assert {f: found for f in set(formulas) if (found := complaints(f))} == {}
    assert max(map(len, formulas)) < 8000
    assert not any("[" in f for f in formulas), "no reference to another workbook"


@pytest.mark.parametrize("path", sorted(ARCHIVE.glob("*.xls?")), ids=lambda path: path.name)
def test_so_do_those_of_every_other_file_that_we_write(path: Path) -> None:
    """A city's workbook, a 退回单, a template with macros (whose own functions are named GJ_…)."""
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    found = {unescape(f) for text in sheets for f in re.findall(r"<(?:f|formula)(?: [^>]*)?>([^<]+)<", text)}
    said = {f: [c for c in complaints(f) if not c.startswith("function GJ_")] for f in found}
    assert {f: wrong for f, wrong in said.items() if wrong} == {}
