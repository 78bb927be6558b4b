"""The rows of a table as the source gives them: labels, runs, and which belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from ...form import printed_grid
from ...records import dataclass
from .labels import Hit, Hits
from .marked import Beside, Shapes, cells_beside, raws_beside
from .normalise import folded, letters
from .numbers import Raw
from .regions import Region
from .runs import Run, groups_between, runs_of
from .squeezed import Squeezed


@dataclass(frozen=True, slots=True)
class Line:
    """One row of numbers in the source. ``row``: the id of the row whose label says so; ``firm``: the label
    stands in the same row or line of the source. ``raws``: one a column, or None where they are not as many;
    ``run``: the numbers of loose text; ``said``: what stands there; ``sure``: as many cells of the source, or
    nothing but these numbers, so that none is missing or too many."""

    start: int
    row: str | None
    firm: bool
    raws: tuple[Raw, ...] | None
    run: Run | None
    said: str
    sure: bool


@dataclass
class Found:
    """``lines`` in order; ``labels``: row id -> its label; ``bare``: rows whose label has nothing behind it;
    ``orphans``: whether numbers stand without a label; ``blank``: rows whose marked cells are all empty;
    ``ordered``: the labels stand in the order of the form."""

    lines: list[Line]
    labels: Mapping[str, Hit]
    bare: set[str] = field(default_factory=set)
    blank: dict[str, tuple[Raw, ...]] = field(default_factory=dict)
    orphans: bool = False
    ordered: bool = True

    @property
    def vanished(self) -> bool:
        """Whether numbers are missing in loose text: its empty cells do not show."""
        missing = bool(self.bare) and len(self.lines) + len(self.blank) < len(self.labels)
        return missing or any(line.run and not line.run.complete for line in self.lines)


def find_rows(
    text: Squeezed,
    hits: Hits,
    region: Region,
    labels: Mapping[str, Hit],
    size: Mapping[str, int],
    lost: int = 0,
) -> Found:
    """``labels``: the label of each row; ``size``: how many numbers each row has; ``lost``: how many columns
    of the form the source does not have."""
    found = Found([], labels)
    beside = {row: cells_beside(text, hits, hit) for row, hit in labels.items()}
    depth = {row.id: len(row.under) for row in region.table.rows()}
    grid = printed_grid(region.table)
    shapes = {
        n: Shapes.of([(b, depth[row]) for row, b in beside.items() if b and size[row] == n], n, grid, lost)
        for n in {*size.values()}
    }
    taken: list[tuple[int, int]] = []
    for row, cells in beside.items():
        if cells and cells.cells:
            content = raws_beside(text, cells, shapes[size[row]], depth[row])
            _marked(text, found, row, cells, content, taken)
    rows = {hit.start: row for row, hit in labels.items()}
    noise = _noise(region)
    for label, group in groups_between(text, hits, region.start, region.end, noise):
        group = [t for t in group if not any(a <= t.start < b for a, b in taken)]
        own = rows.get(label.start) if label else None
        if own and any(line.row == own for line in found.lines):
            own = None
        if group:
            width = size[own] if own else max(size.values())
            _loose(text, found, own, runs_of(text, label if own else None, group, width), width)
    found.lines.sort(key=lambda line: line.start)
    lined = {line.row for line in found.lines}
    found.bare = {row for row in labels if row not in lined and row not in found.blank}
    starts = [labels[row.id].start for row in region.table.rows() if row.id in labels]
    found.ordered = starts == sorted(starts)
    found.orphans = any(line.row is None or line.row in found.blank for line in found.lines)
    return found


def _noise(region: Region) -> list[str]:
    """The letters of heads over several rows, whose fragments stand anywhere when they are stacked."""
    return sorted({letters(folded(group.label)) for row in region.table.rows() for group in row.under})


def _marked(
    text: Squeezed,
    found: Found,
    row: str,
    beside: Beside,
    content: tuple[list[Raw], bool] | None,
    taken: list[tuple[int, int]],
) -> None:
    start, end = beside.span
    raws, sure = content or (None, False)
    if beside.empty:
        if raws is not None:
            found.blank[row] = tuple(raws)
        return
    if raws is None and not beside.row.ended:
        return
    taken.append((start, end))
    said = text.said(start, end)
    found.lines.append(Line(start, row, True, tuple(raws) if raws else None, None, said, sure))


def _loose(text: Squeezed, found: Found, row: str | None, runs: Sequence[Run], size: int) -> None:
    for run in runs:
        own = row if run.label else None
        if own is None and sum(len(token.text) for token in run.tokens) < size:
            continue  # a lone number, of a page or a note
        firm = bool(own and run.label and run.own_line and _same_line(text, found, run))
        raws = tuple(t.raw() for t in run.tokens) if run.complete else None
        said = text.said(run.start, run.tokens[-1].end)
        found.lines.append(Line(run.start, own, firm, raws, run, said, run.alone))


def _same_line(text: Squeezed, found: Found, run: Run) -> bool:
    """Whether the run's label, and no other row's, stands in the source line of the run."""
    line = run.tokens[0].line
    there = [
        hit for hit in found.labels.values() if text.line(hit.end - 1) == line or text.line(hit.start) == line
    ]
    return there == [run.label] and text.gap(run.start) > 0
