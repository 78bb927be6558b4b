"""Stream -> the cells of tables 二, 三 and 四."""

from __future__ import annotations

from ...form import TABLE_KEYS, TableKey
from ..reading import CellRead, CellUnread, TablesRead
from ..stream import Stream
from .labels import find_labels
from .outcome import Outcome
from .squeezed import squeeze
from .table2 import read_table2
from .table3 import read_table3
from .table4 import read_table4


def read_tables(stream: Stream) -> TablesRead:
    """The tables of a published report."""
    text = squeeze(stream)
    hits = find_labels(text)
    if hits.too_many:
        return TablesRead({}, {}, {}, frozenset(TABLE_KEYS))
    two = read_table2(text, hits)
    three = read_table3(text, hits, two.edition)
    four = read_table4(text, hits, three.edition or two.edition, three.vanished)
    found: dict[TableKey, Outcome] = {"table2": two, "table3": three, "table4": four}
    read: dict[str, CellRead] = {}
    unread: dict[str, CellUnread] = {}
    editions: dict[TableKey, str] = {}
    for key, one in found.items():
        read |= one.read
        unread |= one.unread
        if one.edition:
            editions[key] = one.edition
    return TablesRead(editions, read, unread, frozenset(k for k, o in found.items() if o.repeated))
