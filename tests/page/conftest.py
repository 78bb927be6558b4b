"""The built page in a real browser, from ``file://`` and without network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.browsers import READY, needs
from support.built_page import built_page
from support.on_page import PATIENCE, clear


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


def open_page(context: Any, path: Path, state: str = "#engine.ready") -> Any:
    """A tab with the page, once its engine is in that state. The policy forbids ``wait_for_function``."""
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.goto(path.as_uri())
    opened.wait_for_selector(state, timeout=READY)
    return opened


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
