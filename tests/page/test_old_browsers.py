"""The page in browsers that are years old: one that can show it, and one that can not and says so.

Both are Chromium, packed for other purposes by people at npm: 109 is the last one for Windows 7.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.wording import wording_of
from support.browsers import READY, needs
from support.built_page import made_once

pytestmark = pytest.mark.long

#: npm package -> its sha512, as npm writes it.
PACKAGES = {
    "@sparticuz/chromium@109.0.6": (
        "9hTE03DXnrWTiGNpfjLfmGhIfmiVAerSPinDb+x5bBdM4KF4PMM1NZ0A+V7WKazoA+CasSX/osHK8K0MuO6uqg=="
    ),
    "chrome-aws-lambda@10.1.0": (
        "NZQVf+J4kqG4sVhRm3WNmOfzY0OtTSm+S8rg77pwePa9RCYHzhnzRs8YvNI6L9tALIW6RpmefWiPURt3vURXcw=="
    ),
}
_UNPACK = """const fs = require('fs'), zlib = require('zlib');
const inflated = (name) => zlib.brotliDecompressSync(fs.readFileSync(`package/bin/${name}.br`));
fs.writeFileSync('chromium', inflated('chromium'), { mode: 0o755 });
fs.writeFileSync('libraries.tar', inflated('swiftshader.tar'));"""
OPTIONS = ["--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu"]


def had(package: str) -> Path:
    """The program of one of them; skipped where it can not be had."""
    needs("node", "npm")

    def make(folder: Path) -> None:
        subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, check=True, capture_output=True)
        (archive,) = folder.glob("*.tgz")
        assert base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() == PACKAGES[package]
        subprocess.run(["tar", "xzf", archive.name], cwd=folder, check=True)
        subprocess.run(["node", "-e", _UNPACK], cwd=folder, check=True)
        subprocess.run(["tar", "xf", "libraries.tar"], cwd=folder, check=True)

    name = f"chromium-{package.rpartition('@')[2]}"
    try:
        return made_once(name, name, make) / "chromium"
    except subprocess.CalledProcessError as error:
        pytest.skip(f"{package}: {error.stderr}")


def test_the_last_one_of_windows_7_runs_it(page_file: Path, playwright: Any) -> None:
    program = had("@sparticuz/chromium@109.0.6")
    started = playwright.chromium.launch(executable_path=program, args=OPTIONS)
    assert started.version.startswith("109.")
    page = started.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    page.wait_for_selector("#engine.ready", timeout=READY)
    assert page.evaluate("call('version')") == gouji.__version__
    shown = page.evaluate("call('blank', 1, '某局', 2024)")
    assert shown[0]["unit"] == "某局"
    assert said == []
    started.close()


def test_one_that_is_older_says_what_it_lacks(page_file: Path) -> None:
    """Chromium 92, which no driver of today talks to: its own picture of the page."""
    program = had("chrome-aws-lambda@10.1.0")
    command = [program, "--headless", *OPTIONS, "--dump-dom", page_file.as_uri()]
    shown = subprocess.run(command, capture_output=True, check=True, timeout=240).stdout.decode()
    words = wording_of("gouji.page", "gate")
    assert f'<span id="old-what">{words["exceptions"]}</span>' in shown
    assert '<div id="old" role="alert">' in shown  # no longer hidden
    assert '<div id="desk" style="display: none;">' in shown
