"""The wording of the workbook, from ``wording.toml``."""

from __future__ import annotations

from typing import Any

from ..wording import wording_of


def wording(section: str) -> dict[str, Any]:
    """One section of the file (``"cover"``, ``"check"`` …); dotted names reach into it."""
    return wording_of(__package__, section)
