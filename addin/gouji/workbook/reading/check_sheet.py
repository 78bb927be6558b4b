"""审核说明 as it stands on 校验: beside the live rows and in the list, in today's layout or an earlier
one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...records import dataclass
from ...report import Explanation, Report, Unplaced, text_lines
from ...rules import catalogue
from ..earlier import earlier
from ..keys import as_number, plain_key
from ..layout import Area, Layout, address
from ..weighing import BETWEEN
from .cells import Position, RawCell

Cells = Mapping[Position, RawCell]


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
    rows = _ids(cells, check.live_top, check.columns["id"], check.columns["number"])
    live = Area(check.name, check.live_top, 1, check.live_top + len(rows) - 1, len(check.columns))
    beside = check.columns["explanation"], check.columns["told"], check.columns["numbers"]
    areas = (live, check.diagnosis, check.explanations)
    return CheckPlaces(check.name, rows, check.explanations, check.diagnosis, areas, beside)


def _ids(cells: Cells, top: int, id_column: int, number_column: int | None = None) -> dict[int, str]:
    """Each live row has its id, and today its number; in earlier templates the id began with a rule's."""
    found: dict[int, str] = {}
    rules = catalogue().rules
    row = top
    while raw := cells.get((row, id_column)):
        if number_column is None and raw.raw.partition(":")[0] not in rules:
            break
        if number_column is not None and _raw(cells, row, number_column) != str(len(found) + 1):
            break
        found[row] = raw.raw
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


def explanations(places: CheckPlaces, cells: Cells) -> Iterator[Found]:
    """Every row with anything in it; the key is "" where there is none, a finding's id where it names a
    live row."""
    by_number = dict(enumerate(places.rows.values(), 1))
    for row, key in places.rows.items() if places.beside else ():
        if not any((row, column) in cells for column in places.beside or ()):
            continue
        text, state, numbers = (_raw(cells, row, column) for column in places.beside or ())
        if text or state or numbers:
            column, told, _ = places.beside or (0, 0, 0)
            yield Found(key, _explanation(text, state, numbers), row, column, told)
    area = places.listed
    for row in range(area.top, area.bottom + 1):
        typed, text, state, numbers = (_raw(cells, row, c) for c in range(area.left, area.left + 4))
        if typed or text or state or numbers:
            key = by_number.get(as_number(plain_key(typed)), typed)
            yield Found(key, _explanation(text, state, numbers), row, area.left, area.left + 2)


def _raw(cells: Cells, row: int, column: int) -> str:
    cell = cells.get((row, column))
    return "" if cell is None else cell.raw.strip()


def _explanation(text: str, state: str, numbers: str) -> Explanation:
    return Explanation(text_lines(text), state, tuple(n for n in numbers.split(BETWEEN) if n))


def read_explanations(report: Report, places: CheckPlaces, cells: Cells) -> None:
    """Into the report; what has no key, or the key of one before it, is kept as it stands."""
    for found in explanations(places, cells):
        given = found.explanation
        if found.key and found.key not in report.explanations:
            report.explanations[found.key] = given
            continue
        at = (found.row, found.column if found.key else found.column + 1)
        parts = (found.key, given.text, given.state, BETWEEN.join(given.numbers))
        said = " ".join(part for part in parts if part)
        report.unplaced.append(Unplaced(f"{places.name}!{address(*at)}", said))
