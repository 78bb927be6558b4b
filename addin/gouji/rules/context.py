"""What a check may know beside the report itself."""

from __future__ import annotations

from dataclasses import field, replace

from ..records import dataclass
from ..report import Report
from .catalogue import Catalogue, catalogue


@dataclass(frozen=True)
class Context:
    """``prior``: last year's report of the same unit, or None (carry-over rules are then undecidable).

    ``prior_sealed``: last year's file carries an unbroken seal. ``imported``: the report was read
    from a published text, not from a form (:meth:`of`). ``government``: the unit is a government, not a
    department; ``kind``: what the roster calls it (乡镇街道), or "" (see ``bodies.py``). ``rule_making``:
    whether the unit may issue 规章; None when the roster does not say. ``expected``: what the roster or the
    call says of unit, code, year and edition, for the cover check. ``cover``: false where the tables alone
    are known, as in a worksheet function, so that an empty cover proves nothing. ``searched``: the file of
    last year
    that has no report of the unit, or ""; ``left_out``: why it has none, where the file itself says that the
    unit was left out of its sum. ``summed``: the report adds up others, so that nobody typed its
    numbers and nothing is said of how they may have been mistyped.
    """

    prior: Report | None = None
    prior_sealed: bool = False
    imported: bool = False
    government: bool = False
    kind: str = ""
    rule_making: bool | None = None
    expected: dict[str, str] = field(default_factory=dict)
    cover: bool = True
    searched: str = ""
    left_out: str = ""
    summed: bool = False
    catalogue: Catalogue = field(default_factory=catalogue)

    def of(self, report: Report) -> Context:
        """The context in which a report is judged: one that says itself that it was published is imported."""
        return replace(self, imported=True) if report.imported and not self.imported else self

    def last_year(self, report: Report) -> Report | None:
        """``prior`` where it can be compared: the year before, or 上年数 typed without a year (0).

        Another year's report proves nothing about this one; the cover check says so instead.
        """
        if self.prior is None or self.prior.year not in (0, report.year - 1):
            return None
        return self.prior
