"""The bytes of a file that a stranger sent, at most so many of them."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from ..refusing import Refusals
from .archive import MB


def read_most(file: BinaryIO, size: int, limit: int) -> bytes:
    """The bytes of an open file, one more than ``limit`` of a longer one. ``size``: what it has as far as is
    known: to ask for more makes room for all of that."""
    data = file.read(min(size, limit) + 1)
    return data if len(data) <= min(size, limit) else data + file.read(limit + 1 - len(data))


def read_bytes(source: Path | bytes, limit: int, words: Refusals) -> bytes:
    """The bytes of a file. Raises Refused where it has more than ``limit`` of them or can not be opened."""
    if isinstance(source, bytes):
        data, size = source, len(source)
    else:
        try:
            status = source.stat()
            if not stat.S_ISREG(status.st_mode):
                words.refuse("not_a_file")
            with source.open("rb") as file:
                data = read_most(file, status.st_size, limit)
        except FileNotFoundError:
            words.refuse("missing")
        except (OSError, ValueError):  # ValueError: a path with a NUL in it
            words.refuse("unreadable")
        size = max(status.st_size, len(data))
    if size > limit:
        words.refuse("too_large", size=-(-size // MB), limit=limit // MB)
    return data
