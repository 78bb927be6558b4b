"""Mutants of filled forms through reading and judging: never a crash, never a hang, never a wrong number.

    PYTHONPATH=addin:tests python -m support.fuzz --seeds 0:1000000 [--jobs 2] [--keep FOLDER]

A seed is one mutant of one of the forms, the same on every machine. What fails prints its seed, what was done
to the file and what is wrong with the reading; made smaller, it is kept in the folder, from where it belongs
into ``tests/data/hostile``.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple

import openpyxl

from gouji.examine import judge
from gouji.form import Cell, NotANumber, Value
from gouji.report import FIRST_YEAR, LAST_YEAR, Report
from gouji.text import is_unseen
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.cells import address
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.reader import Reading, read_contents
from gouji.workbook.reading.sheets import Book, open_book
from gouji.workbook.wording import marks
from support.bounded import counting
from support.mutants import Mutant, Package, smaller
from support.oracles import ABSENT, Calamine, Contents, Failed, Openpyxl, known, ours, parts_as_text, same
from support.slim import slim_books

#: One of so many mutants is shown to openpyxl too, which is slow; and every one that calamine sees otherwise.
OPENPYXL_EVERY = 10
#: Times what counting costs (5 s) that reading and judging may take; ordinary mutants take 0.05 s.
TIMES = 250
#: Seeds that one process goes through.
CHUNK = 500
#: Lines that are said of one mutant.
SHOWN = 8


class Failure(NamedTuple):
    """A mutant, smaller if it could be made so, and what is wrong with its reading."""

    seed: int
    names: tuple[str, ...]
    faults: tuple[str, ...]
    data: bytes


@cache
def packages() -> tuple[Package, ...]:
    """What is mutated: each form as our writer makes it, and one as openpyxl saves it again."""
    made = list(slim_books().values())
    made.append(_saved_again(made[0]))
    return tuple(Package(data, [other for other in made if other is not data]) for data in made)


def _saved_again(data: bytes) -> bytes:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


def mutant(seed: int) -> Mutant:
    """The mutant of a seed."""
    return _package(seed).mutant(seed)


def _package(seed: int) -> Package:
    return packages()[seed % len(packages())]


def faults(data: bytes, *, thorough: bool = True) -> list[str]:
    """What is wrong with how a file is read, one line each; nothing for a file that is refused.

    ``thorough``: with openpyxl too, whatever calamine says.
    """
    started = time.process_time()
    try:
        book = open_book(data)
        reading = read_contents(book)
        judge(reading)
    except Refused as refused:
        message = refused.message
        clean = message and "\n" not in message and not any(map(is_unseen, message))
        return [] if clean else [f"refused with {message!r}"]
    except Exception as error:
        return [f"crashed: {type(error).__name__}: {error}"]
    taken = time.process_time() - started
    slow = [f"took {taken:.1f} s"] if taken > TIMES * counting() else []
    return [*slow, *against_oracles(data, book, reading, thorough)]


def against_oracles(data: bytes, book: Book, reading: Reading, thorough: bool) -> list[str]:
    """Each oracle must agree with ours, but for what is known of it; what one sees otherwise is shown to the
    other too. One that gives up a file says nothing of it."""
    mine = {name: ours(book.cells(name)) for name in _sheets(book, reading.report)}
    other, found = _compare(Calamine, data, mine, reading.report)
    return found + _compare(Openpyxl, data, mine, reading.report)[1] if thorough or other else found


def _sheets(book: Book, report: Report) -> list[str]:
    """The sheets that a reading uses."""
    named = {*layout_of(report.form).sheet_names} - {marks("sheets")["pasting"], marks("sheets")["help"]}
    return [name for name in book.sheet_names if name in named]


def _compare(
    oracle: type[Calamine] | type[Openpyxl], data: bytes, mine: dict[str, Contents], report: Report
) -> tuple[bool, list[str]]:
    """(whether it sees anything otherwise or gives up, differences that are not known: cell by cell, and what
    the report makes of what the oracle sees)."""
    lines: list[tuple[str, str, str, str]] = []
    try:
        theirs = oracle(data)
        for sheet, cells in mine.items():
            rows, columns = (max((at[n] for at in cells), default=1) for n in (0, 1))
            seen = theirs.cells(sheet, rows * columns)
            for at in sorted(cells.keys() | seen.keys()):
                first, second = cells.get(at, ABSENT), seen.get(at, ABSENT)
                if not same(first, second):
                    lines.append((sheet, address(at), first, second))
            lines += _typed(report, sheet, cells, seen)
    except Failed:
        return True, []
    parts = parts_as_text(data) if lines else []
    return bool(lines), [
        f"{sheet}!{at}: {first[:60]!r}, {oracle.name} sees {second[:90]!r}"
        for sheet, at, first, second in lines
        if not known(oracle.name, first, second, at, parts)
    ]


def _typed(report: Report, sheet: str, mine: Contents, seen: Contents) -> Iterator[tuple[str, str, str, str]]:
    """Every number that another reader sees in a typed cell is in the report, or said to be none; and
    nothing else is in the report. Cells that are seen otherwise are told already."""
    said = {one.place for one in report.unplaced}
    for table in layout_of(report.form).tables.values():
        for cell_id, at in table.cells.items() if table.name == sheet else ():
            cell, stored = report.form.by_id[cell_id], seen.get(at, ABSENT)
            value = report.value(cell_id)
            if (value is None and cell.place in said) or not same(mine.get(at, ABSENT), stored):
                continue
            if value != _expected(cell, stored):
                yield sheet, address(at), f"read:{value}", stored
    at = layout_of(report.form).cover.fields["year"]
    stored = seen.get(at, ABSENT)
    kind, _, year = stored.partition(":")
    is_cover = sheet == layout_of(report.form).cover.name and same(mine.get(at, ABSENT), stored)
    legal = is_cover and kind == "number" and float(year) in range(FIRST_YEAR, LAST_YEAR + 1)
    # Where a label has moved, so has its field, and what stands here is kept as what has no place.
    if legal and report.year != float(year) and f"{sheet}!{address(at)}" not in said:
        yield sheet, address(at), f"read:{report.year}", stored


def _expected(cell: Cell, spelt: str) -> Value:
    """What a typed cell counts as, by what another reader sees in it; None for what is no number."""
    kind, _, text = spelt.partition(":")
    try:
        if kind == "number":
            return cell.kind.from_double(float(text))
        return cell.kind.parse(text).value if kind == "text" else None
    except NotANumber:
        return None


# ------------------------------------------------------------ many seeds


def examined(seed: int, every: int = OPENPYXL_EVERY) -> Failure | None:
    """One seed: None where nothing is wrong; a mutant that fails is made smaller."""
    package = _package(seed)
    whole = package.mutant(seed)
    if not faults(whole.data, thorough=seed % every == 0):
        return None
    made = smaller(package, seed, lambda one: bool(faults(one.data)))
    return Failure(seed, made.names, tuple(faults(made.data)), made.data)


def _work(seeds: range, every: int, said: Connection) -> None:
    """In a process of its own: says each seed before it is tried, so that a dead process names its mutant."""
    limit = 4 << 30
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for seed in seeds:
        said.send(seed)
        if failure := examined(seed, every):
            said.send(failure)
    said.send(None)


def run(seeds: range, jobs: int = 1, every: int = OPENPYXL_EVERY) -> Iterator[Failure]:
    """Every failure of these seeds, in ``jobs`` processes; one that dies is a failure too."""
    size = max(1, min(CHUNK, -(-len(seeds) // jobs)))
    chunks = [seeds[at : at + size] for at in range(0, len(seeds), size)]
    running: dict[Connection, _Worker] = {}
    while chunks or running:
        while chunks and len(running) < jobs:
            worker = _Worker(chunks.pop(0), every)
            running[worker.hears] = worker
        for connection in wait(list(running)):
            worker = running[connection]
            failure, left = worker.next()
            if failure:
                yield failure
            if left is not None:
                del running[connection]
                if left:
                    chunks.insert(0, left)


class _Worker:
    """A process that goes through some seeds."""

    def __init__(self, seeds: range, every: int) -> None:
        self.seeds = seeds
        self.at = seeds.start
        self.hears, says = Pipe(duplex=False)
        context = get_context("fork")
        self._process = context.Process(target=_work, args=(seeds, every, says), daemon=True)
        self._process.start()
        says.close()

    def next(self) -> tuple[Failure | None, range | None]:
        """(a failure, what is left of its seeds once it has ended)."""
        try:
            said = self.hears.recv()
        except EOFError:
            self._process.join()
            why = f"killed the process that read it, code {self._process.exitcode}"
            made = mutant(self.at)
            return Failure(self.at, made.names, (why,), made.data), range(self.at + 1, self.seeds.stop)
        if said is None:
            self._process.join()
            return None, range(0)
        if isinstance(said, Failure):
            return said, None
        self.at = said
        return None, None


def main(arguments: list[str] | None = None) -> int:
    """The command: 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m support.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="0:2000", metavar="A:B", help="seeds from A up to and without B")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--every", type=int, default=OPENPYXL_EVERY, help="show one of so many to openpyxl")
    parser.add_argument("--keep", type=Path, default=Path("failed"), help="where failing mutants are kept")
    given = parser.parse_args(arguments)
    first, _, last = given.seeds.partition(":")
    seeds = range(int(first), int(last))
    packages()  # made once, before the processes part
    failed = 0
    for failure in run(seeds, given.jobs, given.every):
        failed += 1
        print(told(failure), flush=True)
        given.keep.mkdir(parents=True, exist_ok=True)
        (given.keep / f"seed_{failure.seed}.xlsx").write_bytes(failure.data)
    print(f"{len(seeds)} mutants, {failed} failed")
    return 1 if failed else 0


def told(failure: Failure) -> str:
    """A failure in lines: the seed, what was done, what is wrong."""
    lines = [f"seed {failure.seed}: {', '.join(failure.names)}", *failure.faults[:SHOWN]]
    return "\n    ".join(lines)


if __name__ == "__main__":
    sys.exit(main())
