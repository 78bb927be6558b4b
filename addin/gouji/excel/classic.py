"""For people who work with xlwings' own add-in and its Import Functions: five lines that they lay beside
their workbook. Our own macros and our server need none of it."""

from __future__ import annotations

from importlib import resources

#: The file's name, whose stem is what xlwings calls the module.
MODULE = "gouji_udfs.py"


def module_source() -> bytes:
    return resources.files(__package__).joinpath("scripts", MODULE).read_bytes()
