"""A file as the page shows it: its findings, its cells, what was changed and what is still to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..api.sealing import obstacle, texts_unknown
from ..form import TABLE_KEYS
from ..report import Report
from ..rules import LEVELS, Finding, catalogue
from ..rules.checks import absences
from ..rules.explanations import apply, unexplained
from ..rules.ledger import Ledger
from ..wording import wording_of
from ..workbook.confirming import cell_at
from ..workbook.keyed import number_of, shown_key
from ..workbook.layout import layout_of
from ..workbook.shown.explain import alternatives, alternatives_title, basis, lists_alternatives
from ..workbook.shown.findings import place_of
from ..workbook.shown.painting import cells_about
from ..workbook.shown.returned import returned_line
from ..workbook.wording import wording
from . import answers
from .drawn import key_of
from .filling import fields
from .held import Held
from .painted import cells_of, only_left


def words(part: str) -> dict[str, Any]:
    """One table of the page's own wording."""
    return wording_of(__package__, part)


def shown(held: Held) -> answers.Shown:
    """One file as it stands; of one that could not be read why."""
    said = wording_of("gouji", "said")
    report = held.report
    counts = Counter[str](finding.level for finding in held.findings)
    found: answers.Shown = {
        "number": held.number,
        "path": held.path,
        "state": held.state,
        "calm": False,
        "label": said["states"][held.state],
        "counts": {level: counts[level] for level in reversed(LEVELS)},
        "findings": [_finding(report, finding) for finding in held.findings],
        "readable": report is not None,
    }
    return found if report is None else {**found, **_of_report(held, report, found)}


def _of_report(held: Held, report: Report, found: answers.Shown) -> Any:
    """What is shown of a file that could be read. ``report``: as it was judged."""
    form, now = report.form, held.now.report
    left = _left(now)
    open_ = unexplained(report, held.findings)
    absent = {f"{check.rule}:{check.place}" for check in absences(form, catalogue())}
    unfilled = {f.id for f in held.findings if f.id in absent or (f.level == "error" and only_left(now, f))}
    wrong = [f for f in held.findings if f.level == "error" and f.id not in unfilled]
    for one in found["findings"]:
        one["left"] = one["id"] in unfilled
    calm = found["state"] == "error" and not wrong
    reading = held.read_as(held.now)
    sections = texts_unknown(now)
    label = "calm" if calm else "tables" if sections and not (wrong or open_) else ""
    return {
        "calm": calm,
        "label": words("shown")[label] if label else found["label"],
        "counts": {**found["counts"], "left": left, "wrong": len(wrong), "open": len(open_)},
        "unit": now.unit,
        "year": now.year,
        "edition": form.edition,
        "notice": form.notice,
        "form": key_of(form),
        "imported": _imported(now),
        "sealed": "" if reading.seal_state == "none" else reading.seal_state,
        "sealable": _sealable(held),
        "prior": _prior(held),
        "cells": cells_of(held),
        "cover": _cover(now),
        "declared": [key for key in TABLE_KEYS if now.declares(key)],
        "texts": now.texts or {},
        "notes": now.notes,
        "kept": [{"place": one.place, "text": one.text} for one in _kept(now)],
        "changed": changes(held),
        "undo": held.at - held.base,
        "redo": len(held.steps) - 1 - held.at,
        "todo": _todo(len(wrong), len(open_), left, sections),
        "returned": returned_line(reading.returned, report, held.findings),
    }


def _left(report: Report) -> int:
    """How many cells, fields and sections are not filled, as the workbook counts them."""
    ledger = Ledger(report)
    rows = map(ledger.row, absences(report.form, ledger.rules))
    return sum(row.left or 0 for row in rows if row.state == "undecided")


def _todo(wrong: int, open_: int, left: int, sections: str) -> str:
    """The verdict in the words of the workbook: what is still to be done, or that it may be sent.
    ``sections``: those that the file did not give."""
    said = wording("check.verdict")
    numbers = {"failed": wrong, "warned": open_, "undecided": left}
    parts = "".join(said[name].format(count=count) for name, count in numbers.items() if count)
    parts += words("shown")["untexted"].format(sections=sections) if sections else ""
    return str(said["not_ready"].format(parts=parts[1:]) if parts else said["ready"])


def _sealable(held: Held) -> str:
    """Why no sealed copy can be made; "" where one can."""
    refused = obstacle(held.examined)
    return refused.message if refused else ""


def _cover(report: Report) -> dict[str, str]:
    """The fields of the cover as they are typed; a year that is none as it was written."""
    start, end = report.period or ("", "")
    place = layout_of(report.form).field("year")
    written = next((one.text for one in report.unplaced if one.place == place), "")
    said = {
        "unit": report.unit,
        "code": report.code or "",
        "year": str(report.year) if report.year else written,
        "period_from": start,
        "period_to": end,
    }
    return {name: said[name] for name in fields()}


def _kept(report: Report) -> Iterator[Any]:
    """What no cell of the form and no field of the cover takes."""
    shown_elsewhere = {cell.place for cell in report.form.cells}
    shown_elsewhere |= {layout_of(report.form).field(name) for name in fields()}
    return (one for one in report.unplaced if one.place not in shown_elsewhere)


def _imported(report: Report) -> answers.Imported | None:
    if report.imported is None:
        return None
    unread = sum(report.is_blank(cell) for cell in report.unread)
    said = words("shown")["imported" if unread else "imported_whole"]
    return {
        "file": report.imported.file,
        "read": len(report.read),
        "unread": unread,
        "said": said.format(file=report.imported.file, read=len(report.read), unread=unread),
    }


def _prior(held: Held) -> answers.Prior | None:
    """Whose numbers are compared with, in the order in which they win."""
    w = words("prior")
    last_year = held.last_year()
    if last_year is None:
        typed = held.came.prior
        if typed is None:
            return None
        return {"source": "typed", "path": "", "unit": "", "year": 0, "number": None, "said": w["typed"]}
    source: Any = "given" if held.now.given else "desk"
    prior = held.context().prior
    unit, year = (prior.unit, prior.year) if prior else ("", last_year.year)
    number = held.desk_prior.number if held.desk_prior and not held.now.given else None
    said = w[source if prior else "absent"].format(file=last_year.file, unit=unit, year=year)
    return {
        "source": source,
        "path": last_year.file,
        "unit": unit,
        "year": year,
        "number": number,
        "said": said,
    }


def changes(held: Held) -> answers.Changes:
    """What differs from the file as it came."""
    first, now = held.first.report, held.now.report
    cells = (
        [c.id for c in now.form.cells if _content(first, c) != _content(now, c)] if first is not now else []
    )
    before, after = _cover(first), _cover(now)
    sections = _differing(first.texts or {}, now.texts or {})
    notes = _differing(first.notes, now.notes)
    named = [name for name in after if before[name] != after[name]]
    parts: dict[str, list[str]] = {"cells": cells, "fields": named, "sections": sections, "notes": notes}
    w = words("changed")
    parts["confirmed"] = _confirmed(first, now)
    said = w["between"].join(w[name].format(count=len(them)) for name, them in parts.items() if them)
    if not said and held.is_changed:
        said = w["other"]
    return {"cells": cells, "fields": named, "sections": sections, "notes": notes, "said": said}


def _content(report: Report, cell: Any) -> Any:
    kept = next((u.text for u in report.unplaced if u.place == cell.place), "") if report.unplaced else ""
    return report.value(cell.id), kept, report.marks.get(cell.id)


def _confirmed(first: Report, now: Report) -> list[str]:
    """Cells of which it was said that they are right as they stand."""
    return [c for c, value in now.confirmed.items() if first.confirmed.get(c) != value == first.value(c)]


def _differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


# ---------------------------------------------------------------- findings


def _finding(report: Report | None, finding: Finding) -> answers.FindingShown:
    found: answers.FindingShown = {
        "id": finding.id,
        "rule": finding.rule,
        "level": finding.level,
        "label": wording_of("gouji", "said")["levels"][finding.level],
        "message": finding.message,
        "remedy": finding.remedy,
        "left": False,
        "place": "",
        "cells": [],
        "section": finding.section,
        "field": finding.field,
        "declared": None,
        "basis": [],
        "ways_title": "",
        "ways": [],
        "explains": False,
        "key": "",
        "explanation": None,
        "question": None,
    }
    return found if report is None else {**found, **_with_places(report, finding)}


def _with_places(report: Report, finding: Finding) -> Any:
    first = [s.cell for s in finding.suspects if s.group == 1]
    declared = _declaration(finding)
    number = number_of(report.form, finding.id) if finding.level == "warning" else None
    return {
        "place": place_of(report, finding) if declared is None else _box(declared),
        "declared": declared,
        "cells": list(dict.fromkeys(first)) or list(cells_about(finding)),
        "basis": basis(report, finding),
        **_ways(report, finding),
        "explains": finding.level == "warning",
        "key": "" if number is None else shown_key(report.form, finding.id),
        "explanation": _explanation(report, finding),
        "question": _question(report, finding),
    }


def _declaration(finding: Finding) -> str | None:
    """The table of whose declaration a finding speaks, "" for that of all three."""
    field, _, table = finding.field.partition(".")
    return table if field == "blank_is_zero" else None


def _box(table: str) -> str:
    """What the declaration is called on the page."""
    said: str = words("cover")["declared_table" if table else "declared"]
    return said


def _ways(report: Report, finding: Finding) -> dict[str, Any]:
    if not lists_alternatives(finding):
        return {"ways_title": "", "ways": []}
    ways: list[answers.Way] = []
    for one in alternatives(report, finding):
        cell = cell_at(report.form, one.place)
        ways.append(
            {"number": one.number, "text": one.text, "cell": cell.id if cell else "", "place": one.place}
        )
    return {"ways_title": alternatives_title(finding), "ways": ways}


def _explanation(report: Report, finding: Finding) -> answers.Explanation | None:
    if finding.id not in report.explanations:
        return None
    (one,) = apply(report, [finding])
    return {"text": one.text, "state": one.state, "why": one.why, "settled": one.settled}


def _question(report: Report, finding: Finding) -> answers.Question | None:
    """The figure to look up: what is typed comes first, then what it may turn out to be."""
    asked = finding.question
    if asked is None:
        return None
    cell, w = report.form.by_id[asked.cell], words("question")
    place = "!".join(layout_of(report.form).locate(cell.id))
    texts = [cell.kind.show(answer.value) for answer in asked.answers]
    stands = report.value(cell.id)
    return {
        "cell": cell.id,
        "place": place,
        "text": w["ask"].format(place=place, row=cell.row.short, column=cell.column.short),
        "answers": [
            {"text": text, "stands": answer.value == stands}
            for text, answer in zip(texts, asked.answers, strict=True)
        ],
    }
