"""The wording of the workbook, from ``wording.toml``, and its marks, from ``marks.toml``."""

from __future__ import annotations

from typing import Any

from ..marks import Mark, marks_of
from ..wording import wording_of


def wording(section: str) -> dict[str, Any]:
    """One section of the file (``"cover"``, ``"check"`` …); dotted names reach into it."""
    return wording_of(__package__, section)


def marks(section: str) -> dict[str, Mark]:
    """One section of the marks: what is written into workbooks and read back."""
    return marks_of(__package__, section)
