"""A note that a person typed into a result is the city's own from then on, until that person takes it out."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from gouji.form import load_form
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from support import season

SHEET = layout_of(load_form("2021")).tables["table3"]
CELL = "t3.carried_in.total"
MARK, WHERE, TEXT = (address(SHEET.notes.top, left) for left, _ in SHEET.note_columns)
SAID = "上年结转与上年公布的数字不同，因某单位上年误报。"


def notes(run: season.Outcome) -> dict[str, str]:
    return dict(read_workbook(season.workbook(run)).report.notes)


def typed(folder: Path) -> season.Outcome:
    """The note, typed into the result of a first run; what the second makes of it."""
    first = season.run(season.season(folder))
    assert not notes(first)
    cells = {MARK: "注1", WHERE: address(*SHEET.cells[CELL]), TEXT: SAID}
    season.typed(season.workbook(first), SHEET.name, cells)
    return season.run(folder)


def test_a_note_typed_into_a_result_is_carried_on(tmp_path: Path) -> None:
    folder = tmp_path / "某市2024"
    second = typed(folder)
    assert notes(second) == {"注1": SAID}
    assert read_workbook(season.workbook(second)).report.marks == {CELL: "注1"}
    assert any("沿用" in said and "注1" in said for said in second.remarks)
    assert any(SAID in p.text for p in docx.Document(str(season.word(second))).paragraphs)
    third = season.run(folder)
    assert notes(third) == {"注1": SAID} and not any("注1" in said for said in third.remarks)


@pytest.mark.long
def test_it_is_changed_in_a_later_result_and_then_taken_out_there(tmp_path: Path) -> None:
    folder = tmp_path / "某市2024"
    season.typed(season.workbook(typed(folder)), SHEET.name, {TEXT: f"{SAID}已更正。"})
    third = season.run(folder)
    assert notes(third) == {"注1": f"{SAID}已更正。"}
    season.typed(season.workbook(third), SHEET.name, {MARK: None, WHERE: None, TEXT: None})
    fourth = season.run(folder)
    assert not notes(fourth) and not read_workbook(season.workbook(fourth)).report.marks
