"""Mutated forms: read right or refused, in bounded time, and never another number than other readers see."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gouji.examine import judge
from gouji.report import to_json
from gouji.workbook.reading.reader import read_contents, read_workbook
from gouji.workbook.reading.sheets import open_book
from support import DATA, fuzz
from support.mutants import Mutant, Package, all_names, names_of, smaller
from support.slim import books, slim_books

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded as on POSIX"),
]

FEW, MANY = 300, 20_000
HOSTILE = sorted((DATA / "hostile").glob("*.xls*"))


def told(failures: list[fuzz.Failure]) -> str:
    return "\n".join(fuzz.told(one) for one in failures)


def test_a_slim_book_reads_as_the_whole_one() -> None:
    """What the fuzzer leaves out for speed is nothing that is read."""
    for name, whole in books().items():
        first, second = read_workbook(whole), read_workbook(slim_books()[name])
        assert to_json(first.report) == to_json(second.report)
        assert first.report.texts and first.report.notes and first.report.explanations
        assert first.prior and second.prior and to_json(first.prior) == to_json(second.prior)
        assert judge(first) == judge(second)


def test_mutants() -> None:
    """The first seeds; ``python -m support.fuzz --seeds 0:1000000`` goes on."""
    fuzz.packages()
    failures = list(fuzz.run(range(FEW)))
    assert not failures, told(failures)


@pytest.mark.long
def test_many_mutants() -> None:
    fuzz.packages()
    failures = list(fuzz.run(range(FEW, FEW + MANY), len(os.sched_getaffinity(0))))
    assert not failures, told(failures)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_what_ever_failed_stays_mended(path: Path) -> None:
    """Each file once broke a reader; its name says how, ``README.md`` beside it what was wrong."""
    assert fuzz.faults(path.read_bytes()) == []
    assert path.name in (path.parent / "README.md").read_text("utf-8")


# ------------------------------------------------------------ the fuzzer itself


def test_a_seed_is_always_the_same_mutant() -> None:
    data = slim_books()["2021"]
    assert [Package(data).mutant(seed) for seed in range(20)] == [
        Package(data).mutant(seed) for seed in range(20)
    ]


def test_every_mutation_is_drawn() -> None:
    drawn = {name for seed in range(FEW * 10) for name in names_of(seed)}
    assert drawn == set(all_names())


def test_a_mutant_is_made_smaller() -> None:
    """Of several mutations the one that fails is left."""
    seed = next(seed for seed in range(FEW) if len(set(names_of(seed))) == 4)
    package, wanted = fuzz.packages()[0], names_of(seed)[2]

    def fails(mutant: Mutant) -> bool:
        return any(name.startswith(f"{wanted}@") for name in mutant.names)

    assert [name.partition("@")[0] for name in smaller(package, seed, fails).names] == [wanted]


def test_a_wrong_number_would_be_seen() -> None:
    """A book is compared with one of which a typed cell, and then a text, says something else."""
    data = slim_books()["2021"]
    book = open_book(data)
    reading = read_contents(book)
    assert fuzz.against_oracles(data, book, reading, thorough=True) == []
    cell = next(c for c, value in reading.report.values.items() if value == 0 and c.startswith("t3."))
    other = open_book(slim_books()["2019"])
    assert fuzz.against_oracles(slim_books()["2019"], book, reading, thorough=False)
    assert fuzz.against_oracles(data, other, read_contents(other), thorough=False)
    reading.report.values[cell] = 1
    lines = fuzz.against_oracles(data, book, reading, thorough=False)
    assert len(lines) == 2, "one of each reader"
    assert all("read:1" in line and "number:0.0" in line for line in lines)


def test_a_process_that_dies_is_a_failure_of_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """calamine can abort a process; the seeds behind the one that did it are still tried."""
    monkeypatch.setattr(fuzz, "examined", lambda seed, every: os._exit(3) if seed == 1 else None)
    (failure,) = fuzz.run(range(3))
    assert failure.seed == 1 and "killed" in failure.faults[0]
