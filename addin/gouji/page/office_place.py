"""The files that an office dropped, in a folder of their own, laid out as on the office's disk: so that the
same functions read them, and every link in a result leads where it leads there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from ..city.season.folder import Season, desk_number, season_of
from ..city.season.record import RECORD
from ..city.season.sheets import marks
from ..errors import GoujiError
from ..records import dataclass
from ..wording import wording_of
from .office_seen import Role, Seen, seen

PACKAGE = "gouji.page"
#: Units that a city may have: more files than these are for the command line.
MOST = 1000


class OfficeError(GoujiError, ValueError):
    """Something is missing, or can not be done with these files; the message is one Chinese line."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(str(wording_of(PACKAGE, "office.errors")[key]).format_map(names))


@dataclass(frozen=True)
class Dropped:
    """``path``: as it was dropped, with "/"; ``file``: where it lies now; ``seen``: what it may serve for."""

    path: str
    file: Path
    seen: Seen

    @property
    def top(self) -> str:
        """The folder that it was dropped in, "" for a single file."""
        return self.path.partition("/")[0] if "/" in self.path else ""


@dataclass
class Place:
    """``root``: the folder for all that was dropped. ``choices``: role -> what a person said of it, "" for
    nothing of the kind."""

    root: Path
    dropped: dict[str, Dropped] = field(default_factory=dict)
    choices: dict[Role, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.desk.mkdir(parents=True)

    @property
    def desk(self) -> Path:
        """What was dropped lies here, under the name by which units' files are called."""
        return self.root / marks("folders")["sent"]

    # ------------------------------------------------------------ in and out

    def put(self, path: str, content: bytes, modified: float) -> Dropped:
        """A file as it was dropped. ``modified``: when it was last written, in seconds since 1970, 0 where
        that is not known. Raises :class:`OfficeError` for one file too many."""
        if path not in self.dropped and len(self.dropped) >= MOST:
            raise OfficeError("too_many", count=MOST)
        file = self.desk.joinpath(*_parts(path))
        if "/" not in path and not desk_number(file) and len(tops := self._tops()) == 1:
            late = self.desk / tops[0] / file.name
            file = late if self._is_late(file, content) else file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if modified:
            os.utime(file, (modified, modified))
        self.dropped[path] = Dropped(path, file, seen(file) if self._is_near(path) else Seen())
        return self.dropped[path]

    def _is_late(self, file: Path, content: bytes) -> bool:
        """Whether a single file is one more of the folder that was dropped before."""
        file.write_bytes(content)
        serves = seen(file).role
        file.unlink()
        return not serves

    def remove(self, path: str) -> None:
        """Take a file away again."""
        if one := self.dropped.pop(path, None):
            one.file.unlink(missing_ok=True)
            self.choices = {role: chosen for role, chosen in self.choices.items() if chosen != path}

    def _is_near(self, path: str) -> bool:
        """Whether a file lies where a roster is looked for: by itself, or at the top of a folder."""
        return path.count("/") <= 1 or bool(desk_number(Path(path)))

    # ------------------------------------------------------------ where

    @property
    def season(self) -> Season | None:
        """The season that was dropped: the one whose 汇总台 lies highest; None where there is none."""
        desks = [one.file for one in self.dropped.values() if one.seen.role == "desk"]
        if not desks:
            return None
        return season_of(min(desks, key=lambda file: len(file.parts)).parent)

    @property
    def folder(self) -> Path:
        """What is read: the folder that was dropped, or all of it where that is more than one."""
        tops = self._tops()
        return self.desk / tops[0] if len(tops) == 1 and not self._single() else self.desk

    @property
    def output(self) -> Path:
        """Where the results of what is no season go, beside what is read."""
        name = marks("folders")["beside"]
        dropped = self.desk / name
        return dropped if dropped.is_dir() else self.folder.parent / name

    def _tops(self) -> list[str]:
        """The folders that were dropped, without those of earlier results."""
        tops = dict.fromkeys(one.top for one in self.dropped.values() if one.top)
        return [top for top in tops if not self._is_result(top)]

    def _is_result(self, top: str) -> bool:
        """Whether a folder is one of earlier results."""
        return bool(top) and (self.desk / top / RECORD).is_file()

    def _single(self) -> list[Dropped]:
        """What was dropped by itself and serves for nothing else."""
        used, alone = (
            self.used.values(),
            (one for one in self.dropped.values() if one.file.parent == self.desk),
        )
        return [one for one in alone if one not in used and not one.seen.role]

    # ------------------------------------------------------------ what for

    def seen_as(self, role: Role) -> list[Dropped]:
        """What may serve for a role, by what it holds."""
        return [one for one in self.dropped.values() if one.seen.role == role]

    def may_be(self, role: Role) -> list[Dropped]:
        """What a person may choose for a role: what serves for it by what it holds; for last year and the
        city's own report any other file near the top."""
        found = self.seen_as(role)
        if role in ("prior", "city"):
            found = [*found, *(one for one in self.dropped.values() if one not in found and _may_be(one))]
        return found

    @property
    def used(self) -> dict[Role, Dropped]:
        """What serves for each role: what a person chose, else what alone can."""
        return dict(self._used())

    def _used(self) -> Iterator[tuple[Role, Dropped]]:
        for role in ("roster", "prior", "city", "adjust", "rules"):
            if role in self.choices:
                if chosen := self.dropped.get(self.choices[role]):
                    yield role, chosen
            elif role != "city" and len(found := self._proposed(role)) == 1:
                yield role, found[0]

    def _proposed(self, role: Role) -> list[Dropped]:
        """Earlier results of the same folder are not last year's."""
        found = self.seen_as(role)
        return [one for one in found if not self._is_result(one.top)]

    def choose(self, role: Role, path: str) -> None:
        """What a person says: this file serves for ``role``; "": none does."""
        self.choices[role] = path


def _may_be(one: Dropped) -> bool:
    return one.path.count("/") <= 1 and one.seen.role in ("", "prior")


def _parts(path: str) -> list[str]:
    """The parts of a path, none of which leads out of the desk."""
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
