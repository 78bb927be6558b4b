"""Stream -> title, unit, year, period, the texts of the sections, the notes.

    written      the stream as text, line by line, and squeezed
    headings     where the six sections begin
    head         the title; period, issuer: what else says year and unit
    formlines    which lines of a section are its table
    paragraphs   lines -> paragraphs as printed
    closing      signature, date, and what stands below
    chrome       what the site prints around the report
    notes        注 below the tables
    ours         what this program wrote into a report of its own

What a person wrote is in the texts, the notes or ``stray``; what the site wrote is left out.
"""

from __future__ import annotations

from bisect import bisect_left

from ...form import TableKey
from ...records import dataclass
from ...report import PREFACE
from ..reading import Doubt, ProseRead
from ..stream import Source
from .chrome import own, without_glued
from .closing import Closing, closing_of
from .formlines import Side, Sorted, has_table, sorted_lines
from .head import Title, best_title, in_one_line, last_printed, title_of, titles_in
from .headings import headings, table_starts
from .issuer import issuer_of
from .notes import Notes
from .ours import is_empty_section, without_ours
from .paragraphs import Paragraph, layout_of, paragraphs
from .period import periods_in, year_of_all
from .words import WORDS, squeezed
from .written import Piece, Written


def read_prose(source: Source) -> ProseRead:
    """All of a published report but its numbers. Linear in its length; raises nothing."""
    return _Prose(source).read()


@dataclass(frozen=True, slots=True)
class _Span:
    """The lines of 引言 or of a section. ``last``: the report ends in it."""

    number: str
    table: TableKey | None
    pieces: list[Piece]
    last: bool


def _of_sentences(written: Written, pieces: list[Piece], title: Title | None) -> list[Piece]:
    """The lines of a preface from its first sentence on, where no title says where it begins: what stands
    above is the path and the columns of a site."""
    sentence = WORDS.pattern("table", "sentence")
    told = [n for n, piece in enumerate(pieces) if sentence.search(written.folded_of(piece))]
    return pieces[told[0] :] if told and not title else pieces


def without_prompt(text: str, section: str) -> str:
    """A text without the words in which the form asks for it."""
    prompts = next((prompts for number, _, _, prompts in WORDS.sections if number == section), ())
    for prompt in prompts:
        if squeezed(text).startswith(prompt):
            left = len(prompt)
            for offset, letter in enumerate(text):
                left -= not letter.isspace()
                if not left:
                    return text[offset + 1 :].strip()
    return text


class _Prose:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.written = Written(source.stream, source.kind)
        self.headings = headings(self.written)
        self.first = self.headings[0].start if self.headings else len(self.written.text)
        self.title = best_title(titles_in(self.written, self.first + WORDS("title")["within"], self.first))
        self.page_title = title_of(source.title) if source.title else None
        self.tables = [self.written.at(start) for start, _ in table_starts(self.written)]
        self.notes = Notes()
        self.texts: dict[str, str] = {}
        self.stray: list[tuple[str, str]] = []
        self.closing = Closing(())

    def read(self) -> ProseRead:
        spans = self._spans()
        self.layout = layout_of(self.written, [p for one in spans if not one.table for p in one.pieces])
        for one in spans:
            self._read_span(one)
        titled = next((t.unit for t in (self.title, self.page_title) if t and t.unit), "")
        issuer = issuer_of(self.written, self.first, titled, self.closing.signed, self.source.said)
        periods = periods_in(self.written, self._prose_end())
        year, doubts = year_of_all(periods, self.title, self.page_title, self.source.name)
        if issuer.others:
            doubts += (Doubt("unit", {"unit": issuer.unit, **issuer.others}),)
        title = self.title or self.page_title
        return ProseRead(
            unit=issuer.unit,
            year=year,
            period=(periods[0].start, periods[0].end) if periods and not periods[0].backwards else None,
            title=title.text if title else "",
            texts=self.texts,
            notes=self.notes.texts,
            stray=tuple(self.stray),
            doubts=doubts,
            signed=in_one_line(self.closing.signed),
            dated=self.closing.dated,
        )

    def _prose_end(self) -> int:
        """Where the first table may begin: what is said behind it is said of something else."""
        return next((h.start for h in self.headings if h.table), len(self.written.text))

    def _spans(self) -> list[_Span]:
        """The lines of the preface and of each section, without the title and the site's own."""
        titled = self.title and self.title.start < self.first
        start = last_printed(self.written, self.title, self.first) if self.title and titled else 0
        before = _of_sentences(
            self.written,
            own(self.written, self.written.pieces(start, self.first)),
            self.title,
        )
        spans = [_Span(PREFACE, None, before, not self.headings)]
        starts = [one.start for one in self.headings] + [len(self.written.text)]
        for heading, end in zip(self.headings, starts[1:], strict=True):
            begin = heading.end + bool(
                WORDS.pattern("headings", "end").match(self.written.folded[heading.end : end])
            )
            pieces = [p for p in self.written.pieces(begin, end) if not self._is_title(p)]
            spans.append(_Span(heading.number, heading.table, pieces, heading is self.headings[-1]))
        return spans

    def _is_title(self, piece: Piece) -> bool:
        title = self.title
        return bool(title and title.alone and title.start <= piece.start and piece.end <= title.end)

    def _read_span(self, span: _Span) -> None:
        """A section's prose into texts, notes and ``stray``."""
        by_side = self._by_side(span)
        if span.last:
            side: Side = "after" if by_side["after"] else "before"
            self.closing = closing_of(by_side[side], self.title.unit if self.title else "")
            by_side[side] = list(self.closing.texts)
        if not span.table:
            told = by_side.pop("before")
            # 注1 at the report's end belongs to a table; in any other text it is the text's.
            self._text(span, self.notes.take(told, lone=False) if span.last else told)
        for side, beside in by_side.items():
            self._stray(WORDS("places")[side], span.number, self.notes.take(beside, lone=True))
        if span.last:
            self._stray(WORDS("places")["below"], "", self.notes.take(self.closing.below, lone=True))

    def _by_side(self, span: _Span) -> dict[Side, list[Paragraph]]:
        """The paragraphs before the section's table, in its midst and behind it; of a text all before."""
        sides = [Sorted(piece, "before") for piece in span.pieces]
        if span.table or self._may_hold_table(span):
            found = sorted_lines(self.written, span.pieces)
            sides = found if span.table or has_table(found) else sides
        order: tuple[Side, ...] = ("before", "within", "after")
        beside = {side: [one.piece for one in sides if one.side == side] for side in order}
        return {
            side: list(without_ours(paragraphs(self.written, pieces, self.layout)))
            for side, pieces in beside.items()
        }

    def _may_hold_table(self, span: _Span) -> bool:
        """Whether a table of the form may begin in a section of text, because a heading is missing."""
        if not span.pieces:
            return False
        at = bisect_left(self.tables, span.pieces[0].start)
        return at < len(self.tables) and self.tables[at] < span.pieces[-1].end

    def _text(self, span: _Span, found: list[Paragraph]) -> None:
        lines = [one.text for one in found if not is_empty_section(one.text)]
        if span.number == PREFACE:
            lines[:1] = [text for line in lines[:1] if (text := without_glued(line))]
        elif lines:
            lines[:1] = [text for line in lines[:1] if (text := without_prompt(line, span.number))]
        if lines or span.number != PREFACE:
            self.texts[span.number] = "\n".join(lines)

    def _stray(self, place: str, section: str, found: list[Paragraph]) -> None:
        for one in found:
            at = one.piece.line.place
            words = WORDS("places")
            line = words["line"].format(line=at.line) if at.line else ""
            if at.row:
                line = words["row"].format(table=at.table, row=at.row)
            self.stray.append((place.format(section=section, line=line), one.text))
