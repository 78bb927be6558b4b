"""The page from ``file://``, without network: ready, and silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.page.sources import contents
from support.browsers import visit_by_firefox


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def test_ready_in_chromium(page: Any) -> None:
    assert gouji.__version__ in page.inner_text("#engine")
    assert page.evaluate("call('version')") == gouji.__version__


@pytest.mark.long
def test_ready_in_firefox(page_file: Path, tmp_path: Path) -> None:
    seen = visit_by_firefox(page_file, [{"run": "call('version')"}, {"run": "timing.starts"}], tmp_path)
    assert seen == {"results": [gouji.__version__, 1], "said": []}


def test_nothing_leaves(page: Any) -> None:
    """Neither the page nor its worker reaches anything, a picture and a form included."""
    for ask in ("fetch('https://example.com')", "fetch('data:text/plain,x')"):
        assert page.evaluate(f"{ask}.then(() => 'went', () => 'kept')") == "kept"
    refused = page.evaluate(
        """new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective));
            const image = new Image(); image.src = 'https://example.com/a.png'; })"""
    )
    assert refused == "img-src"
    assert all("Content Security Policy" in line for line in page.said), page.said
    page.said.clear()
    (worker,) = page.workers
    assert worker.evaluate("fetch('https://example.com/x').then(() => 'went', () => 'kept')") == "kept"


def test_no_script_but_ours_runs(page: Any) -> None:
    """A script that some file brought in, as an element, a handler or a text, does not run."""
    page.evaluate(
        """() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1';
            document.body.append(one); const box = document.createElement('div'); one.id = box.id = 'strange';
            box.innerHTML = '<img src="data:," onerror="window.ran = 1">'; document.body.append(box); }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran === undefined")
    page.evaluate("for (const one of document.querySelectorAll('#strange')) one.remove()")
    assert page.said
    page.said.clear()


def test_it_says_whose_work_it_holds(page: Any) -> None:
    page.click("#about-open")
    for name, said in contents()["licences"].items():
        part = page.locator("#about-parts details", has_text=f"{name}（{said['licence']}）")
        part.locator("summary").click()
        text = part.locator("pre").inner_text()
        assert said.get("source", "") in text
        assert "source" in said or "opyright" in text, name
    page.keyboard.press("Escape")
    assert page.is_hidden("#about-page")
