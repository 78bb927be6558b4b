"""A form as the page draws it, once a mixture of editions: its sections and printed grids."""

from __future__ import annotations

from ..form import Box, Cell, Form, Table, load_form, printed_grid
from ..form.look import look_of
from ..report import PREFACE
from ..wording import wording_of
from ..workbook.layout import Layout, layout_of
from ..workbook.wording import wording
from . import answers
from .filling import fields

_PART, _IS = "|", "="


def key_of(form: Form) -> str:
    """By which a form is asked for: its edition, and those of tables that have another."""
    return _PART.join([form.edition, *(f"{key}{_IS}{value}" for key, value in sorted(form.layout.items()))])


def form_of(key: str) -> Form:
    """Raises KeyError, ValueError for a key that :func:`key_of` did not make."""
    edition, *layout = key.split(_PART)
    return load_form(edition, dict(part.split(_IS) for part in layout))  # type: ignore[arg-type]


def drawn(form: Form) -> answers.FormShown:
    """All that is drawn of a form without any report."""
    layout, labels = layout_of(form), wording("cover.fields")
    sections: list[answers.SectionShown] = []
    for section in form.sections:
        one: answers.SectionShown = {"number": section.number, "title": section.title, "hint": section.prompt}
        if section.table:
            one["table"] = _table(form.tables[section.table], layout)
        sections.append(one)
    return {
        "key": key_of(form),
        "title": form.title,
        "notice": form.notice,
        "notice_title": form.notice_title,
        "preface": PREFACE,
        "fields": {name: {"label": labels[name][0], "hint": _hint(labels[name][1])} for name in fields()},
        "sections": sections,
    }


def _hint(sentence: str) -> str:
    """What stands in a field that is empty, no sentence."""
    return sentence.removesuffix("。")


def _table(table: Table, layout: Layout) -> answers.TableShown:
    grid, look = printed_grid(table), look_of(table)
    by_id = layout.form.by_id
    return {
        "key": table.key,
        "rows": grid.rows,
        "columns": grid.columns,
        "head_rows": grid.head_rows,
        "label_columns": grid.label_columns,
        "widths": list(look.widths),
        "heights": list(look.heights),
        "boxes": [_box(box, look.aligned(box) == "left", by_id, layout) for box in grid.boxes],
    }


def _box(box: Box, left: bool, by_id: dict[str, Cell], layout: Layout) -> answers.BoxShown:
    shown: answers.BoxShown = {
        "r": box.row,
        "c": box.column,
        "h": box.height,
        "w": box.width,
        "role": box.role,
        "text": box.shown,
        "left": left,
    }
    if box.cell:
        cell = by_id[box.cell]
        shown["cell"], shown["place"] = cell.id, "!".join(layout.locate(cell.id))
        shown["name"] = _spoken(cell, shown["place"])
        shown["money"], shown["total"] = cell.kind.money, cell.is_total
        if cell.help:
            shown["help"] = cell.help
        if unit := cell.column.printed_unit:
            shown["unit"] = unit
    return shown


def _spoken(cell: Cell, place: str) -> str:
    """What is read aloud of a cell: its place, the heads and labels of its row and column."""
    row = [*(group.label for group in cell.row.under), cell.row.label]
    column = [*(group.label for group in cell.column.under), cell.column.label]
    return str(wording_of(__package__, "drawn")["cell"]).format(
        place=place, row="，".join(row), column="，".join(column)
    )
