"""The files of a run, for what is laid over a copy of them."""

from __future__ import annotations

from collections.abc import Callable

from ...files import shown_path
from ...workbook.reading.guard import read_source
from ..intake.folder import Found

#: A file by the name that the run has for it -> its bytes. Raises OSError, KeyError or Refused where it is
#: gone.
Sources = Callable[[str], bytes]


def from_folder(found: Found) -> Sources:
    """The files of a folder that was read, by the names of its submissions."""
    paths = {shown_path(path.relative_to(found.folder)): path for path in found.books}
    return lambda file: read_source(paths[file])
