"""Results in a folder of the office's own choice, where earlier ones may lie: the form of the command without
a season.

What an earlier run wrote and nobody touched is replaced; what a person changed, or what nobody can tell of,
is kept beside under a name with its number.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path

from ... import __version__
from ...digests import sha256_if_there
from ...errors import Refused
from ...files import Locked, atomic_write
from ...records import dataclass
from ..results import Making
from .carrying import Gathered, Results, gather, said_as_made
from .committing import drafts, of_target, put, try_room
from .folder import SeasonError, is_open, say
from .listed import as_listed
from .record import RECORD, Readback, Record, dumps, read_record
from .sheets import marks


@dataclass(frozen=True)
class Before:
    """What an output folder held before the run: the record of who wrote it, and what was carried."""

    folder: Path
    record: Record | None
    gathered: Gathered


def look(folder: Path) -> Before:
    """The folder before anything else is read. Raises OSError where nothing can be written into it."""
    there = next(path for path in (folder, *folder.resolve().parents) if path.is_dir())
    with of_target(there, folder):
        try_room(there)
    record = read_record(folder)
    return Before(folder, record, gather([Results(folder, "", record)] if record else []))


def output_beside(folder: Path) -> Path:
    """Where the results go when nobody says: a folder of its own beside the one that is read, never in it.
    Raises :class:`SeasonError` where that is the folder itself."""
    output = folder.resolve().parent / marks("folders")["beside"]
    if output == folder.resolve():
        raise SeasonError(say("no_output"))
    return output


def refuse_open(targets: Mapping[str, Path]) -> None:
    """Raise :class:`~gouji.files.Locked` for the first target that another program has open."""
    for target in targets.values():
        if target.exists() and is_open(target):
            raise Locked(target)


def replace_set(before: Before, making: Making) -> list[str]:
    """Put the results in their places, and remove what an earlier run wrote and this one does not.

    Each is written as it is made, and all before the first target changes. Returns a sentence for each file
    that was kept beside.
    """
    said: list[str] = []
    outputs = ((_below(before, output.path), output.content) for output in making.whole())
    with drafts(outputs) as made:
        record = _record(before, making, made[_below(before, making.names["workbook"])])
        for target in (*_left(before, made), *made):
            if target.exists():
                said += _out_of_the_way(before, target, replaced=target in made)
            if target in made:
                put(made[target], target)
    with atomic_write(before.folder / RECORD, force=True) as draft:
        draft.write_bytes(dumps(record))
    return said


def _below(before: Before, path: str) -> Path:
    return before.folder.joinpath(*path.split("/"))


def _left(before: Before, made: Container[Path]) -> list[Path]:
    """What the earlier run wrote and this one has no name for: 退回单 of units that are done by now."""
    written = before.record.outputs if before.record else {}
    return [target for file in written if (target := _below(before, file)) not in made]


def _out_of_the_way(before: Before, target: Path, *, replaced: bool) -> list[str]:
    """Keep an edited file under another name; remove what this run does not write."""
    written = before.record.outputs.get(_path(before, target)) if before.record else None
    if written == sha256_if_there(target):
        if not replaced:
            target.unlink()
        return []
    kept = free_beside(target)
    try:
        target.rename(kept)
    except PermissionError as error:
        raise Locked(target) from error
    return [say("kept" if written else "kept_unknown", file=target.name, kept=kept.name)]


def _path(before: Before, target: Path) -> str:
    return target.relative_to(before.folder).as_posix()


def free_beside(target: Path) -> Path:
    """The first name with a number that nothing has."""
    number = 1
    while (
        path := target.with_name(say("kept_name", stem=target.stem, number=number) + target.suffix)
    ).exists():
        number += 1
    return path


def _record(before: Before, making: Making, workbook: Path) -> Record:
    run = making.city.run
    try:
        said = said_as_made(workbook, making.city)
    except Refused:
        said = Readback()
    return Record(
        number=run.number,
        version=__version__,
        time=run.time.isoformat() if run.time else "",
        outputs=dict(making.digests),
        workbook=making.names["workbook"],
        said=said,
        listed=as_listed(making.city),
        carried=before.gathered.carried,
    )
