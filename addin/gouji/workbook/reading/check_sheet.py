"""审核说明 as it stands on 校验: beside the live rows and in the list, in today's layout or an earlier
one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...records import dataclass
from ...report import Explanation, Report, Unplaced, text_lines
from ...rules import catalogue
from ..earlier import earlier
from ..keys import as_number, plain_key
from ..layout import Area, Layout, address
from ..weighing import BETWEEN
from ..wording import wording
from .cells import Position, RawCell
from .shapes import shape_of
from .typed import as_seen

Cells = Mapping[Position, RawCell]
#: So many rows inserted at one place are passed over.
_MOST = 5


@dataclass(frozen=True, slots=True)
class CheckPlaces:
    """Where things stand. ``rows``: row of the sheet -> id of its live row, in order; ``beside``: the
    columns of
    text, state and numbers, None where explanations stood in the list alone. ``areas``: all that is no
    stray's, ``diagnosis`` among them."""

    name: str
    rows: Mapping[int, str]
    listed: Area
    diagnosis: Area
    areas: tuple[Area, ...]
    beside: tuple[int, int, int] | None = None


def check_places(layout: Layout, version: str, cells: Cells) -> CheckPlaces:
    """The places of 校验 in a file of one template version; how many live rows it has the file says
    itself."""
    check, then = layout.check, earlier(version, "check")
    if then is not None:
        rows = _ids(cells, then["live_top"], then["id"])
        areas = tuple(Area(check.name, *then[name]) for name in ("explanations", "diagnosis", "summary"))
        live = Area(check.name, then["live_top"], 1, then["live_top"] + len(rows) - 1, then["columns"])
        return CheckPlaces(check.name, rows, areas[0], areas[1], (live, *areas))
    by = _moved(layout, cells)
    rows = _ids(cells, check.live_top + by, check.columns["id"], check.columns["number"])
    top, bottom = min(rows, default=check.live_top), max(rows, default=check.live_top)
    live = Area(check.name, top, 1, bottom, len(check.columns))
    beside = check.columns["explanation"], check.columns["told"], check.columns["numbers"]
    diagnosis = _below_head(check.diagnosis, "diagnosis_heads", cells)
    listed = _below_head(check.explanations, "explanation_heads", cells)
    return CheckPlaces(check.name, rows, listed, diagnosis, (live, diagnosis, listed), beside)


def _moved(layout: Layout, cells: Cells) -> int:
    """How many rows lower the first live row stands than it was written: a person may insert or delete some
    above it."""
    check = layout.check
    columns = check.columns["id"], check.columns["number"]
    if _raw(cells, check.live_top, columns[1]) == "1":
        return 0
    tops = (
        row
        for row, column in sorted(cells)
        if column == columns[1] and _raw(cells, row, column) == "1" and _raw(cells, row, columns[0])
    )
    return next(tops, check.live_top) - check.live_top


def _below_head(area: Area, heads: str, cells: Cells) -> Area:
    """A block beside the live rows, by where its head stands."""
    head = wording("check")[heads][0]
    if _raw(cells, area.top - 1, area.left) == head:
        return area
    rows = [row for row, column in cells if column == area.left and _raw(cells, row, column) == head]
    by = rows[0] + 1 - area.top if len(rows) == 1 else 0
    return replace(area, top=area.top + by, bottom=area.bottom + by)


def _ids(cells: Cells, top: int, id_column: int, number_column: int | None = None) -> dict[int, str]:
    """Each live row has its id, and today its number; in earlier templates the id began with a rule's."""
    found: dict[int, str] = {}
    rules = catalogue().rules
    row, gap = top, 0
    # Rows that a person inserted between them have neither.
    while gap <= (0 if number_column is None else _MOST):
        raw, gap = cells.get((row, id_column)), gap + 1
        if number_column is None:
            is_live = raw is not None and raw.raw.partition(":")[0] in rules
        else:
            is_live = raw is not None and _raw(cells, row, number_column) == str(len(found) + 1)
        if raw and is_live:
            found[row], gap = raw.raw, 0
        row += 1
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """An explanation where it stands: row and first column, and the column of its state."""

    key: str
    explanation: Explanation
    row: int
    column: int
    state: int


def explanations(places: CheckPlaces, cells: Cells, from_1904: bool = False) -> Iterator[Found]:
    """Every row with anything in it; the key is "" where there is none, a finding's id where it names a
    live row. ``from_1904``: how the workbook counts its days."""
    by_number = dict(enumerate(places.rows.values(), 1))
    beside = places.beside or (0, 0, 0)
    shape = shape_of(cells)
    rows = shape.once(("beside", beside), None, lambda: {row for row, column in cells if column in beside})
    for row, key in places.rows.items():
        if row not in rows:
            continue
        text, state, numbers = (_raw(cells, row, column, from_1904) for column in beside)
        if text or state or numbers:
            yield Found(key, _explanation(text, state, numbers), row, beside[0], beside[1])
    area = places.listed
    columns = range(area.left, area.left + 4)
    within = range(area.top, area.bottom + 1)
    listed = shape.once(
        ("listed", area),
        None,
        lambda: sorted({row for row, column in cells if row in within and column in columns}),
    )
    for row in listed:
        typed, text, state, numbers = (_raw(cells, row, column, from_1904) for column in columns)
        if typed or text or state or numbers:
            key = by_number.get(as_number(plain_key(typed)), typed)
            yield Found(key, _explanation(text, state, numbers), row, area.left, area.left + 2)


def _raw(cells: Cells, row: int, column: int, from_1904: bool = False) -> str:
    cell = cells.get((row, column))
    return "" if cell is None else as_seen(cell, from_1904).strip()


def _explanation(text: str, state: str, numbers: str) -> Explanation:
    return Explanation(text_lines(text), state, tuple(n for n in numbers.split(BETWEEN) if n))


def read_explanations(report: Report, places: CheckPlaces, cells: Cells, from_1904: bool = False) -> None:
    """Into the report; what has no key, or the key of one before it, is kept as it stands."""
    for found in explanations(places, cells, from_1904):
        given = found.explanation
        if found.key and found.key not in report.explanations:
            report.explanations[found.key] = given
            continue
        at = (found.row, found.column if found.key else found.column + 1)
        parts = (found.key, given.text, given.state, BETWEEN.join(given.numbers))
        said = " ".join(part for part in parts if part)
        report.unplaced.append(Unplaced(f"{places.name}!{address(*at)}", said))
