"""What an office does with the files on its desk: each is read by itself, then all are summed and the results
written, by the very functions of the command line. What was read once is kept in the store that a season has
for it, so that the run does not read it again.
"""

from __future__ import annotations

import datetime
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from pathlib import Path

from .. import api
from ..api.beside import catalogue_with
from ..api.cities import known_of
from ..api.folders import Given, sum_folder, write_folder
from ..city.consolidate import Consolidation
from ..city.desk import Desk
from ..city.intake.folder import Found, Reader, find_files, read_files
from ..city.intake.known import Known
from ..city.intake.names import keys_of, plain_name
from ..city.intake.roster import Roster
from ..city.intake.roster_lines import read_roster
from ..city.intake.sorting import Submission
from ..city.memory.manifest import manifest_name, read_manifest
from ..city.memory.stamp import Stamp
from ..city.memory.store import Store
from ..city.memory.told import store_path
from ..city.season.reading import read_desk
from ..city.season.running import named_file, run_season
from ..errors import GoujiError
from ..files import shown_path
from ..records import dataclass
from ..rules import LEVELS, Context, Level
from .office_place import Dropped, OfficeError, Place, Put
from .office_seen import Role


@dataclass(frozen=True)
class Done:
    """A run. ``city``: its result; ``found``: what lay in the folder; ``output``: where the results lie;
    ``home``: the folder from which they are called; ``said``: what a person should know beside what the
    result says itself, a sentence each; ``made``: where the results of all runs made here lie that stand
    beside one another, this one's last."""

    city: Consolidation
    found: Found
    output: Path
    home: Path
    said: tuple[str, ...] = ()
    made: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What is told of a file once it was read; the rest is in the store. ``state``: of its findings, or
    "aside" for what is no report of a unit; ``counts``: its findings by level."""

    unit: str
    year: int
    state: str
    counts: dict[Level, int]


def _read(one: Submission) -> Read:
    counts = {level: sum(f.level == level for f in one.findings) for level in LEVELS}
    state = "aside" if one.aside or one.list_kind else one.state
    return Read(one.unit, one.report.year if one.report else 0, state, counts)


@dataclass
class Work:
    """``place``: the files; ``read``: what was read of them as things stand, by their paths as dropped;
    ``ended``: files whose reading has ended an engine."""

    place: Place
    read: dict[str, Read] = field(default_factory=dict)
    ended: set[Path] = field(default_factory=set)
    done: Done | None = None
    _beside: tuple[object, Known] | None = None

    # ------------------------------------------------------------ what is given

    def desk(self) -> Desk | None:
        """What 汇总台 says, where there is one. Raises GoujiError where it can not be used."""
        season = self.place.season
        return read_desk(season.desk) if season else None

    @property
    def used(self) -> dict[Role, Path]:
        """The file for each role, where no season says it."""
        return {} if self.place.season else {role: one.file for role, one in self.place.used.items()}

    def name(self) -> str:
        """The city's name as it can be known: by 汇总台, last year's file, earlier results."""
        if desk := self.desk():
            return desk.settings.name
        prior = self.place.used.get("prior")
        return (prior.seen.unit if prior else "") or self._name_before()

    def _name_before(self) -> str:
        stamp = self._before()
        return stamp.city if stamp else ""

    def _before(self) -> Stamp | None:
        """Of which run the results are that lie where these go; None where that is not known."""
        try:
            return read_manifest((self.place.output / manifest_name()).read_bytes()).stamp
        except (OSError, ValueError):
            return None

    def year(self) -> int:
        """This year as it can be known: by 汇总台, by most of the reports, by last year's file; else 0."""
        if desk := self.desk():
            return desk.settings.year
        years = Counter(one.year for one in self.read.values() if one.year)
        prior = self.place.used.get("prior")
        before = prior.seen.year + 1 if prior and prior.seen.year else 0
        return max(years, key=lambda year: (years[year], year), default=before)

    def missing(self) -> str:
        """What is missing to start, one sentence; "" where nothing is."""
        season = self.place.season
        try:
            if season and not season.sent.is_dir():
                raise OfficeError("no_sent")
            if season:
                self.desk()
                return ""
            if not self.books():
                raise OfficeError("no_files")
            self.roster()
        except GoujiError as error:
            return error.message
        return ""

    def roster(self) -> Roster:
        """Raises GoujiError where there is none, more than one, or one that can not be used."""
        if roster := self.used.get("roster"):
            return read_roster(roster)
        found = [one.path for one in self.place.seen_as("roster")]
        raise OfficeError("rosters" if found else "no_roster", files="、".join(found))

    def put(self, path: str, content: bytes, modified: float, size: int = 0) -> Put:
        """A file as it was dropped (:meth:`Place.put`). One that was corrected since is no second version:
        dropped again by the same path, of the same unit or for the same role and not written before, it
        stands in the place of the earlier one."""
        put = self.place.put(path, content, modified, size)
        if put.new and put.one.path != path:
            before = self.place.earlier_of(put.one)
            earlier = next((one for one in before if self._is_again(one, put.one)), None)
            if earlier:
                self.read.pop(put.one.path, None)
                put = self.place.supersede(earlier, put.one)
        if put.new:
            self._is_another(put.one.path)
        return put

    def _is_another(self, path: str) -> None:
        """What was known of the file at a path is of none that is there."""
        self.read.pop(path, None)
        self.ended.discard(self.place.dropped[path].file)

    def restore(self, path: str) -> bytes:
        """Undo that a corrected file took the place of the earlier one; the bytes of that."""
        content = self.place.restore(path)
        self._is_another(path)
        return content

    def _is_again(self, earlier: Dropped, later: Dropped) -> bool:
        """Whether two files are of one unit, by its name or code: of an earlier one that could not be read by
        its path. Or whether both serve for the same."""
        if earlier.seen.role or later.seen.role:
            return earlier.seen == later.seen
        before, after = (self._submission(one).report for one in (earlier, later))
        if after is None:
            return False
        if before is None:
            return bool(name := plain_name(after.unit)) and name in plain_name(earlier.path)
        keys = (keys_of(one.unit, one.code) for one in (before, after))
        return not set.isdisjoint(*map(set, keys))

    # ------------------------------------------------------------ reading

    @property
    def folder(self) -> Path:
        """The folder of what units sent."""
        season = self.place.season
        return season.sent if season else self.place.folder

    @property
    def called(self) -> str:
        """What was dropped, by its name: the season's folder, or that of what units sent."""
        season = self.place.season
        return season.folder.name if season and season.folder != self.place.desk else self.folder.name

    def found(self) -> Found:
        without = [*self.used.values(), self.place.output]
        return (
            find_files(self.folder, without=without)
            if self.folder.is_dir()
            else Found(self.folder, (), (), ())
        )

    def books(self) -> list[str]:
        """What is to be read, by the paths as dropped."""
        books = set(self.found().books)
        return [path for path, one in self.place.dropped.items() if one.file in books]

    def sources(self, found: Found) -> dict[str, str]:
        """The name of a file in a run -> the path by which it was dropped."""
        names = {file: shown_path(file.relative_to(found.folder)) for file in found.books}
        dropped = self.place.dropped.values()
        return {names[one.file]: one.path for one in dropped if one.file in names}

    def read_one(self, path: str) -> Read:
        """Read and check one file, and keep what was read for the run. Never raises for what it holds."""
        self.read[path] = _read(self._submission(self.place.dropped[path]))
        return self.read[path]

    def end(self, path: str) -> Read:
        """What is said of a file whose reading has ended an engine; it is not read again."""
        self.ended.add(self.place.dropped[path].file)
        return self.read_one(path)

    def _submission(self, one: Dropped) -> Submission:
        """A file as it is read, once: then it is in the store."""
        work = Reader(self.known(), self.folder, ended=frozenset(self.ended))
        with Store(self._store) as store:
            (read,) = read_files([one.file], work, store=store)
        return read

    def unread(self) -> list[str]:
        """What was not read yet as things stand."""
        self.known()
        return [path for path in self.books() if path not in self.read]

    @property
    def _store(self) -> Path:
        season = self.place.season
        return store_path(season.folder if season else self.place.root)

    def known(self) -> Known:
        """What the files are read beside, as far as it is there. What was read beside something else is read
        again: the store knows which of it is as it was."""
        season = self.place.season
        files = [season.desk] if season else list(self.used.values())
        now = [(file, file.stat().st_mtime_ns, file.stat().st_size) for file in files], self.folder
        if self._beside is None or self._beside[0] != now:
            self.read.clear()
            self._beside = now, self._known()
        return self._beside[1]

    def _known(self) -> Known:
        """Where something can not be used, the files are read without: the run says what is wrong with it."""
        season, used = self.place.season, self.used
        try:
            if season:
                desk = read_desk(season.desk)
                given = desk.settings
                prior, rules = (named_file(season, getattr(given, key), key) for key in ("prior", "rules"))
                return known_of(desk.roster, name=given.name, prior=prior, rules=rules, desk=desk)
            return known_of(self.roster(), name=self.name(), prior=used.get("prior"), rules=used.get("rules"))
        except (GoujiError, OSError):
            return Known(Context(catalogue=catalogue_with(None)))

    # ------------------------------------------------------------ the run

    def run(
        self, name: str, year: int, time: datetime.datetime | None = None, *, include_invalid: bool = False
    ) -> Done:
        """Sum all that was dropped and write the results beside it. ``name``, ``year``: the city's, of what
        is no season; ``time``: of a season's run. Raises GoujiError where something is missing or can not be
        used."""
        if missing := self.missing():
            raise OfficeError("missing", what=missing)
        try:
            self.done = self._season(time) if self.place.season else self._named(name, year, include_invalid)
        except GoujiError as error:
            raise OfficeError("run", what=self.place.as_dropped(error.message)) from error
        return self.done

    def _season(self, time: datetime.datetime | None) -> Done:
        season = self.place.season
        assert season
        now = time or datetime.datetime.now().replace(microsecond=0)
        done = run_season(season.folder, partial(api.consolidate, ended=self.ended), time=now)
        assert done.folder
        before = self.done.made if self.done and self.done.home == season.folder else ()
        said, made = (*done.changes, *done.remarks), (*before, done.folder)
        return Done(done.city, done.found, done.folder, season.folder, said, made)

    def _named(self, name: str, year: int, include_invalid: bool) -> Done:
        """What is no season. What an earlier run of the page wrote for another city or year stands in
        nobody's way; it comes back where this run fails."""
        if not plain_name(name):
            raise OfficeError("no_name")
        output, before = self.place.output, self.place.root / "before"
        shutil.rmtree(before, ignore_errors=True)
        if output.is_dir() and not self.place.holds(output) and not self._is_of(name.strip(), year):
            output.rename(before)
        try:
            return self._summed(name, year, include_invalid)
        except BaseException:
            if before.is_dir():
                shutil.rmtree(output, ignore_errors=True)
                before.rename(output)
            raise

    def _is_of(self, name: str, year: int) -> bool:
        """Whether the results that are there are of this city and year."""
        stamp = self._before()
        return stamp is not None and (stamp.city, stamp.year) == (name, year or self.year())

    def _summed(self, name: str, year: int, include_invalid: bool) -> Done:
        used, output = self.used, self.place.output
        given = Given(
            self.used["roster"],
            name.strip(),
            year or None,
            city=used.get("city"),
            prior=used.get("prior"),
            adjust=used.get("adjust"),
            rules=used.get("rules"),
            include_invalid=include_invalid,
            ended=tuple(self.ended),
        )
        with Store(self._store) as store:
            summed = sum_folder(self.folder, output, given, force=True, store=store)
        written = write_folder(summed)
        said: Sequence[str] = (*summed.lost, *written.failed, *written.kept)
        return Done(summed.city, summed.found, output, output.parent, tuple(said), (output,))
