"""``consolidate`` and ``demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import atomic_write, refuse_existing, shown_path
from ..form import load_form
from ..report import dumps, to_json
from ..wording import wording_of
from . import Failure, options, words
from .forms import catalogue_with, file_part, save
from .given import name_of, output_beside, roster_of, year_of
from .progress import steps

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.intake.roster import Roster
    from ..city.intake.sorting import UnitRow
    from ..city.sum.last_year import LastYear
    from ..rules import Catalogue


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
    from ..city.intake.roster import read_roster

    roster = roster or roster_of(folder)
    name = name or name_of(city, prior)
    output = output or output_beside(folder)
    targets = _targets(output, name, year, force) if year else {}
    result = run_consolidation(
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
        without=[p for p in (roster, output, city, prior, adjust, rules, *targets.values()) if p],
    )
    targets = targets or _targets(output, name, result.report.year, force)
    _print_summary(result)
    _write(result, targets, force)
    raise click.exceptions.Exit(_exit_code(result))


def _exit_code(result: Consolidation) -> int:
    """1 where anything is wrong: with the sum, with a unit's file, or a file that belongs to nobody."""
    errors = any(problem.finding.level == "error" for problem in result.problems())
    return 1 if errors or result.strangers else 0


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
) -> Consolidation:
    """Read the folder, check every file and sum what may be summed; without ``year`` that of the reports."""
    from ..city.consolidate import consolidate as add_up
    from ..city.intake.folder import find_files, read_submissions
    from ..city.sum.adjust import read_adjustments
    from ..examine import read_report
    from ..rules import Context

    catalogue = catalogue_with(rules)
    own = read_report(city).report if city else None
    last_year = _last_year(prior, year, catalogue)
    adjustments = read_adjustments(adjust) if adjust else ()
    found = find_files(folder, without=without or [])
    label = words("consolidate")["reading"]
    submissions = read_submissions(
        found, Context(catalogue=catalogue), roster, lambda books: steps(books, label), last_year=last_year
    )
    for path in found.foreign:
        file = shown_path(path.relative_to(folder))
        click.echo(words("consolidate")["foreign"].format(file=file), err=True)
    if year is None:
        year = year_of(submissions)
        _check_prior_year(last_year, prior, year)
    return add_up(
        submissions,
        roster,
        name=name,
        year=year,
        form=load_form(edition) if edition else None,
        texts=own.texts if own else None,
        include_invalid=include_invalid,
        adjustments=adjustments,
        last_year=last_year,
        rules=catalogue,
    )


def _last_year(prior: Path | None, year: int | None, rules: Catalogue) -> LastYear | None:
    """The city's file of last year. Raises Failure where it is not of the year before, Refused where
    unreadable."""
    from ..city.sum.last_year import read_last_year

    if prior is None:
        return None
    last = read_last_year(prior, rules)
    if year:
        _check_prior_year(last, prior, year)
    return last


def _check_prior_year(last: LastYear | None, prior: Path | None, year: int) -> None:
    if last and last.year != year - 1:
        said = words("consolidate")["prior_year"]
        raise Failure(said.format(file=prior, year=last.year, expected=year - 1))


def _targets(output: Path, name: str, year: int, force: bool) -> dict[str, Path]:
    """The files to write; refuses before any work where one is there already."""
    if output.is_file():
        raise Failure(words("template")["exists_folder"].format(path=output))
    names = wording_of("gouji.city", "files")
    part = file_part(name)
    targets = {key: output / text.format(name=part, year=year) for key, text in names.items()}
    for target in targets.values():
        refuse_existing(target, force=force)
    return targets


def _write(result: Consolidation, targets: dict[str, Path], force: bool) -> None:
    from ..city.sheets.workbook import DETAIL_LIMIT, city_workbook, detail_workbook, reminder_workbook
    from ..document.word import document_bytes

    apart = len(result.taken) > DETAIL_LIMIT
    save(targets["workbook"], city_workbook(result, detail=not apart), force=force)
    if apart:
        save(targets["detail"], detail_workbook(result), force=force)
    hints = []
    if result.left_out:
        units = "、".join(f"{row.unit.name}（{_reason(row)}）" for row in result.left_out)
        hints.append(wording_of("gouji.city", "document")["left_out"].format(units=units))
        save(targets["reminder"], reminder_workbook(result), force=force)
    # What an earlier run wrote and this one does not would go on naming units that have sent by now.
    for key, written in (("detail", apart), ("reminder", bool(result.left_out))):
        if not written:
            targets[key].unlink(missing_ok=True)
    save(targets["report"], document_bytes(result.report, hints=hints), force=force)


def _reason(row: UnitRow) -> str:
    """Why a unit is not in the sum, each thing said once."""
    from ..city.intake.sorting import status_label

    remarks = [*row.remarks, *(r for filed in row.files for r in filed.remarks)]
    return "；".join(dict.fromkeys([status_label(row.status), *remarks]))


def _print_summary(result: Consolidation) -> None:
    from ..city.intake.sorting import status_label

    w = words("consolidate")
    click.echo(
        w["done"].format(taken=len(result.taken), expected=len(result.units), left_out=len(result.left_out))
    )
    for row in result.left_out:
        click.echo(w["left_out"].format(unit=row.unit.name, reason=_reason(row)))
    for filed in result.strangers:
        reason = "；".join([status_label(filed.status), *filed.remarks])
        click.echo(w["left_out"].format(unit=filed.submission.file, reason=reason))
    errors = sum(p.finding.level == "error" for p in result.problems())
    if errors:
        click.echo(w["problems"].format(errors=errors))


def demo(folder: Path | None, force: bool) -> None:
    """Build every unit's workbook, consolidate them, compare with what was published."""
    from ..city.demo import demo_reports, demo_roster, demo_texts, published
    from ..city.sheets.workbook import roster_workbook
    from ..rules import catalogue
    from ..workbook.seal import make_seal
    from ..workbook.writer import write_workbook

    w = words("demo")
    folder = folder or Path(w["folder"])
    total, roster = published(), demo_roster()
    targets = _targets(folder / w["result"], total.unit, total.year, force)
    units = folder / w["units"]
    click.echo(w["note"])
    for report in steps(demo_reports(), w["building"]):
        name = words("template")["file_name"].format(unit=report.unit, year=report.year)
        with atomic_write(units / name, force=force) as draft:
            draft.write_bytes(write_workbook(report, seal=make_seal(report, None, catalogue())))
    save(folder / w["roster"], roster_workbook(roster), force=force)
    save(folder / w["city"], dumps(to_json(demo_texts())).encode(), force=force)
    result = run_consolidation(
        units, roster, total.unit, total.year, edition=total.form.edition, city=folder / w["city"]
    )
    _print_summary(result)
    _write(result, targets, force)
    different = [c.id for c in total.form.cells if total.value(c.id) != result.report.value(c.id)]
    key = "differ" if different else "equal"
    click.echo(w[key].format(count=len(different), cells=len(total.form.cells)))
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
