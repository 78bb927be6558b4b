"""A workbook that we wrote, laid over one that was received: its first sheet becomes the first sheet there,
the colours and remarks of its other sheets come to the sheets of the same names. Nothing else is changed:
stored values, formulas, drawings, controls, macros, texts with several fonts and what nobody here knows keep
their bytes (``finish`` packs them anew)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property
from html import unescape as unescaped

from ...opc.xmlstream import OFFICE_RELATIONS
from ...records import dataclass
from ..packing import Parts
from ..reading.cells import unescape
from .comments import write_comments
from .front import inline, write_front
from .outline import Edit, Element, attribute, edited, into, number_of
from .package import Package
from .refusal import NotMarkable
from .styles import Shift, add_styles

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
#: What follows conditional formats in a sheet (18.3.1.99).
_AFTER_COLOURS = (
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "AlternateContent", "extLst"),
)


@dataclass(frozen=True)
class Overlay:
    """``parts``: what XlsxWriter wrote. ``spellings``: the names by which the first sheet is known.
    ``remarks``: sheet -> address -> text, framed by ``frame``. ``mark``: a text that stands in each condition
    of ours. ``back``: sheet -> the addresses of which the first free one gets ``link`` (formula, shown text).
    ``empty``: sheet -> addresses whose content goes."""

    parts: Parts
    spellings: Sequence[str]
    frame: tuple[str, str]
    mark: str
    link: tuple[str, str]
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    back: Mapping[str, Sequence[str]] = field(default_factory=dict)
    empty: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        """The sheets in order; sheet n is the part ``sheetN.xml``."""
        return re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"].decode())

    def sheet(self, number: int) -> str:
        """A sheet's part with its texts in the cells."""
        strings = self.parts.get("xl/sharedStrings.xml", b"").decode()
        return inline(self.parts[f"xl/worksheets/sheet{number}.xml"].decode(), strings)


def ending_of(sent: bytes) -> str:
    """``.xlsm`` for a workbook with macros, else ``.xlsx``. Raises Refused."""
    return Package(sent).ending


def lay_over(sent: bytes, over: Overlay) -> bytes:
    """The copy. Raises Refused for what is no workbook, NotMarkable for one that can not be cut."""
    package = Package(sent)
    styles = next((r.target for r in package.related(package.main).values() if r.kind == "styles"), None)
    if styles is None or not package.has(styles):
        raise NotMarkable("odd")
    package.as_book(_MACROS if package.ending == ".xlsm" else _MAIN)
    shift = add_styles(package, styles, over.parts["xl/styles.xml"])
    sheets = sheet_parts(package)
    for number, name in enumerate(over.names[1:], 2):
        if name in sheets:
            _mark(package, sheets[name], over, number, name, shift)
    for name, addresses in over.empty.items():
        _empty(package, sheets[name], addresses)
    write_front(package, over.sheet(1), shift, over.names[0], over.spellings)
    return package.finish()


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name -> its part."""
    _, root = package.outline(package.main, 3)
    found = root.child("sheets")
    related = package.related(package.main)
    sheets = {}
    for sheet in found.children if found else ():
        relation = related.get(sheet.attributes.get(f"{OFFICE_RELATIONS} id", ""))
        if relation and package.has(relation.target):
            sheets[unescape(sheet.attributes.get("name", ""))] = relation.target
    return sheets


def _mark(package: Package, part: str, over: Overlay, number: int, name: str, shift: Shift) -> None:
    content, root = package.outline(part, 3)
    package.put(part, edited(content, _colours(content, root, over, number, shift)))
    if name in over.back:
        _link_back(package, part, over, number, over.back[name], shift)
    comments = over.parts.get(_beside(over, number, "comments"), b"")
    boxes = over.parts.get(_beside(over, number, "vmlDrawing"), b"")
    write_comments(package, part, over.remarks.get(name, {}), (comments, boxes), over.frame)


def _beside(over: Overlay, number: int, kind: str) -> str:
    rels = over.parts.get(f"xl/worksheets/_rels/sheet{number}.xml.rels", b"").decode()
    found = re.search(rf'Target="\.\./([^"]*{kind}\d+\.\w+)"', rels)
    return f"xl/{found[1]}" if found else ""


def _colours(content: bytes, root: Element, over: Overlay, number: int, shift: Shift) -> list[Edit]:
    """Ours before all that are there, which keep their order; those of an earlier time go."""
    source = over.parts[f"xl/worksheets/sheet{number}.xml"]
    ours = re.findall(rb"<conditionalFormatting .*?</conditionalFormatting>", source, re.DOTALL)
    edits: list[Edit] = []
    for group in root.named("conditionalFormatting"):
        rules = group.named("cfRule")
        old = [rule for rule in rules if over.mark in _text(content[rule.start : rule.end])]
        if rules and len(old) == len(rules):
            edits.append(Edit(group.start, group.end, b""))
            continue
        edits += [Edit(rule.start, rule.end, b"") for rule in old]
        for rule in (r for r in rules if r not in old):
            later = number_of(rule, "priority", "1") + len(ours)
            edits.append(attribute(content, rule, "priority", str(later)))
    shifted = re.sub(
        rb'dxfId="(\d+)"', lambda d: b'dxfId="%d"' % (int(d[1]) + shift.differential), b"".join(ours)
    )
    first = ("conditionalFormatting", *_AFTER_COLOURS)
    return [into(content, root, shifted, first), *edits] if ours else edits


def _link_back(
    package: Package, part: str, over: Overlay, number: int, free: Sequence[str], shift: Shift
) -> None:
    """A link in the first row, beside what is printed; once."""
    formula, shown = over.link
    content, root = package.outline(part, 3, frozenset({1}))
    data = root.child("sheetData")
    if data is None:
        return
    style = re.search(rb'<c r="A1" s="(\d+)"', over.parts[f"xl/worksheets/sheet{number}.xml"])
    look = int(style[1]) + shift.cells if style else 0
    row = next(iter(data.children), None)
    if row and f"'{over.names[0]}'!" in _text(content[row.start : row.end]):
        return
    taken = {cell.attributes.get("r") for cell in row.children} if row else set()
    at = next((one for one in free if one not in taken), None)
    if at is None or None in taken:
        return
    text = f'<c r="{at}" s="{look}" t="str"><f>{formula}</f><v>{shown}</v></c>'
    if row is None:
        whole = f'<row r="1">{text}</row>'
        package.edit(part, [into(content, data, whole.encode(), last=False)])
        return
    # Cells stand in the order of their columns: before the first one behind.
    after = [cell for cell in row.children if _column(cell.attributes["r"]) > _column(at)]
    place = into(content, row, text.encode(), first=after[0] if after else None)
    package.edit(part, [attribute(content, row, "spans", None), place])


def _text(part: bytes) -> str:
    """Without the references that some programs write for every character that is not ASCII."""
    return unescaped(part.decode("utf-8", "replace"))


def _column(address: str) -> tuple[int, str]:
    letters = address.rstrip("0123456789")
    return len(letters), letters


def _empty(package: Package, part: str, addresses: Sequence[str]) -> None:
    rows = frozenset(int(re.sub(r"\D", "", one)) for one in addresses)
    content, root = package.outline(part, 3, rows)
    data = root.child("sheetData")
    cells = [cell for row in data.children for cell in row.children] if data else []
    edits = []
    for cell in cells:
        if cell.attributes.get("r") in addresses and not cell.empty:
            edits += [attribute(content, cell, "t", None), Edit(cell.inside, cell.close, b"")]
    package.edit(part, edits)
