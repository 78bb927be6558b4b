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
    from ..report import Report
    from ..rules import Catalogue, Finding
    from ..workbook.seal import Seal


class NotSealable(GoujiError):
    """An error is left, or a warning that nobody explained, or the texts are not known. ``examined``: the
    file; ``findings``: what stands in the way, () where that is no finding."""

    def __init__(
        self, key: str, examined: Examined, findings: Sequence[Finding] = (), *, sections: str = ""
    ) -> None:
        said = wording_of("gouji", "seal")[key].format(count=len(findings), sections=sections)
        super().__init__(said)
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
    if sections := texts_unknown(examined.reading.report):
        return NotSealable("texts", examined, sections=sections)
    return None


def texts_unknown(report: Report) -> str:
    """The sections that are texts, by their numbers, where the report came without any: no rule has looked
    at them. "" where they are known."""
    if report.texts is not None:
        return ""
    between: str = wording_of("gouji", "seal")["between"]
    return between.join(s.number for s in report.form.sections if not s.table)


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
