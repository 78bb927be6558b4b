"""How this program came onto the machine, and so what a person does to renew or start it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from ..wording import wording_of
from .interface import CHECKSUMS


@cache
def ways() -> dict[str, str]:
    """What messages name as {renew}, {update} and {start}, decided once: the bundle's scripts, or pip."""
    way = "bundle" if is_of_bundle(Path(sys.executable)) else "pip"
    return {key: str(text) for key, text in wording_of("gouji.excel", f"ways.{way}").items()}


def is_of_bundle(python: Path) -> bool:
    """Whether a Python is the bundle's, unpacked or installed: the checksums stand beside its folder."""
    return (python.parent.parent / CHECKSUMS).is_file()
