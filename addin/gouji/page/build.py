"""The page built: what it holds gathered, compiled by the Pyodide that will run it, written as one HTML file.

The same inputs give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

from ..files import atomic_write, refuse_existing
from .inlined import compact, page
from .sources import PACKAGE, App, PageError, app, contents, pyodide_files


class PageBuild:
    """A page in the making: its :attr:`stages`, called in order, write ``out``.

    ``pyodide``: the pinned npm package (``.tgz``); ``wheels``: a folder of the pinned wheels, else pip
    downloads them. Making one raises WouldOverwrite, a stage :class:`PageError` (one Chinese line)
    or OSError.
    """

    def __init__(self, out: Path, pyodide: Path, wheels: Path | None = None, *, force: bool = False) -> None:
        refuse_existing(out, force=force, inputs=[pyodide])
        self.out, self.force = out, force
        self._pyodide, self._wheels = pyodide, wheels
        self._parts: dict[str, bytes] = {}
        self.stages: Sequence[Callable[[], None]] = (self._gather, self._compile, self._write)

    def _gather(self) -> None:
        self._engine = pyodide_files(self._pyodide)
        self._app = app(self._wheels)

    def _compile(self) -> None:
        lock = json.loads(self._engine["pyodide-lock.json"])
        self._parts = {
            name: self._engine[name] for name in ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs")
        }
        self._parts["lock.json"] = compact({"info": lock["info"], "packages": {}}).encode()
        self._parts |= _compiled(self._engine, self._app)

    def _write(self) -> None:
        content = page(self._parts, self._app.licences).encode()
        with atomic_write(self.out, force=self.force) as draft:
            draft.write_bytes(content)


def build_page(out: Path, pyodide: Path, wheels: Path | None = None, *, force: bool = False) -> None:
    """Write the page to ``out``: see :class:`PageBuild`."""
    for stage in PageBuild(out, pyodide, wheels, force=force).stages:
        stage()


def _compiled(engine: dict[str, bytes], made_of: App) -> dict[str, bytes]:
    """``stdlib.zip`` and ``app.zip`` as byte code."""
    node = shutil.which("node")
    if node is None:
        raise PageError("no_node")
    beside = Path(str(resources.files(PACKAGE)))
    with tempfile.TemporaryDirectory() as scratch:
        pyodide, given, made = (Path(scratch, name) for name in ("pyodide", "in", "out"))
        for folder in (pyodide, given, made):
            folder.mkdir()
        for name, data in engine.items():
            (pyodide / name).write_bytes(data)
        (given / "app.zip").write_bytes(made_of.archive)
        (given / "settings.json").write_text(compact({**contents(), "absent": made_of.absent}), "utf-8")
        _run([node, *map(str, (beside / "compile.mjs", pyodide, given, made, beside / "bytecode.py"))])
        if missing := json.loads((made / "missing.json").read_text("utf-8")):
            file, module = missing[0]
            raise PageError("missing", file=file, module=module, count=len(missing))
        return {name: (made / name).read_bytes() for name in ("stdlib.zip", "app.zip")}


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise PageError("node_failed", reason=(done.stderr.strip().splitlines() or ["node"])[-1])
