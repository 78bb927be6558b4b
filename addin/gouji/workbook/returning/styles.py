"""The formats of what is laid over, behind those that the workbook has: none of its own changes its number
(ECMA-376 part 1, 18.8.39)."""

from __future__ import annotations

import re

from ...records import dataclass
from .outline import Edit, Element, attribute, into
from .package import Package
from .refusal import NotMarkable

#: The children of a style sheet in their order.
_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
#: What a cell's format refers to by number: attribute -> list.
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the numbers of cell formats and of differential formats move."""

    cells: int
    differential: int


def add_styles(package: Package, name: str, over: bytes) -> Shift:
    """Append the formats of ``over``, a style sheet that we wrote, to those of the part ``name``."""
    content, root = package.outline(name, 3)
    had = {key: _length(root, key) for key in (*_LISTS.values(), "cellXfs", "dxfs")}
    if not all(had[key] for key in (*_LISTS.values(), "cellXfs")):
        raise NotMarkable("odd")
    edits: list[Edit] = []
    for key in (*_LISTS.values(), "cellXfs", "dxfs"):
        items, count = _items(over, key)
        if key == "cellXfs":
            for reference, of in _LISTS.items():
                items = _moved(items, reference, had[of])
        if count:
            edits += _append(content, root, key, items, had[key] + count)
    package.edit(name, edits)
    return Shift(had["cellXfs"], had["dxfs"])


def _length(root: Element, key: str) -> int:
    found = root.child(key)
    return len(found.children) if found else 0


def _items(over: bytes, key: str) -> tuple[bytes, int]:
    """The inside of one list of our own style sheet, and how many it holds."""
    found = re.search(rb'<%s count="(\d+)"[^>]*>(.*?)</%s>' % (key.encode(), key.encode()), over, re.DOTALL)
    return (found[2], int(found[1])) if found else (b"", 0)


def _moved(items: bytes, reference: str, by: int) -> bytes:
    def shifted(found: re.Match[bytes]) -> bytes:
        return b'%s="%d"' % (reference.encode(), int(found[1]) + by)

    return re.sub(rb'\b%s="(\d+)"' % reference.encode(), shifted, items)


def _append(content: bytes, root: Element, key: str, items: bytes, count: int) -> list[Edit]:
    found = root.child(key)
    if found is None:
        text = f'<{key} count="{count}">'.encode() + items + f"</{key}>".encode()
        return [into(content, root, text, _ORDER[_ORDER.index(key) + 1 :])]
    return [attribute(content, found, "count", str(count)), into(content, found, items)]
