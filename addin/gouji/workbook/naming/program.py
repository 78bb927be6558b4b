"""The formulas of one table, made once a form: what is named, and what each equation's failing comes from."""

from __future__ import annotations

from dataclasses import dataclass

from ...form import Table
from ..expression import Operand, Term, all_, any_, first_of, flag, if_, join, say
from ..layout import TableSheet, address
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

    def _name(self, id_: str, what: str, *, open_: Term, now: Operand, due: Operand, go: Operand, todo: Term) -> None:
        note, place = self.ground.note, self.ground.place
        parts = {"now": now, "due": due, "go": go, "todo": if_(open_.eq(1), todo, "")}
        cells = {name: note(f"{id_}.{name}", part) for name, part in parts.items()}
        where = f"{place.table.section.number}\u3000{what}"
        self.causes.append(Named(id_, where, what, open_, **cells))

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
        for id_, left, go, what, todo in (
            (f"totals-left:t3.column.{total_column.id}", three.totals_left, totals, w["what_totals"], w["todo_totals"]),
            (f"totals-left:t3.row.{closed_row.id}", three.closed_left, closed, w["what_closed"], w["todo_closed"]),
        ):
            self._name(id_, what, open_=left, now="", due="", go=f"{sheet}!{go}", todo=say(todo))
        first = f"{sheet}!{address(three.top, three.first)}"
        moved = ground.note("is_moved", flag(moves.what > 0))
        todo = join(w["todo_moved"], moves.text)
        self._name("moved-block:t3", w["what_moved"], open_=moved, now="", due="", go=first, todo=todo)
        self._explain(three, cells, moved)

    def _cells(self, three: Three, cells: Cells, said: Said3) -> None:
        w, sheet = self.ground.check, self.ground.place.name
        for k, what in enumerate(w["what_cells"]):
            open_ = self.ground.note(f"open{k}", flag(cells.accused > k))
            todo = say(w["todo_cell"], cell=join(f"{sheet}!", said.address[k]), due=cells.due[k], now=cells.now[k])
            first = address(three.top, three.first)
            go = join(f"{sheet}!", if_(open_.eq(1), said.address[k], first))
            self._name(f"wrong-cell:t3.{k + 1}", what, open_=open_, now=cells.now[k], due=cells.due[k], go=go, todo=todo)

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
        for block in four.blocks:
            what = w["what_block"].format(block=block.line.short)
            go = f"{ground.place.name}!{block.address}"
            todo = say(w["todo_block"], cell=go, due=block.due)
            due = if_(block.unfilled.eq(1), block.due, "")
            id_ = f"totals-left:t4.row.{block.line.id}"
            self._name(id_, what, open_=block.unfilled, now="", due=due, go=go, todo=todo)
            self.explains[by_row[block.line.id].id] = block.unfilled


_PROGRAMS: dict[Table, Program] = {}


def program_of(place: TableSheet) -> Program:
    """The program of a table; where everything stands depends on the table alone."""
    if place.table not in _PROGRAMS:
        _PROGRAMS[place.table] = Program(place)
    return _PROGRAMS[place.table]


__all__ = ["Named", "Program", "all_", "first_of", "program_of"]
