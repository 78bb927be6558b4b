"""What kind of body a unit is, by what the roster calls it or by the end of its name: what is much money,
and whose suits it counts, depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from ..precompiled import compiled
from .context import Context
from .needed import sought
from .plain import plain

Body = Literal["township", "government", "department", "unknown"]
#: In this order: the people's government of a township is no city.
_BODIES: tuple[Body, ...] = ("township", "government", "department")
_BRACKETED = compiled(r"\([^()]*\)$")


def body_of(unit: str, context: Context, given: Mapping[str, Any]) -> Body:
    """``given``: parameters ``pattern_township``, ``pattern_government`` and ``pattern_department``.

    What the roster says comes before the name; a name that says nothing leaves it unknown.
    """
    if context.government:
        return "government"
    for said in (context.kind, unit):
        name = _BRACKETED.sub("", plain(said))
        for body in _BODIES:
            if name and sought(given[f"pattern_{body}"]).search(name):
                return body
    return "unknown"
