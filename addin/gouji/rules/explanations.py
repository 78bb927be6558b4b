"""审核说明: a warning is fixed or explained (README.md, “审核说明”).

An explanation belongs to a finding's id and to the numbers it was given for. It holds while the
finding shows the same numbers; else the finding falls back to 未处理 and says why. Explanations are
never dropped: one whose finding is gone stays in the report, for the finding may come back.
Errors can not be explained away. States and what may follow them are in ``wording.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..report import Explanation, Report
from ..wording import wording_of
from .finding import Finding


class ExplanationError(ValueError):
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
        return self.state in _words()["settled"]


def _words() -> dict[str, Any]:
    return wording_of("gouji.rules", "explanations")


def states() -> tuple[str, ...]:
    """All states, the first one first: 未处理, 已说明, 已核实, 退回."""
    return tuple(_words()["next"])


def apply(report: Report, findings: Iterable[Finding]) -> list[Explained]:
    """Each finding with the state of its explanation, in the order of the findings."""
    return [_explained(finding, report.explanations.get(finding.id)) for finding in findings]


def _explained(finding: Finding, explanation: Explanation | None) -> Explained:
    words = _words()
    first, why = words["first"], words["why"]
    if explanation is None:
        return Explained(finding, first)
    text = explanation.text
    if finding.level == "error":
        return Explained(finding, first, text, why["error"])
    if not text.strip():
        return Explained(finding, first, text, why["empty"])
    state = explanation.state or first
    if state not in states():
        return Explained(finding, first, text, _unknown(state))
    if explanation.numbers and explanation.numbers != finding.numbers():
        before, now = ("、".join(numbers) for numbers in (explanation.numbers, finding.numbers()))
        return Explained(finding, first, text, why["changed"].format(before=before, now=now))
    # A text without the numbers it was given for is being given now; nobody can have verified it.
    fresh = not explanation.numbers and (state == first or finding.numbers())
    return Explained(finding, words["given"] if fresh and state != words["returned"] else state, text)


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

    Raises :class:`ExplanationError` where there is no such finding, it is an error, or the text is
    empty.
    """
    words = _words()
    finding = next((f for f in findings if f.id == finding_id), None)
    if finding is None:
        raise ExplanationError(words["why"]["no_finding"].format(id=finding_id))
    if finding.level == "error":
        raise ExplanationError(words["why"]["error"])
    if not text.strip():
        raise ExplanationError(words["why"]["empty"])
    given = Explanation(text, words["given"], finding.numbers())
    return replace(report, explanations={**report.explanations, finding_id: given})


def moved(explanation: Explanation, state: str) -> Explanation:
    """The explanation in another state, as the reviewing office sets it (已核实, 退回).

    Raises :class:`ExplanationError` for a state that does not exist or may not follow.
    """
    why = _words()["why"]
    if state not in states():
        raise ExplanationError(_unknown(state))
    following = _words()["next"].get(explanation.state, [])
    if state not in following:
        raise ExplanationError(
            why["refused"].format(before=explanation.state, after=state, states="、".join(following))
        )
    return replace(explanation, state=state)


def _unknown(state: str) -> str:
    return str(_words()["why"]["unknown"].format(state=state, states="、".join(states())))
