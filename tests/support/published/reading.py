"""The importer as these tests run it: a file's bytes -> the cells of its tables, or a report of them."""

from __future__ import annotations

from gouji.form import load_form
from gouji.published.reading import TablesRead
from gouji.published.source.sniff import open_source
from gouji.published.tables import read_tables
from gouji.report import Report


def tables_of(data: bytes, name: str) -> TablesRead:
    return read_tables(open_source(data, name).stream)


def report_of(tables: TablesRead, like: Report) -> Report:
    """A report of what was read, with the head of another: unit, year, edition."""
    own = like.form
    layout = {
        key: edition
        for key, edition in tables.editions.items()
        if load_form(edition).tables[key].fingerprint != load_form(own.edition).tables[key].fingerprint
    }
    values = {cell: read.value for cell, read in tables.read.items() if read.value is not None}
    return Report(load_form(own.edition, layout), like.unit, like.year, values=values)
