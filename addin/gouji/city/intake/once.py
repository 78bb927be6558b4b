"""What would be said of nearly every file alike is said once for the run, with the files that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...rules import Catalogue, Finding
from .filed import Submission
from .remarks import remark

#: Rules of one file that a run says once; their ``messages`` have a line ``several``.
_RULES = ("seal-missing", "prior-absent")
_NAMED = 5


def said_once(submissions: Sequence[Submission], rules: Catalogue) -> tuple[list[Submission], list[Finding]]:
    """The submissions without these findings, and one finding for each rule that was found more than once."""
    found: list[Finding] = []
    kept = list(submissions)
    for rule in _RULES:
        about = [s for s in kept if any(f.rule == rule for f in s.findings)]
        if len(about) < 2:
            continue
        kept = [_without(s, rule) for s in kept]
        names = [s.unit or s.file for s in about]
        more = remark("others") if len(names) > _NAMED else ""
        said: dict[str, Any] = {"count": len(about), "units": "、".join(names[:_NAMED]) + more}
        found.append(rules[rule].finding("run", message="several", **said))
    return kept, found


def _without(submission: Submission, rule: str) -> Submission:
    findings = tuple(f for f in submission.findings if f.rule != rule)
    return submission if len(findings) == len(submission.findings) else replace(submission, findings=findings)
