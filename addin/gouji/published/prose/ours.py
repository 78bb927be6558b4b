"""What this program itself writes into a report made for people (``marks.toml`` of the package): notices
below the title, places to fill in, remarks. It is nobody's text; a report that is read back is without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from ...marks import Mark, marks_of
from .paragraphs import Paragraph
from .words import WORDS, squeezed


def _mark(key: str) -> Mark:
    return marks_of("gouji", "document")[key]


def without_ours(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without our notices and remarks. Places to fill in stay: where they stand says whether
    they are ours."""
    notices = marks_of("gouji", "document.notices").values()
    for one in paragraphs:
        text = one.text
        for remark in _mark("remark").spellings:
            text = text.replace(remark, "")
        if text.strip() and not any(notice.filled(text) for notice in notices):
            yield one if text == one.text else Paragraph(text.strip(), one.piece)


def is_empty_section(text: str) -> bool:
    """Whether a line is what we print for a section without a text: a place to fill in, with the words in
    which a form asks for it."""
    return squeezed(text) in _empty_sections()


@cache
def _empty_sections() -> frozenset[str]:
    asked = (prompt for _, _, _, prompts in WORDS.sections for prompt in prompts)
    around, place = WORDS("characters")["prompt_signs"], _mark("placeholder")
    return frozenset(squeezed(place.format(prompt=prompt.strip(around))) for prompt in asked)


def is_empty_note(text: str) -> bool:
    return _mark("note_missing").names(text)


def is_empty_date(text: str) -> bool:
    return _mark("date").names(text)
