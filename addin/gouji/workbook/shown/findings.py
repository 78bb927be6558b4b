"""Findings as people and machines see them: printed labels, sheet addresses, both numbers.

One wording for the terminal, 校验, 退回单 and JSON: the message is the rule's, the place is the
layout's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...form.addresses import ranges
from ...report import Report, content_json
from ...rules import Finding, State, Suspect
from ...rules.explanations import apply
from ..layout import Area, Layout, address, layout_of
from ..returned import Item, outcomes


def place_of(report: Report, finding: Finding) -> str:
    """Where to look first: ``三!D8``, the line ``三!D11:D32``, an area, the paragraph ``五!A4``, the field
    ``封面!B6``; "" where unknown.

    A line where several of its cells are wrong together, and where several ways would mend it: whoever is led
    to a cell changes it.
    """
    layout = layout_of(report.form)
    if finding.section in layout.texts:
        area = layout.texts[finding.section]
        return f"{area.sheet}!{address(min(area.top + finding.paragraph, area.bottom), area.left)}"
    if finding.field:
        return layout.field(finding.field)
    if finding.area:
        return _range(layout, finding.cells)
    first = [s.cell for s in finding.suspects if s.group == 1]
    if finding.open:
        places = (one.place for one in (*finding.folded, finding))
        lines = (e.cells for p in places if (e := report.form.equation.get(p)))
        return _range(layout, next(lines, first or finding.cells))
    one_way = len({s.group for s in finding.suspects}) == 1
    cells = list(finding.cells) if one_way or not first else first
    # A relation between two tables is shown where its first cell stands.
    cells = [c for c in cells if c.partition(".")[0] == cells[0].partition(".")[0]]
    if len(cells) > 1 and (_in_line(layout, cells) or len(ranges(report.form, cells)) == 1):
        return _range(layout, cells)
    return "!".join(layout.locate(cells[0])) if cells else ""


def _range(layout: Layout, cells: Sequence[str]) -> str:
    """``三!D11:D32``: the smallest rectangle that holds the cells."""
    sheet = layout.sheet_of(layout.form.by_id[cells[0]])
    rows, columns = zip(*(sheet.cells[c] for c in cells), strict=True)
    return f"{sheet.name}!{Area(sheet.name, min(rows), min(columns), max(rows), max(columns)).ref()}"


def _in_line(layout: Layout, cells: Sequence[str]) -> bool:
    """Whether the cells stand in one row or one column of the sheet."""
    sheet = layout.sheet_of(layout.form.by_id[cells[0]])
    rows, columns = zip(*(sheet.cells[c] for c in cells), strict=True)
    return len(set(rows)) == 1 or len(set(columns)) == 1


def cell_json(report: Report, cell_id: str) -> dict[str, Any]:
    """A cell by the names of the interchange form, with its address in the template."""
    cell = report.form.by_id[cell_id]
    sheet, address = layout_of(report.form).locate(cell_id)
    return {
        "id": cell_id,
        "table": cell.table,
        "row": cell.row_key,
        "column": cell.column_key,
        "sheet": sheet,
        "address": address,
        "value": content_json(cell, report.value(cell_id)),
    }


def suspect_json(report: Report, suspect: Suspect) -> dict[str, Any]:
    """A suspect as ``findings.schema.json`` has it: its cell, the value it should have, why, and how sure."""
    cell = report.form.by_id[suspect.cell]
    return {
        **cell_json(report, suspect.cell),
        "suggested": content_json(cell, suspect.suggested),
        "reason": suspect.reason,
        "certain": suspect.certain,
        "group": suspect.group,
    }


def finding_json(report: Report | None, finding: Finding) -> dict[str, Any]:
    """A finding as ``--json`` prints it. ``report`` is None only for a file that could not be read."""
    return {
        "rule": finding.rule,
        "id": finding.id,
        "level": finding.level,
        "message": finding.message,
        "remedy": finding.remedy,
        "left": finding.number(finding.left),
        "right": finding.number(finding.right),
        "difference": finding.number(finding.difference),
        "cells": [cell_json(report, c) for c in finding.cells] if report else [],
        "suspects": [suspect_json(report, s) for s in finding.suspects] if report else [],
        "place": place_of(report, finding) if report else "",
        "decided": finding.decided,
        "alternatives": [{"groups": list(a.groups), "reason": a.reason} for a in finding.alternatives],
        "question": _question(report, finding),
        "folded": [{"id": f.id, "message": f.message} for f in finding.folded],
        "explanation": _explanation(report, finding),
    }


def _question(report: Report | None, finding: Finding) -> dict[str, Any] | None:
    """The figure to look up first; ``groups`` of an answer: the suspects that are then still possible."""
    asked = finding.question
    if report is None or asked is None:
        return None
    cell = report.form.by_id[asked.cell]
    answers = [{"value": content_json(cell, a.value), "groups": list(a.groups)} for a in asked.answers]
    return {"cell": cell_json(report, asked.cell), "answers": answers}


def _explanation(report: Report | None, finding: Finding) -> dict[str, str] | None:
    """审核说明 of a finding with the state that it has for today's numbers; None where there is none."""
    if report is None or finding.id not in report.explanations:
        return None
    (explained,) = apply(report, [finding])
    return {"text": explained.text, "state": explained.state, "why": explained.why}


def file_json(
    file: str,
    report: Report | None,
    state: State,
    findings: Sequence[Finding],
    returned: Sequence[Item] = (),
) -> dict[str, Any]:
    """One file's entry of ``gouji validate --json``. ``returned``: what the 退回单 in it had asked for."""
    became = outcomes(returned, report, findings) if report else []
    return {
        "file": file,
        "unit": report.unit if report else None,
        "year": report.year if report else None,
        "edition": report.form.edition if report else None,
        "state": state,
        "findings": [finding_json(report, f) for f in findings],
        "returned": [{"id": i.ids[0], "place": i.place, "outcome": outcome} for i, outcome in became],
    }
