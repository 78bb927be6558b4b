"""Wording for people: the file ``wording.toml`` that stands beside a package's code."""

from __future__ import annotations

import importlib
import os
from functools import cache
from typing import Any

from .shipped import shipped


@cache
def data_beside(package: str, name: str) -> dict[str, Any]:
    """A TOML file that stands beside a package's code."""
    # Not importlib.resources: it doubles the start-up of the command line, and TOML files are never zipped.
    folder = importlib.import_module(package).__path__[0]
    return shipped(os.path.join(folder, name))  # noqa: PTH118


def wording_of(package: str, section: str) -> dict[str, Any]:
    """One section of a package's file: ``wording_of("gouji.city", "roster")``; dots reach deeper.

    Raises KeyError for a section that is not there.
    """
    found = data_beside(package, "wording.toml")
    for part in section.split("."):
        found = found[part]
    return found
