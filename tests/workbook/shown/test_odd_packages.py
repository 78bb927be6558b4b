"""Workbooks of other programs: prefixed, bare, strict, too large; and what a hostile one may cost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.wording import wording
from support.at_once import brothers
from support.bounded import within
from support.clerks_book import AT_WRONG, by_openpyxl
from support.packages import MAIN, OFFICE, STRICT_MAIN, STRICT_OFFICE, pack, unpack
from support.returned_copy import BOOKS, SLIP, examined, returned, same_content, texts

THREE, STYLES, BOOK = "xl/worksheets/sheet5.xml", "xl/styles.xml", "xl/workbook.xml"


def rebuilt(content: bytes) -> list[str]:
    judged = examined(content)
    return texts(slip_workbook(judged.report, judged.reading.prior, judged.findings, sent=content))


def prefixed() -> bytes:
    """As the Open XML SDK writes: every element with a prefix."""
    parts = unpack(by_openpyxl())
    for name, part in parts.items():
        if name.endswith(".xml") and f'xmlns="{MAIN}"'.encode() in part:
            text = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", part.decode())
            parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    return pack(parts)


def test_elements_with_a_prefix() -> None:
    sent = prefixed()
    copy = returned(sent)
    same_content(sent, copy)
    comment = openpyxl.load_workbook(io.BytesIO(copy))["三"]["D11"].comment
    assert comment.text.startswith(AT_WRONG) and "应为 61" in comment.text
    assert b"<conditionalFormatting" not in unpack(copy)[THREE]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    brothers(
        [
            (STYLES, rb"<dxfs.*?</dxfs>", b'<dxfs count="0"/>'),
            (STYLES, rb"<dxfs.*?</dxfs>", b""),
            (BOOK, rb"<definedNames>.*?</definedNames>", b""),
            (BOOK, rb"<bookViews>.*?</bookViews>", b""),
            (THREE, rb"<conditionalFormatting.*</conditionalFormatting>", b""),
        ],
        lambda case: case[0],
    ),
)
def test_lists_that_are_empty_or_missing(part: str, old: bytes, new: bytes) -> None:
    parts = unpack(by_openpyxl())
    if part == STYLES:  # of which nothing may then speak
        colours = re.compile(rb"<conditionalFormatting.*</conditionalFormatting>", re.DOTALL)
        parts |= {name: colours.sub(b"", c) for name, c in parts.items() if "/sheet" in name}
    parts[part], count = re.subn(old, new, parts[part], flags=re.DOTALL)
    assert count
    sent = pack(parts)
    copy = returned(sent)
    same_content(sent, copy)
    book = openpyxl.load_workbook(io.BytesIO(copy))
    rules = [f for g in book["三"].conditional_formatting for r in g.rules for f in r.formula if SLIP in f]
    assert len(rules) == 1 and book[SLIP].print_title_rows


def test_the_strict_format_is_written_anew() -> None:
    parts = unpack(by_openpyxl())
    for name, part in parts.items():
        strict = part.replace(MAIN.encode(), STRICT_MAIN.encode())
        parts[name] = strict.replace(OFFICE.encode(), STRICT_OFFICE.encode())
    assert wording("slip.rebuilt")["strict"] in rebuilt(pack(parts))


def test_a_table_formatted_to_the_last_row_is_written_anew() -> None:
    """Cut and joined it would take seconds."""
    parts = unpack(by_openpyxl())
    rows = b"".join(b'<row r="%d" ht="15" customHeight="1"/>' % row for row in range(100, 260_000))
    parts[THREE] = parts[THREE].replace(b"</sheetData>", rows + b"</sheetData>")
    assert wording("slip.rebuilt")["large"] in rebuilt(pack(parts))


@pytest.mark.parametrize(
    ("ending", "old", "many"),
    [
        ("comment", b"</commentList>", '<comment ref="Z1" authorId="0"><text><t>{}</t></text></comment>'),
        ("Drawing", b"</xml>", "{}"),
    ],
)
def test_beginnings_without_an_end_cost_no_more(ending: str, old: bytes, many: str) -> None:
    """Quadratic, this took a minute. More of them would be refused for what they inflate to."""
    begin = "〔退回单：" if ending == "comment" else "<v:shape "
    parts = unpack(by_openpyxl())
    name = next(n for n in parts if ending in n and n.endswith((".xml", ".vml")))
    parts[name] = parts[name].replace(old, many.format(begin * 50_000).encode() + old)
    within(250, lambda: returned(pack(parts)))


@pytest.mark.long
@pytest.mark.parametrize("name", BOOKS)
def test_the_parts_are_as_the_standard_says(name: str, tmp_path: Path) -> None:
    """Nothing that was in order is no longer so."""
    make, ending = BOOKS[name]
    complaints = []
    for content in (make(), returned(make(), ending)):
        path = tmp_path / f"copy{ending}"
        path.write_bytes(content)
        found = OpenXmlValidator().validate(str(path))
        complaints.append({re.sub(r"\d+", "", str(error.description)) for error in found.errors})
    assert complaints[1] <= complaints[0]
