"""What an edition file may say: its keys and the type of each. What must fit together is in ``faults.py``.

How to read the file: see ``form/__init__.py``. The editions that ship are checked by the tests; to load one
needs neither this module nor msgspec.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ..typed import parse_toml, typed
from .model import FormError, TableKey

#: An id stands in cell ids between dots, and in other programs' files: it never changes.
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, Meta(pattern=r"\S")]
Edition = Annotated[str, Meta(pattern=r"^[0-9]{4}$")]
Print = Annotated[str, Meta(pattern=r"^[0-9a-f]{12}$")]


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; any other key is refused."""


class SectionData(Strict, frozen=True):
    number: Annotated[str, Meta(min_length=1, max_length=1)]
    title: Words
    prompt: Words | None = None
    table: TableKey | None = None


class GroupData(Strict, frozen=True):
    id: Id
    label: Words
    keyed: bool = False
    formerly: tuple[Words, ...] = ()
    printed: Words | None = None


class LineData(Strict, frozen=True):
    id: Id
    label: Words
    under: tuple[Id, ...] = ()
    total_of: Annotated[tuple[Id, ...], Meta(min_length=1)] | None = None
    kind: Literal["count", "signed", "money"] | None = None
    double_count: bool = False
    printed_unit: Words | None = None
    help: Words | None = None
    formerly: tuple[Words, ...] = ()
    printed: Words | None = None
    align: Literal["left"] | None = None


class HeadsFormerly(Strict, frozen=True):
    """Earlier spellings of a block's own heads."""

    title: tuple[Words, ...] = ()
    corner: tuple[Words, ...] = ()
    columns_title: tuple[Words, ...] = ()


class HeadsPrinted(Strict, frozen=True):
    """A block's own heads as they are broken into lines."""

    title: Words | None = None
    corner: Words | None = None
    columns_title: Words | None = None


Lines = Annotated[tuple[LineData, ...], Meta(min_length=1)]


class BlockData(Strict, frozen=True):
    columns: Lines
    rows: Lines
    title: Words | None = None
    corner: Words | None = None
    columns_title: Words | None = None
    across: bool = False
    column_groups: tuple[GroupData, ...] = ()
    row_groups: tuple[GroupData, ...] = ()
    formerly: HeadsFormerly = HeadsFormerly()
    printed: HeadsPrinted = HeadsPrinted()


class BalanceData(Strict, frozen=True):
    id: Id
    label: Words
    left: Annotated[tuple[Id, ...], Meta(min_length=1)]
    right: Annotated[tuple[Id, ...], Meta(min_length=1)]


class CarryOverData(Strict, frozen=True):
    this_year: Id
    last_year: Id


class TableData(Strict, frozen=True):
    """``equations``: how many the table has, counted on paper, so that a total lost in the file is noticed.

    ``fingerprints_before``: earlier fingerprints of this table whose files have the same addresses.
    """

    equations: Annotated[int, Meta(ge=0)]
    blocks: Annotated[tuple[BlockData, ...], Meta(min_length=1)]
    balance: BalanceData | None = None
    carry_over: CarryOverData | None = None
    fingerprints_before: tuple[Print, ...] = ()


class EditionData(Strict, frozen=True):
    edition: Edition
    notice: Words
    notice_title: Words
    first_year: Annotated[int, Meta(ge=2008, le=2100)]
    title: Words
    sections: Annotated[tuple[SectionData, ...], Meta(min_length=1)]
    table2: TableData
    table3: TableData
    table4: TableData

    def table(self, key: TableKey) -> TableData:
        found: TableData = getattr(self, key)
        return found


def read_edition(text: str, file: str) -> dict[str, Any]:
    """An edition file as data of which everything is declared here and fits together.

    Raises FormError, a line for each fault: file, place, what is wrong, what is allowed.
    """
    return edition_of(parse_toml(text, file, FormError), file)


def edition_of(data: dict[str, Any], file: str) -> dict[str, Any]:
    """As :func:`read_edition`, of what the TOML text holds: the same data."""
    from .faults import faults

    edition = typed(data, EditionData, file, FormError)
    if found := list(faults(edition, file)):
        raise FormError("\n".join(f"{file}: {place}: {what}" for place, what in found))
    return data
