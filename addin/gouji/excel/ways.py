"""How this program came onto the machine, and so what a person does to renew or start it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from ..wording import wording_of

#: The script that installs a bundle.
INSTALLER = "install.cmd"


@cache
def ways() -> dict[str, str]:
    """What messages name as {again}, {renew}, {update} and {start}, decided once."""
    way = "bundle" if own_bundle() else "pip"
    words = wording_of("gouji.excel", f"ways.{way}")
    return {key: str(text).format(python=sys.executable) for key, text in words.items()}


def own_bundle() -> Path | None:
    """The bundle, unpacked or installed, that the running Python belongs to. Known by its installer: also one
    that lost its list of checksums is a bundle."""
    folder = Path(sys.executable).parent.parent
    return folder if (folder / INSTALLER).is_file() else None
