"""The office's part of the desk: what the worker calls for a folder that units sent their reports to.

Files lie in a folder of this Python's own file system, under the paths by which they were dropped. The order:
:func:`office_put` each, :func:`office_given`, :func:`office_read` each of ``to_read``, :func:`office_run`;
then what came of it is fetched. Each takes and gives what ``desk.py`` says; errors are GoujiError.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from ..errors import GoujiError
from ..workbook.reading.guard import MAX_FILE
from ..workbook.writer import COLOURS
from .office_outputs import output, outputs_of, zipped
from .office_place import OfficeError, Place
from .office_said import problems_of, reminders_of, said, states_of, units_of, versions_of
from .office_seen import ROLES, Role
from .office_work import Done, Work

#: Where the files lie in the page, whose file system is its own.
_ROOT = "/desk"
_PAGE = "emscripten"
#: Bytes of a zip that are handed over at once.
_PIECE = 4 << 20

_work: list[Work] = []


def office_begin(root: str = "") -> str:
    """An empty desk. ``root``: a folder for it, whose content is removed; without it one of the page's own.
    Gives ``{largest}``: bytes of the largest file that is read; of a larger one none need be sent."""
    folder = root or (_ROOT if sys.platform == _PAGE else tempfile.mkdtemp(prefix="gouji-office-"))
    _work[:] = [Work(Place(Path(folder)))]
    return _json({"largest": MAX_FILE})


def office_put(path: str, data: bytes, modified: float = 0, size: int = 0) -> str:
    """A file. ``path``: as it was dropped, with "/"; ``modified``: when it was last written, in milliseconds
    since 1970; ``size``: in bytes, where it is too large and ``data`` is empty. Gives ``{path, role, new,
    said, again}``: the path by which it is known, for what it may serve ("" for a report or anything else),
    whether it was not there before, what a person should know (another of this name is kept beside), and
    whether it took the place of its earlier version, which :func:`office_restored` gives back."""
    put = _at().put(path, bytes(data), modified / 1000, int(size))
    said = {"new": put.new, "said": put.said, "again": put.again}
    return _json({"path": put.one.path, "role": put.one.seen.role, **said})


def office_restored(path: str) -> bytes:
    """The earlier version of a file stands again under its path: its bytes, of a file too large to be read
    none that it had."""
    return _at().restore(path)


def office_remove(path: str) -> str:
    """Take a file away. Gives what :func:`office_given` gives."""
    _at().place.remove(path)
    _at().read.pop(path, None)
    return office_given()


def office_choose(role: str, path: str) -> str:
    """What a person says: the file ``path`` serves for ``role``; "": none does. Gives what
    :func:`office_given` gives."""
    known: dict[str, Role] = {role: role for role in get_args(Role)}
    _at().place.choose(known[role], path)
    return office_given()


def office_given() -> str:
    """What was recognised, and what is missing to start.

    ``season``: the path of the 汇总台 by which it runs, "" where there is none; ``used``: role -> path;
    ``choices``: role -> paths that may serve for it, ``seen``: how many of them do by what they hold;
    ``name``, ``year``: proposed, "" and 0 where not known; ``missing``: a sentence, "" where nothing is;
    ``files``: how many there are; ``to_read``: paths of what is not read yet; ``folder``: what was
    dropped, by its name.
    """
    work = _at()
    season = work.place.season
    desks = work.place.seen_as("desk") if season else []
    return _json(
        {
            "season": next((one.path for one in desks if season and one.file == season.desk), ""),
            "used": {} if season else {role: one.path for role, one in work.place.used.items()},
            "choices": {role: [one.path for one in work.place.may_be(role)] for role in ROLES},
            "seen": {role: len(work.place.seen_as(role)) for role in ROLES},
            **_named(work),
            "missing": work.missing(),
            "files": len(work.place.dropped),
            "to_read": work.unread(),
            "folder": work.called,
        }
    )


def _named(work: Work) -> dict[str, Any]:
    try:
        return {"name": work.name(), "year": work.year()}
    except GoujiError:  # a 汇总台 that can not be used: that is what ``missing`` says
        return {"name": "", "year": 0}


def office_read(path: str) -> str:
    """Read and check one file. Gives ``{path, unit, year, state, counts}``; ``state`` is "aside" for what is
    no report."""
    return _json({"path": path, **asdict(_at().read_one(path))})


def office_ended(path: str) -> str:
    """Reading a file has ended the engine: it is named as one that can not be read, and not read again as
    long as it is the same. Gives what :func:`office_read` gives."""
    return _json({"path": path, **asdict(_at().end(path))})


def office_run(name: str, year: int, time: str = "", include_invalid: str = "") -> str:
    """Sum and write. ``name``, ``year``: the city's, where no 汇总台 says them, 0 for the year on which the
    reports agree; ``time``: of a season's run in ISO 8601, without it that of the clock. Gives
    ``{said, units, states, problems, versions, reminders, outputs, folder, name, year, files, colours}``;
    ``files``: path in the folder -> path as dropped; ``colours``: those of the city's workbook by name."""
    now = datetime.datetime.fromisoformat(time) if time else None
    _without_garbage()
    done = _at().run(name, int(year or 0), now, include_invalid=bool(include_invalid))
    return _json(_shown(done))


def _shown(done: Done) -> dict[str, Any]:
    city = done.city
    units = units_of(city)
    return {
        "name": city.report.unit,
        "year": city.report.year,
        "said": list(said(done)),
        "folder": done.output.relative_to(done.home).as_posix(),
        "units": units,
        "states": states_of(city, units),
        "problems": problems_of(city, desk=_at().place.season is not None),
        "versions": versions_of(city),
        "reminders": reminders_of(city),
        "outputs": outputs_of(done),
        "files": _at().sources(done.found),
        "colours": {
            colour: COLOURS[colour] for colour in sorted({"head", *(one["colour"] for one in _looks(units))})
        },
    }


def _looks(units: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for unit in units:
        yield unit
        yield from unit["files"]


def office_output(path: str) -> bytes:
    """One result by its path of ``outputs``."""
    return output(_done(), path)


def office_zip(which: str, at: int = 0) -> bytes:
    """``all`` results with the folder names of the command line, or ``slips``, as a zip: its bytes from
    ``at``, some MB of them, none behind its end. In pieces: a page's Python never gives memory back."""
    file = _at().place.root / f"{which}.zip"
    if not at or not file.is_file():
        zipped(_done(), which, file)
    with file.open("rb") as opened:
        opened.seek(at)
        piece = opened.read(_PIECE)
    if not piece:
        file.unlink()
    return piece


def _without_garbage() -> None:
    """Let the collector look at what a run makes alone, and at all of that each time: each 退回单 leaves a
    book of cycles behind. For 300 files with 250 退回单 the memory of a page grew to 208 MB, so to 145."""
    if sys.platform == _PAGE:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.set_threshold(gc.get_threshold()[0], 1)


def _at() -> Work:
    if not _work:
        office_begin()
    return _work[0]


def _done() -> Done:
    done = _at().done
    if done is None:
        raise OfficeError("not_run")
    return done


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
