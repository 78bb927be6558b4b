"""Real browsers: Debian's Chromium by Playwright, Firefox ESR by puppeteer-core, without a geckodriver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from support import TESTS
from support.built_page import npm_tools

READY = 120_000  # ms that a start may take on a machine with much else to do
_SECONDS = 240  # for a whole visit by Firefox


def needs(*programs: str) -> None:
    """Skip, or in CI fail, where a program or Playwright is missing."""
    missing = [name for name in programs if not shutil.which(name)]
    if "chromium" in programs and not find_spec("playwright"):
        missing.append("playwright (PyPI)")
    if not missing:
        return
    reason = f"not on this machine: {', '.join(missing)}; see .ci/browsers.sh"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def visit_by_firefox(
    page: Path, steps: Sequence[dict[str, Any]], folder: Path, *, seconds: int = _SECONDS
) -> dict[str, Any]:
    """Open the page in Firefox ESR, without network, wait until it is ready, do the steps in turn.

    A step is ``{"wait": selector}``, ``{"gone": selector}``, ``{"click": selector}``,
    ``{"type": text, "into": selector}``, ``{"upload": [paths], "into": selector}``, ``{"run": expression}``
    (awaited), ``{"press": [keys]}`` (into what has the focus), ``{"download": selector}`` (clicks; the file's
    path once it is there), ``{"picture": path}`` or ``{"window": number}`` (the steps that follow are in that
    one, which is opened where it is not there; the first is 0).
    Returns ``results`` (one a step) and ``said`` (console and errors of the page).
    """
    needs("firefox-esr", "node", "npm")
    plan = folder / "visit.json"
    asked = {"page": page.as_uri(), "steps": list(steps), "ready": READY, "folder": str(folder)}
    plan.write_text(json.dumps(asked | {"program": shutil.which("firefox-esr")}), "utf-8")
    command = ["node", str(TESTS / "page" / "visit.mjs"), str(plan), str(npm_tools())]
    environment = os.environ | {"HOME": str(folder), "MOZ_HEADLESS": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
