"""``season``: the folder of a season, laid out, filled up, its 汇总台 made anew; and one run of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..files import atomic_write, file_part, refuse_as_folder
from ..form import edition_for_year
from . import Failure, options, words
from .forms import blanks, template_files
from .given import say_unread
from .progress import steps
from .summary import print_summary, print_unread
from .telling import tell

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.desk import Desk, Merger, Settings
    from ..city.intake.roster import Roster, RosterUnit
    from ..city.season.folder import Season
    from ..report import Report


def season(
    name: str,
    year: int | None,
    roster: Path | None,
    prior: Path | None,
    edition: str | None,
    code: str | None,
    rules: Path | None,
    buttons: bool,
    renew: bool,
    output: Path | None,
) -> None:
    from ..city.season.folder import season_of

    folder = output or (Path(name) if season_of(Path(name)).desks else Path(f"{file_part(name)}{year or ''}"))
    there = season_of(folder)
    if there.desks:
        named = "" if Path(name).resolve() == folder.resolve() else name
        _grow(there, named, year, roster, renew=renew, told=(prior, edition, code, rules))
        return
    if renew:
        raise Failure(words("season")["nothing_to_renew"].format(folder=folder))
    if year is None or roster is None:
        missing = "--year" if year is None else "--roster"
        raise Failure(words("season")["needed"].format(option=missing, name=name))
    _lay_out(folder, name, year, roster, prior, edition, code, rules, buttons)


# ---------------------------------------------------------------- a new season


def _lay_out(
    folder: Path,
    name: str,
    year: int,
    roster: Path,
    prior: Path | None,
    edition: str | None,
    code: str | None,
    rules: Path | None,
    buttons: bool,
) -> None:
    from ..city.desk import Desk, Settings
    from ..city.intake.roster_lines import read_roster
    from ..city.season.folder import Season

    refuse_as_folder(folder)
    units = read_roster(roster)
    last_years = _last_years(prior, year, units)
    form = edition or edition_for_year(year)
    beside = (_from(folder, prior), _from(folder, rules))
    given = Settings(name, year, code or "", edition or "", prior=beside[0], rules=beside[1])
    desk = Desk(_as_before(given, prior), units)
    blank = blanks(form, year, rules)
    place = Season(folder, ())
    path = place.next_desk().with_suffix(".xlsm" if buttons else ".xlsx")
    with atomic_write(path) as draft:
        draft.write_bytes(_desk(desk, folder.resolve().name, buttons=buttons))
    for part in (place.sent, place.results):
        part.mkdir(exist_ok=True)
    made = _templates(place, units.units, year, blank, last_years)
    w = words("season")
    told: dict[str, Any] = {"count": made, "units": len(units.units)}
    told |= {"desk": path, "templates": place.templates, "sent": place.sent, "folder": folder}
    for line in (w["desk"], w["templates"], w["sent"], w["next"]):
        tell(line, **told)


def _as_before(given: Settings, prior: Path | None) -> Settings:
    """``given`` with who makes the report, how to reach them and where it stands, as last year's season has
    them."""
    from dataclasses import replace

    from ..city.intake.names import plain_name
    from ..city.season.cells import DeskError
    from ..city.season.folder import last_desk
    from ..city.season.reading import read_settings

    desk = last_desk(prior) if prior else None
    if desk is None:
        return given
    try:
        last = read_settings(desk)
    except DeskError as error:
        tell(words("season")["not_carried"], reason=str(error).rstrip("。"), err=True)
        return given
    if plain_name(last.name) != plain_name(given.name):
        return given
    return replace(given, office=last.office, contact=last.contact, site=last.site)


def _desk(desk: Desk, folder: str, *, buttons: bool) -> bytes:
    """汇总台 as .xlsx, or with buttons as .xlsm."""
    from ..city.season.book import desk_workbook

    content = desk_workbook(desk, folder=folder, macros=buttons)
    if buttons:
        from ..workshop.build import desk_with_macros

        return desk_with_macros(content)
    return content


def _from(folder: Path, path: Path | None) -> str:
    """A file as 设置 names it: seen from the season's folder, on any system."""
    from ..rules.settings import presets

    if path is None or str(path) in presets():
        return str(path or "")
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return path.resolve().as_posix()


def _last_years(
    prior: Path | None, year: int, roster: Roster, mergers: Sequence[Merger] = ()
) -> Callable[[RosterUnit], Report | None] | None:
    """Unit -> its report of last year, or that of those who became it by 撤并, where the file or folder has
    one; None where there is neither."""
    if prior is None:
        return None
    from ..city.parting.merging import following, succession
    from ..city.sum.last_year import read_last_year

    last, w = read_last_year(prior, year=year - 1), words("template")
    say_unread(prior, last.city, last.passed_over)
    if last.year and last.year != year - 1:
        raise Failure(w["prior_year"].format(file=prior, year=last.year, expected=year - 1))
    if not last.units:
        tell(words("season")["no_detail"], file=prior)
        return None
    last = following(last, succession(mergers, roster, last))
    return lambda unit: last.unit(unit.name, unit.code)


def _templates(
    place: Season,
    units: Sequence[RosterUnit],
    year: int,
    blank: Callable[[str, str | None, Report | None], bytes],
    last_years: Callable[[RosterUnit], Report | None] | None,
) -> int:
    """Write the form of every unit that has none, and say for whom last year was looked for in vain; returns
    how many."""
    targets = template_files((unit.name for unit in units), year, place.templates)
    missing = [(u, target) for u, target in zip(units, targets, strict=True) if not target.exists()]
    place.templates.mkdir(exist_ok=True)
    without: list[str] = []
    for unit, target in steps(missing, words("commands")["template"]):
        last_year = last_years(unit) if last_years else None
        without += [unit.name] if last_years and last_year is None else []
        with atomic_write(target) as draft:
            draft.write_bytes(blank(unit.name, unit.code or None, last_year))
    _say_without(without)
    return len(missing)


def _say_without(units: Iterable[str]) -> None:
    names = "、".join(units)
    if names:
        tell(words("season")["without_prior"], units=names)


# ---------------------------------------------------------------- one that is there


def _grow(
    place: Season,
    name: str,
    year: int | None,
    roster: Path | None,
    *,
    renew: bool,
    told: Sequence[object],
) -> None:
    """Whatever is missing is added; a roster that has grown goes into a new 汇总台."""
    from ..city.intake.names import plain_name
    from ..city.intake.roster import Roster
    from ..city.intake.roster_lines import read_roster
    from ..city.season.older import check_older
    from ..city.season.reading import read_desk
    from ..city.season.running import named_file

    w = words("season")
    if any(told):
        raise Failure(w["in_settings"].format(desk=place.desk))
    check_older(place.desks)
    desk = read_desk(place.desk)
    given = desk.settings
    if (name and plain_name(name) != plain_name(given.name)) or (year and year != given.year):
        raise Failure(w["other"].format(folder=place.folder, name=given.name, year=given.year))
    more = _more(desk, read_roster(roster)) if roster else []
    for part in (place.sent, place.results):
        part.mkdir(exist_ok=True)
    if renew:
        _renew(place, more)
    elif more:
        names = "、".join(unit.name for unit in more)
        tell(w["grown"], count=len(more), units=names, desk=place.desk.name, folder=place.folder)
    units = Roster((*desk.roster.units, *more), desk.roster.source)
    last = _last_years(named_file(place, given.prior, "prior"), given.year, units, desk.mergers)
    rules = named_file(place, given.rules, "rules")
    blank = blanks(given.edition or edition_for_year(given.year), given.year, rules)
    made = _templates(place, units.units, given.year, blank, last)
    tell(w["templates"], count=made, units=len(units.units), templates=place.templates)


def _more(desk: Desk, roster: Roster) -> list[RosterUnit]:
    """Units that 名单 of 汇总台 does not have, neither by name nor by code."""
    from ..city.intake.names import plain_code, plain_name

    ours = desk.roster
    gone = [unit.name for unit in ours.units if roster.find(unit.name, unit.code) is None]
    if gone:
        tell(words("season")["gone"], count=len(gone), units="、".join(gone))
    return [
        unit
        for unit in roster.units
        if plain_name(unit.name) not in ours.by_name and plain_code(unit.code) not in ours.by_code
    ]


def _renew(place: Season, more: Sequence[RosterUnit]) -> None:
    from ..city.season.older import digests
    from ..city.season.renewing import macros_left, not_kept, renewed

    w, target = words("season"), place.next_desk()
    buttons = target.suffix.lower() == ".xlsm"
    content = renewed(place.desk, more, digests(place.desks), macros=buttons)
    if buttons:
        from ..workshop.build import desk_with_macros

        content = desk_with_macros(content)
    with atomic_write(target) as draft:
        draft.write_bytes(content)
    tell(w["renewed"], desk=target, old=place.desk.name, count=len(more))
    if not_kept(place.desk):
        tell(w["pictures"], old=place.desk.name)
    left = macros_left(place.desk)
    if left is not None:
        names = w["macro_names"].format(names="、".join(left)) if left else ""
        tell(w["macros"], old=place.desk.name, names=names)


# ---------------------------------------------------------------- one run


def run_folder(
    folder: Path, *, told: bool, now: datetime.datetime | None = None, pdf: bool = False
) -> Consolidation:
    """Run the season in ``folder`` and say what came out of it. ``told``: options were given beside it;
    ``now``: the time of the run, by default that of the clock; ``pdf``: the report as PDF too."""
    from .. import api
    from ..city.season.running import run_season

    if told:
        raise Failure(words("season")["in_settings"].format(desk=folder))
    label = words("consolidate")["reading"]
    now = now or datetime.datetime.now().replace(microsecond=0)
    done = run_season(folder, api.consolidate, time=now, progress=lambda books: steps(books, label), pdf=pdf)
    print_unread(done.found)
    print_summary(done.city)
    for line in (*done.changes, *done.remarks):
        tell(line)
    tell(words("season")["run"], number=done.city.run.number, folder=done.folder)
    return done.city


season_command = options.command(
    "season",
    season,
    click.Argument(["name"], metavar="NAME"),
    options.year("year_season", required=False),
    options.option("--roster", text="roster", type=options.EXISTING_FILE),
    options.option("--prior", text="prior_season", type=options.EXISTING),
    options.edition(),
    options.option("--code", text="code_city"),
    options.rules(),
    options.option("--xlsm", "buttons", text="buttons", is_flag=True),
    options.option("--renew", text="renew", is_flag=True),
    options.option("-o", "--output", text="output_season", type=options.NEW),
)
