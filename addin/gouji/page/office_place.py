"""The files that an office dropped, in a folder of their own, laid out as on the office's disk: so that the
same functions read them, and every link in a result leads where it leads there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import field, replace
from itertools import count
from pathlib import Path

from ..city.memory.told import store_path
from ..city.season.folder import Season, desk_number, season_of
from ..city.season.record import RECORD
from ..city.season.sheets import marks
from ..errors import GoujiError
from ..records import dataclass
from ..wording import wording_of
from ..workbook.reading.guard import MAX_FILE
from .office_seen import Role, Seen, seen

PACKAGE = "gouji.page"
#: Units that a city may have: more files than these are for the command line.
MOST = 1000
#: Where earlier versions are kept, beside what was dropped.
_EARLIER = "earlier"


class OfficeError(GoujiError, ValueError):
    """Something is missing, or can not be done with these files; the message is one Chinese line."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(str(wording_of(PACKAGE, "office.errors")[key]).format_map(names))


@dataclass(frozen=True)
class Dropped:
    """``path``: by which it is known; ``file``: where it lies now; ``seen``: what it may serve for; ``came``:
    the path by which it was dropped, with "/", which several may have."""

    path: str
    file: Path
    seen: Seen
    came: str

    @property
    def top(self) -> str:
        """The folder that it was dropped in, "" for a single file."""
        return self.path.partition("/")[0] if "/" in self.path else ""


@dataclass(frozen=True)
class Put:
    """``one``: the file as it lies there; ``new``: whether it did not before; ``said``: what a person should
    know of it, one sentence, or ""; ``again``: whether it stands in the place of its earlier version, which
    :meth:`Place.restore` gives back."""

    one: Dropped
    new: bool = False
    said: str = ""
    again: bool = False


@dataclass
class Place:
    """``root``: the folder for all that was dropped. ``choices``: role -> what a person said of it, "" for
    nothing of the kind. ``earlier``: path -> the version that stood there before, in a file elsewhere."""

    root: Path
    dropped: dict[str, Dropped] = field(default_factory=dict)
    choices: dict[Role, str] = field(default_factory=dict)
    earlier: dict[str, Dropped] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.desk.mkdir(parents=True)

    @property
    def desk(self) -> Path:
        """What was dropped lies here, under the name by which units' files are called."""
        return self.root / marks("folders")["sent"]

    # ------------------------------------------------------------ in and out

    def put(self, path: str, content: bytes, modified: float, size: int = 0) -> Put:
        """A file as it was dropped. ``modified``: when it was last written, in seconds since 1970, 0 where
        that is not known; ``size``: of what is too large to be read, whose bytes nobody sends.

        What lies there already by all its bytes is the same file; another of the same path is kept beside
        it under a further number, but 汇总台 and what a run wrote, of which there is one, are replaced.
        Raises :class:`OfficeError` for one file too many."""
        parts = _parts(path)
        desk = self.desk / self._late_for(parts, content) if len(parts) == 1 else self.desk
        replaced = is_one(parts)
        for asked, file in zip(_numbered(path), _numbered_files(desk.joinpath(*parts)), strict=False):
            held = self._at(asked, file)
            if held and _same(held.file, content, size):
                return Put(held)
            if replaced or not (held or file.exists()):
                break
        file = held.file if held else file
        if held is None and len(self.dropped) >= MOST:
            raise OfficeError("too_many", count=MOST)
        key = held.path if held else asked
        _written(file, content, size, modified)
        self.dropped[key] = Dropped(key, file, seen(file) if self._is_near(key) else Seen(), path)
        said = ("replaced" if held else "") if replaced else ("numbered" if key != path else "")
        return Put(self.dropped[key], new=True, said=_say(said, path=path, kept=key))

    def _at(self, path: str, file: Path) -> Dropped | None:
        """What was dropped under a path, or lies in its place."""
        return self.dropped.get(path) or next(
            (one for one in self.dropped.values() if one.file == file), None
        )

    def _late_for(self, parts: list[str], content: bytes) -> str:
        """The folder of which a single file is one more: the one that was dropped before; "" where the file
        serves for something."""
        tops = self._tops()
        if len(tops) != 1 or desk_number(Path(parts[0])):
            return ""
        with tempfile.TemporaryDirectory(dir=self.root) as folder:
            file = Path(folder) / parts[0]
            file.write_bytes(content)
            return "" if seen(file).role else tops[0]

    def remove(self, path: str) -> None:
        """Take a file away again, with its earlier version."""
        if one := self.dropped.pop(path, None):
            one.file.unlink(missing_ok=True)
            self.choices = {role: chosen for role, chosen in self.choices.items() if chosen != path}
        if one := self.earlier.pop(path, None):
            one.file.unlink(missing_ok=True)

    def earlier_of(self, later: Dropped) -> list[Dropped]:
        """What may be an earlier version of a file: dropped by the same path, and not written later."""
        written = later.file.stat().st_mtime
        before = (one for one in self.dropped.values() if one.came == later.came and one is not later)
        return [one for one in before if one.file.stat().st_mtime <= written]

    def supersede(self, earlier: Dropped, later: Dropped) -> Put:
        """``later`` stands where its earlier version stood, under the same path; that one is kept aside."""
        aside = self.root / _EARLIER / earlier.file.relative_to(self.desk)
        aside.parent.mkdir(parents=True, exist_ok=True)
        earlier.file.replace(aside)
        later.file.replace(earlier.file)
        del self.dropped[later.path]
        path = earlier.path
        self.earlier[path] = replace(earlier, file=aside)
        self.dropped[path] = replace(later, path=path, file=earlier.file)
        return Put(self.dropped[path], new=True, again=True)

    def restore(self, path: str) -> bytes:
        """The earlier version again in the place of the later one, which is gone; its bytes. Raises
        :class:`OfficeError` where there is none."""
        if not (earlier := self.earlier.pop(path, None)):
            raise OfficeError("no_earlier", path=path)
        file = self.dropped[path].file
        earlier.file.replace(file)
        self.dropped[path] = replace(earlier, file=file)
        return file.read_bytes()

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

    def holds(self, folder: Path) -> bool:
        """Whether something of a folder was dropped."""
        return any(folder in one.file.parents for one in self.dropped.values())

    def as_dropped(self, text: str) -> str:
        """A sentence with the files called as they were dropped, not by where they lie in the page."""
        return text.replace(f"{self.desk}/", "").replace(f"{self.root}/", "")

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


def is_one(parts: list[str]) -> bool:
    """Whether there is one alone of a file: 汇总台, or what a run wrote."""
    folders = (marks("folders")["results"], marks("folders")["beside"])
    hidden, of_run = parts[-1].startswith("."), any(part in parts[:-1] for part in folders)
    return hidden or of_run or bool(desk_number(Path(parts[-1]))) or parts[-1] == store_path(Path()).name


def _numbered(path: str) -> Iterator[str]:
    """A path, then the same with a number behind the name."""
    yield path
    head, slash, name = path.rpartition("/")
    for number in count(2):
        numbered = _say("name", stem=Path(name).stem, number=number, suffix=Path(name).suffix)
        yield f"{head}{slash}{numbered}"


def _numbered_files(file: Path) -> Iterator[Path]:
    return (file.with_name(name) for name in _numbered(file.name))


def _same(file: Path, content: bytes, size: int) -> bool:
    if size or file.stat().st_size != len(content):
        return size > 0 and file.stat().st_size > MAX_FILE
    return file.read_bytes() == content


def _written(file: Path, content: bytes, size: int, modified: float) -> None:
    """What is too large stands there as such, without its bytes: the reader refuses it by its size."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    if size > MAX_FILE:
        os.truncate(file, MAX_FILE + 1)
    if modified:
        os.utime(file, (modified, modified))


def _say(key: str, **names: object) -> str:
    return str(wording_of(PACKAGE, "office.put")[key]).format_map(names) if key else ""


def _may_be(one: Dropped) -> bool:
    return one.path.count("/") <= 1 and one.seen.role in ("", "prior")


def _parts(path: str) -> list[str]:
    """The parts of a path, none of which leads out of the desk."""
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
