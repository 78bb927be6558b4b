"""One unit's annual report, and the same as JSON."""

from .as_json import canonical, dumps, from_json, load, to_json
from .model import (
    FIRST_YEAR,
    HOWS,
    LAST_YEAR,
    PREFACE,
    Declaration,
    Explanation,
    How,
    Imported,
    Origin,
    Report,
    Unplaced,
    Unread,
    declaration,
    plain_mark,
    text_lines,
)
from .provenance import PROVENANCE, ReportError, content_json, provenance, read_provenance

__all__ = [
    "FIRST_YEAR",
    "HOWS",
    "LAST_YEAR",
    "PREFACE",
    "PROVENANCE",
    "Declaration",
    "Explanation",
    "How",
    "Imported",
    "Origin",
    "Report",
    "ReportError",
    "Unplaced",
    "Unread",
    "canonical",
    "content_json",
    "declaration",
    "dumps",
    "from_json",
    "load",
    "plain_mark",
    "provenance",
    "read_provenance",
    "text_lines",
    "to_json",
]
