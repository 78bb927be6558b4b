"""Which finding a line of 说明与核实 is about. One that is about none is kept and said, with the ids that it
may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from ...records import dataclass
from ...rules import Catalogue, Finding
from ...workbook.keys import plain_key
from ..desk import OfficeWord
from ..intake.names import names_city, plain_name, similar
from ..intake.roster import Roster
from .items import ON_CHECK, Item

#: So many similar ids are named.
_NAMED = 3


@dataclass
class Matched:
    """``of``: (unit, id of the finding) -> word, "" for the city; ``whole``: unit -> word on all that it
    sent; ``findings``: what is said of words that are about nothing here, or that a later one replaces."""

    of: dict[tuple[str, str], OfficeWord] = field(default_factory=dict)
    whole: dict[str, OfficeWord] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def match(
    words: Sequence[OfficeWord], items: Sequence[Item], roster: Roster, city: str, rules: Catalogue
) -> Matched:
    """Each word to its finding or unit. Of several words on one thing the last holds; a line without text and
    state says nothing."""
    matcher = _Matcher(items, roster, city, rules)
    for word in words:
        if word.text.strip() or word.state.strip():
            matcher.take(word)
    return matcher.matched


def said(rules: Catalogue, word: OfficeWord, message: str, **names: object) -> Iterator[Finding]:
    """A hint on one line of 说明与核实."""
    rule = rules["office-word"]
    if not rule.off:
        phrases = rule.parameters["phrases"]
        where = phrases["line" if word.line else "other"].format(line=word.line)
        fields = {"where": where, "unit": word.unit, "finding": word.finding, **names}
        place = f"{word.unit}/{word.finding}/{word.line}"
        yield rule.finding(place, message=message, remedy=message, **fields)


class _Matcher:
    def __init__(self, items: Sequence[Item], roster: Roster, city: str, rules: Catalogue) -> None:
        self.roster, self.city, self.rules = roster, city, rules
        self.matched = Matched()
        #: Unit, "" for the city -> what its findings may be called -> (where it stands, "" for the city; id).
        self.ids: dict[str, dict[str, tuple[str, str]]] = {"": {}}
        for item in items:
            owner = "" if item.city else item.of
            if item.city or item.of:
                for name in dict.fromkeys((owner, *filter(None, (item.of, *item.beside)))):
                    for called in _called(item):
                        self.ids.setdefault(name, {}).setdefault(called, (owner, item.finding.id))

    def take(self, word: OfficeWord) -> None:
        owners = self._owners(word.unit)
        if not owners:
            names = [unit.name for unit in self.roster.units]
            self._say(word, "unit", similar=similar(word.unit, names, beginning=self.city))
        elif word.finding.strip():
            self._on_finding(word, owners)
        elif owners == [""]:
            self._say(word, "city")
        else:
            self._replaced(self.matched.whole.get(owners[-1]), word)
            self.matched.whole[owners[-1]] = word

    def _owners(self, unit: str) -> list[str]:
        """Whose findings a word may mean, the likeliest first: "" for the city, which may also be a unit."""
        named = plain_name(unit) == plain_name(self.city)
        if names_city(unit, self.city) and not named:
            return [""]
        found = self.roster.find(unit, unit)
        return ([""] if named else []) + ([found.name] if found else [])

    def _on_finding(self, word: OfficeWord, owners: Sequence[str]) -> None:
        from difflib import get_close_matches

        for owner in owners:
            ids = self.ids.get(owner, {})
            meant = word.finding.strip() if word.finding.strip() in ids else _only(word.finding, ids)
            if meant:
                key = ids[meant]
                self._replaced(self.matched.of.get(key), word)
                self.matched.of[key] = word
                return
        known = {plain_key(one): one for owner in owners for one in self.ids.get(owner, ())}
        like = get_close_matches(plain_key(word.finding), known, _NAMED)
        self._say(word, "similar" if like else "gone", similar=[known[one] for one in like])

    def _replaced(self, before: OfficeWord | None, word: OfficeWord) -> None:
        if before is not None:
            self.matched.findings += said(self.rules, before, "replaced", other=word.line)

    def _say(self, word: OfficeWord, message: str, similar: Sequence[str] = ()) -> None:
        phrase = self.rules["office-word"].parameters["phrases"]["similar"]
        shown = phrase.format(similar="、".join(similar)) if similar else ""
        self.matched.findings += said(self.rules, word, message, similar=shown)


def is_on_city(word: OfficeWord, city: str) -> bool:
    """Whether a word is on the sum."""
    return bool(word.finding.strip()) and names_city(word.unit, city)


def _called(item: Item) -> Iterator[str]:
    """The id of a finding; of one of the sum also that of the row of 校验 that compares the same numbers."""
    yield item.finding.id
    if item.city and (check := ON_CHECK.get(item.finding.rule)):
        yield f"{check}:{item.finding.place}"


def _only(typed: str, ids: Iterable[str]) -> str:
    """The one id that a text means in another width, case or spacing; "" for none or several."""
    meant = [one for one in ids if plain_key(one) == plain_key(typed)]
    return meant[0] if len(meant) == 1 else ""
