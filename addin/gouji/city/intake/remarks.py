"""Remarks on a file or a unit: one sentence each, without its full stop."""

from __future__ import annotations

from collections.abc import Sequence

from ...wording import wording_of


def remark(key: str, **fields: object) -> str:
    """The remark of the wording, filled."""
    said: str = wording_of("gouji.city.intake", "remark")[key].format(**fields)
    return said


def some(names: Sequence[str], most: int = 3) -> str:
    """The first of several names, and that there are more."""
    return "、".join(names[:most]) + (remark("others") if len(names) > most else "")
