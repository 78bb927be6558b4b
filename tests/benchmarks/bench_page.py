"""What the page costs: python tests/benchmarks/bench_page.py [ROUNDS [FILES]]

The page of this checkout in Debian's Chromium and in Firefox ESR, from ``file://``. Printed: its size and its
parts'; milliseconds by the clock from opening to ready, the median and the least of the rounds; the
engine's memory when ready and after the files; what the first workbook costs, one of the others, and a typed
cell, each beside the same calls in this Python (the ratio is what a busy machine leaves comparable).
"""

from __future__ import annotations

import base64
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.many_books import write_books
from gouji.page import desk
from support.browsers import READY, visit_by_firefox
from support.built_page import built_page

ROUNDS, FILES = 5, 100
_TYPED = [json.dumps({"t3.new.natural": str(number)}) for number in range(80, 85)]
#: The milliseconds of each call: of each file, then of a cell that is typed into the first.
_CHECKS = """(files) => { files = JSON.parse(files); window.measured = (async () => {
    const taken = [];
    const timed = async (...asked) => { const began = performance.now(); await call(...asked);
        taken.push(performance.now() - began); };
    const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    for (const [n, text] of files.entries()) await timed('check', n + 1, `${n}.xlsx`, bytes(text));
    for (const cells of TYPED) await timed('typed', 1, cells);
    return { taken, memory: timing.memory };
})(); return window.measured; }""".replace("TYPED", json.dumps(_TYPED))


def sizes(page: Path) -> None:
    text = page.read_text("utf-8")
    print(f"{'page':28}{page.stat().st_size / 1e6:8.2f} MB")
    for name, inside in re.findall(r'id="([\w.-]+)" class="part">([^<]*)', text):
        print(f"    {name:24}{len(inside) / 1e6:8.2f}")


def chromium(page: Path, files: list[str], rounds: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    ready: list[float] = []
    with sync_playwright() as play:
        for _ in range(rounds):
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            tab = browser.new_context(offline=True).new_page()
            tab.goto(page.as_uri())
            tab.wait_for_selector("#engine.ready", timeout=READY)
            timing = tab.evaluate("timing")
            ready.append(timing["ready"])
            if len(ready) == rounds:
                tab.set_default_timeout(600_000)
                measured = tab.evaluate(_CHECKS, json.dumps(files))
            browser.close()
    return {"ready": ready, "at_ready": timing["memory"], **measured}


def firefox(page: Path, files: list[str], rounds: int, folder: Path) -> dict[str, Any]:
    ready = []
    checks = f"({_CHECKS})({json.dumps(json.dumps(files))})"
    for number in range(rounds):
        steps = [{"run": "timing"}, *([{"run": checks}] if number == rounds - 1 else [])]
        seen = visit_by_firefox(page, steps, folder)["results"]
        ready.append(seen[0]["ready"])
    return {"ready": ready, "at_ready": seen[0]["memory"], **seen[1]}


def here(files: list[str]) -> list[float]:
    """The same calls in this process: milliseconds of each."""
    taken = []

    def timed(act: Any, *given: Any) -> None:
        began = time.perf_counter()
        act(*given)
        taken.append((time.perf_counter() - began) * 1000)

    for number, text in enumerate(files):
        timed(desk.check, number + 1, f"{number}.xlsx", base64.b64decode(text))
    for cells in _TYPED:
        timed(desk.typed, 1, cells)
    return taken


def told(name: str, found: dict[str, Any], beside: list[float], count: int) -> None:
    taken = found["taken"]
    rows = {
        "first workbook": (taken[0], beside[0]),
        "a workbook": (statistics.median(taken[1:count]), statistics.median(beside[1:count])),
        "a typed cell": (statistics.median(taken[count:]), statistics.median(beside[count:])),
    }
    print(
        f"{name}: ready {statistics.median(found['ready']):.0f} ms, at best {min(found['ready']):.0f};",
        end=" ",
    )
    print(f"memory {found['at_ready'] / 1e6:.0f} MB, after {count} files {found['memory'] / 1e6:.0f} MB")
    for label, (page, plain) in rows.items():
        print(f"    {label:24}{page:8.0f} ms{page / plain:8.1f} x this Python")


def main() -> None:
    rounds, count = (int(given) for given in (*sys.argv[1:3], *(ROUNDS, FILES)[len(sys.argv) - 1 :]))
    page = built_page()
    sizes(page)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "in").mkdir()
        write_books(folder / "in", count)
        files = [base64.b64encode(path.read_bytes()).decode() for path in sorted((folder / "in").iterdir())]
        beside = here(files)
        told("Chromium", chromium(page, files, rounds), beside, count)
        told("Firefox ESR", firefox(page, files, rounds, folder), beside, count)


if __name__ == "__main__":
    main()
