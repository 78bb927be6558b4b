"""What a person does on the page, by the browser's own machinery: dropping, pasting, taking away."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from support.browsers import READY
from support.built_page import npm_tools

#: Milliseconds within which the page has answered, on a machine with much else to do.
PATIENCE = 60_000


def cell(cell_id: str) -> str:
    """The selector of a typed cell, a text or a field of the cover."""
    return f'[id="{cell_id}"]'


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


def drop(page: Any, *paths: Path) -> None:
    """Files or folders dropped from the desktop, as Chromium itself sees it."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 400, "data": data})
    session.detach()


def drop_one(page: Any, path: Path) -> None:
    """A file, until its form or what is wrong with it is shown."""
    drop(page, path)
    page.wait_for_selector("#findings .finding, #findings .good", timeout=PATIENCE)


def begin(page: Any, unit: str, year: int) -> None:
    """A blank form, as a person begins one."""
    page.click("#empty [data-do=blank]")
    page.fill("#new-unit", unit)
    page.fill("#new-year", str(year))
    page.click("#new .main")
    page.wait_for_selector("#paper table", timeout=PATIENCE)


def paste(page: Any, plain: str, html: str = "") -> None:
    """Into what has the focus."""
    page.evaluate(
        """([plain, html]) => {
            const data = new DataTransfer();
            data.setData('text/plain', plain);
            if (html) data.setData('text/html', html);
            const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        [plain, html],
    )


def taken(page: Any, button: str) -> tuple[str, bytes]:
    """What a button gives: name and content of the file."""
    if page.locator(f"#menu {button}").count():
        page.click("#menu summary")
    with page.expect_download(timeout=PATIENCE) as caught:
        page.click(button)
    return caught.value.suggested_filename, Path(caught.value.path()).read_bytes()


def settled(page: Any) -> dict[str, Any]:
    """What Python says of the file shown, once everything typed is checked and drawn."""
    shown: list[dict[str, Any]] = page.evaluate(
        """async () => {
            for (;;) {
                sendTyped();
                const shown = await call('shown', current);
                await new Promise((drawn) => setTimeout(drawn));
                if (!busy && !queue.length && !unsent.size && !underway.size) return shown;
            }
        }"""
    )
    return shown[0]


def answered(page: Any) -> None:
    """Until all that was asked of Python is answered and drawn; what is typed and not sent yet stays so."""
    page.evaluate("call('version').then(() => new Promise((drawn) => setTimeout(drawn)))")


def painted(page: Any) -> None:
    """Until the browser has laid out and painted what changed, as after another size of the window."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def becomes(page: Any, expression: str, expected: object) -> None:
    """Until an expression has this value. The policy forbids Playwright's own ``wait_for_function``."""
    until = monotonic() + PATIENCE / 1000
    while (now := page.evaluate(expression)) != expected:
        assert monotonic() < until, f"{expression}: {now!r} instead of {expected!r}"
        page.wait_for_timeout(50)


def clear(page: Any) -> None:
    """An empty desk, without a question."""
    page.evaluate(
        """async () => {
            sendTyped();
            await call('version');
            refusedFields.clear();
            for (const [at, held] of [...desk]) { held.unsaved = false; await away(at); }
        }"""
    )
    page.wait_for_selector("#empty", timeout=PATIENCE)


@cache
def _axe() -> str:
    return (npm_tools() / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Any) -> list[Any]:
    """What axe finds: rule, how often, an element. The policy forbids eval; a debugger is not bound by it."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _axe()})
    run = (
        "axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html])))"
    )
    found = session.send("Runtime.evaluate", {"expression": run, "awaitPromise": True})
    session.detach()
    answer: list[Any] = json.loads(found["result"]["value"])
    return answer
