"""Wording for people: the file ``wording.toml`` that stands beside a package's code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _file(package: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(package).joinpath("wording.toml").read_text("utf-8"))


def wording_of(package: str, section: str) -> dict[str, Any]:
    """One section of a package's file: ``wording_of("gouji.city", "roster")``; dots reach deeper.

    Raises KeyError for a section that is not there.
    """
    found = _file(package)
    for part in section.split("."):
        found = found[part]
    return found
