"""The form as objects. Nothing here knows a label: everything comes from ``edition_*.toml``.

A form has three tables. A table is a list of blocks; a block is a grid of rows and columns whose
crossings are the typed cells. A row or column may be the total of others; a table may have a
balance and a carry-over. Equations follow from these and are not listed anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Literal

from ..errors import GoujiError
from ..records import dataclass
from ..text import plain
from .kinds import Kind, Value
from .labels import number_of, short_of

TableKey = Literal["table2", "table3", "table4"]
TABLE_KEYS: tuple[TableKey, ...] = ("table2", "table3", "table4")
EquationKind = Literal["row", "column", "balance"]
#: What a table's cells and equations are named by. Other programs keep these names: no edition has its own.
TABLE_IDS: Mapping[TableKey, str] = {"table2": "t2", "table3": "t3", "table4": "t4"}


class FormError(GoujiError, ValueError):
    """An edition file is not a form: a line for each fault, with file, place and what is allowed."""


@dataclass(frozen=True, slots=True)
class Group:
    """A head over several rows or columns (``三、本年度办理结果``). ``keyed``: part of its rows' JSON key.

    ``printed``: the label as the official form breaks it into lines, or "".
    """

    id: str
    label: str
    keyed: bool = False
    formerly: tuple[str, ...] = ()
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a block. ``total_of`` holds the ids of the lines that it sums, or ().

    ``help``: what counts, told where it is typed. ``formerly``: earlier spellings of the label, oldest first.
    ``spellings``: every key that the line was
    ever named by in files, the oldest first, today's last. ``printed``: the label as the official form breaks
    it into lines, or ""; ``align``: where it stands, if not where its table's labels do.
    """

    id: str
    label: str
    spellings: tuple[str, ...]
    formerly: tuple[str, ...] = ()
    under: tuple[Group, ...] = ()
    total_of: tuple[str, ...] = ()
    kind: Kind | None = None
    double_count: bool = False
    printed_unit: str = ""
    help: str = ""
    printed: str = ""
    align: str = ""

    @property
    def key(self) -> str:
        """The line's name wherever a machine reads it: keyed heads and label, without white space."""
        return self.spellings[-1]

    @property
    def number(self) -> str:
        """The printed number, ``（六）2``; "" where none is printed."""
        return number_of(self._heads, self.label)

    @property
    def short(self) -> str:
        """The label as messages say it (``labels.short_of``)."""
        return short_of(self._heads, self.label)

    @property
    def _heads(self) -> tuple[str, ...]:
        return tuple(group.label for group in self.under if group.keyed)

    @property
    def is_total(self) -> bool:
        return bool(self.total_of)


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed cell. ``id`` is stable over template versions: ``t3.new.natural``."""

    id: str
    table: TableKey
    row: Line
    column: Line
    kind: Kind
    is_total: bool
    double_count: bool

    @property
    def row_key(self) -> str:
        return self.row.key

    @property
    def column_key(self) -> str:
        return self.column.key

    @property
    def help(self) -> str:
        """What counts in this cell, beyond its labels; "" where they say it."""
        return self.row.help + self.column.help

    @property
    def place(self) -> str:
        """The cell's name in JSON paths: ``table3/（三）不予公开/1.属于国家秘密/自然人``."""
        return f"{self.table}/{self.row.key}/{self.column.key}"


@dataclass(frozen=True, slots=True)
class Block:
    """A grid with its own heads. ``across``: its rows are printed side by side on one line (表四).

    ``formerly``: earlier spellings of ``title``, ``corner`` and ``columns_title``, oldest first; ``printed``:
    how they are broken into lines, or "".
    """

    title: str
    corner: str
    columns_title: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    across: bool
    cells: tuple[Cell, ...]
    formerly: Mapping[str, tuple[str, ...]]
    printed: Mapping[str, str]

    def cell(self, row_id: str, column_id: str) -> Cell:
        """Raises KeyError where the block has no such row or column."""
        rows = [row.id for row in self.rows]
        columns = [column.id for column in self.columns]
        if row_id not in rows or column_id not in columns:
            raise KeyError((row_id, column_id))
        return self.cells[rows.index(row_id) * len(columns) + columns.index(column_id)]

    @property
    def by_row(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of each row, in the order of the columns."""
        width = len(self.columns)
        return tuple(self.cells[at : at + width] for at in range(0, len(self.cells), width))


@dataclass(frozen=True, slots=True)
class Balance:
    """left rows sum to right rows in every column (勾稽关系 printed on the form)."""

    id: str
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Row ``this_year`` equals row ``last_year`` of last year's report, column by column."""

    this_year: str
    last_year: str


@dataclass(frozen=True, slots=True)
class Equation:
    """sum of ``left`` = sum of ``right`` (cell ids). ``line``: the row or column id it belongs to; ``label``,
    ``short``: what it is called in files and in messages.

    ``kind`` "row": the parts of a row against its total (right is the total cell); "column": the
    parts of a column against the total row; "balance": the balance of one column. As a row of the
    matrix A the left cells carry +1 and the right cells −1.
    """

    id: str
    table: TableKey
    kind: EquationKind
    line: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    label: str
    short: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Filling:
    """What a total cell follows from. ``sums``: the equations whose total it is, the first of which a blank
    is read by, ``parts``: their cells, each once; ``balances``: of a total of all outcomes; ``totals``: the
    other totals in all of these."""

    sums: tuple[Equation, ...]
    balances: tuple[Equation, ...]
    parts: tuple[str, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections; ``table`` names its table, else it is a text."""

    number: str
    title: str
    prompt: str = ""
    table: TableKey | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table of one edition. Made once an edition, so identity is equality.

    ``fingerprint``: see ``identity.py``; ``fingerprints_before``: earlier ones that are still this table.
    """

    key: TableKey
    id: str
    edition: str
    section: Section
    blocks: tuple[Block, ...]
    balance: Balance | None
    carry_over: CarryOver | None
    cells: tuple[Cell, ...]
    equations: tuple[Equation, ...]
    fingerprint: str
    fingerprints_before: tuple[str, ...]

    def rows(self) -> Iterator[Line]:
        for block in self.blocks:
            yield from block.rows

    @property
    def grid(self) -> Block:
        """The only block of tables 三 and 四."""
        (block,) = self.blocks
        return block


@dataclass(frozen=True, eq=False)
class Form:
    """The tables of one report; one object a mixture of editions, so identity is equality.

    ``edition`` is the report's; each table has its own edition.

    ``notice`` is the number of the paper that brought it in, ``notice_title`` its name.
    ``layout`` holds the tables whose edition differs from the report's, as in the JSON.
    """

    edition: str
    notice: str
    notice_title: str
    first_year: int
    title: str
    sections: tuple[Section, ...]
    tables: Mapping[TableKey, Table]
    cells: tuple[Cell, ...] = field(init=False)
    equations: tuple[Equation, ...] = field(init=False)

    def __post_init__(self) -> None:
        cells = tuple(c for key in TABLE_KEYS for c in self.tables[key].cells)
        object.__setattr__(self, "cells", cells)
        equations = tuple(e for key in TABLE_KEYS for e in self.tables[key].equations)
        object.__setattr__(self, "equations", equations)

    def __reduce__(self) -> tuple[object, ...]:
        """Loaded again, not copied: identity is equality, also after a trip to another process."""
        from .load import load_form

        return load_form, (self.edition, self.layout)

    @cached_property
    def fingerprint(self) -> str:
        """What a file made for this form carries; see ``identity.py``."""
        return "-".join(self.tables[key].fingerprint for key in TABLE_KEYS)

    def made(self, fingerprint: str) -> bool:
        """Whether a file with this fingerprint was made for this form, by this release or an earlier one."""
        from .identity import is_of

        return is_of(self, fingerprint)

    @property
    def layout(self) -> dict[TableKey, str]:
        return {k: t.edition for k, t in self.tables.items() if t.edition != self.edition}

    @cached_property
    def by_id(self) -> dict[str, Cell]:
        return {cell.id: cell for cell in self.cells}

    @cached_property
    def _by_spelling(self) -> dict[str, Cell]:
        return {
            plain(f"{cell.table}/{row}/{column}"): cell
            for cell in self.cells
            for row in cell.row.spellings
            for column in cell.column.spellings
        }

    def spelt(self, place: str) -> Cell | None:
        """The cell of a place as :attr:`Cell.place` writes it, in today's spelling or an earlier one.

        White space and width of characters make no difference.
        """
        return self._by_spelling.get(plain(place))

    def place(self, place: str) -> str:
        """A place in a file, where it is a cell's, in today's spelling; any other as it is."""
        cell = self.spelt(place)
        return cell.place if cell else place

    @cached_property
    def names(self) -> frozenset[str]:
        """What a rule can need of a form: ``t3.new``, a row or column, and ``t3.new.total``, a cell."""
        lines = {f"{TABLE_IDS[c.table]}.{line.id}" for c in self.cells for line in (c.row, c.column)}
        return frozenset(lines | self.by_id.keys())

    @cached_property
    def equation(self) -> dict[str, Equation]:
        return {e.id: e for e in self.equations}

    @cached_property
    def filling(self) -> dict[str, Filling]:
        """Total cell id -> what it follows from."""
        found = {}
        for cell, equations in self.equations_of.items():
            totals = tuple(e for e in equations if e.kind != "balance" and cell in e.right)
            outcomes = any(e.kind == "column" for e in totals)
            balances = tuple(e for e in equations if outcomes and e.kind == "balance")
            others = dict.fromkeys(c for e in (*totals, *balances) for c in e.cells if c != cell)
            if totals:
                of_totals = tuple(c for c in others if self.by_id[c].is_total)
                parts = tuple(dict.fromkeys(part for e in totals for part in e.left))
                found[cell] = Filling(totals, balances, parts, of_totals)
        return found

    @cached_property
    def equations_of(self) -> dict[str, tuple[Equation, ...]]:
        """Cell id -> the equations in which the cell stands."""
        found: dict[str, list[Equation]] = {c.id: [] for c in self.cells}
        for equation in self.equations:
            for cell in equation.cells:
                found[cell].append(equation)
        return {cell: tuple(them) for cell, them in found.items()}

    @cached_property
    def index(self) -> dict[str, int]:
        """Cell id -> its place in :attr:`cells` and in a vector."""
        return {c.id: i for i, c in enumerate(self.cells)}

    @cached_property
    def matrix(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """A as sparse integer rows: for each equation the (position in ``cells``, ±1) of its cells."""
        index = self.index
        return tuple(
            tuple((index[c], 1) for c in e.left) + tuple((index[c], -1) for c in e.right)
            for e in self.equations
        )

    @cached_property
    def _residuals(self) -> Callable[[Sequence[int]], tuple[int, ...]]:
        """A·x written out as one expression, ``(+v[0]+v[1]-v[2],…,)``, and compiled.

        The text consists of signs and positions from :attr:`matrix`, nothing that a file says, so ``eval``
        can run nothing else. A loop over the matrix takes several times as long.
        """
        sums = ("".join(f"{'+' if sign > 0 else '-'}v[{i}]" for i, sign in row) for row in self.matrix)
        compiled: Callable[[Sequence[int]], tuple[int, ...]] = eval(f"lambda v: ({','.join(sums)},)")
        return compiled

    def residuals(self, vector: Sequence[int]) -> tuple[int, ...]:
        """A·x for one report: ``vector`` in the order of :attr:`cells`; left − right per equation.

        About 10 µs for 40 equations.
        """
        return self._residuals(vector)

    def vector(self, values: Mapping[str, Value]) -> list[int]:
        """The cells' numbers in form order, blank and "/" as 0 (what an equation counts them as)."""
        get = values.get
        return [v if isinstance(v := get(cell_id), int) else 0 for cell_id in self.index]
