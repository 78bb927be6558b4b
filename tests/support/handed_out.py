"""The files that are handed out, built once in a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gouji.workshop.build import shipped


@cache
def handed_out() -> Mapping[str, bytes]:
    """File name -> content, of every file of ``workbook_templates``."""
    return dict(shipped())


def with_macros() -> bytes:
    """The template of 2021 with macros and buttons."""
    (content,) = (c for name, c in handed_out().items() if name.endswith(".xlsm") and "2021" in name)
    return content
