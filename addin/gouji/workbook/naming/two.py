"""表二 has no equations: its sheet says which rows hold blanks, and what is no number."""

from __future__ import annotations

from ..expression import Term, count, count_below, first_of, say
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
        for row, cells in rows.items():
            ground.show("said", row, ground.place.said, self._row(cells, blank < size))
        banner(ground, (), off=note("off", 0), illegal=wrong, blank=blank, complete=numbers.eq(size))

    def _row(self, cells: list[str], begun: object) -> Term:
        """What is no number; where the table is begun, what is not filled."""
        ground, w = self.ground, self.ground.words
        unsigned = [c.id for c in ground.table.cells if c.id in cells and not c.kind.signed]
        figures = ground.figures(cells)
        wrong = total([ground.words_in(f) for f in figures] + [count_below(f) for f in ground.figures(unsigned)])
        words = total([ground.words_in(f) for f in figures])
        blank = count(*figures) * -1 - words + len(cells)
        text = first_of((begun, say(w["row_blank"], n=blank)), otherwise="")  # type: ignore[arg-type]
        return first_of((wrong > 0, say(w["row_illegal"], n=wrong)), (blank > 0, text), otherwise="")
