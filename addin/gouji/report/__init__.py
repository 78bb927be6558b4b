"""One unit's annual report, and the same as JSON."""

from .as_json import ReportError, canonical, dumps, from_json, load, to_json
from .model import (
    FIRST_YEAR,
    LAST_YEAR,
    PREFACE,
    Explanation,
    Report,
    Unplaced,
    plain_mark,
    text_lines,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "PREFACE",
    "Explanation",
    "Report",
    "ReportError",
    "Unplaced",
    "canonical",
    "dumps",
    "from_json",
    "load",
    "plain_mark",
    "text_lines",
    "to_json",
]
