"""What a published report says, in order, once for every kind of document: paragraphs and tables.

Everything is made from the form's data and ``wording.toml``; a text that is not there yet becomes a
highlighted place to fill in, and advertising that was injected into one (rule ``text-injected``) is
highlighted with a remark. What is still to fill in is counted at the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from itertools import groupby

from ..form import TABLE_KEYS, Cell, Section, Table
from ..marks import marks_of
from ..records import dataclass
from ..report import PREFACE, Report
from ..rules import Catalogue
from ..rules.cells import as_declared
from ..rules.injected import RULE, stretches
from ..text import shown_width
from ..wording import wording_of
from .title import line_room, title_lines

PACKAGE = "gouji.document"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a report's own content.

    ``title``: instead of 「单位 + 年度 + 政府信息公开工作年度报告」. ``hints``: what must be settled before
    it is published (units left out …), highlighted below the title; ``beside``: section number, or 引言, ->
    the same where it belongs, highlighted below that section's heading. ``signed``: the lines of 落款, the
    date last; () for the unit's name and a date to fill in.
    """

    title: str | None = None
    hints: Sequence[str] = ()
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one look. ``marked``: highlighted, so that nobody overlooks it before publishing; ``gap``: a
    place to fill in. ``font``: a key of the fonts, "" for that of the paragraph."""

    text: str
    marked: bool = False
    gap: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``style``: a key of ``[styles]``. ``keep``: on one page with what follows. ``right``: how many
    characters it ends before the right edge, None for what the style says."""

    style: str
    runs: tuple[Run, ...]
    keep: bool = False
    right: float | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def gaps(self) -> int:
        return sum(run.gap for run in self.runs)


@dataclass(frozen=True, slots=True)
class Contents:
    """``title`` of the document and its parts in order; a Table stands for the report's cells of it."""

    title: str
    parts: tuple[Paragraph | Table, ...]


def contents(report: Report, rules: Catalogue, frame: Frame | None = None) -> Contents:
    """The whole document; ``rules``: whose words mark injected advertising."""
    words, frame = wording_of(PACKAGE, "words"), frame or Frame()
    title = words["title"].format(unit=report.unit, year=report.year, title=report.form.title)
    title = frame.title or title
    return Contents(title, tuple(_Made(report, rules, frame).parts(title)))


def gap(prompt: str) -> str:
    """A place to fill in, as it stands in a text: it is found there again and highlighted."""
    return marks_of("gouji", "document")["placeholder"].format(prompt=prompt)


@cache
def _gap_pattern() -> re.Pattern[str]:
    before, after = map(re.escape, marks_of("gouji", "document")["placeholder"].split("{prompt}"))
    return re.compile(f"{before}[^{after}]*{after}")


class _Made:
    def __init__(self, report: Report, rules: Catalogue, frame: Frame) -> None:
        self.report, self.rule, self.frame = report, rules[RULE], frame
        self.words = wording_of(PACKAGE, "words")
        self.marks, self.notices = (marks_of("gouji", s) for s in ("document", "document.notices"))
        self.texts = report.texts or {}

    def parts(self, title: str) -> Iterator[Paragraph | Table]:
        places = {place: list(made) for place, made in self._places()}
        yield Paragraph("title", (Run("\n".join(title_lines(title))),))
        yield from map(self._notice, (*self._to_fill(places), *self._found()))
        yield from map(self._hint, self.frame.hints)
        *sections, signature = places.values()
        # 落款 never stands on a page of its own.
        if isinstance(last := sections[-1][-1], Paragraph):
            sections[-1][-1] = replace(last, keep=True)
        for made in (*sections, signature):
            yield from made

    def _places(self) -> Iterator[tuple[str, Iterator[Paragraph | Table]]]:
        """引言, each section and 落款, by the names under which gaps are counted."""
        yield PREFACE, self._preface()
        for section in self.report.form.sections:
            yield section.title, self._section(section)
        yield self.words["signature"], self._signature()

    # ------------------------------------------------------------ what must be settled

    def _hint(self, hint: str) -> Paragraph:
        return self._notice(self.words["hint"].format(hint=hint))

    def _notice(self, text: str) -> Paragraph:
        return Paragraph("body", (Run(text, marked=True),))

    def _to_fill(self, places: Mapping[str, Sequence[Paragraph | Table]]) -> Iterator[str]:
        counts = {p: sum(m.gaps for m in made if isinstance(m, Paragraph)) for p, made in places.items()}
        said = [self.words["gaps_at"].format(place=p, count=n) for p, n in counts.items() if n]
        if said:
            where = self.words["between"].join(said)
            yield self.notices["gaps"].format(count=sum(counts.values()), places=where)

    def _found(self) -> Iterator[str]:
        """What is wrong with the report's own content: advertising, cells that were not read."""
        texts = [*self.texts.values(), *self.report.notes.values()]
        injected = 0 if self.rule.off else sum(len(stretches(text, self.rule)) for text in texts)
        unread = sum(map(self.report.is_blank, self.report.unread))
        for key, count in (("injected", injected), ("unread", unread)):
            if count:
                yield self.notices[key].format(count=count)

    # ------------------------------------------------------------ texts

    def _text(self, text: str) -> Iterator[Paragraph]:
        """One paragraph a line; empty lines are left out."""
        for line in filter(None, map(str.strip, text.splitlines())):
            head = self._second(line)
            if head == line:
                yield Paragraph("second", tuple(self._runs(line)), keep=True)
            else:
                runs = (*self._runs(head, "second"), *self._runs(line[len(head) :]))
                yield Paragraph("body", runs)

    def _second(self, line: str) -> str:
        """The heading of the second level that a line is, or begins with; "" for none."""
        said = self.words["second"]
        found = re.match(said["pattern"], line)
        return found[0] if found and len(found[0]) <= said["most"] else ""

    def _runs(self, text: str, font: str = "") -> Iterator[Run]:
        """The text in runs: places to fill in and what was injected stand highlighted."""
        done = 0
        for found in _gap_pattern().finditer(text):
            yield from self._plain_runs(text[done : found.start()], font)
            yield Run(found[0], marked=True, gap=True, font=font)
            done = found.end()
        yield from self._plain_runs(text[done:], font)

    def _plain_runs(self, text: str, font: str) -> Iterator[Run]:
        """What was injected is followed by a remark."""
        done = 0
        for found in () if self.rule.off else stretches(text, self.rule):
            if text[done : found.start]:
                yield Run(text[done : found.start], font=font)
            yield Run(text[found.start : found.end], marked=True, font=font)
            yield Run(self.marks["remark"], marked=True)
            done = found.end
        if text[done:]:
            yield Run(text[done:], font=font)

    def _gap(self, prompt: str) -> Run:
        return Run(gap(prompt), marked=True, gap=True)

    # ------------------------------------------------------------ sections

    def _preface(self) -> Iterator[Paragraph]:
        yield from map(self._hint, self.frame.beside.get(PREFACE, ()))
        yield from self._text(self.texts.get(PREFACE, ""))

    def _section(self, section: Section) -> Iterator[Paragraph | Table]:
        yield Paragraph("section", (Run(section.title),), keep=True)
        yield from map(self._hint, self.frame.beside.get(section.number, ()))
        if section.table:
            yield self.report.form.tables[section.table]
            yield from self._notes(section)
            return
        text = self.texts.get(section.number, "")
        if text.strip():
            yield from self._text(text)
        else:
            prompt = section.prompt.strip(self.words["around"]) or self.words["prompt"]
            yield Paragraph("body", (self._gap(prompt),))

    def _notes(self, section: Section) -> Iterator[Paragraph]:
        """The notes whose marks stand in the section's table, those side by side that say the same as one;
        the last table also takes those of no cell."""
        report = self.report
        marks = [
            report.marks[c.id] for c in report.form.cells if c.table == section.table and c.id in report.marks
        ]
        if section.table == TABLE_KEYS[-1]:
            marks += [mark for mark in report.notes if mark not in report.marks.values()]
        said = ((mark, report.notes.get(mark, "")) for mark in dict.fromkeys(marks))
        notes = []
        for text, same in groupby(said, key=lambda note: note[1]):
            joined = [mark for mark, _ in same]
            for mark in [self.words["marks"].join(joined)] if text else joined:
                runs = self._runs(self.words["note"].format(mark=mark, text=text))
                missing = () if text else (Run(self.marks["note_missing"], marked=True, gap=True),)
                notes.append(Paragraph("note", (*runs, *missing), keep=True))
        yield from (replace(note, keep=note is not notes[-1]) for note in notes)

    def _signature(self) -> Iterator[Paragraph]:
        """落款: who reports, and the day, which a person fills in where nobody said it."""
        yield Paragraph("body", (), keep=True)
        lines = [tuple(self._runs(line)) for line in self.frame.signed if line.strip()]
        if not lines:
            lines = [(Run(self.report.unit),)] if self.report.unit else []
            lines.append((Run(self.marks["date"], marked=True, gap=True),))
        rights = _rights(["".join(run.text for run in line) for line in lines])
        for i, (line, right) in enumerate(zip(lines, rights, strict=True), 1):
            yield Paragraph("signature", line, keep=i < len(lines), right=right)


def _rights(lines: Sequence[str]) -> Sequence[float | None]:
    """How far a name and a date end before the right edge: the date begins two characters behind the name,
    the longer of both ends two before the edge (GB/T 9704—2012, 7.3.5.2). Other lines, and a name that does
    not fit into one, all end alike."""
    if len(lines) != 2:
        return [None] * len(lines)
    name, date = (shown_width(line) / 2 for line in lines)
    edge: int = wording_of(PACKAGE, "styles.signature")["right"]
    if max(name, date) + edge > line_room("signature"):
        return [None, None]
    behind = name - date + edge - 2
    return (edge, behind) if behind >= edge else (edge + date + 2 - name, edge)


def shown_value(report: Report, cell: Cell) -> str:
    """A cell as printed: digits, "/" or nothing, 0 for a blank that is declared to be 0; an amount with the
    unit that its column prints."""
    value = as_declared(report, cell.id)
    shown = cell.kind.show(value)
    unit = cell.column.printed_unit
    if unit and isinstance(value, int):
        pattern: str = wording_of(PACKAGE, "words")["amount"]
        return pattern.format(value=shown, unit=unit)
    return shown
