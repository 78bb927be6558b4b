"""Content of the form that is read and that nobody sees: in hidden rows and columns, under merged cells.

What the templates themselves hide (the strip above a table, the figures beside it) is no place of the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import NamedTuple

from ...form import SLASH, TableKey
from ...rules import Catalogue, Finding
from ..layout import Area, Layout, TableSheet, address, column_letter
from .by_mark import Contents
from .cells import Outline, Position, RawCell
from .labels import all_stand

Cells = Mapping[Position, RawCell]
Merged = tuple[int, int, int, int]

#: So many hidden contents are named one by one, and so many characters of a text.
_NAMED, _SHOWN = 6, 12
#: Outlines of so many ranges, rows and columns are remembered.
_FEW = 200


class Places(NamedTuple):
    """Where a person types on one sheet. ``typed``: position -> id of the table's cell, "" for a text;
    ``labels``: what is printed between them."""

    sheet: str
    typed: Mapping[Position, str]
    labels: Iterable[Position] = ()


def table_places(sheet: TableSheet, cells: Cells) -> Places:
    """Of a table: its cells, and what of 注 is filled in."""
    columns, top = {left for left, _ in sheet.note_columns}, sheet.notes.top
    notes = {at: "" for at in cells if at[0] >= top and at[1] in columns}
    return Places(sheet.name, notes | {at: cell for cell, at in sheet.cells.items()}, sheet.labels)


def cover_places(name: str, fields: Iterable[Position]) -> Places:
    """Of 封面: its fields and their labels."""
    fields = tuple(fields)
    return Places(name, dict.fromkeys(fields, ""), [(row, column - 1) for row, column in fields])


def text_places(sheet: str, areas: Iterable[Area], cells: Cells) -> Places:
    """Of a text: the paragraphs that are filled in."""
    areas = [area for area in areas if area.sheet == sheet]
    return Places(sheet, {at: "" for at in cells if any(area.holds(*at) for area in areas)})


def all_unseen(
    book: Contents, layout: Layout, fields: Iterable[Position], areas: Iterable[Area], rules: Catalogue
) -> Iterator[Finding]:
    """On every sheet of the form. ``fields``: of 封面; ``areas``: of the texts, where they stand. Of a table
    whose labels are off nobody knows what is typed where."""
    areas = tuple(areas)
    places = [cover_places(layout.cover.name, fields)]
    for key, sheet in layout.tables.items():
        outline = book.outline(sheet.name)
        is_clear = _known_clear if sum(map(len, outline)) <= _FEW else _is_clear
        if is_clear(layout, key, outline):
            continue
        if all_stand(sheet, book.cells(sheet.name)):
            places.append(table_places(sheet, book.cells(sheet.name)))
    names = dict.fromkeys(area.sheet for area in areas if _meets(area, book.outline(area.sheet)))
    places += [text_places(name, areas, book.cells(name)) for name in names]
    for one in places:
        yield from unseen(one, book.cells(one.sheet), book.outline(one.sheet), rules)


def _is_clear(layout: Layout, key: TableKey, outline: Outline) -> bool:
    """Whether nothing of a table is hidden, whatever of 注 is filled in: so it is in most files."""
    sheet = layout.tables[key]
    places = [*sheet.cells.values(), *sheet.labels]
    top, starts = sheet.notes.top, {left for left, _ in sheet.note_columns}
    rows, columns = {row for row, _ in places}, {column for _, column in places} | starts
    return not (
        any(row in rows or row >= top for row in outline.hidden_rows)
        or any(first <= column <= last for first, last in outline.hidden_columns for column in columns)
        or any(_hides_notes(one, top, starts) for one in outline.merged)
        or _covered({at: cell for cell, at in sheet.cells.items()}, outline.merged)
    )


_known_clear = lru_cache(maxsize=64)(_is_clear)


def _hides_notes(merged: Merged, top: int, starts: Set[int]) -> bool:
    """Whether a range covers a place of 注, beside its own first cell."""
    first_row, first_column, last_row, last_column = merged
    inside = {column for column in starts if first_column <= column <= last_column}
    return last_row >= top and bool(inside) and (first_row != last_row or inside != {first_column})


def _meets(area: Area, outline: Outline) -> bool:
    """Whether anything in an area may be hidden."""
    return bool(outline.hidden_rows or outline.hidden_columns) or any(
        top <= area.bottom and bottom >= area.top and left <= area.right and right >= area.left
        for top, left, bottom, right in outline.merged
    )


def unseen(places: Places, cells: Cells, outline: Outline, rules: Catalogue) -> Iterator[Finding]:
    """At most three findings: on hidden rows, on hidden columns, on merged cells."""
    every = [*places.typed, *places.labels]
    if rows := outline.hidden_rows & {row for row, _ in every}:
        found = [at for at in every if at[0] in rows]
        lines = "、".join(_span(*run, str) for run in _runs(sorted(rows)))
        yield from _say(places, "rows", found, lines, cells, rules)
    runs = outline.hidden_columns
    if columns := {c for c in {column for _, column in every} if any(a <= c <= b for a, b in runs)}:
        found = [at for at in every if at[1] in columns]
        lines = "、".join(_span(*run, column_letter) for run in _runs(sorted(columns)))
        yield from _say(places, "columns", found, lines, cells, rules)
    if covered := _covered(places.typed, outline.merged):
        ranges = dict.fromkeys(covered.values())
        refs = "、".join(Area(places.sheet, *merged).ref() for merged in list(ranges)[:_NAMED])
        yield from _say(places, "merged", list(covered), refs, cells, rules)


def _say(
    places: Places, cause: str, found: list[Position], lines: str, cells: Cells, rules: Catalogue
) -> Iterator[Finding]:
    """What is said of the places that one cause hides; a warning only where a number or a text is hidden."""
    rule = rules["content-hidden"]
    phrases = rule.parameters["phrases"]
    held = [at for at in sorted(found) if at in places.typed and at in cells and cells[at].raw.strip()]
    graver = [at for at in held if cells[at].raw.strip() not in ("0", SLASH)]
    if not found or (cause == "merged" and not held and not any(places.typed[at] for at in found)):
        return
    named = (graver or held)[:_NAMED]
    key = cause if held else f"{cause}_empty"
    yield rule.finding(
        f"{places.sheet}/{cause}",
        tuple(places.typed[at] for at in (graver or held) if places.typed[at]),
        level=None if graver else rule.no_graver_than("empty_level"),
        message=None if key == "rows" else key,
        remedy=None if cause == "rows" else cause,
        sheet=places.sheet,
        lines=lines,
        count=len(held),
        blanks="、".join(address(*at) for at in sorted(found)[:_NAMED]),
        shown="、".join(
            phrases["number" if places.typed[at] else "text"].format(
                where=address(*at), value=" ".join(cells[at].raw.split())[:_SHOWN]
            )
            for at in named
        ),
        more=phrases["more"].format(count=len(held)) if len(held) > len(named) else "",
    )


def _runs(lines: Iterable[int]) -> list[tuple[int, int]]:
    """Lines in order as runs of neighbours."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] + 1 == line:
            runs[-1] = runs[-1][0], line
        else:
            runs.append((line, line))
    return runs


def _span(first: int, last: int, name: Callable[[int], str]) -> str:
    return name(first) if first == last else f"{name(first)}–{name(last)}"


def _covered(typed: Mapping[Position, str], merged: Iterable[Merged]) -> dict[Position, Merged]:
    """The places that a merged range covers, beside its own first cell, each with its range.

    Ranges do not overlap in a workbook that a spreadsheet made: what does is looked at no longer.
    """
    if not typed:
        return {}
    rows, columns = zip(*typed, strict=True)
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    room = (bottom - top + 1) * (right - left + 1)
    found: dict[Position, Merged] = {}
    for one in merged:
        first_row, first_column, last_row, last_column = one
        if last_row < top or first_row > bottom or last_column < left or first_column > right:
            continue
        inside = range(max(first_row, top), min(last_row, bottom) + 1)
        across = range(max(first_column, left), min(last_column, right) + 1)
        room -= len(inside) * len(across)
        if room < 0:
            break
        places = ((row, column) for row in inside for column in across)
        found |= {at: one for at in places if at in typed and at != (first_row, first_column)}
    return found
