"""What openxml-audit says of a package: it carries the schemas and rules of Microsoft's Open XML SDK."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

#: It misses a theme in Word files, which is optional (ECMA-376 part 1, 14.2.7); nothing refers to one.
_OPTIONAL = "relationships/theme' is missing"


def audited(path: Path) -> list[str]:
    """One line a complaint, with the part."""
    found = OpenXmlValidator().validate(str(path)).errors
    lines = [f"{error.part_uri}: {error.description}" for error in found]
    return [line for line in lines if not (path.suffix == ".docx" and _OPTIONAL in line)]
