"""A folder of files that units sent -> submissions. One bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..rules import Context
from ..workbook.examine import Examined, examine
from .intake import Submission
from .names import plain_name
from .roster import Roster

#: Spreadsheets of any program: those that are not ours are refused with a reason, not passed over.
_SPREADSHEETS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".csv"}
#: Excel, WPS and LibreOffice leave these beside a file that is open.
_LOCKS = ("~$", ".~")
#: Below this many files a pool of processes costs more than it brings.
POOL_FROM = 200


@dataclass(frozen=True)
class Found:
    """``books``: spreadsheets and JSON reports, sorted; ``locks``: leftovers of open files; ``foreign``:
    everything else. Paths below the folder."""

    folder: Path
    books: tuple[Path, ...]
    locks: tuple[Path, ...]
    foreign: tuple[Path, ...]


def find_files(folder: Path, *, without: Sequence[Path] = ()) -> Found:
    """Walk the folder and its sub-folders; ``without``: files and folders that are not submissions
    (the roster, the output)."""
    left_out = {path.resolve() for path in without}
    books: list[Path] = []
    locks: list[Path] = []
    foreign: list[Path] = []
    for path in _walk(folder, left_out):
        if path.name.startswith(_LOCKS):
            locks.append(path)
        elif path.suffix.lower() in _SPREADSHEETS or path.suffix.lower() == ".json":
            books.append(path)
        elif not path.name.startswith("."):
            foreign.append(path)
    return Found(folder, tuple(books), tuple(locks), tuple(foreign))


def _walk(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.resolve() in left_out:
            continue
        if path.is_dir():
            # A link may lead back up; what it leads to is not part of what was handed in.
            if not path.is_symlink():
                yield from _walk(path, left_out)
        elif path.is_file():
            yield path


def read_submissions(
    found: Found,
    context: Context,
    roster: Roster | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> list[Submission]:
    """Read and check every file. ``progress`` wraps the list of files, for a bar.

    The roster says which units may issue 规章; a unit that is not on it is checked without.
    """
    if len(found.books) < POOL_FROM:
        examined = [_examine(path, context, roster) for path in progress(found.books)]
    else:
        examined = _in_pool(found.books, context, roster, progress)
    return [Submission(e.file.relative_to(found.folder).as_posix(), e.report, e.findings) for e in examined]


def _in_pool(
    books: Sequence[Path],
    context: Context,
    roster: Roster | None,
    progress: Callable[[Sequence[Path]], Iterable[Path]],
) -> list[Examined]:
    from concurrent.futures import ProcessPoolExecutor
    from itertools import repeat

    with ProcessPoolExecutor() as pool:
        results = pool.map(_examine, books, repeat(context), repeat(roster), chunksize=16)
        return [result for _, result in zip(progress(books), results, strict=True)]


def _examine(path: Path, context: Context, roster: Roster | None) -> Examined:
    examined = examine(path, context)
    unit = roster.by_name.get(plain_name(examined.report.unit)) if roster and examined.report else None
    if unit is None or unit.rule_making is None:
        return examined
    return examine(path, replace(context, rule_making=unit.rule_making))
