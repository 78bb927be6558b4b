"""A set of results is there whole or not at all: written as drafts, then renamed.

A folder of a run is renamed in one step. Files that replace others are renamed one after the other, once all
of them are written. What goes wrong is said of the real target, never of a draft.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...files import Locked, is_draft, shown_path
from .folder import SeasonError, say

#: Drafts of killed runs are removed once they are older than any run takes, in seconds.
_STALE = 3600
#: How often a folder is renamed that something holds, and the pause in between, in seconds.
_TRIES, _PAUSE = 5, 0.2
#: What a write reports when there is no more room, without the file's name.
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
#: What must at least be free where results go, in bytes.
ROOM = 4 << 20


def _draft_name(name: str) -> str:
    """A name by which :func:`~gouji.files.is_draft` knows it."""
    return f".{name}.{os.urandom(4).hex()}"


@contextmanager
def of_target(draft: Path, target: Path) -> Iterator[None]:
    """What the operating system refuses of a draft is said of its target; also a full disk, which names no
    file."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in _FULL:
            error.filename = str(target)
        elif error.filename and str(error.filename).startswith(str(draft)):
            error.filename = str(target) + str(error.filename).removeprefix(str(draft))
        raise


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``target``, which does not exist; it becomes ``target`` in one step when
    the block ends, and is removed when it fails. Room is tried out before the block begins."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    draft = target.with_name(_draft_name(target.name))
    try:
        with of_target(draft, target):
            draft.mkdir()
            try_room(draft)
            yield draft
            if target.exists():
                raise SeasonError(say("taken", run=shown_path(target)))
            _renamed(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _renamed(draft: Path, target: Path) -> None:
    """A virus scanner on Windows may hold a new file for a moment: a few tries are worth it."""
    for _ in range(_TRIES):
        try:
            draft.rename(target)
            return
        except PermissionError:
            time.sleep(_PAUSE)
    draft.rename(target)


def try_room(folder: Path, size: int = ROOM) -> None:
    """Write and remove a file of ``size`` bytes: a full or read-only disk is found before the work."""
    probe = folder / _draft_name("room")
    try:
        with probe.open("wb") as file:
            for _ in range(0, size, 1 << 20):
                file.write(bytes(min(size, 1 << 20)))
            file.flush()
    except OSError as error:
        error.filename = str(folder)
        raise
    finally:
        with suppress(OSError):
            probe.unlink()


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind."""
    for path in folder.iterdir():
        with suppress(OSError):
            if is_draft(path) and path.is_dir() and time.time() - path.stat().st_mtime > _STALE:
                shutil.rmtree(path)


def write_below(folder: Path, path: str, content: bytes) -> None:
    """A content under its path below the folder, with "/"."""
    target = folder.joinpath(*path.split("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


@contextmanager
def drafts(outputs: Iterable[tuple[Path, bytes]]) -> Iterator[dict[Path, Path]]:
    """Write each content beside its target as it comes, and yield target -> draft; those that are not renamed
    by the block are removed."""
    made: dict[Path, Path] = {}
    try:
        for target, content in outputs:
            draft = made[target] = target.with_name(_draft_name(target.stem) + target.suffix)
            with of_target(draft, target):
                draft.parent.mkdir(parents=True, exist_ok=True)
                draft.write_bytes(content)
        yield made
    finally:
        for draft in made.values():
            with suppress(OSError):
                draft.unlink()


def put(draft: Path, target: Path) -> None:
    """Rename one draft. Raises :class:`~gouji.files.Locked` where the target is held open."""
    try:
        draft.replace(target)
    except PermissionError as error:
        raise Locked(target) from error
