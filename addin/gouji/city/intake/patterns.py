"""What files and lines of lists are known by (``patterns.toml``)."""

from __future__ import annotations

import re
from typing import Any

from ...wording import data_beside


def patterns(section: str) -> dict[str, Any]:
    """Key -> pattern, or names."""
    found: dict[str, Any] = data_beside("gouji.city.intake", "patterns.toml")[section]
    return found


def matches(section: str, key: str, text: str) -> bool:
    """Whether a text is of a kind as a whole."""
    return re.fullmatch(patterns(section)[key], text) is not None
