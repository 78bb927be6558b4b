"""The form as data: labels against a list typed by hand, counts, equations, grids."""

from __future__ import annotations

import random
from importlib import resources

import pytest

from gouji.form import TABLE_KEYS, Form, TableKey, edition_for_year, editions, load_form, printed_grid
from gouji.form.load import form_of
from gouji.form.schema import read_edition
from support import golden


@pytest.fixture(params=["2019", "2021"])
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


COUNTS = {"2019": (22, 161, 15), "2021": (10, 175, 15)}


def test_the_shipped_editions_are_sound() -> None:
    """Their files are checked here, so that no start has to."""
    for edition in editions():
        name = f"edition_{edition}.toml"
        data = read_edition(resources.files("gouji.form").joinpath(name).read_text("utf-8"), name)
        checked, loaded = form_of(data), load_form(edition)
        assert (checked.cells, checked.equations) == (loaded.cells, loaded.equations)
        assert checked.fingerprint == loaded.fingerprint


def test_editions_and_years() -> None:
    assert editions()[:2] == ("2019", "2021")
    years = {y: edition_for_year(y) for y in (2008, 2019, 2020, 2021, 2022, 2026)}
    assert years == dict.fromkeys((2008, 2019, 2020), "2019") | dict.fromkeys((2021, 2022, 2026), "2021")
    for edition in editions():
        assert edition_for_year(load_form(edition).first_year) == edition
    assert edition_for_year(2100) == editions()[-1]


def test_cells_and_equations_are_counted(form: Form) -> None:
    assert tuple(len(form.tables[key].cells) for key in TABLE_KEYS) == COUNTS[form.edition]
    assert len(form.cells) == {"2019": 198, "2021": 200}[form.edition]
    assert len(form.equations) == {"2019": 40, "2021": 42}[form.edition]
    kinds = [(e.table, e.kind) for e in form.equations]
    rows = {"2019": 23, "2021": 25}[form.edition]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        ("table3", "row"): rows,
        ("table3", "column"): 7,
        ("table3", "balance"): 7,
        ("table4", "row"): 3,
    }
    outcomes = {"2019": 19, "2021": 21}[form.edition]
    for equation in form.equations:
        parts = {"row": {"table3": 6, "table4": 4}.get(equation.table), "column": outcomes, "balance": 2}
        assert len(equation.left) == parts[equation.kind], equation.id
        assert len(equation.right) == (2 if equation.kind == "balance" else 1)


def test_labels_are_the_statutory_wording(form: Form) -> None:
    table2 = [
        (b.title, [c.label for c in b.columns], [r.key for r in b.rows]) for b in form.tables["table2"].blocks
    ]
    assert table2 == golden.TABLE2[form.edition]
    assert {b.corner for b in form.tables["table2"].blocks} == {"信息内容"}
    table3 = form.tables["table3"].grid
    assert [c.label for c in table3.columns] == golden.APPLICANTS
    assert [r.key for r in table3.rows] == golden.TABLE3[form.edition]
    assert table3.corner == golden.CORNER
    table4 = form.tables["table4"].grid
    assert [c.label for c in table4.columns] == golden.RESULTS
    assert [r.key for r in table4.rows] == golden.PROCEEDINGS
    assert [s.title for s in form.sections] == golden.TITLES
    assert [s.number for s in form.sections] == list("一二三四五六")
    assert form.notice == golden.NOTICES[form.edition]
    prints_fees = "收取信息处理费情况在此处报告" in form.sections[-1].prompt
    assert prints_fees == (form.edition == "2021")


def test_kinds_and_double_count(form: Form) -> None:
    kinds = {name: [c.place for c in form.cells if c.kind.name == name] for name in ("signed", "money")}
    double = {c.row.key for c in form.cells if c.double_count}
    if form.edition == "2019":
        changing = ["行政许可", "其他对外管理服务事项", "行政处罚", "行政强制", "行政事业性收费"]
        assert kinds["signed"] == [f"table2/{row}/本年增/减" for row in changing]
        assert kinds["money"] == ["table2/政府集中采购/采购总金额"]
        assert double == {"规章", "规范性文件", "政府集中采购", "复议后起诉"}
    else:
        assert kinds["signed"] == []
        assert kinds["money"] == ["table2/行政事业性收费/本年收费金额（单位：万元）"]
        assert double == {"规章", "行政规范性文件", "复议后起诉"}


def test_ids_and_places_are_unique_and_readable(form: Form) -> None:
    assert len({c.id for c in form.cells}) == len({c.place for c in form.cells}) == len(form.cells)
    assert len({e.id for e in form.equations}) == len(form.equations)
    for cell in form.cells:
        table, row, column = cell.id.split(".")
        assert table in ("t2", "t3", "t4")
        assert row.isidentifier() and column.isidentifier() and cell.id.isascii()
    # Ids live in findings and explanations: a few of them, so that none changes by accident.
    assert {"t3.new.natural", "t3.processed.total", "t3.secret.other_person", "t4.review.pending"} <= set(
        form.by_id
    )
    assert {"t3.row.new", "t3.column.natural", "t3.balance.total", "t4.row.review"} <= set(form.equation)


def test_the_editions_share_the_ids_of_what_is_the_same() -> None:
    old, new = load_form("2019"), load_form("2021")
    for cell_id in old.by_id.keys() & new.by_id.keys():
        if not cell_id.startswith("t2."):
            assert old.by_id[cell_id].place == new.by_id[cell_id].place
    assert {c for c in old.by_id if c.startswith("t4.")} == {c for c in new.by_id if c.startswith("t4.")}
    # 2019's single （六） is never one of 2021's three rows.
    assert {c.split(".")[1] for c in old.by_id.keys() ^ new.by_id.keys() if c.startswith("t3.")} == {
        "other",
        "uncorrected",
        "unpaid",
        "otherwise",
    }


def test_every_cell_of_table_3_has_its_own_signature(form: Form) -> None:
    """The set of failing equations names the wrong cell (form/README.md, “Totals are typed”)."""
    signatures = {frozenset(e.id for e in form.equations_of[c.id]) for c in form.tables["table3"].cells}
    assert len(signatures) == len(form.tables["table3"].cells)
    assert frozenset() not in signatures


def test_residuals_are_the_naive_sums(form: Form) -> None:
    chance = random.Random(1)
    for _ in range(20):
        values = {c.id: chance.choice([None, "/", 0, chance.randrange(10**12)]) for c in form.cells}
        numbers = {k: v if isinstance(v, int) else 0 for k, v in values.items()}
        naive = [sum(numbers[c] for c in e.left) - sum(numbers[c] for c in e.right) for e in form.equations]
        vector = form.vector(values)
        assert list(form.residuals(vector)) == naive
        assert [sum(sign * vector[i] for i, sign in row) for row in form.matrix] == naive


def test_equations_of_is_the_matrix_by_columns(form: Form) -> None:
    for cell in form.cells:
        assert [e.id for e in form.equations_of[cell.id]] == [
            e.id for e in form.equations if cell.id in e.cells
        ]


def test_totals_are_what_the_form_calls_totals(form: Form) -> None:
    for cell in form.cells:
        assert cell.is_total == (cell.column_key == "总计" or cell.row_key == "（七）总计"), cell.place


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("key", TABLE_KEYS)
def test_grids_tile_without_gap_or_overlap(edition: str, key: TableKey) -> None:
    table = load_form(edition).tables[key]
    grid = printed_grid(table)
    covered = [
        (row, column)
        for b in grid.boxes
        for row in range(b.row, b.row + b.height)
        for column in range(b.column, b.column + b.width)
    ]
    assert sorted(covered) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]
    assert [b.cell for b in sorted(grid.boxes, key=lambda b: (b.row, b.column)) if b.cell] == [
        c.id for c in table.cells
    ]
    texts = [b.text for b in grid.boxes]
    for head in {"table3": golden.HEADS3, "table4": golden.HEADS4}.get(key, []):
        assert texts.count(head) == 1
    for line in table.rows():
        assert line.label in texts


def test_mixtures() -> None:
    plain = load_form("2021")
    mixed = load_form("2021", {"table3": "2019"})
    assert mixed.layout == {"table3": "2019"}
    assert plain.layout == {}
    assert load_form("2021", {"table2": "2021"}) is plain
    assert len(mixed.cells) == 10 + 161 + 15
    assert len(mixed.equations) == 40
    prints = {
        load_form(e, {"table2": a, "table3": b}).fingerprint
        for e in editions()
        for a in editions()
        for b in editions()
    }
    assert len(prints) >= 4


@pytest.mark.parametrize("bad", [("1999", {}), ("2021", {"table3": "1999"}), ("2021", {"table9": "2021"})])
def test_unknown_editions_and_tables(bad: tuple[str, dict[TableKey, str]]) -> None:
    with pytest.raises(KeyError):
        load_form(*bad)
