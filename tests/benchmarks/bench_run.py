"""What a whole run of a season costs: python tests/benchmarks/bench_run.py [FILES …]

汇总台, a book of each unit, and one run as the command makes it: every sheet, page and letter, a 退回单 for
every twentieth unit. Each number of files is run in a process of its own, once new and once with nothing
changed. Printed: CPU of all processes, seconds by the clock, the most memory that the whole tree of processes
held at once (what they share counts once), what that is per file beyond the smallest run, what was written.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.many_books import YEAR, unit, write_books
from benchmarks.measured import cost
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
                more = 1024 * (found["peak"] - least[0]) / (count - least[1]) if count > least[1] else 0
                told = (found["cpu"], found["wall"], found["peak"], more, found["written"] / 1e6)
                print(
                    f"{count:7}{label:>11}{told[0]:9.1f}{told[1]:9.1f}{told[2]:8.0f}{told[3]:11.1f}{told[4]:12.1f}"
                )


def _measured(folder: Path) -> dict[str, float]:
    """One run in a process of its own."""
    done = cost([sys.executable, __file__, "--run", str(folder)], pause=_PAUSE)
    return {"cpu": done.cpu, "wall": done.wall, "peak": done.peak, "written": float(done.said.split()[-1])}


def run(folder: Path) -> None:
    outcome = run_season(folder, api.consolidate)
    assert outcome.folder
    print(sum(path.stat().st_size for path in outcome.folder.rglob("*") if path.is_file()))


if __name__ == "__main__":
    run(Path(sys.argv[2])) if sys.argv[1:2] == ["--run"] else main()
