"""The very hidden sheet: what a program must know of the file, and texts for macros by key."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..kind import kind_rows
from ..limits import pieces
from ..printed import digests_of
from ..provenance import provenance_rows
from ..seal import NO_SEAL
from ..template_info import TEMPLATE_VERSION
from ..wording import marks, wording
from .context import Writing
from .macros import macro_rows


def write_data(writing: Writing, sheet: Worksheet, sheets: list[str]) -> None:
    """Column A keys, B values; ``unplaced`` rows hold place and text in B and C.

    ``sheets``: every sheet of the book; those beyond the form's are named as ours.
    """
    report, form = writing.report, writing.layout.form
    rows: list[tuple[str, ...]] = [
        (marks("sheets")["data"], TEMPLATE_VERSION),
        ("edition", form.edition),
        *((f"edition.{key}", table.edition) for key, table in form.tables.items()),
        ("fingerprint", form.fingerprint),
        ("texts", "absent" if report.texts is None else "present"),
        *(writing.seal.rows() if writing.seal else NO_SEAL),
        *((f"text.{key}", text) for key, text in wording("messages").items()),
        ("printed", digests_of(form)),
        *macro_rows(writing),
        *kind_rows(report),
    ]
    in_cells = set(writing.typed_texts.items())
    rows += [("unplaced", u.place, u.text) for u in report.unplaced if (u.place, u.text) not in in_cells]
    rows += provenance_rows(report)
    rows += [("note", mark, piece) for mark, text in writing.whole_notes.items() for piece in pieces(text)]
    rows += [("sheet", name) for name in sheets if name not in writing.layout.sheet_names]
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            sheet.write_string(i, j, text)
    sheet.very_hidden()
    sheet.protect("")
