"""What the page is answered of an office's folder: one shape for each kind of JSON. Nothing is decided here:
the states, the order and the words are those of the city's workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..city.approving.states import acting_states, state_labels, unit_state
from ..city.approving.telling import open_counts, sum_counts, told
from ..city.asking.acting import Duty, duties, maybe_its, unclaimed
from ..city.asking.saying import paragraph, to_do
from ..city.asking.saying import state_label as asked_label
from ..city.asking.when import due_of, late_by
from ..city.consolidate import Consolidation
from ..city.intake.filed import Filed, UnitRow
from ..city.intake.reasons import label_of, reason_of
from ..city.sheets.intake_sheets import look_of, look_of_unit
from ..city.views.said import said_of
from ..city.views.states import state_label
from ..rules import LEVELS, Finding
from ..wording import wording_of
from ..workbook.shown.findings import place_of
from .office_work import Done

Shown = dict[str, Any]


def units_of(city: Consolidation) -> list[Shown]:
    """One a unit of the roster and one a file that belongs to none: first those with which somebody has
    something to do, by their states, each in the roster's order; then the others, then what is no report.

    ``state``: a key of :func:`states_of`; ``label``, ``colour``, ``reason`` as in 报送情况; ``files``: what
    it sent, each with ``counts`` of what is open in it, None where it could not be read.
    """
    units = [_unit(city, row) for row in city.units]
    strangers = [_file_alone(city, filed, "stranger") for filed in unclaimed(city)]
    aside = [_file_alone(city, filed, "aside") for filed in city.intake.set_aside]
    order = (*acting_states(), "stranger")

    def rank(one: Shown) -> int:
        return order.index(one["state"]) if one["state"] in order else len(order)

    return [*sorted([*units, *strangers], key=rank), *aside]


def _unit(city: Consolidation, row: UnitRow) -> Shown:
    state, look = unit_state(row, city), look_of_unit(city, row)
    return {
        "unit": row.unit.name,
        "kind": row.unit.kind,
        "state": state.key,
        "label": look.label,
        "colour": look.colour,
        "reason": state.reason if state.must_act or not row.remarks else reason_of(row),
        "counted": row.taken is not None,
        "files": [_file(city, filed, row) for filed in _files(city, row)],
    }


def _files(city: Consolidation, row: UnitRow) -> Iterator[Filed]:
    """What the unit sent; what may be its and could not be read, where that is all."""
    yield from row.files
    if row.status == "unread":
        yield from maybe_its(city, row)


def _file(city: Consolidation, filed: Filed, row: UnitRow | None = None) -> Shown:
    look, first = look_of(filed), row is not None and filed is (row.taken or row.sent)
    counts = open_counts(city, filed, row if first else None) if filed.submission.report else None
    return {
        "path": filed.submission.file,
        "label": look.label,
        "colour": look.colour,
        "remarks": list(filed.remarks),
        "counts": counts,
    }


def _file_alone(city: Consolidation, filed: Filed, state: str) -> Shown:
    file = _file(city, filed)
    return {
        "unit": filed.submission.unit,
        "kind": "",
        "state": state,
        "label": file["label"],
        "colour": file["colour"],
        "reason": reason_of(filed),
        "counted": False,
        "files": [file],
    }


def states_of(city: Consolidation, units: list[Shown]) -> list[Shown]:
    """The states that occur, in their order, with how many there are and their colour in 报送情况."""
    labels: dict[str, str] = {str(state): label for state, label in state_labels().items()}
    labels["stranger"] = state_label("stranger")
    labels["aside"] = wording_of("gouji.page", "office")["aside"]
    found = []
    for state, label in labels.items():
        those = [unit for unit in units if unit["state"] == state]
        if those:
            colours = [unit["colour"] for unit in those]
            colour = "head" if state == "aside" else max(colours, key=colours.count)
            found.append({"state": state, "label": label, "count": len(those), "colour": colour})
    return found


def problems_of(city: Consolidation, *, desk: bool) -> list[Shown]:
    """Every finding of 问题, errors first, within a level in its order. ``unit``: the one that it concerns;
    ``file``: "" for the city's own; ``open``: somebody must act. ``desk``: whether there is a 汇总台, to
    whose sheets remedies lead."""
    reports = {filed.submission.file: filed.submission.report for filed in city.intake.files}
    levels = wording_of("gouji.city", "problems")["levels"]
    found = []
    for one in city.settled:
        finding = one.finding
        report = reports.get(one.file) if one.file else city.report
        found.append(
            {
                "unit": one.of or one.unit,
                "file": one.file,
                "level": finding.level,
                "label": levels[finding.level],
                "rule": finding.rule,
                "title": city.rules[finding.rule].title,
                "place": place_of(report, finding) if report else "",
                "message": finding.message,
                "folded": [folded.message for folded in finding.folded],
                "remedy": finding.remedy if desk else _without_desk(finding),
                "text": one.text,
                "state": told(one),
                "open": one.open,
                "id": finding.id,
            }
        )
    return sorted(found, key=lambda one: -LEVELS.index(one["level"]))


def _without_desk(finding: Finding) -> str:
    """What to do on the page, where a remedy leads to a sheet of 汇总台 or to the command line."""
    w = wording_of("gouji.page", "office.no_desk")
    if not any(name in finding.remedy for name in w["leads"]):
        return finding.remedy
    own: dict[str, str] = w["remedies"]
    return own.get(finding.rule) or str(w["other"]).format(remedy=finding.remedy)


def versions_of(city: Consolidation) -> list[Shown]:
    """The units of which several contents came, as in 版本对照."""
    w = wording_of("gouji.city.intake", "versions")
    found = []
    for row in city.units:
        versions = row.versions
        if versions is None:
            continue
        labels = {filed.submission.file: label_of(filed) for filed in row.files}
        times = versions.times or ("",) * len(versions.files)
        files = [
            {"path": path, "label": labels[path], "time": time, "newest": path == versions.newest}
            for path, time in zip(versions.files, times, strict=True)
        ]
        by = w["time_seal" if versions.by == "seal" else "time"] if versions.by else ""
        differences = [{"place": one.place, "values": list(one.values)} for one in versions.differences]
        found.append({"unit": row.unit.name, "files": files, "by": by, "differences": differences})
    return found


def reminders_of(city: Consolidation) -> list[Shown]:
    """Whom to remind, as in 催报名单. ``text``: the paragraph to send; ``late``: in days, None where that is
    not known."""
    return [_reminder(city, duty) for duty in duties(city)]


def _reminder(city: Consolidation, duty: Duty) -> Shown:
    due = due_of(city, duty.unit)
    return {
        "unit": duty.unit.name,
        "contact": duty.unit.contact,
        "phone": duty.unit.phone,
        "due": due.text,
        "late": late_by(due, duty.row),
        "label": asked_label(duty.state),
        "todo": to_do(city, duty.state),
        "text": paragraph(city, duty),
    }


def said(done: Done) -> Iterator[str]:
    """How it stands, one line each: what the command line says."""
    city = done.city
    yield wording_of("gouji.city.season", "run")["sum"].format(**sum_counts(city))
    yield from said_of(city)
    yield from done.said
