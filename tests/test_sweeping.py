"""A process of the command line looks for garbage seldom; a library leaves the pace to its program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gouji.sweeping import OBJECTS

#: A circle that nobody has looked for by the end tells when it is found.
_CIRCLE = """
import os
class Circle:
    def __del__(self, write=os.write):
        write(1, b"found")
circle = Circle()
circle.itself = circle
del circle
"""
_RUN = "import gc; before = gc.get_threshold(); {work}; print(before, gc.get_threshold())"


def run(work: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Thresholds before and after, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(work=work)], capture_output=True, text=True, check=True
    )
    last = done.stdout.splitlines()[-1].replace(") (", "),(")
    before, after = (tuple(map(int, part.strip("()").split(", "))) for part in last.split("),("))
    return before, after


def test_the_command_line_looks_seldom() -> None:
    work = (
        "import contextlib, gouji.cli\nwith contextlib.suppress(SystemExit): gouji.cli.main(['--version'])\n"
    )
    before, after = run(f"exec({work!r})")
    assert after == (OBJECTS, *before[1:])


def test_a_process_that_reads_for_it_too() -> None:
    before, after = run("from gouji.city.intake import pool; pool._begin('', len)")
    assert after == (OBJECTS, *before[1:])


def test_a_library_does_not() -> None:
    before, after = run("import gouji.api, gouji.workbook.writer")
    assert after == before


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("from gouji.sweeping import sweep_seldom; sweep_seldom()", ""),
        ("import gouji.api", "found"),
    ],
)
def test_what_ends_with_the_process_is_not_looked_through(work: str, told: str) -> None:
    program = [sys.executable, "-c", work + _CIRCLE]
    assert subprocess.run(program, capture_output=True, text=True, check=True).stdout == told


def test_what_was_said_last_is_written(tmp_path: Path) -> None:
    """A stream that nobody closed is flushed when the process ends."""
    file = tmp_path / "said.txt"
    work = f"from gouji.sweeping import sweep_seldom; sweep_seldom(); stream = open({str(file)!r}, 'w'); "
    subprocess.run([sys.executable, "-c", f"{work} stream.write('last')"], check=True)
    assert file.read_text() == "last"
