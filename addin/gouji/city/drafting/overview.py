"""Section 一 in its five parts: what the tables say in sentences, and a gap for what they do not."""

from __future__ import annotations

from collections.abc import Iterator

from ...document.contents import gap
from ...report import Report
from ...wording import wording_of
from .checking import faults
from .figures import Unknown
from .sentences import Teller

_PACKAGE = "gouji.city.drafting"
#: The section that is drafted here.
SECTION = "一"


class Overview:
    """``prior``: last year's report of the same units, or None: then nothing is compared. ``rounded``:
    whether the text holds a number that was rounded."""

    def __init__(self, report: Report, prior: Report | None) -> None:
        self.report, self.prior = report, prior
        self._teller = Teller(report, prior)
        self.text = "\n".join(self._lines())
        self.rounded = self._teller.rounded

    def _lines(self) -> Iterator[str]:
        words = wording_of(_PACKAGE, "overview")
        yield gap(words["opening"])
        for part in words["parts"]:
            yield part["title"]
            for names in part["paragraphs"]:
                said = "".join(map(self._sentence, names))
                if said:
                    yield said
            yield gap(part["gap"])

    def _sentence(self, name: str) -> str:
        """The sentence, or a gap where the tables do not give its numbers."""
        try:
            said = self._teller.sentence(name)
        except Unknown:
            said = None
        if said is None or (said and faults(self.report, SECTION, said, self.prior)):
            what = wording_of(_PACKAGE, f"sentences.{name}")["what"]
            return gap(wording_of(_PACKAGE, "overview")["undecided"].format(what=what))
        return said
