"""What stands beside a package's code: wording for people (``wording.toml``), other data, texts."""

from __future__ import annotations

import importlib
import os
from functools import cache
from typing import Any

from .shipped import shipped


@cache
def data_beside(package: str, name: str) -> dict[str, Any]:
    """A TOML file that stands beside a package's code."""
    return shipped(_beside(package, name))


def text_beside(package: str, name: str) -> str:
    """A text that stands beside a package's code: a style sheet, a script."""
    with open(_beside(package, name), encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def _beside(package: str, name: str) -> str:
    # Not importlib.resources: it doubles the start-up of the command line, and what ships is never zipped.
    return os.path.join(importlib.import_module(package).__path__[0], name)  # noqa: PTH118


def wording_of(package: str, section: str) -> dict[str, Any]:
    """One section of a package's file: ``wording_of("gouji.city", "roster")``; dots reach deeper.

    Raises KeyError for a section that is not there.
    """
    found = data_beside(package, "wording.toml")
    for part in section.split("."):
        found = found[part]
    return found
