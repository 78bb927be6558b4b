"""A report whose cells are all different, and its Word document opened with python-docx."""

from __future__ import annotations

import io
from typing import Any

import docx

from gouji.document.contents import Frame
from gouji.document.word import document_bytes
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Catalogue

#: A sentence with advertising that somebody put in.
SPAM = "我局公开信息81条，依据《条例老虎机_电子网官网》要求。"


def opened(report: Report, rules: Catalogue | None = None, **frame: Any) -> Any:
    return docx.Document(io.BytesIO(document_bytes(report, frame=Frame(**frame), rules=rules)))


def text_of(cell: Any) -> str:
    return "".join(p.text for p in cell.paragraphs)


def numbered(edition: str) -> Report:
    """Every cell its own number, so that two swapped cells show; some "/" and blank, some marks."""
    form = load_form(edition)
    report = Report(form, "某市某局", 2024)
    for i, cell in enumerate(form.cells, 1):
        report.set(cell.id, (None, "/")[i % 2] if i % 17 == 0 else i * (250_000 if cell.kind.money else 1))
    report.marks = {form.cells[0].id: "注1", form.cells[16].id: "注2", form.cells[-1].id: "注1"}
    report.notes = {"注1": "口径一", "注2": "口径二", "注3": "总的说明"}
    return report
