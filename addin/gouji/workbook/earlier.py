"""Where things stood in templates of earlier versions (``earlier.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..form import Form
from ..records import dataclass
from ..wording import data_beside

Position = tuple[int, int]


def earlier(version: str, part: str) -> Any:
    """What is told of a part of the templates of one version; None where it stands today's way."""
    return data_beside("gouji.workbook", "earlier.toml").get(version, {}).get(part)


def has_zones(version: str) -> bool:
    """Whether templates of a version have the sheets 上年 and 粘贴区; else such a sheet is a person's."""
    return earlier(version, "last_year") is None


@dataclass(frozen=True, slots=True)
class PriorBlock:
    """The block 上年数 on 封面. ``cells``: cell id -> its number; ``labels``: its label in each of the
    columns before, in every spelling, by place."""

    cells: Mapping[str, Position]
    labels: Mapping[Position, tuple[str, ...]]


def prior_block(version: str, form: Form) -> PriorBlock | None:
    """The block in a template of one version; None where it had none."""
    said = earlier(version, "last_year")
    if said is None:
        return None
    cells: dict[str, Position] = {}
    labels: dict[Position, tuple[str, ...]] = {}
    for key, table in form.tables.items():
        for cell_id in said["cells"][key].get(table.edition, ()):
            row, cell = said["top"] + len(cells), form.by_id[cell_id]
            cells[cell_id] = row, said["number"]
            first, second = said["labels"]
            # The number of the section, then the row as it is printed.
            rows = (cell.row.label, *cell.row.formerly)
            labels[row, first] = tuple(f"{table.section.number}\u3000{label}" for label in rows)
            labels[row, second] = (cell.column.label, *cell.column.formerly)
    return PriorBlock(cells, labels)
