"""The city's workbook as it is looked at: 首页, 来源, 各单位对照, 分析, and a form that nobody fills."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.sheets.beside import UNITS
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import read_last_year
from gouji.city.views.sources import LARGEST
from gouji.form import FEN_PER_WAN
from gouji.report import Report
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from support.filled import write_workbook
from support.looked_at import LATE, WRONG, at_another_place, city_of, name
from support.office import Office
from support.paper import needs_poppler, texts

FULL = {"late": True, "wrong": True, "adjusted": True}


def opened(city: Consolidation, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(city_workbook(city, **options)))


@pytest.fixture(scope="module")
def city() -> Consolidation:
    return city_of(**FULL)


@pytest.fixture(scope="module")
def book(city: Consolidation) -> Any:
    return opened(city, slips={WRONG: f"退回单/{WRONG}.xlsx"})


def shown(sheet: Any) -> list[str]:
    """Every text and number of a sheet."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def links(sheet: Any) -> dict[str, tuple[str | None, str | None]]:
    """Address -> (place in the book, file outside)."""
    found = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink:
                found[cell.coordinate] = cell.hyperlink.location, cell.hyperlink.target
    return found


# ---------------------------------------------------------------- the book


def test_it_opens_on_the_first_sheet_and_leads_to_every_other(book: Any) -> None:
    assert book.sheetnames[0] == book.active.title == "首页"
    targets = {place.partition("!")[0].strip("'") for place, _ in links(book["首页"]).values() if place}
    visible = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"}
    assert targets >= visible - {"首页"}
    assert {"来源", "明细", "各单位对照", "分析", "报送情况", "问题", "结转核对", "调整"} < visible
    for sheet in book.worksheets:
        for place, _ in links(sheet).values():
            assert place is None or place.partition("!")[0].strip("'") in book.sheetnames


def test_an_office_can_add_a_sheet_and_a_clerks_form_stays_locked(city: Consolidation) -> None:
    with zipfile.ZipFile(io.BytesIO(city_workbook(city))) as archive:
        assert b"workbookProtection" not in archive.read("xl/workbook.xml")
    with zipfile.ZipFile(io.BytesIO(write_workbook(Report(city.form)))) as archive:
        assert b'lockStructure="1"' in archive.read("xl/workbook.xml")


def test_nothing_asks_anybody_to_fill_it(book: Any, city: Consolidation) -> None:
    """No yellow cells, no prompts, no clerk's instructions; the texts stay open."""
    clerk = openpyxl.load_workbook(io.BytesIO(write_workbook(Report(city.form))))
    for sheet in ("封面", "填报说明"):
        assert any("浅黄" in text for text in shown(clerk[sheet]))
        assert not any("浅黄" in text for text in shown(book[sheet]))
    for sheet in ("封面", "二", "三", "四"):
        assert clerk[sheet].data_validations.dataValidation
        assert not book[sheet].data_validations.dataValidation
    for area in layout_of(city.form).texts.values():
        assert not book[area.sheet][address(area.top, area.left)].protection.locked


def test_it_is_read_as_before_and_texts_typed_into_it_too(city: Consolidation, tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    edited = opened(city)
    area = layout_of(city.form).texts["五"]
    edited["五"][address(area.top, area.left)] = "问题是有的。"
    edited.create_sheet("自己的表")
    edited.save(path)
    reading = read_workbook(path)
    assert reading.report.values == city.report.values and reading.report.unplaced == []
    assert reading.report.texts == {"五": "问题是有的。"}
    fresh = read_workbook(city_workbook(city))
    assert [f.rule for f in fresh.findings] == [] and fresh.report.unplaced == []
    path.write_bytes(city_workbook(city))
    assert [u.values for u in read_last_year(path).units] == [report.values for _, report in city.parts]


def test_two_builds_are_equal_and_the_run_stands_in_one_place(city: Consolidation, book: Any) -> None:
    assert city_workbook(city) == city_workbook(city)
    said = [(s.title, text) for s in book.worksheets for text in shown(s) if "2025-01-20 09:30" in text]
    assert [title for title, _ in said] == ["首页"] and "第 3 次" in said[0][1]


# ---------------------------------------------------------------- 首页


def test_who_is_missing_and_what_is_open(book: Any) -> None:
    sheet = book["首页"]
    said = shown(sheet)
    assert {LATE, "张三", "83660001"} <= set(said)
    assert any(text.startswith("应报 6 个单位，已报 5 个（83.3%）。还不能出汇总报告：") for text in said)
    at = next(cell for row in sheet.iter_rows() for cell in row if cell.value == WRONG)
    assert at.hyperlink.target.replace("\\", "/") == f"退回单/{WRONG}.xlsx"
    assert "三!J9 是 18，应为 8" in "".join(said)


def test_the_figures_are_the_forms(book: Any, city: Consolidation) -> None:
    said = shown(book["首页"])
    for cell in ("t3.new.total", "t3.processed.total", "t3.carried_out.total"):
        assert str(city.report.number(cell)) in said
    assert len(book["首页"]._charts) == 3 and len(book["分析"]._charts) == 6


def test_long_lists_end_with_where_the_rest_is(tmp_path: Path) -> None:
    """Twelve files that belong to nobody and one page."""
    from support.years import roster_of, sum_up, unit

    known = unit("甲局", 2024)
    strangers = [unit(f"路人{i}局", 2024, f"9{i:02d}", new=i) for i in range(12)]
    made = opened(sum_up([known, *strangers], roster_of(known)))
    said = shown(made["首页"])
    assert sum(text.startswith("路人") for text in said) == 10
    assert any(re.fullmatch("另有 [0-9]+ 项，见“问题”", text) for text in said)
    assert made["首页"].page_setup.orientation == "landscape"
    assert (made["首页"].page_setup.fitToHeight, made["首页"].page_setup.paperSize) in ((None, 9), (1, 9))


# ---------------------------------------------------------------- 来源


def blocks_of(sheet: Any) -> Iterator[tuple[str, list[tuple[Any, ...]], Any]]:
    """(the cell that a block's head leads to, its lines, what its sum shows)."""
    rows = list(sheet.iter_rows(min_row=4))
    for i, row in enumerate(rows):
        link = row[0].hyperlink
        if link and link.location and not link.location.startswith("'来源'"):
            end = next(j for j in range(i, len(rows)) if rows[j][0].value == "合计")
            yield link.location, [tuple(c.value for c in r) for r in rows[i + 1 : end]], rows[end][1].value


def test_every_number_leads_to_its_source_and_back(book: Any, city: Consolidation) -> None:
    heads = {at: place for at, (place, _) in links(book["来源"]).items() if place}
    layout = layout_of(city.form)
    for cell in city.form.cells:
        sheet, at = layout.locate(cell.id)
        link = book[sheet][at].hyperlink
        if not city.report.number(cell.id):
            assert link is None
            continue
        name_, _, address_ = link.location.partition("!")
        assert name_ == "'来源'" and heads[address_] == f"'{sheet}'!{at}"


def test_a_link_changes_neither_number_nor_look(book: Any, city: Consolidation) -> None:
    layout = layout_of(city.form)
    linked, zero = (book[s][a] for s, a in map(layout.locate, ("t3.new.total", "t3.unpaid.total")))
    assert linked.value == city.report.number("t3.new.total") and zero.hyperlink is None
    assert linked.style_id == zero.style_id and linked.font.underline is None


def test_the_lines_are_the_trace_and_the_sum_is_live(book: Any, city: Consolidation) -> None:
    layout = layout_of(city.form)
    by_place = {"'{}'!{}".format(*layout.locate(cell.id)): cell for cell in city.form.cells}
    found = {by_place[at].id: (lines, total) for at, lines, total in blocks_of(book["来源"])}
    nonzero = {c.id for c in city.form.cells if city.report.number(c.id)}
    assert found.keys() == nonzero
    for cell, (lines, total) in found.items():
        unit = FEN_PER_WAN if city.form.by_id[cell].kind.money else 1
        traced = {c.unit: c.value / unit for c in city.trace(cell) if isinstance(c.value, int) and c.value}
        changed = [a.change / unit for a in city.adjustments if a.cell == cell]
        assert {line[0]: line[1] for line in lines if line[0] in traced} == traced
        assert sum(line[1] for line in lines) == pytest.approx(sum([*traced.values(), *changed]))
        assert total.startswith("=") and "SUM(" in total


def test_links_to_files_are_relative_or_none(city: Consolidation, book: Any) -> None:
    for sheet in ("来源", "明细"):
        outside = {target.replace("\\", "/") for _, target in links(book[sheet]).values() if target}
        assert outside == {f"../报送/{unit}.xlsx" for unit, _ in city.parts} - (
            {"../报送/戊局.xlsx"} if sheet == "来源" else set()
        )
    bare = opened(at_another_place(city, None))
    assert not [t for s in ("来源", "明细", "首页") for _, t in links(bare[s]).values() if t]
    assert "甲局.xlsx" in shown(bare["明细"])


@pytest.mark.parametrize("count", [LARGEST, LARGEST + 1])
def test_above_a_limit_the_others_stand_in_one_line(count: int) -> None:
    made = opened(city_of(count, prior=False))
    lines = next(lines for place, lines, _ in blocks_of(made["来源"]) if place == "'三'!J9")
    assert [line[0] for line in lines[:2]] == [name(0), name(1)]
    others = [line for line in lines if str(line[0]).startswith("另 ")]
    assert [(line[0], line[1]) for line in others] == ([("另 1 个单位", 1)] if count > LARGEST else [])
    assert len(lines) == LARGEST + len(others)


# ---------------------------------------------------------------- 各单位对照


@pytest.mark.parametrize("count", [3, UNITS, UNITS + 1])
def test_a_column_a_unit_or_a_kind(count: int) -> None:
    city = city_of(count, prior=False)
    sheet = opened(city)["各单位对照"]
    heads = [cell.value for cell in sheet[3]]
    units = [unit for unit, _ in city.parts]
    assert heads == ["表", "行", "列", "汇总", *(units if count <= UNITS else [f"部门（{count}）"])]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(city.form.cells)
    for cell, row in zip(city.form.cells, rows, strict=True):
        unit = FEN_PER_WAN if cell.kind.money else 1
        assert row[3] == city.report.number(cell.id) / unit == pytest.approx(sum(row[4:]))
    assert sheet.print_title_rows and sheet.print_title_cols


# ---------------------------------------------------------------- nothing at all


def test_a_city_of_which_nothing_has_come() -> None:
    city = city_of(0, prior=False, late=True)
    made = opened(city)
    assert any("已报 0 个（0.0%）" in text for text in shown(made["首页"]))
    assert "各单位没有报不为 0 的数。" in shown(made["来源"])
    assert shown(made["分析"]).count("没有可以列出的数。") == 2  # of units; the form's kinds are 0


# ---------------------------------------------------------------- in LibreOffice


@pytest.mark.long
def test_a_recalculation_changes_nothing(office: Office, tmp_path: Path) -> None:
    """Every formula of a city with adjustments, last year and more units than have lines."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(city_workbook(city_of(LARGEST + 2, **FULL)))
    stored = open_book(path)
    with office.open(path) as book:
        book.recalculate()
        for sheet in ("首页", "来源", "明细", "分析", "结转核对", "封面", "校验"):
            cells = {at: raw.value for at, raw in stored.cells(sheet).items() if raw.formula}
            if not cells:
                continue
            last = address(max(r for r, _ in cells), max(c for _, c in cells))
            rows = book.values(sheet, f"A1:{last}")
            found = {(r, c): rows[r - 1][c - 1] for r, c in cells}
            assert {at: v for at, v in found.items() if v != cells[at] and (v or cells[at])} == {}


@needs_poppler
def test_the_first_sheet_prints_on_one_page(office: Office, tmp_path: Path) -> None:
    """The verdict, the last fact and the heads of both lists on page 1; 封面 begins page 2."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(city_workbook(city_of(12, **FULL)))
    with office.open(path) as book:
        pages = texts(book.pdf(tmp_path / "汇总.pdf"))
    assert all(part in pages[0] for part in ("应报14个单位", "还没有报的单位（1）", "待办（", "gouji"))
    assert "政府信息公开工作年度报告" in pages[1]
