"""An old browser is told what it lacks. Here the browser is new and the feature taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gouji.wording import wording_of
from support.at_once import brothers

WORDS = wording_of("gouji.page", "gate")
#: What is taken away before the page's scripts run -> the key of what it is called.
TAKEN = {
    "delete window.WebAssembly": "wasm",
    "delete window.BigInt64Array": "wasm",
    "WebAssembly.validate = () => false": "exceptions",
    "delete window.DecompressionStream": "streams",
    "window.Worker = class { constructor() { throw new Error('no'); } }": "worker",
    # Before it was usual to remove a node from its list, and to read a text so.
    "delete Element.prototype.remove; delete window.DecompressionStream": "streams",
}


@pytest.mark.parametrize("taken", brothers(TAKEN, first=2))
def test_what_is_missing_is_said(context: Any, page_file: Path, taken: str) -> None:
    page = context.new_page()
    page.add_init_script(taken)
    page.goto(page_file.as_uri())
    page.wait_for_selector("#old", timeout=30_000)
    shown = page.inner_text("#old")
    assert WORDS["title"] in shown and WORDS["use"] in shown
    assert shown.rstrip().endswith(WORDS["lacks"] + WORDS[TAKEN[taken]])
    assert page.is_hidden("#desk")
    assert page.workers == []


def test_several_things_are_said_together(context: Any, page_file: Path) -> None:
    page = context.new_page()
    page.add_init_script("delete window.WebAssembly; delete window.DecompressionStream")
    page.goto(page_file.as_uri())
    page.wait_for_selector("#old")
    assert page.inner_text("#old-what") == f"{WORDS['wasm']}、{WORDS['streams']}"


def test_a_browser_that_has_all_sees_nothing_of_it(sheet: Any) -> None:
    assert sheet.is_hidden("#old") and sheet.is_visible("#desk")
