"""Copies of the form's own sheets beside them: what stands there is not read, and may be what was meant.

A copy has the labels of a sheet of the form at their places. It is compared with that sheet cell by cell, and
what differs is said; sheets of other editions are known too. Only small sheets are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ...form import editions, load_form
from ...rules import Catalogue, Finding
from ...text import plain
from ..layout import Layout, address, layout_of
from ..wording import wording
from .by_mark import Contents
from .cells import Position, RawCell
from .guard import MB, Refused

Cells = Mapping[Position, RawCell]

#: Bytes of all the sheets of one file that are looked at: a copy of ours has up to half of one MB.
MAX_LOOKED = 4 * MB
#: Of its labels a copy has at least so many quarters at their places; some may have been edited.
_QUARTERS = 3
#: So many differences are named, and so many characters of a content.
_NAMED, _SHOWN = 5, 20
#: No label is longer; a longer text is compared as it is.
_LONGEST = 1000


class _Known(NamedTuple):
    """A sheet of the form. ``labels``: position -> spellings, to compare by; ``contents``: position -> what
    it is in words. ``edition``: of a table of another edition, else ""."""

    name: str
    labels: Mapping[Position, tuple[str, ...]]
    contents: Mapping[Position, str]
    edition: str = ""


def copied(
    book: Contents, layout: Layout, others: Iterable[str], rules: Catalogue
) -> Iterator[tuple[str, Finding]]:
    """(name of the sheet, what is to be said) of each copy among sheets that are none of the form's."""
    room = MAX_LOOKED
    for name in others:
        room -= book.size(name)
        if room < 0:
            return
        try:
            cells = book.cells(name, _wanted())
        except Refused:  # what is no part of the form costs it nothing
            continue
        known = next((one for one in _known(layout) if _has_labels(one, cells)), None)
        if known and (found := _compared(name, known, cells, book.cells(known.name), rules)):
            yield name, found


def _compared(name: str, known: _Known, copy: Cells, cells: Cells, rules: Catalogue) -> Finding | None:
    """What is to be said of one copy; None where nothing is filled in there."""
    filled = [at for at in known.contents if _text(copy, at)]
    if not filled:
        return None
    rule = rules["sheet-copied"]
    key = "edition" if known.edition else None
    if not key and not any(_text(cells, at) for at in known.contents):
        key = "instead"
    differing = filled if key else [at for at in known.contents if _text(cells, at) != _text(copy, at)]
    if not differing:
        extra = rules["sheet-extra"]
        return extra.finding(name, message="same", remedy="same", sheet=name, own=known.name)
    phrases = rule.parameters["phrases"]
    blank = phrases["blank"]
    shown = (
        phrases["filled" if key else "differs"].format(
            label=known.contents[at],
            where=address(*at),
            own=_short(_text(cells, at)) or blank,
            other=_short(_text(copy, at)) or blank,
        )
        for at in differing[:_NAMED]
    )
    return rule.finding(
        name,
        message=key,
        remedy=key,
        copy=name,
        sheet=known.name,
        edition=known.edition,
        count=len(differing),
        shown="、".join(shown),
        more=phrases["more"] if len(differing) > _NAMED else "",
    )


def _text(cells: Cells, at: Position) -> str:
    """What a cell holds, to compare by; a number however it is stored."""
    raw = cells.get(at)
    if raw is None:
        return ""
    if isinstance(raw.value, float) and raw.value.is_integer():
        return str(int(raw.value))
    return " ".join(raw.raw.split()) if len(raw.raw) <= _LONGEST else raw.raw


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _has_labels(known: _Known, cells: Cells) -> bool:
    found = ((cells.get(at), spellings) for at, spellings in known.labels.items())
    stand = sum(raw is not None and len(raw.raw) <= _LONGEST and plain(raw.raw) in of for raw, of in found)
    return stand * 4 >= len(known.labels) * _QUARTERS


@cache
def _wanted() -> frozenset[Position]:
    """Every position that is looked at in any edition."""
    known = (one for edition in editions() for one in _sheets(layout_of(load_form(edition))))
    return frozenset(at for one in known for at in (*one.labels, *one.contents))


@cache
def _known(layout: Layout) -> tuple[_Known, ...]:
    """The sheets of the form, then the tables of other editions."""
    others = ((e, one) for e in editions() for one in _tables(layout_of(load_form(e))))
    return *_sheets(layout), *(one._replace(edition=edition) for edition, one in others)


def _sheets(layout: Layout) -> Iterator[_Known]:
    yield from _tables(layout)
    yield _cover(layout)
    yield from _texts(layout)


def _tables(layout: Layout) -> Iterator[_Known]:
    phrase = wording("copies")["label"]
    for sheet in layout.tables.values():
        labels = {
            (box.row, box.column): tuple(map(plain, (box.text, *box.formerly)))
            for box in sheet.boxes
            if not box.cell and box.text
        }
        cells = ((cell, sheet.cells[cell.id]) for cell in sheet.table.cells)
        contents = {at: phrase.format(row=c.row.short, column=c.column.short) for c, at in cells}
        yield _Known(sheet.name, labels, contents)


def _cover(layout: Layout) -> _Known:
    fields = wording("cover.fields")
    places = layout.cover.fields
    labels = {(row, column - 1): (plain(fields[n][0]),) for n, (row, column) in places.items()}
    return _Known(layout.cover.name, labels, {at: fields[name][0] for name, at in places.items()})


def _texts(layout: Layout) -> Iterator[_Known]:
    for section in layout.form.sections:
        if section.number not in layout.texts:
            continue
        own = layout.texts[section.number]
        areas = [area for area in layout.texts.values() if area.sheet == own.sheet]
        rows = {(row, own.left): section.title for a in areas for row in range(a.top, a.bottom + 1)}
        title = {(layout.text_title(section), own.left): (plain(section.title),)}
        yield _Known(own.sheet, title, rows)
