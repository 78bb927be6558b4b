"""What was copied elsewhere as a grid of texts: from Excel or Word, or a web page, merged cells as a
sheet has them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from ..errors import Refused
from ..published.source.markup import tokens
from ..wording import wording_of

Grid = list[list[str]]

#: Beyond these nothing of a form can lie: three tables below one another have 60 rows.
MAX_ROWS, MAX_COLUMNS = 200, 60
#: Characters of what is pasted: the page of a report with its scripts has a million.
MAX_TEXT = 4_000_000
_CELLS = ("td", "th")
#: What ends a line within a cell.
_BREAKS = ("br", "p", "div", "li")
_UNSHOWN = ("style", "script", "head")
_NUMBER = re.compile(r"[0-9]{1,4}")


def grid_of(plain: str, html: str) -> tuple[Grid, int]:
    """Rows of cells, each a text without white space around it, and how many contents lie too far off for
    any form. A table of the page tells more than its plain text, which leaves out merged cells. Raises
    Refused where there is too much."""
    if len(plain) > MAX_TEXT or len(html) > MAX_TEXT:
        raise Refused("pasted", wording_of("gouji.page", "pasting")["too_much"])
    grid = (_from_html(html) if "<table" in html.lower() else None) or _from_plain(plain)
    near = [row[:MAX_COLUMNS] for row in grid[:MAX_ROWS]]
    beyond = sum(map(bool, (text for row in grid for text in row))) - sum(
        bool(t) for row in near for t in row
    )
    return _trimmed(near), beyond


def _trimmed(grid: Grid) -> Grid:
    """Without empty rows below and columns at the right, each row as long as the others."""
    while grid and not any(grid[-1]):
        grid.pop()
    width = max((column + 1 for row in grid for column, text in enumerate(row) if text), default=0)
    return [[*row, *[""] * (width - len(row))][:width] for row in grid]


def _from_plain(plain: str) -> Grid:
    lines = plain.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows: Iterator[Sequence[str]] = iter(list(csv.reader(_lines(lines), delimiter="\t", strict=True)))
    except csv.Error:  # a quote that is none of a spreadsheet's
        rows = (line.split("\t") for line in lines.split("\n"))
    return [[text.strip() for text in row] for row in rows]


def _lines(text: str) -> Iterator[str]:
    return iter(text.splitlines(keepends=True))


class _Table:
    """The cells of a table by row and column."""

    def __init__(self) -> None:
        self.grid: dict[tuple[int, int], str] = {}
        self.row = -1
        #: Column -> the row down to which a merged cell above covers it.
        self._covered = [0] * (MAX_COLUMNS + 1)

    def put(self, text: str, height: int, width: int) -> None:
        """The next cell of the row, in the first square that none above covers."""
        row = max(self.row, 0)
        column = next((at for at, down in enumerate(self._covered) if down <= row), MAX_COLUMNS)
        if row < MAX_ROWS and column < MAX_COLUMNS:
            self.grid[row, column] = text
            for at in range(column, min(column + width, MAX_COLUMNS)):
                self._covered[at] = row + height


def _from_html(html: str) -> Grid | None:
    """All tables of a page, one below the other; a table within a cell is that cell's text."""
    table, depth = _Table(), 0
    text: list[str] | None = None
    span, unshown = (1, 1), ""
    for kind, name, attributes in tokens(html):
        if kind == "text":
            if text is not None and not unshown:
                text.append(name)
        elif name in _UNSHOWN:
            unshown = name if kind == "start" else ""
        elif name == "table":
            depth += 1 if kind == "start" else -1
        elif text is not None and (name in _BREAKS or (depth > 1 and name in _CELLS)):
            text.append("\n")
        elif depth <= 1 and (name == "tr" or name in _CELLS):
            if text is not None:
                table.put(_joined(text), *span)
                text = None
            if kind == "start" and name == "tr":
                table.row += 1
            elif kind == "start":
                text, span = [], (_span(attributes, "rowspan"), _span(attributes, "colspan"))
    if text is not None:
        table.put(_joined(text), *span)
    if not table.grid:
        return None
    rows = max(row for row, _ in table.grid) + 1
    columns = max(column for _, column in table.grid) + 1
    return [[table.grid.get((row, column), "") for column in range(columns)] for row in range(rows)]


def _joined(text: Sequence[str]) -> str:
    """The text of a cell on one line: where a line breaks in it nothing was meant."""
    return " ".join("".join(text).split())


def _span(attributes: dict[str, str], name: str) -> int:
    found = _NUMBER.match(attributes.get(name, "").strip())
    return max(1, int(found[0])) if found else 1
