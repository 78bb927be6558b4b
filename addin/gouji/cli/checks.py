"""``validate``, ``seal``, ``rules``: what is wrong, where, and what it should be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import distinct, refuse_existing
from ..report import dumps
from . import Failure, options, words
from .forms import catalogue_with, save

if TYPE_CHECKING:
    from ..examine import Examined
    from ..report import Report
    from ..rules import Context
    from .inputs import Inputs

    About = Callable[[Report], Context]


def context_with(prior: Path | None, settings: Path | None) -> tuple[Context, About]:
    """What is known beside a report, before and once it is known whose it is.

    ``prior`` may be the city's file with a row for each unit. Raises Refused where it can not be read.
    """
    from ..rules import Context

    context = Context(catalogue=catalogue_with(settings))
    if prior is None:
        return context, lambda report: context
    from ..city.sum.last_year import read_last_year

    last_year = read_last_year(prior, context.catalogue)
    return context, lambda report: last_year.context(context, report.unit, report.code)


def exit_code(examined: list[Examined]) -> int:
    """2 if any input was unreadable, else 1 if there is an error, else 0."""
    states = {e.state for e in examined}
    return 2 if "unreadable" in states else 1 if "error" in states else 0


def validate(
    given: tuple[Path, ...],
    as_json: bool,
    prior: Path | None,
    rules: Path | None,
    slip: Path | None,
    force: bool,
) -> None:
    from ..examine import examine
    from ..workbook.shown.findings import file_json
    from .inputs import inputs_of
    from .progress import steps
    from .show import print_examined, print_overview

    context, about = context_with(prior, rules)
    inputs = inputs_of(given)
    targets = _slip_targets(inputs, slip, force)
    examined = [examine(file, context, about) for file in steps(inputs.files, words("commands")["validate"])]
    if as_json:
        entries = [file_json(str(e.file), e.report, e.state, e.findings) for e in examined]
        click.echo(dumps(entries), nl=False)
    else:
        for one in examined:
            print_examined(one)
        if inputs.several:
            print_overview(examined)
    for one, target in zip(examined, targets, strict=False):
        _write_slip(one, target, about, force=force, quiet=as_json)
    raise click.exceptions.Exit(exit_code(examined))


def _slip_targets(inputs: Inputs, slip: Path | None, force: bool) -> list[Path]:
    """Where each file's 退回单 goes: the named file, or for several files a folder of that name."""
    if slip is None:
        return []
    name = words("validate")["slip_name"]
    several = distinct(slip / name.format(file=f.stem) for f in inputs.files)
    targets = several if inputs.several else [slip]
    for target in targets:
        refuse_existing(target, force=force, inputs=inputs.files)
    return targets


def _write_slip(examined: Examined, target: Path, about: About, *, force: bool, quiet: bool) -> None:
    from ..workbook.shown.slip import slip_workbook

    if examined.reading is None:
        return
    reading = examined.reading
    context = about(reading.report)
    prior = context.prior or reading.prior
    content = slip_workbook(reading.report, prior, examined.findings, context.catalogue)
    save(target, content, force=force, quiet=quiet)


def seal(file: Path, prior: Path | None, rules: Path | None, output: Path, force: bool) -> None:
    """Write a sealed copy, or say what stands in the way (exit code 1)."""
    from ..examine import examine
    from ..rules.explanations import recorded, unexplained
    from ..workbook.seal import make_seal
    from ..workbook.writer import write_workbook
    from .show import print_examined, print_finding

    refuse_existing(output, force=force, inputs=[file, prior, rules])
    w = words("seal")
    context, about = context_with(prior, rules)
    examined = examine(file, context, about)
    if examined.reading is None or examined.state == "error":
        print_examined(examined)
        click.echo(w["errors"])
        raise click.exceptions.Exit(exit_code([examined]))
    reading = examined.reading
    report = reading.report
    findings = [f for f in examined.findings if f.rule != "seal-broken"]
    if open_ := unexplained(report, findings):
        click.echo(w["unexplained"].format(count=len(open_)))
        for finding in open_:
            print_finding(report, finding)
        raise click.exceptions.Exit(1)
    report.explanations = recorded(report, findings)
    stamp = make_seal(report, reading.prior, context.catalogue)
    content = write_workbook(report, prior=reading.prior, rules=context.catalogue, seal=stamp)
    save(output, content, force=force)
    click.echo(w["sealed"].format(time=stamp.time))


def rules(rule_id: str | None, settings: Path | None) -> None:
    """All rules, a line each; or everything on one."""
    from ..rules.reference import overview, section

    catalogue = catalogue_with(settings)
    if rule_id is None:
        width = max(map(len, catalogue.rules))
        for name, level, title in overview(catalogue):
            click.echo(f"{name:{width}}  {level}  {title}")
        click.echo(words("rules")["more"])
    elif rule_id in catalogue.rules:
        click.echo(section(catalogue, rule_id))
    else:
        raise Failure(words("rules")["unknown"].format(id=rule_id))


rules_command = options.command(
    "rules",
    rules,
    click.Argument(["rule_id"], required=False, metavar="[RULE]"),
    options.option("--rules", "settings", text="rules", type=options.EXISTING_FILE),
)
seal_command = options.command(
    "seal",
    seal,
    click.Argument(["file"], type=options.EXISTING_FILE, metavar="FILE.xlsx"),
    options.prior(),
    options.rules(),
    options.option("-o", "--output", text="output_file", type=options.NEW, required=True),
    options.force(),
)
validate_command = options.command(
    "validate",
    validate,
    click.Argument(["given"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE…"),
    options.option("--json", "as_json", text="json", is_flag=True),
    options.prior(),
    options.rules(),
    options.option("--report", "slip", text="report_out", type=options.NEW),
    options.force(),
)
