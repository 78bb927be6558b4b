"""``make check``, ``make test`` and ``make test-long`` run what they say, and CI shows how both ended."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support import FEWEST, LONG_FACTOR, ROOT, SHORT_FACTOR, TESTS

pytestmark = pytest.mark.slow

#: Of a property that says nothing of its number.
SHORT = int(100 * SHORT_FACTOR)

SAMPLE = """
from pathlib import Path
import pytest
from hypothesis import given, settings, strategies as st

def note(name):
    with open("ran", "a") as file:
        file.write(name + "\\n")

def test_plain(): note("plain")

@pytest.mark.slow
def test_slow(): note("slow")

@pytest.mark.long
def test_long(): note("long")

@settings(max_examples=7, database=None)
@given(st.integers())
def test_property(number): note("property")

@given(st.integers())
def test_default(number): note("default")

@pytest.fixture
def gnumeric(): return None

def test_engine(gnumeric): note("engine")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    return tmp_path


def ran(folder: Path, *options: str) -> dict[str, int]:
    """How often each function of the sample ran under the tests' own conftest."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(ROOT / "addin")])}
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", str(ROOT / "pyproject.toml")]
    arguments = ["--rootdir", str(folder), "-o", "addopts=", "-p", "no:cacheprovider", *options, str(folder)]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (folder / "ran").read_text().split()
    return {name: lines.count(name) for name in sorted(set(lines))}


def test_a_plain_run_leaves_out_what_takes_long(folder: Path) -> None:
    assert ran(folder) == {"default": SHORT, "engine": 1, "plain": 1, "property": FEWEST, "slow": 1}


def test_the_fast_run_starts_no_other_program(folder: Path) -> None:
    assert ran(folder, "-m", "not office and not slow") == {"default": SHORT, "plain": 1, "property": FEWEST}


def test_who_draws_others_draws_all_that_are_declared(folder: Path) -> None:
    asked = ("-m", "not office and not slow", "--hypothesis-profile", "explore")
    assert ran(folder, *asked) == {"default": 100, "plain": 1, "property": 7}


def test_the_long_run_has_more_examples_of_each_property(folder: Path) -> None:
    assert ran(folder, "--long") == {"default": 100 * LONG_FACTOR, "long": 1, "property": 7 * LONG_FACTOR}


def test_a_property_is_tried_on_the_same_examples_however_busy_the_machine() -> None:
    used = settings()
    assert used.derandomize and used.deadline is None and HealthCheck.too_slow in used.suppress_health_check


# ---------------------------------------------------------------- CI

MAKE = """#!/bin/sh
echo "...                     [100%]"
case "$1" in
test) echo "{failed}1931 passed in 112.13s (0:01:52)" ;;
test-long) echo "41 passed, 3 deselected in 900.00s (0:15:00)" ;;
esac
echo "make: leaving" >&2
exit {code}
"""


def ci(folder: Path, failed: str, code: int) -> subprocess.CompletedProcess[str]:
    (folder / "make").write_text(MAKE.format(failed=failed, code=code))
    (folder / "make").chmod(0o755)
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [ROOT / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False
    )


def test_ci_runs_both_and_ends_with_what_pytest_said(tmp_path: Path) -> None:
    done = ci(tmp_path, "", 0)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == [
        "1931 passed in 112.13s (0:01:52)",
        "41 passed, 3 deselected in 900.00s (0:15:00)",
    ]


def test_ci_stops_at_the_first_run_that_fails_and_says_how_it_ended(tmp_path: Path) -> None:
    done = ci(tmp_path, "2 failed, ", 2)
    assert done.returncode == 2
    assert done.stdout.splitlines()[-1] == "2 failed, 1931 passed in 112.13s (0:01:52)"


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M)) - {"lint", "clean"}
    head = makefile.partition("\n\n")[0]
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for target in targets:
        assert f"# make {target} " in head
        assert f"make {target}" in contributing
