"""Where something stands on a sheet: what follows from that alone is found once for all sheets of a shape."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from .cells import Position, RawCell

Found = TypeVar("Found")
#: Of one shape so much is remembered; a form asks for a tenth of it.
_MOST = 64


class Shape:
    """Which cells hold something, and which of them by a formula."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[tuple[Hashable, int], tuple[object, object]] = {}

    def once(self, key: Hashable, owner: object, find: Callable[[], Found]) -> Found:
        """What ``find`` gives, which is to depend on the shape, the key and the owner alone. ``owner``: any
        object that does not change; it is told from others by what it is, not by what it equals."""
        found = self._found.get((key, id(owner)))
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[key, id(owner)] = owner, find()  # kept with it: no other gets its id
        return found[1]  # type: ignore[return-value]


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
