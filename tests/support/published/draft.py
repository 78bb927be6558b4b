"""A report as it is about to be printed: title, paragraphs and tables in reading order, labels varied."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Literal

from gouji.form import Cell, Table, TableKey, Value, printed_grid
from gouji.report import PREFACE, Report

WORDING: dict[str, Any] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
ParagraphKind = Literal["title", "heading", "text", "note", "chrome"]


@dataclass(frozen=True)
class Paragraph:
    kind: ParagraphKind
    text: str


@dataclass(frozen=True)
class Piece:
    """One box of a printed table in grid squares. ``lines``: its text, broken where the paper breaks it;
    ``mark``: a footnote mark behind the number. ``cell`` is the id of a typed cell; None for labels and for
    values that are no cell's."""

    row: int
    column: int
    height: int
    width: int
    role: str
    lines: tuple[str, ...]
    cell: str | None = None
    mark: str = ""

    @property
    def text(self) -> str:
        return "".join(self.lines) + self.mark

    @property
    def is_value(self) -> bool:
        return self.role == "value"


@dataclass(frozen=True)
class PrintedTable:
    key: TableKey
    columns: int
    label_columns: int
    head_rows: int
    pieces: tuple[Piece, ...]

    def rows(self) -> Iterator[list[Piece]]:
        """The origin pieces of each grid row, from left to right."""
        for row in range(max(p.row for p in self.pieces) + 1):
            yield sorted((p for p in self.pieces if p.row == row), key=lambda p: p.column)

    def pieces_in_order(self) -> Iterator[Piece]:
        return (piece for row in self.rows() for piece in row)

    def covered(self, row: int) -> list[int]:
        """The columns of a row that a piece of an earlier row covers."""
        over = [p for p in self.pieces if p.row < row < p.row + p.height]
        return sorted(c for p in over for c in range(p.column, p.column + p.width))

    def group_of(self, piece: Piece) -> list[Piece]:
        """The heads over a piece's row, outer first."""
        over = [p for p in self.pieces if p.role == "label" and p.column < piece.column]
        return [p for p in over if p.row <= piece.row < p.row + p.height]


Part = Paragraph | PrintedTable


@dataclass
class Draft:
    """``absent``: ids of the cells whose row is not printed."""

    report: Report
    title: str
    unit: str
    parts: list[Part]
    absent: frozenset[str]
    words: dict[str, Any]
    said: dict[str, str] = field(default_factory=dict)
    numbered: bool = False

    def tables(self) -> Iterator[PrintedTable]:
        return (p for p in self.parts if isinstance(p, PrintedTable))


@dataclass(frozen=True)
class Variation:
    """What may differ from the printed form, as the share of reports (or of their tables) in which it does:
    spellings of labels; a row that is not printed (of 二, of another table); money with its unit, or in 元
    where only a label says so; counts with commas or 件; prose before a table; a table in two pieces; heads
    that only number the columns (where small tables are made of one).
    """

    typos: float = 1
    without_rules: float = 0.25
    without_a_row: float = 0.05
    units: float = 0.5
    yuan: float = 0.15
    figures: float = 0.1
    leads: float = 0.15
    continued: float = 0.1
    numbered: float = 0.5


#: The form as it is printed.
PLAIN = Variation(*[0] * 9)
#: What the pass marks are for: columns have heads, and of 三 and 四 all rows are printed.
MARKED_BY = Variation(numbered=0, without_a_row=0)


def draft_of(report: Report, dice: Random, variation: Variation) -> Draft:
    said = _facts(report, dice)
    words = WORDING
    title = dice.choice(words["head"]["title"]).format(**said)
    swaps = _swaps(dice) if dice.random() < variation.typos else []
    draft = Draft(report, title, said["unit"], [Paragraph("title", title)], frozenset(), words, said)
    draft.numbered = dice.random() < variation.numbered
    texts = report.texts or {}
    prose = [p.format(**said) for p in words["prose"]["texts"]]
    _paragraphs(draft, texts.get(PREFACE, words["prose"]["preface"].format(**said)))
    for section in report.form.sections:
        draft.parts.append(Paragraph("heading", _swapped(section.title, swaps)))
        if section.table:
            if dice.random() < variation.leads:
                _paragraphs(draft, dice.choice(words["prose"]["leads"]).format(**said))
            _table(draft, report.form.tables[section.table], dice, variation, swaps)
        else:
            _paragraphs(draft, texts.get(section.number, dice.choice(prose)))
    draft.parts += [Paragraph("text", line.format(**said)) for line in words["prose"]["sign"]]
    return draft


def _facts(report: Report, dice: Random) -> dict[str, str]:
    year = report.year or report.form.first_year
    numbers = {name: str(dice.randrange(400)) for name in "abcnm"}
    return {
        "unit": report.unit or WORDING["head"]["unit"],
        "year": str(year),
        "next": str(year + 1),
        "last": str(year - 1),
        **numbers,
    }


def _paragraphs(draft: Draft, text: str) -> None:
    draft.parts += [Paragraph("text", line) for line in text.split("\n") if line.strip()]


# ---------------------------------------------------------------- labels


def _swaps(dice: Random) -> list[tuple[str, str]]:
    """The other spellings of this report, drawn."""
    found = []
    for entry in WORDING["labels"]:
        if dice.random() < entry["chance"]:
            found += [(entry["was"], entry["to"]), *entry.get("with", {}).items()]
    if dice.random() < WORDING["numbering"]["chance"]:
        space = dice.choice(WORDING["numbering"]["dots"])
        found += [(f"{n}.", f"{n}.{space}") for n in range(1, 9)]
    return found


def _swapped(text: str, swaps: Sequence[tuple[str, str]]) -> str:
    for was, to in swaps:
        text = text.replace(was, to)
    return text


# ---------------------------------------------------------------- tables


def _table(
    draft: Draft, table: Table, dice: Random, variation: Variation, swaps: list[tuple[str, str]]
) -> None:
    grid = printed_grid(table)
    money, more = _money(draft, dice, variation)
    pieces = [
        Piece(b.row, b.column, b.height, b.width, b.role, (_swapped(b.text, [*more, *swaps]),), b.cell)
        for b in grid.boxes
    ]
    share = variation.without_rules if table.key == "table2" else variation.without_a_row
    if dice.random() < share:
        pieces = _without_a_row(draft, table, pieces, dice)
    styles = draft.words["figures"]["styles"]
    figures = dice.choice(styles) if dice.random() < variation.figures else "{n}"
    pieces = [_filled(p, draft, money, figures) if p.cell else p for p in pieces]
    printed = PrintedTable(table.key, grid.columns, grid.label_columns, grid.head_rows, tuple(pieces))
    goes_on = table.key == "table3" and dice.random() < variation.continued
    draft.parts += _cut(printed, dice) if goes_on else [printed]
    for mark in dict.fromkeys(p.mark for p in pieces if p.mark):
        text = draft.report.notes.get(mark, draft.words["notes"]["text"].format(mark=mark))
        draft.parts.append(Paragraph("note", text if text.startswith(mark) else f"{mark}：{text}"))


def _money(draft: Draft, dice: Random, variation: Variation) -> tuple[str, list[tuple[str, str]]]:
    """How money is written, and what its labels say of it."""
    units = draft.words["units"]
    if dice.random() < variation.yuan:
        return units["yuan"], list(dice.choice(units["yuan_labels"]).items())
    return dice.choice(units["wan"]) if dice.random() < variation.units else units["wan"][0], []


def _filled(piece: Piece, draft: Draft, money: str, figures: str) -> Piece:
    assert piece.cell
    report = draft.report
    text = shown(report.form.by_id[piece.cell], report.value(piece.cell), money, figures)
    return replace(piece, lines=(text,), mark=report.marks.get(piece.cell, ""))


def shown(cell: Cell, value: Value, money: str = "{wan}", figures: str = "{n}") -> str:
    """A value as it is printed; ``money``, ``figures``: how an amount and a count are written."""
    text = cell.kind.show(value)
    if not isinstance(value, int):
        return text
    if not cell.kind.money:
        wide = text.translate(str.maketrans("0123456789", WORDING["figures"]["wide"]))
        return figures.format(n=value, wide=wide)
    yuan, rest = divmod(abs(value), 100)
    exact = f"{'-' if value < 0 else ''}{yuan}" + (f".{rest:02d}" if rest else "")
    return money.format(wan=text, yuan=exact)


def _cut(table: PrintedTable, dice: Random) -> list[PrintedTable]:
    """The table as two: a page ends inside. The heads stand again or not, and so do the labels over rows."""
    rows = sorted({p.row for p in table.pieces if p.is_value})
    at = dice.choice(rows[2:])
    heads = table.head_rows if dice.random() < 0.5 else 0
    over = [p for p in table.pieces if p.row < at < p.row + p.height]
    first = [replace(p, height=min(p.height, at - p.row)) for p in table.pieces if p.row < at]
    again = [p for p in table.pieces if p.row < heads] + [
        replace(p, row=heads, height=p.row + p.height - at, lines=(_again(p.text, dice),)) for p in over
    ]
    second = again + [replace(p, row=p.row - at + heads) for p in table.pieces if p.row >= at]
    return [replace(table, pieces=tuple(first)), replace(table, pieces=tuple(second), head_rows=heads)]


def _again(label: str, dice: Random) -> str:
    """A label that a page break cuts: whole again, only its end, or not at all."""
    return dice.choice([label, label[-1:], ""])


def _without_a_row(draft: Draft, table: Table, pieces: list[Piece], dice: Random) -> list[Piece]:
    """One row of those with a label of their own is not printed, as 规章 where a body makes none."""
    rows = sorted({p.row for p in pieces if p.cell})
    if len(rows) < 2:
        return pieces
    gone = rows[0] if table.key == "table2" else dice.choice(rows)
    draft.absent |= {p.cell for p in pieces if p.row == gone and p.cell}
    kept = []
    for piece in pieces:
        if piece.row <= gone < piece.row + piece.height:
            if piece.height > 1:
                kept.append(replace(piece, row=piece.row, height=piece.height - 1))
        else:
            kept.append(replace(piece, row=piece.row - (piece.row > gone)))
    return kept
