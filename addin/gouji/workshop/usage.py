"""What the package's own code looks up and hands in, read from its source: for the linter.

Reading the source finds a rule that no check looks up and a template name that none hands in, also
for the code paths that no test takes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from ..records import dataclass


@dataclass(frozen=True)
class Usage:
    """``names``: rule id -> keywords that the modules naming it pass to ``.finding(…)``.

    None where one of these calls passes a mapping (``**names``), so that any name may come.
    """

    names: dict[str, frozenset[str] | None]


def _sources(folder: Traversable) -> Iterator[ast.Module]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield ast.parse(entry.read_text("utf-8"))


@cache
def usage() -> Usage:
    """Read every module of the package once."""
    return usage_of(tuple(_sources(resources.files("gouji"))))


def usage_of(modules: tuple[ast.Module, ...]) -> Usage:
    """A string constant counts as a look-up; names are those of every ``.finding`` call beside it.

    A rule that is named only in modules without such a call is built elsewhere: any name may come.
    """
    names: dict[str, frozenset[str] | None] = {}
    building: dict[str, set[str | None]] = {}
    for module in modules:
        nodes = list(ast.walk(module))
        texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        names |= dict.fromkeys(texts - names.keys())
        calls = [
            n
            for n in nodes
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "finding"
        ]
        for text in texts if calls else ():
            building.setdefault(text, set()).update(k.arg for call in calls for k in call.keywords)
    for text, handed in building.items():
        names[text] = None if None in handed else frozenset(name for name in handed if name)
    return Usage(names)
