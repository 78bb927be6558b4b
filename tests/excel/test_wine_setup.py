"""``make test-wine`` downloads much and is not part of other runs: what its set-up calls is still there."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import support

SETUP = Path(support.__file__).parents[1] / "wine" / "setup.sh"


def test_what_the_set_up_calls_takes_what_it_is_given() -> None:
    (script,) = re.findall(r'python -c "\n(.*?)"', SETUP.read_text("utf-8"), re.DOTALL)
    known: dict[str, object] = {}
    called = []
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.ImportFrom):
            module = importlib.import_module(node.module or "")
            known |= {name.name: getattr(module, name.name) for name in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.append(node)
    for node in called:
        function = known[node.func.id]  # type: ignore[attr-defined]
        inspect.signature(function).bind(*node.args, **{one.arg: one for one in node.keywords})  # type: ignore
    assert "download_wheels" in known and len(called) > 1
