"""The catalogue's patterns, kept apart from those of the modules (``gouji/precompiled.py``): a command that
reads no text needs none of them."""

from __future__ import annotations

from ..precompiled import Precompiled

PATTERNS = Precompiled(__file__)
