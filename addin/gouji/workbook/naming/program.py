"""The formulas of one table, made once a form: what is named, and what each equation's failing comes from."""

from __future__ import annotations

from ...form import Table
from ...records import dataclass
from ..expression import Operand, Term, any_, flag, if_, join, say, term
from ..layout import TableSheet, address, column_letter
from .cells import Cells
from .four import Four
from .ground import Ground
from .moves3 import Moves
from .said3 import Said3
from .three import Three
from .two import Two


@dataclass(frozen=True, slots=True)
class Named:
    """A cause by its hidden cells; the meanings are those of ``Cause``."""

    id: str
    place: str
    what: str
    open: Term
    now: Term
    due: Term
    go: Term
    todo: Term


class Program:
    """All hidden and shown formulas of one table. ``explains``: equation id -> its hidden cell."""

    def __init__(self, place: TableSheet) -> None:
        self.ground = Ground(place)
        self.causes: list[Named] = []
        self.explains: dict[str, Term] = {}
        if place.table.key == "table3":
            self._three(Three(self.ground))
        elif place.table.key == "table4":
            self._four(Four(self.ground))
        else:
            Two(self.ground)

    def _name(self, id_: str, what: str, todo: Term, **parts: Operand) -> None:
        """``parts``: open, go, and where there are any now and due."""
        note, number = self.ground.note, self.ground.table.section.number
        open_ = term(parts["open"])
        todo = note(f"{id_}.todo", if_(open_.eq(1), todo, ""))
        cells = {name: note(f"{id_}.{name}", parts.get(name, "")) for name in ("now", "due", "go")}
        self.causes.append(Named(id_, f"{number}\u3000{what}", what, open=open_, todo=todo, **cells))

    # ------------------------------------------------------------ 表三

    def _three(self, three: Three) -> None:
        ground, w = self.ground, self.ground.check
        moves = Moves(three)
        three.settle(moves.what)
        cells = Cells(three, flag(moves.what > 0))
        said = Said3(three, cells, moves)
        self._cells(three, cells, said)
        sheet, width = ground.place.name, three.width
        totals = address(three.top, three.first + width - 1)
        closed = address(three.top + three.closed - 1, three.first)
        total_column, closed_row = three.grid.columns[-1], three.grid.rows[three.closed - 1]
        column, row = f"t3.column.{total_column.id}", f"t3.row.{closed_row.id}"
        for line, left, go, which in (
            (column, three.totals_left, totals, "totals"),
            (row, three.closed_left, closed, "closed"),
        ):
            todo = say(w[f"todo_{which}"])
            self._name(f"totals-left:{line}", w[f"what_{which}"], todo, open=left, go=f"{sheet}!{go}")
        first = join(f"{sheet}!{column_letter(three.first)}", moves.line + (three.top - 1))
        moved = ground.note("is_moved", flag(moves.what > 0))
        todo = join(w["todo_moved"], moves.text)
        self._name("moved-block:t3", w["what_moved"], todo, open=moved, go=first)
        self._explain(three, cells, moved)

    def _cells(self, three: Three, cells: Cells, said: Said3) -> None:
        w, sheet = self.ground.check, self.ground.place.name
        for k, what in enumerate(w["what_cells"]):
            open_ = self.ground.note(f"open{k}", flag(cells.accused > k))
            now, due, at = cells.now[k], cells.due[k], join(f"{sheet}!", said.address[k])
            todo = say(w["todo_cell"], cell=at, due=due, now=now)
            first = address(three.top, three.first)
            go = join(f"{sheet}!", if_(open_.eq(1), said.address[k], first))
            self._name(f"wrong-cell:t3.{k + 1}", what, todo, open=open_, now=now, due=due, go=go)

    def _explain(self, three: Three, cells: Cells, moved: Term) -> None:
        rows = {line.id: n for n, line in enumerate(three.grid.rows, 1)}
        columns = {line.id: n for n, line in enumerate(three.grid.columns, 1)}
        table: Table = self.ground.table
        for equation in table.equations:
            lines, at = (cells.row, rows) if equation.kind == "row" else (cells.column, columns)
            number = at[equation.line]
            here = flag(any_(*(line.eq(number) for line in lines)))
            if equation.kind == "row":
                own = three.totals_left if number != three.closed else three.lines_left
            else:
                own = three.closed_left if number != three.width else three.lines_left
            self.explains[equation.id] = self.ground.note(equation.id, if_(own + moved > 0, 1, here))

    # ------------------------------------------------------------ 表四

    def _four(self, four: Four) -> None:
        ground, w = self.ground, self.ground.check
        by_row = {e.line: e for e in ground.table.equations}
        sheet, first = ground.place.name, address(*ground.place.cells[ground.table.cells[0].id])
        todo = four.text
        self._name("moved-block:t4", w["what_moved"], todo, open=four.moved, go=f"{sheet}!{first}")
        for block in four.blocks:
            what = w["what_block"].format(block=block.line.short)
            go, due = f"{sheet}!{block.address}", if_(block.unfilled.eq(1), block.due, "")
            todo = say(w["todo_block"], cell=go, due=block.due)
            self._name(f"totals-left:t4.row.{block.line.id}", what, todo, open=block.unfilled, due=due, go=go)
            equation = by_row[block.line.id].id
            self.explains[equation] = ground.note(equation, flag(block.unfilled + four.moved > 0))


_PROGRAMS: dict[Table, Program] = {}


def program_of(place: TableSheet) -> Program:
    """The program of a table; where everything stands depends on the table alone."""
    if place.table not in _PROGRAMS:
        _PROGRAMS[place.table] = Program(place)
    return _PROGRAMS[place.table]
