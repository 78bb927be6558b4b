"""A roster as offices keep it, .xlsx or .csv -> units: what its columns mean, and which lines are no units.

Heads have many names; a column of the office's own is kept as it is, never a fault. Titles, sums, headings of
groups, heads repeated on the next page and notes below are no units; each is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ...marks import Mark, marks_of
from ...wording import wording_of
from ...workbook.layout import address
from .listing import Line, Listing, ListingError
from .names import plain_code, plain_name
from .patterns import matches, patterns
from .roster import Roster, RosterUnit

#: Columns whose texts the program compares; the others are only shown, as the file shows them.
_COMPARED = ("name", "code", "kind", "rule_making")


def no_unit(texts: Sequence[str], name: str) -> tuple[str, str]:
    """What a line is that is no unit (a key of ``[roster]``), and the text that says so; ("", "") for one
    that may be a unit. ``texts``: what stands in it, ``name``: in the column of names, "" for nothing; all
    as :func:`plain_name` has it."""
    first = texts[0]
    if total := next((text for text in texts[:2] if matches("roster", "total", text)), ""):
        return "total", total
    if matches("roster", "remark", first):
        return "remark", first
    return ("heading", first) if len(set(texts)) == 1 and _is_heading(first, name) else ("", "")


def _is_heading(text: str, name: str) -> bool:
    """A single text that is formed like one, or stands beside the column of names, numbers aside."""
    return matches("roster", "heading", text) or (not name and not text.isdecimal())


def bare_heading(text: str) -> str:
    """The words of a heading, without its ordinal and its count."""
    bare = re.sub(patterns("roster")["before"], "", text)
    return re.sub(patterns("roster")["after"], "", bare)


class RosterError(ListingError):
    """The roster can not be used; the message is one Chinese line: what, where, what to do."""


def read_roster(path: Path) -> Roster:
    """Read a roster from .xlsx/.xlsm or .csv. Raises :class:`RosterError` and nothing else."""
    source = Listing(path, "roster", RosterError)
    lines = _Lines(source)
    units = lines.units()
    if not units:
        source.refuse("empty")
    _refuse_repeated(source, units)
    return Roster(tuple(units), source.path.name, tuple(lines.skipped))


def known_heads(path: Path) -> tuple[int, int]:
    """How many heads of a file are those of a roster, and how many it has. Raises :class:`RosterError` where
    it can not be read or has no column of names."""
    return _Lines(Listing(path, "roster", RosterError)).known_heads()


def _refuse_repeated(source: Listing, units: list[RosterUnit]) -> None:
    names: dict[str, RosterUnit] = {}
    codes: dict[str, RosterUnit] = {}
    for unit in units:
        first = names.setdefault(plain_name(unit.name), unit)
        if first is not unit:
            source.refuse("repeated_name", line=unit.line, name=unit.name, other=first.line)
        if not unit.code:
            continue
        first = codes.setdefault(plain_code(unit.code), unit)
        if first is not unit:
            source.refuse("repeated_code", line=unit.line, code=unit.code, other=first.line, name=first.name)


class _Lines:
    """``skipped``: what was taken for no unit, in words; complete once the units were read."""

    def __init__(self, source: Listing) -> None:
        self.source = source
        self.sheet = source.sheet()
        self.skipped: list[str] = []
        self.words = wording_of("gouji.city.intake", "roster")
        #: Column -> key of what it means, and -> head of the office's own.
        self.keys, self.own = self._columns()
        self.heading = ""

    # ------------------------------------------------------------ columns

    def _columns(self) -> tuple[dict[int, str], dict[int, str]]:
        keys: dict[int, str] = {}
        own: dict[int, str] = {}
        ranked = {column: self._ranked(head) for column, head in self.sheet.heads.items()}
        for key, mark in self.source.columns.items():
            columns = sorted((rank[1], c) for c, rank in ranked.items() if rank and rank[0] == key)
            if key in _COMPARED and len(columns) > 1 and columns[0][0] == columns[1][0]:
                self.source.refuse("repeated_column", column=mark)
            for _, column in columns[1:]:
                heads = {"head": self.sheet.heads[column], "used": self.sheet.heads[columns[0][1]]}
                self.skipped.append(self.words["column"].format(name=mark, **heads))
            keys |= {column: key for _, column in columns[:1]}
        for column, head in self.sheet.heads.items():
            if column not in keys:
                twice = head in own.values()
                own[column] = f"{head}{self._letter(column)}" if twice else str(head)
        return keys, own

    def _letter(self, column: int) -> str:
        """What a column without a name of its own is called."""
        return str(self.words["headless"].format(column=address(1, column).rstrip("1")))

    def _ranked(self, head: str) -> tuple[str, int] | None:
        """Which column of a roster a head names, and how well; None for the office's own."""
        plain = plain_name(head)
        for much, text in enumerate((plain, re.sub(patterns("roster")["head"], "", plain))):
            for key, mark in self.source.columns.items():
                if mark.names(text):
                    return key, 2 * mark.spellings.index(text) + much
        return None

    def known_heads(self) -> tuple[int, int]:
        """How many heads are those of a roster, and how many there are; none where nothing is below them."""
        if not self.sheet.lines:
            return 0, len(self.sheet.heads)
        usual = marks_of("gouji.city", "roster.usual").values()
        known = [h for h in self.own.values() if any(mark.names(plain_name(h)) for mark in usual)]
        return len(self.keys) + len(known), len(self.sheet.heads)

    # ------------------------------------------------------------ lines

    def units(self) -> list[RosterUnit]:
        found: list[RosterUnit] = []
        for line in self.sheet.lines:
            if self.sheet.closed:
                self.source.refuse_outside(line, self.sheet.heads)
            if self._is_no_unit(line):
                continue
            texts = self._texts(line)
            if not texts["name"]:
                if found and self._continues(line):
                    found[-1] = self._joined(found[-1], line, texts)
                elif any(texts.values()) or not self._only_numbers(line):
                    self.source.refuse("blank_name", line=line.number)
                continue
            found.append(self._unit(line, texts))
        self._name_headless(found)
        return found

    def _is_no_unit(self, line: Line) -> bool:
        """Whether it is a line of another kind, of which it is told."""
        texts = [plain_name(text) for text in line.texts.values() if text]
        name = plain_name(self._text(line, "name"))
        if not texts:
            return not any(self._is_key(column) for column in line.texts)
        repeated = name and self.source.column_of(name) == "name" and len(texts) > 1
        key, text = ("heads", "") if repeated else no_unit(texts, name)
        if key == "heading":
            self.heading = bare_heading(text)
            key = "heading_kept" if "kind" in self.keys.values() else key
        if key:
            self._skip(key, line, text)
        return bool(key)

    def _skip(self, key: str, line: Line, text: str = "") -> None:
        self.skipped.append(self.words[key].format(line=line.number, text=text))

    def _is_key(self, column: int) -> bool:
        return column in self.keys

    def _text(self, line: Line, key: str) -> str:
        return next((t for c, t in line.texts.items() if self.keys.get(c) == key), "")

    def _only_numbers(self, line: Line) -> bool:
        """A line that was numbered and not filled."""
        return all(plain_name(text).isdecimal() for text in line.texts.values())

    def _texts(self, line: Line) -> dict[str, str]:
        """By the key of the column, "" where nothing stands."""
        found = dict.fromkeys(self.source.columns, "")
        for column, key in self.keys.items():
            if column not in line.texts:
                continue
            text = line.texts[column]
            compared = key in _COMPARED
            found[key] = self.source.exact(line.number, text) if compared else str(text)
            if compared and matches("roster", "spoilt", plain_name(text)):
                names = {"column": self.source.columns[key], "value": text}
                self.source.refuse("spoilt", line=line.number, **names)
        return found

    def _unit(self, line: Line, texts: dict[str, str]) -> RosterUnit:
        merged = {key: line.above[column] for column, key in self.keys.items() if column in line.above}
        kind = texts["kind"] or merged.get("kind", "") or self.heading
        return RosterUnit(
            texts["name"],
            texts["code"],
            str(kind),
            self._yes_no(line.number, texts["rule_making"]),
            line.number,
            texts["contact"] or str(merged.get("contact", "")),
            texts["phone"] or str(merged.get("phone", "")),
            texts["deadline"] or str(merged.get("deadline", "")),
            tuple((head, self._shown(line, column)) for column, head in self._owned(line)),
        )

    def _owned(self, line: Line) -> Iterator[tuple[int, str]]:
        """The office's own columns, and texts without a head, which are named by their column later."""
        yield from self.own.items()
        for column in line.texts:
            if column not in self.sheet.heads:
                yield column, self._letter(column)

    def _shown(self, line: Line, column: int) -> str:
        return str(line.texts.get(column) or line.above.get(column, ""))

    def _yes_no(self, line: int, text: str) -> bool | None:
        answers: dict[str, Mark] = marks_of("gouji.city", "roster.yes_no")
        if not text:
            return None
        if not any(answer.names(text) for answer in answers.values()):
            self.source.refuse("yes_no", line=line, column=self.source.columns["rule_making"], value=text)
        return answers["yes"].names(text)

    # ------------------------------------------------------------ a unit over several lines

    def _continues(self, line: Line) -> bool:
        """Whether the name above is merged into this line: a second contact of the same unit."""
        return any(self.keys.get(column) == "name" for column in line.above)

    def _joined(self, unit: RosterUnit, line: Line, texts: dict[str, str]) -> RosterUnit:
        def both(before: str, more: str) -> str:
            if not more or more == before:
                return before
            return self.words["again"].format(before=before, more=more) if before else more

        own = dict(unit.own)
        for column, head in self._owned(line):
            own[head] = both(own.get(head, ""), str(line.texts.get(column, "")))
        return replace(
            unit,
            contact=both(unit.contact, texts["contact"]),
            phone=both(unit.phone, texts["phone"]),
            deadline=both(unit.deadline, texts["deadline"]),
            own=tuple(own.items()),
        )

    def _name_headless(self, units: list[RosterUnit]) -> None:
        """Every unit has the same own columns, so that they can be written below one another."""
        heads = list(dict.fromkeys(head for unit in units for head, _ in unit.own))
        for at, unit in enumerate(units):
            own = dict(unit.own)
            if len(own) < len(heads):
                units[at] = replace(unit, own=tuple((head, own.get(head, "")) for head in heads))
