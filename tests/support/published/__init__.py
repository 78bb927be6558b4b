"""Reports written in the shapes in which they are published elsewhere, for the importer to read back.

    draft     Report -> what is printed, in reading order: paragraphs, and tables from ``printed_grid``
    html, word, lines, markdown   Draft -> the bytes of one shape
    damage    tables that are no longer the form
    drawn     reports to be written: real ones and drawn ones, as they are or with some cells changed
    originals   published files of the shapes, without their prose
    judge     what was read against what was written: right, unread, wrong

The shapes are those in which such reports were found, S01 glued text to S26 text of radicals. Each writer
varies what published files vary (spellings, line breaks, page marks, rows left out), drawn by a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from gouji.report import Report

from . import html, lines, markdown, word
from .damage import damaged
from .draft import MARKED_BY, PLAIN, Draft, Variation, draft_of

__all__ = ["MARKED_BY", "PLAIN", "SHAPES", "Shape", "Variation", "Written", "written"]

#: Whether a blank shows: "marked" as a cell of its own; "soft" perhaps; "loose" not at all.
Blanks = Literal["marked", "soft", "loose"]


@dataclass(frozen=True)
class Shape:
    """``unread``: the share of cells that may stay unread where the report is printed as it is; None where
    that depends on the numbers (glued digits) or on luck (torn labels)."""

    code: str
    what: str
    suffix: str
    blanks: Blanks
    unread: float | None
    write: Callable[[Draft, Random], bytes]


SHAPES: Mapping[str, Shape] = {
    shape.code: shape
    for shape in (
        Shape("S01", "glued text", ".txt", "loose", None, lines.glued),
        Shape("S02", "one line with spaces", ".txt", "loose", 0.005, lines.spaced),
        Shape("S03", "small tables of Markdown", ".md", "marked", 0.005, markdown.ocr),
        Shape("S04", "PDF to Markdown, labels torn off", ".md", "soft", None, markdown.torn),
        Shape("S05", "pipes, traditional characters", ".txt", "marked", 0.01, markdown.traditional),
        Shape("S06", "saved page of a CMS", ".html", "marked", 0.005, html.saved_page),
        Shape("S07", "page of an editor", ".html", "marked", 0.005, html.ueditor),
        Shape("S08", "page with Word's markup", ".html", "marked", 0.005, html.word_markup),
        Shape("S09", "page, heads by empty cells", ".html", "marked", 0.005, html.empty_heads),
        Shape("S10", "piece of a page, uneven spans", ".html", "marked", 0.005, html.fragment),
        Shape("S11", "Word form", ".docx", "marked", 0.005, word.official_form),
        Shape("S12", "Word saved as a page", ".html", "marked", 0.005, html.office_page),
        Shape("S15", "text of an office suite", ".txt", "loose", 0.005, lines.office_text),
        Shape("S17", "pdftotext -layout", ".txt", "loose", 0.005, lines.layout),
        Shape("S18", "pdftotext -raw", ".txt", "loose", 0.005, lines.raw_lines),
        Shape("S19", "pypdfium2, page marks glued", ".txt", "loose", 0.005, lines.glued_pages),
        Shape("S20", "one fragment a line", ".txt", "loose", 0.005, lines.fragments),
        Shape("S21", "one cell a line, pipes", ".txt", "soft", 0.01, lines.cell_lines),
        Shape("S22", "one cell a line, tabs", ".txt", "soft", 0.005, lines.tab_lines),
        Shape("S23", "Markdown of a converter", ".md", "marked", 0.005, markdown.converted),
        Shape("S24", "pipes of an extractor", ".txt", "marked", 0.005, markdown.flattened),
        Shape("S25", "rows with tabs", ".txt", "soft", 0.005, lines.tab_rows),
        Shape("S26", "text of radicals", ".txt", "loose", 0.005, lines.radicals),
    )
}


@dataclass(frozen=True)
class Written:
    """One published file. ``absent``: ids of the cells whose row is not printed; ``undecidable``: of those of
    which nothing can be known though something stands there."""

    name: str
    data: bytes
    shape: Shape
    report: Report
    absent: frozenset[str]
    undecidable: frozenset[str] = frozenset()


def written(
    report: Report, code: str, seed: int, variation: Variation | None = None, *, damage: bool = False
) -> Written:
    """The report in the shape ``code``; the same arguments give the same bytes. ``damage``: one of its tables
    is no longer the form."""
    shape, dice = SHAPES[code], Random(f"{seed}{code}")
    variation = variation or Variation()
    if code == "S01":  # between glued numbers a comma would part two of them
        variation = replace(variation, figures=0)
    draft = draft_of(report, dice, variation)
    unknown = damaged(draft, dice, code) if damage else frozenset()
    data = shape.write(draft, dice)
    return Written(f"{code}{shape.suffix}", data, shape, report, draft.absent, unknown)
