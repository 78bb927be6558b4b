"""TOML files that ship with the package, parsed once: what they hold is kept beside them (``kept.py``).

What is kept is known by the hash of the file's whole content: a release may leave the time and the size of a
file as they were.
"""

from __future__ import annotations

import marshal
import sys
from importlib.util import source_hash
from typing import Any

from .kept import keep, place_of, read_kept

#: What is kept of a file stands under the name that a module ``wording.toml.py`` would have.
_AS_MODULE = ".py"


def shipped(path: str) -> dict[str, Any]:
    """A TOML file of the package. Raises OSError, and tomllib.TOMLDecodeError where it is none."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    kept, digest = place_of(path + _AS_MODULE), source_hash(content)
    found = read_kept(kept, digest)
    if not isinstance(found, dict):
        import tomllib

        found = tomllib.loads(content.decode())
        if not sys.dont_write_bytecode:
            keep(kept, digest + marshal.dumps(found))
    return found
