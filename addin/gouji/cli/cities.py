"""``consolidate``: a folder that is no season, or one run of a season."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options, words
from .given import name_of, roster_of, say_unread
from .progress import steps
from .summary import exit_code, print_summary, print_unread
from .telling import tell

if TYPE_CHECKING:
    from ..api.folders import Given, Written
    from ..city.consolidate import Consolidation


def consolidate(
    folder: Path,
    roster: Path | None,
    name: str | None,
    year: int | None,
    edition: str | None,
    city: Path | None,
    prior: Path | None,
    adjust: Path | None,
    rules: Path | None,
    include_invalid: bool,
    pdf: bool,
    output: Path | None,
    force: bool,
) -> None:
    from ..api.folders import Given
    from ..city.season.folder import season_of
    from ..city.season.replacing import output_beside

    if season_of(folder).desks:
        from .season import run_folder

        told = (roster, name, year, edition, city, prior, adjust, rules, include_invalid, output)
        raise click.exceptions.Exit(exit_code(run_folder(folder, told=any(told), pdf=pdf)))
    given = Given(
        roster or roster_of(folder),
        name or name_of(city, prior),
        year,
        edition,
        city,
        prior,
        adjust,
        rules,
        include_invalid,
    )
    result = _without_season(folder, output or output_beside(folder), given, force=force, pdf=pdf)
    raise click.exceptions.Exit(exit_code(result))


def _without_season(folder: Path, output: Path, given: Given, *, force: bool, pdf: bool) -> Consolidation:
    from ..api.folders import sum_folder, write_folder

    label = words("consolidate")["reading"]
    summed = sum_folder(folder, output, given, force=force, progress=lambda books: steps(books, label))
    print_unread(summed.found)
    for line in summed.lost:
        tell(line, err=True)
    if given.year is None:
        _print_year(summed.city)
    written = write_folder(summed, pdf=pdf)
    say_unread(given.prior, summed.city.prior)
    print_summary(summed.city)
    _print_written(written, output)
    return summed.city


def _print_written(written: Written, output: Path) -> None:
    from ..city.asking.outputs import slips_folder

    w = words("app")
    for path in written.files:
        tell(w["written"].format(path=path))
    if written.slips:
        tell(w["slips"].format(path=output / slips_folder(), count=written.slips))
    for line in (*written.failed, *written.kept):
        tell(line)


def _print_year(result: Consolidation) -> None:
    reports = sum(bool(filed.submission.report) for filed in result.intake.files)
    tell(words("given")["year"], year=result.report.year, count=reports)


consolidate_command = options.command(
    "consolidate",
    consolidate,
    click.Argument(["folder"], type=options.EXISTING_FOLDER, metavar="FOLDER"),
    options.option("--roster", text="roster_found", type=options.EXISTING_FILE),
    options.option("--name", text="name"),
    options.year("year_found", required=False),
    options.edition(),
    options.option("--city", text="city", type=options.EXISTING_FILE),
    options.option("--prior", text="prior_city", type=options.EXISTING),
    options.option("--adjust", text="adjust", type=options.EXISTING_FILE),
    options.rules(),
    options.option("--include-invalid", text="include_invalid", is_flag=True),
    options.option("--pdf", text="pdf", is_flag=True),
    options.option("-o", "--output", text="output_beside", type=options.NEW),
    options.force(),
)
