"""``consolidate`` and ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import shown_path
from . import options, words
from .given import name_of, roster_of, say_leftovers, say_unread
from .progress import steps
from .telling import tell

if TYPE_CHECKING:
    from ..api.folders import Given, Written
    from ..city.consolidate import Consolidation
    from ..city.intake.folder import Found


#: Files that are no submissions by their names alone.
_NOT_READ = ("lock", "leftover", "foreign", "given")


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


def exit_code(result: Consolidation) -> int:
    """1 where anything is wrong and open: with the sum or a unit's file; or a file belongs to nobody."""
    from ..city.approving.telling import is_open

    return 1 if is_open(result) else 0


def print_unread(found: Found) -> None:
    """Files of a folder that were passed over, on stderr."""
    from ..city.intake.passed_over import why_unread

    say_leftovers(found)
    for path in found.foreign:
        file = shown_path(path.relative_to(found.folder))
        reason = why_unread(path) or words("consolidate")["foreign_reason"]
        tell(words("consolidate")["foreign"], file=file, reason=reason.rstrip("。"), err=True)


def _print_year(result: Consolidation) -> None:
    reports = sum(bool(filed.submission.report) for filed in result.intake.files)
    tell(words("given")["year"], year=result.report.year, count=reports)


def print_summary(result: Consolidation) -> None:
    from ..city.approving.telling import lacking, sum_counts
    from ..city.asking.acting import unclaimed
    from ..city.intake.reasons import label_of, short_reason
    from ..city.views.said import said_of

    w = words("consolidate")
    tell(w["done"].format(**sum_counts(result)))
    for row in lacking(result):
        tell(w["left_out"], unit=row.unit.name, reason=short_reason(row))
    for row in (row for row in result.units if row.status == "partial"):
        tell(w["partial"], reason=short_reason(row), unit=row.unit.name)
    for filed in unclaimed(result):
        reason = "；".join([label_of(filed), *filed.remarks])
        tell(w["left_out"], unit=filed.submission.file, reason=reason)
    # Files that nobody read are said while reading.
    for filed in (f for f in result.intake.set_aside if f.status not in _NOT_READ):
        tell(w["set_aside"], file=filed.submission.file, reason="；".join(filed.remarks))
    for finding in (f for f in result.findings if f.rule == "text-injected"):
        tell(w["injected"], message=finding.message)
    for line in said_of(result):
        tell(line)


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
