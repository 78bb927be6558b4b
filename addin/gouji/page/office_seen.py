"""What a file on the office's desk may serve for, beside being what a unit sent: known by what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from ..city.intake.given import is_roster
from ..city.intake.listing import Listing, ListingError
from ..city.season.folder import desk_number
from ..errors import Refused
from ..records import dataclass
from ..report import CONSOLIDATED
from ..workbook.kind import whose
from ..workbook.reading.reader import template_data
from ..workbook.reading.sheets import open_book

#: 汇总台; the roster; last year's result; the city's own report; adjustments; local rules.
Role = Literal["desk", "roster", "prior", "city", "adjust", "rules"]
ROLES: tuple[Role, ...] = get_args(Role)

_BOOKS, _LISTS, _SETTINGS = (".xlsx", ".xlsm"), (".xlsx", ".xlsm", ".csv"), ".toml"
_ADJUSTMENTS = "adjustments"


@dataclass(frozen=True, slots=True)
class Seen:
    """``role``: what a file serves for, "" for none; a city's result is ``prior``, whichever year it is of.
    ``unit``, ``year``: whose result it is, "" and 0 for what is none."""

    role: Role | Literal[""] = ""
    unit: str = ""
    year: int = 0


def seen(path: Path) -> Seen:
    """Never raises for what a file holds."""
    suffix = path.suffix.lower()
    if desk_number(path):
        return Seen("desk")
    if suffix == _SETTINGS:
        return Seen("rules")
    if suffix in _BOOKS and (result := _result(path)):
        return result
    if suffix not in _LISTS:
        return Seen()
    if _is_adjustments(path):
        return Seen("adjust")
    return Seen("roster") if is_roster(path) else Seen()


def _result(path: Path) -> Seen | None:
    """A result of a city, or what is certainly no list; None where that is not known."""
    try:
        data = template_data(open_book(path))
    except Refused:
        return None
    kind = data.get("kind")
    if kind and kind[0][0] == CONSOLIDATED:
        return Seen("prior", *whose(data))
    return None if kind else Seen()


def _is_adjustments(path: Path) -> bool:
    """Whether most heads of a list are those of 调整."""
    listing = Listing(path, _ADJUSTMENTS)
    try:
        heads = listing.sheet().heads.values()
    except ListingError:
        return False
    known = {key for head in heads if (key := listing.column_of(head))}
    return len(known) > 1 and 2 * len(known) >= len(heads) and "row" in known
