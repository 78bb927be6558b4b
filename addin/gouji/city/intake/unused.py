"""What is wrong with a version that is not used: told with it, and nobody's to mend any more. A form of
another edition that is to be filled in anew has nothing to explain either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .filed import Filed, Status, Submission
from .remarks import remark

#: Set aside for another file of the unit, whatever becomes of that one.
_FOR_ANOTHER: tuple[Status, ...] = ("superseded", "unfilled", "own_output")
#: Set aside where the unit is counted by another file.
_BESIDE: tuple[Status, ...] = ("wrong_year", "wrong_edition")
_COUNTED: tuple[Status, ...] = ("taken", "partial")


def unused(filed: Iterable[Filed]) -> list[Filed]:
    """The files of one unit, the findings of those that are not used as hints that say so. A file of another
    year or edition is such a one where the unit is counted by another."""
    files = list(filed)
    counted = any(one.status in _COUNTED for one in files)
    return [_lightened(one, counted=counted) for one in files]


def _lightened(filed: Filed, *, counted: bool) -> Filed:
    if is_unused(filed, counted=counted):
        return _told(filed)
    return _refilled(filed) if filed.status == "wrong_edition" else filed


def is_unused(filed: Filed, *, counted: bool) -> bool:
    """Whether nobody has to do anything with a file, because another one stands for it. ``counted``: its unit
    is counted."""
    return filed.status in _FOR_ANOTHER or (counted and filed.status in _BESIDE)


def without_same(copy: Submission, first: Submission) -> Submission:
    """A file with the content of another: what is said of that is not said again."""
    said = {finding.id for finding in first.findings}
    return replace(copy, findings=tuple(one for one in copy.findings if one.id not in said))


def _told(filed: Filed) -> Filed:
    if filed.status == "own_output":
        # A copy of ours shows what was found in the file that it was laid over.
        return replace(filed, submission=replace(filed.submission, findings=()))
    found = tuple(
        one.but(level="hint", message=remark("of_unused", message=one.message), remedy=remark("unused"))
        for one in filed.submission.findings
    )
    return replace(filed, submission=replace(filed.submission, findings=found))


def _refilled(filed: Filed) -> Filed:
    """The unit fills in another form: what asks for an explanation in this one is only told."""
    found = tuple(
        one.but(level="hint", remedy=remark("refilled")) if one.level == "warning" else one
        for one in filed.submission.findings
    )
    return replace(filed, submission=replace(filed.submission, findings=found))
