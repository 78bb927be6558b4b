"""``gouji export`` of a city: its workbook or its season as the one long table."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest

import gouji
from gouji.city.consolidate import Consolidation
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.memory.stamp import stamp
from gouji.city.memory.stamping import stamped
from gouji.city.memory.store import Store
from gouji.city.memory.told import store_path
from gouji.city.results import workbook
from gouji.city.rows import rows
from gouji.city.run import Run
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from support.command import Run as Command
from support.command import refused
from support.csv_files import long_csv
from support.random_reports import balanced

FORM = load_form("2021")


@pytest.fixture(scope="module")
def city() -> Consolidation:
    """Two units of three, with numbers in every cell."""
    from random import Random

    sent = {
        f"{i}.json": dumps(to_json(Report(FORM, f"单位{i}", 2024, values=dict(balanced(FORM, Random(i))))))
        for i in range(2)
    }
    roster = Roster(tuple(RosterUnit(f"单位{i}", f"00{i}") for i in range(3)))
    return gouji.consolidate(
        {name: text.encode() for name, text in sent.items()},
        roster=roster,
        name="某市",
        year=2024,
        include_invalid=True,
        run=Run(2, datetime.datetime(2025, 1, 20)),
    )


def lines(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rest = csv.reader(file)
    assert head[:3] == ["次", "单位", "代码"]
    return [tuple(line) for line in rest]


def expected(city: Consolidation) -> list[tuple[str, ...]]:

    text = long_csv(rows(city)).decode("utf-8-sig")
    return [tuple(line) for line in csv.reader(text.splitlines())][1:]


def test_a_result_tells_its_rows_and_where_they_come_from(
    run: Command, tmp_path: Path, city: Consolidation
) -> None:
    result = tmp_path / "汇总.xlsx"
    result.write_bytes(stamped(workbook(city), stamp(city), "xlsx"))
    ran = run("export", result, "-o", tmp_path / "长表.csv")
    assert ran.code == 0 and f"{3 * len(FORM.cells)} 行" in ran.out
    assert lines(tmp_path / "长表.csv") == expected(city)
    # Beside it lies what says of which run it is; nothing of the folder is there any more.
    assert run("verify", tmp_path / "长表.csv").code == 0
    (tmp_path / "长表.csv").write_bytes(b"1")
    assert run("verify", tmp_path / "长表.csv").code == 1


def test_a_result_without_a_stamp_does_not_know_its_files(
    run: Command, tmp_path: Path, city: Consolidation
) -> None:
    result = tmp_path / "汇总.xlsx"
    result.write_bytes(workbook(city))
    assert run("export", result, "--to", "csv", "-o", tmp_path / "长表").code == 0
    found = lines(tmp_path / "长表.csv")
    assert [line[1:11] for line in found] == [line[1:11] for line in expected(city)]
    assert {(line[0], *line[11:]) for line in found} == {("0", "", "")}
    assert not list(tmp_path.glob("*清单*"))


def test_a_season_tells_its_last_run(run: Command, tmp_path: Path, city: Consolidation) -> None:
    refused(run("export", tmp_path, "-o", tmp_path / "长表.csv"), "没有汇总记录")
    with Store(store_path(tmp_path)) as store:
        store.explain({})
    refused(run("export", tmp_path, "-o", tmp_path / "长表.csv"), "还没有汇总过")
    with Store(store_path(tmp_path)) as store:
        store.record(city)
    assert run("export", tmp_path, "-o", tmp_path / "长表.csv").code == 0
    assert lines(tmp_path / "长表.csv") == expected(city)


def test_two_results_become_one_table(run: Command, tmp_path: Path, city: Consolidation) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(workbook(city))
    assert run("export", tmp_path / "甲.xlsx", tmp_path / "乙.xlsx", "-o", tmp_path / "两年.csv").code == 0
    assert len(lines(tmp_path / "两年.csv")) == 6 * len(FORM.cells)


def test_it_is_written_over_nothing(run: Command, tmp_path: Path, city: Consolidation) -> None:
    result = tmp_path / "汇总.xlsx"
    result.write_bytes(workbook(city))
    (tmp_path / "长表.csv").write_bytes(b"mine")
    refused(run("export", result, "-o", tmp_path / "长表.csv"), "已存在")
    assert (tmp_path / "长表.csv").read_bytes() == b"mine"
    refused(run("export", tmp_path / "长表.csv", "-o", tmp_path / "长表.csv", "--force"), "不能写回")
    refused(run("export", result, "--to", "parquet", "-o", tmp_path / "长表.csv"), ".parquet")


def test_parquet_or_a_word_on_what_to_install(run: Command, tmp_path: Path, city: Consolidation) -> None:
    result = tmp_path / "汇总.xlsx"
    result.write_bytes(workbook(city))
    ran = run("export", result, "-o", tmp_path / "长表.parquet")
    try:
        import pyarrow.parquet
    except ImportError:
        refused(ran, "gouji[parquet]")
        assert not (tmp_path / "长表.parquet").exists()
    else:
        assert ran.code == 0
        table = pyarrow.parquet.read_table(tmp_path / "长表.parquet").to_pandas()
        assert table.astype(object).equals(city.frame().assign(run=0, file="", sha256="").astype(object))
