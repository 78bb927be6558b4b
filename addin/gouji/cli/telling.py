"""The one way to the terminal: whatever a stranger wrote is shown and commands nothing.

Nothing else of this package prints (``tests/test_architecture.py``).
"""

from __future__ import annotations

import os
import sys
from pathlib import PurePath

import click

from ..text import one_line, seen_json, visible


class Painted(str):
    """A word of ours with the codes that colour it."""

    __slots__ = ()


def painted(word: str, colour: str, *, bold: bool = False) -> Painted:
    """A word of ours in a colour, for a field of :func:`tell`."""
    return Painted(click.style(one_line(word), fg=colour, bold=bold))


def tell(line: str = "", /, *, err: bool = False, **fields: object) -> None:
    """Print one line, filled with ``fields`` where there are any. Neither these nor a finished line get a
    character out that is not seen, nor a second line; the codes of :func:`painted` pass as a field."""
    if fields:
        line = line.format(**{name: _shown(field) for name, field in fields.items()})
    else:
        line = one_line(line)
    _put(f"{line}\n", err)


def tell_text(text: str, *, err: bool = False) -> None:
    """Print a text of ours in its lines."""
    _put(visible(text.removesuffix("\n")) + "\n", err)


def tell_json(text: str) -> None:
    """Print JSON that says the same, every character in it seen."""
    _put(seen_json(text), err=False)


def _shown(field: object) -> object:
    """Numbers keep what formats them."""
    if isinstance(field, Painted | int | float):
        return field
    if isinstance(field, PurePath):
        from ..files import readable

        return readable(field)
    return one_line(str(field))


def _put(said: str, err: bool) -> None:
    """Nobody who stops listening stops the work: once the reader of a pipe is gone (``| head``), all that
    would follow goes nowhere."""
    try:
        click.echo(said, err=err, nl=False)
    except BrokenPipeError:
        stream = sys.stderr if err else sys.stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
