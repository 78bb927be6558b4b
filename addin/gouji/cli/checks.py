"""``validate``, ``seal``, ``rules``: what is wrong, where, and what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import distinct, refuse_existing, shown_path
from ..report import dumps
from ..wording import wording_of
from . import Failure, options, words
from .forms import named, save
from .given import say_unread
from .telling import tell, tell_json, tell_text

if TYPE_CHECKING:
    from ..city.intake.known import Known
    from ..examine import Examined
    from .inputs import Inputs


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
    confirm: tuple[str, ...],
    force: bool,
) -> None:
    from ..api import known_beside
    from ..examine import examine
    from .inputs import inputs_of
    from .progress import steps

    known = known_beside(prior=prior, rules=rules)
    if known.last_year:
        say_unread(prior, known.last_year.city, known.last_year.passed_over)
    inputs = inputs_of(given)
    if confirm and inputs.several:
        raise Failure(words("validate")["confirm_one"])
    targets = dict(zip(inputs.files, _slip_targets(inputs, slip, force, [prior, rules]), strict=False))
    label = words("commands")["validate"]
    examined = inputs.reports(
        examine(file, known.context, known.about, confirm=confirm, once=not inputs.several)
        for file in steps(inputs.files, label)
    )
    _print(examined, as_json=as_json, several=inputs.several)
    for one in examined:
        if one.file in targets:
            _write_slip(one, targets[one.file], known, force=force, quiet=as_json)
    raise click.exceptions.Exit(exit_code(examined))


def _print(examined: list[Examined], *, as_json: bool, several: bool) -> None:
    if as_json:
        from ..workbook.shown.findings import file_json

        entries = [
            file_json(str(e.file), e.report, e.state, e.findings, e.reading.returned if e.reading else ())
            for e in examined
        ]
        tell_json(dumps(entries))
        return
    from .show import print_examined, print_overview

    for one in examined:
        print_examined(one)
    if several:
        print_overview(examined)


def _slip_targets(inputs: Inputs, slip: Path | None, force: bool, read: Sequence[Path | None]) -> list[Path]:
    """Where each file's 退回单 goes: the named file, or a folder for several files, or where the name has no
    ending."""
    if slip is None:
        return []
    from ..workbook.shown.slip import slip_ending

    name = wording_of("gouji", "named")["slip"]
    stems = [(shown_path(Path(f.stem)), slip_ending(f.name)) for f in inputs.files]
    several = distinct(slip / name.format(file=stem, ending=ending) for stem, ending in stems)
    single = not (inputs.several or slip.is_dir() or not slip.suffix)
    targets = [named(slip, slip_ending(inputs.files[0].name))] if single else several
    for target in targets:
        refuse_existing(target, force=force, inputs=[*inputs.files, *read])
    return targets


def _write_slip(examined: Examined, target: Path, known: Known, *, force: bool, quiet: bool) -> None:
    from ..workbook.reading.guard import read_source
    from ..workbook.shown.slip import slip_of
    from ..workbook.writer import CannotWrite

    if examined.reading is None:
        return
    context = known.about(examined.reading.report)
    try:
        content = slip_of(
            examined.reading,
            examined.findings,
            context.catalogue,
            sent=read_source(examined.file),
            prior=context.prior,
            ending=target.suffix.lower(),
        )
    except CannotWrite as error:
        tell(words("validate")["no_slip"], file=examined.file, reason=error, err=True)
        return
    save(target, content, force=force, quiet=quiet)


def seal(file: Path, prior: Path | None, rules: Path | None, output: Path, force: bool) -> None:
    """Write a sealed copy, or say what stands in the way (exit code 1)."""
    from ..api import NotSealable, known_beside, sealed_copy
    from ..examine import examine
    from .show import print_finding

    output = named(output)
    refuse_existing(output, force=force, inputs=[file, prior, rules])
    known = known_beside(prior=prior, rules=rules)
    if known.last_year:
        say_unread(prior, known.last_year.city, known.last_year.passed_over)
    examined = examine(file, known.context, known.about, once=True)
    try:
        copy = sealed_copy(examined, known.context.catalogue, file)
    except NotSealable as refused:
        tell_text(refused.message)
        for finding in refused.findings:
            print_finding(examined.report, finding)
        raise click.exceptions.Exit(2 if examined.reading is None else 1) from refused
    save(output, copy.content, force=force)
    tell(words("seal")["sealed"], time=copy.seal.shown_time)


def rules(rule_id: str | None, settings: Path | None) -> None:
    """All rules, a line each; or everything on one."""
    from ..api import catalogue_with
    from ..rules.reference import overview, section
    from ..rules.settings import presets

    catalogue = catalogue_with(settings)
    if rule_id is None:
        width = max(map(len, catalogue.rules))
        for name, level, title in overview(catalogue):
            tell(f"{name:{width}}  {level}  {title}")
        tell(words("rules")["more"])
        tell(words("rules")["presets"], names="、".join(presets()))
    elif rule_id in catalogue.rules:
        tell_text(section(catalogue, rule_id))
    else:
        raise Failure(words("rules")["unknown"].format(id=rule_id))


rules_command = options.command(
    "rules",
    rules,
    click.Argument(["rule_id"], required=False, metavar="[RULE]"),
    options.rules("settings"),
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
    options.option("--confirm", text="confirm", multiple=True, metavar="CELL"),
    options.force(),
)
