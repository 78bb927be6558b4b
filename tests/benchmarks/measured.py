"""What a command costs with all processes below it: CPU, time by the clock, the most memory held at once."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """``cpu``, ``wall`` in seconds; ``peak``: megabytes of the whole tree of processes, what they share once,
    0 where it was not watched; ``said``: what the command printed."""

    cpu: float
    wall: float
    peak: float
    said: str


def cost(command: Sequence[str], *, pause: float = 0.0) -> Cost:
    """Run a command to its end. ``pause``: seconds between two looks at its memory, none for 0: a look costs
    the command some milliseconds. Byte code is kept, as it is where gouji is installed: the first run of a
    command on new code pays for it. Raises CalledProcessError where it fails."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, clock = _children(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept)
    peak, done = [0], threading.Event()
    watch = threading.Thread(target=_watch, args=(str(process.pid), pause, peak, done))
    if pause:
        watch.start()
    said, _ = process.communicate()
    done.set()
    if pause:
        watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(_children() - before, time.perf_counter() - clock, peak[0] / 1024, said)


def _children() -> float:
    """Seconds of CPU of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: str, pause: float, peak: list[int], done: threading.Event) -> None:
    while not done.wait(pause):
        peak[0] = max(peak[0], sum(map(_held, _tree(process))))


def _tree(process: str) -> Iterator[str]:
    """A process and all below it."""
    waiting = [process]
    while waiting:
        process = waiting.pop()
        yield process
        for task in Path("/proc", process, "task").glob("*/children"):
            try:
                waiting += task.read_text().split()
            except OSError:
                continue


def _held(process: str) -> int:
    """Kilobytes of memory, what is shared with others in parts."""
    try:
        lines = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
