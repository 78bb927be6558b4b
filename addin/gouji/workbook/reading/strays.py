"""Typed content where the template has none: nothing that a person wrote is passed over in silence.

Geometry alone can not tell a person's text from the template's, so a text that the template prints
is never a stray, wherever it stands: a copied label holds nothing that could be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...report import Unplaced, plain_mark
from ..earlier import PriorBlock
from ..layout import Area, Layout, TableSheet, address
from ..printed import Printed
from .cells import Position, RawCell
from .check_sheet import CheckPlaces

Cells = Mapping[Position, RawCell]


def table_strays(
    sheet: TableSheet, printed: Printed, cells: Cells, marks: Mapping[str, str]
) -> Iterator[Unplaced]:
    """Beside, above and below a table. The block 注 reaches as far down as a city's notes do.

    What stands alone in a row of 注 where the mark belongs is no note unless a number bears it (``marks``:
    cell id -> mark).
    """
    known = {*sheet.labels, *sheet.cells.values()}
    first, *others = (left for left, _ in sheet.note_columns)

    def noted(row: int, column: int) -> bool:
        if row < sheet.notes.top or column not in (first, *others):
            return False
        alone = column == first and not any((row, other) in cells for other in others)
        return not alone or plain_mark(cells[row, column].raw) in marks.values()

    rest = {at: raw for at, raw in cells.items() if not raw.formula and at not in known and not noted(*at)}
    yield from _strays(sheet.name, printed, rest)


def cover_strays(
    layout: Layout, printed: Printed, cells: Cells, block: PriorBlock | None
) -> Iterator[Unplaced]:
    """On 封面: beside its fields, and in earlier templates the block 上年数 with its labels."""
    cover = layout.cover
    known = {cover.edition, *cover.fields.values()}
    known |= {*block.cells.values(), *block.labels} if block else set()
    rest = {at: raw for at, raw in cells.items() if at not in known}
    yield from _strays(cover.name, printed, rest)


def text_strays(layout: Layout, sheet: str, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """On the sheet of a text: beside and below its paragraphs."""
    areas = [area for area in layout.texts.values() if area.sheet == sheet]
    yield from _strays(sheet, printed, _outside(areas, cells))


def check_strays(places: CheckPlaces, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """On 校验: below and beside the live rows, 诊断 and 审核说明."""
    yield from _strays(places.name, printed, _outside(places.areas, cells))


def _outside(areas: Iterable[Area], cells: Cells) -> Cells:
    rest: Cells = {at: raw for at, raw in cells.items() if not raw.formula}
    for a in areas:
        rest = {
            (row, column): raw
            for (row, column), raw in rest.items()
            if row < a.top or row > a.bottom or column < a.left or column > a.right
        }
    return rest


def _strays(sheet: str, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """Formulas are the template's own helpers, or a person's sums of what stands elsewhere."""
    for at, raw in sorted(cells.items()):
        if not raw.formula and raw.raw not in printed and plain_mark(raw.raw):
            yield Unplaced(f"{sheet}!{address(*at)}", raw.raw)
