"""The equations of a form as a code that names its wrong letter.

A typed form x satisfies A·x = 0. Where it does not, the residual r = A·x is the sum of the columns
of A of the wrong cells, each times its error (typed − right). In table 三 no two columns of A are
proportional, so one wrong cell is read off the residual with its right value.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..form import Form
from ..records import dataclass

#: (place of the cell in ``form.cells``, error = typed − right).
Change = tuple[int, int]
#: Residuals that are not 0, by the place of the equation in ``form.equations``.
Residual = dict[int, int]


@dataclass(frozen=True, slots=True)
class System:
    """A, both ways, without the equations that are undecidable.

    ``unit``: the row or column of the printed form that an equation lies in. Equations of different
    rows share no cell, nor do those of different columns, so each broken unit of one ``family``
    (0 rows, 1 columns) needs a wrong cell of its own: the bound of the search.
    ``of_cell_in``: per cell and family its (equation, sign). ``component``: equations that share
    cells, directly or over others, carry the same number.
    """

    cells_of: tuple[tuple[tuple[int, int], ...], ...]
    of_cell: tuple[tuple[tuple[int, int], ...], ...]
    of_cell_in: tuple[tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]], ...]
    unit: tuple[int, ...]
    family: tuple[int, ...]
    component: tuple[int, ...]


_COMPLETE: dict[Form, System] = {}


def system(form: Form, without: frozenset[int] = frozenset()) -> System:
    """The system of a form less the equations at the places ``without``."""
    if not without and (known := _COMPLETE.get(form)):
        return known
    family = tuple(0 if e.kind == "row" else 1 for e in form.equations)
    units: dict[tuple[str, int, str], int] = {}
    unit = tuple(
        units.setdefault((e.table, f, e.line), len(units))
        for e, f in zip(form.equations, family, strict=True)
    )
    cells_of = tuple(() if i in without else row for i, row in enumerate(form.matrix))
    of_cell: list[list[tuple[int, int]]] = [[] for _ in form.cells]
    for place, row in enumerate(cells_of):
        for cell, sign in row:
            of_cell[cell].append((place, sign))
    built = System(
        cells_of=cells_of,
        of_cell=tuple(map(tuple, of_cell)),
        of_cell_in=tuple(
            (tuple(x for x in them if family[x[0]] == 0), tuple(x for x in them if family[x[0]] == 1))
            for them in of_cell
        ),
        unit=unit,
        family=family,
        component=components(len(cells_of), ([e for e, _ in them] for them in of_cell)),
    )
    if not without:
        _COMPLETE[form] = built
    return built


def components(size: int, linked: Iterable[list[int]]) -> tuple[int, ...]:
    """Numbers of the classes of 0 … size−1 when the members of each list belong together."""
    parent = list(range(size))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for them in linked:
        for other in them[1:]:
            parent[root(other)] = root(them[0])
    return tuple(root(i) for i in range(size))
