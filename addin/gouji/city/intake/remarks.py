"""Remarks on a file or a unit: one sentence each, without its full stop."""

from __future__ import annotations

from ...wording import wording_of


def remark(key: str, **fields: object) -> str:
    """The remark of the wording, filled."""
    said: str = wording_of("gouji.city.intake", "remark")[key].format(**fields)
    return said
