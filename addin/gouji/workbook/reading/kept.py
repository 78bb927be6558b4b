"""How much of a file is kept beside the numbers of its form."""

from __future__ import annotations

from ...errors import Refused
from ...report import Report
from ..kind import kept_out, parts_of
from ..limits import (
    MAX_BESIDE,
    MAX_BESIDE_RESULT,
    MAX_EXPLANATIONS,
    MAX_NOTES,
    MAX_OF_PARTS,
    MAX_PARTS,
    MAX_PROSE,
    MAX_UNPLACED,
    cell_texts,
)
from ..wording import wording


def check_kept(report: Report) -> None:
    """Raise Refused where a file says more beside its numbers than any report does: checking it all would
    cost more than all the others of a city."""
    first = report.unplaced[0].place if report.unplaced else ""
    parts = parts_of(report)
    _check("too_many_parts", len(parts or ()) + len(kept_out(report) or ()), MAX_PARTS)
    said = sum(len(p.unit) + len(p.code) + len(p.digest) + len(p.lines) for p in parts or ())
    _check("too_much_of_parts", said, MAX_OF_PARTS)
    check_unplaced(len(report.unplaced), first)
    _check("too_many_notes", len(report.notes), MAX_NOTES)
    _check("too_many_explanations", len(report.explanations), MAX_EXPLANATIONS)
    _check("too_much_prose", sum(map(len, (report.texts or {}).values())), MAX_PROSE)
    beside = MAX_BESIDE if parts is None else MAX_BESIDE_RESULT
    _check("too_much_beside", sum(len(text) for _, text in cell_texts(report)), beside)


def check_unplaced(count: int, first: str) -> None:
    """Raise Refused where so much stands where the form has no place, the first of it there: asked before
    each is looked at."""
    _check("too_many_unplaced", count, MAX_UNPLACED, first)


def _check(key: str, count: int, limit: int, place: str = "") -> None:
    if count > limit:
        raise Refused(key, wording("reader")[key].format(count=f"{count:,}", limit=f"{limit:,}", place=place))
