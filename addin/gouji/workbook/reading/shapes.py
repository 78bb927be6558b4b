"""Where something stands on a sheet: what follows from that alone is found once for all sheets of a shape."""

from __future__ import annotations

from collections.abc import Mapping

from ...remembered import OfOwners
from .cells import Position, RawCell

#: Of one shape so much is remembered; a form asks for a tenth of it.
_MOST = 64


class Shape(OfOwners):
    """Which cells hold something, and which of them by a formula. :meth:`once` remembers what depends on the
    shape, a key and an owner alone."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(_MOST)


class SheetCells(dict[Position, RawCell]):
    """The cells of a sheet, with their shape."""

    __slots__ = ("shape",)

    def __init__(self, cells: Mapping[Position, RawCell], shape: Shape) -> None:
        super().__init__(cells)
        self.shape = shape


def shape_of(cells: Mapping[Position, RawCell]) -> Shape:
    """That of the cells; of others than the reader's own a new one, that remembers nothing."""
    return cells.shape if isinstance(cells, SheetCells) else Shape()


def typed_in(cells: Mapping[Position, RawCell]) -> tuple[Position, ...]:
    """Where something stands that is no formula, in the order of the sheet."""
    return shape_of(cells).once(
        "typed", None, lambda: tuple(at for at, raw in cells.items() if not raw.formula)
    )
