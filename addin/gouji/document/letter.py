"""A letter of an office as a Word document: title, 称呼, paragraphs, lists as tables, 落款.

Layout: GB/T 9704—2012, as of the report (``wording.toml``). The same letter gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Literal

from ..records import dataclass
from ..wording import wording_of
from .contents import PACKAGE, Paragraph
from .ooxml import Element, element, legal, run, twips
from .origin import identifier
from .word import packaged, paragraph, properties

_POINTS_PER_MM = 72 / 25.4
#: So many rows of a table, the first and the last, do not stand alone on a page.
_KEPT = 3

Align = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A table of texts. ``widths`` of its columns in mm; ``aligned``: how the columns below the heads stand;
    ``rows`` hold as many texts as there are heads."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    aligned: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """``parts``: title, 称呼, paragraphs and tables in order, 落款. ``unit``, ``year``: the city's; ``kind``
    tells letters apart, ``day`` is its date, None where it bears none yet."""

    parts: tuple[Paragraph | Listed, ...]
    unit: str
    year: int
    kind: str
    day: datetime.date | None = None


def letter_bytes(letter: Letter) -> bytes:
    """The .docx file."""
    day = letter.day or datetime.date(max(letter.year, 1980) + 1, 1, 1)
    title = next((p.text for p in letter.parts if isinstance(p, Paragraph) and p.style == "title"), "")
    made = datetime.datetime(day.year, day.month, day.day)
    identity = identifier(legal(letter.unit), letter.year, letter.kind)
    return packaged(_body(letter.parts), properties(title.replace("\n", ""), letter.unit, made, identity))


def _body(parts: Sequence[Paragraph | Listed]) -> Iterator[Element]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield paragraph(part)
        else:
            yield _table(part)


def _table(listed: Listed) -> Element:
    line = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    widths = [twips(width * _POINTS_PER_MM) for width in listed.widths]
    free = wording_of(PACKAGE, "tables")["margins"]
    margins = [
        element(f"w:{side}", {"w": twips(free[side]), "type": "dxa"})
        for side in ("top", "left", "bottom", "right")
    ]
    about = element(
        "w:tblPr",
        None,
        element("w:tblW", {"w": sum(widths), "type": "dxa"}),
        element("w:jc", {"val": "center"}),
        element("w:tblBorders", None, *(element(f"w:{side}", line) for side in sides)),
        element("w:tblLayout", {"type": "fixed"}),
        element("w:tblCellMar", None, *margins),
    )
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w": width}) for width in widths))
    heads = _row(listed.heads, widths, ["center"] * len(widths), "item_head", kept=True)
    last = len(listed.rows) - 1
    rows = (
        _row(texts, widths, listed.aligned, "item", kept=at < last and (at < _KEPT or at > last - _KEPT))
        for at, texts in enumerate(listed.rows)
    )
    return element("w:tbl", None, about, grid, heads, *rows)


def _row(
    texts: Sequence[str], widths: Sequence[int], aligned: Sequence[str], style: str, *, kept: bool
) -> Element:
    """Whole on one page; the heads are repeated on each. ``kept``: on the page of the row below it."""
    about = [element("w:cantSplit"), *([element("w:tblHeader")] if style == "item_head" else [])]
    name = wording_of(PACKAGE, f"styles.{style}")["name"]
    cells = []
    for text, width, align in zip(texts, widths, aligned, strict=True):
        keep = [element("w:keepNext")] if kept else []
        lines = element(
            "w:pPr", None, element("w:pStyle", {"val": name}), *keep, element("w:jc", {"val": align})
        )
        shape = (element("w:tcW", {"w": width, "type": "dxa"}), element("w:vAlign", {"val": "center"}))
        shown = [run(text)] if text else []
        cells.append(
            element("w:tc", None, element("w:tcPr", None, *shape), element("w:p", None, lines, *shown))
        )
    return element("w:tr", None, element("w:trPr", None, *about), *cells)
