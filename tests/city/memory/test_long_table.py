"""The one long table: its sums are the city's, and no way out of the program changes a value."""

from __future__ import annotations

import csv
import io
import sys

import pandas
import pytest

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.memory.long_table import COLUMNS, NoLibrary, frame, write_parquet
from gouji.city.rows import rows
from gouji.form import load_form
from gouji.report import Report
from support.csv_files import long_csv
from support.random_reports import random_values

FORM = load_form("2021")


def city(*units: Report) -> Consolidation:
    names = Roster(tuple(RosterUnit(one.unit, one.code or "") for one in units))
    sent = [Submission(f"{one.unit}.xlsx", one, sha256=f"{i:064}") for i, one in enumerate(units)]
    return consolidate(sent, names, name="某市", year=2024, include_invalid=True)


def unit(name: str, **values: int | str) -> Report:
    report = Report(FORM, name, 2024)
    for cell, value in values.items():
        report.set(cell.replace("__", "."), value)
    return report


def test_the_frames_sums_are_the_exact_sum() -> None:
    """Of every cell: a sum of the units' rows by pandas is what the city says, by integers."""
    from random import Random

    chance = Random(12)
    found = city(*(Report(FORM, f"单位{i}", 2024, values=random_values(FORM, chance)) for i in range(7)))
    table = found.frame()
    assert list(table.columns) == list(COLUMNS)
    assert table["value"].dtype == "Int64"
    units = table[table.file != ""].groupby("cell")["value"].sum(min_count=1)
    own = table[table.file == ""].set_index("cell")["value"]
    for cell in FORM.cells:
        value = found.report.value(cell.id)
        summed, said = units[cell.id], own[cell.id]
        assert (None if pandas.isna(summed) else int(summed)) == (value if isinstance(value, int) else None)
        assert (None if pandas.isna(said) else int(said)) == (value if isinstance(value, int) else None)


def test_numbers_that_do_not_fit_are_still_exact() -> None:
    found = city(unit("甲", t3__new__natural=2**62), unit("乙", t3__new__natural=2**62))
    table = found.frame()
    assert table[table.cell == "t3.new.natural"].groupby("unit")["value"].sum().to_dict()["某市"] == 2**63


def test_each_state_is_told_apart_and_money_is_exact() -> None:
    found = city(unit("甲", t3__new__natural="/", t2__fees__amount=1_000_001, t3__new__total=0))
    table = found.frame().query("unit == '甲'").set_index("cell")
    shown = {cell: (row.state, row.shown) for cell, row in table.iterrows()}
    assert shown["t3.new.natural"] == ("slash", "/")
    assert shown["t3.new.total"] == ("number", "0")
    assert shown["t3.new.business"] == ("blank", "")
    assert shown["t2.fees.amount"] == ("number", "1.000001")
    assert table.value["t2.fees.amount"] == 1_000_001
    assert pandas.isna(table.value["t3.new.natural"])


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@甲", "'甲", "＝甲", "甲"])
def test_a_csv_file_holds_no_formula_and_loses_nothing(name: str) -> None:
    found = city(unit(name, t3__new__natural=3, t2__documents__made=-4, t2__fees__amount=150))
    content = long_csv(rows(found))
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(lines) == 2 * len(FORM.cells)
    first = lines[0]
    said = first["单位"]
    assert not said.startswith(("=", "+", "-", "@", "＝"))
    assert (said[1:] if said.startswith("'") else said) == name
    by_cell = {line["单元格"]: line for line in lines if line["文件"]}
    assert by_cell["t2.documents.made"]["填写内容"] == "-4"
    fees = by_cell["t2.fees.amount"]
    assert (fees["整数值（金额以分计）"], fees["填写内容"]) == ("150", "0.00015")


def test_rows_are_the_same_as_text_and_as_frame() -> None:
    found = city(unit("甲", t3__new__natural=3), unit("乙", t3__new__natural="/"))
    table = frame(rows(found))
    lines = list(csv.DictReader(io.StringIO(long_csv(rows(found)).decode("utf-8-sig"), newline="")))
    assert [line["填写内容"] for line in lines] == list(table["shown"])


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from pathlib import Path

    found = city(unit("甲"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NoLibrary, match=r"pip install .*parquet"):
        write_parquet(rows(found), Path(str(tmp_path)) / "a.parquet")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NoLibrary, match="pandas"):
        found.frame()
