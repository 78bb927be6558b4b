"""A folder that is no season, from its files to the results in their place: what ``gouji consolidate`` does
with it, for whoever shows what came of it. The runs of a season are in ``city/season/running.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..records import dataclass
from .beside import catalogue_with
from .cities import consolidate

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.intake.folder import Found
    from ..city.memory.store import Store
    from ..city.season.record import Carried
    from ..city.season.replacing import Before
    from ..report import Report


@dataclass(frozen=True)
class Given:
    """What a run is told beside the folder, as :func:`gouji.api.consolidate` takes it."""

    roster: Path
    name: str
    year: int | None = None
    edition: str | None = None
    city: Path | None = None
    prior: Path | None = None
    adjust: Path | None = None
    rules: Path | None = None
    include_invalid: bool = False
    ended: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path | None, ...]:
        """What is read beside the folder and never written over."""
        return self.roster, self.city, self.prior, self.adjust, self.rules


@dataclass(frozen=True)
class Summed:
    """``city``: the result, which knows the way to the files; ``found``: what lay in the folder; ``before``:
    what lay at the output; ``lost``: notes that people wrote into earlier results and that have no place any
    more, a sentence each."""

    city: Consolidation
    found: Found
    before: Before
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """``files``: the results in their order, ``slips``: how many 退回单 beside; ``failed``: what could not be
    made, ``kept``: what was kept under another name, a sentence each."""

    files: tuple[Path, ...]
    slips: int = 0
    failed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def sum_folder(
    folder: Path,
    output: Path,
    given: Given,
    *,
    force: bool = False,
    progress: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    store: Store | None = None,
) -> Summed:
    """Read the folder, check every file and sum what may be summed; nothing is written.

    ``output``: where the results are to go, whose earlier results are carried on; ``force``: they may be
    replaced. Raises GoujiError and OSError before anything is read where they can not be written, and as
    :func:`gouji.api.consolidate` does.
    """
    from ..city.asking.outputs import slips_folder
    from ..city.intake.folder import find_files
    from ..city.season.carrying import with_notes, with_numbers
    from ..city.season.replacing import look
    from ..city.season.targets import city_targets
    from ..city.views.links import with_files

    targets_of = partial(city_targets, output, given.name, force=force, inputs=given.files, folder=folder)
    targets = targets_of(given.year) if given.year else {}
    before = look(output)
    carried = before.gathered.carried
    without = [path for path in (*given.files, *targets.values(), output / slips_folder()) if path]
    found = find_files(folder, without=without)
    result, lost = with_notes(_consolidated(found, given, carried, progress, store), carried)
    if not targets:
        targets_of(result.report.year)
    result = with_files(result, folder, output)
    told = (*before.gathered.lost, *lost)
    return Summed(result, found, replace(before, gathered=with_numbers(before.gathered, result)), told)


def _consolidated(
    found: Found,
    given: Given,
    carried: Carried,
    progress: Callable[[Sequence[Path]], Iterable[Path]],
    store: Store | None,
) -> Consolidation:
    return consolidate(
        found,
        roster=given.roster,
        name=given.name,
        year=given.year,
        edition=given.edition,
        city=_own(given, carried),
        prior=given.prior,
        adjust=given.adjust,
        rules=given.rules,
        include_invalid=given.include_invalid,
        progress=progress,
        store=store,
        ended=given.ended,
    )


def _own(given: Given, carried: Carried) -> Path | Report | None:
    """The city's own report with what people wrote into earlier results."""
    from ..city.season.carrying import with_own
    from ..examine import read_report
    from ..rules import Context

    if not (carried.texts or carried.words or carried.listed):
        return given.city
    context = Context(catalogue=catalogue_with(given.rules))
    own = read_report(given.city, context).report if given.city else None
    return with_own(own, given.name, carried)


def write_folder(summed: Summed, *, pdf: bool = False) -> Written:
    """Write all that the city office gets, or nothing. ``pdf``: the report as PDF too. Raises GoujiError and
    OSError where a file can not be written."""
    from ..city.asking.sources import from_folder
    from ..city.results import Making, Means
    from ..city.season.replacing import replace_set

    failed: list[str] = []
    making = Making(summed.city, Means(from_folder(summed.found), failed.append, pdf=pdf))
    kept = replace_set(summed.before, making)
    names = [name for key, name in making.names.items() if name in making.digests and key != "manifest"]
    files = tuple(summed.before.folder / name for name in names)
    slips = len(making.digests.keys() - making.names.values())
    return Written(files, slips, tuple(failed), tuple(kept))
