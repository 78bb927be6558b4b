"""Section 一 in its five parts: what the tables say in sentences, and a gap for what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...document.contents import gap
from ...marks import marks_of
from ...report import Report
from ...wording import wording_of
from .checking import faults
from .figures import Unknown
from .sentences import Teller

_PACKAGE = "gouji.city.drafting"
#: The section that is drafted here.
SECTION = "一"
#: The number of a heading of the second level.
_HEADING = re.compile("[（(][一二三四五六七八九十]+[）)]")


class Overview:
    """``prior``: last year's report of the same units, or None: then nothing is compared. ``own``: what the
    office wrote, "" for nothing: then it is drafted whole; else a line 【统计】 in it is replaced by what the
    tables say of the part in which it stands. ``told``: whether the text holds any sentence from the tables;
    ``rounded``: whether one of its numbers was rounded."""

    def __init__(self, report: Report, prior: Report | None, own: str = "") -> None:
        self.report, self.prior = report, prior
        self._words = wording_of(_PACKAGE, "overview")
        self._teller = Teller(report, prior)
        self.text = "\n".join(self._filled(own) if own.strip() else self._lines())
        self.rounded = self._teller.rounded
        self.told = self._teller.told

    def _lines(self) -> Iterator[str]:
        yield gap(self._words["opening"])
        for part in self._words["parts"]:
            yield part["title"]
            yield from self._told(part)
            yield gap(part["gap"])

    def _filled(self, own: str) -> Iterator[str]:
        """The office's lines; above the first heading of a part the mark stands for all parts."""
        mark = marks_of(_PACKAGE, "texts")["figures"]
        here = parts = self._words["parts"]
        for line in own.splitlines():
            named = [part for part in parts if _bare(part["title"]) in line and _HEADING.match(line.strip())]
            here = named or here
            if mark.names(line):
                for part in here:
                    yield from self._told(part)
            else:
                yield line

    def _told(self, part: Mapping[str, Any]) -> Iterator[str]:
        for names in part["paragraphs"]:
            if said := "".join(map(self._sentence, names)):
                yield said

    def _sentence(self, name: str) -> str:
        """The sentence, or a gap where the tables do not give its numbers."""
        try:
            said = self._teller.sentence(name)
        except Unknown:
            said = None
        if said is None or (said and faults(self.report, SECTION, said, self.prior)):
            what = wording_of(_PACKAGE, f"sentences.{name}")["what"]
            return gap(self._words["undecided"].format(what=what))
        return said


def _bare(title: str) -> str:
    """A heading without its number."""
    return _HEADING.sub("", title)
