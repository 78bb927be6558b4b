"""Run by the page's own Pyodide while the page is built: byte code of everything, and what would be missing.

Start-up costs a third of what it costs from sources, and the page is smaller. In: ``/in/stdlib.zip``,
``/in/app.zip``, ``/in/settings.json`` (the tables of ``contents.toml``); out: ``/out/stdlib.zip``,
``/out/app.zip`` (both stored, for the page packs them whole) and ``/out/missing.json``.
"""

from __future__ import annotations

import ast
import importlib._bootstrap_external as external
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_pyc = external._code_to_hash_pyc  # type: ignore[attr-defined]
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: Of the standard library asserts are left out, too; ours are the same Python as anywhere.
_STDLIB_LEVEL, _APP_LEVEL = 2, 0


def main(source: Path, target: Path) -> None:
    settings = json.loads((source / "settings.json").read_text("utf-8"))
    stdlib, app = _files(source / "stdlib.zip"), _files(source / "app.zip")
    kept = {name: data for name, data in stdlib.items() if not _left_out(name, settings["stdlib"])}
    known = _modules(kept) | _modules(app) | set(sys.builtin_module_names)
    # os.path and collections.abc have no file of their own.
    known |= {one for one in sys.modules if not _left_out(f"{one.replace('.', '/')}.py", settings["stdlib"])}
    absent = _modules({**stdlib, **dict.fromkeys(settings["absent"], b"")}) - known
    missing = sorted(set(missing_imports(app, known, absent, settings["never_reached"])))
    (target / "missing.json").write_text(json.dumps(missing))
    _write(target / "stdlib.zip", kept, "/lib/python314.zip/", _STDLIB_LEVEL)
    _write(target / "app.zip", app, "", _APP_LEVEL)


def _files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist()) if not name.endswith("/")}


def _left_out(name: str, stdlib: dict[str, Any]) -> bool:
    if name.startswith("encodings/"):
        return name.removeprefix("encodings/").removesuffix(".py") not in stdlib["encodings"]
    return any(name == f"{one}.py" or name.startswith(f"{one}/") for one in stdlib["leave_out"])


def _modules(files: dict[str, bytes]) -> set[str]:
    """Dotted names of the modules among files, also of those in machine code."""
    found = set()
    for name in files:
        if name.endswith((".py", ".so")):
            stem = name[: name.index(".")] if name.endswith(".so") else name.removesuffix(".py")
            found.add(stem.removesuffix("/__init__").replace("/", "."))
    return found


def missing_imports(
    app: dict[str, bytes], known: set[str], absent: set[str], never_reached: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """File and module of each import that would fail in the page, at whatever depth it stands."""
    for file, data in app.items():
        if not file.endswith(".py"):
            continue
        for module, name in _imported(file, data):
            inner = f"{module}.{name}"
            if file in never_reached.get(module, ()):
                continue
            if module not in known:
                yield file, module
            elif inner in absent:
                yield file, inner


def _imported(file: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Module and, where one is taken out of it, the name."""
    package = file.split("/")[:-1]
    tree = ast.parse(data)
    unread = {id(inner) for node in ast.walk(tree) if _for_types(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    """``if TYPE_CHECKING:``, which never runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _write(path: Path, files: dict[str, bytes], where: str, level: int) -> None:
    with zipfile.ZipFile(path, "w") as target:
        for name, data in files.items():
            if name.endswith(".py"):
                bare = _without_docstrings(ast.parse(data))
                made = compile(bare, where + name, "exec", dont_inherit=True, optimize=level)
                # Unchecked: no clock in it, and no source beside it.
                name, data = f"{name}c", bytes(_pyc(made, bytes(8), False))
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    """Nobody reads them in a page."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.body and ast.get_docstring(node, clean=False) is not None:
            node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), node.body[0])]
    return tree


if __name__ == "__main__":
    main(Path("/in"), Path("/out"))
