"""What was read of a published file against what was written there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from gouji.form import TABLE_KEYS, load_form
from gouji.form.model import TABLE_IDS
from gouji.published.reading import TablesRead
from gouji.report import Report

from . import Blanks, Written


@dataclass
class Score:
    """Cells. ``wrong``: a line for each cell that was read as something else than what stands there."""

    right: int = 0
    unread: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        self.right += other.right
        self.unread += other.unread
        self.wrong += other.wrong
        return self

    @property
    def share_unread(self) -> float:
        known = self.right + len(self.unread) + len(self.wrong)
        return len(self.unread) / known if known else 0.0


def judge(
    tables: TablesRead,
    report: Report,
    blanks: Blanks = "soft",
    absent: Collection[str] = (),
    undecidable: Collection[str] = (),
) -> Score:
    """Every cell of the form, and every cell that was read though the form has none of the kind.

    ``blanks``: a blank that shows must be read as one ("marked"), may be ("soft"), must not ("loose").
    ``absent``: cells whose row is not printed, of which nothing may be read; ``undecidable``: cells whose
    digits have several readings, right when unread and wrong when guessed.
    """
    score = Score(wrong=list(_of_another_edition(tables, report, absent)))
    for cell in report.form.cells:
        read, truth = tables.read.get(cell.id), report.value(cell.id)
        if cell.id in absent or cell.id in undecidable:
            if read is not None:
                score.wrong.append(f"{cell.id}: {read.value!r} read, nothing can be known ({read.text!r})")
            elif cell.id in undecidable:
                score.right += 1
        elif read is not None:
            guessed = truth is None and blanks == "loose"
            if read.value != truth or type(read.value) is not type(truth) or guessed:
                score.wrong.append(f"{cell.id}: {read.value!r} read, {truth!r} written ({read.text!r})")
            else:
                score.right += 1
        elif truth is not None or blanks == "marked":
            score.unread.append(cell.id)
    return score


def _of_another_edition(tables: TablesRead, report: Report, absent: Collection[str]) -> Iterator[str]:
    """Cells of a table that was taken for another edition's, where the rows that are printed tell it."""
    known = report.form.by_id
    for key in TABLE_KEYS:
        own, edition = report.form.tables[key], tables.editions.get(key)
        if not any(cell.startswith(f"{TABLE_IDS[key]}.") for cell in tables.read):
            continue  # of a table of which nothing was read nobody takes the edition for known
        for cell in tables.read.keys() | tables.unread.keys():
            if cell.startswith(f"{TABLE_IDS[key]}.") and cell not in known:
                yield f"{cell}: the form has no such cell"
        others = {cell.id for cell in load_form(edition).tables[key].cells} if edition else set()
        if not {cell.id for cell in own.cells} - others <= set(absent):
            yield f"{key}: edition {edition}, printed is {own.edition}"


def judged(written: Written, tables: TablesRead) -> Score:
    return judge(tables, written.report, written.shape.blanks, written.absent, written.undecidable)
