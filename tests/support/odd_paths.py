"""Paths that are no file to read, by the key with which they are refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.errors import Refused


def refuses_odd_paths(read: Callable[[Path], object], folder: Path, ending: str, most: int) -> None:
    """Missing, a folder, larger than ``most`` bytes, no path at all, a pipe that would wait for ever."""
    large = folder / f"large{ending}"
    with large.open("wb") as file:
        file.truncate(10 * most)
    cases = [
        ("missing", folder / f"no{ending}"),
        ("not_a_file", folder),
        ("too_large", large),
        ("unreadable", Path("a\0b")),
    ]
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe")
        cases.append(("not_a_file", folder / "pipe"))
    for key, path in cases:
        with pytest.raises(Refused) as caught:
            read(path)
        assert caught.value.key == key
