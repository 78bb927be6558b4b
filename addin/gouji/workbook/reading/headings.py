"""Where the fields of 封面 and the texts of 一, 五, 六 stand in a file: by their labels and titles.

A row that somebody inserted moves them. A label that stands once elsewhere takes its field along, so that no
content is read under another name; what has moved, and what is gone, is said like that of a table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ...form import Box, Section
from ...report import PREFACE
from ...rules import Catalogue, Finding
from ...text import plain
from ..earlier import earlier
from ..layout import Area, Layout
from ..printed import Printed
from ..wording import wording
from .cells import Position, RawCell
from .labels import Labels, off_labels

Cells = Mapping[Position, RawCell]
#: The name of 版式 among the fields of the cover, in which nothing is typed.
_EDITION = "edition"
#: So many rows a title is looked for above and below its place; so many characters no label has.
_NEAR, _LONGEST = 50, 1000


class CoverPlaces(NamedTuple):
    """``fields``: field -> where its content stands; ``edition``: that of 版式. ``findings``: what is off."""

    fields: Mapping[str, Position]
    edition: Position
    findings: tuple[Finding, ...]


def cover_places(layout: Layout, cells: Cells, printed: Printed, rules: Catalogue) -> CoverPlaces:
    """The fields of 封面 by their labels."""
    cover, boxes = layout.cover, _cover_boxes(layout)
    if all(_stands(box, cells) for box in boxes.values()):
        return CoverPlaces(cover.fields, cover.edition, ())
    own = {_EDITION: cover.edition, **cover.fields}
    found = {name: _where(box, cells) for name, box in boxes.items()}
    if _worded_otherwise(boxes, found, cells, printed):
        return CoverPlaces(cover.fields, cover.edition, ())
    places = {name: (at[0], at[1] + 1) if (at := found[name]) else own[name] for name in own}
    labels = Labels(cover.name, "cover", tuple(boxes.values()), "cover", _now(boxes.values(), found.values()))
    findings = tuple(off_labels(labels, cells, rules))
    return CoverPlaces({name: places[name] for name in cover.fields}, places[_EDITION], findings)


def _worded_otherwise(
    boxes: Mapping[str, Box], found: Mapping[str, Position | None], cells: Cells, printed: Printed
) -> bool:
    """Whether all stand where they belong, some in words of another release that the file itself tells."""
    return all(
        at == (box.row, box.column) if (at := found[name]) else _is_printed(box, cells, printed)
        for name, box in boxes.items()
    )


def _is_printed(box: Box, cells: Cells, printed: Printed) -> bool:
    raw = cells.get((box.row, box.column))
    return raw is not None and raw.raw in printed


@cache
def _cover_boxes(layout: Layout) -> Mapping[str, Box]:
    """Field -> its label."""
    cover, w = layout.cover, wording("cover")
    own = {_EDITION: cover.edition, **cover.fields}
    texts = {_EDITION: w["edition"], **{name: w["fields"][name][0] for name in cover.fields}}
    return {name: _box(row, column - 1, texts[name]) for name, (row, column) in own.items()}


class TextPlaces(NamedTuple):
    """``areas``: section or 引言 -> the paragraphs of its text."""

    areas: Mapping[str, Area]
    findings: tuple[Finding, ...]


def text_places(layout: Layout, version: str, cells: Mapping[str, Cells], rules: Catalogue) -> TextPlaces:
    """The texts by the titles above them, in a file of one template version. ``cells``: of each sheet with a
    text."""
    areas = dict(layout.texts)
    findings: list[Finding] = []
    for section in layout.form.sections:
        if section.number in areas:
            found = _text(layout, section, version, cells[areas[section.number].sheet])
            areas |= found.areas
            findings += off_labels(found.labels, cells[areas[section.number].sheet], rules)
    return TextPlaces(areas, tuple(findings))


class _Found(NamedTuple):
    labels: Labels
    areas: Mapping[str, Area]


def _text(layout: Layout, section: Section, version: str, cells: Cells) -> _Found:
    own = layout.texts[section.number]
    title = earlier(version, "text_title") or layout.text_title(section)
    box = _box(title, own.left, section.title)
    at = _where(box, cells, near=_NEAR)
    labels = Labels(own.sheet, f"text.{section.number}", (box,), "text", _now([box], [at]))
    by = at[0] - title if at else 0
    moved = {section.number: replace(own, top=own.top + by, bottom=own.bottom + by)}
    preface = layout.texts[PREFACE]
    if by and preface.sheet == own.sheet:
        head = _where(_box(1, own.left, wording("text")["preface"]), cells, near=_NEAR)
        first = by if title < preface.top else head[0] - 1 if head else 0
        # Wherever above the title the rows came in or went: 引言 ends as far above it as ever.
        top, bottom = preface.top + first, preface.bottom + by
        moved[PREFACE] = replace(preface, top=top, bottom=max(top, bottom))
    return _Found(labels, moved)


def _now(boxes: Collection[Box], found: Iterable[Position | None]) -> dict[Position, Position]:
    """Where each label stands; {} where one of them was not found."""
    now = {(box.row, box.column): at for box, at in zip(boxes, found, strict=True) if at}
    return now if len(now) == len(boxes) else {}


def _box(row: int, column: int, text: str) -> Box:
    return Box(row, column, 1, 1, "label", text)


def _stands(box: Box, cells: Cells) -> bool:
    raw = cells.get((box.row, box.column))
    return raw is not None and (raw.raw == box.text or _says(raw, plain(box.text)))


def _says(raw: RawCell, text: str) -> bool:
    return len(raw.raw) <= _LONGEST and plain(raw.raw) == text


def _where(box: Box, cells: Cells, near: int = 0) -> Position | None:
    """Where a label stands: at its place, else the one other place that has it; None for none, and for
    several. ``near``: only in its own column, within so many rows."""
    if _stands(box, cells):
        return box.row, box.column
    text = plain(box.text)
    places = [
        at
        for at, raw in cells.items()
        if _says(raw, text) and (not near or (at[1] == box.column and abs(at[0] - box.row) <= near))
    ]
    return places[0] if len(places) == 1 else None


def sheets_of_texts(layout: Layout) -> Iterator[str]:
    """The sheets with texts, each once."""
    yield from dict.fromkeys(area.sheet for area in layout.texts.values())
