"""Lines for people while results are made: nobody who stops listening stops the work."""

from __future__ import annotations

import os
import sys

import click


def tell(line: str, *, err: bool = False) -> None:
    """Print a line. Once the reader of a pipe is gone (``| head``), all that would follow goes nowhere."""
    try:
        click.echo(line, err=err)
    except BrokenPipeError:
        stream = sys.stderr if err else sys.stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
