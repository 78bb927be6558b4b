"""Where a city's outputs go, and whether they may: decided before anything is read or computed.

With ``force`` an earlier result of the same city and year is replaced, and nothing else: a file that bears
the name of an output may be what a unit sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ...document.ooxml import legal
from ...document.origin import identifier
from ...errors import Refused
from ...examine import read_report
from ...files import refuse_as_folder, refuse_existing
from ...workbook.kind import parts_of
from ..intake.kinds import list_of, word_of
from ..intake.names import plain_name
from ..memory.manifest import read_manifest
from ..memory.stamping import stamp_in
from ..results import file_names
from .folder import SeasonError, say
from .replacing import refuse_open

if TYPE_CHECKING:
    from ...workbook.kind import ListKind

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

    ``folder``: the one that is read. Raises :class:`~gouji.files.NotAFolder` where ``output`` is a file,
    :class:`SeasonError` where a target is there that is no earlier result of this city and year;
    :class:`~gouji.files.WouldOverwrite` where a target is there and ``force`` is not given, or is one of the
    ``inputs``, be it through a link.
    """
    refuse_as_folder(output)
    given = list(inputs)
    targets = {key: output / file for key, file in file_names(name, year).items()}
    for target in targets.values():
        refuse_existing(target, force=force, inputs=given)
    for key, target in targets.items():
        # A Word file of 0.1.0 does not say whose it is: beside the results it is taken for one.
        trusted = key == "report" and not (folder and target.resolve().is_relative_to(folder.resolve()))
        if target.exists() and not trusted and not _is_earlier(target, key, name, year):
            raise SeasonError(say("not_ours", path=target, name=name, year=year))
    refuse_open(targets)
    return targets


def _is_earlier(path: Path, key: str, name: str, year: int) -> bool:
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
    content = path.read_bytes()
    try:
        listed = read_manifest(content).stamp if key == "manifest" else None
        found = None if listed else stamp_in(content, path.suffix[1:])
    except (ValueError, Refused):
        return False
    stamp = found.stamp if found else listed
    return stamp is not None and (plain_name(stamp.city), stamp.year) == (plain_name(name), year)
