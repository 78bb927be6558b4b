"""Files made to exhaust whoever reads them."""

from __future__ import annotations

from collections.abc import Callable

from gouji.opc.xmlstream import SHEETS
from support.hostile_parts import (
    DATA,
    MB,
    SHEET,
    STYLES,
    WORKBOOK,
    Edit,
    Parts,
    Wanted,
    added,
    before,
    changed,
    each,
    in_rows,
    in_strings,
    made,
    many,
)

#: One character beyond the first plane: in Python the whole text around it then takes four bytes a character.
ASTRAL = ("a" * 8000 + "\U0001f600").encode()
ESCAPED = ("_x0041_" + "a" * 8000 + "\U0001f600").encode()
_COLUMNS = [f"A{chr(65 + n)}" for n in range(26)] + [f"B{chr(65 + n)}" for n in range(26)]


def cell(*inside: Wanted, kind: bytes = b"str", part: str = SHEET) -> Edit:
    """One cell far below the form."""
    return in_rows(b'<row r="900"><c r="A900" t="' + kind + b'">', *inside, b"</c></row>", part=part)


def rows(number: int, make: Callable[[int], str], part: str = SHEET) -> Edit:
    """So many rows far below the form."""
    return in_rows(each(make, range(1000, 1000 + number)), part=part)


def _row(number: int, inside: str) -> str:
    return f'<row r="{number}">{inside}</row>'


def _cells(number: int, inside: str) -> str:
    return _row(number, "".join(f'<c r="{column}{number}" t="str">{inside}</c>' for column in _COLUMNS))


def _styles(*inside: Wanted) -> Edit:
    head = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return added(STYLES, head, *inside, b"</styleSheet>")


def workbook(edit: Edit) -> Callable[[], bytes]:
    return lambda: changed(edit, noise=True)


#: As much as a small part may have, and elements of no meaning that fill one.
SMALL = 3_900 * 1024
NOTHING = many(b"<a/>" * 1000, SMALL)
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_RELATION = (
    '<Relationship Id="x{}" Target="../x.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
)


def sheet(number: int) -> str:
    """One of the eleven parts of sheets that a person sees."""
    return f"xl/worksheets/sheet{number}.xml"


def related(*inside: Wanted, sheets: range = range(1, 12)) -> Edit:
    """These relationships of each of the sheets."""

    def edit(parts: Parts) -> None:
        for number in sheets:
            name = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            parts[name] = made([_RELATIONS, *inside, b"</Relationships>"])

    return edit


def _remarks(*inside: Wanted, times: int = 64) -> Callable[[], bytes]:
    """One part of remarks that each sheet refers to so many times."""
    root = f'<comments xmlns="{SHEETS}">'.encode()
    part = added("xl/x.xml", root, *inside, b"</comments>")
    return lambda: changed(part, related(each(_RELATION.format, range(times))), noise=True)


def report_json(more: str) -> bytes:
    return f'{{"year": 2019, "unit": "甲局", {more}}}'.encode()


#: Name -> the file's extension and its bytes; whether it is refused or read, nobody else cares.
Case = tuple[str, Callable[[], bytes]]
TEXT = many(ASTRAL)
QUICK: dict[str, Case] = {
    "text between rows": (".xlsx", workbook(in_rows(TEXT))),
    "text in a value": (".xlsx", workbook(cell(b"<v>", TEXT, b"</v>"))),
    "escaped text in a string": (".xlsx", workbook(in_strings(b"<si><t>", many(ESCAPED), b"</t></si>"))),
    "inflated 600 times": (".xlsx", lambda: changed(in_rows(TEXT))),
    "remarks read again and again": (".xlsx", _remarks(NOTHING)),
    "elements": (".xlsx", workbook(in_rows(many(b"<a/>" * 2000)))),
    "numbers beside a table": (
        ".xlsx",
        workbook(rows(4_900, lambda n: _row(n, f'<c r="AA{n}"><v>{n}</v></c><c r="AB{n}"><v>1</v></c>'))),
    ),
    "rows with empty values": (
        ".xlsx",
        workbook(
            rows(89_000, lambda n: f'<row r="{n}" s="1" ht="12" hidden="1"><c r="A{n}"><v></v></c></row>')
        ),
    ),
    "700 MB of JSON": (".json", lambda: b'{"unit": "' + bytes(8 * MB)),
    "lists of JSON": (".json", lambda: report_json('"x": [' + "[]," * 60_000 + "[]]")),
    "JSON nested deep": (".json", lambda: b'{"a":' * 190_000),
    "prose": (".json", lambda: report_json(f'"texts": {{"一": "{"收到申请12件，予以公开3件。" * 20_000}"}}')),
}
LONG: dict[str, Case] = {
    "empty rows said again": (".xlsx", workbook(in_rows(many(b'<row r="1"/>' * 1000)))),
    "cells of which the last is odd": (
        ".xlsx",
        workbook(
            rows(
                2_700,
                lambda n: _cells(n, f"<v>{n}</v>").replace("str", "n") + f'<row foo="{n}"/>' * (n == 3_699),
            )
        ),
    ),
    "text in a row": (".xlsx", workbook(in_rows(b'<row r="900">', TEXT, b"</row>"))),
    "text in a cell": (".xlsx", workbook(cell(TEXT))),
    "text in a number": (".xlsx", workbook(cell(b"<v>", TEXT, b"</v>", kind=b"n"))),
    "text in an error": (".xlsx", workbook(cell(b"<v>", TEXT, b"</v>", kind=b"e"))),
    "text in a formula": (".xlsx", workbook(cell(b"<f>", TEXT, b"</f><v>1</v>", kind=b"n"))),
    "text in the hidden sheet": (".xlsx", workbook(cell(b"<v>", TEXT, b"</v>", part=DATA))),
    "inline text": (".xlsx", workbook(cell(b"<is><t>", TEXT, b"</t></is>", kind=b"inlineStr"))),
    "inline text in no t": (".xlsx", workbook(cell(b"<is>", TEXT, b"</is>", kind=b"inlineStr"))),
    "inline runs": (
        ".xlsx",
        workbook(cell(b"<is>", many(b"<r><t>" + ASTRAL + b"</t></r>"), b"</is>", kind=b"inlineStr")),
    ),
    "text among the strings": (".xlsx", workbook(in_strings(TEXT))),
    "text in no t of a string": (".xlsx", workbook(in_strings(b"<si>", TEXT, b"</si>"))),
    "phonetic text": (".xlsx", workbook(in_strings(b"<si><rPh><t>", TEXT, b"</t></rPh></si>"))),
    "runs of one letter": (".xlsx", workbook(in_strings(b"<si>", many(b"<r><t>a</t></r>" * 500), b"</si>"))),
    "texts as long as may be": (
        ".xlsx",
        workbook(in_strings(many(b"<si><t>" + ("\U0001f600" * 32_000).encode() + b"</t></si>", 60 * MB))),
    ),
    "text behind the cells": (
        ".xlsx",
        workbook(before(SHEET, b"</worksheet>", b"<extLst>", TEXT, b"</extLst>")),
    ),
    "CDATA": (".xlsx", workbook(cell(b"<v><![CDATA[", TEXT, b"]]></v>"))),
    "comments": (".xlsx", workbook(in_rows(many(b"<!--" + ASTRAL + b"-->")))),
    "instructions": (".xlsx", workbook(in_rows(many(b"<?x " + ASTRAL + b"?>")))),
    "line ends in a value": (".xlsx", workbook(cell(b"<v>", many(b"\n" * 8000), b"</v>"))),
    "references": (".xlsx", workbook(cell(b"<f>", many(b"&amp;" * 1000), b"</f><v>1</v>", kind=b"n"))),
    "attributes": (
        ".xlsx",
        workbook(in_rows(many(b"<x " + each(lambda n: f'a{n}="" ', range(3900))() + b"/>"))),
    ),
    "values of attributes": (
        ".xlsx",
        workbook(in_rows(many(b'<x a="' + ("\U0001f600" * 50_000).encode() + b'"/>'))),
    ),
    "long names": (".xlsx", workbook(in_rows(each(lambda n: f"<字{n}{'a' * 20_000}/>", range(2000))))),
    "prefixes": (".xlsx", workbook(in_rows(each(lambda n: f'<x xmlns:a{n}="b"/>', range(1_000_000))))),
    "namespaces": (".xlsx", workbook(in_rows(each(lambda n: f'<x xmlns="u{n}"/>', range(200_000))))),
    "nested deep": (".xlsx", workbook(in_rows(many(b"<a>" * 2000)))),
    "cells": (".xlsx", workbook(rows(9_000, lambda n: _cells(n, "<v>1</v>")))),
    "cells of formulas": (".xlsx", workbook(rows(2_800, lambda n: _cells(n, "<f>1</f><v>ab</v>")))),
    "empty cells": (".xlsx", workbook(in_rows(many(b"<row>" + b"<c/>" * 16_000 + b"</row>")))),
    "rows to the last": (".xlsx", workbook(rows(1_040_000, lambda n: f'<row r="{n}" ht="14.25" s="1"/>'))),
    "rows of styled cells": (".xlsx", workbook(rows(40_000, lambda n: _cells(n, "").replace("></c>", "/>")))),
    "merges": (
        ".xlsx",
        workbook(
            before(
                SHEET,
                b"<mergeCells",
                b"<mergeCells>",
                each(lambda n: f'<mergeCell ref="A{n}:B{n}"/>', range(1000, 900_000)),
                b"</mergeCells>",
            )
        ),
    ),
    "array formulas": (
        ".xlsx",
        workbook(cell(many(b'<f t="array" ref="A1:B2">1</f>' * 100), kind=b"n")),
    ),
    "strings": (".xlsx", workbook(in_strings(each(lambda n: f"<si><t>{n}</t></si>", range(490_000))))),
    "numbers of 400 digits": (
        ".xlsx",
        workbook(rows(2_800, lambda n: _cells(n, f"<v>{' ' * 300}{n}</v>").replace(' t="str"', ""))),
    ),
    "defined names": (
        ".xlsx",
        workbook(before(WORKBOOK, b"</definedNames>", many(b'<definedName name="x">A1</definedName>' * 200))),
    ),
    "content types": (
        ".xlsx",
        workbook(before("[Content_Types].xml", b"</Types>", many(b"<O/>" * 100, 3900 * 1024))),
    ),
    "formats": (
        ".xlsx",
        workbook(
            _styles(
                b"<numFmts>",
                each(lambda n: f'<numFmt numFmtId="{n}" formatCode="0{n}"/>', range(200, 250_000)),
                b"</numFmts>",
            )
        ),
    ),
    "long formats": (
        ".xlsx",
        workbook(
            _styles(
                b"<numFmts>",
                each(lambda n: f'<numFmt numFmtId="{n}" formatCode="{"😀" * 60_000}"/>', range(200, 260)),
                b"</numFmts>",
            )
        ),
    ),
    "parts": (".xlsx", lambda: changed(*(added(f"xl/media/{n}.bin", b"x") for n in range(4000)))),
    "errors beside a table": (
        ".xlsx",
        workbook(rows(60_000, lambda n: _row(n, f'<c r="C{n}" t="e"><v>#N/A</v></c>'))),
    ),
    "notes": (
        ".xlsx",
        workbook(
            rows(
                40_000,
                lambda n: _row(n, f'<c r="A{n}" t="str"><v>注{n}</v></c><c r="C{n}" t="str"><v>x</v></c>'),
            )
        ),
    ),
    "one note in many rows": (
        ".xlsx",
        workbook(
            rows(
                40_000,
                lambda n: _row(
                    n, f'<c r="A{n}" t="str"><v>注1</v></c><c r="C{n}" t="str"><v>{n:0300}</v></c>'
                ),
            )
        ),
    ),
    "a cell in the last row": (
        ".xlsx",
        workbook(rows(1, lambda n: _row(1_048_576, '<c r="A1048576"><v>1</v></c>'))),
    ),
    "pieces in the hidden sheet": (
        ".xlsx",
        workbook(
            rows(
                4_000,
                lambda n: _row(
                    n,
                    f'<c r="A{n}" t="str"><v>note</v></c><c r="B{n}" t="str"><v>注1</v></c>'
                    f'<c r="C{n}" t="str"><v>{n:03000}</v></c>',
                ),
                part=DATA,
            )
        ),
    ),
    "keys": (".json", lambda: report_json(", ".join(f'"k{n}": 1' for n in range(190_000)))),
    "a long text": (".json", lambda: report_json(f'"x": "{"a" * 5_900_000}😀"')),
    "a long note": (".json", lambda: report_json(f'"notes": {{"注1": "{"a" * 5_900_000}😀"}}')),
    "a long number": (".json", lambda: report_json(f'"x": {"1" * 5_900_000}')),
    "surrogates": (".json", lambda: report_json('"notes": {"注1": "' + r"\ud83d\ude00" * 400_000 + '"}')),
    "units of a result": (
        ".json",
        lambda: report_json(
            '"meta": {"consolidated": {"units": ['
            + ",".join(f'{{"unit": "u{n}", "code": "", "digest": "a/9"}}' for n in range(45_000))
            + "]}}"
        ),
    ),
    "leftovers of JSON": (
        ".json",
        lambda: report_json(
            '"unplaced": [' + ",".join(f'{{"place": "x{n}!A1", "text": "t"}}' for n in range(9_900)) + "]"
        ),
    ),
    "explanations": (
        ".json",
        lambda: report_json(
            '"explanations": {'
            + ",".join(f'"stock:x{n}": {{"text": "t", "state": "s", "numbers": []}}' for n in range(490))
            + "}"
        ),
    ),
    "text in three sheets": (
        ".xlsx",
        lambda: changed(*(in_rows(many(ASTRAL, 78 * MB), part=sheet(n)) for n in (3, 4, 5)), noise=True),
    ),
    "text of remarks": (".xlsx", _remarks(many(ASTRAL, SMALL))),
    "many remarks again and again": (
        ".xlsx",
        _remarks(each(lambda n: f'<comment ref="A{n}"><text><t>x{n}</t></text></comment>', range(1, 999))),
    ),
    "elements among relationships": (".xlsx", workbook(related(NOTHING))),
    "relationships": (
        ".xlsx",
        lambda: changed(
            before(
                "xl/_rels/workbook.xml.rels",
                b"</Relationships>",
                each(
                    lambda n: _RELATION.format(f"y{n}").replace("/comments", "/control"),
                    range(9_900),
                ),
            ),
            noise=True,
        ),
    ),
    "elements in all small parts": (
        ".xlsx",
        lambda: changed(
            before("[Content_Types].xml", b"</Types>", NOTHING),
            before("_rels/.rels", b"</Relationships>", NOTHING),
            before("xl/_rels/workbook.xml.rels", b"</Relationships>", NOTHING),
            noise=True,
        ),
    ),
    "parts of relationships": (
        ".xlsx",
        lambda: changed(
            *(added(f"xl/_rels/{n}.rels", _RELATIONS + b"</Relationships>") for n in range(4000))
        ),
    ),
    "line ends between rows": (".xlsx", workbook(in_rows(many(b"\r\n" * 4000)))),
    "line ends among strings": (".xlsx", workbook(in_strings(many(b"\n" * 8000)))),
    "line ends in attributes": (".xlsx", workbook(in_rows(many(b'<x a="' + b"\n" * 200_000 + b'"/>')))),
    "text in the workbook part": (".xlsx", workbook(before(WORKBOOK, b"</workbook>", TEXT))),
    "merges in many sheets": (
        ".xlsx",
        lambda: changed(
            *(
                before(
                    sheet(number),
                    b"</worksheet>",
                    b"<mergeCells>",
                    each(lambda n: f'<mergeCell ref="B{n}:AB{n}"/>', range(1, 49_000)),
                    b"</mergeCells>",
                )
                for number in range(2, 8)
            ),
            noise=True,
        ),
    ),
    "hidden rows to the last": (
        ".xlsx",
        workbook(rows(1_030_000, lambda n: f'<row r="{n}" ht="14.25" s="1" hidden="1"/>')),
    ),
    "odd rows to the last": (".xlsx", workbook(rows(1_030_000, lambda n: f'<row r="{n}" foo="1"/>'))),
    "rows to the last of three sheets": (
        ".xlsx",
        lambda: changed(
            *(
                rows(1_030_000, lambda n: f'<row r="{n}" ht="14.25" s="1"/>', part=sheet(number))
                for number in (3, 4, 5)
            ),
            noise=True,
        ),
    ),
    "numbers where notes stand": (
        ".xlsx",
        workbook(rows(85_000, lambda n: _row(n, f'<c r="A{n}"><v>{n}</v></c>'))),
    ),
    "texts beside a table": (
        ".xlsx",
        workbook(rows(2_400, lambda n: _cells(n, f"<v>x{n}</v>"))),
    ),
    "a table of CSV": (".csv", lambda: b"a," * 4_000_000),
}
