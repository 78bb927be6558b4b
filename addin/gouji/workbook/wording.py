"""The wording of the workbook, from ``wording.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _wording() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text("utf-8"))


def wording(section: str) -> dict[str, Any]:
    """One section of the file (``"cover"``, ``"check"`` …); dotted names reach into it."""
    found = _wording()
    for part in section.split("."):
        found = found[part]
    return found
