"""A published file -> its report, with where every cell came from, and what a person should know of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..digests import sha256_of
from ..form import TABLE_KEYS, Cell, Form, TableKey, edition_for_year, editions, load_form
from ..records import dataclass
from ..report import FIRST_YEAR, LAST_YEAR, Imported, Origin, Report, Unplaced, Unread, plain_mark, text_lines
from .reading import CellRead, Doubt, ProseRead, TablesRead
from .refusal import refuse
from .stream import Source


@dataclass(frozen=True)
class Published:
    """``report`` says itself where each cell was read and what was not (``read``, ``unread``); ``doubts``:
    what the head or the texts say twice and differently, or not at all; ``title``: as it is printed."""

    report: Report
    doubts: tuple[Doubt, ...] = ()
    title: str = ""


def read_published(source: Path | bytes, name: str = "") -> Published:
    """Read a published annual report: text, Markdown, HTML or Word.

    ``name``: what the file is called, where its bytes are given. A cell is filled only where the source
    leaves one reading; in doubt it is left unread. Raises :class:`~gouji.errors.Refused`, with a Chinese line
    that says what to do, for a file that holds no report, more than one, or none that can be read.
    """
    from .prose import read_prose
    from .source.recognise import refuse_what_is_none
    from .source.sniff import open_source
    from .tables import read_tables

    opened = open_source(source, name)
    tables = read_tables(opened.stream)
    if tables.repeated:
        refuse("repeated")
    refuse_what_is_none(opened, tables)
    prose = read_prose(opened)
    report = report_of(tables, prose)
    report.imported = Imported(_name(source, name, opened), opened.kind, sha256_of(source))
    return Published(report, prose.doubts, prose.title)


def read_copied(text: str, *, page: bool) -> TablesRead:
    """The official tables in what somebody copied out of a report, as text or, ``page``, as HTML; any of
    them may be missing. Raises Refused where there is too much of it."""
    from .source.html import read_html
    from .source.pen import Pen
    from .source.text import read_text
    from .tables import read_tables

    pen = Pen()
    if page:
        read_html(text, pen)
    else:
        read_text(text, pen)
    return read_tables(pen.stream())


def report_of(tables: TablesRead, prose: ProseRead) -> Report:
    """Cells and texts as one report, each table in its own edition."""
    year = prose.year if FIRST_YEAR <= prose.year <= LAST_YEAR else 0
    report = Report(
        form_of(tables.editions, year),
        unit=prose.unit.strip(),
        year=year,
        period=prose.period,
        texts={key: lines for key, text in prose.texts.items() if (lines := text_lines(text))},
        notes={plain_mark(mark): text_lines(text) for mark, text in prose.notes.items()},
        unplaced=[Unplaced(place, text) for place, text in prose.stray],
    )
    for cell in report.form.cells:
        if (read := tables.read.get(cell.id)) is not None:
            _take(report, cell, read)
        elif (unread := tables.unread.get(cell.id)) is not None:
            report.unread[cell.id] = Unread(unread.where, unread.text, tuple(unread.readings))
    return report


def _take(report: Report, cell: Cell, read: CellRead) -> None:
    report.set(cell.id, read.value)
    assumed = read.assumed if cell.kind.money else ""
    report.read[cell.id] = Origin(read.how, read.where, read.text, assumed)
    if read.mark:
        report.marks[cell.id] = plain_mark(read.mark)


def form_of(found: Mapping[TableKey, str], year: int) -> Form:
    """The form of a report of ``year`` whose tables are of these editions.

    The report's own edition is that of its year, or without one that of its first table. A table that was not
    found, or is the same in both, is of the report's edition.
    """
    first = next((found[key] for key in TABLE_KEYS if key in found), editions()[-1])
    edition = edition_for_year(year) if year else first
    own = load_form(edition)

    def differs(key: TableKey) -> bool:
        other = load_form(found[key]).tables[key]
        return other.fingerprint != own.tables[key].fingerprint

    return load_form(edition, {key: found[key] for key in TABLE_KEYS if key in found and differs(key)})


def _name(source: Path | bytes, name: str, opened: Source) -> str:
    return name or (source.name if isinstance(source, Path) else opened.name)
