"""What must be settled before the report is published: at its top in short, at its place in full.

Units left out, units summed with errors or in part, contradictions of the sum, adjustments that were
returned. What the office settled is marked nowhere: an adjustment that was applied has its reason, a unit may
lawfully not report. Of that the office is told in the remarks of the run (:func:`remarks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...form import Form
from ...rules import Finding
from ...wording import wording_of
from ..approving.settled import Settled
from ..approving.states import unit_state
from ..approving.telling import lacking, open_counts
from ..consolidate import Consolidation
from ..intake.reasons import short_reason
from ..intake.sorting import UnitRow, status_label
from ..sum.adjust import total_change
from ..views.states import todo_of
from .comparing import compared_of
from .coverage import coverage_of

_PACKAGE = "gouji.city.drafting"
#: Findings about the roster, which the units that are left out, or in with errors, stand for.
_OF_UNITS = "unit-"
_ADJUSTED = "city-adjusted"
_EMPTY = "section-empty"


def hints(city: Consolidation, uncompared: Sequence[str] = (), typed: Sequence[str] = ()) -> Sequence[str]:
    """One line each, the first of how much is open; ``uncompared``: why last year, where it is known, was not
    spoken of, which waits with the rest; ``typed``: sections in which the office's own text differs from what
    is known."""
    words, todo = wording_of(_PACKAGE, "warnings"), todo_of(city)
    included = [
        (row.unit.name, words["errors"].format(count=errors))
        for row in city.units
        if row.taken and (errors := open_counts(city, row.taken)["error"])
    ]
    left_out = [(row.unit.name, status_label(row.status)) for row in lacking(city)]
    partial = [(row.unit.name, short_reason(row.taken)) for row in _partial(city) if row.taken]
    strangers = [
        (one.submission.file, words["remarks"].join([status_label(one.status), *one.remarks]))
        for one in city.strangers
    ]
    said = [] if todo.ready else [words["open"].format(count=len(todo.items))]
    said += [f.message.removesuffix(words["end"]) for f in _errors(city) if not _section(city.form, f)]
    for key, units in (
        ("left_out", left_out),
        ("strangers", strangers),
        ("included", included),
        ("partial", partial),
    ):
        if units:
            said.append(words[key].format(units=_listed(units)))
    said += [
        words[key].format(count=len(found), places=_places(city.form, found), cells=_places(city.form, found))
        for key, every in (("contradictory", _errors(city)), ("adjusted", _adjustments(city)))
        if (found := [finding for finding in every if _section(city.form, finding)])
    ]
    said += [words["texts"].format(places=words["and"].join(typed))] if typed else []
    return (*said, *(() if todo.ready else uncompared))


def remarks(city: Consolidation) -> Sequence[str]:
    """What the office should know of the report though nothing of it is open: adjustments in its numbers,
    last year that is not spoken of or is of other units by 撤并. A sentence each."""
    words = wording_of(_PACKAGE, "warnings")
    lines = {one.written.line for one in city.adjustments}
    cells = sum(map(bool, total_change(city.adjustments).values()))
    adjusted = words["remark_adjusted" if cells else "remark_moved"].format(count=len(lines), cells=cells)
    compared = compared_of(city, coverage_of(city))
    changes = city.same_units.changes if compared.prior else ""
    return (*([adjusted] if lines else ()), *compared.why, *([changes] if changes else ()))


def _listed(units: Sequence[tuple[str, str]]) -> str:
    """Units (name, reason) in a row; of many the first ones."""
    words = wording_of(_PACKAGE, "warnings")
    most = words["units_named"]
    named: str = words["and"].join(
        words["unit"].format(unit=unit, reason=reason) for unit, reason in units[:most]
    )
    return named if len(units) <= most else str(words["more_units"].format(units=named, count=len(units)))


def beside_tables(city: Consolidation) -> Mapping[str, Sequence[str]]:
    """Section number -> what must be settled in its table or text, whole sentences."""
    words = wording_of(_PACKAGE, "warnings")
    found: dict[str, list[str]] = {}
    for finding in _errors(city):
        found.setdefault(_section(city.form, finding), []).append(
            words["own"].format(message=finding.message)
        )
    for finding in _adjustments(city):
        found.setdefault(_section(city.form, finding), []).append(finding.message)
    for row in city.units:
        if not row.taken:
            continue
        for one in city.approval.of_file.get(row.taken.submission.file, ()):
            if one.open and one.finding.level == "error":
                said = words["of_unit"].format(unit=row.unit.name, message=one.finding.message)
                found.setdefault(_section(city.form, one.finding), []).append(said)
    return {section: _bounded(list(dict.fromkeys(said))) for section, said in found.items() if section}


def _bounded(said: Sequence[str]) -> Sequence[str]:
    words = wording_of(_PACKAGE, "warnings")
    rest = len(said) - words["named"]
    return said if rest <= 0 else (*said[:-rest], words["several"].format(count=rest))


def _errors(city: Consolidation) -> list[Finding]:
    """Errors of the sum itself that nothing settles."""
    return [
        one.finding
        for one in _of_city(city)
        if one.open
        and one.finding.level == "error"
        and not one.finding.rule.startswith(_OF_UNITS)
        # What nobody has written yet is a gap of the draft, which says so itself.
        and one.finding.rule != _EMPTY
    ]


def _adjustments(city: Consolidation) -> list[Finding]:
    """The adjustments that were applied and that the office returned."""
    return [one.finding for one in _of_city(city) if one.finding.rule == _ADJUSTED and one.open]


def _of_city(city: Consolidation) -> list[Settled]:
    """The city's own findings, with what was said of them."""
    return [one for one in city.settled if one.city]


def _partial(city: Consolidation) -> Iterable[UnitRow]:
    """Units that were summed with another status than 已汇总, and that must act."""
    partial = (row for row in city.units if row.taken and row.taken.status != "taken")
    return (row for row in partial if unit_state(row, city).must_act)


def _section(form: Form, finding: Finding) -> str:
    """The section that a finding belongs to; "" for one of the report as a whole."""
    for cell in finding.cells:
        if cell in form.by_id:
            return form.tables[form.by_id[cell].table].section.number
    return finding.section


def _places(form: Form, found: Sequence[Finding]) -> str:
    """The cells, or else the sections, that findings speak of; of many the first ones."""
    words = wording_of(_PACKAGE, "warnings")
    places = list(dict.fromkeys(filter(None, _named(form, found))))
    etc = words["etc"] if len(places) > words["named"] else ""
    return str(words["and"].join(places[: words["named"]])) + etc


def _named(form: Form, found: Sequence[Finding]) -> Iterator[str]:
    words = wording_of(_PACKAGE, "warnings")
    for finding in found:
        section = _section(form, finding)
        # Of an equation of the sum, which no cell of its own breaks, the total is what is read.
        equation = form.equation.get(finding.place)
        named = equation.right if equation and not finding.suspects else finding.cells
        cells = [form.by_id[cell] for cell in named if cell in form.by_id]
        what = words["cell"].format(row=cells[0].row.short, column=cells[0].column.label) if cells else ""
        yield words["place"].format(table=section, what=what)
