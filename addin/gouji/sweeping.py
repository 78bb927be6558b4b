"""How often Python looks for objects that hold each other. For a process of ours alone: a program that loads
gouji as a library keeps its own pace."""

from __future__ import annotations

import atexit
import gc
from typing import Final

#: So many objects more than before, and it is looked. Reading and writing books makes hundreds of thousands
#: that live to the end and hold each other seldom: at Python's own 700 a tenth of the whole CPU goes into
#: looking, at 50,000 a twentieth of a run with one book, at this below a hundredth, and a run holds three
#: megabytes more than at that.
OBJECTS: Final = 500_000


def sweep_seldom() -> None:
    """For the rest of this process, and not once more when it ends: what it holds goes with it, and to look
    through all of that takes a tenth of a run with one book. A file that is still open is flushed as ever
    unless it is part of a circle; all of ours are closed where they are opened."""
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
