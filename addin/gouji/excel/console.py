"""What the programs of this package say where there is a console: shown, and commanding nothing."""

from __future__ import annotations

import sys

from ..text import visible


def say(text: str, *, err: bool = False) -> None:
    """Print a text in its lines; every character of it is seen."""
    print(visible(text), file=sys.stderr if err else sys.stdout)
