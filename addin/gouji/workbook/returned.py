"""What a 退回单 asked for, kept in it so that the file can be asked later what became of it.

Each item of the sheet has its finding in one hidden cell, as JSON; beside it stands what the clerk wrote on
办理情况. A file of a release that kept nothing there has no items. The hidden cell of the title says over
which files it was laid: a program that drops the stamp keeps the cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from ..precompiled import compiled
from ..records import dataclass
from ..report import Report, Unplaced
from ..rules import Finding
from ..rules.explanations import apply
from ..rules.remarks import Kept, as_unplaced
from .reading.cells import Position, RawCell
from .reading.typed import as_seen
from .wording import marks

#: Columns of the sheet, from 1: what the clerk writes, and the hidden one.
HANDLED, KEPT = 5, 7
_DIGEST = compiled(r"[0-9a-f]{64}")

Outcome = Literal["corrected", "explained", "open"]


@dataclass(frozen=True, slots=True)
class Item:
    """One item: the ids of its finding and of those folded under it, where it is, what was said, the numbers;
    ``handled``: what the clerk wrote beside it."""

    ids: tuple[str, ...]
    place: str
    said: str
    numbers: tuple[str, ...] = ()
    handled: str = ""


def item_of(finding: Finding, place: str) -> Item:
    ids = (finding.id, *(one.id for one in finding.folded))
    return Item(tuple(dict.fromkeys(ids)), place, finding.message, finding.numbers())


def kept(item: Item) -> str:
    """The hidden cell of an item."""
    data = {"ids": item.ids, "place": item.place, "said": item.said, "numbers": item.numbers}
    return json.dumps(data, ensure_ascii=False)


def kept_place(place: str) -> str:
    """The hidden cell beside what is no item and has room for an answer all the same."""
    return json.dumps({"place": place}, ensure_ascii=False)


def kept_over(digests: Iterable[str]) -> str:
    """The hidden cell of the title. ``digests``: sha256 of the files that the unit had sent."""
    return json.dumps({"over": sorted(digests)})


def read_over(cells: Mapping[Position, RawCell]) -> tuple[str, ...]:
    """What :func:`kept_over` wrote; () where the cell is not there or somebody changed it."""
    cell = cells.get((1, KEPT))
    found = _data(cell.raw).get("over") if cell else None
    if not isinstance(found, list) or not all(isinstance(x, str) and _DIGEST.fullmatch(x) for x in found):
        return ()
    return tuple(found)


def read_replies(
    cells: Mapping[Position, RawCell], sheet: str, from_1904: bool = False
) -> Iterator[Unplaced]:
    """What was written on 办理情况, in order, each at the cell that its item is about; ``sheet``: the name of
    the 退回单, for items about no cell."""
    for (row, column), cell in sorted(cells.items()):
        place = _data(cell.raw).get("place") if column == KEPT else None
        beside = cells.get((row, HANDLED))
        if isinstance(place, str) and beside and (text := as_seen(beside, from_1904).strip()):
            about, _, at = place.rpartition("!")
            yield as_unplaced(Kept("reply", about or sheet, at, text))


def head() -> str:
    """The hidden cell of the head, by which the sheet is known as one with items."""
    return str(marks("slip")["items"])


def is_ours(cells: Mapping[Position, RawCell]) -> bool:
    """Whether a sheet 退回单 keeps its items."""
    mark = marks("slip")["items"]
    return any(column == KEPT and mark.names(cell.raw) for (_, column), cell in cells.items())


def read_items(cells: Mapping[Position, RawCell], from_1904: bool = False) -> list[Item]:
    """The items of a sheet in order; a hidden cell that somebody changed is none. ``from_1904``: how the
    workbook counts its days."""
    found = []
    for (row, column), cell in sorted(cells.items()):
        if column == KEPT and (item := _item(cell.raw)):
            beside = cells.get((row, HANDLED))
            handled = as_seen(beside, from_1904).strip() if beside else ""
            found.append(Item(item.ids, item.place, item.said, item.numbers, handled))
    return found


def _item(raw: str) -> Item | None:
    data = _data(raw)
    try:
        ids, place, said, numbers = (data[key] for key in ("ids", "place", "said", "numbers"))
    except KeyError:
        return None
    texts = [*ids, *numbers] if isinstance(ids, list) and isinstance(numbers, list) else [None]
    if not all(isinstance(one, str) for one in (place, said, *texts)) or not ids:
        return None
    return Item(tuple(ids), place, said, tuple(numbers))


def _data(raw: str) -> dict[str, Any]:
    """The JSON of a hidden cell, nothing where it is none of ours."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def asks(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """What a clerk must act on: errors, and warnings without a valid explanation."""
    for explained in apply(report, findings):
        level = explained.finding.level
        if level == "error" or (level == "warning" and not explained.settled):
            yield explained.finding


def outcomes(
    items: Sequence[Item], report: Report, findings: Sequence[Finding]
) -> list[tuple[Item, Outcome]]:
    """What became of each item: gone only where nothing that it was about is still found, under whatever
    cause."""
    still = _ids(asks(report, findings))
    known = _ids(findings)
    return [(item, _outcome({*item.ids}, still, known)) for item in items]


def _outcome(ids: set[str], still: set[str], known: set[str]) -> Outcome:
    if ids & still:
        return "open"
    return "explained" if ids & known else "corrected"


def _ids(findings: Iterable[Finding]) -> set[str]:
    return {one.id for finding in findings for one in (finding, *finding.folded)}
