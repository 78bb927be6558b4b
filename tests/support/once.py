"""What takes long to make and nobody changes: made once for all processes of a run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of this name, filled by whoever asks first; others wait. Whoever changes it copies it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, draft = base / "once" / name, base / "once" / f"{name}.draft"
    made.parent.mkdir(exist_ok=True)
    while not made.exists():
        try:
            draft.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            make(draft)
        except BaseException:
            draft.rename(draft.with_name(f"{name}.failed.{os.getpid()}"))
            raise
        draft.rename(made)
    return made
