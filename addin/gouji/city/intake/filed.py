"""What is known of the files of a folder once they are sorted: plain data, from the file to the whole
intake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from ...marks import marks_of
from ...records import dataclass
from ...report import Report
from ...rules import Finding, State, state_of
from ...wording import wording_of
from ...workbook.kind import ListKind
from ...workbook.seal import SealState
from .roster import RosterUnit

if TYPE_CHECKING:
    from .partial import Partial
    from .versions import Versions

#: ``taken``, ``partial`` (as far as its tables fit) and ``repeated`` (the same content once more) count; all
#: others say why something does not. ``unread``: missing, but a file that could not be read bears the unit's
#: name. ``superseded``: the office chose another file of the unit; ``unfilled``: an empty form beside the
#: filled one. ``overlap``: summed already, in the result of another. ``compared``: published, beside the
#: workbook that its unit sent.
#: What nobody submitted: ``own_result``, ``list``, ``own_output`` and ``template`` are the program's,
#: ``given`` was named to this run for something else, ``lock`` and ``leftover`` are of other programs,
#: ``foreign`` is of a kind that is not read, ``no_report`` is read and about something else.
Status = Literal[
    "taken",
    "partial",
    "repeated",
    "missing",
    "unread",
    "duplicate",
    "superseded",
    "unfilled",
    "errors",
    "wrong_year",
    "wrong_edition",
    "overlap",
    "conflict",
    "unexpected",
    "unreadable",
    "compared",
    "own_result",
    "list",
    "own_output",
    "template",
    "given",
    "lock",
    "leftover",
    "foreign",
    "no_report",
]
#: Why a file is no submission, where that is known before it is asked whose it is: a remark's key, with the
#: status that says the same in short.
Aside = Literal[
    "",
    "no_report",
    "our_word",
    "our_letter",
    "our_page",
    "our_file",
    "given",
    "lock",
    "draft",
    "system",
    "foreign",
]
ASIDE: dict[Aside, Status] = {
    "no_report": "no_report",
    "our_word": "no_report",
    "our_letter": "own_output",
    "our_page": "own_output",
    "our_file": "own_output",
    "given": "given",
    "lock": "lock",
    "draft": "leftover",
    "system": "leftover",
    "foreign": "foreign",
}


#: A status that is all there is to say of a unit -> its state in the season.
_AS_STATE: dict[Status, str] = {"missing": "missing", "errors": "wrong"}


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it was read. ``file``: its path within the folder, with "/". ``report`` is None where it
    could not be read; ``findings`` then say why (rule ``unreadable``), else they are its audit's. ``seal``:
    "intact", "broken", "none", or "" for what can not carry one. ``list_kind``: which list of a city the
    file is, whose ``report`` is None. ``imported``: a published text, not a form; ``aside``: why it is none
    that anybody submitted. ``sha256``: of the file's bytes, "" where it was none; ``modified``: when the
    file was last written, in seconds since 1970, 0 where that is not known. ``sealed_at``: when it was
    sealed, ISO 8601, "" where it was not; ``about``: a sentence on what the file is, where ``aside`` alone
    does not say it. ``over``: of a 退回单 that came back the sha256 of the files
    that it was laid over; ``untouched``: it came back as it was handed out (:mod:`.sent_back`);
    ``slip``: it is a form with a 退回单 in it."""

    file: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    seal: SealState | Literal[""] = ""
    list_kind: ListKind | None = None
    aside: Aside = ""
    imported: bool = False
    sha256: str = ""
    modified: float = 0
    sealed_at: str = ""
    about: str = ""
    over: tuple[str, ...] = ()
    untouched: bool = False
    slip: bool = False

    @property
    def unit(self) -> str:
        return self.report.unit if self.report else ""

    @property
    def state(self) -> State:
        return state_of(list(self.findings)) if self.report else "unreadable"

    @property
    def errors(self) -> int:
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def is_unfilled(self) -> bool:
        """Whether it is a form into which nobody typed anything."""
        return any(finding.rule == "form-empty" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one submission. ``unit``: whose it is, or None. ``remarks``: Chinese, for people.
    ``suggestions``: names on the roster that look like the one in the file. ``partial``: what of it fits the
    city's form, where a table is in another edition."""

    submission: Submission
    status: Status
    unit: RosterUnit | None = None
    remarks: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    partial: Partial | None = None

    @property
    def counted(self) -> Report | None:
        """The report as it is summed: in the city's edition throughout."""
        return self.partial.report if self.partial else self.submission.report


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the roster: what it sent and what became of it. ``taken`` is what was summed. ``versions``:
    how its files differ, where several contents came. ``like``: of a unit without a file of its own what came
    and may be its."""

    unit: RosterUnit
    status: Status
    files: tuple[Filed, ...] = ()
    taken: Filed | None = None
    remarks: tuple[str, ...] = ()
    versions: Versions | None = None
    like: tuple[Submission, ...] = ()

    @property
    def sent(self) -> Filed | None:
        """What the unit sent for this year with its numbers, also where it was not summed: what was taken,
        else the one file that would have been. None where it sent nothing, or nobody can tell which."""
        told: tuple[Status, ...] = ("errors", "overlap", "wrong_edition")
        return self.taken or next((f for s in told for f in self.files if f.status == s), None)

    @property
    def is_unfilled(self) -> bool:
        """Whether all that the unit sent are forms into which nobody typed anything: that is no report."""
        sent = [filed.submission for filed in self.files if filed.status != "repeated"]
        return bool(sent) and all(submission.is_unfilled for submission in sent)


@dataclass(frozen=True)
class Intake:
    """``units``: one row a unit, in the order of the roster. ``strangers``: files of no unit.
    ``findings``: the ``unit-…`` rules, in that order. ``set_aside``: what nobody submitted; nothing that is
    wrong with it concerns this run."""

    units: tuple[UnitRow, ...]
    strangers: tuple[Filed, ...]
    findings: tuple[Finding, ...]
    set_aside: tuple[Filed, ...] = ()

    @property
    def files(self) -> Iterator[Filed]:
        """Every submission, unit by unit, then the strangers."""
        for row in self.units:
            yield from row.files
        yield from self.strangers


def status_label(status: Status) -> str:
    """The status in the words of 报送情况: those of a unit's state where it says no more than that."""
    if state := _AS_STATE.get(status):
        return str(marks_of("gouji.city", "unit_states")[state])
    label: str = wording_of("gouji.city.intake", "status")[status]
    return label
