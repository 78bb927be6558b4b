"""What the installer needs beside Python where pip brought gouji: the add-in and the templates, as a bundle
holds them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..workshop.build import addin
from .bundle import workbook_files
from .interface import CHECKSUMS
from .places import checksums, write_files


def write_handout(folder: Path) -> None:
    """Build them into the folder, with the list of their digests: the same bytes as in a bundle."""
    files = dict(workbook_files(None))
    write_files(folder, {**files, CHECKSUMS: checksums(files)})


def addin_digest() -> str:
    """The digest of the add-in that this release makes."""
    return hashlib.sha256(addin()).hexdigest()
