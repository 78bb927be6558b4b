"""The buttons of 汇总台 put back into a workbook that openpyxl has saved, which drops them.

Buttons are shapes of a sheet's legacy drawing (ECMA-376 part 4, 19; VML); notes of the sheet stand in the
same drawing, of which a sheet has one.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from ...marks import Mark
from ...workbook.packing import TYPES, Parts, read_parts, write_parts

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PART: Final = "xl/drawings/gjButtons.vml"
_ID: Final = "gjButtons"
#: What follows a legacy drawing in a sheet (ECMA-376 part 1, 18.3.1.99).
_AFTER = re.compile(
    r"<(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</worksheet>"
)
#: A drawing of notes numbers its shapes from 1: buttons go behind, in the same thousand.
_SHAPE = re.compile(r"_x0000_s10(\d\d)")
_SPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


def with_buttons(package: bytes, fresh: bytes, sheet: Mark) -> bytes:
    """``package`` with the buttons that ``sheet`` of ``fresh`` has; both are plain .xlsx."""
    parts, source = read_parts(package), read_parts(fresh)
    drawing = source[_drawing(source, _sheet_part(source, sheet))]
    part = _sheet_part(parts, sheet)
    if there := _drawing(parts, part):
        inside = parts[there].decode("utf-8")
        parts[there] = inside.replace("</xml>", f"{_shapes(drawing)}</xml>").encode()
        return write_parts(parts)
    parts[_PART] = drawing
    _relate(parts, part)
    drawn = f"<legacyDrawing xmlns:r={quoteattr(_RELS)} r:id={quoteattr(_ID)}/>"
    parts[part] = _AFTER.sub(lambda at: drawn + at[0], parts[part].decode("utf-8"), count=1).encode()
    types = parts[TYPES].decode("utf-8")
    if 'Extension="vml"' not in types:
        kind = f'<Default Extension="vml" ContentType={quoteattr(_VML_TYPE)}/>'
        parts[TYPES] = types.replace("</Types>", f"{kind}</Types>").encode()
    return write_parts(parts)


def _shapes(drawing: bytes) -> str:
    """What stands in a drawing, each element with its own namespaces: another drawing may call them
    otherwise."""
    text = drawing.decode("utf-8")
    inside = text[text.index("<v:shapetype") : text.rindex("</xml>")]
    spaced = re.sub(r"<v:(shapetype|shape) ", lambda at: f"<v:{at[1]} {_SPACES} ", inside)
    return _SHAPE.sub(lambda at: f"_x0000_s19{at[1]}", spaced)


def _sheet_part(parts: Parts, sheet: Mark) -> str:
    root = ElementTree.fromstring(parts["xl/workbook.xml"])
    id_ = next(
        s.attrib[f"{{{_RELS}}}id"] for s in root.iter(f"{_MAIN}sheet") if sheet.names(s.get("name", ""))
    )
    return _targets(parts, "xl/workbook.xml")[id_]


def _drawing(parts: Parts, sheet: str) -> str:
    """The part of a sheet's legacy drawing, "" where it has none."""
    found = re.search(r'<legacyDrawing\b[^>]*\br:id="([^"]+)"', parts[sheet].decode("utf-8"))
    return _targets(parts, sheet)[found[1]] if found else ""


def _rels_part(part: str) -> str:
    return f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"


def _targets(parts: Parts, part: str) -> dict[str, str]:
    """Id -> the part that a part leads to."""
    rels = ElementTree.fromstring(parts[_rels_part(part)]) if _rels_part(part) in parts else ()
    found = {}
    for one in rels:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), one.attrib["Target"]))
        found[one.attrib["Id"]] = target.removeprefix("/")
    return found


def _relate(parts: Parts, sheet: str) -> None:
    rels = _rels_part(sheet)
    target = posixpath.relpath(_PART, posixpath.dirname(sheet))
    one = f'<Relationship Id="{_ID}" Type="{_RELS}/vmlDrawing" Target="{target}"/>'
    empty = f'<Relationships xmlns="{_PACKAGE_RELS}"></Relationships>'
    text = parts.get(rels, empty.encode()).decode("utf-8")
    text = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", text)
    parts[rels] = text.replace("</Relationships>", f"{one}</Relationships>").encode()
