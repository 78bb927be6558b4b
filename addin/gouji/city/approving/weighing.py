"""Whether what was said of one finding holds: of its unit in the workbook, of the office in 说明与核实.

An explanation holds for the numbers that it was given for; so does 已核实 and 退回. What the office says
comes before what the unit says, 退回 before 已说明. An error can only be corrected, but for one whose
rule is ``explainable``, which 已核实 settles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...records import dataclass
from ...rules import Catalogue
from ...rules.explanations import explained, lack
from ...wording import wording_of
from ..desk import OfficeWord
from .items import Item, numbers_of
from .kept import By, KeptWord, WordKey
from .settled import Key, Settled, state_names

#: How many numbers that changed are told.
_TOLD = 3


def words(section: str) -> dict[str, str]:
    return wording_of("gouji.city.approving", section)


def key_of(state: str) -> str | None:
    """The key of a state in any spelling, "" for none; None for another text."""
    if not state.strip():
        return ""
    return next((key for key, name in state_names().items() if name.names(state)), None)


def unknown(state: str) -> str:
    return words("why")["unknown"].format(state=state, states="、".join(state_names().values()))


@dataclass(frozen=True, slots=True)
class Held:
    """What holds of one side. ``text`` only where it explains."""

    key: Key = "open"
    text: str = ""
    why: str = ""
    who: str = ""
    when: str = ""
    numbers: tuple[str, ...] = ()


class Scales:
    """Weighs findings one by one; ``keep``: for which numbers the words of this run were first seen."""

    def __init__(self, kept: Mapping[WordKey, KeptWord], rules: Catalogue) -> None:
        self.kept, self.rules = kept, rules
        self.keep: dict[WordKey, KeptWord] = {}

    def weigh(self, item: Item, word: OfficeWord | None) -> Settled:
        """``word``: the office's on this finding, None where it said nothing."""
        unit = self._of_unit(item)
        if word is None and item.own:
            given = item.own
            word = OfficeWord("", item.finding.id, given.text, given.state, numbers=given.numbers)
        held = self._of_office(item, unit, word) if word else unit
        finding = item.finding
        if finding.level == "error" and held.key == "verified":
            finding = finding.but(level="warning")
        elif finding.level == "error" and held.key == "given":
            held = Held(why=held.why or self._refused(item))
        return Settled(
            item.unit,
            item.file,
            finding,
            held.key,
            self._text(item, word, held),
            held.who,
            held.when,
            held.why,
            of=item.of,
            city=item.city,
            numbers=held.numbers or finding.numbers(),
        )

    def seen(self, key: WordKey, word: KeptWord) -> KeptWord:
        """The word as it was first seen, or as it is now where it is new or was rewritten. Within a run it
        is given to the first finding of that id alone, which is that of the file that counts."""
        before = self.keep.get(key) or self.kept.get(key)
        found = before if before and before.word == word.word else word
        self.keep.setdefault(key, found)
        return found

    # ------------------------------------------------------------ the unit

    def _of_unit(self, item: Item) -> Held:
        given = item.given
        if given is None or not (given.text.strip() or given.state.strip()):
            return Held()
        now = numbers_of(item)
        if item.of and not given.numbers:
            before = self.seen(WordKey(item.of, item.finding.id, "unit"), KeptWord(now, given.text)).numbers
            if before != now:
                return Held(why=_changed("unit", before, now), numbers=before)
        # Only the office verifies; in the unit's own book it is one more explanation.
        state = key_of(given.state)
        stated = replace(given, state=state_names()["given"]) if state == "verified" else given
        finding = item.finding.but(level="warning") if self.explainable(item) else item.finding
        found = explained(finding, stated)
        key = key_of(found.state)
        assert key in ("open", "given", "returned")
        return Held(key, found.text if key != "open" else "", found.why)  # type: ignore[arg-type]

    # ------------------------------------------------------------ the office

    def _of_office(self, item: Item, unit: Held, word: OfficeWord) -> Held:
        state = key_of(word.state)
        if state is None:
            return replace(unit, why=unknown(word.state))
        if state in ("", "open") and not word.text.strip():
            return unit
        beside = item.given.text if item.given else ""
        before, now = self._first(item, word, beside), numbers_of(item)
        if before.numbers != now:
            return replace(unit, why=_changed("office", before.numbers, now), numbers=before.numbers)
        held = Held(who=word.who, when=word.when)
        if state == "returned":
            if before.beside != beside:
                return replace(unit, why=words("why")["rewritten"])
            return replace(held, key="returned", text=unit.text, why=word.text.strip())
        if why := self._refused(item, verified=state == "verified"):
            return replace(unit, why=why)
        if not (lacking := lack(word.text)):
            return replace(held, key="verified" if state == "verified" else "given", text=word.text)
        return self._on_units_word(unit, word, state, lacking, same=before.beside == beside)

    def _on_units_word(self, unit: Held, word: OfficeWord, state: str, lacking: str, *, same: bool) -> Held:
        """The office's text explains nothing by itself: 已核实 then needs the unit's."""
        if state != "verified":
            return unit if unit.key == "given" else replace(unit, why=lacking)
        if unit.key != "given":
            missing = words("why")["no_text"].format(state=state_names()["verified"])
            return replace(unit, why=unit.why or (lacking if word.text.strip() else missing))
        if not same:
            return replace(unit, why=words("why")["rewritten"])
        return Held("verified", unit.text, who=word.who, when=word.when)

    def _first(self, item: Item, word: OfficeWord, beside: str) -> KeptWord:
        """The word with the numbers that it was given for: those that it names, else those it was first seen
        with."""
        key = WordKey("" if item.city else item.of, item.finding.id, "office")
        now = KeptWord(word.numbers or numbers_of(item), word.text, word.state, word.who, word.when, beside)
        seen = self.seen(key, now)
        return replace(seen, numbers=word.numbers) if word.numbers else seen

    def explainable(self, item: Item) -> bool:
        """Whether the office may accept this error."""
        rule = self.rules.rules.get(item.finding.rule)
        return item.finding.level == "error" and rule is not None and rule.explainable

    def _refused(self, item: Item, *, verified: bool = False) -> str:
        """Why a word can not settle an error; "" where it can, or there is none."""
        if item.finding.level != "error" or (verified and self.explainable(item)):
            return ""
        if self.explainable(item):
            return words("why")["verify"].format(state=state_names()["verified"])
        return words("why")["never" if item.city else "error"]

    def _text(self, item: Item, word: OfficeWord | None, held: Held) -> str:
        """Everything that was written, whether it holds or not: nothing is lost. Why something was returned
        is said as that."""
        unit = item.given.text.strip() if item.given else ""
        office = word.text.strip() if word else ""
        if held.key == "returned" and held.why == office:
            return unit or (item.own.text.strip() if item.own else "")
        if unit and office and unit != office:
            return words("texts")["both"].format(unit=unit, office=office)
        return unit or office


def _changed(by: By, before: tuple[str, ...], now: tuple[str, ...]) -> str:
    """Those numbers that changed, as they were and as they are."""
    if len(before) == len(now):
        pairs = [(a, b) for a, b in zip(before, now, strict=True) if a != b][:_TOLD]
        whole = len(now) <= _TOLD
        before, now = (before, now) if whole else (tuple(a for a, _ in pairs), tuple(b for _, b in pairs))
    names = {"before": "、".join(before[:_TOLD]), "now": "、".join(now[:_TOLD])}
    return words("why")["changed"].format(by=words("by")[by], **names)
