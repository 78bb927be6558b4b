"""One official table as a Word table: the printed grid, box by box, with its merges."""

from __future__ import annotations

from ..form import Table
from ..form.grid import Box, Grid, printed_grid
from ..form.look import every, look_of, widest
from ..report import Report
from ..wording import wording_of
from .breaks import kept
from .contents import shown_value
from .fitting import value_size
from .ooxml import Element, element, run, superscript, twips

#: How far a label that stands left is off the line, in pt, where it has the room.
_INDENT = 4


def word_table(report: Report, table: Table) -> Element:
    """The ``w:tbl`` of one table, as wide as the official form prints it, centred.

    Blank stays blank unless it is declared to be 0, "/" stays "/", money carries the unit that the edition
    prints with it, a note's mark stands raised behind the number. No row breaks over pages; heads are
    repeated; rows that are read together ask to stay on one page (``breaks.py``).
    """
    return _Writer(report, table).table()


class _Writer:
    def __init__(self, report: Report, table: Table) -> None:
        self.report, self.table_of = report, table
        self.look = look_of(table)
        self.margins: dict[str, float] = wording_of("gouji.document", "tables")["margins"]
        self.grid: Grid = printed_grid(table)
        self.widths = [twips(width) for width in self.look.widths]
        self.covering = {
            (row, column): box
            for box in self.grid.boxes
            for row in range(box.row, box.row + box.height)
            for column in range(box.column, box.column + box.width)
        }

    def table(self) -> Element:
        line = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        margins = [
            element(f"w:{side}", {"w": twips(self.margins[side]), "type": "dxa"})
            for side in ("top", "left", "bottom", "right")
        ]
        properties = element(
            "w:tblPr",
            None,
            element("w:tblW", {"w": sum(self.widths), "type": "dxa"}),
            element("w:jc", {"val": "center"}),
            element("w:tblBorders", None, *(element(f"w:{side}", line) for side in sides)),
            element("w:tblLayout", {"type": "fixed"}),
            element("w:tblCellMar", None, *margins),
        )
        columns = element("w:tblGrid", None, *(element("w:gridCol", {"w": w}) for w in self.widths))
        return element("w:tbl", None, properties, columns, *map(self._row, range(self.grid.rows)))

    def _row(self, row: int) -> Element:
        height = {"val": twips(self.look.heights[row]), "hRule": "atLeast"}
        properties = [element("w:cantSplit"), element("w:trHeight", height)]
        if row < self.grid.head_rows:
            properties.append(element("w:tblHeader"))
        cells, column = [], 0
        while column < self.grid.columns:
            box = self.covering[row, column]
            cells.append(self._cell(box, row))
            column += box.width
        return element("w:tr", None, element("w:trPr", None, *properties), *cells)

    def _cell(self, box: Box, row: int) -> Element:
        width = sum(self.widths[box.column : box.column + box.width])
        properties = [element("w:tcW", {"w": width, "type": "dxa"})]
        if box.width > 1:
            properties.append(element("w:gridSpan", {"val": box.width}))
        if box.height > 1:
            properties.append(element("w:vMerge", {"val": "restart"} if row == box.row else None))
        if box.role == "title":
            shade = {"val": "clear", "color": "auto", "fill": every().shade}
            properties.append(element("w:shd", shade))
        properties.append(element("w:vAlign", {"val": "center"}))
        content = self._content(box) if row == box.row else []
        return element("w:tc", None, element("w:tcPr", None, *properties), self._paragraph(box, row, content))

    def _paragraph(self, box: Box, row: int, runs: list[Element]) -> Element:
        properties = [element("w:pStyle", {"val": wording_of("gouji.document", "styles.cell")["name"]})]
        if kept(self.table_of, row) or (row == self.grid.rows - 1 and self._has_notes()):
            properties.append(element("w:keepNext"))
        aligned = "center" if box.cell else self.look.aligned(box)
        if aligned == "left" and self._has_room(box):
            properties.append(element("w:ind", {"left": twips(_INDENT)}))
        properties.append(element("w:jc", {"val": aligned}))
        return element("w:p", None, element("w:pPr", None, *properties), *runs)

    def _has_room(self, box: Box) -> bool:
        """Whether the label's lines stay whole when it stands off the line."""
        width = sum(self.look.widths[box.column : box.column + box.width])
        return widest(box) + _INDENT + self.margins["left"] + self.margins["right"] <= width

    def _has_notes(self) -> bool:
        return any(box.cell in self.report.marks for box in self.grid.boxes)

    def _content(self, box: Box) -> list[Element]:
        if not box.cell:
            return [run(box.shown)]
        shown = shown_value(self.report, self.report.form.by_id[box.cell])
        mark = self.report.marks.get(box.cell)
        size = {"val": round(value_size(self.table_of, box, shown) * 2)}
        return [
            *([run(shown, element("w:sz", size))] if shown else []),
            *([superscript(mark, element("w:sz", size))] if mark else []),
        ]
