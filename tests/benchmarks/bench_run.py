"""What a whole run of a season costs: python tests/benchmarks/bench_run.py [FILES …]

汇总台, a book of each unit, and one run as the command makes it: every sheet, page and letter, a 退回单 for
every twentieth unit. Each number of files is run in a process of its own, once new and once with nothing
changed. Printed: CPU of all processes, seconds by the clock, the most memory that the whole tree of processes
held at once (what they share counts once), what that is per file beyond the smallest run, what was written.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.many_books import YEAR, unit, write_books
from gouji import api
from gouji.city.desk import Desk, Settings
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.season.book import desk_workbook
from gouji.city.season.running import run_season

#: 10,000 are given by hand: they take their minutes.
COUNTS = (100, 300, 1000)
_PAUSE = 1.0


def build(folder: Path, count: int) -> None:
    for part in ("模板", "报送", "结果"):
        (folder / part).mkdir(parents=True)
    units = tuple(RosterUnit(unit(i), f"{i:05}", f"第{i % 9}类", line=i + 4) for i in range(count))
    desk = Desk(Settings("某市", YEAR), Roster(units, "汇总台.xlsx"), source="汇总台.xlsx")
    (folder / "汇总台.xlsx").write_bytes(desk_workbook(desk))
    write_books(folder / "报送", count)


def main() -> None:
    counts = tuple(map(int, sys.argv[1:])) or COUNTS
    first: dict[str, float] = {}
    print(f"{'files':>7}{'run':>11}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'KB a file':>11}{'written MB':>12}")
    for count in counts:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "某市")
            build(folder, count)
            for label in ("new", "unchanged"):
                found = _measured(folder)
                least = first.setdefault(label, found["peak"]), first.setdefault(f"{label} files", count)
                more = (found["peak"] - least[0]) / (count - least[1]) if count > least[1] else 0
                told = (found["cpu"], found["wall"], found["peak"] / 1024, more, found["written"] / 1e6)
                print(
                    f"{count:7}{label:>11}{told[0]:9.1f}{told[1]:9.1f}{told[2]:8.0f}{told[3]:11.1f}{told[4]:12.1f}"
                )


def _measured(folder: Path) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--run", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(folder: Path) -> None:
    peak, done = [0], threading.Event()
    watch = threading.Thread(target=_watch, args=(peak, done))
    watch.start()
    clock = time.perf_counter()
    outcome = run_season(folder, api.consolidate)
    wall = time.perf_counter() - clock
    done.set()
    watch.join()
    assert outcome.folder
    files = [path for path in outcome.folder.rglob("*") if path.is_file()]
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    written = sum(path.stat().st_size for path in files)
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak[0], "written": written, "files": len(files)}))


def _watch(peak: list[int], done: threading.Event) -> None:
    while not done.wait(_PAUSE):
        peak[0] = max(peak[0], sum(map(_held, _tree())))


def _tree() -> Iterator[str]:
    """This process and all below it."""
    waiting = ["self"]
    while waiting:
        process = waiting.pop()
        yield process
        for task in Path("/proc", process, "task").glob("*/children"):
            try:
                waiting += task.read_text().split()
            except OSError:
                continue


def _held(process: str) -> int:
    """Kilobytes of memory, what is shared with others in parts."""
    try:
        lines = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    run(Path(sys.argv[2])) if sys.argv[1:2] == ["--run"] else main()
