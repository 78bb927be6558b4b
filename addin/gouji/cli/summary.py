"""What a consolidation says on the terminal, with a season or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..files import shown_path
from . import words
from .given import say_leftovers
from .telling import tell

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.intake.folder import Found

#: Files that are no submissions by their names alone.
_NOT_READ = ("lock", "leftover", "foreign", "given")


def exit_code(result: Consolidation) -> int:
    """1 where anything is wrong and open: with the sum or a unit's file; or a file belongs to nobody."""
    from ..city.approving.telling import is_open

    return 1 if is_open(result) else 0


def print_unread(found: Found) -> None:
    """Files of a folder that were passed over, on stderr."""
    from ..city.intake.passed_over import why_unread

    say_leftovers(found)
    for path in found.foreign:
        file = shown_path(path.relative_to(found.folder))
        reason = why_unread(path) or words("consolidate")["foreign_reason"]
        tell(words("consolidate")["foreign"], file=file, reason=reason.rstrip("。"), err=True)


def print_summary(result: Consolidation) -> None:
    from ..city.approving.telling import lacking, sum_counts
    from ..city.asking.acting import unclaimed
    from ..city.intake.reasons import label_of, short_reason
    from ..city.views.said import said_of

    w = words("consolidate")
    tell(w["done"].format(**sum_counts(result)))
    for row in lacking(result):
        tell(w["left_out"], unit=row.unit.name, reason=short_reason(row))
    for row in (row for row in result.units if row.status == "partial"):
        tell(w["partial"], reason=short_reason(row), unit=row.unit.name)
    for filed in unclaimed(result):
        reason = "；".join([label_of(filed), *filed.remarks])
        tell(w["left_out"], unit=filed.submission.file, reason=reason)
    # Files that nobody read are said while reading.
    for filed in (f for f in result.intake.set_aside if f.status not in _NOT_READ):
        tell(w["set_aside"], file=filed.submission.file, reason="；".join(filed.remarks))
    for finding in (f for f in result.findings if f.rule == "text-injected"):
        tell(w["injected"], message=finding.message)
    for line in said_of(result):
        tell(line)
