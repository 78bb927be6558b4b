"""A city's books to its workbook and its Word report: python tests/benchmarks/bench_city.py [ROUNDS]

Measured is CPU of all processes, in turn with the script that is usually written (``naive_city.py``): every
round takes each of them once, and printed is the median of the rounds' ratios. *0.1.0* is the workbook with
the sheets that the first release had (封面 to 校验, 明细, 报送情况, 问题) and the Word report; what has come
since is measured by itself, in one process. Then one book by the command line, which is the fixed cost, and
how time and memory grow with the number of books. 10,000 are given by hand:

    python tests/benchmarks/bench_city.py --grow 10000
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.many_books import YEAR, unit, write_books
from benchmarks.measured import Cost, cost

HERE = Path(__file__).parent
BOOKS, ROUNDS, CITY = 100, 3, "某市"
COUNTS = (10, 100, 1000, 10_000)
#: The usual script: how it calls pandas, and how many times as fast the first release's sheets shall be made.
SCRIPTS = {("sheets", "openpyxl"): 10.0, ("book", "openpyxl"): 5.0, ("book", "calamine"): 1.5}
#: CPU seconds that one book may take as a whole process, by command.
FIXED = {"consolidate": 0.35, "validate": 0.2}
_PAUSE = 0.2


def main(rounds: int) -> None:
    from benchmarks.bench_reader import whole_forms  # other processes are measured without its libraries

    with folder_of(BOOKS) as folder:
        compared(folder, rounds)
        print()
        print(cost([sys.executable, __file__, "--parts", str(folder)]).said)
    with folder_of(1) as folder:
        fixed(folder, rounds)
    print()
    whole_forms()
    print()
    grown(COUNTS)


@contextlib.contextmanager
def folder_of(count: int) -> Iterator[Path]:
    """The books of so many units in 报送, and 名单.csv beside it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "报送").mkdir()
        write_books(folder / "报送", count)
        lines = ["单位名称,代码,类别", *(f"{unit(i)},{i:05},第{i % 9}类" for i in range(count))]
        (folder / "名单.csv").write_text("\n".join(lines) + "\n", "utf-8")
        yield folder


def compared(folder: Path, rounds: int) -> None:
    """Ours against each way of the usual script."""
    ways = {" ".join(way): _naive(folder, *way) for way in SCRIPTS}
    took: dict[str, list[float]] = {name: [] for name in ("0.1.0", "all", *ways)}
    cost(_ours(folder, "all"))  # its byte code is kept, as that of the libraries is
    for _ in range(rounds):
        for kind in ("0.1.0", "all"):
            took[kind].append(cost(_ours(folder, kind)).cpu)
        for name, command in ways.items():
            took[name].append(cost(command).cpu)
    print(
        f"{BOOKS} books, {rounds} rounds{'CPU s':>18}{'0.1.0 is':>12}{'goal':>7}{'all is':>10}  times as fast"
    )
    for name, seconds in took.items():
        print(f"{name:24}{statistics.median(seconds):18.2f}", end="")
        if name in ways:
            of_first, of_all = (_ratio(seconds, took[kind]) for kind in ("0.1.0", "all"))
            print(f"{of_first:12.1f}{SCRIPTS[name.split()[0], name.split()[1]]:7.1f}{of_all:10.1f}", end="")
        print()


def _ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


def _naive(folder: Path, way: str, engine: str) -> list[str]:
    return [
        sys.executable,
        str(HERE / "naive_city.py"),
        str(folder / "报送"),
        str(folder / "表.xlsx"),
        way,
        engine,
    ]


def _ours(folder: Path, kind: str) -> list[str]:
    return [sys.executable, __file__, "--make", str(folder), kind]


def fixed(folder: Path, rounds: int) -> None:
    """One book: checked, consolidated into a folder that holds nothing, and what the first release made."""
    sent, gouji = str(folder / "报送"), [sys.executable, "-m", "gouji"]
    city = [*gouji, "consolidate", sent, "--roster", str(folder / "名单.csv"), "--name", CITY]
    kinds = {
        "gouji validate": lambda _: [*gouji, "validate", sent],
        "gouji consolidate": lambda made: [*city, "--year", str(YEAR), "-o", str(folder / made)],
        "consolidate, sheets of 0.1.0": lambda _: _ours(folder, "0.1.0"),
    }
    for name, kind in kinds.items():
        _, *seconds = (cost(kind(f"结果{at}")).cpu for at in range(rounds + 1))  # the first keeps byte code
        goal = FIXED["validate" if "validate" in name else "consolidate"]
        print(f"one book, {name:30}{statistics.median(seconds):6.2f} s of CPU, goal {goal}")


def grown(counts: tuple[int, ...]) -> None:
    """CPU and memory over numbers of books, and what each further book takes."""
    print(f"{'books':>7}{'made':>8}{'CPU s':>9}{'ms a book':>11}{'MB':>8}{'KB a book':>11}")
    before: dict[str, tuple[int, Cost]] = {}
    for count in counts:
        with folder_of(count) as folder:
            for kind in ("0.1.0", "all"):
                now = cost(_ours(folder, kind), pause=_PAUSE)
                print(f"{count:7}{kind:>8}{now.cpu:9.2f}", end="")
                if kind in before:
                    fewer, then = before[kind]
                    time_each = 1000 * (now.cpu - then.cpu) / (count - fewer)
                    room_each = 1024 * (now.peak - then.peak) / (count - fewer)
                    print(f"{time_each:11.1f}{now.peak:8.0f}{room_each:11.1f}")
                else:
                    print(f"{'':11}{now.peak:8.0f}")
                before[kind] = count, now


# ---------------------------------------------------------------- in a process of its own


def _city(folder: Path) -> Any:
    from gouji import api
    from gouji.sweeping import sweep_seldom

    sweep_seldom()  # as the command line does
    return api.consolidate(folder / "报送", roster=folder / "名单.csv", name=CITY, year=YEAR)


def make(folder: Path, kind: str) -> None:
    """Workbook and Word report with the first release's sheets, or all that a run makes but 退回单."""
    from gouji.city.drafting import report_word
    from gouji.city.results import Making

    city = _city(folder)
    if kind == "all":
        for output in Making(city).whole():
            _write(folder, output.key, output.content)
    else:
        _write(folder, "workbook", _first_sheets(city))
        _write(folder, "report", report_word(city))


def _write(folder: Path, name: str, content: bytes) -> None:
    (folder / f"结果 {name}").write_bytes(content)


def _first_sheets(city: Any) -> bytes:
    """The city's workbook with no more sheets than the first release had."""
    from gouji.city.drafting.draft import printed
    from gouji.city.sheets.detail import Detail
    from gouji.city.sheets.intake_sheets import write_intake, write_problems
    from gouji.city.sheets.workbook import DETAIL_LIMIT, detail_workbook
    from gouji.city.views.links import links_of
    from gouji.marks import marks_of
    from gouji.workbook.writer import write_workbook

    names = marks_of("gouji.city", "sheets")
    large = len(city.taken) > DETAIL_LIMIT

    def extra(writing: Any, book: Any) -> None:
        if not large:
            Detail(city, writing.styles, writing, links_of(city, None)).write(
                book.add_worksheet(names["detail"])
            )
        write_intake(city, writing.styles, book, book.add_worksheet(names["intake"]))
        write_problems(city, writing.styles, book.add_worksheet(names["problems"]))

    if large:
        detail_workbook(city)
    return write_workbook(printed(city), rules=city.rules, locked=True, extra=extra)


def parts(folder: Path) -> None:
    """What each output takes, one after the other in one process."""
    from gouji.city.asking.sources import from_folder
    from gouji.city.intake.folder import find_files
    from gouji.city.results import Making, Means

    start = time.process_time()
    city = _city(folder)
    print(f"{'read and added up, this process alone':40}{time.process_time() - start:7.2f} s of CPU")
    _timed("workbook, sheets of 0.1.0", lambda: _first_sheets(city))
    making = iter(Making(city, Means(from_folder(find_files(folder / "报送")))))
    slips = 0.0
    while True:
        start = time.process_time()
        output = next(making, None)
        took = time.process_time() - start
        if output is None:
            break
        if "/" in output.path:
            slips += took
        else:
            print(f"{output.key:40}{took:7.2f}")
    print(f"{'退回单':40}{slips:7.2f}")


def _timed(what: str, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    print(f"{what:40}{time.process_time() - start:7.2f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--make", folder, kind]:
            make(Path(folder), kind)
        case ["--parts", folder]:
            parts(Path(folder))
        case ["--grow", *counts]:
            grown(tuple(map(int, counts)))
        case [*rounds]:
            main(int(rounds[0]) if rounds else ROUNDS)
