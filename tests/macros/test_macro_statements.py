"""No statement of ``macros/`` was left out by the scenarios of this folder, which run before this file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.macro_build import Line, label_of, macro_sources, statements

SCENARIOS = ("test_macro_commands.py", "test_macro_events.py", "test_macro_filling.py")


def test_every_statement_ran(ran: set[Line], finished: set[str]) -> None:
    here = Path(__file__).parent
    names = {
        n for file in SCENARIOS for n in re.findall(r"(?m)^def (test_\w+)", (here / file).read_text("utf-8"))
    }
    assert len(names) > 20
    if missing := names - finished:
        pytest.skip(f"only after the whole folder; not run: {', '.join(sorted(missing))}")
    paths = {*macro_sources("xlsm"), *macro_sources("xlam")}
    wanted = {(label_of(path), line) for path in paths for line in statements(path)}
    assert len(wanted) > 200
    assert sorted(wanted - ran) == []
