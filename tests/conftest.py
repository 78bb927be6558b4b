"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import office as libreoffice


def pytest_configure(config: pytest.Config) -> None:
    """oletools uses spellings that its parser library deprecates, on import."""
    config.addinivalue_line("filterwarnings", "ignore:.*deprecated:DeprecationWarning:oletools")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[libreoffice.Office]:
    """A headless LibreOffice for the whole run. In CI its absence is a failure, elsewhere a skip."""
    reason = libreoffice.missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    session = libreoffice.Office(tmp_path_factory.mktemp("office"))
    yield session
    session.close()
