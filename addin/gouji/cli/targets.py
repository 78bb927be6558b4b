"""Where a city's outputs go, and whether they may: decided before anything is read or computed.

With ``--force`` an earlier result of the same city and year is replaced, and nothing else: a file that bears
the name of an output may be what a unit sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import refuse_existing
from . import Failure, words

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.intake.folder import Found
    from ..city.season.replacing import Before
    from ..workbook.kind import ListKind

#: Outputs that are lists; the others are the workbook with the form and the Word report.
_LISTS: dict[str, ListKind] = {"detail": "detail", "reminder": "reminder"}


def city_targets(
    output: Path,
    name: str,
    year: int,
    *,
    force: bool,
    inputs: Iterable[Path | None] = (),
    folder: Path | None = None,
) -> dict[str, Path]:
    """The files to write, by their key in the wording.

    ``folder``: the one that is read. Raises :class:`Failure` where ``output`` is a file, or a target is there
    that is no earlier result of this city and year; :class:`~gouji.files.WouldOverwrite` where a target is
    there and ``force`` is not given, or is one of the ``inputs``, be it through a link.
    """
    from ..city.results import file_names
    from ..city.season.replacing import refuse_open

    if output.is_file():
        raise Failure(words("template")["exists_folder"].format(path=output))
    given = list(inputs)
    targets = {key: output / file for key, file in file_names(name, year).items()}
    for target in targets.values():
        refuse_existing(target, force=force, inputs=given)
    for key, target in targets.items():
        # A Word file of 0.1.0 does not say whose it is: beside the results it is taken for one.
        trusted = key == "report" and not (folder and target.resolve().is_relative_to(folder.resolve()))
        if target.exists() and not trusted and not _is_earlier(target, key, name, year):
            raise Failure(words("consolidate")["not_ours"].format(path=target, name=name, year=year))
    refuse_open(targets)
    return targets


def write_set(before: Before, result: Consolidation, found: Found, *, pdf: bool = False) -> list[str]:
    """Write all that the city office gets, or nothing. ``found``: the files of the run. Returns what was
    written, kept and could not be, a line each."""
    from ..city.asking import from_folder, slips_folder
    from ..city.results import Making, Means
    from ..city.season.replacing import replace_set

    failed: list[str] = []
    making = Making(result, Means(from_folder(found), failed.append, pdf=pdf))
    told = replace_set(before, making)
    w = words("app")
    names = [name for key, name in making.names.items() if name in making.digests and key != "manifest"]
    written = [w["written"].format(path=before.folder / name) for name in names]
    if slips := making.digests.keys() - making.names.values():
        written.append(w["slips"].format(path=before.folder / slips_folder(), count=len(slips)))
    return [*written, *failed, *told]


def _is_earlier(path: Path, key: str, name: str, year: int) -> bool:
    from ..city.intake.kinds import list_of, word_of
    from ..city.intake.names import plain_name
    from ..document.ooxml import legal
    from ..document.origin import identifier
    from ..examine import read_report
    from ..workbook.kind import parts_of
    from ..workbook.reading.guard import Refused

    if _stamped(path, key, name, year):
        return True
    if key == "report":
        return word_of(path) == identifier(legal(name), year)
    if key in _LISTS:
        kind, unit, of_year = list_of(path)
        # Lists of 0.1.0 do not say whose they are, and what a person made by hand looks like them.
        return kind == _LISTS[key] and (plain_name(unit), of_year) == (plain_name(name), year)
    try:
        report = read_report(path).report
    except Refused:
        return False
    return parts_of(report) is not None and (plain_name(report.unit), report.year) == (plain_name(name), year)


def _stamped(path: Path, key: str, name: str, year: int) -> bool:
    """Whether a file says by its stamp that it was made of this city and year."""
    from ..city.intake.names import plain_name
    from ..city.memory.manifest import read_manifest
    from ..city.memory.stamping import Refused, stamp_in

    content = path.read_bytes()
    try:
        listed = read_manifest(content).stamp if key == "manifest" else None
        found = None if listed else stamp_in(content, path.suffix[1:])
    except (ValueError, Refused):
        return False
    stamp = found.stamp if found else listed
    return stamp is not None and (plain_name(stamp.city), stamp.year) == (plain_name(name), year)
