"""注 below the tables and at the end: mark -> text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .ours import is_empty_note
from .paragraphs import Paragraph
from .words import WORDS

_NUMBER = re.compile(r"\d+")


class Notes:
    """Notes as they are found. ``texts``: mark -> text; what one mark says twice stands in two lines."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, None]] = {}

    @property
    def texts(self) -> dict[str, str]:
        return {mark: "\n".join(said) for mark, said in self._said.items()}

    def take(self, paragraphs: Iterable[Paragraph], *, lone: bool) -> list[Paragraph]:
        """Take the notes out of the paragraphs, return the others. ``lone``: also those without a number."""
        return [one for one in paragraphs if not self._take(one, lone)]

    def _take(self, paragraph: Paragraph, lone: bool) -> bool:
        marks = list(_marks(paragraph.folded))
        if not marks or marks[0].start() or not (lone or marks[0]["numbers"]):
            return False
        ends = [mark.start() for mark in marks[1:]] + [len(paragraph.text)]
        for mark, end in zip(marks, ends, strict=True):
            self._add(mark, paragraph.text[mark.end() : end].strip())
        return True

    def _add(self, mark: re.Match[str], text: str) -> None:
        if is_empty_note(text):
            return
        numbers = [n.lstrip("0") or "0" for n in _NUMBER.findall(mark["numbers"] or "")]
        for number in numbers or [""]:
            self._said.setdefault(WORDS("notes")["name"].format(number=number), {})[text] = None


def _marks(folded: str) -> Iterator[re.Match[str]]:
    """The marks with which notes begin: the first, and numbered ones that follow in the same paragraph."""
    pattern = WORDS.pattern("notes", "mark")
    if not (first := pattern.match(folded)):
        return
    yield first
    at = first.end()
    while match := pattern.search(folded, at):
        if match["numbers"] and folded[match.end() - 1] != " " and first["numbers"]:
            yield match
        at = max(match.end(), at + 1)
