"""A city: many units' files to its report."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GoujiError
from ..report import Report
from ..wording import wording_of
from .beside import (
    PathLike,
    Source,
    catalogue_with,
    check_year_before,
    given,
    last_year_of,
    of_this_city,
    roster_of,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ..city.approving import KeptWord, WordKey
    from ..city.consolidate import Consolidation
    from ..city.desk import Desk
    from ..city.intake.folder import Found
    from ..city.intake.known import Known
    from ..city.intake.roster import Roster
    from ..city.intake.sorting import Submission
    from ..city.memory.store import Store
    from ..city.run import Run
    from ..city.sum.last_year import LastYear
    from ..rules import Catalogue
    from .beside import Rules


class UnknownEdition(GoujiError, ValueError):
    """There is no such edition of the form."""

    def __init__(self, edition: str) -> None:
        from ..form import editions

        line = wording_of("gouji", "editions")["unknown"]
        super().__init__(line.format(edition=edition, known="、".join(editions())))


class TextTooLong(GoujiError, ValueError):
    """A text of the city's own report is longer than a cell of a workbook."""

    def __init__(self, file: object, place: str, size: int, limit: int) -> None:
        line = wording_of("gouji", "city")["too_long"]
        super().__init__(line.format(file=file, place=place, size=size, limit=limit))


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
    kept: Mapping[WordKey, KeptWord] | None = None,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    store: Store | None = None,
    executor: Executor | None = None,
    ended: Collection[Path] = (),
) -> Consolidation:
    """The city's report, where every figure comes from, and the reason for every unit left out.

    ``sources``: a folder with whatever the units sent, single files, or file name -> content. ``roster``:
    the units that have to report; ``name``, ``year``: the city's; without ``year`` that on which all reports
    agree. ``city``: its own report, for its texts and 审核说明. ``prior``: its workbook of last year, or a
    folder of last year's files. ``adjust``: a list of adjustments. ``desk``: what the office says beside
    these, its adjustments too; ``run``: number and time of the run; ``kept``: for which numbers words were
    given (``.approval.kept`` of the run before).
    ``progress`` wraps the files while they are read. ``store``: what is known from earlier runs
    (:class:`gouji.city.memory.Store`); files that are as they were are not read again. ``executor``: any of
    ``concurrent.futures``, which reads them; it is not shut down. ``ended``: files of a folder whose reader
    is known not to survive them, which are named and not read. No bad file stops the rest; raises
    GoujiError where roster, ``city``, ``prior``, ``adjust`` or ``rules`` can not be used (:class:`OtherYear`,
    :class:`OtherCity` for a file of another year or city)."""
    from ..city.consolidate import consolidate as add_up
    from ..city.desk import NOTHING_SAID
    from ..city.intake.given import agreed_year
    from ..city.sum.adjust import read_adjustments
    from ..form import editions, load_form

    if edition is not None and edition not in editions():
        raise UnknownEdition(edition)
    catalogue, desk = catalogue_with(rules), desk or NOTHING_SAID
    own = _own_report(city, catalogue)
    units = roster_of(roster)
    adjustments = (*(read_adjustments(Path(adjust)) if adjust else ()), *desk.adjustments)
    known = known_of(units, name=name, year=year, prior=prior, rules=catalogue, desk=desk)
    submissions = _submissions(sources, known, progress, store=store, executor=executor, ended=ended)
    if year is None:
        year = agreed_year(submissions, city=name)
        check_year_before(known.last_year, year)
    return add_up(
        submissions,
        units,
        name=name,
        year=year,
        form=load_form(edition) if edition else None,
        texts=own.texts if own else None,
        explanations=own.explanations if own else None,
        include_invalid=include_invalid,
        adjustments=adjustments,
        last_year=known.last_year,
        rules=catalogue,
        desk=desk,
        run=run,
        kept=kept,
    )


def known_of(
    roster: Roster,
    *,
    name: str,
    year: int | None = None,
    prior: PathLike | LastYear | None = None,
    rules: Rules | None = None,
    desk: Desk | None = None,
) -> Known:
    """What each file of the units is read beside. Raises as :func:`consolidate` does."""
    from ..city.desk import NOTHING_SAID
    from ..city.intake.known import Known
    from ..rules import Context

    context = Context(catalogue=catalogue_with(rules))
    last_year = last_year_of(prior, context.catalogue, year)
    if year is not None:
        check_year_before(last_year, year)
    if last_year:
        last_year = of_this_city(last_year, name, roster, desk or NOTHING_SAID)
    return Known(context, roster, last_year)


def _own_report(city: Source | Report | None, rules: Catalogue) -> Report | None:
    """The city's own report, for its texts. Raises :class:`TextTooLong` where one has no room in a cell."""
    from ..examine import read_report
    from ..rules import Context
    from ..workbook.limits import CELL_LIMIT, long_texts

    if city is None:
        return None
    own = city if isinstance(city, Report) else read_report(given(city), Context(catalogue=rules)).report
    texts = replace(own, notes={}, unplaced=[], explanations={})
    for place, size in long_texts(texts):
        raise TextTooLong(city if isinstance(city, (str, os.PathLike)) else own.unit, place, size, CELL_LIMIT)
    return own


def _submissions(
    sources: PathLike | Iterable[PathLike] | Mapping[str, bytes] | Found,
    known: Known,
    progress: Callable[[Sequence[Path]], Iterable[Path]],
    *,
    store: Store | None,
    executor: Executor | None,
    ended: Collection[Path],
) -> list[Submission]:
    from ..city.intake.folder import Found, Reader, find_files, read_files, read_submissions
    from ..city.intake.reading import submission_of

    if isinstance(sources, (str, os.PathLike)):
        sources = find_files(Path(sources))
    if isinstance(sources, Found):
        return read_submissions(
            sources,
            known.context,
            known.roster,
            progress,
            last_year=known.last_year,
            store=store,
            executor=executor,
            ended=ended,
        )
    if isinstance(sources, Mapping):
        return [submission_of(name, content, known) for name, content in sources.items()]
    return read_files([*map(Path, sources)], Reader(known), progress, store=store, executor=executor)
