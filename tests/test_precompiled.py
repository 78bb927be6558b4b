"""A pattern whose compiling was kept is the pattern that Python compiles."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from gouji import precompiled
from gouji.precompiled import Precompiled
from gouji.rules import catalogue
from gouji.rules.needed import Sought
from gouji.rules.statements import reader
from support.copied import Copy


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Precompiled:
    """What is kept stands in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    return Precompiled(precompiled.__file__)


def again(mine: Precompiled, monkeypatch: pytest.MonkeyPatch) -> Precompiled:
    """What the next process knows, which makes none."""
    mine._kept.leave()
    monkeypatch.setattr(precompiled, "_parts", None)
    return Precompiled(precompiled.__file__)


#: With flags, and of bytes, as modules have them.
FLAGGED: list[tuple[str | bytes, int]] = [
    ("html|<BODY>", re.IGNORECASE),
    (r"a.b \w(?i:é)", re.DOTALL | re.ASCII),
    (rb'<row r="([1-9][0-9]{0,6})"(?P<rest>[^<>]*)/>', 0),
    (b"</script|<!--", re.IGNORECASE),
    ("(?s)公开.", re.MULTILINE),
]


def patterns() -> list[str]:
    """Those of the counts, and shapes of every kind."""
    counts = reader(catalogue(), 2024)._counts
    found: list[Sought] = [s for c in counts for s in (*c.patterns, *c.labelled, *c.shared, *c.none)]
    own = [r"(?i)pk10", r"(?P<n>\d+)(?P=n)(a)?(?(2)b|c)", "", "[^，。；]{2,}?(?<!未)公开", r"(?s:.)\Z"]
    return [*(s.pattern for s in found[::9]), *own]


def test_it_is_the_pattern_that_python_compiles(mine: Precompiled, monkeypatch: pytest.MonkeyPatch) -> None:
    every: list[tuple[Any, int]] = [*((pattern, 0) for pattern in patterns()), *FLAGGED]
    made = [mine.compiled(*one) for one in every]
    later = again(mine, monkeypatch)
    taken = [later.compiled(*one) for one in every]
    for pattern, one, other in zip(every, made, taken, strict=True):
        due = re.compile(*pattern)
        for found in (one, other):
            assert found == due  # pattern, flags and code
            assert (found.groups, found.groupindex) == (due.groups, due.groupindex)


def test_one_pattern_with_other_flags_is_another(mine: Precompiled) -> None:
    small, any_case = mine.compiled("html"), mine.compiled("html", re.IGNORECASE)
    assert not small.match("HTML") and any_case.match("HTML")


def test_a_group_is_found_by_its_name(mine: Precompiled, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = r"受理(?P<n>\d+)件|(?P<none>没有)"
    mine.compiled(pattern)
    found = again(mine, monkeypatch).compiled(pattern).search("共受理12件")
    assert found and found["n"] == "12" and found.lastgroup == "n"


def test_what_is_no_pattern_is_said(mine: Precompiled) -> None:
    with pytest.raises(re.error):
        mine.compiled("(公开")


def test_a_code_that_python_does_not_take_is_compiled(
    mine: Precompiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ("公开+", 0)
    flags, code, groups, names = mine._kept.get(key, precompiled._parts)
    mine._kept._made[key] = (flags, code[: len(code) // 2], groups, names)
    assert again(mine, monkeypatch).compiled(*key) == re.compile(*key)


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
