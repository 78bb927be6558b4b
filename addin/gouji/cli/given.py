"""What ``consolidate`` is not told and the folder says by itself: looked up, printed, or asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import shown_path
from . import Failure, words
from .telling import tell

if TYPE_CHECKING:
    from ..city.intake.folder import Found
    from ..report import Report

#: How many of several files are named.
_NAMED = 3


def roster_of(folder: Path) -> Path:
    """The roster in or beside the folder, named on the terminal. Raises Failure where it is not unique."""
    from ..city.intake.given import NotGiven, find_roster, short_path

    try:
        found = find_roster(folder)
    except NotGiven as error:
        raise Failure(f"{error}{words('given')['which_roster']}") from error
    tell(words("given")["roster"], file=short_path(found))
    return found


def name_of(city: Path | None, prior: Path | None) -> str:
    """The city's name by ``--city`` or ``--prior``, named on the terminal. Raises Failure, Refused."""
    from ..city.intake.given import NotGiven, city_name
    from ..city.sum.last_year import read_last_year
    from ..examine import read_report

    own: Report | None = read_report(city).report if city else None
    last: Report | None = read_last_year(prior).city if prior else None
    try:
        name = city_name(own, last)
    except NotGiven as error:
        raise Failure(str(error)) from error
    tell(words("given")["name"], name=name)
    return name


def say_leftovers(found: Found) -> None:
    """What programs leave beside files is no submission: said once for all. What a season keeps is ours."""
    from ..city.intake.passed_over import is_of_season

    if left := [path for path in found.leftovers if not is_of_season(path)]:
        names = "、".join(shown_path(path.relative_to(found.folder)) for path in left[:_NAMED])
        tell(words("consolidate")["leftovers"], count=len(left), files=names, err=True)


def say_unread(file: Path | None, last: Report | None, over: Sequence[tuple[str, str]] = ()) -> None:
    """What is missing of last year's published report: the rules keep silent on it, so that is said here.
    ``over``: files of a folder that could not be used, and why."""
    for name, why in over:
        tell(words("given")["prior_over"], file=name, reason=why.rstrip("。"), err=True)
    count = sum(map(last.is_blank, last.unread)) if last else 0
    if count:
        tell(words("given")["prior_unread"], file=file, count=count, err=True)
