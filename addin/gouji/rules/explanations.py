"""审核说明: a warning is fixed or explained (README.md, “审核说明”).

An explanation belongs to a finding's id and to the numbers it was given for. It holds while the
finding shows the same numbers; else the finding falls back to 未处理 and says why. Explanations are
never dropped: one whose finding is gone stays in the report, for the finding may come back.
Errors can not be explained away. A state is written into files and read back: its names are marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from ..errors import GoujiError
from ..marks import Mark, marks_of
from ..records import dataclass
from ..report import Explanation, Report
from ..wording import wording_of
from .finding import Finding

#: State -> the states that may follow it. A warning starts as "open".
_NEXT: Final = {
    "open": ("given",),
    "given": ("given", "verified", "returned", "open"),
    "verified": ("given", "returned", "open"),
    "returned": ("given", "open"),
}
#: In these a warning no longer stands in the way of the seal.
_SETTLED: Final = ("given", "verified")


class ExplanationError(GoujiError, ValueError):
    """A state that does not exist or may not follow, or a finding that is not there; in Chinese."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with the state of its explanation; ``why``: why an explanation does not count."""

    finding: Finding
    state: str
    text: str = ""
    why: str = ""

    @property
    def settled(self) -> bool:
        return _key(self.state) in _SETTLED


def enough() -> dict[str, Any]:
    """What a text must be to explain anything: ``minimum`` characters without the ``uncounted`` ones, none of
    the phrases ``refused`` and no mere number. Formulas in workbooks decide by the same."""
    return wording_of("gouji.rules", "explanations.enough")


def lack(text: str) -> str:
    """Why a text explains nothing, in Chinese; "" where it may."""
    asked, why = enough(), _why()
    weighed = "".join(c for c in text if c not in asked["uncounted"])
    if not text.strip():
        return str(why["empty"])
    if weighed in asked["refused"] or (weighed.isascii() and weighed.isdecimal()):
        return str(why["vague"].format(text=text.strip(), minimum=asked["minimum"]))
    if len(weighed) < asked["minimum"]:
        return str(why["short"].format(count=len(weighed), minimum=asked["minimum"]))
    return ""


def _why() -> dict[str, Any]:
    return wording_of("gouji.rules", "explanations.why")


def _names() -> dict[str, Mark]:
    return marks_of("gouji.rules", "states")


def _key(state: str) -> str | None:
    """The state that a text names, in any spelling; None for another text."""
    return next((key for key, mark in _names().items() if mark.names(state)), None)


def states() -> tuple[str, ...]:
    """All states, the first one first: 未处理, 已说明, 已核实, 退回."""
    return tuple(_names()[key] for key in _NEXT)


def apply(report: Report, findings: Iterable[Finding]) -> list[Explained]:
    """Each finding with the state of its explanation, in the order of the findings."""
    return [_explained(f, report.explanations.get(f.id), f.numbers()) for f in findings]


def _explained(finding: Finding, explanation: Explanation | None, numbers: tuple[str, ...]) -> Explained:
    first, why = _names()["open"], _why()
    if explanation is None:
        return Explained(finding, first)
    text = explanation.text
    if finding.level == "error":
        return Explained(finding, first, text, why["error"])
    if lacking := lack(text):
        return Explained(finding, first, text, lacking)
    state = _key(explanation.state or first)
    if state is None:
        return Explained(finding, first, text, _unknown(explanation.state))
    if explanation.numbers and explanation.numbers != numbers:
        before, now = ("、".join(each) for each in (explanation.numbers, numbers))
        return Explained(finding, first, text, why["changed"].format(before=before, now=now))
    # A text without the numbers it was given for is being given now; nobody can have verified it.
    fresh = not explanation.numbers and (state == "open" or numbers)
    return Explained(finding, _names()["given" if fresh and state != "returned" else state], text)


def explained(finding: Finding, explanation: Explanation | None) -> Explained:
    """One finding with the state of its explanation."""
    return _explained(finding, explanation, finding.numbers())


def settles(explanation: Explanation | None, numbers: tuple[str, ...]) -> bool:
    """Whether an explanation counts for a check that is no error and has these numbers now."""
    if explanation is None:
        return False
    stand_in = Finding("", "", "warning", "", "")
    return _explained(stand_in, explanation, numbers).settled


def unexplained(report: Report, findings: Iterable[Finding]) -> list[Finding]:
    """The warnings that stand in the way of the seal: without a valid explanation, or 退回."""
    return [e.finding for e in apply(report, findings) if e.finding.level == "warning" and not e.settled]


def recorded(report: Report, findings: Iterable[Finding]) -> dict[str, Explanation]:
    """All explanations of the report, those of present findings with the state and numbers they have now.

    What is stored with the report: a text typed without numbers gets the numbers it was given for;
    one that no longer holds keeps its old numbers and falls back to the first state.
    """
    kept = dict(report.explanations)
    for explained in apply(report, findings):
        explanation = kept.get(explained.finding.id)
        if explanation is not None:
            numbers = explanation.numbers or (explained.finding.numbers() if explained.settled else ())
            kept[explained.finding.id] = replace(explanation, state=explained.state, numbers=numbers)
    return kept


def explain(report: Report, findings: Iterable[Finding], finding_id: str, text: str) -> Report:
    """A copy of the report in which the finding is explained with ``text`` for its present numbers.

    Raises :class:`ExplanationError` where there is no such finding, it is an error, or the text says too
    little.
    """
    why = _why()
    finding = next((f for f in findings if f.id == finding_id), None)
    if finding is None:
        raise ExplanationError(why["no_finding"].format(id=finding_id))
    if finding.level == "error":
        raise ExplanationError(why["error"])
    if lacking := lack(text):
        raise ExplanationError(lacking)
    given = Explanation(text, _names()["given"], finding.numbers())
    return replace(report, explanations={**report.explanations, finding_id: given})


def moved(explanation: Explanation, state: str) -> Explanation:
    """The explanation in another state, as the reviewing office sets it (已核实, 退回).

    Raises :class:`ExplanationError` for a state that does not exist or may not follow.
    """
    key, before = _key(state), _key(explanation.state)
    if key is None:
        raise ExplanationError(_unknown(state))
    following = _NEXT.get(before or "", ())
    if key not in following:
        names = "、".join(_names()[each] for each in following)
        raise ExplanationError(_why()["refused"].format(before=explanation.state, after=state, states=names))
    return replace(explanation, state=_names()[key])


def _unknown(state: str) -> str:
    return str(_why()["unknown"].format(state=state, states="、".join(states())))
