"""In what several files of one unit differ: cell by cell, then the texts, notes and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...form import Value
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ...workbook.layout import layout_of
from .acting import PACKAGE


@dataclass(frozen=True, slots=True)
class Difference:
    """``place``: ``二!B7`` or ""; ``name``: what it is called on the form; ``values``: as shown, one a file,
    in the order in which the files were given."""

    place: str
    name: str
    values: tuple[str, ...]


def differences(reports: Sequence[Report]) -> list[Difference]:
    """All of them, cells in the order of the form of the first; blank, 0 and "/" are three things."""
    return [*_cells(reports), *_others(reports)]


def _cells(reports: Sequence[Report]) -> Iterator[Difference]:
    words, form = wording_of(PACKAGE, "versions"), reports[0].form
    layout = layout_of(form)

    def shown(report: Report, cell_id: str) -> Value:
        return report.value(cell_id) if cell_id in report.form.by_id else None

    for cell in form.cells:
        values = [shown(report, cell.id) for report in reports]
        if len(set(values)) > 1:
            name = words["cell"].format(row=cell.row.short, column=cell.column.short)
            texts = tuple(cell.kind.show(value) or words["blank"] for value in values)
            yield Difference("!".join(layout.locate(cell.id)), name, texts)


def _others(reports: Sequence[Report]) -> Iterator[Difference]:
    """Long texts are only counted: whoever sent both knows them."""
    words = wording_of(PACKAGE, "versions")
    layout = layout_of(reports[0].form)
    for section in (s.number for s in reports[0].form.sections if not s.table):
        texts = [(report.texts or {}).get(section, "") for report in reports]
        if len(set(texts)) > 1:
            area = layout.texts[section]
            sizes = tuple(words["size"].format(count=len(text)) for text in texts)
            yield Difference(f"{area.sheet}!A{area.top}", words["section"].format(section=section), sizes)
    periods = ["—".join(report.period) if report.period else words["blank"] for report in reports]
    counts = {
        "notes": [len(report.notes) for report in reports],
        "explanations": [len(report.explanations) for report in reports],
    }
    if len(set(periods)) > 1:
        yield Difference("", words["period"], tuple(periods))
    for key, numbers in counts.items():
        contents = [getattr(report, key) for report in reports]
        if any(content != contents[0] for content in contents):
            yield Difference("", words[key], tuple(words["count"].format(count=n) for n in numbers))
