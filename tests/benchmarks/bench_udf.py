"""One table through xlwings' UDF pipeline: by value and by range, as one block and cell by cell.

The pipeline is xlwings' own on stand-ins for the Windows modules, so a trip into Excel costs nothing here;
how many there would be is printed beside. Cell by cell a function that only returns its cell's number is
called, which is less than a check. Times are medians, in microseconds.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from gouji.excel import answers
from gouji.excel.interface import UDF_MODULE
from support.blocks import block, zeros
from support.xlwings_fake.windows import Com, as_on_windows, fake_range

TABLE = "三"


def microseconds(work: Callable[[], object], times: int = 30) -> float:
    work()
    taken = []
    for _ in range(times):
        started = perf_counter()
        work()
        taken.append(perf_counter() - started)
    return median(taken) * 1e6


def trips(work: Callable[[], object]) -> int:
    Com.trips.clear()
    work()
    return len(Com.trips)


def main() -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    values = block(report, "table3")
    tables = [block(report, key) for key in ("table2", "table3", "table4")]
    with as_on_windows():
        server = importlib.import_module("xlwings.com_server").XLPython()

        def call(name: str, *arguments: Any) -> Any:
            return server.CallUDF(UDF_MODULE, name, arguments)

        ranges = [fake_range(each) for each in tables]
        single = [fake_range([[content]]) for row in values for content in row]
        cases: dict[str, Callable[[], object]] = {
            "table 三, function alone": lambda: answers.check_table(values, "2021", TABLE),
            "table 三, GJ_CHECK by value": lambda: call("GJ_CHECK", values, "2021", TABLE),
            "table 三, GJ_CHECK by range": lambda: call("GJ_CHECK", ranges[1], "2021", TABLE),
            "report, GJ_DIAGNOSE by value": lambda: call("GJ_DIAGNOSE", *tables, "2021", None, None),
            "report, GJ_DIAGNOSE by range": lambda: call("GJ_DIAGNOSE", *ranges, "2021", None, None),
            "table 三, cell by cell, by value": lambda: [
                call("GJ_TOTAL", ((content,),)) for row in values for content in row
            ],
            "table 三, cell by cell, by range": lambda: [call("GJ_TOTAL", each) for each in single],
        }
        found = {name: (microseconds(work), trips(work)) for name, work in cases.items()}
    print(f"{'':36}{'µs':>10}{'trips into Excel':>18}")
    for name, (time, count) in found.items():
        print(f"{name:36}{time:10.0f}{count:18}")
    for by in ("value", "range"):
        ratio = found[f"table 三, cell by cell, by {by}"][0] / found[f"table 三, GJ_CHECK by {by}"][0]
        print(f"one function a cell costs {ratio:.1f} times one function a table, by {by} (no trip counted)")


if __name__ == "__main__":
    main()
