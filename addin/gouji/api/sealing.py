"""A sealed copy, or what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GoujiError
from ..records import dataclass
from ..wording import wording_of

if TYPE_CHECKING:
    from ..examine import Examined
    from ..rules import Catalogue, Finding
    from ..workbook.seal import Seal


class NotSealable(GoujiError):
    """An error is left, or a warning that nobody explained. ``examined``: the file; ``findings``: what stands
    in the way."""

    def __init__(self, key: str, examined: Examined, findings: Sequence[Finding]) -> None:
        super().__init__(wording_of("gouji", "seal")[key].format(count=len(findings)))
        self.examined = examined
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """A workbook, and the seal that it carries."""

    content: bytes
    seal: Seal


def obstacle(examined: Examined) -> NotSealable | None:
    """What stands in the way of a seal, or None."""
    from ..rules.explanations import unexplained

    if examined.reading is None:
        return NotSealable("unreadable", examined, examined.findings)
    # A seal that was broken is no obstacle to a new one.
    findings = [f for f in examined.findings if f.rule != "seal-broken"]
    if errors := [f for f in findings if f.level == "error"]:
        return NotSealable("errors", examined, errors)
    if open_ := unexplained(examined.reading.report, findings):
        return NotSealable("unexplained", examined, open_)
    return None


def sealed_copy(examined: Examined, rules: Catalogue, source: Path | bytes) -> SealedCopy:
    """The copy of a file that was examined by ``rules``. Raises :class:`NotSealable`.

    Each explanation is kept with the state and the numbers that it has now, which the seal covers.
    ``source``: the file, for what was pasted beside the form.
    """
    from ..rules.explanations import recorded
    from ..workbook.reading.zones import zones_of
    from ..workbook.seal import make_seal
    from ..workbook.writer import write_workbook

    reading = examined.reading
    if (refused := obstacle(examined)) or reading is None:
        raise refused or NotSealable("unreadable", examined, examined.findings)
    findings = [f for f in examined.findings if f.rule != "seal-broken"]
    reading.report.explanations = recorded(reading.report, findings)
    stamp = make_seal(reading.report, reading.prior, rules)
    pasted = zones_of(source)
    content = write_workbook(reading.report, prior=reading.prior, rules=rules, seal=stamp, pasted=pasted)
    return SealedCopy(content, stamp)
