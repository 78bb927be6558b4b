"""Files made to exhaust or confuse: bounded time and memory, and never another exception than a refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support.packages as p
from gouji.workbook.reading import cells, guard
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.sheets import open_book
from support.at_once import brothers
from support.bounded import within
from support.hostile_parts import behind_noise

pytestmark = pytest.mark.slow

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = p.SHEET


def empty_rows() -> bytes:
    rows = "".join(f'<row r="{n}" ht="14.25" customHeight="1"/>' for n in range(2, 1_048_577))
    return p.workbook(CELL + rows)


# How much is read (number of cells) or the key of the refusal, and the file.
GREEDY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a sheet formatted to its last row": ("1", empty_rows),
    "30 MB of spaces": ("1", lambda: p.with_part(SHEET, p.sheet(CELL + " " * (30 * p.MB)))),
    "64 MB of spaces": ("too_much_markup", lambda: p.with_part(SHEET, p.sheet(CELL + " " * (64 * p.MB)))),
    "empty cells": ("0", lambda: p.workbook(f"<row>{'<c/>' * 16_000}</row>" * 30)),
    "cells": (str(cells.MAX_CELLS), lambda: p.many_cells(cells.MAX_CELLS)),
    "strings": ("0", lambda: p.workbook("", "<si><t>ab</t></si>" * 230_000)),
    "characters": ("0", lambda: p.workbook("", f"<si><t>{'𠀀' * 32_000}</t></si>" * 240)),
    "text outside cells": ("0", lambda: p.with_part(SHEET, p.sheet(f"<row>{'字' * 9_000_000}</row>"))),
    "1 GB undeclared": ("wrong_size", lambda: p.forged(SHEET, b"", packed=p.bomb(1024), size=1000)),
    "long tag": ("too_complex", lambda: p.cell(f'<c r="A1" x="{"a" * 60_000_000}"/>')),
    "long comment": ("too_complex", lambda: p.cell(f"<!--{'a' * 60_000_000}-->")),
    "deep": ("too_complex", lambda: p.cell("<a>" * 20_000_000)),
}
# ru_maxrss would be inherited from the test process; VmHWM starts anew with the program.
PROBE = """
import re, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from gouji.workbook.reading.sheets import Refused, open_book
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
data = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    book = open_book(data)
    outcome = sum(len(book.cells(name)) for name in book.sheet_names)
except Refused as refusal:
    outcome = refusal.key
print(outcome, peak() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from Linux' /proc")
@pytest.mark.parametrize("name", brothers(GREEDY, lambda name: GREEDY[name][0], first=2))
def test_time_and_memory_are_bounded(name: str, tmp_path: Path) -> None:
    """Each file is read, or refused, in a process of its own with less than 200 MB beyond the file itself."""
    expected, make = GREEDY[name]
    path = tmp_path / "greedy.xlsx"
    data = make()
    path.write_bytes(data if expected == "wrong_size" else behind_noise(data))
    environment = {**os.environ, "PYTHONPATH": str(Path(guard.__file__).parents[3])}
    command = [sys.executable, "-c", PROBE, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    outcome, kilobytes = run.stdout.split()
    assert outcome == expected
    assert int(kilobytes) * 1024 < 200 * p.MB


VALID = p.parts(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
    '<c t="inlineStr"><is><r><t>字</t></r></is></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>',
    "<si><t>a_x000D_b</t></si>",
)
PACKED = p.pack(VALID)
edits = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 255), st.sampled_from("srid")), min_size=1, max_size=4
)


def edited(data: bytes, changes: list[tuple[int, int, str]]) -> bytes:
    """Set, cut at, insert or delete bytes."""
    out = bytearray(data)
    for place, byte, kind in changes:
        at = place % (len(out) + 1)
        if kind == "s" and at < len(out):
            out[at] = byte
        elif kind == "r":
            out[at:] = out[at : at + 2000 * byte]
        elif kind == "i":
            out[at:at] = bytes([byte])
        else:
            del out[at : at + byte]
    return bytes(out)


def book_or_refusal(data: bytes) -> None:
    """For a hundred times what counting costs, of which a file takes less than one."""

    def read() -> None:
        try:
            book = open_book(data)
            for name in book.sheet_names:
                book.cells(name)
        except Refused as refusal:
            assert refusal.key in guard.WORDS.table("message")

    within(100, read)


@settings(max_examples=200, deadline=None)
@given(edits)
def test_damaged_files_are_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    book_or_refusal(edited(PACKED, changes))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(VALID)), edits)
def test_damaged_parts_are_read_or_refused(name: str, changes: list[tuple[int, int, str]]) -> None:
    """The same with sizes and CRC set right, so that the damage reaches the XML."""
    book_or_refusal(p.pack({**VALID, name: edited(VALID[name], changes)}))


MARKUP = [
    "<row>",
    "</row>",
    "<c>",
    "</c>",
    '<c t="inlineStr">',
    "<v>",
    "</v>",
    "<is>",
    "</is>",
    "<t>",
    "</t>",
    "<r>",
    "</r>",
]
MARKUP += [
    "<f>",
    "</f>",
    "<rPh>",
    "</rPh>",
    "1",
    "字",
    '<row r="2">',
    '<c r="B2" t="s">',
    '<f t="array" ref="A1:B2"/>',
    "<v/>",
    "<![CDATA[7]]>",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=30))
def test_shuffled_markup_is_read_or_refused(tokens: list[str]) -> None:
    """Grammar-shaped noise, closed where it is open so that more of it is well-formed."""
    out: list[str] = []
    stack: list[str] = []
    for token in tokens:
        if token.startswith("</"):
            if not stack:
                continue
            out.append(f"</{stack.pop()}>")
        else:
            out.append(token)
            if token.startswith("<") and not token.startswith("<!") and not token.endswith("/>"):
                stack.append(token[1:-1].split()[0])
    out += [f"</{name}>" for name in reversed(stack)]
    book_or_refusal(p.workbook("".join(out), "<si><t>x</t></si>"))
