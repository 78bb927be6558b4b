"""Mutations of a sheet's order: rows and cells moved, doubled, dropped, without positions, hidden, merged.
Each takes the XML of a sheet and gives it back changed."""

from __future__ import annotations

import re
from random import Random

from . import spots
from .in_values import SPELLINGS

_REFERENCE = re.compile(rb'(<c [^<>]*?r=")([A-Z]+)([0-9]+)(")')
_PLACE = re.compile(rb'(?<=<c )r="[A-Z]+[0-9]+" ?|(?<=<row )r="[0-9]+" ?')


def _reordered(xml: bytes, spans: list[spots.Span], chance: Random) -> bytes:
    """Two of the spans change places."""
    if len(spans) < 2:
        return xml
    first, second = sorted(chance.sample(spans, 2))
    between = xml[first[1] : second[0]]
    return xml[: first[0]] + xml[slice(*second)] + between + xml[slice(*first)] + xml[second[1] :]


def cells_swapped(xml: bytes, chance: Random) -> bytes:
    """Two cells change places, each with its reference."""
    return _reordered(xml, spots.cells(xml), chance)


def rows_swapped(xml: bytes, chance: Random) -> bytes:
    """Two rows change places, each with its number."""
    return _reordered(xml, spots.rows(xml), chance)


def cell_reversed(xml: bytes, chance: Random) -> bytes:
    """The cells of one row in the order from right to left."""

    def change(old: bytes) -> bytes:
        inside = spots.cells(old)
        if not inside:
            return old
        turned = b"".join(old[slice(*at)] for at in reversed(inside))
        return old[: inside[0][0]] + turned + old[inside[-1][1] :]

    return spots.replaced(xml, spots.row(xml, chance), change)


def cell_dropped(xml: bytes, chance: Random) -> bytes:
    """A cell is not there."""
    return spots.replaced(xml, spots.cell(xml, chance, filled=False), lambda _: b"")


def cell_doubled(xml: bytes, chance: Random) -> bytes:
    """A cell is there twice, the second time with another value."""
    return spots.replaced(
        xml,
        spots.cell(xml, chance),
        lambda old: old + re.sub(rb"<v>[^<]*</v>", b"<v>3</v>", old, count=1),
    )


def row_dropped(xml: bytes, chance: Random) -> bytes:
    """A row is not there."""
    return spots.replaced(xml, spots.row(xml, chance), lambda _: b"")


def row_doubled(xml: bytes, chance: Random) -> bytes:
    """A row is there twice."""
    return spots.replaced(xml, spots.row(xml, chance), lambda old: old * 2)


def row_parted(xml: bytes, chance: Random) -> bytes:
    """A row in two pieces of the same number."""

    def change(old: bytes) -> bytes:
        inside, head = spots.cells(old), old[: old.find(b">") + 1]
        if not inside or head.endswith(b"/>"):
            return old
        at = chance.choice(inside)[0]
        return old[:at] + b"</row>" + head + old[at:]

    return spots.replaced(xml, spots.row(xml, chance), change)


def cell_nested(xml: bytes, chance: Random) -> bytes:
    """A cell inside a cell, a row inside a row, or a cell outside of any row."""
    at, other = spots.cell(xml, chance), spots.cell(xml, chance)
    if at is None or other is None:
        return xml
    inner = xml[slice(*other)]
    how = chance.randrange(4)
    if how == 0:
        return spots.replaced(xml, at, lambda old: old.replace(b"</c>", inner + b"</c>", 1))
    if how == 1:
        return xml.replace(b"</sheetData>", inner + b"</sheetData>", 1)
    if how == 2:
        return spots.replaced(xml, at, lambda old: b"<x>" + old + b"</x>")
    return spots.replaced(xml, at, lambda old: b'<row r="3">' + old + b"</row>")


def reference_changed(xml: bytes, chance: Random) -> bytes:
    """A cell says another address, of another column, another row or none."""
    new = chance.choice(SPELLINGS["references"]).encode()
    column = chance.choice([b"A", b"C", b"D", b"J", b"Z"])
    near = chance.random() < 0.6

    def change(old: bytes) -> bytes:
        return _REFERENCE.sub(lambda m: m[1] + (column + m[3] if near else new) + m[4], old, count=1)

    return spots.replaced(xml, spots.cell(xml, chance), change)


def row_number(xml: bytes, chance: Random) -> bytes:
    """A row says another number, its cells keep theirs or follow."""
    new = chance.choice(SPELLINGS["rows"]).encode()
    follow = chance.random() < 0.5

    def change(old: bytes) -> bytes:
        changed = re.sub(rb'<row ([^<>]*?)r="[^"]*"', b'<row \\1r="%s"' % new, old, count=1)
        return _REFERENCE.sub(lambda m: m[1] + m[2] + new + m[4], changed) if follow else changed

    return spots.replaced(xml, spots.row(xml, chance), change)


def row_shifted(xml: bytes, chance: Random) -> bytes:
    """All rows from one on stand one lower or higher, as after an inserted or deleted row."""
    found = spots.row(xml, chance)
    if found is None:
        return xml
    step = chance.choice([1, -1, 2])
    head, tail = (xml[: found[1]], xml[found[1] :]) if step < 0 else (xml[: found[0]], xml[found[0] :])

    def moved(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d" % max(1, int(match[2]) + step) + match[3]

    return head + re.sub(rb'(<(?:row|c) [^<>]*?r="[A-Z]*)([0-9]+)(")', moved, tail)


def column_shifted(xml: bytes, chance: Random) -> bytes:
    """All cells of one column stand one lower, as after cells were inserted."""
    column = chance.choice([b"C", b"D", b"E", b"J"])
    found: dict[bytes, bytes] = {}
    for one in re.finditer(rb'<c r="%s([0-9]+)"[^<>]*?(?:/>|>.*?</c>)' % column, xml, re.DOTALL):
        found[one[1]] = one[0]
    above = b""
    for number, old in found.items():
        new = re.sub(rb'r="[A-Z]+[0-9]+"', b'r="%s%s"' % (column, number), above or old, count=1)
        xml, above = xml.replace(old, new, 1), old
    return xml


def without_places(xml: bytes, chance: Random) -> bytes:
    """Rows and cells without ``r``, everywhere or in one row."""
    if chance.random() < 0.5:
        return _PLACE.sub(b"", xml)
    return spots.replaced(xml, spots.row(xml, chance), lambda old: _PLACE.sub(b"", old))


def hidden(xml: bytes, chance: Random) -> bytes:
    """A row or some columns are hidden."""
    flag = chance.choice([b'hidden="1"', b'hidden="true"', b'hidden="0"', b'ht="0" customHeight="1"'])
    if chance.random() < 0.3:
        columns = b'<cols><col min="3" max="5" width="9" %s/></cols><sheetData>' % flag
        return xml.replace(b"<sheetData>", columns, 1)
    return spots.replaced(
        xml, spots.row(xml, chance), lambda old: old.replace(b"<row ", b"<row %s " % flag, 1)
    )


def merged(xml: bytes, chance: Random) -> bytes:
    """Cells are merged over what they hold, far away, badly, or no longer."""
    ranges = ["D7:F7", "D9:D12", "A1:XFD1048576", "B5:D7", "A100:XFD1048576", "x", "D7:D7", "F7:D7", ""]
    new = b'<mergeCell ref="%s"/>' % chance.choice(ranges).encode()
    if b"<mergeCells" not in xml:
        return xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + new + b"</mergeCells>", 1)
    if chance.random() < 0.2:
        return re.sub(rb"<mergeCells.*?</mergeCells>", b"", xml, count=1, flags=re.DOTALL)
    return xml.replace(b"</mergeCells>", new + b"</mergeCells>", 1)


def strays(xml: bytes, chance: Random) -> bytes:
    """Numbers and texts beside and below the form, a row far away."""
    at = chance.choice([(60, "D"), (9, "Q"), (300, "A"), (1048576, "XFD"), (70, "AA"), (2000, "B")])
    content = chance.choice([b"<v>77</v>", b"<f>1+1</f><v>2</v>", b"", b"<v>x</v>"])
    kind = b' t="str"' if content == b"<v>x</v>" else b""
    cell = b'<row r="%d"><c r="%s%d"%s>%s</c></row>' % (at[0], at[1].encode(), at[0], kind, content)
    return xml.replace(b"</sheetData>", cell + b"</sheetData>", 1)


def data_again(xml: bytes, chance: Random) -> bytes:
    """A second sheetData, an empty one, or one inside an element that readers pass over."""
    more = b'<sheetData><row r="7"><c r="D7"><v>1</v></c></row></sheetData>'
    wrapped = chance.choice(
        [more, b"<sheetData/>", b"<x>" + more + b"</x>", b"<extLst>" + more + b"</extLst>"]
    )
    if chance.random() < 0.5:
        return xml.replace(b"<sheetData>", wrapped + b"<sheetData>", 1)
    return xml.replace(b"</sheetData>", b"</sheetData>" + wrapped, 1)


def empties(xml: bytes, chance: Random) -> bytes:
    """Many styled cells without content, as hand-edited books have them, also inside a value."""
    row = b"".join(b'<c r="%s400" s="3"/>' % chr(65 + n).encode() for n in range(20))
    if chance.random() < 0.3:
        at = spots.value(xml, chance)
        return spots.replaced(xml, at, lambda old: old[:1] + b'<c r="D7"/>' + old[1:])
    return xml.replace(b"</sheetData>", b'<row r="400">' + row + b'</row><row r="401" s="1"/></sheetData>', 1)


ALL = (
    cells_swapped,
    rows_swapped,
    cell_reversed,
    cell_dropped,
    cell_doubled,
    row_dropped,
    row_doubled,
    row_parted,
    cell_nested,
    reference_changed,
    row_number,
    row_shifted,
    column_shifted,
    without_places,
    hidden,
    merged,
    strays,
    data_again,
    empties,
)
