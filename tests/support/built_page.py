"""The page and the tools of its tests, made once and kept outside the tree by the digest of their inputs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from gouji.page.build import build_page
from gouji.page.fetching import fetch
from gouji.workshop.packages import own_files
from support import TESTS

#: Of the npm tools, what is installed and nothing else.
TOOLS = TESTS / "page"
#: Parts of the package that the page neither holds nor is made by.
_ELSEWHERE = tuple(f"gouji/{part}/" for part in ("cli", "excel", "macros", "workbook_templates"))
_KEPT = 8  # pages: of several checkouts


def cache() -> Path:
    """A folder of this user's for what takes long to make; pytest's own is emptied and not shared."""
    base = os.environ.get("XDG_CACHE_HOME")
    folder = Path(base, "gouji-tests") if base else Path(tempfile.gettempdir(), f"gouji-tests-{os.getuid()}")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def _alone(name: str) -> Iterator[Path]:
    """The cache, for one process at a time."""
    import fcntl  # not on Windows, where these tests are collected and none is run

    folder = cache()
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def made_once(name: str, target: str, make: Callable[[Path], None]) -> Path:
    """``target`` in the cache, made in one step where it is not there."""
    with _alone(name) as folder:
        path = folder / target
        if not path.exists():
            draft = folder / f"draft-{name}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(path)
        return path


def fetched() -> tuple[Path, Path]:
    """Pyodide's npm package and the folder with it and the wheels."""
    with _alone("fetched") as folder:
        return fetch(folder / "fetched"), folder / "fetched"


def built_page() -> Path:
    """The page of this checkout."""
    digest = hashlib.sha256(metadata.version("XlsxWriter").encode())
    for name, content in own_files():
        if not name.startswith(_ELSEWHERE):
            digest.update(f"{name} {len(content)}\n".encode() + content)
    package, wheels = fetched()
    name = f"page-{digest.hexdigest()[:16]}"
    page = made_once("page", name, lambda folder: build_page(folder / "page.html", package, wheels))
    with _alone("page") as folder:
        os.utime(page)
        for old in sorted(folder.glob("page-*"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    return page / "page.html"


def npm_tools() -> Path:
    """The folder ``node_modules`` of the pinned tools."""
    lock = (TOOLS / "package-lock.json").read_bytes()

    def install(folder: Path) -> None:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(TOOLS / name, folder)
        command = ["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=True)

    return made_once("tools", f"tools-{hashlib.sha256(lock).hexdigest()[:16]}", install) / "node_modules"
