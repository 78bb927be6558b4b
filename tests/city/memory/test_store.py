"""A season's store: unchanged files are not read again, and whatever is wrong with it makes nothing wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from gouji.city.approving import KeptWord, WordKey
from gouji.city.consolidate import Consolidation, consolidate
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.sorting import Submission
from gouji.city.memory.store import Store
from gouji.city.rows import rows
from gouji.city.run import Run
from gouji.city.sum.last_year import LastYear
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from gouji.rules import Context, catalogue
from support import odd_folder

FORM = load_form("2021")
UNITS = ("甲局", "乙局", "丙局")
ROSTER = Roster(tuple(RosterUnit(name, f"00{i}") for i, name in enumerate(UNITS)))


def report(unit: str, year: int = 2024, **values: int) -> Report:
    made = Report(FORM, unit, year, values={cell.id: 0 for cell in FORM.cells})
    for cell, value in values.items():
        made.set(cell.replace("__", "."), value)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What three units sent, as JSON."""
    sent = tmp_path / "报送"
    sent.mkdir()
    for unit in UNITS:
        put(sent, report(unit))
    return sent


def put(sent: Path, made: Report) -> None:
    (sent / f"{made.unit}.json").write_text(dumps(to_json(made)), "utf-8")


class Counting:
    """A store that counts what it knew."""

    def __init__(self, store: Store) -> None:
        self.store, self.known, self.kept = store, 0, 0

    def submission(self, *asked: object) -> Submission | None:
        found = self.store.submission(*asked)  # type: ignore[arg-type]
        self.known += found is not None
        return found

    def keep(self, *given: object) -> None:
        self.kept += 1
        self.store.keep(*given)  # type: ignore[arg-type]


def read(
    folder: Path,
    path: Path,
    *,
    context: Context | None = None,
    roster: Roster = ROSTER,
    last_year: LastYear | None = None,
) -> tuple[list[Submission], int, list[str]]:
    """The submissions, how many of them the store knew, and what it said."""
    with Store(path) as store:
        counting = Counting(store)
        found = read_submissions(
            find_files(folder),
            context or Context(),
            roster,
            last_year=last_year,
            store=counting,  # type: ignore[arg-type]
        )
        assert counting.known + counting.kept == len(found)
        return found, counting.known, store.words


# ---------------------------------------------------------------- what is read again


def test_unchanged_files_are_not_read_again(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    first, known, said = read(folder, path)
    assert (known, said) == (0, [])
    again, known, _ = read(folder, path)
    assert (known, again) == (3, first)


def test_a_folder_as_it_comes_is_read_once(tmp_path: Path) -> None:
    """With all that is known of a file: who sealed it when, and what it is in words. What could not be read
    is tried again, and nothing else."""
    sent = odd_folder.laid(tmp_path / "报送", odd_folder.files())
    with Store(tmp_path / "记录.sqlite") as store:
        first = read_submissions(find_files(sent), Context(), odd_folder.roster(), store=store)
    with Store(tmp_path / "记录.sqlite") as store:
        counting = Counting(store)
        again = read_submissions(
            find_files(sent),
            Context(),
            odd_folder.roster(),
            store=counting,  # type: ignore[arg-type]
        )
    unread = [one for one in again if not (one.report or one.list_kind or one.aside)]
    assert again == first and counting.kept == len(unread) == 1
    assert any(one.sealed_at for one in again)


def test_a_changed_file_is_read_again_even_if_its_size_and_time_are_the_same(
    folder: Path, tmp_path: Path
) -> None:
    import os

    path = tmp_path / "记录.sqlite"
    put(folder, report("甲局", t3__new__natural=1))
    read(folder, path)
    before = (folder / "甲局.json").stat()
    put(folder, report("甲局", t3__new__natural=2))
    os.utime(folder / "甲局.json", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (folder / "甲局.json").stat().st_size == before.st_size
    found, known, _ = read(folder, path)
    assert known == 2
    assert [s.report.value("t3.new.natural") for s in found if s.unit == "甲局" and s.report] == [2]


def test_a_moved_file_and_a_copied_one_are_told_by_their_names(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    read(folder, path)
    (folder / "甲局.json").rename(folder / "甲.json")
    found, known, _ = read(folder, path)
    assert known == 2 and {s.file for s in found} == {"甲.json", "乙局.json", "丙局.json"}


def test_whatever_the_result_depends_on_makes_it_be_read_again(folder: Path, tmp_path: Path) -> None:
    """Rules, the roster's facts of a unit, its own last year; of another unit no more than that unit."""
    path = tmp_path / "记录.sqlite"

    def known(**changed: object) -> int:
        found, number, _ = read(folder, path, **changed)  # type: ignore[arg-type]
        fresh, _, _ = read(folder, tmp_path / "new.sqlite", **changed)  # type: ignore[arg-type]
        (tmp_path / "new.sqlite").unlink()
        assert found == fresh
        return number

    known()
    settings = tmp_path / "规则.toml"
    settings.write_text('["stock-floor"]\noff = true\n', "utf-8")
    other = Context(catalogue=catalogue().with_settings(settings))
    assert known(context=other) == 0
    assert known() == 0
    assert known() == 3
    facts = Roster((replace(ROSTER.units[0], rule_making=True), *ROSTER.units[1:]))
    assert known(roster=facts) == 2
    kind = Roster((replace(ROSTER.units[0], rule_making=True, kind="乡镇街道"), *ROSTER.units[1:]))
    assert known(roster=kind) == 2
    last = LastYear("上年.xlsx", report("某市", 2023), tuple(report(unit, 2023) for unit in UNITS))
    assert known(roster=kind, last_year=last) == 0
    more = report("乙局", 2023, t3__carried_out__natural=1)
    assert known(roster=kind, last_year=replace(last, units=(last.units[0], more, last.units[2]))) == 2
    contact = Roster(tuple(replace(unit, contact="王某", phone="1") for unit in kind.units))
    units = (last.units[0], more, last.units[2])
    assert known(roster=contact, last_year=replace(last, units=units)) == 3


def test_what_could_not_be_read_is_tried_again(folder: Path, tmp_path: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    path = tmp_path / "记录.sqlite"
    first, _, _ = read(folder, path)
    again, known, _ = read(folder, path)
    assert known == 3 and again == first


def test_files_that_are_gone_are_forgotten(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    read(folder, path)
    with Store(path) as store:
        store.forget(["甲局.json"])
    _, known, _ = read(folder, path)
    assert known == 1


# ---------------------------------------------------------------- trouble


def test_a_damaged_record_is_not_used(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    right, _, _ = read(folder, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE reading SET data = (SELECT data FROM reading WHERE file = '乙局.json')")
    found, known, said = read(folder, path)
    assert found == right and known == 1
    assert len(said) == 1 and "损坏" in said[0]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_store_is_put_aside(folder: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "记录.sqlite"
    path.write_bytes(content)
    found, known, said = read(folder, path)
    assert len(found) == 3 and known == 0
    aside = sorted(p.name for p in tmp_path.glob("记录_*"))
    assert (aside, len(said)) == (([], 0) if not content else (["记录_损坏1.sqlite"], 1))
    assert read(folder, path)[1:] == (3, [])


def test_any_flipped_byte_leaves_the_result_right(folder: Path, tmp_path: Path) -> None:
    """Whatever a disk does to the file: the submissions are what the files say."""
    path = tmp_path / "记录.sqlite"
    right, _, _ = read(folder, path)
    whole = path.read_bytes()
    for at in range(7, len(whole), len(whole) // 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert read(folder, path)[0] == right, at
    path.write_bytes(whole[: len(whole) // 2])
    assert read(folder, path)[0] == right


def test_a_strangers_database_and_one_of_a_newer_program_are_let_be(folder: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "别人.sqlite"
    with sqlite3.connect(stranger) as connection:
        connection.execute("CREATE TABLE song (name TEXT)")
    newer = tmp_path / "记录.sqlite"
    read(folder, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    for path, word in ((stranger, "不是本程序"), (newer, "较新")):
        before = path.read_bytes()
        found, known, said = read(folder, path)
        assert len(found) == 3 and known == 0 and path.read_bytes() == before
        assert [word in line for line in said] == [True]


def test_a_locked_store_is_done_without(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    right, _, _ = read(folder, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    found, known, said = read(folder, path)
    other.close()
    assert found == right and known == 0
    assert len(said) == 1 and "占用" in said[0]
    assert read(folder, path)[1] == 3


# ---------------------------------------------------------------- runs


def city(folder: Path, number: int, store: Store) -> Consolidation:
    found = read_submissions(find_files(folder), Context(), ROSTER, store=store)
    run = Run(number, before=number - 1)
    return consolidate(found, ROSTER, name="某市", year=2024, include_invalid=True, run=run)


def test_a_run_is_recorded_with_its_rows(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    with Store(path) as store:
        one = city(folder, 1, store)
        store.record(one, {"汇总.xlsx": "0" * 64})
        put(folder, report("甲局", t3__new__natural=5))
        (folder / "丙局.json").unlink()
        two = city(folder, 2, store)
        store.record(two)
    with Store(path) as store:
        assert [run.stamp.run for run in store.runs()] == [1, 2]
        first, second = store.runs()
        assert first.outputs == {"汇总.xlsx": "0" * 64}
        assert [one.file for one in first.stamp.inputs] == sorted(f"{unit}.json" for unit in UNITS)
        assert second.statuses == {"甲局": "taken", "乙局": "taken", "丙局": "missing"}
        assert list(store.rows_of(1)) == list(rows(one))
        assert list(store.rows_of(2)) == list(rows(two))
        assert list(store.rows_of(3)) == []
        changed = store.changes(two)
        assert [place.unit for place in changed.gone] == ["丙局"]
        assert [(c.after.unit, c.after.cell) for c in changed.cells] == [
            ("甲局", "t3.new.natural"),
            ("某市", "t3.new.natural"),
        ]


def test_a_run_with_a_number_that_was_is_replaced(folder: Path, tmp_path: Path) -> None:
    """Killed between recording and the last file: the run is made again under its number."""
    with Store(tmp_path / "记录.sqlite") as store:
        store.record(city(folder, 1, store))
        put(folder, report("甲局", t3__new__natural=5))
        again = city(folder, 1, store)
        store.record(again)
        assert len(store.runs()) == 1
        assert list(store.rows_of(1)) == list(rows(again))


def test_numbers_of_explanations_are_kept_and_outlive_a_damaged_store(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "记录.sqlite"
    key = WordKey("甲局", "carry-over:t3.natural", "unit")
    given = {key: KeptWord(("3", "2"), "上年多报 1 件", beside="另")}
    with Store(path) as store:
        city(folder, 1, store)
        store.explain({WordKey("乙局", "x:y", "office"): KeptWord((), "旧")})
        store.explain(given)
        assert store.explained() == given
    with sqlite3.connect(path) as connection:
        (at,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reading'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = bytearray(path.read_bytes())
    whole[(at - 1) * size : at * size] = b"\xff" * size
    path.write_bytes(whole)
    with Store(path) as store:
        city(folder, 2, store)
        assert store.explained() == given
        assert "损坏" in store.words[0]
