"""The front door: what a program does with reports, in plain functions that take paths or bytes.

``import gouji`` offers these functions by name. None prints, none ends the program, and none writes a file
that it was not told to write. What a person can mend is raised as a :class:`~gouji.errors.GoujiError`; what
the operating system refuses, as its ``OSError``. README.md of the package shows each with an example.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GoujiError
from ..files import atomic_write, refuse_existing
from ..formats import DOCUMENTS, WRITERS
from ..report import Report
from ..wording import wording_of
from .beside import OtherCity, OtherYear, PathLike, Source, catalogue_with, given, known_beside
from .cities import TextTooLong, UnknownEdition, consolidate
from .sealing import NotSealable, SealedCopy, sealed_copy

if TYPE_CHECKING:
    from ..city.intake.roster import Roster
    from ..examine import Examined
    from ..published.importer import Published
    from .beside import Rules

__all__ = [
    "NotSealable",
    "OtherCity",
    "OtherYear",
    "SealedCopy",
    "TextTooLong",
    "UnknownEdition",
    "UnknownFormat",
    "catalogue_with",
    "consolidate",
    "import_report",
    "known_beside",
    "read",
    "seal",
    "sealed_copy",
    "validate",
    "write",
]


class UnknownFormat(GoujiError, ValueError):
    """A report is written as xlsx, json, docx, html or pdf, and as nothing else."""

    def __init__(self, name: str) -> None:
        known = "、".join(WRITERS)
        super().__init__(wording_of("gouji", "formats")["unknown"].format(format=name, known=known))


# ---------------------------------------------------------------- one report


def read(source: Source, *, rules: Rules | None = None) -> Report:
    """What a workbook, a report as JSON, or one that was published says; nothing is judged.

    上年数, the seal and what is wrong with the file itself are known to :func:`validate` (``.reading``).
    Raises :class:`~gouji.errors.Refused` where it is no such file or can not be read.
    """
    from ..examine import read_report
    from ..rules import Context

    return read_report(given(source), Context(catalogue=catalogue_with(rules))).report


def import_report(source: Source, *, name: str = "") -> Published:
    """A published annual report, as text, Markdown, HTML or Word: ``.report``, ``.doubts``, ``.title``.

    ``name``: what the file is called, where its bytes are given. The report says of every cell where and how
    it was read (``.read``) and which could not be (``.unread``): those are blank, never guessed. Raises
    :class:`~gouji.errors.Refused` for what holds no such report, or more than one, with what to do.
    """
    from ..published.importer import read_published

    return read_published(given(source), name)


def validate(
    source: Source,
    *,
    prior: PathLike | Report | None = None,
    roster: PathLike | Roster | None = None,
    rules: Rules | None = None,
    confirm: Sequence[str] = (),
) -> Examined:
    """A file and all that is wrong with it: ``.state``, ``.findings``, ``.report``, ``.reading``.

    Never raises for what the file holds: one that can not be read has the state ``unreadable`` and one
    finding that says why. ``prior``: last year's report or any file that holds it, also the city's workbook
    with 明细; it wins over 上年数. ``roster`` says which units may issue 规章. ``confirm``: figures that were
    looked up, ``三!D9`` (right as typed) or ``三!D9=143``. Raises GoujiError where ``prior``, ``roster`` or
    ``rules`` can not be read, or ``confirm`` names no cell.
    """
    from ..examine import examine

    known = known_beside(prior=prior, roster=roster, rules=rules)
    return examine(given(source), known.context, known.about, confirm=confirm)


def write(
    report: Report,
    path: PathLike | None = None,
    *,
    to: str | None = None,
    prior: Report | None = None,
    rules: Rules | None = None,
    force: bool = False,
) -> bytes:
    """The report as a file: ``xlsx`` (the locked form, filled), ``json`` (canonical), ``docx``, ``html`` or
    ``pdf`` (official layout); returned, and written to ``path`` where one is given.

    ``to`` is the ending of ``path`` where it is not given, and ``xlsx`` without a path. ``prior``: what a
    workbook says in 上年数. Raises :class:`UnknownFormat`, CannotWrite where the form has no room for a text,
    NoOfficeSuite where nothing is installed that prints a PDF, and WouldOverwrite where ``path`` is there
    already and ``force`` is false.
    """
    kind = to or (Path(path).suffix.lower().removeprefix(".") if path is not None else "xlsx")
    if kind not in WRITERS:
        raise UnknownFormat(kind)
    if kind in DOCUMENTS and report.texts:
        from ..city.drafting.unit import answered

        report = answered(report, prior)
    content = WRITERS[kind](report, prior, catalogue_with(rules))
    return _kept(content, path, force=force)


def seal(
    source: Source,
    path: PathLike | None = None,
    *,
    prior: PathLike | Report | None = None,
    rules: Rules | None = None,
    force: bool = False,
) -> bytes:
    """A sealed copy of a workbook, returned, and written to ``path`` where one is given.

    Raises :class:`NotSealable` where an error is left or a warning is not explained, WouldOverwrite as
    :func:`write` does, and always where ``path`` is one of the files that were read.
    """
    from ..examine import examine

    if path is not None:
        inputs = [Path(one) for one in (source, prior, rules) if isinstance(one, (str, os.PathLike))]
        refuse_existing(Path(path), force=force, inputs=inputs)
    known = known_beside(prior=prior, rules=rules)
    file = given(source)
    copy = sealed_copy(examine(file, known.context, known.about), known.context.catalogue, file)
    return _kept(copy.content, path, force=force)


def _kept(content: bytes, path: PathLike | None, *, force: bool) -> bytes:
    if path is not None:
        with atomic_write(Path(path), force=force) as draft:
            draft.write_bytes(content)
    return content
