"""A text that no cell holds is said of the file that brings it; a result's notes are cut and kept whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.examine import judge
from gouji.report import Explanation, Report, Unplaced
from gouji.rules import Finding
from gouji.workbook.limits import CELL_LIMIT, fitted, pieces, size, too_long
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workbook.writer import CannotWrite, write_workbook
from support.triples import Triple, zeros

WIDE = "𠀀"


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("", False),
        ("长" * CELL_LIMIT, False),
        ("长" * (CELL_LIMIT + 1), True),
        (WIDE * (CELL_LIMIT // 2), False),
        (WIDE * (CELL_LIMIT // 2 + 1), True),
    ],
)
def test_a_character_beyond_the_first_plane_is_two(text: str, long: bool) -> None:
    assert too_long(text) == long
    shown = fitted(text, "…")
    assert size(shown) <= CELL_LIMIT
    assert shown == text if not long else shown.endswith("…")
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(size(part) <= CELL_LIMIT for part in parts)


def noted(text: str, **more: object) -> Report:
    """A report with a note on its first cell."""
    report = zeros(**more)  # type: ignore[arg-type]
    cell = report.form.cells[0].id
    return replace(report, marks={cell: "注1"}, notes={"注1": text})


class _File:
    def __init__(self, report: Report) -> None:
        self.report = report

    def findings(self) -> list[Finding]:
        return judge(Reading(self.report, None, []))


class TestTextTooLong(Triple):
    """A result carries the notes of all its units; those are cut where they are written."""

    rule = "text-too-long"
    level = "error"
    says = ("“注1”", "40000", str(CELL_LIMIT))
    valid = _File(noted("长" * CELL_LIMIT))
    invalid = _File(noted("长" * 40_000))
    undecidable = _File(replace(noted("长" * 40_000), meta={"consolidated": {"units": []}}))


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"texts": {"五": "短\n" + "长" * 40_000}}, "五 第 2 段"),
        ({"texts": {"五": "\n" * 299 + "长" * 20_000 + "\n" + "长" * 20_000}}, "五 第 300 段"),
        ({"texts": {"引言": "长" * 40_000}}, "引言 第 1 段"),
        ({"unit": "长" * 40_000}, "单位名称"),
        ({"code": "1" * 40_000}, "单位代码"),
        ({"period": ("1" * 40_000, "")}, "统计期限起"),
        ({"unplaced": [Unplaced("三!Z1", "长" * 40_000)]}, "三!Z1"),
        ({"explanations": {"stock:x": Explanation("长" * 40_000, "")}}, "stock:x"),
    ],
)
def test_every_text_that_goes_into_a_cell(more: dict[str, object], where: str) -> None:
    found = [f for f in judge(Reading(zeros(**more), None, [])) if f.rule == "text-too-long"]  # type: ignore[arg-type]
    assert [f.place for f in found] == [where]


RESULT = {"consolidated": {"units": [{"unit": "甲局", "code": "", "digest": ""}]}}


@pytest.mark.parametrize("letter", ["长", WIDE, "a\n"])
def test_a_results_note_is_cut_in_its_cell_and_read_whole(letter: str) -> None:
    text = (letter * 90_000).rstrip()
    reading = read_workbook(write_workbook(replace(noted(text), meta=RESULT), pointer="（见另页）"))
    assert reading.report.notes == {"注1": text}
    assert reading.report.unplaced == []
    again = read_workbook(write_workbook(reading.report))
    assert again.report.notes == {"注1": text}, "a copy keeps it too"


def test_a_units_long_note_is_never_cut_in_silence() -> None:
    with pytest.raises(CannotWrite, match="注1"):
        write_workbook(noted("长" * 40_000))
