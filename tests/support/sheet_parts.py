"""A written workbook with the parts of one of its sheets changed, or with parts added to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gouji.form import Form, load_form
from gouji.workbook.layout import layout_of
from support.packages import pack, relations, unpack

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships"


def part_of(sheet: str, form: Form | None = None) -> str:
    """The part of a sheet of a workbook that our writer made."""
    number = layout_of(form or load_form("2021")).sheet_names.index(sheet) + 1
    return f"xl/worksheets/sheet{number}.xml"


def with_sheet(data: bytes, sheet: str, change: Callable[[bytes], bytes]) -> bytes:
    """With the part of one sheet changed."""
    parts = unpack(data)
    name = part_of(sheet)
    changed = change(parts[name])
    assert changed != parts[name]
    return pack(parts | {name: changed})


def row_hidden(*rows: int, by: str = 'hidden="1"') -> Callable[[bytes], bytes]:
    """These rows as a person hides them; ``by``: the attributes that say so."""

    def change(part: bytes) -> bytes:
        for row in rows:
            one = re.compile(rb'<row r="%d"([^>]*)>' % row)
            assert one.search(part), row
            bare = re.compile(rb' (?:ht|customHeight|hidden)="[^"]*"')
            part = one.sub(lambda m: b'<row r="%d"%s %s>' % (row, bare.sub(b"", m[1]), by.encode()), part)  # noqa: B023
        return part

    return change


def merged(*ranges: str) -> Callable[[bytes], bytes]:
    """More ranges merged, whose covered cells keep what they hold, as LibreOffice and Excel's brush do."""
    more = "".join(f'<mergeCell ref="{one}"/>' for one in ranges).encode()
    return lambda part: part.replace(b"</mergeCells>", more + b"</mergeCells>", 1)


def with_related(data: bytes, sheet: str, added: Sequence[tuple[str, str, bytes]]) -> bytes:
    """With parts to which the sheet refers: (type, name within xl, content)."""
    parts = unpack(data)
    where = part_of(sheet).replace("worksheets/", "worksheets/_rels/") + ".rels"
    assert where not in parts
    rows = [(f"rIdX{n}", kind, f"/xl/{name}") for n, (kind, name, _) in enumerate(added)]
    return pack(parts | {where: relations(*rows)} | {f"xl/{name}": content for _, name, content in added})
