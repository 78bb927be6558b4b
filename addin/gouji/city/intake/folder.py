"""A folder of files that units sent -> submissions: which they are, who reads them, what is known already.

One bad file never stops the rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...files import shown_path
from ...published import is_published
from ...records import dataclass
from ...rules import Context
from .filed import Submission
from .known import Known
from .passed_over import is_apple_folder, is_leftover, passed_over
from .reading import identity, submission_of
from .roster import Roster

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ..memory.key import Key
    from ..memory.store import Store
    from ..sum.last_year import LastYear

#: Spreadsheets of any program: those that are not ours are refused with a reason, not passed over.
_SPREADSHEETS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".fods", ".csv"}
#: Below this many files a pool of processes costs as much as it brings: each of them learns for itself what
#: books have in common. Measured on two cores: 10 ms of CPU a file, 0.3 s more in all for the pool.
POOL_FROM = 200
#: Within a browser there are no other processes, however many files there are.
_ALONE = sys.platform == "emscripten"


@dataclass(frozen=True)
class Found:
    """``books``: spreadsheets, JSON reports and what may be published reports, sorted; ``leftovers``: what
    programs leave beside files (locks of open ones, macOS's, drafts of our own killed runs); ``foreign``:
    everything else, also links to folders, links that lead nowhere, pipes and folders that may not be
    opened; ``given``: what was named to the run for something else. Paths below the folder; each file of it
    is one of these, or lies in a folder that is."""

    folder: Path
    books: tuple[Path, ...]
    leftovers: tuple[Path, ...]
    foreign: tuple[Path, ...]
    given: tuple[Path, ...] = ()


def find_files(folder: Path, *, without: Sequence[Path] = ()) -> Found:
    """Walk the folder and its sub-folders; ``without``: files and folders that are not submissions
    (the roster, the output), and are not read as such."""
    left_out = {os.path.realpath(path) for path in without}
    books: list[Path] = []
    leftovers: list[Path] = []
    foreign: list[Path] = []
    given: list[Path] = []
    for path in _walk(folder, left_out):
        if os.path.realpath(path) in left_out:
            given.append(path)
        elif is_leftover(path):
            leftovers.append(path)
        elif _may_be_report(path) and path.is_file():
            books.append(path)
        else:
            foreign.append(path)
    return Found(folder, tuple(books), tuple(leftovers), tuple(foreign), tuple(given))


def _may_be_report(path: Path) -> bool:
    """By its name; a text may still be about anything else, and a Word file one that we made."""
    return path.suffix.lower() in {*_SPREADSHEETS, ".json"} or is_published(path)


def _walk(folder: Path, left_out: set[str]) -> Iterator[Path]:
    """Everything but folders that were walked; a link to a folder is not: it may lead back up, and what
    it leads to is not part of what was handed in."""
    for path in sorted(folder.iterdir()):
        # Not Path.resolve, which raises for a link that leads to itself.
        if os.path.realpath(path) in left_out or is_apple_folder(path):
            yield path
        elif path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _walk(path, left_out)
        else:
            yield path


def read_submissions(
    found: Found,
    context: Context,
    roster: Roster | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    *,
    last_year: LastYear | None = None,
    store: Store | None = None,
    executor: Executor | None = None,
    ended: Collection[Path] = (),
) -> list[Submission]:
    """Read and check every file, in the order of ``found``; those that nobody reads are in the list as well,
    behind them. ``progress`` wraps the list of files that are read, for a bar.

    The roster says which units may issue 规章, ``last_year`` what each of them reported then. ``store``: of
    files that it knows, and that are what they were, nothing is read again. ``executor``: who does the work.
    ``ended``: files whose reader is known not to survive them: each is named as such and not read.
    """
    known, once = Known(context, roster, last_year), len(found.books) == 1
    work = Reader(known, found.folder, once=once, ended=frozenset(ended))
    read = read_files(found.books, work, progress, store=store, executor=executor)
    return [*read, *passed_over(found.folder, found.leftovers, found.foreign, found.given)]


def read_files(
    books: Sequence[Path],
    work: Reader,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    *,
    store: Store | None = None,
    executor: Executor | None = None,
) -> list[Submission]:
    """The same of these files."""
    key = None if store is None else _key(work.known)
    bar = iter(progress(books))
    done: dict[Path, Submission] = {}
    if store is not None and key is not None:
        for path, one in _kept(books, work, store, key):
            done[path] = one
            next(bar, None)
    for one, path in _read_all([path for path in books if path not in done], work, executor):
        done[path] = one
        next(bar, None)
        if store is not None and key is not None:
            store.keep(one, key)
    next(bar, None)  # a bar that is told of its end goes away
    return [done[path] for path in books]


def _key(known: Known) -> Key:
    """All that the result of reading depends on beside the file."""
    from ..memory.key import Key

    return Key(known)


def _kept(books: Sequence[Path], work: Reader, store: Store, key: Key) -> Iterator[tuple[Path, Submission]]:
    """What the store knows of the files as they are now. Each is hashed: that costs a hundredth of reading
    it, and size and time of a file prove nothing (a copy may keep both)."""
    for path in books:
        digest, modified = identity(path)
        known = store.submission(work.shown(path), digest, key) if digest else None
        if known:
            yield path, replace(known, modified=modified)


def _read_all(
    books: Sequence[Path], work: Reader, executor: Executor | None
) -> Iterator[tuple[Submission, Path]]:
    if executor is None and (len(books) < POOL_FROM or _ALONE):
        yield from ((work(path), path) for path in books)
        return
    from .pool import read_in

    places: dict[str, list[Path]] = {}
    for path in books:
        places.setdefault(work.shown(path), []).append(path)
    for one in read_in(executor, books, work, work.lost):
        yield one, places[one.file].pop(0)


@dataclass(frozen=True)
class Reader:
    """The work on one file; made once a run, and sent to whoever does it. ``folder``: files are called by
    their paths in it. ``once``: there is one file alone. ``ended``: files that are not read, for the process
    that did so before has not survived it."""

    known: Known
    folder: Path | None = None
    once: bool = False
    ended: frozenset[Path] = frozenset()

    def __call__(self, path: Path) -> Submission:
        if path in self.ended:
            return self.lost(path)
        return submission_of(self.shown(path), path, self.known, once=self.once)

    def lost(self, path: Path) -> Submission:
        """What is said of a file that the process which read it did not survive."""
        digest, modified = identity(path)
        finding = self.known.context.catalogue["unreadable"].finding("file", message="killed")
        return Submission(self.shown(path), None, (finding,), sha256=digest, modified=modified)

    def shown(self, path: Path) -> str:
        return shown_path(path.relative_to(self.folder) if self.folder else path)
