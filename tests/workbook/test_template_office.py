"""The built workbook in a real spreadsheet program: typed into, recalculated, looked at, printed, saved."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gouji.form import load_form
from gouji.report import Declaration, Explanation, Report, Unplaced, canonical, load
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.writer import COLOURS
from support import DATA
from support import last_year as last_year_zone
from support.at_once import brothers
from support.filled import write_workbook
from support.office import Book, Office
from support.random_reports import balanced, equation_rows, random_values

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
VISIBLE = ("封面", *"一二三四五六", "校验", "填报说明")


# ---------------------------------------------------------------- every cached value is the computed one


def seed(number: int) -> Report:
    return load(DATA / "seeds" / f"seed-{number}.json")


def broken() -> Report:
    """Wrong in every table, with what no cell can hold, marks and an explanation."""
    report = Report(FORM, unit="某局", year=2024, values=random_values(FORM, Random(7), complete=True))  # type: ignore
    report.values["t3.granted.natural"] = -3
    report.values["t2.fees.amount"] = 24_252_311_082
    report.set("t3.partly.total", None)
    report.unplaced = [Unplaced(FORM.by_id["t3.partly.total"].place, "约5件")]
    report.marks = {"t2.fees.amount": "注1", "t4.review.total": '注"2'}
    report.notes = {"注1": "=1+1"}
    report.explanations = {"stock-balance:t2.rules": Explanation("清理", "已说明")}
    return report


def partly(*, declared: Declaration) -> Report:
    """Blanks, "/" and numbers in every table."""
    chance = Random(11)
    report = Report(FORM, unit="某局", year=2024, values=random_values(FORM, chance))  # type: ignore[arg-type]
    for cell in chance.sample(FORM.cells, 80):
        report.set(cell.id, chance.choice([0, None, "/"]))
    report.blank_is_zero = declared
    return report


def exceeding() -> Report:
    """Filled parts above a filled total, the rest blank: decidable at once."""
    values = {"t3.new.natural": 5, "t3.new.total": 3, "t4.review.upheld": 2, "t4.review.total": 1}
    return Report(FORM, unit="某局", year=2024, values=values)  # type: ignore[arg-type]


def last_year() -> Report:
    values: dict[str, int | str] = {c: i for i, c in enumerate(last_year_zone.compared(FORM))}
    values["t3.carried_out.natural"] = "/"
    return Report(FORM, values=values)  # type: ignore[arg-type]


def odd_cover() -> Report:
    """What a cover may say, in the ways in which people write it."""
    texts = {"一": "  ", "五": "\n\n文字"}
    return Report(FORM, unit=" ", year=0, period=("２０２４．1．1", "见附件"), texts=texts)


def explained() -> Report:
    """Explanations beside their rows and in the list, that count and that do not."""
    report = Report(FORM, unit="某局", year=2024, values=dict(balanced(FORM, Random(5))))  # type: ignore[arg-type]
    for kind, made in (("rules", 3), ("documents", 4)):
        report.values |= {f"t2.{kind}.made": made, f"t2.{kind}.repealed": 1, f"t2.{kind}.in_force": 1}
    report.values |= {"t3.carried_in.natural": 71, "t3.carried_in.total": 99, "t2.fees.amount": 2 * 10**12}
    report.explanations = {
        "stock:t2.rules": Explanation("年内清理\n两件规章。", "已核实", ("1", "2")),
        "carry-over:t3.natural": Explanation("20241231", "", ()),
        "STOCK:t2.documents": Explanation("清理两件，已报备案", "", ()),
        "carry-over:t3.total": Explanation("核实无误", "已说明", ()),
        "三!J10": Explanation("上年漏计十件，已更正", "", ()),
        "第9项": Explanation("这一项不是需说明的项", "", ()),
        "二！B5": Explanation("没有这样的说明", "退回", ()),
        "money-size:t2.fees.amount": Explanation("含土地出让收入", "已说明", ("2000000", "50000")),
        " 77 ": Explanation("没有这一项的号", "", ("5",)),
    }
    return report


CASES: dict[str, tuple[Report, Report | None]] = {
    "blank 2019": (Report(load_form("2019"), unit="某局", year=2020), None),
    "blank 2021": (Report(FORM, unit="某局", year=2024), last_year()),
    **{f"seed {n}": (seed(n), None) for n in range(5)},
    "broken": (broken(), last_year()),
    "partly": (partly(declared=False), None),
    "declared": (partly(declared=True), last_year()),
    "declared below": (partly(declared=frozenset({"table2", "table3"})), None),
    "exceeding": (exceeding(), None),
    "odd cover": (odd_cover(), None),
    "explained": (explained(), last_year()),
    "mixture": (Report(load_form("2021", {"table2": "2019"}), year=2021, blank_is_zero=True), None),
}


def cached(path: Path) -> dict[str, dict[tuple[int, int], float | str | None]]:
    """The stored value of every formula: sheet -> (row, column) -> value."""
    book = open_book(path)
    found = {}
    for name in book.sheet_names:
        cells = {at: raw.value for at, raw in book.cells(name).items() if raw.formula}
        if cells:
            found[name] = cells
    return found


def computed(book: Book, sheet: str, cells: dict[tuple[int, int], object]) -> dict[tuple[int, int], object]:
    bottom, right = max(r for r, _ in cells), max(c for _, c in cells)
    rows = book.values(sheet, f"A1:{address(bottom, right)}")
    return {(r, c): rows[r - 1][c - 1] for r, c in cells}


@pytest.mark.parametrize("case", brothers(CASES, lambda case: case.split()[0]))
def test_a_hard_recalculation_changes_nothing(case: str, office: Office, tmp_path: Path) -> None:
    report, prior = CASES[case]
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(report, prior=prior))
    stored = cached(path)
    assert sum(map(len, stored.values())) > 250
    with office.open(path) as book:
        book.recalculate()
        for sheet, cells in stored.items():
            wrong = {
                at: (cells[at], value)
                for at, value in computed(book, sheet, cells).items()
                if (cells[at] if cells[at] is not None else "") != (value if value is not None else "")
            }
            assert wrong == {}, sheet


@pytest.mark.parametrize("case", ["blank 2019", "broken", "declared", "explained"])
def test_a_second_program_shows_the_same_on_the_check_sheet(
    case: str, office: Office, tmp_path: Path
) -> None:
    """Gnumeric, whose logical values and order of types are Excel's."""
    del office
    report, prior = CASES[case]
    path, out = tmp_path / "表.xlsx", tmp_path / "g.xlsx"
    path.write_bytes(write_workbook(report, prior=prior))
    command = ["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx", str(path), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    stored, shown = cached(path)["校验"], open_book(out).cells("校验")
    assert len(stored) > 800
    found = {at: shown[at].value if at in shown else "" for at in stored}
    assert {at: (stored[at], v) for at, v in found.items() if _same(stored[at]) != _same(v)} == {}


def _same(value: object) -> object:
    return "" if value is None else round(value, 6) if isinstance(value, float) else value


# ---------------------------------------------------------------- a clerk at work


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("desk") / "模板.xlsx"
    path.write_bytes(write_workbook(Report(FORM, unit="某局", year=2024, texts={})))
    with office.open(path) as book:
        yield book


#: What the one desk shows.
_SHOWN: dict[str, object] = {}


def put(book: Book, values: dict[str, object]) -> None:
    """Make these the cells' contents (分 for money); all others become blank."""
    entries: dict[str, dict[str, object]] = {sheet.name: {} for sheet in LAYOUT.tables.values()}
    for cell_id in FORM.by_id:
        value = values.get(cell_id)
        if value == _SHOWN.get(cell_id):
            continue
        _SHOWN[cell_id] = value
        sheet, at = LAYOUT.locate(cell_id)
        money = FORM.by_id[cell_id].kind.money and isinstance(value, int)
        entries[sheet][at] = value / 1_000_000 if money else value  # type: ignore[operator]
    for sheet, contents in entries.items():
        book.put(sheet, contents)  # type: ignore[arg-type]


def states(book: Book) -> dict[str, str]:
    """校验 as it shows itself: id -> state."""
    columns, top = LAYOUT.check.columns, LAYOUT.check.live_top
    rows = book.values("校验", f"A{top}:{address(top + 120, len(columns))}")
    return {row[columns["id"] - 1]: row[columns["state"] - 1] for row in rows if row[columns["id"] - 1]}  # type: ignore


def fills(book: Book) -> dict[str, str]:
    """Cell id -> what its colour says; a cell without a colour is not there."""
    names = {COLOURS[n].upper(): n for n in ("wrong", "line", "illegal", "blank", "row", "column", "balance")}
    shown = book.colours()
    places = {c.id: LAYOUT.locate(c.id) for c in FORM.cells}
    return {c: names[shown[s][a]] for c, (s, a) in places.items() if shown[s].get(a) in names}


GOOD: dict[str, object] = dict(balanced(FORM, Random(5)))


def test_a_blank_form(desk: Book) -> None:
    assert {v for k, v in states(desk).items() if k in equation_rows(FORM)} == {"未填完"}
    assert fills(desk) == {c.id: "blank" for c in FORM.cells}
    assert all(desk.invalid(s) == [] for s in "二三四")
    assert desk.value("三", "A1") == "还有 175 格未填（浅黄色）"


def test_a_right_form_turns_quiet(desk: Book) -> None:
    put(desk, GOOD)
    seen = states(desk)
    assert {v for k, v in seen.items() if k in equation_rows(FORM) or k.startswith("cell-")} == {"通过"}
    assert fills(desk) == {}
    said = [desk.value(s, "A1") for s in "三四"]
    assert said == ["表内各项相符；未与上年核对 7 项", "表内各项相符；未与上年核对 3 项"]
    # The expected totals are those that were typed.
    table = LAYOUT.tables["table3"]
    for row in table.table.grid.rows:
        at = table.cells[f"t3.{row.id}.total"]
        assert desk.values("三", f"{address(at[0], table.side)}:{address(at[0], table.side + 1)}") == [
            [GOOD[f"t3.{row.id}.total"], 0]
        ]


def test_typing_a_wrong_number_lights_its_row_column_and_balance(desk: Book) -> None:
    put(desk, GOOD)
    sheet, at = LAYOUT.locate("t3.granted.natural")
    desk.type(sheet, {at: str(int(GOOD["t3.granted.natural"]) + 1)})  # type: ignore[call-overload]
    _SHOWN["t3.granted.natural"] = "typed"
    failed = {k for k, v in states(desk).items() if v == "不符"}
    assert failed == {"wrong-cell:t3.1"}
    same = {k for k, v in states(desk).items() if v == "同因"}
    assert same == {"row-total:t3.row.granted", "process-total:t3.column.natural"}
    lit = fills(desk)
    # The very cell in the strongest colour, its row and column tinted.
    accused = {"t3.granted.natural"}
    assert {c for c, n in lit.items() if n == "wrong"} == accused
    assert {c for c, n in lit.items() if n == "row"} == set(FORM.equation["t3.row.granted"].cells) - accused
    assert {c for c, n in lit.items() if n == "column"} == set(
        FORM.equation["t3.column.natural"].cells
    ) - accused
    assert desk.value("三", "A1") == f"填错 1 格（红色）：{at} 应为 {GOOD['t3.granted.natural']}"
    put(desk, {**GOOD, "t3.new.natural": int(GOOD["t3.new.natural"]) + 1})  # type: ignore[call-overload]
    failed = {k for k, v in states(desk).items() if v == "不符"}
    assert failed == {"wrong-cell:t3.1"}
    same = {k for k, v in states(desk).items() if v == "同因"}
    assert same == {"row-total:t3.row.new", "balance:t3.balance.natural"}
    lit = fills(desk)
    assert {c for c, n in lit.items() if n == "balance"} == set(FORM.equation["t3.balance.natural"].cells) - {
        "t3.new.natural"
    }
    put(desk, {**GOOD, "t4.review.total": int(GOOD["t4.review.total"]) + 1})  # type: ignore[call-overload]
    assert {k for k, v in states(desk).items() if v == "不符"} == {"table4-total:t4.row.review"}
    assert fills(desk) == dict.fromkeys(FORM.equation["t4.row.review"].cells, "row")


def test_what_a_cell_may_not_hold(desk: Book) -> None:
    put(desk, GOOD)
    bad: dict[str, object] = {
        "t3.new.natural": -1,
        "t3.new.business": 1.5,
        "t3.granted.natural": "abc",
        "t4.review.upheld": "12件",
        "t2.licences.decisions": "2000万",
        "t2.fees.amount": 0.1234567,
    }
    put(desk, {**GOOD, **bad, "t3.partly.natural": "/", "t3.partly.business": None})
    wrong = set(bad)
    assert {s: sorted(desk.invalid(s)) for s in "二三四"} == {
        s: sorted(LAYOUT.locate(c)[1] for c in wrong if LAYOUT.locate(c)[0] == s) for s in "二三四"
    }
    lit = fills(desk)
    assert {c for c, n in lit.items() if n == "illegal"} == wrong
    assert lit["t3.partly.business"] == "blank"
    seen = states(desk)
    assert [seen[f"cell-number:{t}"] for t in ("t2", "t3", "t4")] == ["不符"] * 3
    # An equation with a cell that is no number, or blank, is neither passed nor failed.
    assert seen["row-total:t3.row.partly"] == "未填完"
    assert seen["table4-total:t4.row.review"] == "未填完"


def test_the_declaration_is_the_persons(desk: Book) -> None:
    row, column = LAYOUT.cover.fields["blank_is_zero"]
    put(desk, {})
    desk.put("封面", {address(row, column): "是"})
    try:
        seen = states(desk)
        assert {v for k, v in seen.items() if k in equation_rows(FORM)} == {"未填完"}, "nothing is typed"
        put(desk, {"t2.rules.made": 0})
        seen = states(desk)
        assert {v for k, v in seen.items() if k in equation_rows(FORM) or k.startswith("cell-b")} == {"通过"}
        assert {v for k, v in seen.items() if k.startswith("cell-declared")} == {"提示"}
        put(desk, {"t3.new.natural": 3})
        seen = states(desk)
        assert seen["cell-blank:t3"] == "未填完", "the declaration never covers a total whose parts are not 0"
        assert seen["row-total:t3.row.new"] == "未填完"
    finally:
        desk.put("封面", {address(row, column): "否"})


def test_carry_over_is_compared_with_what_was_typed(desk: Book) -> None:
    put(desk, GOOD)
    cells = [cell for cell in last_year_zone.compared(FORM) if cell.startswith("t3.")]
    values = {cell: GOOD[cell.replace("carried_out", "carried_in")] for cell in cells}
    desk.put("上年", last_year_zone.entries(FORM, values))
    places = last_year_zone.places(FORM)
    carried = {k: v for k, v in states(desk).items() if k.startswith("carry-over")}
    assert len(carried) == 7 and set(carried.values()) == {"通过"}
    desk.put("上年", {address(*places["t3.carried_out.total"]): None})
    carried = {k: v for k, v in states(desk).items() if k in carried}
    assert set(carried.values()) == {"通过"}, "a blank total is read as the sum of its columns"
    desk.put("上年", {address(*places["t3.carried_out.natural"]): None})
    carried = {k: v for k, v in states(desk).items() if k in carried}
    assert sorted(carried.values()) == sorted(["通过"] * 5 + ["缺上年"] * 2)


def test_locked_cells_refuse_typing(desk: Book) -> None:
    table = LAYOUT.tables["table3"]
    box = next(box for box in table.boxes if not box.cell)
    at = address(box.row, box.column)
    desk.type("三", {at: "改"})
    assert desk.value("三", at) == box.shown


# ---------------------------------------------------------------- saved by another program, printed


@pytest.mark.parametrize("name", ["seed-4", "partly"])
def test_saved_by_another_program_it_reads_the_same(name: str, office: Office, tmp_path: Path) -> None:
    """Blank, 0 and "/", notes, texts and the very hidden sheet survive a program that rewrites everything."""
    report = seed(4) if name == "seed-4" else partly(declared=True)
    report.texts = {"引言": "根据条例。", "一": "第一段\n\n第三段", "五": "=1+1", "六": "无"}
    report.explanations = {"balance:t3.balance.total": Explanation("移送三件", "已说明", ("5", "8"))}
    report.code, report.period = "0113", ("2024-01-01", "2024-12-31")
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(report, prior=last_year()))
    with office.open(path) as book:
        saved = book.save(tmp_path / "另存.xlsx")
    reading = read_workbook(saved)
    assert canonical(reading.report) == canonical(report)
    expected = read_workbook(path)
    # Of last year's other edition some lines are not found.
    assert reading.findings == expected.findings
    assert (reading.prior and reading.prior.values) == (expected.prior and expected.prior.values)


@pytest.mark.skipif(not shutil.which("ssconvert"), reason="Gnumeric is not installed")
@pytest.mark.parametrize("case", ["broken", "declared", "declared below", "seed 3"])
def test_a_second_engine_computes_the_same(case: str, tmp_path: Path) -> None:
    report, prior = CASES[case]
    path, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(write_workbook(report, prior=prior))
    subprocess.run(["ssconvert", "--recalc", str(path), str(target)], check=True, capture_output=True)
    before, after = cached(path), cached(target)
    assert before.keys() == after.keys()
    for sheet in before:
        for at, value in before[sheet].items():
            other = after[sheet][at]
            assert (other if other is not None else "") == (value if value is not None else ""), (sheet, at)
