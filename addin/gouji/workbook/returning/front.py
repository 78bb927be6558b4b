"""The sheet that comes first: a part of its own, before the others or in place of its forerunner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...opc.xmlstream import OFFICE_RELATIONS
from ..reading.cells import unescape
from .outline import Edit, Element, attribute, into, number_of
from .package import Package
from .refusal import NotMarkable
from .styles import Shift

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#: What follows defined names in a workbook (18.2.27).
_AFTER_NAMES = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
    *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)
_TITLES = "_xlnm.Print_Titles"
_SELECTED = re.compile(rb"\stabSelected\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FORMAT = re.compile(r'(<(?:c|row|col) [^>]*?\b(?:s|style)=")(\d+)"')
_STRING = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_REFERENCE = re.compile(r'<c ([^>]*?) t="s"><v>(\d+)</v></c>')


def inline(sheet: str, strings: str) -> str:
    """A sheet that XlsxWriter wrote, with its texts in the cells instead of a table of texts."""
    texts = _STRING.findall(strings)
    return _REFERENCE.sub(lambda c: f'<c {c[1]} t="inlineStr"><is>{texts[int(c[2])]}</is></c>', sheet)


def write_front(package: Package, sheet: str, shift: Shift, name: str, spellings: Sequence[str]) -> None:
    """Put the sheet in, choose it, and let no other be chosen with it."""
    sheet = _FORMAT.sub(lambda found: f'{found[1]}{int(found[2]) + shift.cells}"', sheet)
    content, root = package.outline(package.main, 3)
    sheets = root.child("sheets")
    if sheets is None:
        raise NotMarkable("odd")
    related = package.related(package.main)
    edits: list[Edit] = []
    at = next((n for n, s in enumerate(sheets.children) if _name(s) in spellings), None)
    for number, other in enumerate(sheets.children):
        part = related[other.attributes[f"{OFFICE_RELATIONS} id"]].target
        if number == at:
            package.unrelate(part)
            package.put(part, sheet.encode())
            edits.append(attribute(content, other, "state", None))
        else:
            _unselect(package, part)
    if at is None:
        part = package.fresh("worksheets", "sheet", ".xml")
        package.put(part, sheet.encode())
        package.declare(part, _SHEET)
        identifier = package.relate(package.main, "worksheet", part)
        numbers = [number_of(s, "sheetId", "0") for s in sheets.children]
        text = (
            f'<sheet xmlns:r="{OFFICE_RELATIONS}" name="{name}" '
            f'sheetId="{max(numbers) + 1}" r:id="{identifier}"/>'
        )
        edits.append(into(content, sheets, text.encode(), last=False))
    edits += _names(content, root, at, _titles(name, sheet))
    views = root.child("bookViews")
    for view in views.children if views else ():
        edits.append(attribute(content, view, "firstSheet", None))
        edits.append(attribute(content, view, "activeTab", str(at or 0)))
    package.edit(package.main, edits)


def _name(sheet: Element) -> str:
    return unescape(sheet.attributes.get("name", ""))


def _unselect(package: Package, part: str) -> None:
    """Two chosen sheets are a group: what is typed into one goes into both."""
    content = package.part(part)
    end = content.find(b"sheetData")
    head = content[: end if end >= 0 else len(content)]
    if _SELECTED.search(head):
        package.put(part, _SELECTED.sub(b"", head) + content[len(head) :])


def _titles(name: str, sheet: str) -> str:
    """The rows that are printed on every page: those above the first frozen one."""
    found = re.search(r'<pane ySplit="(\d+)"', sheet)
    row = int(found[1]) if found else 1
    return f"'{name}'!${row}:${row}"


def _names(content: bytes, root: Element, at: int | None, titles: str) -> list[Edit]:
    """Names of one sheet go by its number, which grows where a sheet comes before."""
    index = at or 0
    text = f'<definedName name="{_TITLES}" localSheetId="{index}">{titles}</definedName>'
    names = root.child("definedNames")
    if names is None:
        whole = f"<definedNames>{text}</definedNames>"
        return [into(content, root, whole.encode(), _AFTER_NAMES)]
    edits: list[Edit] = []
    for one in names.children:
        local = one.attributes.get("localSheetId", "")
        if not local:
            continue
        number = number_of(one, "localSheetId")
        if at is None:
            edits.append(attribute(content, one, "localSheetId", str(number + 1)))
        elif number == at and one.attributes.get("name") == _TITLES:
            edits.append(Edit(one.start, one.end, b""))
    return [into(content, names, text.encode(), last=False), *edits]
