"""What a run comes to in a few lines, for the terminal and for the text beside the results: the verdict of
首页, what is to be done next, what is settled."""

from __future__ import annotations

from ...wording import wording_of
from ..approving.telling import summary
from ..consolidate import Consolidation
from ..drafting.settling import remarks
from .home import still_to_write, verdict
from .states import Todo, todo_of


def said_of(city: Consolidation) -> list[str]:
    """One line each; nothing is said of what there is none of."""
    todo = todo_of(city)
    return [verdict(todo, still_to_write(city, todo)), *summary(city), *remarks(city), *_next(todo)]


def _next(todo: Todo) -> list[str]:
    """What the office does with the results, each step once."""
    w = wording_of("gouji.city.views", "next")
    steps = dict.fromkeys(w["steps"][state] for state in todo.counts)
    return [w["said"].format(steps=w["between"].join(steps))] if steps else []
