"""What lies on the desk: each file as it came and as it stands, every change a step that can be undone.

A state is never changed; a change makes another. So what a file was judged by is told by identity, and a file
is judged again only where its own report, or the one it is compared with, is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ..city.intake.known import Known
from ..city.intake.names import keys_of, plain_name
from ..city.sum.last_year import LastYear
from ..errors import GoujiError
from ..examine import Examined, examine, judge, unforeseen
from ..files import file_part, shown_path
from ..form import edition_for_year, load_form
from ..records import dataclass
from ..report import Report
from ..rules import Context, Finding, State, state_of
from ..wording import wording_of
from ..workbook.layout import layout_of
from ..workbook.reading.reader import Reading
from .weight import weight_of

#: Bytes, roughly, of all states of a file that can be undone: some thousand cells typed one by one.
MOST_STEPS = 32 << 20
#: Bytes of a file's name, and what stands for a name that is none.
_NAME, _NAMELESS = 200, "_"


class NotRead(GoujiError, ValueError):
    """The file could not be read, so that nothing can be done with it."""

    def __init__(self) -> None:
        super().__init__(wording_of("gouji.page", "typing")["not_read"])


@dataclass(frozen=True)
class Standing:
    """A file as it stands. ``given``: last year's file that was given for it. ``touched``: cells and
    fields of the cover that were typed anew, whatever they hold now. ``weight``: bytes, roughly, that it
    takes beyond the state before it."""

    report: Report
    given: LastYear | None = None
    touched: frozenset[str] = frozenset()
    weight: int = field(default=0, compare=False)

    @cached_property
    def unit_keys(self) -> tuple[str, ...]:
        """How the unit is known: by its name, else by its code."""
        return keys_of(self.report.unit, self.report.code)


@dataclass(eq=False)
class Held:
    """One file. ``sent``: its bytes, b"" for a blank form. ``steps``: () where it could not be read; the
    first is what the file says. ``base``: the step behind which none is undone. ``sealed``: the step that
    was sealed here, which then is what the file says. ``judged``: what it says now, as it was judged:
    explanations under the ids of their findings."""

    number: int
    path: str
    sent: bytes
    reading: Reading | None
    findings: tuple[Finding, ...] = ()
    steps: list[Standing] = field(default_factory=list)
    at: int = 0
    base: int = 0
    sealed: Standing | None = None
    judged: Reading | None = None
    desk_prior: Held | None = None
    _judged: tuple[Standing, Report | None] | None = None

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def came(self) -> Reading:
        """What was read of the file as it came. Raises :class:`NotRead`."""
        if self.reading is None:
            raise NotRead
        return self.reading

    @property
    def told(self) -> Reading:
        """What it says now, as it was judged. Raises :class:`NotRead`."""
        if self.judged is None:
            raise NotRead
        return self.judged

    @property
    def report(self) -> Report | None:
        """As it was judged; None where it could not be read."""
        return self.judged.report if self.judged else None

    @property
    def examined(self) -> Examined:
        """What the command line would know of it, as it stands."""
        reading = replace(self.judged, report=replace(self.judged.report)) if self.judged else None
        return Examined(Path(self.name), reading, self.findings)

    @property
    def now(self) -> Standing:
        """Raises :class:`NotRead`, as all that asks for it."""
        if not self.steps:
            raise NotRead
        return self.steps[self.at]

    @property
    def first(self) -> Standing:
        """What the file says. Raises :class:`NotRead`."""
        if not self.steps:
            raise NotRead
        return self.sealed or self.steps[0]

    @property
    def state(self) -> State:
        return state_of(list(self.findings))

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else than the file that came."""
        return self.now.report is not self.first.report and self.now.report != self.first.report

    def seal(self, sent: bytes, examined: Examined, report: Report) -> None:
        """The sealed copy is the file from now on, ``report`` what it says; what was done before can still be
        undone, what was undone is forgotten."""
        self.sent, self.reading = sent, examined.reading
        self.sealed = Standing(report, self.now.given)
        self.steps[self.at :] = [self.sealed]

    def step(self, standing: Standing) -> None:
        """A change; one that changes nothing is none. What was undone before it is forgotten."""
        if standing != self.now:
            del self.steps[self.at + 1 :]
            self.steps.append(replace(standing, weight=weight_of(standing, self.now)))
            self.at += 1
            self._lighten()

    def _lighten(self) -> None:
        """Where all states are too much the oldest go, and undoing ends at the first that is left. What the
        file says stays."""
        oldest = max(self.base, 1)
        weight = sum(one.weight for one in self.steps[oldest:])
        while weight > MOST_STEPS and oldest < self.at:
            weight -= self.steps.pop(oldest).weight
            self.at -= 1
            self.base = oldest

    def read_as(self, standing: Standing) -> Reading:
        """What a file of this state says: of what was typed anew nothing stands in the file any more, nor
        does a seal fit. The report is one that judging may change."""
        report = replace(standing.report, explanations=dict(standing.report.explanations))
        if standing.report is self.first.report or standing.report == self.first.report:
            data = self.came.data
        else:
            data = {}
        gone = _places(report, standing.touched)
        findings = [f for f in self.came.findings if not _is_gone(f, gone)]
        return replace(self.came, report=report, findings=findings, data=data)

    def as_last_year(self) -> LastYear:
        """This file as the one to compare next year's with."""
        sealed = self.read_as(self.now).seal_state == "intact"
        report = self.now.report
        return LastYear(self.name, report, sealed=frozenset({plain_name(report.unit)} if sealed else ()))

    def last_year(self) -> LastYear | None:
        """What was given for it wins over what lies on the desk; 上年数 of the file itself comes after
        both."""
        return self.now.given or (self.desk_prior.as_last_year() if self.desk_prior else None)

    def context(self) -> Context:
        """What is known beside it."""
        return Known(Context(), None, self.last_year()).about(self.now.report)

    def judge(self, *, again: bool = False) -> bool:
        """Judge what stands now, where anything is another since. True where that was done."""
        if not self.steps:
            return False
        beside = self.desk_prior.now.report if self.desk_prior else None
        key = (self.now, None if self.now.given else beside)
        if not again and self._judged and all(a is b for a, b in zip(self._judged, key, strict=True)):
            return False
        self._judged = key
        reading, context = self.read_as(self.now), self.context()
        try:
            self.findings = tuple(judge(reading, context))
        except Exception as error:  # a fault of the program: said of this file, so that the others go on
            self.findings = (unforeseen(error, context.catalogue),)
        self.judged = reading
        return True


def _places(report: Report, touched: Iterable[str]) -> set[str]:
    """What was typed anew, by its name and by its place on the sheet."""
    layout, by_id = layout_of(report.form), report.form.by_id
    return {place for one in touched for place in (one, *(() if one in by_id else (layout.field(one),)))}


def _is_gone(finding: Finding, gone: set[str]) -> bool:
    """Whether a finding on the file speaks only of what was typed anew."""
    about = finding.cells or (finding.field or finding.place,)
    return bool(gone) and gone.issuperset(about)


class Desk:
    """The files by their numbers, in the order in which they came."""

    def __init__(self) -> None:
        self.files: dict[int, Held] = {}

    def __getitem__(self, number: int) -> Held:
        return self.files[number]

    def put(self, number: int, path: str, data: bytes) -> list[Held]:
        """A file as it came, in place of the one that had its number. Never raises for what it holds."""
        path = _shown(path)
        examined, report = _examined(path, data)
        held = Held(number, path, data, examined.reading, examined.findings)
        if examined.reading and report:
            held.steps = [Standing(report)]
            held.judged = examined.reading
            held._judged = (held.first, None)
        self.files[number] = held
        return self.settled(held)

    def seal(self, number: int, path: str, data: bytes) -> list[Held]:
        """The sealed copy of a file, of that name, in its place."""
        held = self.files[number]
        examined, report = _examined(path, data)
        if report:
            held.seal(data, examined, report)
        return self.settled(held)

    def compared(self, number: int) -> list[Held]:
        """The file and those whose 上年 it is."""
        held = self.files[number]
        return [held, *(other for other in self.files.values() if other.desk_prior is held)]

    def blank(self, number: int, unit: str, year: int) -> list[Held]:
        """A form in which nothing is typed, of the edition in force for the year."""
        report = Report(load_form(edition_for_year(year)), unit=unit, year=year, texts={})
        path = wording_of("gouji", "named")["report"].format(unit=file_part(unit), year=year)
        held = Held(number, path, b"", Reading(report, None, []), steps=[Standing(report)])
        self.files[number] = held
        return self.settled(held)

    def resume(self, number: int, path: str, steps: list[Standing], prior: Report | None) -> list[Held]:
        """A file by its states, the last of which is how it stands and where undoing ends; what was sent is
        not known any more. ``prior``: 上年数 of the file."""
        reading, last = Reading(steps[0].report, prior, []), len(steps) - 1
        held = Held(number, _shown(path), b"", reading, steps=steps, at=last, base=last)
        self.files[number] = held
        return self.settled(held)

    def remove(self, number: int) -> list[Held]:
        """Take a file away; the files that it changes."""
        self.files.pop(number, None)
        return self.settled()

    def change(self, number: int, change: Callable[[Standing], Standing]) -> list[Held]:
        """A step of one file. Raises what ``change`` raises, and then nothing is changed."""
        held = self.files[number]
        held.step(change(held.now))
        return self.settled(held)

    def stepped(self, number: int, by: int) -> list[Held]:
        """A step back or forth; nothing where there is none."""
        held = self.files[number]
        held.at = min(max(held.at + by, held.base), max(len(held.steps) - 1, 0))
        return self.settled(held)

    def settled(self, *shown: Held) -> list[Held]:
        """Judge what is not judged as it stands: the files ``shown``, and all others that were judged
        again."""
        found = self._by_year()
        for held in self.files.values():
            held.desk_prior = _prior(held, found)
        again = [held for held in self.files.values() if held.judge()]
        return [*shown, *(held for held in again if held not in shown)]

    def _by_year(self) -> dict[tuple[str, int], Held]:
        """(unit's name or code, year) -> the file that came last."""
        found: dict[tuple[str, int], Held] = {}
        for held in self.files.values():
            if held.steps:
                for key in held.now.unit_keys:
                    found[key, held.now.report.year] = held
        return found


def _examined(path: str, data: bytes) -> tuple[Examined, Report | None]:
    """A file by its bytes, and what it says before it was judged."""
    kept: list[Report] = []

    def about(report: Report) -> Context:
        kept.append(replace(report, explanations=dict(report.explanations)))
        return Context()

    with TemporaryDirectory() as folder:
        file = Path(folder) / file_name(path)
        file.write_bytes(data)
        examined = examine(file, about=about)
    return examined, kept[0] if kept else None


def _prior(held: Held, found: dict[tuple[str, int], Held]) -> Held | None:
    """Last year's file of the same unit."""
    if not held.steps:
        return None
    before = held.now.report.year - 1
    return next((other for key in held.now.unit_keys if (other := found.get((key, before)))), None)


def _shown(path: str) -> str:
    """A path below the desk, whatever was given, as any file may hold it."""
    parts = (part for part in PurePosixPath(path).parts if part not in ("/", "//", ".."))
    return shown_path(PurePosixPath(*parts)) or _NAMELESS


def file_name(path: str) -> str:
    """The name under which a file is read: its own, as far as a system takes it."""
    name = PurePosixPath(_shown(path)).name
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    while len(f"{stem}{suffix}".encode()) > _NAME and stem:
        stem = stem[:-1]
    return f"{stem}{suffix}" if stem else _NAMELESS
