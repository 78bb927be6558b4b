"""What ``validate`` and ``import`` are given: files as they are named, folders as the reports in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import shown_path
from . import Failure, words

if TYPE_CHECKING:
    from ..examine import Examined


@dataclass(frozen=True)
class Inputs:
    """``files``: what is checked, each once, in order. ``several``: whether there may be more than one, so
    that each 退回单 goes into a folder. ``named``: those that a person named, and did not only lie in a
    folder."""

    files: tuple[Path, ...]
    several: bool
    named: frozenset[Path]

    def reports(self, examined: Iterable[Examined]) -> list[Examined]:
        """Without the texts of a folder that turned out to be about something else, each named."""
        found = list(examined)
        strangers = [one for one in found if one.is_no_report and one.file not in self.named]
        for one in strangers:
            _pass_over(one.file)
        return [one for one in found if one not in strangers]


def inputs_of(given: Sequence[Path]) -> Inputs:
    """Folders are walked with their sub-folders; rosters and foreign files in them are named and passed over.

    Raises Failure where a folder holds nothing to check.
    """
    folders = any(path.is_dir() for path in given)
    files = dict.fromkeys(file for path in given for file in _files(path))
    named = frozenset(path for path in given if not path.is_dir())
    return Inputs(tuple(files), folders or len(files) > 1, named)


def published_inputs(given: Sequence[Path]) -> Inputs:
    """The same of files that may be published reports; all others in a folder are left alone.

    Raises Failure where a folder holds none.
    """
    from ..city.intake.folder import find_files
    from ..city.intake.kinds import word_of
    from ..published import is_published

    files: dict[Path, None] = {}
    for path in given:
        inside = [path]
        if path.is_dir():
            inside = [one for one in find_files(path).books if is_published(one) and not word_of(one)]
        if not inside:
            raise Failure(words("import")["empty_folder"].format(folder=path))
        files |= dict.fromkeys(inside)
    folders = any(path.is_dir() for path in given)
    named = frozenset(path for path in given if not path.is_dir())
    return Inputs(tuple(files), folders or len(files) > 1, named)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    from ..city.intake.folder import find_files
    from ..city.intake.given import is_roster
    from ..city.intake.kinds import list_of, word_of

    def is_report(book: Path) -> bool:
        return not is_roster(book) and not list_of(book)[0] and not word_of(book)

    found = find_files(path)
    books = [book for book in found.books if is_report(book)]
    for other in (*found.foreign, *(book for book in found.books if book not in books)):
        _pass_over(other.relative_to(path))
    if not books:
        raise Failure(words("validate")["empty_folder"].format(folder=path))
    yield from books


def _pass_over(file: Path) -> None:
    click.echo(words("validate")["passed_over"].format(file=shown_path(file)), err=True)
