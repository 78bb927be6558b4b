"""Typed content where the template has none: nothing that a person wrote is passed over in silence.

Geometry alone can not tell a person's text from the template's, so a text that the template prints
is never a stray, wherever it stands: a copied label holds nothing that could be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...report import Report, Unplaced, plain_mark
from ..earlier import PriorBlock
from ..layout import Area, TableSheet, address
from ..limits import MAX_UNPLACED
from ..printed import Printed
from ..wording import wording
from .cells import Position, RawCell
from .check_sheet import CheckPlaces
from .headings import CoverPlaces
from .kept import check_unplaced
from .shapes import shape_of, typed_in

Cells = Mapping[Position, RawCell]


def kept_as_unread(report: Report, sheet: str, at: Position, cells: Cells, *, said: bool = False) -> bool:
    """Whether an error value (``rules/error_values.py``) stands where content belongs, or a formula of which
    the file has no result; it is no content, and kept as unplaced unless that is ``said`` elsewhere."""
    raw = cells.get(at)
    no_result = raw is not None and raw.formula and raw.kind == "blank"
    if raw is None or not (raw.kind == "error" or no_result):
        return False
    if not said:
        text = wording("reader")["no_result"] if no_result else raw.raw
        report.unplaced.append(Unplaced(f"{sheet}!{address(*at)}", text))
    return True


def table_strays(
    sheet: TableSheet, printed: Printed, cells: Cells, marks: Mapping[str, str]
) -> Iterator[Unplaced]:
    """Beside, above and below a table. The block 注 reaches as far down as a city's notes do.

    What stands alone in a row of 注 where the mark belongs is no note unless a number bears it (``marks``:
    cell id -> mark).
    """
    first, *others = (left for left, _ in sheet.note_columns)

    def noted(row: int, column: int) -> bool:
        if row < sheet.notes.top or column not in (first, *others):
            return False
        alone = column == first and not any((row, other) in cells for other in others)
        return not alone or plain_mark(cells[row, column].raw) in marks.values()

    def outside() -> list[Position]:
        known = {*sheet.labels, *sheet.cells.values()}
        return [at for at in typed_in(cells) if at not in known]

    rest = shape_of(cells).once("strays", sheet, outside)
    yield from _strays(sheet.name, printed, {at: cells[at] for at in rest if not noted(*at)})


def cover_strays(
    sheet: str, places: CoverPlaces, printed: Printed, cells: Cells, block: PriorBlock | None
) -> Iterator[Unplaced]:
    """On 封面: beside its fields, and in earlier templates the block 上年数 with its labels."""
    known = {places.edition, *places.fields.values()}
    known |= {*block.cells.values(), *block.labels} if block else set()
    rest = {at: raw for at, raw in cells.items() if at not in known}
    yield from _strays(sheet, printed, rest)


def text_strays(areas: Iterable[Area], sheet: str, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """On the sheet of a text: beside and below its paragraphs."""
    yield from _strays(sheet, printed, _outside([area for area in areas if area.sheet == sheet], cells))


def check_strays(places: CheckPlaces, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """On 校验: below and beside the live rows, 诊断 and 审核说明."""
    yield from _strays(places.name, printed, _outside(places.areas, cells))


def _outside(areas: Iterable[Area], cells: Cells) -> Cells:
    areas = tuple(areas)
    rest = shape_of(cells).once(
        ("outside", areas),
        None,
        lambda: [at for at in typed_in(cells) if not any(area.holds(*at) for area in areas)],
    )
    return {at: cells[at] for at in rest}


def _strays(sheet: str, printed: Printed, cells: Cells) -> Iterator[Unplaced]:
    """Formulas are the template's own helpers, or a person's sums of what stands elsewhere. Raises Refused
    where there is so much that hardly half of it could be the template's."""
    typed = {at: raw.raw for at, raw in cells.items() if not raw.formula}
    if len(typed) > 2 * MAX_UNPLACED:
        first = next((at for at, text in typed.items() if text not in printed), min(typed))
        check_unplaced(len(typed), f"{sheet}!{address(*first)}")
    found = {at: text for at, text in typed.items() if text not in printed}
    for at, text in sorted(found.items()):
        if plain_mark(text):
            yield Unplaced(f"{sheet}!{address(*at)}", text)
