"""The folder of a season: 汇总台, 模板, 报送, 结果; which 汇总台 counts, and what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import GoujiError
from ...records import dataclass
from ...wording import wording_of
from .sheets import marks

#: What Excel, Word, WPS and LibreOffice put beside an open file; Word leaves out the first letters of a name.
_LOCKS = ("~${name}", "~${name1}", "~${name2}", ".~{name}", ".~lock.{name}#")


class SeasonError(GoujiError, ValueError):
    """A season can not be run; the message is one Chinese line: what, where, what to do."""


def say(key: str, **fields: object) -> str:
    """One sentence of ``[running]``."""
    return str(wording_of("gouji.city.season", "running")[key]).format(**fields)


@dataclass(frozen=True)
class Season:
    """``desks``: every 汇总台, the newest (the highest number) last; () where the folder has none."""

    folder: Path
    desks: tuple[Path, ...]

    @property
    def desk(self) -> Path:
        return self.desks[-1]

    @property
    def templates(self) -> Path:
        return self.folder / marks("folders")["templates"]

    @property
    def sent(self) -> Path:
        return self.folder / marks("folders")["sent"]

    @property
    def results(self) -> Path:
        return self.folder / marks("folders")["results"]

    def next_desk(self) -> Path:
        """Where a further 汇总台 goes, beside all that are there."""
        number = max(map(desk_number, self.desks), default=0) + 1
        name = str(marks("files")["desk"])
        suffix = self.desk.suffix if self.desks else ".xlsx"
        return self.folder / f"{name if number == 1 else f'{name}_{number}'}{suffix}"


def season_of(folder: Path) -> Season:
    """The folder as a season; without any ``desks`` where it is none."""
    try:
        found = [path for path in folder.iterdir() if desk_number(path) and path.is_file()]
    except OSError:
        found = []
    return Season(folder, tuple(sorted(found, key=lambda path: (desk_number(path), path.name))))


def last_desk(prior: Path) -> Path | None:
    """The newest 汇总台 of the season that ``prior`` is, or of whose results it is; None where it is of
    none."""
    path = prior.resolve()
    above = (path,) if path.is_dir() else path.parents[1:3]
    found = [season for season in map(season_of, above) if season.desks]
    return found[0].desk if found else None


def desk_number(path: Path) -> int:
    """1 of 汇总台.xlsx, 2 of 汇总台_2.xlsx; 0 of any other file."""
    name = "|".join(map(re.escape, marks("files")["desk"].spellings))
    found = re.fullmatch(rf"(?:{name})(?:_([1-9][0-9]{{0,3}}))?\.xls[xm]", path.name, re.IGNORECASE)
    return int(found[1] or 1) if found else 0


def locks_of(path: Path) -> Iterator[Path]:
    """The files beside a file that say that a program has it open, or had it when it died."""
    names = {"name": path.name, "name1": path.name[1:], "name2": path.name[2:]}
    for pattern in _LOCKS:
        lock = path.with_name(pattern.format(**names))
        if lock.is_file():
            yield lock


def is_open(path: Path) -> bool:
    """Whether another program holds a file: by what it put beside it, or (Windows) because it may not be
    written while it is held."""
    if any(locks_of(path)):
        return True
    try:
        with path.open("r+b"):
            return False
    except PermissionError:
        return path.exists() and not _read_only(path)
    except OSError:
        return False


def _read_only(path: Path) -> bool:
    """Whether the file itself is marked so: then nobody needs to hold it."""
    return not path.stat().st_mode & 0o200
