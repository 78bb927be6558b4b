"""Section 一 in its five parts: what the tables say in sentences, and a gap for what they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ...document.contents import gap
from ...form.labels import unnumbered
from ...marks import marks_of
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ..parting.saying import unit_list
from .checking import faults
from .coverage import Coverage, Limit, Unfilled
from .figures import Unknown
from .sections import sections_of
from .sentences import Teller

_PACKAGE = "gouji.city.drafting"


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence: its ``text``, "" where nothing is to say, and of how many units it is, None for all; or
    ``why`` it waits, in words."""

    name: str
    text: str = ""
    limit: Limit | None = None
    why: str = ""


class Overview:
    """``prior``: last year's report of the same units, or None: then nothing is compared. ``own``: what the
    office wrote, "" for nothing: then it is drafted whole; else a line 【统计】 in it is replaced by what the
    tables say of the part in which it stands. ``coverage``: of which units a sum is: what is not of all of
    them says of how many. ``told``: whether the text holds any sentence from the tables;
    ``rounded``: whether one of its numbers was rounded; ``grown``: whether it speaks of last year."""

    def __init__(
        self, report: Report, prior: Report | None, own: str = "", coverage: Coverage | None = None
    ) -> None:
        self.report, self.prior = report, prior
        self._section = sections_of(report.form).overview
        self._words = wording_of(_PACKAGE, "overview")
        self._teller = Teller(report, prior, coverage)
        self.text = "\n".join(self._filled(own) if own.strip() else self._lines())
        self.rounded, self.grown = self._teller.rounded, self._teller.grown
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
        yield from filter(None, map(self._paragraph, part["paragraphs"]))

    def _paragraph(self, names: Sequence[str]) -> str:
        """The sentences of these names; those side by side that wait for the same are one gap."""
        said: list[str] = []
        before: Limit | None = None
        for why, those in groupby(map(self._sentence, names), key=lambda one: one.why):
            told = list(those)
            if why:
                said.append(self._gap(why, [one.name for one in told]))
            for one in filter(lambda one: one.text, told):
                within = one.limit == before and wording_of(_PACKAGE, f"sentences.{one.name}").get("within")
                again = one.limit == before
                said.append(one.limit.said(one.text, again=again) if one.limit and not within else one.text)
                before = one.limit
        return "".join(said)

    def _sentence(self, name: str) -> _Told:
        try:
            text = self._teller.sentence(name)
        except Unfilled as unfilled:
            return _Told(name, why=self._words["unfilled"].format(units=unit_list(unfilled.units)))
        except Unknown:
            return _Told(name, why=self._undecided)
        # Checked before it is limited: what is said of some units alone is no statement on the tables.
        if text and faults(self.report, self._section, text, self.prior):
            return _Told(name, why=self._undecided)
        return _Told(name, text, self._teller.limit() if text else None)

    @property
    def _undecided(self) -> str:
        return str(self._words["undecided" if self.report.is_typed else "nothing"])

    def _gap(self, why: str, names: Sequence[str]) -> str:
        what = (wording_of(_PACKAGE, f"sentences.{name}")["what"] for name in names)
        return gap(self._words["waits"].format(what=self._words["between"].join(what), why=why))

    def _heads(self, line: str, title: str) -> bool:
        """Whether a line is the heading of a part, whatever number it has there."""
        return unnumbered(title) in line and re.match(self._words["pattern_number"], line.strip()) is not None
