"""``verify``: whether an output, and what it was made of, are still what they were."""

from __future__ import annotations

from pathlib import Path

import click

from . import options
from .telling import tell


def verify(output: Path, folder: Path | None) -> None:
    """Exit code 0: all that can be known is as it was; 1: something is not; 2: nothing can be known."""
    from ..city.memory.verifying import UNKNOWN
    from ..city.memory.verifying import verify as verdict_of

    verdict = verdict_of(output, folder)
    for line in verdict.lines:
        tell(line, err=verdict.code == UNKNOWN)
    raise click.exceptions.Exit(verdict.code)


verify_command = options.command(
    "verify",
    verify,
    click.Argument(["output"], type=options.EXISTING, metavar="FILE"),
    options.option("--folder", text="folder_sent", type=options.EXISTING_FOLDER),
)
