"""``汇总.cmd``: looks at what was dropped onto it, runs the command that fits, opens what came of it.

For an office that has no Python of its own and no use for a terminal. A folder is summed (a season's, or one
of returns), files are checked and each gets its 退回单, a roster alone begins a season. The script hands over
what Windows told it and nothing else, because a batch file loses ``&``, ``%`` and ``!`` in names.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ..errors import GoujiError
from ..records import dataclass
from ..text import one_line
from . import Failure, main, prepare_streams, words
from .telling import tell, tell_text

#: What the script hands over: the line that Windows began it with, its own path, its arguments.
LINE, SCRIPT, ARGUMENTS = "GOUJI_LINE", "GOUJI_SCRIPT", "GOUJI_ARGUMENTS"
#: How far above a file the folder of its season may be: 报送 and a folder in it.
_UP = 3
_SHORTCUT = ".lnk"


@dataclass(frozen=True)
class Job:
    """A command, and the file or folder that holds what came of it."""

    arguments: tuple[str, ...]
    result: Path


def dropped() -> int:
    """Exit code as that of the command; the highest of several; 2 where nothing useful was dropped."""
    prepare_streams()
    try:
        found = jobs(dropped_paths(os.environ))
    except GoujiError as error:
        tell_text(error.message)
        return 2
    except click.Abort:
        tell(words("dropped")["no_answer"])
        return 2
    return max([_run(job) for job in found])


def dropped_paths(given: Mapping[str, str]) -> list[Path]:
    """What was dropped. Explorer begins a script with ``cmd /c ""script" "a b" c"``: quotes only around
    blanks (not around the wide one of Chinese names), so what stands there is read whole, the arguments only
    where it was begun otherwise."""
    line, script = given.get(LINE, ""), given.get(SCRIPT, "")
    begun = re.search(re.escape(script), line, re.IGNORECASE) if script else None
    text = line[begun.end() :].removeprefix('"') if begun else given.get(ARGUMENTS, "")
    if text.count('"') % 2:
        text = "".join(text.rsplit('"', 1))
    return [Path(one.replace('"', "")) for one in re.findall(r'(?:"[^"]*"|[^" \t])+', text)]


def jobs(paths: Sequence[Path]) -> list[Job]:
    """What is to be done with them. Asks for a name where none is known. Raises Failure, click.Abort."""
    from ..city.intake.given import is_roster
    from ..city.season.folder import desk_number

    w = words("dropped")
    if not paths:
        raise Failure(w["nothing"])
    if missing := [path for path in paths if not path.exists()]:
        raise Failure(w["missing"].format(path=missing[0]))
    if links := [path for path in paths if path.suffix.lower() == _SHORTCUT]:
        raise Failure(w["shortcut"].format(path=links[0]))
    folders = [path for path in paths if path.is_dir()]
    files = [path for path in paths if path not in folders]
    desks = [path for path in files if desk_number(path)]
    rosters = [path for path in files if path not in desks and is_roster(path)]
    rest = [path for path in files if path not in desks and path not in rosters]
    places = list(dict.fromkeys(_season_or_self(path) for path in (*folders, *desks)))
    if not places and not rest:
        return [_new_season(roster) for roster in rosters]
    found = [_summing(place, rosters) for place in places]
    return [*found, _checking(rest)] if rest else found


def _season_or_self(path: Path) -> Path:
    """The season's folder for its 汇总台 and its 报送; a folder as it is."""
    from ..city.season.folder import season_of

    around = season_of(path.resolve().parent)
    inside = path.is_file() or path.resolve() == around.sent.resolve()
    return around.folder if around.desks and inside else path


def _summing(folder: Path, rosters: Sequence[Path]) -> Job:
    from ..city.intake.given import NotGiven, find_roster
    from ..city.season.folder import season_of
    from ..city.season.replacing import output_beside
    from ..wording import wording_of

    season = season_of(folder)
    if season.desks:
        latest = wording_of("gouji.city.season", "pointer")["file"]
        return Job(("consolidate", str(folder)), season.results / latest)
    try:
        roster = rosters[0] if rosters else find_roster(folder)
    except NotGiven as error:
        raise Failure(f"{error}\n{words('dropped')['roster']}") from error
    output = output_beside(folder)
    name = _ask("name", _name_before(output))
    told = ("--roster", str(roster), "--name", name, "-o", str(output), "--force")
    return Job(("consolidate", str(folder), *told), output)


def _name_before(output: Path) -> str:
    """The name that the results there were made under."""
    from ..city.memory.manifest import read_manifest
    from ..city.results import file_names

    try:
        return read_manifest((output / file_names("", 0)["manifest"]).read_bytes()).stamp.city
    except (OSError, ValueError):
        return ""


def _new_season(roster: Path) -> Job:
    from ..files import file_part

    name = _ask("name")
    year = _ask("year")
    folder = roster.parent / f"{file_part(name)}{year}"
    return Job(("season", name, "--year", year, "--roster", str(roster), "-o", str(folder)), folder)


def _checking(files: Sequence[Path]) -> Job:
    folder = _free(_home_of(files[0]) / words("dropped")["slips"])
    return Job(("validate", *map(str, files), "--report", str(folder)), folder)


def _home_of(file: Path) -> Path:
    """Where what is said of a file may lie: beside it, but never among the returns of a season."""
    from ..city.season.folder import season_of

    around = (season_of(folder) for folder in file.resolve().parents[:_UP])
    return next((season.folder for season in around if season.desks), file.parent)


def _free(folder: Path) -> Path:
    """An earlier one is kept: people may have written into it."""
    return next(path for path in _numbered(folder) if not path.exists())


def _numbered(folder: Path) -> Iterator[Path]:
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}_{number}")
        number += 1


def _ask(key: str, default: str = "") -> str:
    # click itself shows what it offers, so a name that is not shown as it is is not offered.
    offered = default if default and default == one_line(default) else None
    answer: str = click.prompt(words("dropped")[key], default=offered)
    return answer.strip()


def _run(job: Job) -> int:
    there = job.result.exists()
    try:
        main(list(job.arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    command = job.arguments[0]
    if code < 2 or (not there and job.result.exists()):  # one bad file of several keeps the others' results
        if command == "season":
            tell(words("dropped")["season"])
        _open(job.result)
    elif command == "consolidate":
        tell(words("dropped")["options"])
    return code


def _open(result: Path) -> None:
    """As a double click would. Where nothing opens it, its place is said: it is there all the same."""
    path = result if result.exists() else result.parent
    try:
        if sys.platform == "win32":
            os.startfile(path)
    except OSError:
        pass
    tell(words("dropped")["opened"], path=path)


if __name__ == "__main__":
    sys.exit(dropped())
