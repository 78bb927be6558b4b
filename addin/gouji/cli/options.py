"""Options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..form import editions
from ..report import FIRST_FILLED, LAST_YEAR
from . import ChineseCommand, words

EXISTING = click.Path(exists=True, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW = click.Path(path_type=Path)


def option(*names: str, text: str, **settings: Any) -> click.Option:
    """An option whose help is the wording under ``text``."""
    shown = words("options")[text].format(editions="、".join(editions()))
    return click.Option(list(names), help=shown, **settings)


def edition(text: str = "edition_default") -> click.Option:
    return option("--edition", text=text, type=click.Choice(editions()))


def year(text: str = "year", *, required: bool = True) -> click.Option:
    return option("--year", text=text, type=click.IntRange(FIRST_FILLED, LAST_YEAR), required=required)


def force() -> click.Option:
    return option("--force", text="force", is_flag=True)


class RulesFile(click.Path):
    """A settings file, or the name of one that ships."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from ..rules.settings import presets

        if str(value) in presets():
            return Path(value)
        return super().convert(value, param, ctx)


def rules(*names: str) -> click.Option:
    """``names``: of the argument, where it is not that of the option."""
    return option(
        "--rules", *names, text="rules", type=RulesFile(exists=True, dir_okay=False, path_type=Path)
    )


def prior() -> click.Option:
    return option("--prior", text="prior", type=EXISTING)


def command(name: str, callback: Any, *params: click.Parameter) -> ChineseCommand:
    """A command with its help from the wording."""
    return ChineseCommand(name, callback=callback, params=list(params), help=words("commands")[name])
