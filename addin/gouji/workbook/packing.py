"""The last step of every workbook that we build: parts in fixed order, with fixed times."""

from __future__ import annotations

import io
import zipfile
from typing import Final

Parts = dict[str, bytes]

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can hold
TYPES: Final = "[Content_Types].xml"
ROOT_RELS: Final = "_rels/.rels"


def normalise(package: bytes) -> bytes:
    """Return the zip file with the same parts in fixed order, with fixed times and attributes.

    Equal parts give equal bytes under one zlib; under another the inflated bytes are still equal.
    """
    return write_parts(read_parts(package))


def read_parts(package: bytes) -> Parts:
    """Part name -> inflated bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Parts) -> bytes:
    """The zip file of the parts: content types first, then by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, name != ROOT_RELS, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it names the system of the build
            archive.writestr(entry, parts[name], compresslevel=9)
    return out.getvalue()
