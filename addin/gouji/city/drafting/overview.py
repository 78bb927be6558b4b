"""Section 一 in its five parts: what the tables say in sentences, and a gap for what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...document.contents import gap
from ...form.labels import unnumbered
from ...marks import marks_of
from ...report import Report
from ...wording import wording_of
from ..parting.saying import unit_list
from .checking import faults
from .coverage import Coverage, Limit, Unfilled
from .figures import Unknown
from .sections import sections_of
from .sentences import Teller

_PACKAGE = "gouji.city.drafting"


class Overview:
    """``prior``: last year's report of the same units, or None: then nothing is compared. ``own``: what the
    office wrote, "" for nothing: then it is drafted whole; else a line 【统计】 in it is replaced by what the
    tables say of the part in which it stands. ``coverage``: of which units a sum is: what is not of all of
    them says of how many. ``told``: whether the text holds any sentence from the tables;
    ``rounded``: whether one of its numbers was rounded."""

    def __init__(
        self, report: Report, prior: Report | None, own: str = "", coverage: Coverage | None = None
    ) -> None:
        self.report, self.prior = report, prior
        self._section = sections_of(report.form).overview
        self._words = wording_of(_PACKAGE, "overview")
        self._teller = Teller(report, prior, coverage)
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
            named = [part for part in parts if self._heads(line, part["title"])]
            here = named or here
            if mark.names(line):
                for part in here:
                    yield from self._told(part)
            else:
                yield line

    def _told(self, part: Mapping[str, Any]) -> Iterator[str]:
        for names in part["paragraphs"]:
            before: Limit | None = None
            paragraph = ""
            for name in names:
                said, limit = self._sentence(name)
                if said and limit and not (limit == before and self._is_within(name)):
                    said, before = limit.said(said, again=limit == before), limit
                paragraph += said
            if paragraph:
                yield paragraph

    def _sentence(self, name: str) -> tuple[str, Limit | None]:
        """The sentence and of how many units it is, or a gap where the tables do not give its numbers."""
        try:
            said = self._teller.sentence(name)
        except Unfilled as unfilled:
            return self._gap(name, "unfilled", units=unit_list(unfilled.units)), None
        except Unknown:
            return self._gap(name, "undecided"), None
        # Checked before it is limited: what is said of some units alone is no statement on the tables.
        if said and faults(self.report, self._section, said, self.prior):
            return self._gap(name, "undecided"), None
        return said, self._teller.limit()

    def _is_within(self, name: str) -> bool:
        return bool(wording_of(_PACKAGE, f"sentences.{name}").get("within"))

    def _gap(self, name: str, key: str, **names: str) -> str:
        what = wording_of(_PACKAGE, f"sentences.{name}")["what"]
        return gap(self._words[key].format(what=what, **names))

    def _heads(self, line: str, title: str) -> bool:
        """Whether a line is the heading of a part, whatever number it has there."""
        return unnumbered(title) in line and re.match(self._words["pattern_number"], line.strip()) is not None
