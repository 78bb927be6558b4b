"""The mark of a note is shown behind its number, by the format of the cell; a stranger's may be any text."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gouji
from support.hostile_strings import HOSTILE
from support.looked_into import parts
from support.odd_folder import sent

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("mark", ["注1", *HOSTILE.values()], ids=["usual", *HOSTILE])
def test_any_mark_is_a_format_that_every_program_takes(mark: str) -> None:
    """XML that is well-formed, at most 255 characters, and one quoted text."""
    report = sent("甲局")
    cell = report.form.cells[0].id
    report = gouji.read(gouji.write(replace(report, notes={mark: "文"}, marks={cell: mark}), to="json"))
    content = gouji.write(report)
    formats = [one.get("formatCode", "") for one in parts(content)["xl/styles.xml"].iter(f"{_MAIN}numFmt")]
    marked = [code for code in formats if code.startswith('General" ')]
    assert [code.count('"') for code in marked] == [2]
    assert max(map(len, formats)) <= 255
    assert gouji.read(content).notes == report.notes
