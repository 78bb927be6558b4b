"""The front door: what a program does with reports, in plain functions that take paths or bytes.

``import gouji`` offers these functions by name. None prints, none ends the program, and none writes a file
that it was not told to write. What a person can mend is raised as a :class:`~gouji.errors.GoujiError`; what
the operating system refuses, as its ``OSError``. README.md beside this file shows each with an example.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import GoujiError
from .files import atomic_write, refuse_existing, shown_path
from .formats import WRITERS
from .report import Report
from .wording import wording_of

if TYPE_CHECKING:
    from .city.consolidate import Consolidation
    from .city.desk import Desk
    from .city.intake.folder import Found, Known
    from .city.intake.roster import Roster
    from .city.intake.sorting import Submission
    from .city.run import Run
    from .city.sum.last_year import LastYear
    from .examine import Examined
    from .published import Published
    from .rules import Catalogue, Finding
    from .workbook.seal import Seal

    #: The catalogue to judge by, or the path of a city's settings (TOML) for the one that ships.
    Rules = str | os.PathLike[str] | Catalogue

PathLike = str | os.PathLike[str]
#: A file by its path, or its content.
Source = PathLike | bytes


class NotSealable(GoujiError):
    """An error is left, or a warning that nobody explained. ``examined``: the file; ``findings``: what stands
    in the way."""

    def __init__(self, key: str, examined: Examined, findings: Sequence[Finding]) -> None:
        super().__init__(wording_of("gouji", "seal")[key].format(count=len(findings)))
        self.examined = examined
        self.findings = tuple(findings)


class UnknownFormat(GoujiError, ValueError):
    """A report is written as xlsx, json, docx, html or pdf, and as nothing else."""

    def __init__(self, name: str) -> None:
        known = "、".join(WRITERS)
        super().__init__(wording_of("gouji", "formats")["unknown"].format(format=name, known=known))


class OtherYear(GoujiError, ValueError):
    """What was given as last year's report is of another year."""

    def __init__(self, file: object, year: int, expected: int) -> None:
        line = wording_of("gouji", "prior")["other_year"]
        super().__init__(line.format(file=file, year=year, expected=expected))


class UnknownEdition(GoujiError, ValueError):
    """There is no such edition of the form."""

    def __init__(self, edition: str) -> None:
        from .form import editions

        line = wording_of("gouji", "editions")["unknown"]
        super().__init__(line.format(edition=edition, known="、".join(editions())))


class TextTooLong(GoujiError, ValueError):
    """A text of the city's own report is longer than a cell of a workbook."""

    def __init__(self, file: object, place: str, size: int, limit: int) -> None:
        line = wording_of("gouji", "city")["too_long"]
        super().__init__(line.format(file=file, place=place, size=size, limit=limit))


# ---------------------------------------------------------------- one report


def read(source: Source, *, rules: Rules | None = None) -> Report:
    """What a workbook, a report as JSON, or one that was published says; nothing is judged.

    上年数, the seal and what is wrong with the file itself are known to :func:`validate` (``.reading``).
    Raises :class:`~gouji.errors.Refused` where it is no such file or can not be read.
    """
    from .examine import read_report
    from .rules import Context

    return read_report(_given(source), Context(catalogue=catalogue_with(rules))).report


def import_report(source: Source, *, name: str = "") -> Published:
    """A published annual report, as text, Markdown, HTML or Word: ``.report``, ``.doubts``, ``.title``.

    ``name``: what the file is called, where its bytes are given. The report says of every cell where and how
    it was read (``.read``) and which could not be (``.unread``): those are blank, never guessed. Raises
    :class:`~gouji.errors.Refused` for what holds no such report, or more than one, with what to do.
    """
    from .published import read_published

    return read_published(_given(source), name)


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
    from .examine import examine

    known = known_beside(prior=prior, roster=roster, rules=rules)
    return examine(_given(source), known.context, known.about, confirm=confirm)


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
    from .examine import examine

    if path is not None:
        given = [Path(one) for one in (source, prior, rules) if isinstance(one, (str, os.PathLike))]
        refuse_existing(Path(path), force=force, inputs=given)
    known = known_beside(prior=prior, rules=rules)
    file = _given(source)
    copy = sealed_copy(examine(file, known.context, known.about), known.context.catalogue, file)
    return _kept(copy.content, path, force=force)


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """A workbook, and the seal that it carries."""

    content: bytes
    seal: Seal


def sealed_copy(examined: Examined, rules: Catalogue, source: Path | bytes) -> SealedCopy:
    """The copy of a file that was examined by ``rules``. Raises :class:`NotSealable`.

    Each explanation is kept with the state and the numbers that it has now, which the seal covers.
    ``source``: the file, for what was pasted beside the form.
    """
    from .rules.explanations import recorded, unexplained
    from .workbook.reading.zones import zones_of
    from .workbook.seal import make_seal
    from .workbook.writer import write_workbook

    reading = examined.reading
    if reading is None:
        raise NotSealable("unreadable", examined, examined.findings)
    # A seal that was broken is no obstacle to a new one.
    findings = [f for f in examined.findings if f.rule != "seal-broken"]
    if errors := [f for f in findings if f.level == "error"]:
        raise NotSealable("errors", examined, errors)
    if open_ := unexplained(reading.report, findings):
        raise NotSealable("unexplained", examined, open_)
    reading.report.explanations = recorded(reading.report, findings)
    stamp = make_seal(reading.report, reading.prior, rules)
    pasted = zones_of(source)
    content = write_workbook(reading.report, prior=reading.prior, rules=rules, seal=stamp, pasted=pasted)
    return SealedCopy(content, stamp)


# ---------------------------------------------------------------- a city


def consolidate(
    sources: PathLike | Iterable[PathLike] | Mapping[str, bytes] | Found,
    *,
    roster: PathLike | Roster,
    name: str,
    year: int | None = None,
    edition: str | None = None,
    city: Source | Report | None = None,
    prior: PathLike | LastYear | None = None,
    adjust: PathLike | None = None,
    rules: Rules | None = None,
    include_invalid: bool = False,
    desk: Desk | None = None,
    run: Run | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Consolidation:
    """The city's report, where every figure comes from, and the reason for every unit left out.

    ``sources``: a folder with whatever the units sent, single files, or file name -> content. ``roster``:
    the units that have to report; ``name``, ``year``: the city's; without ``year`` that on which all reports
    agree. ``city``: its own report, for its texts. ``prior``: its workbook of last year. ``adjust``: a list
    of adjustments. ``desk``: what the office says beside these; ``run``: number and time of the run.
    ``progress`` wraps the files of a folder while they are read. No bad file stops the rest; raises
    GoujiError where roster, ``city``, ``prior``, ``adjust`` or ``rules`` can not be used (:class:`OtherYear`
    for a file of another year)."""
    from .city.consolidate import consolidate as add_up
    from .city.intake.folder import Known
    from .city.intake.given import agreed_year
    from .city.sum.adjust import read_adjustments
    from .form import editions, load_form
    from .rules import Context

    if edition is not None and edition not in editions():
        raise UnknownEdition(edition)
    context = Context(catalogue=catalogue_with(rules))
    own = _own_report(city, context.catalogue)
    units = _roster(roster)
    last_year = _last_year(prior, context.catalogue)
    adjustments = read_adjustments(Path(adjust)) if adjust else desk.adjustments if desk else ()
    if year is not None:
        _check_year_before(last_year, year)
    submissions = _submissions(sources, Known(context, units, last_year), progress)
    if year is None:
        year = agreed_year(submissions, city=name)
        _check_year_before(last_year, year)
    return add_up(
        submissions,
        units,
        name=name,
        year=year,
        form=load_form(edition) if edition else None,
        texts=own.texts if own else None,
        include_invalid=include_invalid,
        adjustments=adjustments,
        last_year=last_year,
        rules=context.catalogue,
        desk=desk,
        run=run,
    )


def _own_report(city: Source | Report | None, rules: Catalogue) -> Report | None:
    """The city's own report, for its texts. Raises :class:`TextTooLong` where one has no room in a cell."""
    from .workbook.limits import CELL_LIMIT, long_texts

    if city is None:
        return None
    own = city if isinstance(city, Report) else read(city, rules=rules)
    texts = replace(own, notes={}, unplaced=[], explanations={})
    for place, size in long_texts(texts):
        raise TextTooLong(city if isinstance(city, (str, os.PathLike)) else own.unit, place, size, CELL_LIMIT)
    return own


# ---------------------------------------------------------------- what is known beside a report


def catalogue_with(rules: Rules | None) -> Catalogue:
    """The catalogue that ships, with a city's settings where a path is given.

    Raises CatalogueError, and OSError where the file can not be opened.
    """
    from .rules import Catalogue, catalogue

    if isinstance(rules, Catalogue):
        return rules
    return catalogue() if rules is None else catalogue().with_settings(Path(rules))


def known_beside(
    *,
    prior: PathLike | Report | None = None,
    roster: PathLike | Roster | None = None,
    rules: Rules | None = None,
) -> Known:
    """What is known before a report is read (``.context``) and once it is known whose it is (``.about``)."""
    from .city.intake.folder import Known
    from .city.sum.last_year import LastYear, read_last_year
    from .rules import Context

    context = Context(catalogue=catalogue_with(rules))
    units = None if roster is None else _roster(roster)
    if prior is None:
        return Known(context, units)
    if isinstance(prior, Report):
        return Known(context, units, LastYear("", prior))
    return Known(context, units, read_last_year(Path(prior), context.catalogue))


def _roster(roster: PathLike | Roster) -> Roster:
    from .city.intake.roster import Roster, read_roster

    return roster if isinstance(roster, Roster) else read_roster(Path(roster))


def _last_year(prior: PathLike | LastYear | None, rules: Catalogue) -> LastYear | None:
    from .city.sum.last_year import LastYear, read_last_year

    if prior is None:
        return None
    return prior if isinstance(prior, LastYear) else read_last_year(Path(prior), rules)


def _check_year_before(last_year: LastYear | None, year: int) -> None:
    if last_year and last_year.year != year - 1:
        raise OtherYear(last_year.file, last_year.year, year - 1)


def _given(source: Source) -> Path | bytes:
    return source if isinstance(source, bytes) else Path(source)


def _kept(content: bytes, path: PathLike | None, *, force: bool) -> bytes:
    if path is not None:
        with atomic_write(Path(path), force=force) as draft:
            draft.write_bytes(content)
    return content


# ---------------------------------------------------------------- files


def _submissions(
    sources: PathLike | Iterable[PathLike] | Mapping[str, bytes] | Found,
    known: Known,
    progress: Callable[[Sequence[Path]], Iterable[Path]],
) -> list[Submission]:
    from .city.intake.folder import Found, find_files, read_submissions, submission_of

    if isinstance(sources, (str, os.PathLike)):
        sources = find_files(Path(sources))
    if isinstance(sources, Found):
        return read_submissions(sources, known.context, known.roster, progress, last_year=known.last_year)
    if isinstance(sources, Mapping):
        return [submission_of(name, content, known) for name, content in sources.items()]
    return [submission_of(shown_path(path), path, known) for path in map(Path, sources)]
