"""What became of a 退回单, in one sentence: for the terminal and for the next 退回单."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...report import Report
from ...rules import Finding
from ..returned import Item, Outcome, outcomes
from ..wording import wording

#: So many places of what is still open are named.
_NAMED = 8


def returned_line(items: Sequence[Item], report: Report, findings: Sequence[Finding]) -> str:
    """``退回的 5 处：已改正 4 处，仍未改正 1 处（三!D9）``; "" where nothing was returned."""
    return said_of(outcomes(items, report, findings))


def said_of(became: Sequence[tuple[Item, Outcome]]) -> str:
    """How many items of the last 退回单 were corrected, explained or are open, and where these are; "" where
    there were none."""
    if not became:
        return ""
    w = wording("slip.returned")
    counts = Counter(outcome for _, outcome in became)
    places = [
        item.place or w["number"].format(number=number)
        for number, (item, outcome) in enumerate(became, 1)
        if outcome == "open"
    ]
    named = "、".join(dict.fromkeys(places[:_NAMED])) + (w["more"] if len(places) > _NAMED else "")
    said = [w["corrected"].format(count=counts["corrected"])]
    if counts["explained"]:
        said.append(w["explained"].format(count=counts["explained"]))
    if counts["open"]:
        said.append(w["open"].format(count=counts["open"], places=named))
    return str(w["line"].format(count=len(became), said="，".join(said)))
