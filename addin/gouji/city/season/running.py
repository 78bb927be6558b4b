"""One run of a season: 汇总台 and 报送 are read, a new folder of results is written, nothing else changes.

``consolidate`` is handed in (``gouji.api.consolidate``), as are what it takes beyond the season: a store, an
executor. What the office gets is listed in ``city/results.py``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from urllib.parse import quote

from ... import __version__
from ...digests import sha256_if_there
from ...errors import GoujiError
from ...files import atomic_write
from ...form import edition_for_year, load_form
from ...records import dataclass
from ...report import Report
from ...rules.settings import presets
from ...text import one_line
from ...wording import wording_of
from ..approving.telling import sum_counts
from ..asking.sources import from_folder
from ..consolidate import Consolidation
from ..desk import Desk
from ..intake.folder import Found, find_files
from ..memory.changes import summary
from ..memory.stamp import way
from ..memory.store import Store
from ..memory.told import store_path
from ..pages.markup import text
from ..results import Making, Means
from ..run import Run
from ..views.said import said_of
from .carrying import (
    Gathered,
    Results,
    explanations_of,
    gather,
    own_texts,
    said_as_made,
    with_carried,
    with_notes,
)
from .committing import new_folder, write_below
from .folder import Season, SeasonError, is_open, locks_of, say, season_of
from .listed import as_listed
from .locking import only_run
from .older import check_older
from .reading import read_desk
from .record import RECORD, Carried, Record, dumps, last_workbook, read_record
from .sheets import marks

#: ``gouji.api.consolidate``, with anything that a run of a season does not decide filled in.
Consolidate = Callable[..., Consolidation]


@dataclass(frozen=True)
class Outcome:
    """``city``: the result; ``folder``: where it was written, None for a mere check; ``found``: what lay in
    报送; ``remarks``: what a person should know of the run, a sentence each; ``changes``: what is
    otherwise than in the run before, in short."""

    city: Consolidation
    folder: Path | None
    found: Found
    remarks: tuple[str, ...]
    changes: tuple[str, ...] = ()


def run_season(
    folder: Path,
    consolidate: Consolidate,
    *,
    time: datetime.datetime | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    dry: bool = False,
    pdf: bool = False,
) -> Outcome:
    """Run the season in ``folder`` once more. ``time``: when; ``progress`` wraps the files that are read;
    ``dry``: write nothing; ``pdf``: write the report as PDF too.

    Raises GoujiError (:class:`SeasonError`, a :class:`~.cells.DeskError`, …) and OSError before anything is
    read where the folder is no season, another run is at it, its results can not be written or 汇总台 can not
    be used.
    """
    season = opened(folder)
    with nullcontext() if dry else only_run(season.folder):
        return _once(season, consolidate, time, progress, dry=dry, pdf=pdf)


def _once(
    season: Season,
    consolidate: Consolidate,
    time: datetime.datetime | None,
    progress: Callable[[Sequence[Path]], Iterable[Path]],
    *,
    dry: bool,
    pdf: bool,
) -> Outcome:
    runs = runs_of(season)
    number = next_number(season, runs)
    run = Run(number, time, max((one.record.number for one in runs), default=0), _way(season))
    with _memory(season, dry=dry) as store:
        work = partial(consolidate, store=store, kept=store.explained(), progress=progress)
        if dry:
            return _run(season, runs, work, run, store, None)
        target = season.results / _folder_name(number, time)
        with new_folder(target) as draft:
            outcome = _run(season, runs, work, run, store, draft, pdf=pdf)
            # Before the run stands: killed in between, a word must not count anew for other numbers.
            store.explain(outcome.city.approval.kept)
        _remember(store, outcome, target)
    _point(season, target, outcome.city)
    return replace(outcome, folder=target, remarks=(*outcome.remarks, *store.words))


def _way(season: Season) -> str:
    """From a run's folder to the files that units sent."""
    return f"../../{season.sent.name}"


@contextmanager
def _memory(season: Season, *, dry: bool) -> Iterator[Store]:
    """What the season remembers; a mere check works on a copy, for it writes nothing."""
    path = store_path(season.folder)
    if not dry:
        with Store(path) as store:
            yield store
        return
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / path.name
        with suppress(OSError):
            copyfile(path, copy)
        with Store(copy) as store:
            yield store


def _remember(store: Store, outcome: Outcome, target: Path) -> None:
    """The season's memory of a run that stands: its rows, and how files were read."""
    record = read_record(target)
    store.record(outcome.city, record.outputs if record else {})
    store.forget(filed.submission.file for filed in outcome.city.intake.files)


def opened(folder: Path) -> Season:
    """The season in a folder, as far as it can be run. Raises :class:`SeasonError`."""
    season = season_of(folder)
    if not season.desks:
        raise SeasonError(say("no_season", folder=folder))
    if not season.sent.is_dir():
        raise SeasonError(say("no_sent", folder=season.sent))
    check_older(season.desks)
    return season


# ---------------------------------------------------------------- the runs that are there


def runs_of(season: Season) -> list[Results]:
    """Every folder of results that says what its run wrote, the earliest first."""
    if not season.results.is_dir():
        return []
    found = []
    for path in season.results.iterdir():
        record = read_record(path) if path.is_dir() and not path.name.startswith(".") else None
        if record:
            found.append(Results(path, f"{season.results.name}/{path.name}", record))
    return sorted(found, key=lambda one: (one.record.number, one.shown))


def next_number(season: Season, runs: Sequence[Results]) -> int:
    """One more than any run there is, also one whose record is gone."""
    named = [_number(path) for path in season.results.iterdir()] if season.results.is_dir() else []
    return max([*named, *(one.record.number for one in runs)], default=0) + 1


def _folder_name(number: int, time: datetime.datetime | None) -> str:
    words = marks("run")
    name = f"{words['before']}{number:03d}{words['after']}"
    return f"{name} {time.date().isoformat()}" if time else name


def _number(path: Path) -> int:
    words = marks("run")
    digits = path.name.removeprefix(words["before"]).partition(words["after"])[0]
    return int(digits) if path.name.startswith(words["before"]) and digits.isdecimal() else 0


# ---------------------------------------------------------------- one run


def _run(
    season: Season,
    runs: Sequence[Results],
    consolidate: Consolidate,
    run: Run,
    store: Store,
    draft: Path | None,
    *,
    pdf: bool = False,
) -> Outcome:
    told = list(_open_files(season, runs))
    desk = read_desk(season.desk)
    gathered = gather(runs, desk)
    desk = with_carried(desk, gathered.carried)
    found = find_files(season.sent)
    run = replace(run, edited=gathered.report)
    city = _consolidated(season, desk, gathered.carried, consolidate, found, run)
    city, lost = with_notes(city, gathered.carried)
    changes = store.changes(city)
    city = replace(city, changes=changes)
    remarks, since = (*told, *gathered.remarks, *lost), tuple(summary(changes))
    if draft:
        read = dict(_beside(season, desk))
        _write(draft, city, gathered, (*remarks, *since), found, read, pdf=pdf)
    return Outcome(city, None, found, remarks, since)


def _beside(season: Season, desk: Desk) -> Iterator[tuple[str, str]]:
    """What a run reads beside 报送 -> its sha256, by its path from there: 汇总台, last year, local rules."""
    given = desk.settings
    files = [season.desk]
    for written, item in ((given.prior, "prior"), (given.rules, "rules")):
        path = named_file(season, written, item)
        if path and path.is_dir():
            result = last_workbook(path)
            files += [result] if result else find_files(path).books
        elif path and path.is_file():
            files.append(path)
    for path in files:
        yield way(path, season.sent), sha256_if_there(path)


def _open_files(season: Season, runs: Sequence[Results]) -> Iterable[str]:
    """What is open and may hold edits that nobody has saved; which 汇总台 counts."""
    if any(locks_of(season.desk)):
        yield say("desk_open", file=season.desk.name)
    if len(season.desks) > 1:
        yield say("newest", file=season.desk.name)
    known = {one.folder for one in runs}
    for path in sorted(season.results.iterdir() if season.results.is_dir() else ()):
        if _number(path) and path.is_dir() and path not in known:
            yield say("no_record", run=path.name)
    for one in runs[-1:]:
        for file in one.record.outputs:
            if (one.folder / file).is_file() and is_open(one.folder / file):
                yield say("result_open", file=one.shown_file(file))


def _consolidated(
    season: Season,
    desk: Desk,
    carried: Carried,
    consolidate: Consolidate,
    found: Found,
    run: Run,
) -> Consolidation:
    given = desk.settings
    form = load_form(given.edition or edition_for_year(given.year))
    said = explanations_of(carried)
    own = Report(form, given.name, given.year, texts=own_texts(desk.texts), explanations=said)
    return consolidate(
        found,
        roster=desk.roster,
        name=given.name,
        year=given.year,
        edition=given.edition or None,
        city=own,
        prior=named_file(season, given.prior, "prior"),
        rules=named_file(season, given.rules, "rules"),
        include_invalid=given.include_invalid,
        desk=desk,
        run=run,
    )


def named_file(season: Season, written: str, item: str) -> Path | None:
    """A file that 设置 names under ``item``, seen from the season's folder; settings that ship go by name.
    Raises :class:`SeasonError` where it is not there."""
    if not written:
        return None
    if item == "rules" and written in presets():
        return Path(written)
    path = season.folder / written.replace("\\", "/")
    if not path.exists():
        raise SeasonError(say("no_file", item=marks("settings.items")[item], file=written))
    return path


def _write(
    draft: Path,
    city: Consolidation,
    gathered: Gathered,
    remarks: Sequence[str],
    found: Found,
    read: Mapping[str, str],
    *,
    pdf: bool,
) -> None:
    failed: list[str] = []
    making = Making(city, Means(from_folder(found), failed.append, read, pdf))
    for output in making:
        write_below(draft, output.path, output.content)
    told = making.add(wording_of("gouji.city.season", "run")["remarks"], _told(city, (*remarks, *failed)))
    for output in (told, making.listed()):
        write_below(draft, output.path, output.content)
    workbook = making.names["workbook"]
    record = Record(
        number=city.run.number,
        version=__version__,
        time=city.run.time.isoformat() if city.run.time else "",
        outputs=dict(making.digests),
        workbook=workbook,
        said=said_as_made(draft / workbook, city),
        listed=as_listed(city),
        carried=gathered.carried,
        seen=gathered.seen,
    )
    write_below(draft, RECORD, dumps(record))


def _told(city: Consolidation, remarks: Sequence[str]) -> bytes:
    """What the terminal says of the run, as a text that every editor opens."""
    words = wording_of("gouji.city.season", "run")
    time = city.run.time.isoformat(" ", "minutes") if city.run.time else ""
    name = {"name": city.report.unit, "year": city.report.year, "source": city.desk.source}
    head = words["head"].format(number=city.run.number, time=time, version=__version__, **name)
    lines = [head, words["sum"].format(**sum_counts(city)), *said_of(city), *remarks]
    return ("\r\n".join(map(one_line, lines)) + "\r\n").encode("utf-8-sig")


def _point(season: Season, target: Path, city: Consolidation) -> None:
    """A small page that leads to the newest results. It is a convenience: a run does not fail for it."""
    words = wording_of("gouji.city.season", "pointer")
    files = sorted(path for path in target.iterdir() if not path.name.startswith("."))
    links = "".join(
        words["link"].format(target=quote(f"{target.name}/{path.name}"), name=text(path.name))
        for path in files
    )
    title = words["title"].format(name=city.report.unit, year=city.report.year, number=city.run.number)
    said = text(said_of(city)[0])
    page = words["page"].format(title=text(title), said=said, links=links, version=__version__)
    try:
        with atomic_write(season.results / words["file"], force=True) as draft:
            draft.write_text(page, "utf-8")
    except (OSError, GoujiError):
        return
