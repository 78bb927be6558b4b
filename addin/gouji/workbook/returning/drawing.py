"""The legacy drawing of a sheet, of which it has one: boxes of comments and buttons are shapes in it
(ECMA-376 part 4, 19; VML)."""

from __future__ import annotations

from ...opc.xmlstream import OFFICE_RELATIONS
from .outline import into
from .package import Package

_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
#: What follows the reference to it in a sheet (18.3.1.99).
_AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    *("AlternateContent", "extLst"),
)


def drawing_of(package: Package, sheet: str) -> str | None:
    """Its part, None where the sheet has none; that of pictures in its header is another."""
    _, root = package.outline(sheet, 2)
    found = root.child("legacyDrawing")
    if found is None:
        return None
    identifier = next((v for k, v in found.attributes.items() if k.rpartition(" ")[2] == "id"), "")
    relation = package.related(sheet).get(identifier)
    return relation.target if relation else None


def draw(package: Package, sheet: str, content: bytes) -> None:
    """Make this the drawing of a sheet, whether or not it had one."""
    part = drawing_of(package, sheet)
    if part is None:
        part = package.fresh("drawings", "vmlDrawing", ".vml")
        package.declare(part, _VML)
        _refer(package, sheet, package.relate(sheet, "vmlDrawing", part))
    package.put(part, content)


def _refer(package: Package, sheet: str, identifier: str) -> None:
    content, root = package.outline(sheet, 2)
    text = f'<legacyDrawing xmlns:r="{OFFICE_RELATIONS}" r:id="{identifier}"/>'
    package.edit(sheet, [into(content, root, text.encode(), _AFTER)])
