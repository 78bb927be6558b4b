"""``addin``: the Excel side for a Windows user with Python, as ``xlwings addin`` does for xlwings' own."""

from __future__ import annotations

from pathlib import Path

import click

from . import options, words
from .telling import tell

#: The module for xlwings' own add-in.
_UDFS = "udfs"


def addin(action: str) -> None:
    from ..excel.install import perform

    if action == _UDFS:
        _write_udfs(Path.cwd())
        return
    done = perform(action)
    for line in done.lines:
        tell(line, err=bool(done.code))
    raise click.exceptions.Exit(done.code)


def _write_udfs(folder: Path) -> None:
    from ..excel.classic import MODULE, module_source
    from .forms import save

    save(folder / MODULE, module_source(), force=False)
    tell(words("addin")["udfs"], module=Path(MODULE).stem)


addin_command = options.command(
    "addin",
    addin,
    click.Argument(
        ["action"], type=click.Choice(["install", "uninstall", "status", _UDFS]), metavar="ACTION"
    ),
)
