"""Which edition a table's sheet is of: by its printed labels, where they are not those that the file says.

Somebody copied the sheet of an older template into this year's, or pasted it over. Labels that all stand
where another edition has them are that edition's table, and its numbers are read as such; where only some do,
the sheet is a changed one of the file's own edition (``label-changed``).
"""

from __future__ import annotations

from ...form import TABLE_KEYS, Form, TableKey, editions, load_form
from ..layout import layout_of
from .by_mark import ByMark
from .labels import all_stand


def as_printed(form: Form, book: ByMark) -> Form:
    """The form with each table in the edition that its sheet shows; the very form where all are its own."""
    changed = {key: other for key in TABLE_KEYS if (other := _other_edition(key, form, book))}
    if not changed:
        return form
    own = {key: table.edition for key, table in form.tables.items()}
    return load_form(form.edition, own | changed)


def _other_edition(key: TableKey, form: Form, book: ByMark) -> str | None:
    """The one other edition whose labels all stand on the sheet of a table; None where its own do, or no
    other's."""
    sheet = layout_of(form).tables[key]
    if sheet.name not in book.sheet_names:
        return None
    cells = book.cells(sheet.name)
    if all_stand(sheet, cells):
        return None
    own = form.tables[key].edition
    for edition in editions():
        if edition != own and all_stand(layout_of(load_form(edition)).tables[key], cells):
            return edition
    return None
