"""Stream -> the cells of tables 二, 三 and 四."""

from __future__ import annotations

from .labels import find_labels
from .reading import TablesRead
from .squeezed import squeeze
from .stream import Stream
from .table3 import read_table3


def read_tables(stream: Stream) -> TablesRead:
    """The tables of a published report."""
    text = squeeze(stream)
    hits = find_labels(text)
    found = {"table3": read_table3(text, hits)}
    read, unread, editions = {}, {}, {}
    for key, one in found.items():
        read |= one.read
        unread |= one.unread
        if one.edition:
            editions[key] = one.edition
    return TablesRead(editions, read, unread, frozenset(k for k, o in found.items() if o.repeated))
