"""A progress bar for work that takes over a second, on a terminal's error stream only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_QUIET_SECONDS = 1.0


def steps(items: Sequence[T], label: str) -> Iterator[T]:
    """Yield the items; show a bar once a second has passed and there is somebody to see it."""
    if not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    done = 0
    for item in items:
        if time.monotonic() - start > _QUIET_SECONDS:
            break
        yield item
        done += 1
    if done == len(items):
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items[done:], label, total=len(items), completed=done, console=console, transient=True)
