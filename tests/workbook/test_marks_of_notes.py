"""The mark of a note is shown behind its number, by the format of the cell; a stranger's may be any text."""

from __future__ import annotations

from dataclasses import replace

import gouji
from support.hostile_strings import HOSTILE
from support.looked_into import parts
from support.odd_folder import sent

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_any_mark_is_a_format_that_every_program_takes() -> None:
    """XML that is well-formed, at most 255 characters, and one quoted text."""
    report = sent("甲局")
    marks = dict(zip((cell.id for cell in report.form.cells), ("注1", *HOSTILE.values()), strict=False))
    notes = dict.fromkeys(marks.values(), "文")
    report = gouji.read(gouji.write(replace(report, notes=notes, marks=marks), to="json"))
    assert len(report.notes or {}) == len(set(HOSTILE.values())) + 1
    content = gouji.write(report)
    formats = [one.get("formatCode", "") for one in parts(content)["xl/styles.xml"].iter(f"{_MAIN}numFmt")]
    marked = [code for code in formats if code.startswith('General" ')]
    assert {code.count('"') for code in marked} == {2}
    assert max(map(len, formats)) <= 255
    assert gouji.read(content).notes == report.notes
