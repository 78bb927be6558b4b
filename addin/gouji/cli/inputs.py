"""What ``validate`` and ``import`` are given: files as they are named, folders as the reports in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import shown_path
from ..records import dataclass
from . import Failure, words
from .telling import tell

if TYPE_CHECKING:
    from ..examine import Examined


@dataclass(frozen=True)
class Inputs:
    """``files``: what is checked, each once, in order. ``several``: whether there may be more than one, so
    that each 退回单 goes into a folder. ``lay_in``: the folder of each file that nobody named."""

    files: tuple[Path, ...]
    several: bool
    lay_in: Mapping[Path, Path]

    def reports(self, examined: Iterable[Examined]) -> list[Examined]:
        """Without the texts of a folder that turned out to be about something else, each named."""
        found = list(examined)
        strangers = [one for one in found if one.is_no_report and one.file in self.lay_in]
        for one in strangers:
            _pass_over(one.file, self.lay_in[one.file])
        return [one for one in found if one not in strangers]


def inputs_of(given: Sequence[Path]) -> Inputs:
    """Folders are walked with their sub-folders; rosters and foreign files in them are named and passed over.

    Raises Failure where a folder holds nothing to check.
    """
    return _inputs(given, _reports, words("validate")["empty_folder"])


def published_inputs(given: Sequence[Path]) -> Inputs:
    """The same of files that may be published reports; all others in a folder are left alone.

    Raises Failure where a folder holds none.
    """
    return _inputs(given, _published, words("import")["empty_folder"])


def _inputs(given: Sequence[Path], within: Callable[[Path], list[Path]], empty: str) -> Inputs:
    files: dict[Path, None] = {}
    lay_in: dict[Path, Path] = {}
    for path in given:
        found = within(path) if path.is_dir() else [path]
        if not found:
            raise Failure(empty.format(folder=path))
        files |= dict.fromkeys(found)
        lay_in |= dict.fromkeys(found, path) if path.is_dir() else {}
    several = len(files) > 1 or any(path.is_dir() for path in given)
    return Inputs(tuple(files), several, lay_in)


def _published(folder: Path) -> list[Path]:
    from ..city.intake.folder import find_files
    from ..city.intake.kinds import word_of
    from ..published import is_document, is_published

    found = find_files(folder)
    reports = [book for book in found.books if is_published(book) and not word_of(book)]
    # A PDF or an old Word file may be a report: it is refused by its kind, not left out in silence.
    return sorted([*reports, *(f for f in found.foreign if is_document(f) and not f.is_symlink())])


def _reports(folder: Path) -> list[Path]:
    from ..city.intake.folder import find_files
    from ..city.intake.given import is_roster
    from ..city.intake.kinds import list_of, word_of
    from .given import say_leftovers

    def is_report(book: Path) -> bool:
        return not is_roster(book) and not list_of(book)[0] and not word_of(book)

    found = find_files(folder)
    say_leftovers(found)
    books = [book for book in found.books if is_report(book)]
    for other in (*found.foreign, *(book for book in found.books if book not in books)):
        _pass_over(other, folder)
    return books


def _pass_over(file: Path, folder: Path) -> None:
    from ..city.intake.passed_over import why_unread

    shown = shown_path(file.relative_to(folder))
    said = why_unread(file) or words("validate")["no_report"]
    tell(words("validate")["passed_over"], file=shown, reason=said.rstrip("。"), err=True)
