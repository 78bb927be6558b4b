"""首页 as data: the verdict, the figures against last year, who is missing, what is open, which run it is."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from ... import __version__
from ...records import dataclass
from ...rules import Catalogue, catalogue
from ...rules.outliers import deviates
from ...wording import data_beside, wording_of
from ..asking.figures import share
from ..consolidate import Consolidation
from .long import known, two_years
from .states import Todo, state_label, todo_of

if TYPE_CHECKING:
    from ..drafting import Unfinished

#: The rule whose thresholds say what is a jump.
_JUMP = "outlier-year"
#: Figures that are drawn together, in this order.
Group = Literal["applications", "cases"]
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Declared:
    """A figure as ``figures.toml`` declares it."""

    label: str
    group: Group
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the city and of its last year, None where nothing is known. ``cells``: whose sum it is;
    ``jump``: so far from last year that the rule on jumps would ask; ``group``: with which others it is
    drawn. ``units``, ``same``: where the two years are not of the same units, of how many units ``before``
    is, and what these have this year; None where both years are compared whole. ``unlike``: last year is
    known and has no unit to compare with."""

    label: str
    cells: tuple[str, ...]
    value: int | None
    before: int | None
    jump: bool = False
    group: Group = "applications"
    units: int | None = None
    same: int | None = None
    unlike: bool = False

    @property
    def compared(self) -> int | None:
        """What of this year is compared with ``before``."""
        return self.value if self.units is None else self.same

    @property
    def beside(self) -> int | None:
        """What of last year may be drawn beside ``value``."""
        return self.before if self.compared == self.value else None

    @property
    def change(self) -> str:
        """Against last year with an arrow and a percentage of one place; "" where one of them is not known or
        there is no percentage of 0."""
        value = self.compared
        if value is None or not self.before:
            return ""
        w = wording_of("gouji.city.views", "home")
        if value == self.before:
            return str(w["same"])
        tenths = round(Fraction(1000 * abs(value - self.before), self.before))
        arrow = w["up"] if value > self.before else w["down"]
        return f"{arrow}{tenths // 10}.{tenths % 10}%"

    @property
    def against(self) -> str:
        """上年 3,012　↑17.0%; where the units differ, of which units that is."""
        w = wording_of("gouji.city.views", "home")
        if self.before is None:
            return str(w["unlike" if self.unlike else "no_last_year"])
        key = "last_year" if self.units is None else "same_units" if self.same == self.value else "of_units"
        shown = "" if self.same is None else f"{self.same:,}"
        fields = {"before": f"{self.before:,}", "change": self.change, "units": self.units, "same": shown}
        return str(w[key].format(**fields)).rstrip()


@dataclass(frozen=True)
class Home:
    """``verdict``: one sentence. ``facts``: (head, text) of the run, its tool, its rules and its last
    year."""

    title: str
    verdict: str
    todo: Todo
    figures: tuple[Figure, ...]
    facts: tuple[tuple[str, str], ...]


def home_of(city: Consolidation) -> Home:
    return city.once("home", lambda: _home_of(city))


def _home_of(city: Consolidation) -> Home:
    w = wording_of("gouji.city.views", "home")
    todo = todo_of(city)
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    return Home(title, verdict(todo, still_to_write(city, todo)), todo, figures(city), facts(city))


def verdict(todo: Todo, report: Unfinished | None = None) -> str:
    """``report``: what its own words still want, where nothing else is left."""
    w, phrases = wording_of("gouji.city.views", "home"), wording_of("gouji.city.views", "verdict")
    percent = share(todo.sent, todo.expected)
    start = w["sent" if percent else "nobody"].format(expected=todo.expected, sent=todo.sent, percent=percent)
    if todo.ready:
        return str(start + (_of_report(report) or w["ready"]))
    left = w["comma"].join(
        phrases.get(state, phrases["state"]).format(state=state_label(state), count=count)
        for state, count in todo.counts.items()
    )
    return str(start + w["not_ready"].format(left=left))


def still_to_write(city: Consolidation, todo: Todo) -> Unfinished | None:
    from ..drafting import unfinished  # which asks this room what is open

    return unfinished(city) if todo.ready else None


def _of_report(report: Unfinished | None) -> str:
    w = wording_of("gouji.city.views", "home")
    gaps = [w["ready_gaps"].format(gaps=report.gaps)] if report and report.gaps else []
    typed = [w["ready_typed"].format(sections="、".join(report.typed))] if report and report.typed else []
    left = w["comma"].join([*gaps, *typed])
    return str(w["ready_but"].format(left=left)) if left else ""


def figures(city: Consolidation) -> tuple[Figure, ...]:
    """Those that an office looks at first, in the order of ``figures.toml``."""
    return tuple(_figure(city, one) for one in declared_figures())


@cache
def declared_figures() -> tuple[Declared, ...]:
    """What ``figures.toml`` holds."""
    given = data_beside("gouji.city.views", "figures.toml")["figures"]
    return tuple(Declared(one["label"], one["group"], tuple(one["cells"])) for one in given)


def group_title(group: Group) -> str:
    """What the chart of some figures is called."""
    title: str = wording_of("gouji.city.views", "groups")[group]
    return title


def _figure(city: Consolidation, one: Declared) -> Figure:
    value, years = known(city.report, one.cells), two_years(city, one.cells)
    same, before = (known(report, one.cells) for report in (years.now, years.before))
    units = None if before is None else years.units
    unlike = before is None and known(city.same_units.prior, one.cells) is not None
    jump = _jumps(city.rules, same, before)
    return Figure(one.label, one.cells, value, before, jump, one.group, units, same, unlike)


def _jumps(rules: Catalogue, value: int | None, before: int | None) -> bool:
    rule = rules[_JUMP]
    if rule.off or value is None or before is None:
        return False
    return deviates(value, Fraction(before), rule.parameters)


def facts(city: Consolidation) -> tuple[tuple[str, str], ...]:
    """Of the run, in one place of an output; the same inputs say the same."""
    w, run = wording_of("gouji.city.views", "facts"), city.run
    changed = city.rules.digest != catalogue().digest
    time = run.time.strftime(w["time_format"]) if run.time else ""
    last = w["last_year"].format(file=city.last_year.file) if city.last_year else w["no_last_year"]
    changes = city.same_units.changes
    found = [
        (w["run"], w["number"].format(number=run.number) if run.number else ""),
        (w["time"], time),
        (w["tool"], f"gouji {__version__}"),
        (w["rules"], w["own" if changed else "standard"].format(digest=city.rules.digest)),
        (w["edition"], w["form"].format(edition=city.form.edition, notice=city.form.notice)),
        (w["last"], last),
        (w["units"], changes.removesuffix(w["end"])),
        (w["edited"], w["edited_report"].format(file=run.edited) if run.edited else ""),
    ]
    return tuple((head, text) for head, text in found if text)
