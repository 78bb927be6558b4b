"""What ``validate`` is given: files as they are named, folders as the reports in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ..files import shown_path
from . import Failure, words


@dataclass(frozen=True)
class Inputs:
    """``files``: what is checked, each once, in order. ``several``: whether there may be more than one, so
    that each 退回单 goes into a folder."""

    files: tuple[Path, ...]
    several: bool


def inputs_of(given: Sequence[Path]) -> Inputs:
    """Folders are walked with their sub-folders; rosters and foreign files in them are named and passed over.

    Raises Failure where a folder holds nothing to check.
    """
    folders = any(path.is_dir() for path in given)
    files = dict.fromkeys(file for path in given for file in _files(path))
    return Inputs(tuple(files), folders or len(files) > 1)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    from ..city.intake.folder import find_files
    from ..city.intake.given import is_roster
    from ..city.intake.kinds import list_of

    w, found = words("validate"), find_files(path)
    books = [book for book in found.books if not is_roster(book) and not list_of(book)[0]]
    for other in (*found.foreign, *(book for book in found.books if book not in books)):
        click.echo(w["passed_over"].format(file=shown_path(other.relative_to(path))), err=True)
    if not books:
        raise Failure(w["empty_folder"].format(folder=path))
    yield from books
