"""Helpers of the tests: real programs behind one door, makers of reports, readers for a second opinion."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parents[1]
#: The repository.
ROOT = TESTS.parent
#: Published numbers and files of earlier releases.
DATA = TESTS / "data"
#: How many times the examples of a property in ``pytest --long``.
LONG_FACTOR = 6
#: In an ordinary run it is tried on this part of them, and on no fewer than so many.
SHORT_FACTOR, FEWEST = 0.25, 5
