"""Where something stood in templates of earlier versions, as data in ``earlier.toml``."""

from __future__ import annotations

from typing import Any

from ..wording import data_beside


def earlier(version: str, sheet: str) -> dict[str, Any] | None:
    """What is told of a sheet of one template version; None where it stands today's way."""
    found: dict[str, Any] = data_beside(__package__, "earlier.toml").get(version, {})
    return found.get(sheet)
