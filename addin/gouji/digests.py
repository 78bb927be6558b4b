"""sha256 of contents, in hexadecimal: by it a file is known again, whatever it is called."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(source: Path | bytes) -> str:
    """Of bytes, or of a file, which may be larger than memory. Raises OSError where it can not be read."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_if_there(path: Path) -> str:
    """The same of a file; "" of one that is gone or can not be read."""
    try:
        return sha256_of(path)
    except OSError:
        return ""
