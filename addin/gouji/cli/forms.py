"""``template``, ``fill``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from ..files import atomic_write, distinct, file_part, refuse_as_folder, refuse_existing
from ..form import edition_for_year, load_form
from ..report import Report, ReportError, load
from ..wording import wording_of
from . import Failure, options, words
from .given import say_unread
from .telling import tell


def read_priors(
    path: Path | None, year: int, *, of_each: bool = False
) -> Callable[[str, str | None], Report | None]:
    """From (unit, code) to the report of the year before ``year``: the file's own, or the unit's row in
    the city's file; None where there is none.

    上年数 carries no unit and no year, so a file of another year or unit is refused here, for nobody
    could notice later. Raises Refused and Failure; with ``of_each`` also for a file of one report.
    """
    if path is None:
        return lambda unit, code: None
    from ..city.intake.names import plain_name
    from ..city.sum.last_year import read_last_year

    last_year, w = read_last_year(path, year=year - 1), words("template")
    say_unread(path, last_year.city, last_year.passed_over)
    if of_each and not last_year.units:
        raise Failure(w["no_detail"].format(file=path))
    if last_year.year and last_year.year != year - 1:
        raise Failure(w["prior_year"].format(file=path, year=last_year.year, expected=year - 1))

    def prior_of(unit: str, code: str | None) -> Report | None:
        own = last_year.city.unit
        if not last_year.units and own and plain_name(own) != plain_name(unit):
            raise Failure(w["prior_unit"].format(file=path, unit=own, expected=unit))
        return last_year.of(unit, code)

    return prior_of


def named(path: Path, ending: str = ".xlsx") -> Path:
    """The path with the ending of what is written: added where it has none, refused where it has another."""
    if not path.suffix:
        return path.with_name(path.name + ending)
    if path.suffix.lower() != ending:
        raise Failure(words("app")["ending"].format(path=path, ending=ending))
    return path


def save(path: Path, content: bytes, *, force: bool, quiet: bool = False) -> None:
    """Write a file in one step and say where it is."""
    with atomic_write(path, force=force) as draft:
        draft.write_bytes(content)
    if not quiet:
        tell(words("app")["written"], path=path)


#: From unit, code and last year's report to the bytes of the unit's blank form.
Blank = Callable[[str, str | None, Report | None], bytes]


def blanks(edition: str, year: int, rules: Path | None) -> Blank:
    """What writes the blank form of a unit."""
    from .. import api

    form, catalogue = load_form(edition), api.catalogue_with(rules)

    def blank(name: str, code: str | None, last_year: Report | None) -> bytes:
        report = Report(form, unit=name, year=year, code=code, texts={})
        return api.write(report, prior=last_year, rules=catalogue)

    return blank


def template_files(units: Iterable[str], year: int, folder: Path) -> list[Path]:
    """Where the form of each unit goes, in their order."""
    name = wording_of("gouji", "named")["report"]
    return distinct(folder / name.format(unit=file_part(unit), year=year) for unit in units)


def template(
    edition: str | None,
    year: int,
    unit: str | None,
    code: str | None,
    prior: Path | None,
    roster: Path | None,
    rules: Path | None,
    output: Path,
    force: bool,
) -> None:
    if bool(roster) == bool(unit):
        raise Failure(words("template")["roster_or_unit"])
    blank = blanks(edition or edition_for_year(year), year, rules)
    if roster:
        _templates(blank, year, roster, prior, output, force, rules)
    elif unit:
        output = named(output)
        refuse_existing(output, force=force, inputs=[prior, rules])
        save(output, blank(unit, code, read_priors(prior, year)(unit, code)), force=force)


def _templates(
    blank: Blank,
    year: int,
    roster: Path,
    prior: Path | None,
    folder: Path,
    force: bool,
    rules: Path | None,
) -> None:
    from ..city.intake.roster_lines import read_roster
    from .progress import steps

    w = words("template")
    refuse_as_folder(folder)
    given, prior_of = read_roster(roster), read_priors(prior, year, of_each=True)
    units = given.units
    for line in given.skipped:
        tell(w["skipped"], line=line, err=True)
    targets = template_files((unit.name for unit in units), year, folder)
    for target in targets:
        refuse_existing(target, force=force, inputs=[roster, prior, rules])
    for unit, target in steps(list(zip(units, targets, strict=True)), words("commands")["template"]):
        with atomic_write(target, force=force) as draft:
            last_year = prior_of(unit.name, unit.code)
            draft.write_bytes(blank(unit.name, unit.code or None, last_year))
    tell(w["folder_written"], count=len(units), folder=folder)


def fill(report: Path, prior: Path | None, rules: Path | None, output: Path, force: bool) -> None:
    from .. import api
    from ..workbook.writer import CannotWrite

    output = named(output)
    refuse_existing(output, force=force, inputs=[report, prior, rules])
    try:
        given = load(report)
        last_year = read_priors(prior, given.year)(given.unit, given.code)
        content = api.write(given, prior=last_year, rules=rules)
    except ReportError as error:
        raise Failure(words("fill")["not_json"].format(file=report.name, reason=error)) from error
    except CannotWrite as error:
        raise Failure(words("fill")["cannot"].format(file=report.name, reason=error)) from error
    save(output, content, force=force)


template_command = options.command(
    "template",
    template,
    options.edition(),
    options.year(),
    options.option("--unit", text="unit"),
    options.option("--code", text="code"),
    options.prior(),
    options.option("--roster", text="roster", type=options.EXISTING_FILE),
    options.rules(),
    options.option("-o", "--output", text="output", type=options.NEW, required=True),
    options.force(),
)
fill_command = options.command(
    "fill",
    fill,
    click.Argument(["report"], type=options.EXISTING_FILE, metavar="REPORT.json"),
    options.prior(),
    options.rules(),
    options.option("-o", "--output", text="output_file", type=options.NEW, required=True),
    options.force(),
)
