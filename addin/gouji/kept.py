"""What was worked out once, kept from one process to the next: beside a module as Python keeps its byte code,
in ``__pycache__`` (or where PYTHONPYCACHEPREFIX says), and trusted as much.

Only what follows from the key, this Python and the content of that module may be kept. A process that works
out more leaves it when it ends; one that can not write there, or is told to write no byte code, leaves
nothing.
"""

from __future__ import annotations

import atexit
import marshal
import os
import sys
from collections.abc import Callable
from importlib.util import cache_from_source, source_hash
from typing import Generic, TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")

#: What is kept stands under the name of the byte code with this ending.
_ENDING = ".marshal"
#: Where there would be more, only what the last process used stays.
_MOST = 4096


class Kept(Generic[Key, Found]):
    """A mapping of what :mod:`marshal` knows, made as it is asked for. ``source``: the module whose content
    makes the values; what another content made is not taken."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[Key, Found] | None = None
        self._made: dict[Key, Found] = {}

    def get(self, key: Key, make: Callable[[Key], Found]) -> Found:
        """What is kept of a key, or what ``make`` makes of it."""
        if self._known is None:
            self._known = self._read()
        if key not in self._known:
            self._known[key] = found = make(key)
            if not self._made:
                atexit.register(self.leave)
            self._made[key] = found
        return self._known[key]

    def leave(self) -> None:
        """Write what was made, with what other processes have left by now."""
        if not self._made or sys.dont_write_bytecode or (basis := self._basis()) is None:
            return
        every = {**self._read(), **self._made}
        if len(every) > _MOST:
            every = self._made
        keep(place_of(self._source), basis + marshal.dumps(every))
        self._made = {}

    def _basis(self) -> bytes | None:
        """What the values follow from beside their keys, in 16 bytes; None where it is not known."""
        try:
            with open(self._source, "rb") as file:  # noqa: PTH123
                content = file.read()
        except OSError:
            return None
        python = f"{sys.version} {sys.byteorder} {sys.maxsize}"
        return source_hash(content) + source_hash(python.encode())

    def _read(self) -> dict[Key, Found]:
        basis = self._basis()
        found = None if basis is None else read_kept(place_of(self._source), basis)
        return found if isinstance(found, dict) else {}


def place_of(path: str) -> str:
    """Where that is kept which a file makes."""
    return cache_from_source(path).removesuffix(".pyc") + _ENDING


def read_kept(place: str, basis: bytes) -> object:
    """What is kept there and follows from this basis, or None."""
    try:
        with open(place, "rb") as file:  # noqa: PTH123
            content = file.read()
        return marshal.loads(content[len(basis) :]) if content.startswith(basis) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None


def keep(place: str, content: bytes) -> None:
    """In one step, where it can be written at all."""
    draft = f"{place}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
        with open(draft, "wb") as file:  # noqa: PTH123
            file.write(content)
        os.replace(draft, place)  # noqa: PTH105
    except OSError:
        return
