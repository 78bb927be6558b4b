"""Where a published report came from, in the very hidden sheet of the workbook that was made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..report import PROVENANCE, Report, provenance, read_provenance
from .limits import pieces


def provenance_rows(report: Report) -> Iterator[tuple[str, str, str]]:
    """(member, cell's place or "", JSON); a JSON that no cell holds goes on in the next row."""
    for key, content in provenance(report).items():
        entries = {"": content} if key == "imported" else content
        for place, entry in entries.items():
            for piece in pieces(json.dumps(entry, ensure_ascii=False)):
                yield key, place, piece


def read_provenance_rows(report: Report, rows: Mapping[str, Sequence[tuple[str, ...]]]) -> None:
    """Give a report that has its cells what these rows say. Raises ReportError where they say what
    :func:`provenance_rows` never wrote."""
    said: dict[str, Any] = {}
    for key in PROVENANCE:
        texts: dict[str, str] = {}
        for place, piece in rows.get(key, ()):
            texts[place] = texts.get(place, "") + piece
        entries = {place: _parsed(text) for place, text in texts.items()}
        if entries:
            said[key] = entries.get("") if key == "imported" else entries
    read_provenance(report, said)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text  # which no member is
