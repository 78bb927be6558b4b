"""A pattern whose compiling was kept is the pattern that Python compiles."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from gouji.kept import Kept
from gouji.rules import catalogue, precompiled
from gouji.rules.needed import Sought
from gouji.rules.precompiled import compiled
from gouji.rules.statements import reader
from support.copied import Copy


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is kept stands in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(precompiled, "_PARTS", Kept(precompiled.__file__))
    return tmp_path


def again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the next process knows."""
    precompiled._PARTS.leave()
    monkeypatch.setattr(precompiled, "_PARTS", Kept(precompiled.__file__))
    monkeypatch.setattr(precompiled, "_parts", None)


def patterns() -> list[str]:
    """Those of the counts, and shapes of every kind."""
    counts = reader(catalogue(), 2024)._counts
    found: list[Sought] = [s for c in counts for s in (*c.patterns, *c.labelled, *c.shared, *c.none)]
    own = [r"(?i)pk10", r"(?P<n>\d+)(?P=n)(a)?(?(2)b|c)", "", "[^，。；]{2,}?(?<!未)公开", r"(?s:.)\Z"]
    return [*(s.pattern for s in found[::9]), *own]


def test_it_is_the_pattern_that_python_compiles(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = patterns()
    made = [compiled(pattern) for pattern in every]
    again(monkeypatch)
    taken = [compiled(pattern) for pattern in every]
    for pattern, one, other in zip(every, made, taken, strict=True):
        due = re.compile(pattern)
        for found in (one, other):
            assert found == due  # pattern, flags and code
            assert (found.groups, found.groupindex) == (due.groups, due.groupindex)


def test_a_group_is_found_by_its_name(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = r"受理(?P<n>\d+)件|(?P<none>没有)"
    compiled(pattern)
    again(monkeypatch)
    found = compiled(pattern).search("共受理12件")
    assert found and found["n"] == "12" and found.lastgroup == "n"


def test_what_is_no_pattern_is_said(kept: Path) -> None:
    with pytest.raises(re.error):
        compiled("(公开")


def test_a_code_that_python_does_not_take_is_compiled(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled("公开+")
    flags, code, groups, names = precompiled._PARTS.get("公开+", precompiled._parts)
    precompiled._PARTS._made["公开+"] = (flags, code[: len(code) // 2], groups, names)
    again(monkeypatch)
    assert compiled("公开+") == re.compile("公开+")


def test_the_next_process_has_what_this_one_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    copy = Copy(tmp_path)
    program = """
import re._compiler as steps
compile_, count = steps._code, [0]
def counted(*values):
    count[0] += 1
    return compile_(*values)
from gouji.rules import catalogue
from gouji.rules.statements import reader
counts = reader(catalogue(), 2024)._counts
steps._code = counted
every = [s._compiled.groups for c in counts[:4] for s in (*c.patterns, *c.shared, *c.none)]
print(json.dumps([len(every), count[0]]))
"""
    every, made = copy.answer(program)
    assert every >= made > 0
    assert copy.answer(program) == [every, 0]
