"""The command line of every test here."""

from __future__ import annotations

import pytest

from support.command import Run, runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process."""
    return runner(capsys)
