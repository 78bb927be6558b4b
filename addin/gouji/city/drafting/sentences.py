"""Sentences from templates: of several variants the first whose conditions hold is said.

``wording.toml`` has the figures, the lists, the comparisons with last year and the variants. A condition is
``name op number`` or ``name op name``; ``kinds.x`` counts the parts of a list that are not 0.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from ...precompiled import compiled
from ...report import Report
from ...wording import wording_of
from .coverage import Coverage, Limit
from .figures import Absent, Figures, Unknown
from .quantities import WHOLE, is_exact, percent, share, thousandths

_PACKAGE = "gouji.city.drafting"
_FIELD = compiled(r"\{([a-z_]+)(?:\.([a-z_]+))?\}")
_CONDITION = compiled(r"([a-z_.]+) (=|>=|<=|>|<) ([a-z_.]+|\d+)")
_HOLDS: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class Teller:
    """Tells sentences of one report, compared with last year's where that is given.

    ``coverage``: of which units a sum's numbers are, None for a report that is no sum. ``told``: whether any
    sentence was asked for; ``rounded``: whether a share or a change that was told so far had to be rounded;
    ``grown``: whether a change was told.
    """

    def __init__(self, report: Report, prior: Report | None, coverage: Coverage | None = None) -> None:
        self.figures = Figures(report)
        self._coverage = coverage
        self.before = Figures(prior, certain=True) if prior else None
        self.rounded = self.told = self.grown = False
        self._year = str(report.year)

    def sentence(self, name: str) -> str:
        """The sentence, "" where nothing is to say. Raises :class:`Unknown`."""
        self.told = True
        self.figures.read.clear()
        said = self._said(name)
        if said and self._coverage:
            self._coverage.check(sorted(self.figures.read))
        return said

    def limit(self) -> Limit | None:
        """Of how many units the last sentence is; None where it is of all."""
        if self._coverage is None:
            return None
        by_id = self.figures.report.form.by_id
        return self._coverage.limit({by_id[cell].table for cell in self.figures.read})

    def _said(self, name: str) -> str:
        for variant in wording_of(_PACKAGE, f"sentences.{name}")["variants"]:
            try:
                if all(map(self._holds, variant["when"])):
                    return _FIELD.sub(self._field, variant["say"])
            except Absent:
                continue
        return ""

    def _holds(self, condition: str) -> bool:
        found = _CONDITION.fullmatch(condition)
        assert found, condition
        return _HOLDS[found[2]](self._operand(found[1]), self._operand(found[3]))

    def _operand(self, text: str) -> int:
        if text.isdecimal():
            return int(text)
        kind, _, name = text.rpartition(".")
        return len(self._parts(name)) if kind else self.figures(name)

    def _field(self, found: re.Match[str]) -> str:
        kind, name = found.groups()
        if name is None:
            return self._year if kind == "year" else self.figures.shown(kind)
        told: dict[str, Callable[[str], str]] = {
            "list": self._list,
            "only": self._only,
            "all": self._all,
            "sum": self._sum,
            "grown": self._grown,
        }
        return told[kind](name)

    # ------------------------------------------------------------ lists

    def _parts(self, name: str) -> dict[str, int]:
        """The parts of a list that are not 0, in order. Raises :class:`Unknown` where they do not add up."""
        given = _list_data(name)
        numbers: dict[str, int] = {}
        for part in given["parts"]:
            try:
                numbers[part] = self.figures(part)
            except Absent:
                continue
        whole = given.get("whole")
        if whole and numbers and sum(numbers.values()) != self.figures(whole):
            raise Unknown(name)
        return {part: number for part, number in numbers.items() if number}

    def _name(self, name: str, part: str) -> str:
        return _list_data(name)["parts"][part] or self.figures.label(part)

    def _only(self, name: str) -> str:
        (part,) = self._parts(name)
        return str(_list_data(name).get("alone", {}).get(part, self._name(name, part)))

    def _all(self, name: str) -> str:
        (part,) = self._parts(name)
        return str(_list_data(name)["all"][part])

    def _list(self, name: str) -> str:
        words, given, parts = wording_of(_PACKAGE, "lists"), _list_data(name), self._parts(name)
        whole = self._shared(name)
        said = []
        for part, number in parts.items():
            text = given["part"].format(name=self._name(name, part), number=self.figures.shown(part))
            if whole:
                text += words["share"].format(percent=share(number, whole))
                self.rounded |= not is_exact(number, whole)
            said.append(text)
        return str(words["between"].join(said))

    def _shared(self, name: str) -> int:
        """The whole that shares are told of; 0 where none are."""
        given = _list_data(name)
        whole = self.figures(given["whole"]) if given.get("shares") else 0
        return whole if whole >= wording_of(_PACKAGE, "lists")["shares_from"] else 0

    def _sum(self, name: str) -> str:
        """What the rounded shares add up to, where that is not 100 %."""
        whole = self._shared(name)
        shares = [thousandths(number, whole) for number in self._parts(name).values()] if whole else []
        total = sum(shares)
        if total in (0, WHOLE) or not {0, WHOLE}.isdisjoint(shares):
            return ""
        words = wording_of(_PACKAGE, "lists")
        return str(words["not_whole"].format(percent=percent(total)))

    # ------------------------------------------------------------ last year

    def _grown(self, name: str) -> str:
        """The comparison behind a number; "" where last year's is not known."""
        words = wording_of(_PACKAGE, "growth")
        now = self.figures(name)
        try:
            before = self.before(name) if self.before else None
        except (Absent, Unknown):
            before = None
        if before is None:
            return ""
        self.grown = True
        change = abs(now - before)
        if not change:
            return str(words["same"])
        key, number = ("more" if now > before else "fewer"), 0
        if before >= words["percent_from"]:
            number = thousandths(change, before)
        if not number:
            return str(words[key].format(number=change))
        self.rounded |= not is_exact(change, before)
        return str(words[f"{key}_percent"].format(number=change, percent=percent(number)))


def _list_data(name: str) -> dict[str, Any]:
    return wording_of(_PACKAGE, f"lists.{name}")
