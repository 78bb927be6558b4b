"""From submissions and a roster to the city's report, with the reason for everything that was left out.

Nothing here reads or writes a file. ``intake`` decides which submissions count, ``sum`` adds them up,
``parting`` judges the sum; this module puts them together.

Source: 《政府信息公开条例》 art. 49–50. The rules are those of ``rules/entries/city.toml``,
and ``text-shared`` and ``outlier-peers`` for units beside one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..form import Form, Value, edition_for_year, load_form
from ..records import dataclass
from ..report import Explanation, Report
from ..rules import Catalogue, Finding, State, catalogue, state_of
from .approving import Approval, KeptWord, Settled, WordKey
from .approving.accepted import on_parts, with_accepted
from .approving.approve import approved
from .desk import NOTHING_SAID, Desk
from .intake.peers import beside_peers
from .intake.reasons import with_reservations
from .intake.roster import Roster
from .intake.sorting import Filed, Intake, Submission, UnitRow, sort_submissions
from .parting.ended import listed_findings, without_ended
from .parting.judging import Parting
from .parting.same_units import SameUnits, same_units
from .parting.years import Judged, judge_sum
from .run import Run
from .sum.adding import Added, added_up, parts_of_sum
from .sum.adjust import Adjustment, Applied, adjusted, apply_adjustments, total_change
from .sum.handover import Handover
from .sum.last_year import LastYear
from .sum.limit import check_limit
from .sum.summing import NoteOrigin, check_double_count, check_sum

if TYPE_CHECKING:
    import pandas

    from .memory.changes import Changes

__all__ = [
    "Consolidation",
    "Contribution",
    "Filed",
    "NoteOrigin",
    "Problem",
    "Submission",
    "UnitRow",
    "consolidate",
]

Derived = TypeVar("Derived")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit put into a cell of the city: its value as it stands in the unit's report."""

    unit: str
    file: str
    value: Value


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding and whose it is. ``unit`` is the city's name and ``file`` "" for the city's own."""

    unit: str
    file: str
    finding: Finding


@dataclass(frozen=True)
class Consolidation:
    """A city's report and where it comes from.

    ``report``: the sum, named after the city; ``texts`` only those that were given. ``intake``: one
    row a unit of the roster and the files that belong to none. ``findings``: the city level — the
    roster (``unit-…``), the sum (``city-sum``), then the audit of the sum. ``note_origins``: city mark -> the
    units' own notes in it. ``adjustments``: those that were applied. ``handover``: against last year,
    None where no file of last year was given. ``prior``: the city's own report of last year, or None.
    ``rules``: the catalogue that it was judged by, a city's changes applied; its files show the same.
    ``desk``: what the office said of it; ``run``: its number and time.
    ``approval``: what its units and the office say of the findings, and what of it holds.
    ``last_year``: the file of last year whole, None where none was given. ``changes``: since the run before,
    None outside of a season.
    ``live_prior``: ``prior`` as the live rows of 校验 may compare with it.
    ``parting``: the findings of the sum that are decomposed, each with its parts and who is not compared.
    ``made``: what is derived from all this and wanted by several of its files (:meth:`once`).
    """

    report: Report
    roster: Roster
    intake: Intake
    findings: tuple[Finding, ...]
    note_origins: Mapping[str, tuple[NoteOrigin, ...]]
    adjustments: tuple[Applied, ...] = ()
    handover: Handover | None = None
    prior: Report | None = None
    rules: Catalogue = field(default_factory=catalogue)
    desk: Desk = NOTHING_SAID
    run: Run = field(default_factory=Run)
    approval: Approval = field(default_factory=Approval)
    last_year: LastYear | None = None
    changes: Changes | None = None
    parting: tuple[Parting, ...] = ()
    live_prior: Report | None = None
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, key: str, derive: Callable[[], Derived]) -> Derived:
        """What is derived from all this under a key of its own: derived the first time that it is wanted."""
        if key not in self.made:
            self.made[key] = derive()
        found: Derived = self.made[key]
        return found

    @property
    def form(self) -> Form:
        return self.report.form

    @property
    def units(self) -> tuple[UnitRow, ...]:
        """One row a unit of the roster, in its order."""
        return self.intake.units

    @property
    def strangers(self) -> tuple[Filed, ...]:
        """Files that belong to no unit of the roster: unexpected, unreadable, name against code."""
        return self.intake.strangers

    @cached_property
    def taken(self) -> tuple[Filed, ...]:
        """What was summed, in the order of the roster; ``unit`` and ``submission.report`` are never None."""
        return tuple(row.taken for row in self.units if row.taken)

    @cached_property
    def parts(self) -> tuple[tuple[str, Report], ...]:
        """(the roster's name of the unit, its report) of :attr:`taken`."""
        return parts_of_sum(self.taken)

    @cached_property
    def left_out(self) -> tuple[UnitRow, ...]:
        """The units of the roster that are not in the sum."""
        return tuple(row for row in self.units if not row.taken)

    @property
    def state(self) -> State:
        """The gravest level among :attr:`findings`."""
        return state_of(list(self.findings))

    def trace(self, cell_id: str) -> tuple[Contribution, ...]:
        """What every taken unit put into one cell, blanks included, in the order of the roster."""
        return tuple(
            Contribution(unit, filed.submission.file, report.value(cell_id))
            for filed, (unit, report) in zip(self.taken, self.parts, strict=True)
        )

    def workbook(self) -> bytes:
        """The city's workbook, .xlsx, with 明细 where that has room (see :meth:`files`)."""
        from .results import workbook

        return workbook(self)

    def word(self) -> bytes:
        """The city's report, .docx, drafted; what must be settled before it is published is marked in it."""
        from .drafting import report_word

        return report_word(self)

    def files(self, sources: Callable[[str], bytes] | None = None) -> dict[str, bytes]:
        """Path with "/" -> content of all that the city office gets (see :mod:`.results`). ``sources``: a
        file of the run -> its bytes; without it there are no 退回单."""
        from .results import Means, all_files

        return all_files(self, Means(sources))

    @property
    def settled(self) -> tuple[Settled, ...]:
        """Every finding of :meth:`problems`, in its order, with the state of what was said of it."""
        return self.approval.settled

    @cached_property
    def same_units(self) -> SameUnits:
        """This year beside last year, as far as both are of the same units."""
        return same_units(self)

    def frame(self) -> pandas.DataFrame:
        """The one long table as a pandas frame (see :mod:`.memory.long_table`): a row for every cell of every
        unit that was summed and for every adjustment, and last of the city, which the rows with a file add up
        to. Raises GoujiError where pandas is not installed."""
        from .memory.balanced import adjusted_of, balanced
        from .memory.long_table import frame
        from .rows import rows

        return frame(balanced(rows(self), adjusted_of(self)))

    def problems(self) -> list[Problem]:
        """Every finding there is: the city's first, then unit by unit, then the strangers'."""
        found = [Problem(self.report.unit, "", finding) for finding in self.findings]
        for filed in self.intake.files:
            name = filed.unit.name if filed.unit else filed.submission.unit
            found += [Problem(name, filed.submission.file, f) for f in filed.submission.findings]
        return found


def consolidate(
    submissions: Sequence[Submission],
    roster: Roster,
    *,
    name: str,
    year: int,
    form: Form | None = None,
    code: str | None = None,
    texts: Mapping[str, str] | None = None,
    include_invalid: bool = False,
    adjustments: Sequence[Adjustment] = (),
    last_year: LastYear | None = None,
    rules: Catalogue | None = None,
    desk: Desk | None = None,
    run: Run | None = None,
    explanations: Mapping[str, Explanation] | None = None,
    kept: Mapping[WordKey, KeptWord] | None = None,
) -> Consolidation:
    """Sum what may be summed.

    ``name``, ``code``, ``year``: the city's. ``form``: the city's edition, by default the one in force in
    ``year``; a submission with any table of another edition is left out. ``texts``: the city's own sections
    一, 五, 六 and 引言. ``include_invalid``: also take units whose report has errors (never a wrong year, a
    wrong edition, or one of several versions). ``adjustments`` move cells of the sum; ``last_year``: the
    city's own file, for its carry-over. ``desk``: what the office says beyond these; ``run``: which run it
    is. ``explanations``: 审核说明 of the city's own report; ``kept``: for which numbers words were given, as
    the run before handed it back (``approval.kept``). The order of ``submissions`` is no matter."""
    form = form or load_form(edition_for_year(year))
    rules, desk, kept = rules or catalogue(), desk or NOTHING_SAID, kept or {}
    roster, ended = without_ended(roster, desk.mergers, submissions, year, last_year)
    submissions = with_accepted(submissions, roster, desk.words, city=name, rules=rules, kept=kept)
    words = on_parts(desk.words, explanations or {}, kept)
    intake = sort_submissions(
        submissions, roster, name, year, form, rules, desk, words=words, include_invalid=include_invalid
    )
    intake = with_reservations(beside_peers(intake, rules))
    intake = replace(intake, findings=(*intake.findings, *listed_findings(ended, rules)))
    added = added_up(form, intake, year, last_year.years if last_year else ())
    city = replace(added.report, unit=name, code=code, texts=dict(texts) if texts else None)
    judged = _judged(
        city, added, intake, roster, rules, adjustments=adjustments, last_year=last_year, desk=desk
    )
    return approved(replace(judged, run=run or Run()), explanations, kept)


def _judged(
    city: Report,
    added: Added,
    intake: Intake,
    roster: Roster,
    rules: Catalogue,
    *,
    adjustments: Sequence[Adjustment],
    last_year: LastYear | None,
    desk: Desk,
) -> Consolidation:
    """The sum with its adjustments, and all that is found on it. ``city``: as its parts add up, named."""
    parts = added.parts
    names = [unit.name for unit in roster.units]
    applied, said = apply_adjustments(adjustments, city=city, parts=parts, roster=names, rules=rules)
    city = replace(city, values=adjusted(city.values, applied))
    read = _as_judged(city, parts)
    judged = judge_sum(read, parts, roster, rules, applied=applied, last=last_year, mergers=desk.mergers)
    findings = (
        *judged.of_prior,
        *intake.findings,
        *judged.of_units,
        *said,
        *_of_sum(city, parts, rules, judged, applied),
    )
    return Consolidation(
        report=city,
        roster=roster,
        intake=intake,
        findings=findings,
        note_origins=added.origins,
        adjustments=tuple(applied),
        handover=judged.handover,
        prior=judged.last.city if judged.last else None,
        rules=rules,
        desk=desk,
        last_year=judged.last,
        parting=judged.parting,
        live_prior=judged.live_prior,
    )


def _of_sum(
    city: Report,
    parts: Sequence[tuple[str, Report]],
    rules: Catalogue,
    judged: Judged,
    applied: list[Applied],
) -> Iterator[Finding]:
    """What is found on the sum itself, in the order in which it is told."""
    yield from check_sum(city, [report for _, report in parts], rules, total_change(applied))
    yield from judged.of_sum
    yield from check_double_count(city.form, parts, rules)
    yield from check_limit(city, rules)


def _as_judged(city: Report, parts: Sequence[tuple[str, Report]]) -> Report:
    from .drafting.matters import as_judged  # takes a consolidation itself

    return as_judged(city, parts) if city.texts else city
