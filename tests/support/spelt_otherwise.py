"""The same workbook spelt otherwise: what ECMA-376 and the ZIP format leave to a writer's taste.

Each function takes the parts of a package (and a generator of chance) and gives back parts that say the same;
``VARIANTS`` names them all, ``PACKINGS`` the ways to put parts into a file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from random import Random

from support import packages as p
from support.mutating.in_xml import MAIN, OFFICE, STRICT_MAIN, STRICT_OFFICE

Parts = p.Parts
_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>\s*")
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ROW = re.compile(rb'<row r="([0-9]+)"([^<>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_TEXT = re.compile(rb"(<t(?: [^>]*)?>)([^<]+)(</t>)")
_ITEM = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_NAME = re.compile(rb"(</?)([A-Za-z][\w.-]*)(?=[\s>/])")


def _each(parts: Parts, change: Callable[[bytes], bytes], where: str = "") -> Parts:
    """Changed in every XML part whose name holds ``where``."""
    return {
        name: change(data) if name.endswith((".xml", ".rels")) and where in name else data
        for name, data in parts.items()
    }


def _sheets(parts: Parts, change: Callable[[bytes], bytes]) -> Parts:
    return _each(parts, change, "xl/worksheets/sheet")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# ------------------------------------------------------------ XML


def strict(parts: Parts, _: Random) -> Parts:
    """ISO 29500 strict."""
    return _each(parts, lambda xml: xml.replace(MAIN, STRICT_MAIN).replace(OFFICE, STRICT_OFFICE))


def strict_sheets(parts: Parts, _: Random) -> Parts:
    """Strict sheets in a transitional package."""
    return _sheets(parts, lambda xml: xml.replace(MAIN, STRICT_MAIN))


def _wide(xml: bytes, codec: str, mark: bytes) -> bytes:
    text = _DECLARATION.sub(b"", xml).decode()
    return mark + f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode(codec)


def utf_16(parts: Parts, _: Random) -> Parts:
    """UTF-16, little end first."""
    return _each(parts, lambda xml: _wide(xml, "utf-16-le", b"\xff\xfe"))


def utf_16_big(parts: Parts, _: Random) -> Parts:
    """UTF-16, big end first."""
    return _each(parts, lambda xml: _wide(xml, "utf-16-be", b"\xfe\xff"))


def with_mark(parts: Parts, _: Random) -> Parts:
    """UTF-8 with its mark, without a declaration."""
    return _each(parts, lambda xml: b"\xef\xbb\xbf" + _DECLARATION.sub(b"", xml))


def as_references(parts: Parts, _: Random) -> Parts:
    """ASCII, all else as character references."""
    return _each(parts, lambda xml: xml.decode().encode("ascii", "xmlcharrefreplace"))


def prefixed(parts: Parts, _: Random) -> Parts:
    """Every element of SpreadsheetML with a prefix."""

    def change(xml: bytes) -> bytes:
        head = _DECLARATION.match(xml)
        at = head.end() if head else 0
        return xml[:at] + _NAME.sub(rb"\1x:\2", xml[at:]).replace(b" xmlns=", b" xmlns:x=", 1)

    return _each(_sheets(parts, change), change, "sharedStrings")


def spaced(parts: Parts, _: Random) -> Parts:
    """Line ends and comments between the elements, other quotes, empty elements with an end."""

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb"<([\w:]+)((?: [\w:]+=\"[^\"<>]*\")*)/>", rb"<\1\2></\1>", xml)
        xml = re.sub(rb' ([\w:]+)="([^"\'<>]*)"(?=[ >])', rb"\n\1 = '\2'", xml)
        return xml.replace(b"</c>", b"</c><!-- <v>9</v> -->").replace(b"</row>", b"</row>\r\n<?x 9?>\r\n")

    return _sheets(parts, change)


# ------------------------------------------------------------ cells


def as_cdata(parts: Parts, _: Random) -> Parts:
    """Values and texts in CDATA, in two pieces."""

    def pieces(text: bytes) -> bytes:
        plain = unescape(text.decode())
        middle = len(plain) // 2
        return b"".join(b"<![CDATA[%s]]>" % one.encode() for one in (plain[:middle], plain[middle:]))

    changed = _sheets(parts, lambda xml: _VALUE.sub(lambda m: b"<v>" + pieces(m[1]) + b"</v>", xml))
    return _each(changed, lambda xml: _TEXT.sub(lambda m: m[1] + pieces(m[2]) + m[3], xml), "sharedStrings")


def with_comments(parts: Parts, _: Random) -> Parts:
    """A comment and an instruction inside of every value and text."""

    def parted(text: bytes) -> bytes:
        # Never inside a reference.
        return text if b"&" in text else b"<!-- 7 -->" + text + b"<?x 7?>"

    changed = _sheets(parts, lambda xml: _VALUE.sub(lambda m: b"<v>" + parted(m[1]) + b"</v>", xml))
    return _each(changed, lambda xml: _TEXT.sub(lambda m: m[1] + parted(m[2]) + m[3], xml), "sharedStrings")


def in_cells(parts: Parts, _: Random) -> Parts:
    """Texts in their cells, and no shared strings that are used."""
    items = _ITEM.findall(parts["xl/sharedStrings.xml"])

    def inline(match: re.Match[bytes]) -> bytes:
        if b't="s"' not in match[3]:
            return match[0]
        index = _VALUE.search(match[4])
        assert index
        attributes = match[3].replace(b't="s"', b't="inlineStr"')
        return b'<c r="%s%s"%s><is>%s</is></c>' % (match[1], match[2], attributes, items[int(index[1])])

    return _sheets(parts, lambda xml: _CELL.sub(inline, xml))


def in_runs(parts: Parts, chance: Random) -> Parts:
    """Shared strings as rich text with phonetic text, which is none of them."""

    def change(match: re.Match[bytes]) -> bytes:
        text = unescape(re.sub(rb"<[^>]*>", b"", match[1]).decode())
        middle = chance.randrange(len(text) + 1)
        # An escape of SpreadsheetML is one character and is not parted.
        middle = 0 if "_x" in text else middle
        runs = (one.replace("&", "&amp;").replace("<", "&lt;") for one in (text[:middle], text[middle:]))
        inside = "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{one}</t></r>' for one in runs)
        return f'<si>{inside}<rPh sb="0" eb="1"><t>注音</t></rPh><phoneticPr fontId="1"/></si>'.encode()

    return _each(parts, lambda xml: _ITEM.sub(change, xml), "sharedStrings")


def numbers_respelt(parts: Parts, chance: Random) -> Parts:
    """The same doubles in other spellings."""

    def change(match: re.Match[bytes]) -> bytes:
        if match[4] is None or b" t=" in match[3] or not (value := _VALUE.search(match[4])):
            return match[0]
        old = value[1]
        if not old.isdigit():
            return match[0]
        # 封面 keeps a year as it is written, and so does every text.
        new = chance.choice([old, b" %s\n" % old, b"+" + old, old + b".0", old + b"E0", b"0" + old])
        return match[0].replace(b"<v>%s</v>" % old, b"<v>%s</v>" % new)

    return _sheets(parts, lambda xml: _CELL.sub(change, xml))


def as_formula_texts(parts: Parts, _: Random) -> Parts:
    """Shared strings as ``t="str"``, as they are stored beside formulas."""
    items = [re.sub(rb"<[^>]*>", b"", one) for one in _ITEM.findall(parts["xl/sharedStrings.xml"])]

    def change(match: re.Match[bytes]) -> bytes:
        if b't="s"' not in match[3]:
            return match[0]
        index = _VALUE.search(match[4])
        assert index
        attributes = match[3].replace(b't="s"', b't="str"')
        return b'<c r="%s%s"%s><v>%s</v></c>' % (match[1], match[2], attributes, items[int(index[1])])

    return _sheets(parts, lambda xml: _CELL.sub(change, xml))


# ------------------------------------------------------------ rows and columns


def without_places(parts: Parts, _: Random) -> Parts:
    """Rows and cells without ``r``: each stands behind the one before, blanks are written."""

    def cells(inside: bytes) -> bytes:
        out, column = [], 0
        for cell in _CELL.finditer(inside):
            out.append(b"<c/>" * (_column(cell[1]) - column - 1))
            column = _column(cell[1])
            out.append(b"<c%s>%s</c>" % (cell[3], cell[4] or b""))
        return b"".join(out)

    def change(xml: bytes) -> bytes:
        start, stop = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        out, row = [], 0
        for one in _ROW.finditer(xml, start, stop):
            out.append(b"<row/>" * (int(one[1]) - row - 1))
            row = int(one[1])
            out.append(b"<row%s>%s</row>" % (one[2], cells(one[3] or b"")))
        return xml[:start] + b"".join(out) + xml[stop:]

    return _sheets(parts, lambda xml: change(xml) if b"<sheetData>" in xml else xml)


def shuffled(parts: Parts, chance: Random) -> Parts:
    """Rows, and cells in their rows, in any order."""

    def mixed(pattern: re.Pattern[bytes], text: bytes) -> bytes:
        found = [one[0] for one in pattern.finditer(text)]
        return b"".join(chance.sample(found, len(found)))

    def change(xml: bytes) -> bytes:
        start, stop = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        rows = re.sub(
            rb"(<row [^<>]*[^/]>)(.*?)(</row>)",
            lambda m: m[1] + mixed(_CELL, m[2]) + m[3],
            xml[start:stop],
            flags=re.DOTALL,
        )
        return xml[:start] + mixed(_ROW, rows) + xml[stop:]

    return _sheets(parts, lambda xml: change(xml) if b"<sheetData>" in xml else xml)


def with_blanks(parts: Parts, _: Random) -> Parts:
    """Styled columns down to row 900, a formatted last row, cells with an empty value."""
    row = b"".join(b'<c r="%c{}" s="1"/>'.replace(b"%c", bytes([letter])) for letter in range(65, 91))
    more = b"".join(
        b'<row r="%d" s="1">%s</row>' % (n, row.replace(b"{}", b"%d" % n)) for n in range(850, 900)
    )
    last = b'<row r="1048576" s="1" customFormat="1"/>'
    return _sheets(parts, lambda xml: xml.replace(b"</sheetData>", more + last + b"</sheetData>", 1))


def shared_formulas(parts: Parts, _: Random) -> Parts:
    """Every formula as the head of a shared one, or of an array in its own cell."""

    def change(xml: bytes) -> bytes:
        numbers = iter(range(10**6))

        def one(match: re.Match[bytes]) -> bytes:
            at, index = match[1], next(numbers)
            head = b't="shared" ref="%s" si="%d"' % (at, index) if index % 2 else b't="array" ref="%s"' % at
            return match[0].replace(b"<f>", b"<f %s>" % head, 1)

        return re.sub(rb'<c r="([A-Z]+[0-9]+)"[^<>]*><f>', one, xml)

    return _sheets(parts, change)


# ------------------------------------------------------------ package


def parts_renamed(parts: Parts, _: Random) -> Parts:
    """Other names for all sheets and strings, in other folders, by absolute and relative targets."""
    new: dict[str, str] = {}
    for number, name in enumerate(name for name in parts if name.startswith("xl/worksheets/sheet")):
        new[name] = f"xl/a/b/x{number}.XML"
    new["xl/sharedStrings.xml"] = "texts.xml"
    out = {new.get(name, name): data for name, data in parts.items()}
    for old, name in new.items():
        types = out["[Content_Types].xml"]
        out["[Content_Types].xml"] = types.replace(b"/%s" % old.encode(), b"/%s" % name.encode())
        short = old.removeprefix("xl/").encode()
        target = b"/" + name.encode() if "texts" in name else name.removeprefix("xl/").encode()
        rels = "xl/_rels/workbook.xml.rels"
        out[rels] = out[rels].replace(b'Target="%s"' % short, b'Target="%s"' % target)
    return out


def parts_reordered(parts: Parts, chance: Random) -> Parts:
    """The parts in another order."""
    return {name: parts[name] for name in chance.sample(list(parts), len(parts))}


def sheets_reordered(parts: Parts, chance: Random) -> Parts:
    """The sheets of the workbook in another order."""

    def change(xml: bytes) -> bytes:
        found = re.findall(rb"<sheet [^<>]*/>", xml)
        turned = iter(chance.sample(found, len(found)))
        return re.sub(rb"<sheet [^<>]*/>", lambda _: next(turned), xml)

    return _each(parts, change, "xl/workbook.xml")


def upper_case(parts: Parts, _: Random) -> Parts:
    """Part names in another case than what refers to them."""
    return {name.upper() if name.startswith("xl/") else name: data for name, data in parts.items()}


VARIANTS: dict[str, Callable[[Parts, Random], Parts]] = {
    one.__name__: one
    for one in (
        strict,
        strict_sheets,
        utf_16,
        utf_16_big,
        with_mark,
        as_references,
        prefixed,
        spaced,
        as_cdata,
        with_comments,
        in_cells,
        in_runs,
        numbers_respelt,
        as_formula_texts,
        without_places,
        shuffled,
        with_blanks,
        shared_formulas,
        parts_renamed,
        parts_reordered,
        sheets_reordered,
        upper_case,
    )
}


# ------------------------------------------------------------ files


def streamed(parts: Parts) -> bytes:
    """As a program writes that can not go back: sizes follow the data."""
    out = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return out.write(data)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def commented(parts: Parts) -> bytes:
    """With a comment behind the directory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.comment = b"PK\5\6 comment"
    return out.getvalue()


PACKINGS: dict[str, Callable[[Parts], bytes]] = {
    "stored": lambda parts: p.pack(parts, zipfile.ZIP_STORED),
    "streamed": streamed,
    "backslashes": lambda parts: (
        p.Forger().add_all({n.replace("/", "\\"): d for n, d in parts.items()}).finish()
    ),
    "leading slash": lambda parts: p.pack({f"/{name}": data for name, data in parts.items()}),
    "folders": lambda parts: p.pack({"xl/": b"", "_rels/": b"", **parts}),
    "commented": commented,
}
