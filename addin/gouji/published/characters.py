"""Characters of published reports that stand for others (``characters.toml``), for labels and prose alike."""

from __future__ import annotations

from functools import cache

from ..wording import data_beside

_PACKAGE, _FILE = "gouji.published", "characters.toml"


@cache
def _pairs(key: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in data_beside(_PACKAGE, _FILE)[key]}


def radicals() -> dict[int, str]:
    """Radicals that NFKC leaves alone, for ``str.translate``."""
    return _pairs("radicals")


def traditional() -> dict[int, str]:
    """Traditional characters as simplified ones, for ``str.translate``."""
    return _pairs("traditional")


def invisible() -> str:
    """What nobody sees."""
    return str(data_beside(_PACKAGE, _FILE)["invisible"])
