"""A folder of files that units sent -> submissions. One bad file never stops the rest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from ...document.origin import letter_kind
from ...examine import examine
from ...files import is_draft, shown_path
from ...published import is_published
from ...report import Report
from ...rules import Context, in_order
from ...workbook.seal import SealState
from ..sum.last_year import LastYear
from .kinds import complete_parts, list_of, word_of
from .roster import Roster
from .sorting import Aside, Submission

#: Spreadsheets of any program: those that are not ours are refused with a reason, not passed over.
_SPREADSHEETS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".csv"}
#: Excel, WPS and LibreOffice leave these beside a file that is open; macOS puts the second kind beside every
#: file of a foreign disk, and all of it into a folder of each zip archive.
_LOCKS, _APPLE, _APPLE_FOLDER = ("~$", ".~"), "._", "__MACOSX"
#: Below this many files a pool of processes costs as much as it brings. Measured on two cores, 45 ms a
#: file: 40 files take 1.4 s either way, 300 files 13.9 s alone and 8.7 s in the pool.
POOL_FROM = 100


@dataclass(frozen=True)
class Found:
    """``books``: spreadsheets, JSON reports and what may be published reports, sorted; ``leftovers``: what
    programs leave beside files (locks of open ones, macOS's, drafts of our own killed runs); ``foreign``:
    everything else, also links to folders, links that lead nowhere, pipes and folders that may not be
    opened. Paths below the folder."""

    folder: Path
    books: tuple[Path, ...]
    leftovers: tuple[Path, ...]
    foreign: tuple[Path, ...]


def find_files(folder: Path, *, without: Sequence[Path] = ()) -> Found:
    """Walk the folder and its sub-folders; ``without``: files and folders that are not submissions
    (the roster, the output)."""
    left_out = {os.path.realpath(path) for path in without}
    books: list[Path] = []
    leftovers: list[Path] = []
    foreign: list[Path] = []
    for path in _walk(folder, left_out):
        if path.name.startswith((*_LOCKS, _APPLE)) or path.name == _APPLE_FOLDER or is_draft(path):
            leftovers.append(path)
        elif _may_be_report(path) and path.is_file():
            books.append(path)
        elif not path.name.startswith("."):
            foreign.append(path)
    return Found(folder, tuple(books), tuple(leftovers), tuple(foreign))


def _may_be_report(path: Path) -> bool:
    """By its name; a text may still be about anything else, and a Word file one that we made."""
    return path.suffix.lower() in {*_SPREADSHEETS, ".json"} or is_published(path)


def _walk(folder: Path, left_out: set[str]) -> Iterator[Path]:
    """Everything but folders that were walked; a link to a folder is not: it may lead back up, and what
    it leads to is not part of what was handed in."""
    for path in sorted(folder.iterdir()):
        # Not Path.resolve, which raises for a link that leads to itself.
        if os.path.realpath(path) in left_out:
            continue
        if path.name == _APPLE_FOLDER:
            yield path
        elif path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _walk(path, left_out)
        else:
            yield path


@dataclass(frozen=True)
class Known:
    """What is known beside the files: ``context`` for all, what the roster and last year say of a unit."""

    context: Context
    roster: Roster | None = None
    last_year: LastYear | None = None

    def about(self, report: Report) -> Context:
        """What is known of the unit of a report; a unit that is not on the roster goes by its own name."""
        unit = self.roster.find(report.unit, report.code) if self.roster else None
        context = (
            replace(self.context, rule_making=unit.rule_making, kind=unit.kind) if unit else self.context
        )
        if self.last_year is None:
            return context
        return self.last_year.context(
            context, unit.name if unit else report.unit, (unit and unit.code) or report.code
        )


def read_submissions(
    found: Found,
    context: Context,
    roster: Roster | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    *,
    last_year: LastYear | None = None,
) -> list[Submission]:
    """Read and check every file. ``progress`` wraps the list of files, for a bar.

    The roster says which units may issue 规章, ``last_year`` what each of them reported then.
    """
    known = Known(context, roster, last_year)
    if len(found.books) < POOL_FROM:
        return [_submission(path, found.folder, known) for path in progress(found.books)]
    return _in_pool(found, known, progress)


def _in_pool(
    found: Found, known: Known, progress: Callable[[Sequence[Path]], Iterable[Path]]
) -> list[Submission]:
    from concurrent.futures import ProcessPoolExecutor

    # What is known goes to each process once; sent with each file it would cost more than the file.
    with ProcessPoolExecutor(initializer=_remember, initargs=(found.folder, known)) as pool:
        results = pool.map(_remembered, found.books, chunksize=16)
        return [result for _, result in zip(progress(found.books), results, strict=True)]


_memory: list[Callable[[Path], Submission]] = []


def _remember(folder: Path, known: Known) -> None:
    _memory[:] = [partial(_submission, folder=folder, known=known)]


def _remembered(path: Path) -> Submission:
    return _memory[0](path)


def _submission(path: Path, folder: Path, known: Known) -> Submission:
    return submission_of(shown_path(path.relative_to(folder)), path, known)


def submission_of(file: str, source: Path | bytes, known: Known) -> Submission:
    """One file, read and checked. ``file``: what it is called wherever it is spoken of."""
    digest, modified = _identity(source)
    return replace(_read(file, source, known), sha256=digest, modified=modified)


def _identity(source: Path | bytes) -> tuple[str, float]:
    """sha256 of the content, and when it was written; ("", 0) for what can not be read."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest(), 0
    try:
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), source.stat().st_mtime
    except OSError:
        return "", 0


def _read(file: str, source: Path | bytes, known: Known) -> Submission:
    if ours := _our_word(source):
        return Submission(file, None, aside=ours, imported=True)
    examined = examine(source, known.context, known.about, file)
    if examined.reading is None:
        aside: Aside = "no_report" if examined.is_no_report else ""
        kind, text = list_of(source)[0], isinstance(source, Path) and is_published(source)
        return Submission(file, None, examined.findings, list_kind=kind, aside=aside, imported=text)
    if isinstance(source, Path):
        complete_parts(source, examined.reading.report)
    seal: SealState | Literal[""] = ""
    findings = examined.findings
    # A report as JSON has no hidden sheet and can not carry a seal.
    if examined.reading.data:
        seal = examined.reading.seal_state
        rule = known.context.catalogue["seal-missing"]
        if seal == "none" and not rule.off:
            findings = tuple(in_order([*findings, rule.finding("file")]))
    return Submission(file, examined.report, findings, seal, imported=examined.reading.imported)


def _our_word(source: Path | bytes) -> Aside:
    """A Word file that the program made says nothing that the report or the run does not; "" for another."""
    if isinstance(source, Path) and source.suffix.lower() != ".docx":
        return ""
    said = word_of(source)
    return ("our_letter" if letter_kind(said) else "our_word") if said else ""
