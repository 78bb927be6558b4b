"""What the reader makes of each way to store a cell, a text, a position and a sheet."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support.packages as p
from gouji.workbook.reading.cells import Budget
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.sheets import RawCell, open_book
from gouji.workbook.reading.sheetxml import SheetReader, read_sheet


def only(rows: str, shared: str | None = None) -> dict[tuple[int, int], RawCell]:
    return open_book(p.workbook(rows, shared)).cells("表")


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<t>a_x000D_b</t>", "a\rb"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>_xD840__xDC00_ _xD840_</t>", "𠀀 \ufffd"),
        ("<t>_x12_ _xGGGG_</t>", "_x12_ _xGGGG_"),
        ("<t xml:space='preserve'> 空 </t>", " 空 "),
        ("<t> 空 </t>", " 空 "),
        ("<r><t>甲</t></r><r><rPr><b/></rPr><t> 乙</t></r><rPh sb='0' eb='1'><t>ふり</t></rPh>", "甲 乙"),
        ("<t>一</t><phoneticPr fontId='1'/>", "一"),
        ("<t><![CDATA[<&>]]>&#x4E00;&amp;</t>", "<&>一&"),
        ("<t>a\r\nb\rc</t>", "a\nb\nc"),
        ("<t/>", ""),
        ("", ""),
    ],
)
def test_texts(stored: str, text: str) -> None:
    """The same text from the shared strings and inline."""
    cell = RawCell(text, text, "text", False)
    assert only('<row><c t="s"><v>0</v></c></row>', f"<si>{stored}</si>") == {(1, 1): cell}
    assert only(f'<row><c t="inlineStr"><is>{stored}</is></c></row>') == {(1, 1): cell}


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("<c><v>1</v></c>", RawCell(1, "1", "number", False)),
        ("<c t='n'><v> 12.50 </v></c>", RawCell(12.5, " 12.50 ", "number", False)),
        ("<c><v>9007199254740993</v></c>", RawCell(9007199254740993, "9007199254740993", "number", False)),
        ("<c><v>-3</v></c>", RawCell(-3, "-3", "number", False)),
        ("<c><v>1E3</v></c>", RawCell(1000, "1000", "number", False)),
        ("<c><v>0.1</v></c>", RawCell(0.1, "0.1", "number", False)),
        ("<c t='b'><v>1</v></c>", RawCell(True, "1", "bool", False)),
        ("<c t='b'><v>false</v></c>", RawCell(False, "false", "bool", False)),
        ("<c t='e'><v>#N/A</v></c>", RawCell("#N/A", "#N/A", "error", False)),
        ("<c t='e'><f>NA()</f><v>#N/A</v></c>", RawCell("#N/A", "#N/A", "error", True)),
        ("<c t='str'><f>A1</f><v>a_x000A_b</v></c>", RawCell("a\nb", "a\nb", "text", True)),
        ("<c t='str'><f>\"\"</f><v></v></c>", RawCell("", "", "text", True)),
        ("<c><f>1+1</f><v>2</v></c>", RawCell(2, "2", "number", True)),
        ("<c><f>1+1</f></c>", RawCell(None, "", "blank", True)),
        ("<c><f>1+1</f><v/></c>", RawCell(None, "", "blank", True)),
        ("<c><f t='shared' si='0'/><v>4</v></c>", RawCell(4, "4", "number", True)),
        ("<c t='d'><v>2025-01-31</v></c>", RawCell("2025-01-31", "2025-01-31", "text", False)),
        ("<c><extLst><ext><v>9</v></ext></extLst><v>1</v></c>", RawCell(1, "1", "number", False)),
    ],
)
def test_cells(stored: str, cell: RawCell) -> None:
    found = only(f"<row>{stored}</row>")
    assert found == {(1, 1): cell}
    assert type(found[1, 1].value) is type(cell.value)


def test_a_cell_without_value_is_no_cell() -> None:
    assert (
        only('<row><c s="3"/><c><v/></c><c t="s"/><c t="s"><v></v></c><c t="inlineStr"/></row>', "<si/>")
        == {}
    )


def test_positions_may_be_left_out() -> None:
    """Row and cell references are optional: the next row, the next column (ECMA-376-1, 18.3.1.4, .73)."""
    found = only(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
        '<row><c><v>5</v></c></row><row r="2"><c r="b2"><v>6</v></c></row>'
    )
    values = {at: cell.value for at, cell in found.items()}
    assert values == {(1, 1): 1, (1, 2): 2, (5, 3): 3, (5, 4): 4, (6, 1): 5, (2, 2): 6}


def test_cells_under_an_array_formula_are_formulas() -> None:
    found = only(
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">X</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c></row>'
        '<row r="3"><c r="A3"><v>6</v></c><c r="B3"><f t="dataTable" ref="B3:XFD1048576"/><v>7</v></c></row>'
        '<row r="4"><c r="A4"><v>8</v></c><c r="B4"><v>9</v></c></row>'
    )
    assert {cell.value for cell in found.values() if cell.formula} == {1, 2, 4, 5, 7, 9}


@pytest.mark.parametrize("cut", [False, True])
def test_leaving_out_empty_cells_changes_nothing(cut: bool) -> None:
    """Written and counted positions mixed, text that looks like an empty cell, and chunks cut anywhere."""
    empty = '<c r="B1" s="1"/><c r="C1" s="22"></c><c r="D1" /><c r="D1" t="n"></c>'
    pad = "<!--" + "x" * (65_536 - 330) + "-->" if cut else ""
    many = "".join(f'<row r="{row}" ht="9"/>' for row in range(2, 20_000))
    last = '<row r="20000"><c r="A20000"><v>2</v></c></row>'
    found = only(f'<row r="1">{pad}{empty}<c r="E1"><v>1</v></c></row>{many}{last}')
    assert {at: cell.value for at, cell in found.items()} == {(1, 5): 1, (20_000, 1): 2}
    assert set(only(f'<row r="1">{empty}<c><v>1</v></c></row>')) == {(1, 5)}
    assert set(only(f'<row r="1">{empty}</row>{many}<row><c r="B20000"><v>1</v></c></row>')) == {(20_000, 2)}
    text = f"{empty}<c r='E1'>"
    found = only(f'<row r="1">{empty}<c r="E1" t="str"><v><![CDATA[{text}]]></v></c></row>')
    assert found[1, 5].value == text
    with pytest.raises(Refused):
        only('<row r="1"><c r="A1"><v>1<c r="B1" s="1"/>2</v></c></row>')
    with pytest.raises(Refused):
        only('<row r="1"><c r="A1"><v>1<c r="B1" s="1"/><c r="C1"/>2</v></c></row>')


CONTENTS = ["", "<v>1</v>", "<v/>", "<f>1</f>", "<v><![CDATA[2]]></v>", '<v>1<c r="B1" s="1"/></v>']
tags = st.builds(
    lambda column, row, style, inside, short: (
        f'<c r="{column}{row}"{style}/>'
        if short and not inside
        else f'<c r="{column}{row}"{style}>{inside}</c>'
    ),
    *(st.sampled_from("ABC"), st.just(1), st.sampled_from(["", ' s="1"', ' t="n"', ' s="1" t="str"'])),
    *(st.sampled_from(CONTENTS), st.booleans()),
)
cell_tags = st.one_of(tags, st.sampled_from(["<c/>", "<c><v>3</v></c>", "\n", "<!-- -->", '<row r="1"/>']))


@settings(max_examples=300)
@given(st.lists(cell_tags, max_size=6))
def test_thinned_and_whole_reading_agree(inside: list[str]) -> None:
    """The same is read, or refused alike, with and without leaving out what is empty."""

    part = p.sheet(f'<row r="1">{"".join(inside)}</row><row r="5" s="1"/><row r="6"></row>')

    def outcome(read: Callable[[], object]) -> object:
        try:
            return read()
        except Refused as refusal:
            return refusal.key

    whole = outcome(lambda: SheetReader("", [], {}, Budget()).read(iter([part])))
    assert outcome(lambda: read_sheet(lambda: iter([part]), "", [], {}, Budget())) == whole


def test_reading_twice_is_counted_once() -> None:
    """What a given-up thinned pass had kept is given back; the work that it was stays spent."""
    budget = Budget()
    part = p.sheet('<row r="1"><c r="A1" t="str"><v>字</v></c><c><v>1</v></c></row>')
    assert len(read_sheet(lambda: iter([part]), "", [], {}, budget).cells) == 2
    fresh = Budget()
    assert (fresh.cells - budget.cells, fresh.strings - budget.strings) == (2, 1)
    twice = Budget()
    for _ in range(2):
        SheetReader("", [], {}, twice).read(iter([part.replace(b"<![CDATA[", b"").replace(b"]]>", b"")]))
    assert fresh.work.left > budget.work.left >= twice.work.left


def test_elements_elsewhere_are_no_cells() -> None:
    """Look-alikes outside sheetData, in another namespace or too deep are passed over."""
    contents = p.parts()
    body = (
        f'<x:worksheet xmlns:x="{p.MAIN}" xmlns="urn:other">'
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        '<x:sheetData><c/><x:row r="2"><c r="A2"><v>2</v></c><x:c r="B2"><v>3</v><x:v>4</x:v></x:c>'
        '<x:ext><x:c r="C2"><x:v>5</x:v></x:c></x:ext></x:row></x:sheetData>'
        '<x:ext><x:row r="9"><x:c r="A9"><x:v>6</x:v></x:c></x:row></x:ext></x:worksheet>'
    )
    contents["xl/worksheets/sheet1.xml"] = body.encode()
    assert {at: cell.value for at, cell in open_book(p.pack(contents)).cells("表").items()} == {(2, 2): 4}


def odd_package(*, strict: bool, encoding: str = "utf-8") -> bytes:
    """Parts under odd names, absolute, climbing and percent-encoded targets, prefixes, kinds of sheets."""
    main, rel = (p.STRICT_MAIN, p.STRICT_OFFICE) if strict else (p.MAIN, p.OFFICE)
    macro = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    book = (
        f'<?xml version="1.0" encoding="{encoding}"?><m:workbook xmlns:m="{main}" xmlns:q="{rel}"><m:sheets>'
        '<m:sheet name="二" sheetId="9" q:id="z"/><m:sheet name="图" sheetId="2" q:id="c"/>'
        '<m:sheet name="一" sheetId="1" state="veryHidden" q:id="a"/>'
        '<m:sheet name="宏" sheetId="3" state="hidden" q:id="m"/></m:sheets></m:workbook>'
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    text = f'<?xml version="1.0" encoding="{encoding}"?><sst xmlns="{main}"><si><t>字</t></si></sst>'
    targets = p.relations(
        ("a", f"{rel}/worksheet", "/parts/A%20one.xml"),
        ("z", f"{rel}/worksheet", "../parts/Two.XML"),
        ("c", f"{rel}/chartsheet", "chart.xml"),
        ("m", macro, "macro.xml"),
        ("s", f"{rel}/sharedStrings", "./strings.xml"),
        ("v", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ("e", f"{rel}/externalLink", "externalLinks/externalLink1.xml"),
    )
    macro_type = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return p.pack(
        {
            "[Content_Types].xml": p.types(macro_type, "/odd/Book.xml"),
            "_rels/.rels": p.relations(("x", f"{rel}/officeDocument", "/odd/book.xml")),
            "odd/book.xml": book.encode(encoding),
            "odd/_rels/book.xml.rels": targets,
            "odd/strings.xml": text.encode(encoding),
            "odd/chart.xml": b"<not read",
            "odd/macro.xml": b"<not read",
            "parts/A one.xml": p.sheet(rows, main),
            "parts/two.xml": p.sheet("<row><c><v>2</v></c></row>", main),
        }
    )


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_parts_are_found_by_relationships(strict: bool, encoding: str) -> None:
    book = open_book(odd_package(strict=strict, encoding=encoding))
    assert book.sheet_names == ("二", "图", "一", "宏")
    assert book.states == {"二": "visible", "图": "visible", "一": "veryHidden", "宏": "hidden"}
    assert [(one.kind, one.number) for one in book.running] == [("sheets", 1)] and book.external_links
    assert book.cells("二")[1, 1].value == 2
    assert book.cells("一")[1, 1].value == "字"
    assert book.cells("图") == book.cells("宏") == {}


@pytest.mark.parametrize("kind", ["sheet", "template"])
def test_macro_and_template_types_are_accepted(kind: str) -> None:
    for content_type in (
        f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}.main+xml",
        f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml",
    ):
        book = open_book(p.pack({**p.parts(), "[Content_Types].xml": p.types(content_type)}))
        assert book.running == () and not book.external_links


def test_wanted_limits_what_is_kept() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row><c><f t="array" ref="A2:B2">1</f></c><c><v>3</v></c></row>'
    )
    data = p.workbook(rows)
    wanted = frozenset({(1, 2), (2, 2), (9, 9)})
    book = open_book(data)
    few = book.cells("表", wanted)
    assert {at: (cell.value, cell.formula) for at, cell in few.items()} == {
        (1, 2): (2, False),
        (2, 2): (3, True),
    }
    assert book.cells("表", wanted) is few
    everything = book.cells("表")
    assert len(everything) == 4 and book.cells("表") is everything
    assert book.cells("表", wanted) == few
    with pytest.raises(KeyError):
        book.cells("没有")


def test_sheets_are_parsed_only_when_asked_for() -> None:
    """A damaged sheet does not keep the others from being read, and the refusal names it."""
    contents = p.unpack(odd_package(strict=False))
    contents["parts/two.xml"] = b"<broken"
    book = open_book(p.pack(contents))
    assert book.cells("一")[1, 1].value == "字"
    with pytest.raises(Refused, match="工作表“二”"):
        book.cells("二")


def test_the_double_of_a_number_is_the_stored_one() -> None:
    """Money is later decided from the double: reading must not round it."""
    for value in (24252.311082, math.nextafter(0.3, 1), 5e-324, 1.7976931348623157e308):
        assert only(f"<row><c><v>{value!r}</v></c></row>")[1, 1].value == value
