"""One unit's annual report: its cells, texts, notes, explanations, and what could not be placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Literal, get_args

from ..form import SLASH, TABLE_KEYS, Equation, Form, NotANumber, TableKey, Value
from ..records import dataclass
from ..text import plain

#: Sections that are texts; 引言 is the paragraph that many reports print before section 一.
PREFACE = "引言"
#: The key of ``Report.meta`` under which a report that adds up others says so (``workbook/kind.py``).
CONSOLIDATED = "consolidated"

#: Years that a report can be of; 0 stands for a year that was not given.
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: The first year that a form can be filled for, or a season laid out.
FIRST_FILLED = 2000


#: For which tables a person declares that blank means 0: True for all, False for none.
Declaration = bool | frozenset[TableKey]


def declaration(tables: Iterable[TableKey]) -> Declaration:
    """The declaration for these tables, in the one way it is held."""
    chosen = frozenset(tables)
    return len(chosen) == len(TABLE_KEYS) or (chosen or False)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something the source held that no cell of the form could take.

    ``place`` is where it stood: a sheet address, or the cell's own place
    (``table3/（一）予以公开/自然人``) when a typed cell held no readable number; ``批注/三!D12`` for what was
    written over a sheet (``rules/remarks.py``).
    """

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """审核说明 of one finding: text, state (未处理/已说明/已核实/退回) and the numbers it was given for."""

    text: str
    state: str
    numbers: tuple[str, ...] = ()


#: How a number was got from a published text: printed as it is, between the borders of a cell or of white
#: space; cut out of glued digits, where only one cut is possible; a whole row whose label follows from the
#: order of the form.
How = Literal["printed", "cut", "order"]
HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True)
class Imported:
    """The published file that a report was read from. ``kind``: text, markdown, html or docx; ``sha256``: of
    its bytes, in hexadecimal digits."""

    file: str
    kind: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a cell's content stood in that file, in words, how it was got, and what stood there. ``assumed``:
    the unit of money in which it was read, where the file names none, or ""."""

    how: How
    where: str
    text: str
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What stood where a cell's content belongs and has no single reading. ``readings``: what it may be, as
    the cell would show it; () where that is open."""

    where: str
    text: str
    readings: tuple[str, ...] = ()


@dataclass
class Report:
    """One unit, one year.

    ``values``: cell id -> int or "/"; a cell that is not there is blank. Money is 分.
    ``marks``: cell id -> footnote mark; ``notes``: mark -> text. ``texts``: None when the source
    carried no texts at all, which leaves every text rule undecidable.
    ``blank_is_zero``: the person's declaration 空白单元格均为 0, for all tables or for some of them (see
    :func:`declaration`), never a default; whether it counts, :meth:`declared` says. ``as_text``: cell id ->
    what stood there ("12件"), where a number could be read that the sheet itself can not add; it belongs to
    the file that was read and does not travel.

    Of a report that was published elsewhere: ``imported`` is its file; ``read``: cell id -> where and how
    each content was got, blanks included; ``unread``: cell id -> what could not be read, until the cell is
    filled; ``confirmed``: cell id -> the content that a person confirmed to be right as it stands.
    """

    form: Form
    unit: str = ""
    year: int = 0
    code: str | None = None
    period: tuple[str, str] | None = None
    values: dict[str, Value] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] | None = None
    blank_is_zero: Declaration = False
    explanations: dict[str, Explanation] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    as_text: dict[str, str] = field(default_factory=dict, compare=False)
    imported: Imported | None = None
    read: dict[str, Origin] = field(default_factory=dict)
    unread: dict[str, Unread] = field(default_factory=dict)
    confirmed: dict[str, Value] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def is_sum(self) -> bool:
        """Whether it adds up others: what nobody has written in it yet is drafted, and no error."""
        return CONSOLIDATED in self.meta

    def value(self, cell_id: str) -> Value:
        return self.values.get(cell_id)

    def number(self, cell_id: str) -> int:
        """What the cell counts in a sum: its number; blank and "/" count 0."""
        value = self.values.get(cell_id)
        return value if isinstance(value, int) else 0

    def is_blank(self, cell_id: str) -> bool:
        return self.values.get(cell_id) is None

    def declares(self, table: TableKey) -> bool:
        """Whether the person says that the blanks of this table are 0."""
        said = self.blank_is_zero
        return said if isinstance(said, bool) else table in said

    def declared(self, table: TableKey) -> bool:
        """Whether the blanks of this table count as 0: a form in which nothing is typed declares nothing."""
        return self.declares(table) and self.is_typed

    @property
    def is_typed(self) -> bool:
        """Whether a cell of any table holds something, be it no number."""
        if self.values or not self.unplaced:
            return bool(self.values)
        places = {u.place for u in self.unplaced}
        return any(c.place in places for c in self.form.cells)

    @property
    def is_complete(self) -> bool:
        """Whether every cell is filled, or blank and declared to be 0."""
        cells = self.form.cells
        return len(self.values) == len(cells) or all(self.covers(c.id) for c in cells if self.is_blank(c.id))

    def unusable(self) -> set[str]:
        """Ids of the cells without a value that hold something which is no content of such a cell (see
        ``unplaced``), or that could not be read."""
        unread = {cell_id for cell_id in self.unread if self.is_blank(cell_id)}
        if not self.unplaced:
            return unread
        places = {u.place for u in self.unplaced}
        return unread | {c.id for c in self.form.cells if c.place in places and self.is_blank(c.id)}

    def is_sound(self, cell_id: str) -> bool:
        """False where the cell holds what no sum can take: no number, or only what looks like one."""
        if self.values.get(cell_id) is None:
            return cell_id not in self.unread and not (self.unplaced and cell_id in self.unusable())
        return cell_id not in self.as_text

    def is_known(self, cell_id: str) -> bool:
        """False where the cell is blank and not declared to be 0, or is not :meth:`is_sound`."""
        if self.values.get(cell_id) is None and not self.covers(cell_id):
            return False
        return self.is_sound(cell_id)

    def covers(self, cell_id: str) -> bool:
        """Whether the declaration makes the blank cell 0 (form/README.md, “Blank, 0 and /”): never a total
        whose parts are not all 0 or blank, nor one of all outcomes for which the balance leaves something,
        nor one that follows from a total which is still to be filled."""
        if not self.declared(self.form.by_id[cell_id].table):
            return False
        filling = self.form.filling.get(cell_id)
        if filling is None:
            return True
        if any(map(self._counted, filling.parts)) or any(map(self._left, filling.balances)):
            return False
        return all(self.values.get(c) is not None or self._is_settled(c) for c in filling.totals)

    def _counted(self, cell_id: str) -> int:
        """Its number, 0 where that can not be added."""
        value = self.values.get(cell_id)
        return value if isinstance(value, int) and value and self.is_sound(cell_id) else 0

    def _left(self, balance: Equation) -> int:
        """What its left side has more, as far as the cells hold numbers."""
        return sum(map(self._counted, balance.left)) - sum(map(self._counted, balance.right))

    def _is_settled(self, cell_id: str) -> bool:
        """False for a blank total that is to be filled."""
        return not self.is_sound(cell_id) or self.covers(cell_id)

    def set(self, cell_id: str, value: Value) -> None:
        """Write one cell; None makes it blank.

        Raises KeyError for a cell that the form does not have, NotANumber for what is no content of a cell
        (a text other than "/", a float, True): nothing is guessed. A number that the form does not admit,
        such as a negative count, is kept and said by the checks.
        """
        self.form.by_id[cell_id]
        if value is not None and value != SLASH and type(value) is not int:
            raise NotANumber(repr(value))
        if value is None:
            self.values.pop(cell_id, None)
        else:
            self.values[cell_id] = value

    def with_values(self, values: Mapping[str, Value]) -> Report:
        """A copy in which the given cells hold other values."""
        copy = replace(self, values=dict(self.values))
        for cell_id, value in values.items():
            copy.set(cell_id, value)
        return copy

    def vector(self) -> list[int]:
        return self.form.vector(self.values)


def text_lines(text: str) -> str:
    """A text with every line end as one "\\n", and none at the end."""
    return "\n".join(text.splitlines()).rstrip("\n")


def plain_mark(mark: str) -> str:
    """A footnote mark as it is compared: width and white space make no difference (``注 １`` is 注1)."""
    return plain(mark)
