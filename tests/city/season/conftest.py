"""Fixtures of the tests of seasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import season


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small season, laid out."""
    return season.season(tmp_path / "某市2024")
