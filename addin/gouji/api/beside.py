"""What is known beside a report: the rules, the roster, last year."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GoujiError
from ..report import Report
from ..wording import wording_of

if TYPE_CHECKING:
    from ..city.desk import Desk
    from ..city.intake.known import Known
    from ..city.intake.roster import Roster
    from ..city.sum.last_year import LastYear
    from ..rules import Catalogue

    #: The catalogue to judge by, or the path of a city's settings (TOML) for the one that ships.
    Rules = str | os.PathLike[str] | Catalogue

PathLike = str | os.PathLike[str]
#: A file by its path, or its content.
Source = PathLike | bytes


class OtherYear(GoujiError, ValueError):
    """What was given as last year's report is of another year."""

    def __init__(self, file: object, year: int, expected: int) -> None:
        line = wording_of("gouji", "prior")["other_year"]
        super().__init__(line.format(file=file, year=year, expected=expected))


class OtherCity(GoujiError, ValueError):
    """What was given as last year's result is another city's: none of its units is on the roster."""


def catalogue_with(rules: Rules | None) -> Catalogue:
    """The catalogue that ships, with a city's settings where a path is given.

    Raises CatalogueError, and OSError where the file can not be opened.
    """
    from ..rules import Catalogue, catalogue

    if isinstance(rules, Catalogue):
        return rules
    return catalogue() if rules is None else catalogue().with_settings(Path(rules))


def known_beside(
    *,
    prior: PathLike | Report | None = None,
    roster: PathLike | Roster | None = None,
    rules: Rules | None = None,
) -> Known:
    """What is known before a report is read (``.context``) and once it is known whose it is (``.about``)."""
    from ..city.intake.known import Known
    from ..rules import Context

    context = Context(catalogue=catalogue_with(rules))
    units = None if roster is None else roster_of(roster)
    if prior is None:
        return Known(context, units)
    from ..city.sum.last_year import LastYear, read_last_year

    if isinstance(prior, Report):
        return Known(context, units, LastYear("", prior))
    return Known(context, units, read_last_year(Path(prior), context.catalogue))


def roster_of(roster: PathLike | Roster) -> Roster:
    """The roster, read where a path is given. Raises RosterError."""
    from ..city.intake.roster import Roster
    from ..city.intake.roster_lines import read_roster

    return roster if isinstance(roster, Roster) else read_roster(Path(roster))


def last_year_of(
    prior: PathLike | LastYear | None, rules: Catalogue, year: int | None = None
) -> LastYear | None:
    """A city's last year, read where a path is given; ``year``: this year, if known. Raises Refused."""
    from ..city.sum.last_year import LastYear, read_last_year

    if prior is None or isinstance(prior, LastYear):
        return prior
    return read_last_year(Path(prior), rules, None if year is None else year - 1)


def of_this_city(last_year: LastYear, name: str, roster: Roster, desk: Desk) -> LastYear:
    """Last year's file that answers by the declared 撤并. Raises :class:`OtherCity`."""
    from ..city.parting.merging import following, succession
    from ..city.parting.other_city import is_of_another, why_refused

    if is_of_another(last_year, name, roster):
        raise OtherCity(why_refused(last_year, name))
    return following(last_year, succession(desk.mergers, roster, last_year))


def check_year_before(last_year: LastYear | None, year: int) -> None:
    """Raises :class:`OtherYear` where last year's file is of another year."""
    if last_year and last_year.year != year - 1:
        raise OtherYear(last_year.file, last_year.year, year - 1)


def given(source: Source) -> Path | bytes:
    """A source as the readers take it."""
    return source if isinstance(source, bytes) else Path(source)
