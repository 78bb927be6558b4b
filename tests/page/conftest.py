"""The built page in a real browser, from ``file://`` and without network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.browsers import needs
from support.built_page import built_page
from support.on_page import clear, open_page


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    """The folder of the demonstration's season: 38 units, two runs."""
    folder = shutil.copytree(demonstration, tmp_path_factory.mktemp("demo") / "demo")
    (season,) = (path.parent for path in folder.glob("*/汇总台.xlsx"))
    shutil.copy(folder / "应报单位名单.xlsx", season.parent / "名单.xlsx")
    return season


@pytest.fixture(scope="session")
def page_file() -> Path:
    """The page of this checkout: built once, kept for the next run."""
    needs("node", "npm")
    return built_page()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Any]:
    """Playwright, once a process. Not for the whole session: it holds an event loop while it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="package")
def chromium(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Debian's Chromium."""
    needs("chromium")
    play = request.getfixturevalue("playwright")
    started = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield started
    started.close()


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    """A window of 1366×768 without network."""
    made = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, offline=True)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, page_file: Path) -> Iterator[Any]:
    """The page, ready. ``page.said``: console and errors; a test that expects some clears it, at the end it
    is empty (a breach of the policy would be said there)."""
    opened = open_page(context, page_file)
    yield opened
    assert opened.said == []


@pytest.fixture(scope="package")
def shared(chromium: Any, page_file: Path) -> Iterator[Any]:
    """One page for all tests that leave an empty desk: a start costs seconds."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, accept_downloads=True, offline=True
    )
    yield open_page(context, page_file)
    context.close()


@pytest.fixture
def sheet(shared: Any) -> Iterator[Any]:
    """The page, ready and with an empty desk; afterwards it has said nothing."""
    yield shared
    shared.set_viewport_size({"width": 1366, "height": 768})
    clear(shared)
    shared.evaluate("localStorage.clear(); drafting = false; untoast();")
    assert shared.said == []
