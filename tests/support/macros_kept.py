"""A workbook with macros in openpyxl's hands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl


@contextmanager
def macros_kept(source: Path | bytes) -> Iterator[Any]:
    """Opened with its macros. openpyxl copies them into an archive that it leaves open: when both are
    collected, the archive wants to write into what may be closed already."""
    book = openpyxl.load_workbook(io.BytesIO(source) if isinstance(source, bytes) else source, keep_vba=True)
    try:
        yield book
    finally:
        book.vba_archive.close()
