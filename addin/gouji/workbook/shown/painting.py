"""What is said at the cells of a form: one rule for the marks of a 退回单 and for the page.

A cell of which it is known what it should hold is marked as wrong; one that may be wrong is framed. What is
marked nowhere stands in the list of findings all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...form import Cell, Value
from ...records import dataclass
from ...rules import Finding
from ..wording import wording

#: Alternatives beyond these are listed but not marked in the form: a red frame everywhere says nothing.
_MARKED_ALTERNATIVES = 2
_MARKED_CELLS = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """``finding``: what it is about. ``remark``: shown at the cell; "" for a frame alone. ``known``: whether
    it is known that the cell should hold ``right``."""

    finding: Finding
    remark: str
    known: bool = False
    right: Value = None


def remarks_of(findings: Sequence[Finding]) -> dict[str, Remark]:
    """Cell id -> what is said at the cell: its own suggestion, else the finding it belongs to."""
    marked: dict[str, Remark] = {}
    for finding in findings:
        if finding.level != "hint":
            for cell, remark in _of(finding):
                marked.setdefault(cell, remark)
    return marked


def cells_about(finding: Finding) -> tuple[str, ...]:
    """The cells that a finding is about; where sums do not agree and no cell is to blame, all of theirs."""
    if finding.cells or not finding.open:
        return finding.cells
    return tuple(dict.fromkeys(cell for sums in finding.folded for cell in sums.cells))


def _of(finding: Finding) -> Iterator[tuple[str, Remark]]:
    for suspect in () if finding.tied else finding.suspects:
        if suspect.group <= _MARKED_ALTERNATIVES:
            remark = f"{finding.message}\n{suspect.reason}".strip()
            known = finding.decided and suspect.group == 1
            yield suspect.cell, Remark(finding, remark, known, suspect.suggested)
    if finding.suspects:
        return
    cells = cells_about(finding)
    if finding.area:
        for number, cell in enumerate(cells):
            yield cell, Remark(finding, "" if number else finding.message)
    # A finding on very many cells (a blank table) marks none: the colours say it already.
    elif len(cells) <= _MARKED_CELLS:
        for cell in cells:
            yield cell, Remark(finding, finding.message)


def remark_at(cell: Cell, remark: Remark) -> str:
    """The remark, and what the cell should hold where that is known."""
    if not remark.known:
        return remark.remark
    value = cell.kind.show(remark.right) if remark.right is not None else wording("reader")["as_blank"]
    return f"{wording('slip')['due'].format(value=value)}\n{remark.remark}"
