"""其余未填的均为 0, on 封面 or below one table: in LibreOffice and in a second engine with Excel's logic."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gouji.form import TABLE_KEYS, load_form
from gouji.report import Declaration, Report, from_json
from gouji.rules.equations import exceeds, rule_of
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.writer import COLOURS
from support.filled import write_workbook
from support.office import Book, Office
from support.random_reports import equation_rows

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
PLACES = LAYOUT.tables
COVER = LAYOUT.cover
OWN = {key: (place.name, address(*place.declaration)) for key, place in PLACES.items()}
ON_COVER = COVER.name, address(*COVER.fields["blank_is_zero"])
THREE = frozenset({"table3"})


def with_empty_rows(said: Declaration) -> Report:
    """Totals of empty rows are left blank, which is what the declaration is for."""
    rows = {
        "一、本年新收政府信息公开申请数量": {"自然人": 3, "总计": 3},
        "二、上年结转政府信息公开申请数量": {"自然人": 0, "总计": 0},
        "四、结转下年度继续办理": {"自然人": 3, "总计": 3},
    }
    report = from_json({"unit": "某局", "year": 2024, "edition": "2021", "table3": rows})
    report.blank_is_zero = said
    return report


def states(sheet_rows: list[list[object]]) -> dict[object, object]:
    columns = LAYOUT.check.columns
    return {row[columns["id"] - 1]: row[columns["state"] - 1] for row in sheet_rows}


def recalculated(workbook: bytes, folder: Path) -> tuple[dict[object, object], list[str]]:
    """By a program with Excel's logic: the states of 校验, and every formula whose stored value changes."""
    if not shutil.which("ssconvert"):
        pytest.skip("Gnumeric's ssconvert is missing")
    path, target = folder / "a.xlsx", folder / "b.xlsx"
    path.write_bytes(workbook)
    subprocess.run(["ssconvert", "--recalc", str(path), str(target)], check=True, capture_output=True)
    before, after = open_book(path), open_book(target)
    changed = []
    for name in before.sheet_names:
        now = after.cells(name)
        for at, cell in before.cells(name).items():
            if not cell.formula:
                continue
            was, is_ = cell.value, now[at].value if at in now else None
            if ("" if was is None else was) != ("" if is_ is None else is_):
                changed.append(f"{name}!{address(*at)}: {was!r}, {is_!r}")
    check = after.cells(LAYOUT.check.name)
    columns = LAYOUT.check.columns
    rows = (r for r, c in check if c == columns["id"] and r >= LAYOUT.check.live_top)
    return {check[r, columns["id"]].raw: check[r, columns["state"]].raw for r in rows}, changed


@pytest.mark.parametrize(
    "said", [True, *(frozenset({key}) for key in TABLE_KEYS), frozenset({"table3", "table4"}), False]
)
def test_blank_totals_are_right_in_the_logic_of_excel(said: Declaration, tmp_path: Path) -> None:
    """excel.md 2: FALSE>0 is TRUE there, so that 28 cells stayed 未填 for ever."""
    report = with_empty_rows(said)
    seen, changed = recalculated(write_workbook(report), tmp_path)
    assert changed == []
    for key, table in FORM.tables.items():
        declared = report.declared(key)
        assert seen[f"cell-blank:{table.id}"] == ("通过" if declared else "未填完"), key
        assert seen[f"cell-declared:{table.id}"] == ("提示" if declared else "通过"), key


@pytest.mark.parametrize("count", [1, 2, pytest.param(7, marks=pytest.mark.long)])
@pytest.mark.parametrize("said", [True, pytest.param(THREE, marks=pytest.mark.long)])
def test_what_is_typed_before_its_totals_is_undecided(said: Declaration, count: int, tmp_path: Path) -> None:
    """Totals that are not 0 are left to fill and their equations undecided, by the formulas as by Python."""
    dice, cells = Random(count), [cell.id for cell in FORM.cells if cell.table == "table3"]
    plain = [cell for cell in cells if not FORM.by_id[cell].is_total]
    for values in (dict.fromkeys(dice.sample(plain, count), 5), dict.fromkeys(dice.sample(cells, count), 5)):
        report = Report(FORM, unit="某局", year=2024, values=dict(values), texts={}, blank_is_zero=said)
        seen, changed = recalculated(write_workbook(report), tmp_path)
        assert changed == []
        for equation in FORM.equations:
            known = all(map(report.is_known, equation.cells)) or exceeds(report, equation)
            assert (seen[f"{rule_of(equation)}:{equation.id}"] == "未填完") != known
        left = {cell for cell in cells if report.is_blank(cell) and not report.covers(cell)}
        assert (seen["cell-blank:t3"] == "未填完") == bool(left)


@pytest.mark.parametrize("said", [True, THREE])
def test_an_empty_form_never_passes(said: Declaration, tmp_path: Path) -> None:
    report = Report(FORM, unit="某局", year=2024, texts={"一": "本年没有申请。"}, blank_is_zero=said)
    seen, changed = recalculated(write_workbook(report), tmp_path)
    assert changed == []
    assert {seen[f"cell-blank:{table.id}"] for table in FORM.tables.values()} == {"未填完"}
    assert {seen[key] for key in equation_rows(FORM)} == {"未填完"}


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("declared") / "模板.xlsx"
    path.write_bytes(write_workbook(Report(FORM, unit="某局", year=2024, texts={})))
    with office.open(path) as book:
        yield book


def said(desk: Book, key: str) -> object:
    place = PLACES[key]  # type: ignore[index]
    row, _ = place.declaration
    return desk.value(place.name, address(row + 1, place.side))


def tinted(desk: Book) -> set[str]:
    shown = desk.colours()
    return {key for key, (sheet, at) in OWN.items() if shown[sheet].get(at) == COLOURS["blank"].upper()}


def shown_states(desk: Book) -> dict[object, object]:
    top = LAYOUT.check.live_top
    return states(desk.values(LAYOUT.check.name, f"A{top}:{address(top + 120, len(LAYOUT.check.columns))}"))  # type: ignore[arg-type]


def test_a_clerk_declares_below_one_table_then_on_the_cover(desk: Book, tmp_path: Path) -> None:
    assert tinted(desk) == set(OWN) and not desk.invalid("三")
    desk.put(*_cell(OWN["table3"], "是"))
    assert said(desk, "table3") == "表中填了数之后才起作用"
    assert shown_states(desk)["cell-blank:t3"] == "未填完"
    desk.put(*_cell(LAYOUT.locate("t4.review.upheld"), 0))
    assert said(desk, "table3") == "已将 175 格按 0 计"
    assert desk.value("三", "A1") == "表内各项相符；未与上年核对 7 项"
    assert tinted(desk) == {"table2", "table4"}
    assert shown_states(desk)["cell-declared:t3"] == "提示"
    assert read_workbook(desk.save(tmp_path / "a.xlsx")).report.blank_is_zero == THREE
    desk.put(*_cell(ON_COVER, "是"))
    assert said(desk, "table4") == "已将 14 格按 0 计" and tinted(desk) == set()
    seen = shown_states(desk)
    assert {seen[f"cell-blank:{t.id}"] for t in FORM.tables.values()} == {"通过"}
    desk.put(*_cell(LAYOUT.locate("t4.review.upheld"), None))
    assert {said(desk, key) for key in OWN} == {"表中填了数之后才起作用"}
    assert read_workbook(desk.save(tmp_path / "b.xlsx")).report.blank_is_zero is True
    for at in (ON_COVER, OWN["table3"]):
        desk.put(*_cell(at, "否"))


def test_what_a_chinese_keyboard_gives_is_a_slash_on_sheet_and_paper(desk: Book, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing (Debian: poppler-utils)")
    texts = {"t4.review.upheld": "、", "t4.review.corrected": "／", "t4.review.other_result": "/ "}
    for cell, text in texts.items():
        desk.type(*_cell(LAYOUT.locate(cell), text))
    for cell in ("t4.review.pending", "t4.review.total"):
        desk.put(*_cell(LAYOUT.locate(cell), 0))
    assert desk.invalid("四") == []
    assert shown_states(desk)["cell-number:t4"] == "通过"
    assert shown_states(desk)["table4-total:t4.row.review"] == "通过"
    colours = desk.colours()["四"]
    assert not {LAYOUT.locate(c)[1] for c in texts} & colours.keys()
    reading = read_workbook(desk.save(tmp_path / "a.xlsx"))
    assert {reading.report.value(c) for c in texts} == {"/"}
    pdf = desk.pdf(tmp_path / "a.pdf")
    text = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = [page for page in text.split("\f") if FORM.tables["table4"].section.title in page]
    assert any("/ / / 0 0" in " ".join(page.split()) for page in pages)
    assert not any("、\n" in page for page in pages)


def _cell(at: tuple[str, str], content: object) -> tuple[str, dict[str, object]]:
    return at[0], {at[1]: content}
