"""The ways from a result to the files that it was made of, and to the slips that go back: relative, so that a
season can be moved or sent as it is."""

from __future__ import annotations

import os.path
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path, PurePath

from ...records import dataclass
from ..consolidate import Consolidation

#: What has a meaning in an address, and so is written otherwise in the name of a file: a colon would make the
#: beginning of a name a scheme.
_ESCAPED = str.maketrans({c: f"%{ord(c):02X}" for c in '%#?:"<>[]^`{|}\\ '})
#: The longest address that a spreadsheet takes (Excel: 2,079), names escaped.
_LONGEST = 2000


@dataclass(frozen=True)
class Links:
    """``folder``: from the results to the units' files, with "/"; None: no file is linked to. ``slips``:
    unit -> the path of its 退回单 from the results, with "/"."""

    folder: str | None = None
    slips: Mapping[str, str] = field(default_factory=dict)

    def file(self, name: str) -> str | None:
        """The address of a unit's file as a web page writes it; None where there is none to give."""
        if self.folder is None or not name:
            return None
        return _address(f"{self.folder.rstrip('/')}/{name}" if self.folder else name)

    def unit(self, unit: str, name: str) -> str | None:
        """What is opened for a unit that has something to do: its 退回单, else its file."""
        slip = self.slips.get(unit)
        return _address(slip) if slip else self.file(name)


def links_of(city: Consolidation, slips: Mapping[str, str] | None = None) -> Links:
    """The links of a run, as far as it says where its files are."""
    return Links(city.run.folder, slips or {})


def with_files(city: Consolidation, folder: Path, results: Path) -> Consolidation:
    """The consolidation that knows the way from where its results go to the folder that the files were read
    from; none is known between two drives."""
    try:
        way = os.path.relpath(folder.resolve(), results.resolve())
    except ValueError:
        return city
    return replace(city, run=replace(city.run, folder="" if way == os.curdir else PurePath(way).as_posix()))


def _address(path: str) -> str | None:
    escaped = path.translate(_ESCAPED)
    return escaped if len(escaped) <= _LONGEST else None
