"""What a person wrote over a sheet instead of into it: comments, text boxes, charts, answers on a 退回单.

It is kept among what the form has no place for (``Report.unplaced``), so that it travels; its place says its
kind: ``批注/三!D12``. That is no place on the sheet: it is no text beside the table, and fills in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..marks import marks_of
from ..report import Report, Unplaced
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding

RULE = "remark-beside"
#: So many are shown of a sheet, and so many characters of each.
_NAMED, _SHOWN = 3, 20
#: An answer is shown as far as an office can take it in.
_ANSWER = 200


class Kept(NamedTuple):
    """``kind``: a key of ``[remarks]``; ``at``: an address, "" where there is none."""

    kind: str
    sheet: str
    at: str
    text: str


def as_unplaced(kept: Kept) -> Unplaced:
    """How a report holds it."""
    mark = marks_of("gouji.rules", "remarks")[kept.kind]
    return Unplaced(f"{mark}/{kept.sheet}!{kept.at}", kept.text)


def is_remark(one: Unplaced) -> bool:
    """Whether it was written over a sheet."""
    return _kept(one) is not None


def _kept(one: Unplaced) -> Kept | None:
    mark, slash, where = one.place.partition("/")
    sheet, bang, at = where.rpartition("!")
    if not (slash and bang):
        return None
    kinds = (kind for kind, known in marks_of("gouji.rules", "remarks").items() if known.names(mark))
    kind = next(kinds, None)
    return Kept(kind, sheet, at, one.text) if kind else None


def remarks(unplaced: Iterable[Unplaced]) -> Iterator[Kept]:
    """Those among what has no place, in order."""
    yield from filter(None, map(_kept, unplaced))


def _beginning(text: str, length: int, cut: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else cut.format(text=text[:length])


@decides(RULE)
def _remarks(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding for each kind on each sheet."""
    groups: dict[tuple[str, str], list[Kept]] = {}
    for kept in remarks(report.unplaced):
        groups.setdefault((kept.sheet, kept.kind), []).append(kept)
    phrases = rule.parameters["phrases"]
    for (sheet, kind), found in groups.items():
        length = _ANSWER if kind == "reply" else _SHOWN
        shown = (
            phrases["shown"].format(where=kept.at, text=_beginning(kept.text, length, phrases["cut"]))
            for kept in found[:_NAMED]
        )
        said = kind if kind in rule.parameters["messages"] else None
        yield rule.finding(
            f"{sheet}/{kind}",
            message=said,
            remedy=said,
            sheet=sheet,
            count=len(found),
            kind=marks_of("gouji.rules", "remarks")[kind],
            shown="、".join(shown),
            more=phrases["more"] if len(found) > _NAMED else "",
        )
