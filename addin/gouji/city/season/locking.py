"""One run of a season at a time: the second is refused before it reads anything.

The operating system holds the lock and lets go of it when the process ends, however it ends: what a killed
run leaves is an empty file that is in nobody's way. Where a file system knows no locks, the run goes on: that
two runs never write one folder is seen to in ``committing.py``.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .folder import SeasonError, say
from .sheets import marks

#: Seasons that this process is running: the locks of POSIX do not keep a process from itself.
_running: set[str] = set()


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Be the one that runs the season in ``folder`` while the block lasts. Raises :class:`SeasonError` where
    another is at it."""
    path, own = folder / marks("files")["lock"], os.path.realpath(folder)
    if own in _running:
        raise _busy(folder, path)
    _running.add(own)
    try:
        with _locked(folder, path):
            yield
    finally:
        _running.discard(own)


@contextmanager
def _locked(folder: Path, path: Path) -> Iterator[None]:
    try:
        descriptor = _opened(path)
    except OSError:
        yield  # a folder in which nothing can be written: whether results can is tried out by itself
        return
    if descriptor is None:
        raise _busy(folder, path)
    try:
        yield
    finally:
        # While it is held, so that no other's is removed; Windows removes no file that is open.
        removed = _removed(path)
        os.close(descriptor)
        if not removed:
            _removed(path)


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _opened(path: Path) -> int | None:
    """The lock, taken; None where another has it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if not _take(descriptor):
            os.close(descriptor)
            return None
        with suppress(OSError):
            # A run that ended in this moment has removed the file that it held and this one has opened.
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                os.utime(path)
                return descriptor
        os.close(descriptor)


def _busy(folder: Path, path: Path) -> SeasonError:
    try:
        since = datetime.datetime.fromtimestamp(path.stat().st_mtime)
    except OSError:
        since = datetime.datetime.now()
    return SeasonError(say("busy", folder=folder, since=since.isoformat(" ", "minutes")))


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return not isinstance(error, PermissionError)
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        """By the locks of POSIX, which the workers that this process starts do not hold with it: a killed
        run's workers must not block the next."""
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True
        return True
