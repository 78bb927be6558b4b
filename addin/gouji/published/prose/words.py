"""``prose.toml`` compiled once: characters, patterns and labels by which the prose of a report is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from ...form import TABLE_KEYS, TableKey, editions, load_form
from ...wording import data_beside
from .. import characters

#: The number of a section of the form and the sign after it, before its title.
_NUMBERED = re.compile(r"^.、")
_LETTERS = re.compile(r"[\u3400-\u9fff]+")


class Words:
    """The data file by section, and what is made of it and of the edition files, when it is asked for."""

    @cached_property
    def data(self) -> dict[str, Any]:
        return data_beside("gouji.published.prose", "prose.toml")

    def __call__(self, section: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.data[section]
        return found

    def pattern(self, section: str, key: str) -> re.Pattern[str]:
        """One pattern of the file, compiled."""
        return _compiled(self.data[section][key])

    def any_of(self, section: str, key: str) -> re.Pattern[str]:
        """A list of patterns of the file as one."""
        return _compiled("|".join(self.data[section][key]))

    @cached_property
    def one_width(self) -> dict[int, str]:
        """Wide forms as narrow ones, and what nobody sees as a blank."""
        said = self("characters")
        return {ord(c): chr(ord(c) - 0xFEE0) for c in said["width"]} | dict.fromkeys(
            map(ord, characters.invisible()), " "
        )

    @cached_property
    def layout_signs(self) -> str:
        return str(self("characters")["layout_signs"])

    @cached_property
    def radicals(self) -> dict[int, str]:
        """Every radical with a character of its own: Unicode's compatibility forms, and those of the file."""
        kangxi = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2E80, 0x2FE0)}
        known = {c: to for c, to in kangxi.items() if to != chr(c) and len(to) == 1}
        return known | characters.radicals()

    @cached_property
    def traditional_signs(self) -> re.Pattern[str]:
        return _compiled(self("characters")["traditional_signs"])

    @cached_property
    def traditional(self) -> dict[int, str]:
        return characters.traditional()

    @cached_property
    def digits(self) -> dict[int, str]:
        """Chinese digits as others."""
        said = self("characters")
        written = {ord(c): str(n) for n, c in enumerate(said["digits"])}
        return written | dict.fromkeys(map(ord, said["zeros"]), "0")

    @cached_property
    def twins(self) -> tuple[tuple[str, str], ...]:
        """(misspelt, meant), of one length."""
        return tuple((twin["wrong"], twin["right"]) for twin in self("characters")["twins"])

    @cached_property
    def sections(self) -> tuple[tuple[str, tuple[str, ...], TableKey | None, tuple[str, ...]], ...]:
        """(number, titles without the number, table, prompts) of every section, over all editions."""
        found: dict[str, tuple[list[str], TableKey | None, list[str]]] = {}
        for edition in editions():
            for section in load_form(edition).sections:
                titles, _, prompts = found.setdefault(section.number, ([], section.table, []))
                titles.append(squeezed(_NUMBERED.sub("", section.title)))
                prompts += [squeezed(section.prompt)] if section.prompt else []
        return tuple(
            (number, tuple(dict.fromkeys(titles)), table, tuple(dict.fromkeys(prompts)))
            for number, (titles, table, prompts) in found.items()
        )

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every label and head of the form's tables, squeezed, over all editions, and those of the file."""
        found = [squeezed(label) for label in self("table")["more_labels"]]
        for edition in editions():
            for key in TABLE_KEYS:
                for block in load_form(edition).tables[key].blocks:
                    lines = [*block.rows, *block.columns]
                    heads = [block.title, block.corner, block.columns_title]
                    heads += [group.label for line in lines for group in line.under]
                    found += [squeezed(text) for text in [*heads, *(line.label for line in lines)] if text]
        return tuple(dict.fromkeys(found))

    @cached_property
    def grams(self) -> frozenset[str]:
        """Every run of one to three letters that stands in a label."""
        runs = [run for label in self.labels for run in _LETTERS.findall(label)]
        return frozenset(run[i : i + n] for run in runs for n in (1, 2, 3) for i in range(len(run) - n + 1))

    @cached_property
    def label_letters(self) -> frozenset[str]:
        """Every letter that stands in a label."""
        return frozenset("".join(self.labels))

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Any label of at least two letters, the longest first (squeezed)."""
        found = {run for label in self.labels for run in [label, *_LETTERS.findall(label)] if len(run) > 1}
        return _compiled("|".join(re.escape(one) for one in sorted(found, key=len, reverse=True)))


def squeezed(text: str) -> str:
    """A label or title as it is searched for: folded as the text is, without white space."""
    return "".join(text.translate(WORDS.one_width).split())


def names_of(number: str) -> Iterable[str]:
    """The patterns of the titles that stand for one of the form's own."""
    found: list[str] = WORDS("headings")["titles"][number]
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


WORDS = Words()
