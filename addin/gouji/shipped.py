"""TOML files that ship with the package, parsed once: what they hold is kept beside them as Python keeps byte
code, in ``__pycache__`` (or where PYTHONPYCACHEPREFIX says), and trusted as much.

What is kept is known by the hash of the file's whole content: a release may leave the time and the size of a
file as they were.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.util import cache_from_source, source_hash
from typing import Any

#: What is kept of a file stands under the name that a module ``wording.toml.py`` would have.
_AS_MODULE, _ENDING = ".py", ".marshal"


def shipped(path: str) -> dict[str, Any]:
    """A TOML file of the package. Raises OSError, and tomllib.TOMLDecodeError where it is none."""
    with open(path, "rb") as file:  # noqa: PTH123
        content = file.read()
    kept, digest = _place(path), source_hash(content)
    found = _read(kept, digest)
    if found is None:
        import tomllib

        found = tomllib.loads(content.decode())
        if not sys.dont_write_bytecode:
            _keep(kept, digest + marshal.dumps(found))
    return found


def _place(path: str) -> str:
    return cache_from_source(path + _AS_MODULE).removesuffix(".pyc") + _ENDING


def _read(kept: str, digest: bytes) -> dict[str, Any] | None:
    """What is kept of a content with this hash, or None."""
    try:
        with open(kept, "rb") as file:  # noqa: PTH123
            content = file.read()
        return marshal.loads(content[len(digest) :]) if content.startswith(digest) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _keep(kept: str, content: bytes) -> None:
    """In one step, where it can be written at all."""
    draft = f"{kept}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(kept), exist_ok=True)  # noqa: PTH103, PTH120
        with open(draft, "wb") as file:  # noqa: PTH123
            file.write(content)
        os.replace(draft, kept)  # noqa: PTH105
    except OSError:
        return
