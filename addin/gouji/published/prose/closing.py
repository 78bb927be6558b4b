"""The end of a report: who signed it and when, and what stands below that."""

from __future__ import annotations

import re

from ...records import dataclass
from .chrome import is_chrome, without_glued
from .issuer import is_body
from .ours import is_empty_date
from .paragraphs import Paragraph
from .words import WORDS
from .written import fold


@dataclass(frozen=True)
class Closing:
    """``texts``: the last section without its end. ``signed``, ``dated`` as printed, or "". ``below``: what
    stands under the date and is not the site's."""

    texts: tuple[Paragraph, ...]
    signed: str = ""
    dated: str = ""
    below: tuple[Paragraph, ...] = ()


def closing_of(paragraphs: list[Paragraph], unit: str) -> Closing:
    """The paragraphs of the last section, taken apart. ``unit``: what the title says, to know a signature by
    where no line ends before it."""
    for number, one in enumerate(paragraphs):
        if number and is_chrome(one.folded):
            return _without_date(paragraphs[:number], paragraphs[number:], unit)
        if found := _date_in(one, unit):
            return _at_date(paragraphs, number, found, unit)
        empty = is_empty_date(one.text)
        if empty or WORDS.pattern("closing", "day_line").match(one.folded):
            texts, signed = _signature_line(paragraphs[:number], unit)
            if empty or signed:
                dated = "" if empty else one.text
                return Closing(tuple(texts), signed, dated, _told(paragraphs[number + 1 :]))
    return _without_date(paragraphs, [], unit)


def _date_in(paragraph: Paragraph, unit: str) -> re.Match[str] | None:
    """The date of a signature: alone in its line, or behind a name that stands apart."""
    folded, near = paragraph.folded, WORDS("closing")["near"]
    for match in list(WORDS.pattern("closing", "date").finditer(folded))[-WORDS("closing")["most"] :]:
        before = folded[max(match.start() - near, 0) : match.start()].strip(WORDS.layout_signs)
        behind = folded[match.end() : match.end() + near]
        ends = bool(WORDS.pattern("closing", "behind").match(without_glued(behind)))
        apart = behind[:1].isspace() or behind.startswith("(")
        if ends if not before else _name_at_end(before, unit) and (ends or apart):
            return match
    return None


def _name_at_end(before: str, unit: str) -> str:
    """The name of a body at the end of what stands before a date; "" where it is none."""
    words = before.split()
    last = words[-1] if words else ""
    if len(last) <= WORDS("closing")["longest_name"] and is_body(last):
        return last
    squeezed, sought = "".join(words), "".join(fold(unit).split())
    return sought if sought and squeezed.endswith(sought) else ""


def _says(name: str, unit: str) -> bool:
    return bool(unit) and (fold(unit).endswith(name) or name.startswith(fold(unit)))


def _at_date(paragraphs: list[Paragraph], number: int, found: re.Match[str], unit: str) -> Closing:
    one = paragraphs[number]
    dated = one.text[found.start("date") : found.end("date")]
    texts = paragraphs[:number]
    before = one.text[: found.start()].rstrip()
    end_of_it = fold(before[-WORDS("closing")["near"] :]).strip(WORDS.layout_signs)
    signed = _as_written(before, _name_at_end(end_of_it, unit))
    if rest := before[: len(before) - len(signed)].rstrip():
        texts = [*texts, Paragraph(rest, one.piece)]
    if not signed:
        texts, signed = _signature_line(texts, unit)
    following = paragraphs[number + 1 :]
    if not signed and following and is_body(following[0].text):
        # The name below the date.
        signed, following = following[0].text, following[1:]
    behind = one.text[found.end() :].strip()
    below = [Paragraph(behind, one.piece)] if behind else []
    return Closing(tuple(texts), signed, dated, _told([*below, *following]))


def _as_written(before: str, name: str) -> str:
    """The end of ``before`` that holds the letters of ``name``, with the white space between them."""
    left = len(name)
    for offset in range(len(before) - 1, -1, -1):
        left -= not before[offset].isspace()
        if left == 0:
            return before[offset:]
    return ""


def _signature_line(texts: list[Paragraph], unit: str) -> tuple[list[Paragraph], str]:
    """A name in the line above the date."""
    if texts:
        folded = "".join(texts[-1].folded.split())
        if folded and _name_at_end(folded, unit) == folded:
            return texts[:-1], texts[-1].text
    return texts, ""


def _without_date(texts: list[Paragraph], chrome: list[Paragraph], unit: str) -> Closing:
    """No date: a last line that is the unit's name is the signature all the same; where it is the only one,
    only one that is exactly the name."""
    kept, signed = texts, ""
    rest, name = _signature_line(texts, unit)
    said, known = ("".join(fold(each).split()) for each in (name, unit))
    if name and (_says(said, unit) if rest else said == known):
        kept, signed = rest, name
    if kept and (last := without_glued(kept[-1].text, at_end=True)) != kept[-1].text:
        kept = [*kept[:-1], *([Paragraph(last, kept[-1].piece)] if last else [])]
    return Closing(tuple(kept), signed, "", _told(chrome))


def _told(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """What below the end is not the site's: until its first line everything, behind it only sentences."""
    found: list[Paragraph] = []
    chrome = False
    for one in paragraphs:
        text = "" if is_chrome(one.folded) else without_glued(without_glued(one.text), at_end=True)
        chrome = chrome or not text
        if text and (not chrome or WORDS.pattern("table", "sentence").search(fold(text))):
            found.append(Paragraph(text, one.piece))
    return tuple(found)
