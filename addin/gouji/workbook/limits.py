"""What a cell has room for, and which texts of a report have too much for one.

Excel's limit (specifications and limits: total number of characters that a cell can contain), which WPS
and LibreOffice share when they save .xlsx.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import PREFACE, Report
from .kind import parts_of
from .layout import PARAGRAPHS, PREFACE_PARAGRAPHS
from .wording import wording

#: What a cell of any spreadsheet holds, in units of UTF-16.
CELL_LIMIT = 32_767
#: How many entries of a report are kept beside its cells: far more than anybody puts there by mistake. With
#: more the file is refused. A result has at most one note a cell of its form.
MAX_UNPLACED, MAX_NOTES, MAX_EXPLANATIONS = 10_000, 1_000, 500
#: Characters of all sections together, and of all else that is no section; of a result's, which has the notes
#: of all its units. Measured: the checks of what a section says take 6 µs a character at most, all others 2;
#: the longest published report of 300 has 4 600 characters.
MAX_PROSE, MAX_BESIDE, MAX_BESIDE_RESULT = 40_000, 400_000, 2_000_000

#: Units that a result names, and characters of all that it says of them: a province has some 10,000, each of
#: some 300. Measured: reading 10,000 takes 1.3 s, comparing two such results 0.4 s, both in proportion.
MAX_PARTS, MAX_OF_PARTS = 12_000, 8_000_000


def size(text: str) -> int:
    """Length as a spreadsheet counts: a character beyond the first plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if len(text) > CELL_LIMIT // 2 else len(text)


def too_long(text: str) -> bool:
    """True where a cell can not hold the text."""
    return size(text) > CELL_LIMIT


def fitted(text: str, ending: str = "……") -> str:
    """The text as far as a cell has room, with ``ending`` where some of it is left out."""
    if not too_long(text):
        return text
    return _first(text, CELL_LIMIT - size(ending)) + ending


def pieces(text: str) -> list[str]:
    """The text in parts that each fit into a cell; one empty part of an empty text."""
    found = []
    while too_long(text):
        found.append(_first(text, CELL_LIMIT))
        text = text[len(found[-1]) :]
    return [*found, text]


def _first(text: str, room: int) -> str:
    """As many whole characters as have room."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore")


def paragraphs(text: str, rows: int) -> list[str]:
    """A text as one string a row; what exceeds the rows stays together in the last one."""
    lines = text.split("\n")
    return lines if len(lines) <= rows else [*lines[: rows - 1], "\n".join(lines[rows - 1 :])]


def cell_texts(report: Report) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that goes whole into one cell, the sections aside."""
    fields = wording("cover.fields")
    start, end = report.period or ("", "")
    cover = {"unit": report.unit, "code": report.code or "", "period_from": start, "period_to": end}
    yield from ((fields[name][0], text) for name, text in cover.items())
    yield from report.notes.items()
    yield from ((u.place, u.text) for u in report.unplaced)
    yield from ((key, e.text) for key, e in report.explanations.items())


def long_notes(report: Report) -> dict[str, str]:
    """The notes of a result that no cell holds, by their marks: those of all its units, to be cut where
    they are written. Empty for a unit's report, whose long note is its own fault."""
    if parts_of(report) is None:
        return {}
    return {mark: text for mark, text in report.notes.items() if too_long(text)}


def long_texts(report: Report) -> Iterator[tuple[str, int]]:
    """(place, size) of each text that no cell holds. The notes of a result are not among them: they are
    those of all its units, and are cut where they are written."""
    cut = long_notes(report)
    for place, text in cell_texts(report):
        if too_long(text) and place not in cut:
            yield place, size(text)
    for section, text in (report.texts or {}).items():
        rows = PREFACE_PARAGRAPHS if section == PREFACE else PARAGRAPHS
        for number, line in enumerate(paragraphs(text, rows), 1):
            if too_long(line):
                yield wording("room")["paragraph"].format(section=section, number=number), size(line)
