"""Tables that are no longer the form: a reader sees it or leaves cells unread, and takes none for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from gouji.form import NotANumber

from .draft import Draft, Piece, PrintedTable

#: A damaged table and the ids of the cells of which nothing can be known any more.
Damaged = tuple[PrintedTable, frozenset[str]]
Damage = Callable[[PrintedTable, Random, Draft], Damaged | None]


def damaged(draft: Draft, dice: Random, code: str) -> frozenset[str]:
    """Damage one table of a draft that is to be written as ``code``; the ids of its undecidable cells."""
    damage = dice.choice([d for d, spared in DAMAGES if code not in spared])
    place = dice.choice([i for i, part in enumerate(draft.parts) if isinstance(part, PrintedTable)])
    table = draft.parts[place]
    assert isinstance(table, PrintedTable)
    done = damage(table, dice, draft)
    if done is None:
        return frozenset()
    draft.parts[place] = done[0]
    return done[1]


def _values(table: PrintedTable) -> list[Piece]:
    return [p for p in table.pieces if p.is_value]


def _of_row(table: PrintedTable, row: int) -> list[Piece]:
    return [p for p in _values(table) if p.row == row]


def _with(table: PrintedTable, pieces: list[Piece]) -> PrintedTable:
    return replace(table, pieces=tuple(pieces))


def _shifted(table: PrintedTable, after: Piece, by: int) -> list[Piece]:
    """The pieces; the values behind one stand so many columns further right."""
    return [
        replace(p, column=p.column + by)
        if p.is_value and p.row == after.row and p.column > after.column
        else p
        for p in table.pieces
    ]


# ---------------------------------------------------------------- cells


def lost_cell(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """A cell is not there at all; those behind it move up."""
    gone = dice.choice(_values(table))
    return _with(table, [p for p in _shifted(table, gone, -1) if p.cell != gone.cell]), frozenset()


def double_cell(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """A cell stands twice, the second time with another number; no cell of its row is empty."""
    one = dice.choice(_values(table))
    whole = all(p.text for p in _of_row(table, one.row))
    return _doubled(table, one, dice) if whole else None


def double_beside_blank(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """The same where the row has empty cells inside: as many numbers as the form, in more cells."""
    one = dice.choice(_values(table))
    row = sorted(_of_row(table, one.row), key=lambda p: p.column)
    whole = row[0].text and row[-1].text
    return _doubled(table, one, dice) if whole else None


def _doubled(table: PrintedTable, one: Piece, dice: Random) -> Damaged:
    other = replace(one, column=one.column + 1, lines=(str(dice.randrange(99)),), cell=None, mark="")
    return _with(table, [*_shifted(table, one, 1), other]), frozenset()


def wide_cell(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """A value covers the square of the next, which is not there: nobody knows whose it is."""
    one = dice.choice(_values(table))
    following = [p for p in _of_row(table, one.row) if p.column == one.column + one.width]
    if not following:
        return None
    (gone,) = following
    wide = replace(one, width=one.width + gone.width)
    pieces = [wide if p is one else p for p in table.pieces if p is not gone]
    return _with(table, pieces), frozenset({one.cell or "", gone.cell or ""})


def odd_cell(table: PrintedTable, dice: Random, draft: Draft) -> Damaged | None:
    """A cell holds something that is no number of this kind."""
    one = dice.choice(_values(table))
    odd = dice.choice(draft.words["damage"]["odd"]).format(n=dice.randrange(1, 40))
    if _is_number(draft, one, odd):
        return None
    pieces = [replace(p, lines=(odd,)) if p is one else p for p in table.pieces]
    return _with(table, pieces), frozenset({one.cell or ""})


def _is_number(draft: Draft, piece: Piece, text: str) -> bool:
    try:
        draft.report.form.by_id[piece.cell or ""].kind.parse(text)
    except NotANumber:
        return False
    return True


# ---------------------------------------------------------------- rows and columns


def swapped_columns(table: PrintedTable, dice: Random, draft: Draft) -> Damaged | None:
    """Two columns with their heads in the other order, in every piece of the table."""
    heads = {p.column for p in table.pieces if p.role == "head" and p.width == p.height == 1}
    if table.key != "table3" or len(heads) < 2:
        return None
    one, other = dice.sample(sorted(heads), 2)
    places = {one: other, other: one}
    for place, part in enumerate(draft.parts):
        if isinstance(part, PrintedTable) and part.key == table.key:
            draft.parts[place] = _with(part, [_moved(p, places) for p in part.pieces])
    return _with(table, [_moved(p, places) for p in table.pieces]), frozenset()


def _moved(piece: Piece, places: dict[int, int]) -> Piece:
    head = piece.role == "head" and piece.width == piece.height == 1
    return replace(piece, column=places.get(piece.column, piece.column)) if head or piece.is_value else piece


def swapped_rows(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """Two neighbouring rows of one group in the other order, each with its own label."""
    labelled = [p for p in table.pieces if p.role == "label" and p.height == 1]
    pairs = [
        (p.row, q.row)
        for p in labelled
        for q in labelled
        if p.row + 1 == q.row and p.column == q.column and _outer(table, p) == _outer(table, q)
    ]
    pairs = [(a, b) for a, b in pairs if not any(p.height > 1 and p.row in (a, b) for p in table.pieces)]
    if not pairs:
        return None
    one, other = dice.choice(pairs)
    places = {one: other, other: one}
    return _with(table, [replace(p, row=places.get(p.row, p.row)) for p in table.pieces]), frozenset()


def _outer(table: PrintedTable, piece: Piece) -> list[str]:
    return [p.text for p in table.group_of(piece)] + [str(len(_of_row(table, piece.row)))]


def _inserted(table: PrintedTable, below: int, row: list[Piece]) -> list[Piece]:
    """A row more below another; heads over both reach one row further."""
    moved = []
    for p in table.pieces:
        if p.row > below:
            moved.append(replace(p, row=p.row + 1))
        elif p.row + p.height - 1 > below:
            moved.append(replace(p, height=p.height + 1))
        else:
            moved.append(p)
    return moved + [replace(p, row=below + 1) for p in row]


def _copied(table: PrintedTable, row: int, dice: Random) -> Iterator[Piece]:
    for p in (p for p in table.pieces if p.row == row and p.height == 1):
        yield replace(p, cell=None, mark="", lines=(str(dice.randrange(99)),)) if p.is_value else p


def repeated_row(table: PrintedTable, dice: Random, _: Draft) -> Damaged | None:
    """A row stands twice with different numbers, and no cell of it is empty."""
    rows = sorted({p.row for p in _values(table)} - {p.row for p in _values(table) if not p.text})
    if len(rows) < 2:
        return None
    row = dice.choice(rows[:-1])
    pieces = _inserted(table, row, list(_copied(table, row, dice)))
    return _with(table, pieces), frozenset(p.cell or "" for p in _of_row(table, row))


def strange_row(table: PrintedTable, dice: Random, draft: Draft) -> Damaged | None:
    """A row that the form has not, with numbers of its own."""
    rows = sorted({p.row for p in _values(table)})
    if len(rows) < 2:
        return None
    row = dice.choice(rows[:-1])
    copy = list(_copied(table, row, dice))
    label = dice.choice(draft.words["damage"]["line"])
    named = [replace(p, lines=(label,)) if p.role == "label" else p for p in copy]
    return _with(table, _inserted(table, row, named)), frozenset()


_SQUARES = {"S01", "S03", "S23", "S24", "S25"}
_LOOSE = {"S01", "S02", "S04", "S15", "S17", "S18", "S19", "S20", "S21", "S22", "S26"}
#: Each damage and the shapes in which nobody could see it.
DAMAGES: tuple[tuple[Damage, set[str]], ...] = (
    (lost_cell, _SQUARES),
    (double_cell, _SQUARES),
    (double_beside_blank, _SQUARES | _LOOSE),
    (wide_cell, _SQUARES),
    (odd_cell, set()),
    (swapped_columns, {"S03"}),
    (swapped_rows, {"S04"}),
    (repeated_row, {"S04"}),
    (strange_row, {"S04"}),
)
