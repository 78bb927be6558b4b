"""What a published report says, in order, once for every kind of document: paragraphs and tables.

Everything is made from the form's data and ``wording.toml``; a text that is not there yet becomes a
highlighted place to fill in, and advertising that was injected into one (rule ``text-injected``) is
highlighted with a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..form import TABLE_KEYS, Cell, Section, Table
from ..report import PREFACE, Report
from ..rules import Catalogue
from ..rules.injected import RULE, stretches
from ..wording import wording_of

PACKAGE = "gouji.document"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one look. ``marked``: highlighted, so that nobody overlooks it before publishing."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``style``: a key of ``[styles]``. ``keep``: on one page with what follows."""

    style: str
    runs: tuple[Run, ...]
    keep: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Contents:
    """``title`` of the document and its parts in order; a Table stands for the report's cells of it."""

    title: str
    parts: tuple[Paragraph | Table, ...]


def contents(report: Report, rules: Catalogue, title: str | None, hints: Sequence[str]) -> Contents:
    """``title``: instead of the official one. ``hints``: what must be settled before it is published."""
    words = wording_of(PACKAGE, "words")
    title = title or words["title"].format(unit=report.unit, year=report.year, title=report.form.title)
    return Contents(title, tuple(_Made(report, rules).parts(title, hints)))


class _Made:
    def __init__(self, report: Report, rules: Catalogue) -> None:
        self.report, self.rule = report, rules[RULE]
        self.words = wording_of(PACKAGE, "words")

    def parts(self, title: str, hints: Sequence[str]) -> Iterator[Paragraph | Table]:
        yield Paragraph("title", (Run(title),))
        unread = sum(map(self.report.is_blank, self.report.unread))
        counts = (("injected", self._injected()), ("unread", unread))
        said = [self.words[key].format(count=n) for key, n in counts if n]
        for hint in (*said, *hints):
            yield Paragraph("body", (Run(self.words["hint"].format(hint=hint), marked=True),))
        yield from self._text((self.report.texts or {}).get(PREFACE, ""))
        for section in self.report.form.sections:
            yield from self._section(section)
        yield from self._signature()

    def _text(self, text: str) -> Iterator[Paragraph]:
        """One paragraph a line; empty lines are left out."""
        for line in text.splitlines():
            if line.strip():
                yield Paragraph("body", tuple(self._runs(line.strip())))

    def _runs(self, text: str) -> Iterator[Run]:
        """The text in runs: what was injected stands highlighted, with a remark behind it."""
        done = 0
        for found in () if self.rule.off else stretches(text, self.rule):
            if text[done : found.start]:
                yield Run(text[done : found.start])
            yield Run(text[found.start : found.end], marked=True)
            yield Run(self.words["remark"], marked=True)
            done = found.end
        if text[done:]:
            yield Run(text[done:])

    def _injected(self) -> int:
        """How many stretches the texts and notes hold that look injected."""
        texts = [*(self.report.texts or {}).values(), *self.report.notes.values()]
        return 0 if self.rule.off else sum(len(stretches(text, self.rule)) for text in texts)

    def _section(self, section: Section) -> Iterator[Paragraph | Table]:
        yield Paragraph("section", (Run(section.title),), keep=True)
        if section.table:
            yield self.report.form.tables[section.table]
            yield from self._notes(section)
            return
        text = (self.report.texts or {}).get(section.number, "")
        if text.strip():
            yield from self._text(text)
        else:
            prompt = section.prompt.strip("（）") or self.words["prompt"]
            yield Paragraph("body", (Run(self.words["placeholder"].format(prompt=prompt), marked=True),))

    def _notes(self, section: Section) -> Iterator[Paragraph]:
        """The notes whose marks stand in the section's table; the last table also takes those of no cell."""
        report = self.report
        marks = [
            report.marks[c.id] for c in report.form.cells if c.table == section.table and c.id in report.marks
        ]
        if section.table == TABLE_KEYS[-1]:
            marks += [mark for mark in report.notes if mark not in report.marks.values()]
        for mark in dict.fromkeys(marks):
            text = report.notes.get(mark, "")
            said = self.words["note"].format(mark=mark, text=text)
            missing = () if text else (Run(self.words["note_missing"], marked=True),)
            yield Paragraph("note", (*self._runs(said), *missing))

    def _signature(self) -> Iterator[Paragraph]:
        """落款: who reports, and the day, which no report holds and a person fills in."""
        yield Paragraph("body", (), keep=True)
        if self.report.unit:
            yield Paragraph("signature", (Run(self.report.unit),), keep=True)
        yield Paragraph("signature", (Run(self.words["date"], marked=True),))


def shown_value(report: Report, cell: Cell) -> str:
    """A cell as printed: digits, "/" or nothing; an amount with the unit that its column prints."""
    value = report.value(cell.id)
    shown = cell.kind.show(value)
    unit = cell.column.printed_unit
    if unit and isinstance(value, int):
        pattern: str = wording_of(PACKAGE, "words")["amount"]
        return pattern.format(value=shown, unit=unit)
    return shown
