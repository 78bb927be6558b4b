"""Lines of a text as the paragraphs that were printed.

A page and a Word file say where a paragraph ends. A text may be broken into lines of one width (out of a
PDF), where a paragraph goes on until a short line, an indented one or a sub-heading; or it is a line a
paragraph, and only a page's end cuts one in two. Numbers of pages fall out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ...records import dataclass
from .chrome import is_chrome
from .issuer import is_body
from .words import WORDS
from .written import Piece, Written, fold

#: Kinds of sources whose lines are paragraphs.
_WHOLE = ("html", "docx")
#: So much of a line shows whether it begins a paragraph.
_SEEN = 200
#: No mark of a page, and nothing that is only signs, is longer.
_LONGEST_PAGE_MARK = 60


@dataclass(frozen=True)
class Paragraph:
    """``text`` as one line; ``piece``: the line with which it begins."""

    text: str
    piece: Piece

    @cached_property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a source breaks its paragraphs. ``width``: of its full lines, in columns, 0 where lines are whole;
    ``indented``: the first line of a paragraph is."""

    whole: bool
    width: int
    indented: bool


def layout_of(written: Written, pieces: Sequence[Piece]) -> Layout:
    """The layout of the prose of a source, from all of its lines."""
    if written.kind in _WHOLE:
        return Layout(True, 0, False)
    lines = [piece.text for piece in pieces if not piece.line.row]
    ends = WORDS.pattern("paragraphs", "ends")
    open_ended = sorted(width_of(line) for line in lines if not ends.search(fold(line[-8:])))
    widest = open_ended[len(open_ended) * 9 // 10] if open_ended else 0
    nearly = sum(width * 100 >= widest * WORDS("paragraphs")["full"] for width in open_ended)
    wrapped = len(open_ended) > 2 and 100 * nearly >= WORDS("paragraphs")["wrapped_lines"] * len(open_ended)
    if not wrapped or widest > WORDS("paragraphs")["widest"]:
        return Layout(False, 0, False)
    indents = sum(bool(WORDS.pattern("paragraphs", "indent").match(line)) for line in lines)
    return Layout(False, widest, 1 < indents < len(lines) - 1)


def width_of(text: str) -> int:
    """Columns of a line, about: Chinese characters take two."""
    return len(text.strip().encode("gb18030", "replace"))


def paragraphs(written: Written, pieces: Iterable[Piece], layout: Layout) -> list[Paragraph]:
    """The pieces as paragraphs, in their order."""
    texts = [(text, piece) for piece in pieces if (text := _cleaned(written, piece))]
    apart = set() if layout.whole else _apart_from_text([text for text, _ in texts])
    found: list[tuple[list[str], Piece]] = []
    for number, (text, piece) in enumerate(texts):
        if found and not layout.whole and number not in apart and _goes_on(found[-1][0], piece, text, layout):
            parts = found[-1][0]
            parts.append(f" {text}" if _two_words(parts[-1], text) else text)
        else:
            found.append(([text], piece))
    return [Paragraph("".join(parts), piece) for parts, piece in found]


def _apart_from_text(lines: list[str]) -> set[int]:
    """The lines that continue none: those of the site, dates by themselves and the names above them, and what
    follows these."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if len(line) > _LONGEST_PAGE_MARK:
            continue
        folded = fold(line)
        dated = WORDS.pattern("closing", "date").fullmatch(folded)
        if dated or is_chrome(folded):
            found |= {number, number + 1}
        if dated and number and is_body(lines[number - 1][-_LONGEST_PAGE_MARK:]):
            found.add(number - 1)
    return found


def _cleaned(written: Written, piece: Piece) -> str:
    """A line without the number of a page, signs of Markdown, and borders of cells."""
    text = piece.text
    if piece.line.row or "\t" in text:
        text = " ".join(cell.strip() for cell in text.split("\t") if cell.strip())
    if "\v" in text:
        text = " ".join(part.strip() for part in text.split("\v"))
    if written.kind not in _WHOLE:
        if len(text) < _LONGEST_PAGE_MARK and WORDS.pattern("paragraphs", "page").match(fold(text)):
            return ""
        if any(dash in text for dash in WORDS("paragraphs")["dashes"]):
            text = WORDS.pattern("paragraphs", "page_at_end").sub("", text)
            text = WORDS.pattern("paragraphs", "page_between").sub("", text)
        if "#" in text:
            text = WORDS.pattern("paragraphs", "markdown").sub("", text)
    text = text.strip()
    return text if fold(text[:_LONGEST_PAGE_MARK]).strip(WORDS.layout_signs) else ""


def _goes_on(parts: list[str], piece: Piece, text: str, layout: Layout) -> bool:
    """Whether a line continues the paragraph. ``parts``: its lines so far; ``text``: the piece, cleaned."""
    folded, before = fold(text[:_SEEN]), fold(parts[-1][-_SEEN:])
    if WORDS.pattern("paragraphs", "continues").match(folded):
        return True
    if WORDS.pattern("paragraphs", "begins").match(folded) or piece.text.lstrip().startswith("#"):
        return False
    width, ended = width_of(parts[-1]), bool(WORDS.pattern("paragraphs", "ends").search(before))
    begun = not ended and not WORDS.pattern("paragraphs", "sub_heading").match(before)
    if not layout.width:
        told = bool(WORDS.pattern("table", "sentence").search(before))
        return begun and (told or width >= int(WORDS("paragraphs")["long_line"]))
    full = 100 * width >= layout.width * int(WORDS("paragraphs")["full"])
    if layout.indented:
        return not WORDS.pattern("paragraphs", "indent").match(piece.text) and (full or not ended)
    if full or not begun:
        return full
    said = fold("".join(parts[-2:])[-_SEEN:])
    return bool(WORDS.pattern("paragraphs", "in_sentence").search(f"{said}\n{folded}"))


def _two_words(before: str, after: str) -> bool:
    """Whether a blank stood where the line was broken: between Latin letters, nowhere else."""
    return (before[-1] + after[0]).isascii() and before[-1].isalpha() and after[0].isalpha()
