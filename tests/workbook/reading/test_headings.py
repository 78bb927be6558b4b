"""封面, the texts and 校验 after rows were put in, taken out, sorted or moved: read right, or said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.examine import judge
from gouji.report import Explanation, canonical
from gouji.rules import Finding
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.cells import Outline
from gouji.workbook.reading.reader import Reading, read_contents, read_workbook
from gouji.workbook.writer import write_workbook
from support.archive import made
from support.opened_book import Opened

REPORT = made("pt-jtj-2022", "甲市交通局")
REPORT.period, REPORT.code = ("2022-01-01", "2022-12-31"), "A1"
LAYOUT = layout_of(REPORT.form)
COVER = LAYOUT.cover
BOOK = write_workbook(REPORT)
Change = Callable[[Opened], None]


def after(change: Change, source: bytes = BOOK) -> Reading:
    book = Opened(source)
    change(book)
    return read_contents(book)


def labels(reading: Reading) -> list[Finding]:
    assert not any("{" in f.message + f.remedy for f in reading.findings)
    return [f for f in reading.findings if f.rule == "label-changed"]


def moved(sheet: str, row: int, by: int) -> Change:
    """Rows put in before a row, or taken out from it on."""

    def change(book: Opened) -> None:
        book.sheets[sheet] = {
            (r + by if r >= row else r, c): raw
            for (r, c), raw in book.sheets[sheet].items()
            if by > 0 or not row <= r < row - by
        }
        book.outlines[sheet] = Outline()  # merged ranges move along

    return change


# ---------------------------------------------------------------- 封面


@pytest.mark.parametrize("row", [1, 5, 6, 8, 11])
@pytest.mark.parametrize("by", [1, 3])
def test_rows_put_into_the_cover_take_its_fields_along(row: int, by: int) -> None:
    reading = after(moved(COVER.name, row, by))
    assert canonical(reading.report) == canonical(REPORT)
    (finding,) = labels(reading)
    assert (finding.place, finding.level) == ("cover", "warning")
    assert "已按其名称所在的位置读取" in finding.message and "Ctrl+Z" in finding.remedy
    assert {f.rule for f in judge(reading)} - {f.rule for f in judge(after(lambda book: None))} == {
        "label-changed"
    }


def test_the_place_that_is_said_is_right() -> None:
    (finding,) = labels(after(moved(COVER.name, 10, 1)))
    assert "有 2 处标签不在原处：“统计期限止”应在 A10，现在 A11" in finding.message


def test_rows_taken_out_above_the_fields() -> None:
    reading = after(moved(COVER.name, 4, -1))
    assert canonical(reading.report) == canonical(REPORT) and len(labels(reading)) == 1


def test_sorted_rows_of_the_cover() -> None:
    def sort(book: Opened) -> None:
        cells = book.sheets[COVER.name]
        rows = sorted((row for row, _ in COVER.fields.values()), reverse=True)
        held = {row: [cells.pop((row, column), None) for column in (1, 2)] for row in rows}
        for to, row in zip(sorted(rows), rows, strict=True):
            cells.update({(to, c): raw for c, raw in zip((1, 2), held[row], strict=True) if raw})

    reading = after(sort)
    assert canonical(reading.report) == canonical(REPORT) and len(labels(reading)) == 1


def test_a_label_that_is_gone_is_an_error() -> None:
    def overwrite(book: Opened) -> None:
        book.put(COVER.name, COVER.fields["year"][0], 1, "报告年份")

    (finding,) = labels(after(overwrite))
    assert (finding.place, finding.level) == ("cover", "error")
    assert "应为“年度”，现为“报告年份”" in finding.message and "可能读错" in finding.message


def test_swapped_columns_are_said() -> None:
    def swap(book: Opened) -> None:
        book.sheets[COVER.name] = {
            (r, {1: 2, 2: 1}.get(c, c)): x for (r, c), x in book.sheets[COVER.name].items()
        }

    found = {f.rule: f.level for f in judge(after(swap))}
    assert found["label-changed"] == "warning" and found["cover-missing"] == "error"


def test_cells_shifted_down_beside_the_labels_are_said() -> None:
    """Nothing tells the field that a text was meant for; the year is none any more."""

    def shift(book: Opened) -> None:
        book.sheets[COVER.name] = {
            (r + (c == 2 and 6 <= r <= 11), c): raw for (r, c), raw in book.sheets[COVER.name].items()
        }

    reading = after(shift)
    assert labels(reading) == [] and reading.report.year == 0
    assert ("cover-missing", "error") in {(f.rule, f.level) for f in judge(reading)}


# ---------------------------------------------------------------- 一, 五, 六


@pytest.mark.parametrize(
    ("sheet", "row"), [("一", 1), ("一", 5), ("一", 11), ("一", 12), ("五", 1), ("六", 1)]
)
@pytest.mark.parametrize("by", [1, 4])
def test_rows_put_in_above_a_title_move_its_text(sheet: str, row: int, by: int) -> None:
    reading = after(moved(sheet, row, by))
    assert canonical(reading.report) == canonical(REPORT)
    (finding,) = labels(reading)
    assert (finding.place, finding.level) == (f"text.{sheet}", "hint")
    assert "已按标题所在的位置读取" in finding.message


@pytest.mark.parametrize(("sheet", "row"), [("一", 6), ("一", 13), ("五", 4), ("五", 2)])
def test_rows_put_in_among_paragraphs(sheet: str, row: int) -> None:
    reading = after(moved(sheet, row, 1))
    assert [*(reading.report.texts or {})] == [*(REPORT.texts or {})]
    for key, text in (REPORT.texts or {}).items():
        assert (reading.report.texts or {})[key].split() == text.split()


def test_a_row_taken_out_above_a_title() -> None:
    reading = after(moved("一", 10, -1))
    assert canonical(reading.report) == canonical(REPORT) and len(labels(reading)) == 1


def test_a_title_that_is_gone_is_a_warning() -> None:
    def overwrite(book: Opened) -> None:
        del book.sheets["五"][1, 1]

    reading = after(overwrite)
    (finding,) = labels(reading)
    assert finding.level == "warning" and "应为“五、存在的主要问题及改进情况”，现为“”" in finding.message
    assert canonical(reading.report) == canonical(REPORT)


def test_a_title_that_stands_twice_is_where_it_belongs() -> None:
    def copy(book: Opened) -> None:
        book.put("五", 6, 1, "五、存在的主要问题及改进情况")

    assert labels(after(copy)) == []


# ---------------------------------------------------------------- 校验


def explained() -> bytes:
    """One explanation beside its live row and one in the list."""
    REPORT.explanations = {
        "stock:t2.documents": Explanation("上年统计时漏计失效文件四件。", "已说明", ()),
        "text-repeated:五": Explanation("两年的问题相同，正在整改。", "已说明", ()),
    }
    try:
        return write_workbook(REPORT)
    finally:
        REPORT.explanations = {}


@pytest.mark.parametrize("row", [1, LAYOUT.check.live_top, LAYOUT.check.live_top + 4])
@pytest.mark.parametrize("by", [1, 3])
def test_explanations_are_read_after_rows_were_put_in(row: int, by: int) -> None:
    source = explained()
    before = read_workbook(source)
    assert {e.text for e in before.report.explanations.values()} == {
        "上年统计时漏计失效文件四件。",
        "两年的问题相同，正在整改。",
    }
    reading = after(moved(LAYOUT.check.name, row, by), source)
    assert reading.report.explanations == before.report.explanations
    assert reading.report.unplaced == []


def test_a_title_far_away_moves_nothing() -> None:
    """And costs nothing: between here and there a sheet has a million rows."""
    reading = after(moved("一", 12, 900_000))
    (finding,) = labels(reading)
    assert finding.level == "warning" and finding.place == "text.一"
    assert (reading.report.texts or {}).keys() == {"引言", "五", "六"}
    assert any(u.place.startswith("一!A9000") for u in reading.report.unplaced), (
        "and what stood below is kept"
    )
