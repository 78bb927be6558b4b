"""What openxml-audit says of a package: it carries the schemas and rules of Microsoft's Open XML SDK."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

#: What it says of things that are as they should be.
_MEANT = (
    # A theme is optional (ECMA-376 part 1, 14.2.7), and nothing of our Word files refers to one.
    "relationships/theme' is missing",
    # Texts may stand in their cells (18.18.11); openpyxl puts them there when it saves a 汇总台.
    "inline-string cell(s)",
)


def audited(path: Path) -> list[str]:
    """One line a complaint, with the part."""
    found = OpenXmlValidator().validate(str(path)).errors
    lines = [f"{error.part_uri}: {error.description}" for error in found]
    return [line for line in lines if not any(meant in line for meant in _MEANT)]
