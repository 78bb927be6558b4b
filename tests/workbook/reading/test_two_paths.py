"""The quick path of reading tells what the careful one tells, whatever a file holds and came before it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

import support.office as libreoffice
import support.packages as p
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.reading.cells import RawCell
from gouji.workbook.reading.quick import MAX_QUICK
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.writer import write_workbook
from support import DATA
from support.at_once import brothers
from support.mutants import mutants
from support.random_reports import balanced
from support.two_paths import agree, is_quick, saved_by_openpyxl, told, with_sheets

TEMPLATES = Path(__file__).parents[3] / "workbook_templates"
KEPT = sorted(path for folder in (DATA, TEMPLATES) for path in folder.rglob("*.xls[xm]"))[::-1]
SHEETS = ("封面", "二", "四", "gouji")


@cache
def form(seed: int) -> bytes:
    """A filled form, in which a line more or less moves the numbers of all shared strings."""
    made, random = load_form("2021"), Random(seed)
    values = {cell: n for cell, n in balanced(made, random).items() if n or random.random() < 0.5}
    texts = {
        "一": "\n".join(f"第{seed}年第{n}段。" for n in range(seed % 3 + 1)),
        "五": "不足。",
        "六": "无。",
    }
    return write_workbook(Report(made, f"某市{seed}局", 2024, values=dict(values), texts=texts))


@cache
def small(seed: int, *, again: bool = False) -> bytes:
    cut = with_sheets(form(seed), SHEETS)
    return saved_by_openpyxl(cut) if again else cut


@pytest.mark.parametrize(
    "path", brothers(KEPT, lambda path: path.name), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_kept_workbook(path: Path) -> None:
    agree(path.read_bytes())


def test_our_books_are_read_quickly() -> None:
    """Also as openpyxl saves them; what is not is slow, which no other test would tell."""
    assert set(is_quick(form(1)).values()) == {True}
    again = saved_by_openpyxl(form(1))
    agree(again)
    assert set(is_quick(again).values()) == {True}


def test_saved_by_libreoffice(office: libreoffice.Office, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form(1))
    with office.open(path) as book:
        saved = book.save(tmp_path / "saved.xlsx").read_bytes()
    agree(saved)
    assert set(is_quick(saved).values()) == {True}


NUMBER = '<c r="A1"><v>1</v></c>'
ROWS = {
    "plain": f'<row r="1">{NUMBER}<c r="B1" s="0"/></row><row r="3" spans="1:2" hidden="1"><c r="C3"/></row>',
    "hidden": '<row r="2" hidden="true"><c r="A2"><v>2</v></c></row><row r="4" ht="0">'
    '<c r="A4" t="e"><v>#N/A</v></c></row>',
    "hidden twice": f'<row r="1" hidden="1"/><row r="1">{NUMBER}</row>',
    "comment": f'<row r="1">{NUMBER}<!-- <c r="B1"><v>2</v></c> --></row>',
    "comment over rows": f'<row r="1">{NUMBER}</row><!-- <row r="2"></row><row r="3"><c r="A3"><v>2</v></c>'
    "</row> -->",
    "cdata": '<row r="1"><c r="A1" t="str"><v><![CDATA[<c r="B1"/>]]></v></c></row>',
    "instruction": f'<row r="1">{NUMBER}<?x <c r="B1"><v>2</v></c> ?></row>',
    "blanks between": f'<row r="1"> {NUMBER} </row>\n<row r="2"/>',
    "no positions": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "single quotes": "<row r='1'><c r='A1'><v>1</v></c></row>",
    "attribute twice": '<row r="1" r="1"><c r="A1"><v>1</v></c></row>',
    "attribute of formula twice": '<row r="1"><c r="A1"><f ca="1" ca="1">1</f><v>1</v></c></row>',
    "unknown attribute": f'<row r="1" later="1">{NUMBER}</row>',
    "prefix unbound": f'<row r="1" x14ac:dyDescent="0.25">{NUMBER}</row>',
    "namespace changed": f'<row r="1" xmlns="urn:x">{NUMBER}</row>',
    "formula in a namespace": '<row r="1"><c r="A1"><f xmlns="urn:x">1</f><v>1</v></c></row>',
    "cell twice": f'<row r="1">{NUMBER}{NUMBER}</row>',
    "row twice": f'<row r="1">{NUMBER}</row><row r="1">{NUMBER}</row>',
    "other row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "other row, empty": '<row r="1"><c r="A2"/><c r="B1"><v>1</v></c></row>',
    "column too far": '<row r="1"><c r="XFE1"><v>1</v></c></row>',
    "row too far": '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    "small letters": '<row r="1"><c r="a1"><v>1</v></c></row>',
    "value twice": '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
    "value before formula": '<row r="1"><c r="A1"><v>1</v><f>1</f></c></row>',
    "value open": '<row r="1"><c r="A1"><v>1</c></row>',
    "value closed first": '<row r="1"><c r="A1"></v>1<v></c></row>',
    "no number": '<row r="1"><c r="A1"><v>1x</v></c></row>',
    "infinite": '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    "kinds of number": '<row r="1"><c r="A1"><v> 1 </v></c><c r="B1"><v>+1</v></c><c r="C1"><v>1.50</v></c>'
    '<c r="D1"><v>12345678901234567890</v></c><c r="E1"><v>007</v></c><c r="F1"><v>-0</v></c></row>',
    "digits that are not ASCII": '<row r="1"><c r="A1"><v>１</v></c></row>',
    "unknown kind": '<row r="1"><c r="A1" t="x"><v>1</v></c></row>',
    "kinds": '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><f>X</f><v>#N/A</v></c>'
    '<c r="C1" t="str"><v></v></c><c r="D1" t="d"><v>2024-01-01</v></c><c r="E1" t="b"><v></v></c>'
    '<c r="F1"><f>A1</f></c><c r="G1"><f/><v></v></c></row>',
    "no boolean": '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
    "references": '<row r="1"><c r="A1" t="str"><v>&lt;&#x4E00;&#13;&amp;&#10;_x000D_</v></c></row>',
    "reference to nothing": '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>',
    "reference to a half": '<row r="1"><c r="A1" t="str"><v>&#xD840;</v></c></row>',
    "reference unknown": '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>',
    "reference in a formula": '<row r="1"><c r="A1"><f>"&#0;"</f><v>1</v></c></row>',
    "ampersand": '<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>',
    "end of CDATA": '<row r="1"><c r="A1" t="str"><v>]]></v></c></row>',
    "more than": '<row r="1"><c r="A1" t="str"><v>1 > 0</v></c></row>',
    "line ends": '<row r="1"><c r="A1" t="str"><v>a\r\nb\rc\n\td</v></c></row>',
    "control": '<row r="1"><c r="A1" t="str"><v>a\x01b</v></c></row>',
    "no character": '<row r="1"><c r="A1" t="str"><v>\uffff</v></c></row>',
    "name of a string": '<row r="1"><c r="A1" t="s"><v>\x011</v></c></row>',
    "inline": '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>'
    '<c r="B1" t="inlineStr"><v>乙</v></c><c r="C1" t="inlineStr"><is/></c><c r="D1"><is>'
    "<t>1</t></is></c></row>",
    "inline in two fonts": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r>'
    "<r><t>乙</t></r></is></c></row>",
    "array": '<row r="1"><c r="A1"><f t="array" ref="A1">1</f><v>1</v></c>'
    '<c r="B1"><f t="array" ref="B1:C2">1</f><v>1</v></c><c r="C1"><v>2</v></c></row>',
    "array nowhere": '<row r="1"><c r="A1"><f t="array" ref="x">1</f><v>1</v></c></row>',
    "long": f'<row r="1"><c r="A1" t="str"><v>{"长" * 32_768}</v></c></row>',
    "long formula": f'<row r="1"><c r="A1"><f>{"1+" * 70_000}1</f><v>1</v></c></row>',
    "shared": '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s">'
    "<v></v></c></row>",
    "shared nowhere": '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
    "shared before the first": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    "shared, oddly numbered": '<row r="1"><c r="A1" t="s"><v> 1 </v></c><c r="B1" t="s"><v>01</v></c></row>',
    "shared and a formula": '<row r="1"><c r="A1" t="s"><f>B1</f><v>1</v></c></row>',
    "data closed early": f'<row r="1">{NUMBER}</row></sheetData><sheetData><row r="2"><c r="A2"><v>2</v></c>'
    "</row>",
    "text between": f'<row r="1">{NUMBER}</row>甲',
    "other element": f'<row r="1">{NUMBER}<x/></row>',
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_spellings_of_rows(rows: str) -> None:
    agree(p.workbook(rows, "<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r></si>"))


HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PLAIN = f'<sheetData><row r="1">{NUMBER}</row></sheetData>'
SHEETS_ODDLY = {
    "prefix": f'<x:worksheet xmlns:x="{p.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    "</x:row>"
    "</x:sheetData></x:worksheet>",
    "other namespace": f'<worksheet xmlns="urn:x">{PLAIN}</worksheet>',
    "strict": f'<worksheet xmlns="{p.STRICT_MAIN}">{PLAIN}</worksheet>',
    "data in a comment": f'<worksheet xmlns="{p.MAIN}"><!-- <sheetData> -->{PLAIN}</worksheet>',
    "data elsewhere": f'<worksheet xmlns="{p.MAIN}"><x>{PLAIN}</x></worksheet>',
    "data twice": f'<worksheet xmlns="{p.MAIN}">{PLAIN}{PLAIN.replace("1", "2")}</worksheet>',
    "prefix bound": f'<worksheet xmlns="{p.MAIN}" xmlns:x14ac="urn:x"><sheetData>'
    f'<row r="1" x14ac:dyDescent="0.25">{NUMBER}</row></sheetData></worksheet>',
    "unbound before": f'<worksheet xmlns="{p.MAIN}"><x:y/>{PLAIN}</worksheet>',
    "unbound behind": f'<worksheet xmlns="{p.MAIN}">{PLAIN}<x:y/></worksheet>',
    "open at the end": f'<worksheet xmlns="{p.MAIN}">{PLAIN}<mergeCells></worksheet>',
    "cut": f'<worksheet xmlns="{p.MAIN}">{PLAIN}',
    "more behind": f'<worksheet xmlns="{p.MAIN}">{PLAIN}</worksheet><x/>',
    "entity": f'<!DOCTYPE x [<!ENTITY e "1">]><worksheet xmlns="{p.MAIN}">{PLAIN}</worksheet>',
    "outline": f'<worksheet xmlns="{p.MAIN}"><cols><col min="2" max="3" hidden="1"/></cols>{PLAIN}'
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>',
    "many names": f'<worksheet xmlns="{p.MAIN}">{PLAIN}{"".join(f"<n{n}/>" for n in range(5000))}'
    "</worksheet>",
    "deep": f'<worksheet xmlns="{p.MAIN}">{PLAIN}{"<d>" * 200}{"</d>" * 200}</worksheet>',
    "large": f'<worksheet xmlns="{p.MAIN}"><sheetData><row r="1">{NUMBER}'
    f"</row>{' ' * MAX_QUICK}</sheetData></worksheet>",
}


@pytest.mark.parametrize("sheet", SHEETS_ODDLY.values(), ids=SHEETS_ODDLY)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_spellings_of_sheets(sheet: str, encoding: str) -> None:
    head = HEAD.replace("UTF-8", encoding.upper())
    if len(sheet) < MAX_QUICK or encoding == "utf-8":
        agree(p.with_part(p.SHEET, (head + sheet).encode(encoding)))
        agree(p.with_part(p.SHEET, sheet.encode(encoding)))


STRINGS = {
    "in two fonts": "<si><r><rPr><sz val='9'/></rPr><t>甲</t></r><r><t>乙</t></r>"
    "<rPh sb='0' eb='1'><t>ふ</t></rPh></si>",
    "own element": "<si><t>甲</t><own:x/></si>",
    "namespace": "<si xmlns='urn:x'><t>甲</t></si>",
    "namespace within": "<si><t xmlns='urn:x'>甲</t></si>",
    "empty": "<si/><si><t>甲</t></si>",
    "comment": "<si><t>甲<!-- --></t></si>",
    "nested": "<si><t>甲<si><t>乙</t></si></t></si>",
    "blanks between": "<si><t>甲</t></si> <si><t>乙</t></si>",
    "escape": "<si><t>_x000D_&#13;</t></si>",
    "open": "<si><t>甲</si>",
    "control": "<si><t>\x01</t></si>",
    "long": f"<si><t>{'长' * 40_000}</t></si>",
}


@pytest.mark.parametrize("items", STRINGS.values(), ids=STRINGS)
def test_spellings_of_strings(items: str) -> None:
    agree(p.workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', items))


def test_the_same_row_with_other_formats_and_strings() -> None:
    """Bytes that were met before mean what this workbook says of them."""
    styles = (
        '<styleSheet xmlns="{}"><numFmts><numFmt numFmtId="200" formatCode="{}"/></numFmts>'
        "<cellXfs><xf/>{}</cellXfs></styleSheet>"
    )
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    seen = set()
    for code in ("0.0", "yyyy", "0.0"):
        for text in ("甲", "乙"):
            parts = p.parts(row, f"<si><t>{text}</t></si>")
            parts["xl/styles.xml"] = styles.format(p.MAIN, code, '<xf numFmtId="200"/>').encode()
            part = ("r3", f"{p.OFFICE}/styles", "styles.xml")
            known = [("r1", f"{p.OFFICE}/worksheet", "worksheets/sheet1.xml")]
            known.append(("r2", f"{p.OFFICE}/sharedStrings", "sharedStrings.xml"))
            parts["xl/_rels/workbook.xml.rels"] = p.relations(*known, part)
            agree(p.pack(parts))
            cells = open_book(p.pack(parts)).cells("表")
            assert cells[1, 1] == RawCell(1, "1", "number", False, code) and cells[1, 2].raw == text
            seen.add((code, text))
    assert len(seen) == 4


def test_what_a_reader_does_with_cells_stays_its_own() -> None:
    book = form(2)
    for _ in range(3):
        cells = open_book(book).cells("三")
        assert len(cells) > 1000
        cells.clear()


def test_order_does_not_matter() -> None:
    """A file reads the same cold and after others, in any order."""
    books = [form(seed) for seed in (1, 2, 3)]
    alone = [read_workbook(book) for book in books]
    for order in permutations(range(3)):
        assert [read_workbook(books[one]) for one in order] == [alone[one] for one in order]


def test_threads() -> None:
    books = [small(seed, again=again) for seed in (1, 2, 3) for again in (False, True)] * 4
    alone = [told(book, careful=True) for book in books]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(told, books)) == alone


@pytest.mark.parametrize(("again", "count"), [(False, 100), (True, 50)])
def test_mutants(again: bool, count: int) -> None:
    _compare(again, 0, count)


@pytest.mark.long
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("seed", range(10_000, 20_000, 1_000))
def test_many_mutants(again: bool, seed: int) -> None:
    _compare(again, seed, 1_000)


def _compare(again: bool, seed: int, count: int) -> None:
    for number, mutant in enumerate(mutants(small(1, again=again), seed, count), seed):
        assert told(mutant) == told(mutant, careful=True), number
