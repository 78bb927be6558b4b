"""What a file has besides its text."""

from __future__ import annotations

from dataclasses import field

from ...records import dataclass


@dataclass
class Besides:
    """``title``: what the file calls itself outside the text. ``said``: meta elements of a page by name, or
    core properties of a Word file. ``frames``: their addresses. ``scripts``, ``pictures``: how many."""

    title: str = ""
    said: dict[str, str] = field(default_factory=dict)
    frames: list[str] = field(default_factory=list)
    scripts: int = 0
    pictures: int = 0
