"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import support.office as libreoffice


def pytest_configure(config: pytest.Config) -> None:
    """oletools uses spellings that its parser library deprecates, on import."""
    config.addinivalue_line("filterwarnings", "ignore:.*deprecated:DeprecationWarning:oletools")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Under ``pytest -n 2``: a module stays in one process, and so does the whole folder of the macros, whose
    last test asks what the others ran. What starts an office program is marked ``office``."""
    for item in items:
        folder = "macros" if "macros" in item.path.parts else str(item.path)
        item.add_marker(pytest.mark.xdist_group(folder))
        if folder == "macros" or "office" in getattr(item, "fixturenames", ()):
            item.add_marker("office")


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
