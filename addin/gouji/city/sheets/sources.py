"""来源: a block for each cell of the city's form that is not 0; the cells of 二, 三 and 四 lead to theirs.

How high each block is follows from the rows alone, so its place is known before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from ...form.look import screen
from ...marks import marks_of
from ...workbook.layout import address
from ...workbook.limits import fitted
from ...workbook.live import Live
from ...workbook.writer import COLOURS, Writing, write_live
from ...workbook.writer.styles import list_page, unprinted
from ..consolidate import Consolidation
from ..views.links import Links
from ..views.sources import Block
from .parts import inside, label, number, words, write_link

_WIDTHS = (30, 12, 8, 12, 30, 56)
#: Rows of the title, the index's own title and what is free below the index.
_HEAD, _FREE = 4, 1
#: Index entries side by side.
_ACROSS = 2
_NUMBER, _SHARE = "#,##0.######", "0.0%"


class Sources:
    """``tops``: cell id -> the row (from 0) of its block's head."""

    def __init__(self, city: Consolidation, blocks: Sequence[Block]) -> None:
        self.city, self.blocks = city, blocks
        self.name = str(marks_of("gouji.city", "sheets")["sources"])
        lines = dict.fromkeys((b.cell.table, b.cell.row.id) for b in blocks)
        self.index = [next(b for b in blocks if (b.cell.table, b.cell.row.id) == line) for line in lines]
        self.first = _HEAD + -(-len(self.index) // _ACROSS) + _FREE
        self.tops: dict[str, int] = {}
        row = self.first
        for block in blocks:
            self.tops[block.cell.id] = row
            row += block.lines + 3

    @property
    def leads(self) -> Mapping[str, tuple[str, str]]:
        """Cell id -> where its number leads, and what is said of the link."""
        tip = words("sources")["tip"]
        return {cell: (f"'{self.name}'!A{top + 1}", tip) for cell, top in self.tops.items()}

    def write(self, writing: Writing, sheet: Worksheet, links: Links) -> None:
        _Sheet(self, writing, sheet, links).write()


class _Sheet:
    def __init__(self, of: Sources, writing: Writing, sheet: Worksheet, links: Links) -> None:
        self.of, self.writing, self.sheet, self.links = of, writing, sheet, links
        styles = writing.styles
        fine = {"bottom": 4, "bottom_color": screen()["line"]}
        self.text = styles.get("plain", shrink=True, **fine)
        self.link = styles.get("link", shrink=True, indent=1, **fine)
        self.file = styles.get("plain", shrink=True, indent=1, **fine)
        self.number = styles.get("plain", align="right", num_format=_NUMBER, **fine)
        self.share = styles.get("plain", align="right", num_format=_SHARE, **fine)
        self.digest = styles.get("plain", font_size=8, font_color=screen()["quiet"], **fine)
        self.head = styles.get("link", bold=True, bg_color=COLOURS["head"])
        self.about = styles.get("plain", bg_color=COLOURS["head"])
        self.sum = styles.get("plain", bold=True, top=1)
        self.total = styles.get("plain", bold=True, top=1, align="right", num_format=_NUMBER)

    def write(self) -> None:
        w, sheet, styles = words("sources"), self.sheet, self.writing.styles
        city = self.of.city
        sheet.set_vba_name("shtSources")
        for i, width in enumerate(_WIDTHS):
            sheet.set_column(i, i, width)
        title = w["title"].format(unit=city.report.unit, year=city.report.year)
        sheet.write_string(0, 0, title, styles.get("caption"))
        for i, head in enumerate(w["heads"]):
            sheet.write_string(2, i, head, styles.get("head"))
        said = w["index"] if self.of.blocks else w["empty"]
        sheet.write_string(3, 0, said, styles.get("quiet", font_size=10))
        self._index()
        for block in self.of.blocks:
            self._block(block)
        sheet.hide_gridlines(2)
        sheet.freeze_panes(3, 1)
        list_page(sheet, 2)
        # Tens of pages that nobody needs on paper with the others; who does prints a selection.
        unprinted(sheet)

    def _index(self) -> None:
        """A link a row of the form."""
        rows = -(-len(self.of.index) // _ACROSS)
        link = self.writing.styles.get("link")
        for i, block in enumerate(self.of.index):
            across, down = divmod(i, rows)
            number_ = self.writing.layout.form.tables[block.cell.table].section.number
            target = inside(self.of.name, f"A{self.of.tops[block.cell.id] + 1}")
            text = f"{number_}　{block.cell.row.short}"
            self.sheet.write_url(_HEAD + down, across * 4, target, link, text)

    def _block(self, block: Block) -> None:
        w, sheet, row = words("sources"), self.sheet, self.of.tops[block.cell.id]
        where, at = self.writing.layout.locate(block.cell.id)
        money = w["money"] if block.cell.kind.money else ""
        said = label(self.of.city.form, block.cell) + money
        sheet.write_url(row, 0, inside(where, at), self.head, f"{where}!{at}　{said}")
        for column in range(1, len(_WIDTHS)):
            sheet.write_blank(row, column, None, self.about)
        sheet.write_string(row, len(_WIDTHS) - 1, w["units"].format(count=block.units), self.about)
        top = row = row + 1
        for part in block.parts:
            self._line(row, block, part.unit, part.value)
            if part.before is None:
                sheet.write_blank(row, 3, None, self.number)
            else:
                sheet.write_number(row, 3, number(block.cell, part.before), self.number)
            write_link(sheet, row, 4, self.links.file(part.file), part.file, self.link, self.file)
            sheet.write_string(row, 5, part.sha256, self.digest)
            row += 1
        if block.others:
            self._line(row, block, w["others"].format(count=block.others), block.rest)
            row += 1
        for applied in block.adjusted:
            said = w["adjusted"].format(unit=applied.unit, reason=applied.written.reason)
            self._line(row, block, said, applied.change)
            row += 1
        sheet.write_string(row, 0, w["sum"], self.sum)
        summed = f"SUM({address(top + 1, 2)}:{address(row, 2)})"
        formula = f"=ROUND({summed},6)" if block.cell.kind.money else f"={summed}"
        write_live(sheet, row, 1, Live(formula, number(block.cell, block.total)), self.total)

    def _line(self, row: int, block: Block, text: str, value: int) -> None:
        self.sheet.write_string(row, 0, fitted(text), self.text)
        self.sheet.write_number(row, 1, number(block.cell, value), self.number)
        if block.shares:
            self.sheet.write_number(row, 2, value / block.total, self.share)
        else:
            self.sheet.write_blank(row, 2, None, self.share)
