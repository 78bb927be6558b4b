"""What was read of one table."""

from __future__ import annotations

from dataclasses import field

from ...form import Cell
from ...records import dataclass
from ..reading import CellRead, CellUnread, How
from .numbers import Raw, Unit, read_cell
from .squeezed import Squeezed


@dataclass
class Outcome:
    """``edition``: "" where the table was not found; ``repeated``: the text has it more than once, and
    nothing is read. ``vanished``: its empty cells do not show in the text."""

    edition: str = ""
    repeated: bool = False
    vanished: bool = False
    read: dict[str, CellRead] = field(default_factory=dict)
    unread: dict[str, CellUnread] = field(default_factory=dict)

    def put(self, text: Squeezed, cell: Cell, raw: Raw, how: How, unit: Unit | None = None) -> None:
        """One cell from what stands in it: read, or unread with its text."""
        found = read_cell(text, raw, cell.kind, how, unit)
        if isinstance(found, CellRead):
            self.read[cell.id] = found
        else:
            self.unread[cell.id] = found
