"""How much of published reports is read, and how fast, beside the script that is usually written.

    python tests/benchmarks/bench_published.py [FOLDER]

Without FOLDER: the reports of tests/data written in every shape (tests/support/published), then the files of
tests/data/originals. FOLDER holds originals with INDEX.tsv and ``*.truth.json``. Both readers read the same
files in turn. Counted are cells: *right*, *unread*, *wrong*; a blank that is not read counts nowhere, a cell
whose digits have several readings is right when unread. Times are medians of CPU time a file; *ratio* is the
importer's to the script's.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from naive_published import read_naively

from gouji.errors import GoujiError
from gouji.published.reading import TablesRead
from support.published import MARKED_BY, SHAPES, Written, written
from support.published.drawn import published_reports
from support.published.judge import Score, judge
from support.published.originals import Original, folder_of_originals, originals
from support.published.reading import tables_of

NOTHING = TablesRead({}, {}, {})


@dataclass
class Tally:
    """Of one shape: what each reader made of it, and the seconds it took for each file."""

    files: int = 0
    ours: Score = field(default_factory=Score)
    naive: Score = field(default_factory=Score)
    our_times: list[float] = field(default_factory=list)
    naive_times: list[float] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        self.files += other.files
        self.ours += other.ours
        self.naive += other.naive
        self.our_times += other.our_times
        self.naive_times += other.naive_times
        return self

    def line(self, what: str) -> str:
        ours, naive = statistics.median(self.our_times), statistics.median(self.naive_times)
        return (
            f"{what:38} {self.files:4}  {_cells(self.ours)} {1000 * ours:7.1f}   "
            f"{_cells(self.naive)} {1000 * naive:7.1f}  {ours / naive:5.2f}"
        )


def _cells(score: Score) -> str:
    return f"{score.right:6} {len(score.unread):6} {len(score.wrong):5} {100 * score.share_unread:5.1f}%"


def timed(read: Callable[[], TablesRead]) -> tuple[TablesRead, float]:
    start = time.process_time()
    try:
        found = read()
    except GoujiError:
        found = NOTHING
    return found, time.process_time() - start


def measured(file: Original, score: Callable[[TablesRead], Score]) -> Tally:
    ours, our_time = timed(lambda: tables_of(file.data, file.name))
    naive, naive_time = timed(lambda: read_naively(file.data, file.name, file.truth.year))
    return Tally(1, score(ours), score(naive), [our_time], [naive_time])


def of_written(file: Written) -> Tally:
    as_file = Original(file.name, file.data, file.shape.code, file.report)
    return measured(as_file, lambda t: judge(t, file.report, _blanks(file), file.absent))


def _blanks(file: Written) -> str:
    return "loose" if file.shape.blanks == "loose" else "soft"


def of_original(file: Original) -> Tally:
    return measured(file, lambda t: judge(t, file.truth, "soft", (), file.undecidable))


def generated() -> Iterator[tuple[str, Tally]]:
    for code, shape in SHAPES.items():
        for seed, report in enumerate(published_reports()):
            yield f"{code} {shape.what}", of_written(written(report, code, seed, MARKED_BY))


def table(title: str, tallies: Iterable[tuple[str, Tally]]) -> None:
    columns = f"{'right':>6} {'unread':>6} {'wrong':>5} {'':6} {'ms':>7}"
    print(f"\n{title:38} files {columns}   {columns}  ratio\n{'':45}{'importer':33}   {'usual script'}")
    rows: dict[str, Tally] = {}
    for what, tally in tallies:
        rows.setdefault(what, Tally())
        rows[what] += tally
    total = Tally()
    for what, tally in sorted(rows.items()):
        print(tally.line(what))
        total += tally
    print(total.line("all"))
    for line in total.ours.wrong[:20]:
        print("WRONG", line)


def by_shape(files: Iterable[Original]) -> Iterator[tuple[str, Tally]]:
    for file in files:
        yield f"{file.shape} {SHAPES[file.shape].what}", of_original(file)


def main() -> None:
    if len(sys.argv) > 1:
        table(sys.argv[1], by_shape(folder_of_originals(Path(sys.argv[1]))))
    else:
        table("written", generated())
        table("originals", by_shape(originals()))


if __name__ == "__main__":
    main()
