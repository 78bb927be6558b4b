"""``validate``: what is wrong, where, and what it should be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..report import dumps
from . import options, words
from .forms import read_prior

if TYPE_CHECKING:
    from ..rules import Catalogue, Context
    from ..workbook.examine import Examined


def catalogue_with(settings: Path | None) -> Catalogue:
    """The catalogue with a city's settings file applied. Raises CatalogueError."""
    from ..rules import catalogue

    return catalogue().with_settings(settings) if settings else catalogue()


def context_with(prior: Path | None, settings: Path | None) -> Context:
    from ..rules import Context

    return replace(Context(), prior=read_prior(prior), catalogue=catalogue_with(settings))


def exit_code(examined: list[Examined]) -> int:
    """2 if any input was unreadable, else 1 if there is an error, else 0."""
    states = {e.state for e in examined}
    return 2 if "unreadable" in states else 1 if "error" in states else 0


def validate(files: tuple[Path, ...], as_json: bool, prior: Path | None, rules: Path | None) -> None:
    from ..workbook.examine import examine
    from ..workbook.findings import file_json
    from .progress import steps
    from .show import print_examined

    context = context_with(prior, rules)
    examined = [examine(file, context) for file in steps(files, words("commands")["validate"])]
    if as_json:
        entries = [file_json(str(e.file), e.report, e.state, e.findings) for e in examined]
        click.echo(dumps(entries), nl=False)
    else:
        for one in examined:
            print_examined(one)
    raise click.exceptions.Exit(exit_code(examined))


validate_command = options.command(
    "validate",
    validate,
    click.Argument(["files"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE…"),
    options.option("--json", "as_json", text="json", is_flag=True),
    options.prior(),
    options.rules(),
)
