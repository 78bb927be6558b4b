"""Word: the official form as it is filled in, every cell with its own paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from random import Random
from xml.sax.saxutils import escape

from .draft import Draft, Paragraph, Piece, PrintedTable
from .lines import broken

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}


def official_form(draft: Draft, dice: Random) -> bytes:
    """S11: tables with gridSpan and vMerge, runs cut anywhere, bookmarks, marks raised."""
    body = "".join(
        _paragraph(part.text, dice) if isinstance(part, Paragraph) else _table(part, dice) + "<w:p/>"
        for part in draft.parts
    )
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**_PARTS, "word/document.xml": document}.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), head + content)
    return file.getvalue()


def _run(text: str, raised: bool = False) -> str:
    how = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
    return f'<w:r>{how}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(text: str, dice: Random, mark: str = "") -> str:
    cut = dice.randrange(len(text) + 1) if dice.random() < 0.3 else 0
    book = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' if cut else ""
    raised = _run(mark, raised=dice.random() < 0.5) if mark else ""
    return f"<w:p>{_run(text[:cut])}{book}{_run(text[cut:])}{raised}</w:p>"


def _table(table: PrintedTable, dice: Random) -> str:
    rows = "".join(
        f"<w:tr>{''.join(_cells(table, number, row, dice))}</w:tr>" for number, row in enumerate(table.rows())
    )
    return f"<w:tbl>{rows}</w:tbl>"


def _cells(table: PrintedTable, number: int, row: list[Piece], dice: Random) -> Iterator[str]:
    begins = {p.column: p for p in row}
    above = {p.column: p for p in table.pieces if p.row < number < p.row + p.height}
    for column in sorted({*begins, *above}):
        piece = begins.get(column) or above[column]
        merge = '<w:vMerge w:val="restart"/>' if piece.height > 1 else ""
        if column not in begins:
            merge = "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{piece.width}"/>' if piece.width > 1 else ""
        yield f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_content(piece, column in begins, dice)}</w:tc>"


def _content(piece: Piece, begins: bool, dice: Random) -> str:
    if not begins:
        return "<w:p/>"
    text = "".join(piece.lines)
    if piece.is_value or dice.random() < 0.8:
        space = "\u3000" if not text and dice.random() < 0.1 else ""
        return _paragraph(text + space, dice, piece.mark)
    lines = broken(text, 2 if len(text) < 7 else 12)
    return "".join(_paragraph(line, dice) for line in lines)
