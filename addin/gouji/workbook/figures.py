"""Figures: every typed cell as the number that formulas reckon with, in hidden columns beside its table.

A figure is a number ("/" counts 0, a blank 0 where the declaration says so), "" for a blank, or one of two
words: the cell holds no number, or a date. What could not be read of a published report is no number either,
as long as its cell is blank, whatever the declaration says. Everything that a sheet computes reads figures
and never the cells themselves, so that no error value spreads and nothing compares a logical value with a
number, which programs order differently. Python says the same of the same content (``Report``,
``rules/numbers.py``).

Only functions that Excel 2010, WPS, LibreOffice and Gnumeric share; nothing that spills.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..form import FEN_PER_WAN, LIMIT, NOISE, SLASHES, TYPED_DECIMAL, Cell, Form, Kind
from ..records import dataclass
from ..report import Report
from ..rules.cells import cells_that_are
from ..rules.numbers import Numbers
from .layout import BLANK, FIGURES, READ, READ_AS_SUM, UNCOVERED, Area, Layout, TableSheet, address
from .pasting.sheet import paste_sheet
from .wording import marks, wording

Shown = str | int | float


@dataclass(frozen=True, slots=True)
class Live:
    """A formula and the value that it shows."""

    formula: str
    value: Shown


@dataclass(frozen=True, slots=True)
class Figure:
    """A live cell and where it stands (from 1)."""

    row: int
    column: int
    live: Live


def shown(number: int | None, money: bool = False) -> Shown:
    """A number as a cell shows it: a whole number, 万元, or "" where there is none."""
    if number is None:
        return ""
    return number / FEN_PER_WAN if money else number


def trimmed(cell: str) -> str:
    """A formula for the text of a cell without the spaces around it, full-width and fixed ones included."""
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({cell},"\u3000"," "),"\u00a0"," "))'


def is_slash(cell: str) -> str:
    """A condition that holds for a text that is read as "/"; an error where the cell holds one."""
    plain = trimmed(cell)
    return f'IF(LEN({plain})=1,ISNUMBER(FIND({plain},"{"".join(SLASHES)}")),FALSE)'


def is_blank(cell: str) -> str:
    """A condition that holds for an empty cell and for one with nothing but spaces."""
    return f'IF(ISERROR({cell}),FALSE,{trimmed(cell)}="")'


def filled(area: Area) -> str:
    """A formula for how many cells of an area hold something.

    Not ``COUNTA``, for which a formula that shows nothing is something; and Gnumeric takes no lengths of a
    range.
    """
    return f'COUNTIF({area.full()},"?*")+COUNT({area.full()})'


def count(areas: Iterable[Area], criterion: str) -> str:
    """A formula for how many cells of the areas meet a criterion of COUNTIF."""
    return "+".join(f'COUNTIF({a.full()},"{criterion}")' for a in areas)


def size(areas: Iterable[Area]) -> int:
    return sum((a.bottom - a.top + 1) * (a.right - a.left + 1) for a in areas)


def over(function: str, areas: Iterable[Area]) -> str:
    """``SUM('三'!$P$9:$U$9,…)``"""
    return f"{function}({','.join(a.full() for a in areas)})"


class Figures:
    """The figures of one workbook for one report (``prior``: what 上年 holds)."""

    def __init__(self, layout: Layout, report: Report, prior: Report | None) -> None:
        self.layout = layout
        self.form: Form = layout.form
        self.report = report
        self.prior = prior
        self.words = wording("figures")
        self._unread = report.unusable()
        self._kept = {u.place for u in report.unplaced}
        self._readers = {READ: Numbers(report), READ_AS_SUM: Numbers(report, sums=True)}

    # ------------------------------------------------------------ areas

    def areas(self, cells: Sequence[str], total_block: int = FIGURES) -> list[Area]:
        """The figures of cells of one table; ``total_block``: from which block those of totals are taken."""
        place = self.layout.sheet_of(self.form.by_id[cells[0]])
        totals = [c for c in cells if self.form.by_id[c].is_total and total_block != FIGURES]
        plain = [c for c in cells if c not in totals]
        return place.area(plain, FIGURES) + place.area(totals, total_block)

    def prior_areas(self, cells: Sequence[str]) -> list[Area]:
        """The figures of last year's cells, totals as rules read them."""
        sheet = paste_sheet(self.form, "last_year")
        found = []
        for cell in cells:
            at = sheet.prior_figures(READ if self.form.by_id[cell].is_total else FIGURES)[cell]
            found.append(Area(sheet.name, *at, *at))
        return found

    def unsigned(self, cells: Iterable[str]) -> list[str]:
        return [c for c in cells if not self.form.by_id[c].kind.signed]

    # ------------------------------------------------------------ one table

    def of_table(self, place: TableSheet) -> Iterator[Figure]:
        """Everything in the hidden columns of one table's sheet."""
        yield Figure(*place.flag, self._declared(place))
        yield Figure(*place.blanks, self._blanks(place))
        flag = address(*place.flag, absolute=True)
        for cell in place.table.cells:
            row, column = place.cells[cell.id]
            here = address(row, column)
            empty = Live(f"=IF({is_blank(here)},1,0)", int(self._is_empty(cell)))
            yield Figure(row, column + place.block(BLANK), empty)
            blank = f'"{self.words["no_number"]}"' if cell.id in self.report.unread else f'IF({flag}=1,0,"")'
            if cell.is_total and cell.id not in self.report.unread:
                left = address(row, column + place.block(UNCOVERED))
                blank = f'IF({flag}=1,IF({left}=1,"",0),"")'
            number = self._number(here, cell.kind, blank, self.value(cell))
            yield Figure(row, column + place.block(FIGURES), number)
            if cell.is_total:
                at = address(row, column + place.block(FIGURES))
                # What could not be read is no blank.
                state = address(row, column + place.block(BLANK))
                blank = "FALSE" if cell.id in self.report.unread else f"{state}=1"
                yield Figure(row, column + place.block(UNCOVERED), self._uncovered(cell, blank, flag))
                yield Figure(row, column + place.block(READ), self._read(cell, blank, at))
                yield Figure(row, column + place.block(READ_AS_SUM), self._as_sum(cell, blank, at))

    def of_values(self, place: TableSheet) -> Iterator[tuple[int, int, Shown]]:
        """(row, column, what it shows) of the declaration and the figures, without their formulas."""
        yield *place.flag, int(self.report.declared(place.table.key))
        for cell in place.table.cells:
            row, column = place.cells[cell.id]
            yield row, column + place.block(FIGURES), self.value(cell)

    def _is_uncovered(self, cell: Cell) -> int:
        """1 for a blank total that the declaration does not cover."""
        blank = self.report.is_blank(cell.id) and cell.id not in self._unread
        return int(self.report.declared(cell.table) and blank and not self.report.covers(cell.id))

    # ------------------------------------------------------------ the declaration

    def _is_empty(self, cell: Cell) -> bool:
        """Whether nothing is typed; what could not be read of a published report is not typed."""
        return self.report.is_blank(cell.id) and cell.place not in self._kept

    def _blanks(self, place: TableSheet) -> Live:
        cells = place.table.cells
        areas = place.area([c.id for c in cells], BLANK)
        return Live(f"={over('SUM', areas)}", sum(map(self._is_empty, cells)))

    def _declared(self, place: TableSheet) -> Live:
        """1 where somebody says so, on 封面 or below the table, and anything is typed in any table."""
        tables = self.layout.tables.values()
        empty = "+".join(Area(t.name, *t.blanks, *t.blanks).full() for t in tables)
        formula = f"=IF({empty}<{len(self.form.cells)},{self._says(place)},0)"
        return Live(formula, int(self.report.declared(place.table.key)))

    @staticmethod
    def flag(place: TableSheet) -> str:
        """The cell that is 1 where the blanks of the table count as 0."""
        return Area(place.name, *place.flag, *place.flag).full()

    def _says(self, place: TableSheet) -> str:
        """1 where 是 stands on 封面 or below the table, whether it counts or not."""
        cover, yes = self.layout.cover, marks("cover")["yes"]
        at = cover.fields["blank_is_zero"]
        where = (Area(cover.name, *at, *at), Area(place.name, *place.declaration, *place.declaration))
        whole, own = (f'IF(ISERROR({a.full()}),FALSE,{trimmed(a.full())}="{yes}")' for a in where)
        return f"IF({whole},1,IF({own},1,0))"

    def covered_cells(self, place: TableSheet) -> str:
        """A formula for how many cells of a table the declaration makes 0."""
        cells = place.table.cells
        blank = place.area([c.id for c in cells if c.id not in self.report.unread], BLANK)
        totals = place.area([c.id for c in cells if c.is_total], UNCOVERED)
        left = f"-{over('SUM', totals)}" if totals else ""
        return f"IF({self.flag(place)}=1,{over('SUM', blank)}{left},0)"

    def said_of_declaration(self, place: TableSheet) -> Live:
        """Below the answer: how many cells it makes 0, or why it does nothing yet."""
        w, key = wording("table.declaration"), place.table.key
        counted = '"' + w["counted"].format(count=f'"&{self.covered_cells(place)}&"') + '"'
        formula = f'=IF({self.flag(place)}=1,{counted},IF({self._says(place)}=1,"{w["idle"]}",""))'
        count = len(cells_that_are(self.report, key, "declared"))
        declares = w["idle"] if self.report.declares(key) else ""
        return Live(formula, w["counted"].format(count=count) if self.report.declared(key) else declares)

    def value(self, cell: Cell) -> Shown:
        """What the figure of a cell of this year shows."""
        if cell.id in self._unread or cell.id in self.report.as_text:
            return str(self.words["no_number"])
        return self._shown(self.report, cell, 0 if self.report.covers(cell.id) else None)

    def _shown(self, report: Report, cell: Cell, blank: int | None) -> Shown:
        value = report.value(cell.id)
        number = blank if value is None else value if isinstance(value, int) else 0
        return shown(number, cell.kind.money)

    def _number(self, here: str, kind: Kind, blank: str, value: Shown) -> Live:
        """A typed cell as a number: see the head of this file. Digits that are stored as text count."""
        no, date = (f'"{self.words[name]}"' for name in ("no_number", "date"))
        plain = trimmed(here)
        shown_as_date = f'IF({here}=0,FALSE,IFERROR(LEFT(CELL("format",{here}),1)="D",FALSE))'
        number = f"IF({shown_as_date},{date},{_legal(kind, here, no)})"
        # + 0: VALUE of "TRUE" is a logical value in Gnumeric, and so would be its TEXT.
        longest = len(str(LIMIT // (FEN_PER_WAN if kind.money else 1)))
        digits = f'LEN({plain})<={longest},EXACT(TEXT(VALUE({plain})+0,REPT("0",LEN({plain}))),{plain})'
        text = f"IFERROR(IF(AND({digits}),VALUE({plain}),{no}),{no})"
        text = f'IF({plain}="",{blank},IF({is_slash(here)},0,{text}))'
        formula = f"IF(ISLOGICAL({here}),{no},IF(ISNUMBER({here}),{number},{text}))"
        return Live(f"=IF(ISERROR({here}),{no},{formula})", value)

    # ------------------------------------------------------------ totals

    def _uncovered(self, cell: Cell, blank: str, flag: str) -> Live:
        """1 for a blank total that the declaration does not cover (:meth:`Report.covers`)."""
        # Not their sum: 3 and -3 are no blank line.
        filling = self.form.filling[cell.id]
        parts = [area for e in filling.sums for area in self.areas(e.left)]
        filled = f"{count(parts, '>0')}+{count(parts, '<0')}"
        for e in filling.balances:
            rest = self.areas([c for c in e.right if c != cell.id])
            filled += f"+IF({over('SUM', self.areas(e.left))}<>{over('SUM', rest)},1,0)"
        if filling.totals:
            filled += f"+{over('SUM', self.layout.sheet_of(cell).area(filling.totals, UNCOVERED))}"
        return Live(f"=IF({flag}=1,IF({blank},IF({filled}>0,1,0),0),0)", self._is_uncovered(cell))

    def _read(self, cell: Cell, blank: str, figure: str) -> Live:
        """A total as rules read it: a blank one is the sum of its parts, where all are known."""
        first = self.form.filling[cell.id].sums[0].left
        formula = f"=IF({blank},{_sum_of(self.areas(first, READ), len(first))},{figure})"
        return Live(formula, self._read_value(cell, READ))

    def _as_sum(self, cell: Cell, blank: str, figure: str) -> Live:
        """The same; and a total that is not the sum of its parts is read as that sum, by the first equation
        that fails."""
        no, date = (self.words[name] for name in ("no_number", "date"))
        sums = self.form.filling[cell.id].sums
        reads = [_sum_of(self.areas(e.left, READ_AS_SUM), len(e.left)) for e in sums]
        text = figure
        for equation, read in reversed(list(zip(sums, reads, strict=True))):
            parts = self.areas(equation.left)
            add, known = over("SUM", parts), f"{over('COUNT', parts)}={len(equation.left)}"
            bad = f"{count(parts, no)}+{count(parts, date)}"
            # Filled parts above a filled total fail even while other parts are blank.
            fails = f"IF({known},{add}<>{figure},IF({bad}>0,FALSE,{add}>{figure}))"
            text = f"IF({fails},{read},{text})"
        own = f'OR({figure}="{no}",{figure}="{date}",{figure}<0)'
        formula = f"=IF({blank},{reads[0]},IF({own},{figure},{text}))"
        return Live(formula, self._read_value(cell, READ_AS_SUM))

    def _read_value(self, cell: Cell, block: int) -> Shown:
        if cell.id in self._unread or not cell.kind.legal(self.report.value(cell.id)):
            return self.value(cell)
        return shown(self._readers[block](cell.id), cell.kind.money)

    # ------------------------------------------------------------ last year

    def of_last_year(self, contents: Mapping[str, Shown]) -> Iterator[Figure]:
        """On 上年: each content that rules compare with (``contents``: what is shown for a cell), its number,
        and totals as rules read them."""
        sheet = paste_sheet(self.form, "last_year")
        figures, read = sheet.prior_figures(FIGURES), sheet.prior_figures(READ)
        reader = Numbers(self.prior) if self.prior else None
        for cell_id, (row, column) in sheet.prior.items():
            cell, here = self.form.by_id[cell_id], address(row, column)
            yield Figure(row, column, Live(f"={address(*sheet.cells[cell_id])}", contents[cell_id]))
            value = self._prior_value(cell)
            yield Figure(*figures[cell_id], self._number(here, cell.kind, '""', value))
            if cell.is_total:
                total = next(e for e in self.form.equations_of[cell_id] if cell_id in e.right)
                parts = [Area(sheet.name, *at, *at) for at in (figures[c] for c in total.left)]
                add = f"=IF({is_blank(here)},{_sum_of(parts, len(parts))},{address(*figures[cell_id])})"
                number = reader(cell_id) if reader else None
                shows = value if number is None else shown(number, cell.kind.money)
                yield Figure(*read[cell_id], Live(add, shows))

    def _prior_value(self, cell: Cell) -> Shown:
        """What the figure of a cell of last year shows."""
        if self.prior is None:
            return ""
        if cell.id in self.prior.as_text:
            return str(self.words["no_number"])
        return self._shown(self.prior, cell, None)


def _legal(kind: Kind, here: str, no: str) -> str:
    """A number as stored, or the word for none; a negative one is a number and illegal elsewhere."""
    if kind.money:
        rest = f"ABS({here}-ROUND({here},6))"
        noise = f"OR({rest}>ABS({here})*{NOISE:.9f},{rest}>{TYPED_DECIMAL:.8f})"
        return f"IF(ABS({here})>{LIMIT / FEN_PER_WAN:.6f},{no},IF({noise},{no},ROUND({here},6)))"
    return f"IF({here}<>INT({here}),{no},IF(ABS({here})>{LIMIT},{no},{here}))"


def _sum_of(parts: Sequence[Area], number: int) -> str:
    """The sum of figures, "" where one of them is no number, or a negative one."""
    return f'IF({over("COUNT", parts)}-({count(parts, "<0")})={number},{over("SUM", parts)},"")'
