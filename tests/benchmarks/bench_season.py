"""What a season's store saves, and what many files cost: python tests/benchmarks/bench_season.py [FILES]

The same folder is read without a store, with a new one, and with one that knows every file. Printed: CPU of
this process and of its workers, the ratio, and the peak memory. Files are copies of a few real books under
their own names: a name is part of what the store knows a file by.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from random import Random

from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.memory.store import Store
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Context
from gouji.workbook.writer import write_workbook
from support.random_reports import balanced

BOOKS = 5


def build(folder: Path, count: int) -> None:
    form = load_form("2021")
    made = []
    for i in range(BOOKS):
        texts = {"一": "某事项已依法公开。" * 300, "五": "存在不足，将加以改进。" * 100}
        report = Report(form, f"单位{i}", 2024, values=dict(balanced(form, Random(i))), texts=texts)
        made.append(write_workbook(report))
    for i in range(count):
        (folder / f"{i:05}.xlsx").write_bytes(made[i % BOOKS])


def cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measured(folder: Path, store: Path | None) -> tuple[float, float]:
    """(CPU, wall) seconds of one intake: list, hash, look up or read."""
    start, clock = cpu(), time.perf_counter()
    with Store(store) if store else nullcontext() as known:
        read_submissions(find_files(folder), Context(), store=known)
    return cpu() - start, time.perf_counter() - clock


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as temporary:
        folder, store = Path(temporary, "报送"), Path(temporary, "记录.sqlite")
        folder.mkdir()
        build(folder, count)
        fresh, _ = measured(folder, None)
        first, _ = measured(folder, store)
        again, wall = measured(folder, store)
        size = store.stat().st_size
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{count} files   CPU s   ms a file")
    for label, seconds in (("without a store", fresh), ("into a new store", first), ("unchanged", again)):
        print(f"{label:18}{seconds:8.2f}{1000 * seconds / count:10.2f}")
    print(f"unchanged is {fresh / again:.0f} times cheaper; {wall:.2f} s by the clock")
    print(f"store {size / 1e6:.1f} MB, peak {peak / 1000:.0f} MB")
    print(f"1,000 unchanged: {1000 * again / count:.2f} s of CPU")


if __name__ == "__main__":
    main()
