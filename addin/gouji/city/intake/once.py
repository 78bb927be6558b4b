"""What would be said of nearly every file alike is said once for the run, with the files that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...rules import Catalogue, Finding
from .filed import Filed, Submission, UnitRow
from .remarks import remark, some
from .unused import is_unused

#: Rules of one file that a run says once; their ``messages`` have a line ``several``.
_RULES = ("seal-missing", "prior-absent")
_NAMED = 5


def set_apart(submissions: Sequence[Submission]) -> tuple[list[Submission], dict[str, frozenset[str]]]:
    """The submissions without these findings, and rule -> the files of which each that was found more than
    once is to be said."""
    apart: dict[str, frozenset[str]] = {}
    kept = list(submissions)
    for rule in _RULES:
        about = frozenset(s.file for s in kept if any(f.rule == rule for f in s.findings))
        if len(about) > 1:
            apart[rule] = about
            kept = [_without(s, rule) for s in kept]
    return kept, apart


def said_once(
    apart: Mapping[str, frozenset[str]], rows: Sequence[UnitRow], strangers: Sequence[Filed], rules: Catalogue
) -> Iterator[Finding]:
    """One finding a rule, on the files that nothing else stands for: of the others nobody asks it."""
    asked = [
        *(f.submission for row in rows for f in row.files if not _is_aside(f, row)),
        *(filed.submission for filed in strangers),
    ]
    for rule, files in apart.items():
        about = [s for s in asked if s.file in files]
        if about:
            named = [_named(name, count) for name, count in Counter(s.unit or s.file for s in about).items()]
            said: dict[str, Any] = {"count": len(about), "units": some(named, _NAMED)}
            yield rules[rule].finding("run", message="several", **said)


def _is_aside(filed: Filed, row: UnitRow) -> bool:
    return filed.status == "repeated" or is_unused(filed, counted=row.taken is not None)


def _named(name: str, count: int) -> str:
    return remark("files_of", unit=name, count=count) if count > 1 else name


def _without(submission: Submission, rule: str) -> Submission:
    findings = tuple(f for f in submission.findings if f.rule != rule)
    return submission if len(findings) == len(submission.findings) else replace(submission, findings=findings)
