"""Files read and checked by any ``concurrent.futures`` executor; a worker that dies costs one file.

Files go out in chunks, a few at a time, so that what is waiting takes no memory and, when workers die, few
files are under suspicion. Those are read again one by one in a process of their own: the file that kills it
is the guilty one and is named (``unreadable``), all others are read. What is known beside the files is
packed once and unpacked once a process.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path
from threading import Thread
from uuid import uuid4

from ...sweeping import sweep_seldom
from .sorting import Submission

#: Path of a file -> what became of it. It never raises for what the file holds, and can be pickled.
Work = Callable[[Path], Submission]
#: A chunk: as small as keeps the traffic between processes below the reading.
_CHUNK = 16
#: Chunks on their way for each worker: one in work, one that waits for it.
_AHEAD = 2
#: Workers of an executor that does not say how many it has.
_MANY = 32
#: A foreign executor gets what is known with every chunk: at most so many bytes of it for each file.
_BYTES_A_FILE = 20_000

_Chunk = tuple[Path, ...]
_Task = tuple[str, bytes | None]


def read_in(executor: Executor | None, files: Sequence[Path], work: Work, lost: Work) -> Iterator[Submission]:
    """What became of each file, as it is done. ``executor``: a pool of processes on this machine where None
    is given; it is not shut down. ``lost``: what is said of a file that its worker did not survive."""
    if executor is None:
        yield from _in_own_pools(deque(_chunks(files, _CHUNK)), work, lost)
        return
    packed = pickle.dumps(work)
    size = max(_CHUNK, len(packed) // _BYTES_A_FILE)
    waiting, suspects = deque(_chunks(files, size)), list[_Chunk]()
    window = _AHEAD * _workers(executor)
    yield from _work_off(executor, (uuid4().hex, packed), waiting, suspects, window)
    yield from _one_by_one(suspects, work, lost)
    yield from _in_own_pools(waiting, work, lost)


def _chunks(files: Sequence[Path], size: int) -> Iterator[_Chunk]:
    for at in range(0, len(files), size):
        yield tuple(files[at : at + size])


def _in_own_pools(waiting: deque[_Chunk], work: Work, lost: Work) -> Iterator[Submission]:
    """One pool of processes after another, until nothing waits: each lives until a worker of it dies."""
    while waiting:
        suspects: list[_Chunk] = []
        with _Pool(work) as (pool, task, workers):
            yield from _work_off(pool, task, waiting, suspects, _AHEAD * workers)
        yield from _one_by_one(suspects, work, lost)


def _one_by_one(suspects: Sequence[_Chunk], work: Work, lost: Work) -> Iterator[Submission]:
    """Each file of the chunks for itself: no other can be what killed the process."""
    waiting: deque[_Chunk] = deque((path,) for chunk in suspects for path in chunk)
    while waiting:
        guilty: list[_Chunk] = []
        with _Pool(work, 1) as (pool, task, _):
            yield from _work_off(pool, task, waiting, guilty, 1)
        for chunk in guilty:
            yield from map(lost, chunk)


class _Pool:
    """A pool of processes of this machine: (pool, task, number of workers). What is known goes to each
    process once; sent with each chunk it would cost more than the files."""

    def __init__(self, work: Work, workers: int | None = None) -> None:
        from concurrent.futures import ProcessPoolExecutor

        key = uuid4().hex
        self.task: _Task = (key, None)
        self.pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(key, work))
        self.workers = _workers(self.pool)

    def __enter__(self) -> tuple[Executor, _Task, int]:
        return self.pool, self.task, self.workers

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)


def _workers(executor: Executor) -> int:
    """How many work at once; an executor that does not say may be many machines."""
    return int(getattr(executor, "_max_workers", _MANY))


def _work_off(
    pool: Executor, task: _Task, waiting: deque[_Chunk], suspects: list[_Chunk], window: int
) -> Iterator[Submission]:
    """Take chunks from ``waiting`` until none is left or the pool is broken; those that were out without an
    answer go into ``suspects``."""
    out: dict[Future[list[Submission]], _Chunk] = {}
    broken = False
    while out or (waiting and not broken):
        while waiting and len(out) < window and not broken:
            try:
                future = pool.submit(_read_chunk, task, waiting[0])
            except (BrokenExecutor, RuntimeError):  # RuntimeError: it was shut down meanwhile
                broken = True
            else:
                out[future] = waiting.popleft()
        for future in wait(out, return_when=FIRST_COMPLETED).done:
            chunk = out.pop(future)
            # What an executor raises is its own affair: work does not raise.
            error = future.exception()
            broken = broken or isinstance(error, BrokenExecutor)
            if error:
                suspects.append(chunk)
            else:
                yield from future.result()


# ---------------------------------------------------------------- in the worker

_known: dict[str, Work] = {}


def _begin(key: str, work: Work) -> None:
    sweep_seldom()
    Thread(target=_end_with_parent, daemon=True).start()
    _remember(key, work)


def _end_with_parent() -> None:
    """A process that waits for work does not see that its parent was killed, and would wait for ever."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait as wait_for

    parent = parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _remember(key: str, work: Work) -> None:
    _known.clear()
    _known[key] = work


def _read_chunk(task: _Task, paths: _Chunk) -> list[Submission]:
    key, packed = task
    work = _known.get(key)
    if work is None:
        assert packed is not None
        work = pickle.loads(packed)
        _remember(key, work)
    return [work(path) for path in paths]
