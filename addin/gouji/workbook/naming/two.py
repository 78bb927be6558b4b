"""表二 has no equations: its sheet says which rows hold blanks, and what is no number."""

from __future__ import annotations

from ..expression import Condition, Term, count, count_below, first_of, if_, say
from .ground import Ground
from .says import banner, illegal, total


class Two:
    def __init__(self, ground: Ground) -> None:
        self.ground, note = ground, ground.note
        figures = ground.figures([c.id for c in ground.table.cells])
        numbers, size = count(*figures), sum(f.size for f in figures)
        words = total([ground.words_in(f) for f in figures])
        blank = note("blank", numbers * -1 - words + size)
        wrong = note("illegal", illegal(ground))
        rows: dict[int, list[str]] = {}
        for cell in ground.table.cells:
            rows.setdefault(ground.place.cells[cell.id][0], []).append(cell.id)
        begun = blank < size
        for row, cells in rows.items():
            ground.show("said", row, ground.place.said, self._row(cells, begun))
        banner(ground, (), off=note("off", 0), illegal=wrong, blank=blank, complete=numbers.eq(size))

    def _row(self, cells: list[str], begun: Condition) -> Term:
        """What is no number; where the table is begun, what is not filled."""
        ground, w, by_id = self.ground, self.ground.words, {c.id: c for c in self.ground.table.cells}
        figures = ground.figures(cells)
        unsigned = ground.figures([c for c in cells if not by_id[c].kind.signed])
        words = total([ground.words_in(f) for f in figures])
        wrong = total([words, *map(count_below, unsigned)])
        blank = count(*figures) * -1 - words + len(cells)
        text = if_(begun, say(w["row_blank"], n=blank), "")
        return first_of((wrong > 0, say(w["row_illegal"], n=wrong)), (blank > 0, text), otherwise="")
