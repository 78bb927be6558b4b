"""``consolidate`` and ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import atomic_write, shown_path
from . import options, words
from .forms import save
from .given import name_of, output_beside, roster_of, say_unread
from .inputs import why_unread
from .progress import steps
from .targets import city_targets

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.intake.folder import Found
    from ..city.intake.roster import Roster


#: How many of several files are named.
_NAMED = 3


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
    output: Path | None,
    force: bool,
) -> None:
    from ..city.asking import slips_folder
    from ..city.intake.roster import read_roster

    roster = roster or roster_of(folder)
    name = name or name_of(city, prior)
    output = output or output_beside(folder)
    given = (roster, city, prior, adjust, rules)
    targets = city_targets(output, name, year, force=force, inputs=given, folder=folder) if year else {}
    result, found = run_consolidation(
        folder,
        read_roster(roster),
        name,
        year,
        edition=edition,
        city=city,
        prior=prior,
        adjust=adjust,
        rules=rules,
        include_invalid=include_invalid,
        without=[path for path in (*given, *targets.values(), output / slips_folder()) if path],
    )
    targets = targets or city_targets(
        output, name, result.report.year, force=force, inputs=given, folder=folder
    )
    say_unread(prior, result.prior)
    _print_summary(result)
    _write(result, found, output, targets, force)
    raise click.exceptions.Exit(_exit_code(result))


def _exit_code(result: Consolidation) -> int:
    """1 where anything is wrong and open: with the sum or a unit's file; or a file belongs to nobody."""
    from ..city.approving.telling import is_open

    return 1 if is_open(result) else 0


def run_consolidation(
    folder: Path,
    roster: Roster,
    name: str,
    year: int | None,
    *,
    edition: str | None = None,
    city: Path | None = None,
    prior: Path | None = None,
    adjust: Path | None = None,
    rules: Path | None = None,
    include_invalid: bool = False,
    without: list[Path] | None = None,
) -> tuple[Consolidation, Found]:
    """Read the folder, check every file and sum what may be summed; without ``year`` that of the reports."""
    from .. import api
    from ..city.intake.folder import find_files

    found = find_files(folder, without=without or [])
    label = words("consolidate")["reading"]
    result = api.consolidate(
        found,
        roster=roster,
        name=name,
        year=year,
        edition=edition,
        city=city,
        prior=prior,
        adjust=adjust,
        rules=rules,
        include_invalid=include_invalid,
        progress=lambda books: steps(books, label),
    )
    if found.leftovers:
        names = "、".join(shown_path(path.relative_to(folder)) for path in found.leftovers[:_NAMED])
        said = words("consolidate")["leftovers"].format(count=len(found.leftovers), files=names)
        click.echo(said, err=True)
    for path in found.foreign:
        file = shown_path(path.relative_to(folder))
        reason = why_unread(path) or words("consolidate")["foreign_reason"]
        click.echo(words("consolidate")["foreign"].format(file=file, reason=reason.rstrip("。")), err=True)
    if year is None:
        _print_year(result)
    return result, found


def _print_year(result: Consolidation) -> None:
    reports = sum(bool(filed.submission.report) for filed in result.intake.files)
    click.echo(words("given")["year"].format(year=result.report.year, count=reports))


def _write(result: Consolidation, found: Found, output: Path, targets: dict[str, Path], force: bool) -> None:
    from ..city.asking import from_folder
    from ..city.results import beside, results

    contents = results(result)
    for key, content in contents.items():
        save(targets[key], content, force=force)
    # What an earlier run wrote and this one does not would go on naming units that have sent by now.
    for key in targets.keys() - contents.keys():
        targets[key].unlink(missing_ok=True)
    for path, content in beside(result, from_folder(found), click.echo).items():
        save(output.joinpath(*path.split("/")), content, force=force)


def _print_summary(result: Consolidation) -> None:
    from ..city.approving.telling import lacking, summary
    from ..city.intake.sorting import status_label
    from ..city.results import why_left_out

    w = words("consolidate")
    click.echo(
        w["done"].format(taken=len(result.taken), expected=len(result.units), left_out=len(result.left_out))
    )
    for row in lacking(result):
        click.echo(w["left_out"].format(unit=row.unit.name, reason=why_left_out(row)))
    for filed in result.strangers:
        reason = "；".join([status_label(filed.status), *filed.remarks])
        click.echo(w["left_out"].format(unit=filed.submission.file, reason=reason))
    for filed in result.intake.set_aside:
        click.echo(w["set_aside"].format(file=filed.submission.file, reason="；".join(filed.remarks)))
    for finding in (f for f in result.findings if f.rule == "text-injected"):
        click.echo(w["injected"].format(message=finding.message))
    for line in summary(result):
        click.echo(line)


def demo(folder: Path | None, force: bool) -> None:
    """Import what was published, build every unit's workbook, consolidate them, compare."""
    from .. import api
    from ..city.demo import demo_reports, demo_roster, published_text
    from ..city.sheets.workbook import roster_workbook
    from ..rules import catalogue
    from ..workbook.seal import make_seal
    from ..workbook.writer import write_workbook

    w = words("demo")
    folder = folder or Path(w["folder"])
    text, roster = folder / w["published"], demo_roster()
    total = api.import_report(published_text(), name=text.name).report
    targets = city_targets(folder / w["result"], total.unit, total.year, force=force)
    units = folder / w["units"]
    click.echo(w["note"])
    save(text, published_text(), force=force)
    save(text.with_suffix(".xlsx"), api.write(total), force=force)
    read = {"cells": len(total.read), "unread": len(total.unread)}
    click.echo(w["imported"].format(file=text, **read))
    for report in steps(demo_reports(), w["building"]):
        name = words("template")["file_name"].format(unit=report.unit, year=report.year)
        with atomic_write(units / name, force=force) as draft:
            draft.write_bytes(write_workbook(report, seal=make_seal(report, None, catalogue())))
    save(folder / w["roster"], roster_workbook(roster), force=force)
    result, found = run_consolidation(
        units, roster, total.unit, total.year, edition=total.form.edition, city=text
    )
    _print_summary(result)
    _write(result, found, folder / w["result"], targets, force)
    different = [c.id for c in total.form.cells if total.value(c.id) != result.report.value(c.id)]
    key = "differ" if different else "equal"
    click.echo(w[key].format(count=len(different), cells=len(total.form.cells), file=text))
    raise click.exceptions.Exit(1 if different or result.state == "error" else 0)


consolidate_command = options.command(
    "consolidate",
    consolidate,
    click.Argument(["folder"], type=options.EXISTING_FOLDER, metavar="FOLDER"),
    options.option("--roster", text="roster_found", type=options.EXISTING_FILE),
    options.option("--name", text="name"),
    options.year("year_found", required=False),
    options.edition(),
    options.option("--city", text="city", type=options.EXISTING_FILE),
    options.option("--prior", text="prior_city", type=options.EXISTING_FILE),
    options.option("--adjust", text="adjust", type=options.EXISTING_FILE),
    options.rules(),
    options.option("--include-invalid", text="include_invalid", is_flag=True),
    options.option("-o", "--output", text="output_beside", type=options.NEW),
    options.force(),
)
demo_command = options.command(
    "demo",
    demo,
    click.Argument(["folder"], type=options.NEW, required=False, metavar="[DIR]"),
    options.force(),
)
