"""Texts: what is left of a report when its tables become lines, tabs or nothing at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from random import Random

from gouji.text import shown_width

from .draft import Draft, Paragraph, Piece, PrintedTable


def broken(text: str, size: int) -> tuple[str, ...]:
    """The text in lines of ``size`` characters."""
    return tuple(text[i : i + size] for i in range(0, len(text), size)) or ("",)


def page_mark(number: int, dice: Random) -> str:
    return dice.choice(["- {} -", "-{}-", "— {} —"]).format(number)


def encoded(lines: Sequence[str], dice: Random) -> bytes:
    end = dice.choice(["\n", "\n", "\r\n"])
    return (dice.choice(["", "", "\ufeff"]) + end.join("\n".join(lines).split("\n")) + end).encode()


# ---------------------------------------------------------------- one line


def glued(draft: Draft, dice: Random) -> bytes:
    """S01: everything behind one another; now and then an ideographic space between two cells."""
    spaces = dice.choice([0, 0, 0.03])
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out.append(part.text)
            continue
        for piece in part.pieces_in_order():
            out.append(piece.text + ("\u3000" if dice.random() < spaces else ""))
    head = draft.words["head"]["glued"].format(title=draft.title, **draft.said)
    return (head + "".join(out) + "\n").encode()


def spaced(draft: Draft, dice: Random) -> bytes:
    """S02: one line, a space between what were cells or paragraphs."""
    out = [draft.words["chrome"]["crumbs"]]
    for part in draft.parts:
        out += [part.text] if isinstance(part, Paragraph) else [p.text for p in part.pieces_in_order()]
    return (dice.choice([" ", "  "]).join(text for text in out if text) + "\n").encode()


# ---------------------------------------------------------------- a line for each cell


def office_text(draft: Draft, dice: Random) -> bytes:
    """S15: saved as text by an office suite: each paragraph of each cell a line, empty ones too."""
    out = [""]
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += [part.text, *[""] * dice.randrange(2)]
            continue
        out += ["", ""]
        for number, row in enumerate(part.rows()):
            begins = {p.column: p for p in row}
            for column in sorted({*begins, *part.covered(number)[:2]}):
                out += _stacked(begins[column]) if column in begins else [""]
        out += [""] * dice.randrange(4)
    return encoded(out, dice)


def _stacked(piece: Piece) -> Sequence[str]:
    """Heads of narrow columns stand in lines of two characters."""
    if piece.role == "head" and piece.width == 1 and len(piece.text) == 4:
        return broken(piece.text, 2)
    return [piece.text]


def cell_lines(draft: Draft, dice: Random) -> bytes:
    """S21: each cell a line with a pipe behind it; a row ends with pipes, or with nothing more."""
    ends = dice.choice(["|||", "|||", "||", ""])
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out.append(part.text)
            continue
        for row in part.rows():
            out += [f"{p.text} |" for p in row]
            out += [ends] if ends else []
    return encoded(out, dice)


def tab_lines(draft: Draft, dice: Random) -> bytes:
    """S22: each cell a line behind a tab, an empty line behind each row; covered squares may show."""
    shows = dice.random() < 0.5
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out.append(part.text)
            continue
        for number, row in enumerate(part.rows()):
            begins = {p.column: p for p in row}
            covered = part.covered(number) if shows else []
            for column in sorted({*begins, *covered}):
                piece = begins.get(column)
                text = piece.text if piece else ""
                if piece and not piece.is_value and len(text) == 6 and dice.random() < 0.3:
                    text = "\n".join(broken(text, 3))
                out.append("\t" + text)
            out.append("")
        out += [""] * dice.randrange(3)
    return encoded(out, dice)


def tab_rows(draft: Draft, dice: Random) -> bytes:
    """S25: rows with tabs; empty cells at the left are there or not, one at the right too; a page break."""
    keeps, trails, spread = dice.choice([0, 0.5, 1]), dice.choice([0, 0.5, 1]), dice.random() < 0.5
    marks = ["#", "##", "###", "####"]
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            sign = dice.choice(marks) + " " if part.kind in ("title", "heading") else ""
            out += [sign + part.text, ""]
            continue
        for number, row in enumerate(part.rows()):
            cells = _squares(part, number, row, spread) if dice.random() < keeps else [p.text for p in row]
            out.append("\t".join(cells) + ("\t" if dice.random() < trails else ""))
            out += ["", ""] if dice.random() < 0.02 else []
        out.append("")
    return encoded(out, dice)


def _squares(table: PrintedTable, number: int, row: list[Piece], spread: bool) -> list[str]:
    """A row with an empty cell for each covered square; ``spread``: for those that a wide cell covers too."""
    begins = {p.column: p for p in row}
    squares = {*begins, *table.covered(number)}
    if spread:
        squares |= {c for p in row for c in range(p.column, p.column + p.width)}
    return [begins[c].text if c in begins else "" for c in sorted(squares)]


# ---------------------------------------------------------------- what tools make of a PDF


def raw_lines(draft: Draft, dice: Random) -> bytes:
    """S18: labels on lines of their own or before the values, page marks between the lines."""
    return encoded(list(_paged(draft, dice, glues=False)), dice)


def glued_pages(draft: Draft, dice: Random) -> bytes:
    """S19: the same with page marks glued to the line before them."""
    return encoded(list(_paged(draft, dice, glues=True)), dice)


def _paged(draft: Draft, dice: Random, *, glues: bool) -> Iterator[str]:
    page = 1
    for part in draft.parts:
        for line in _paper(part.text) if isinstance(part, Paragraph) else _run_lines(part, dice):
            turns = dice.random() < 0.02
            page += turns
            yield f"{line}- {page} -" if turns and glues else line
            if turns and not glues:
                yield page_mark(page, dice)


def _paper(text: str) -> Sequence[str]:
    return broken(text, 28)


def _run_lines(table: PrintedTable, dice: Random, size: int = 18) -> Iterator[str]:
    """Each row as its labels and its values; what does not fit its box goes on the next line."""
    for number, row in enumerate(table.rows()):
        values = [p.text for p in row if p.is_value]
        labels = [p for p in row if not p.is_value]
        if number < table.head_rows or not values:
            yield from _head_lines(labels, table, dice)
            continue
        for group in labels[:-1]:
            yield from _group_lines(group)
        label = labels[-1].text if labels else ""
        if len(label) <= size and label:
            yield " ".join([label, *values])
        else:
            yield from broken(label, size) if label else ()
            yield " ".join(values)


def _group_lines(group: Piece) -> Sequence[str]:
    """The head over all results is printed from top to bottom."""
    return broken(group.text, 1) if group.height > 10 else [group.text]


def _head_lines(labels: list[Piece], table: PrintedTable, dice: Random) -> Iterator[str]:
    if table.head_rows == 0 or dice.random() < 0.5:
        yield " ".join(p.text for p in labels)
    else:
        for piece in labels:
            yield from broken(piece.text, 2 if piece.width == 1 else 24)


def fragments(draft: Draft, dice: Random) -> bytes:
    """S20: every label and every value a line of its own."""
    out, page = [], 1
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += _paper(part.text)
            continue
        for piece in part.pieces_in_order():
            out += _fragment_lines(piece)
            if dice.random() < 0.01:
                page += 1
                out.append(page_mark(page, dice))
    return encoded([line for line in out if line], dice)


def _fragment_lines(piece: Piece) -> Sequence[str]:
    if piece.is_value:
        return [piece.text]
    if piece.role == "label":
        return _group_lines(piece) if piece.height > 10 else broken(piece.text, 14)
    return broken(piece.text, 2 if piece.width == 1 and piece.role == "head" else 24)


def layout(draft: Draft, dice: Random) -> bytes:
    """S17: columns by spaces; a label of two lines has its values on a line between them."""
    out, page = [], 1
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += ["    " + line for line in _paper(part.text)]
            continue
        for line in _layout_rows(part, dice):
            out.append(line)
            if part.key == "table3" and dice.random() < 0.03:
                page += 1
                out += ["", " " * 60 + page_mark(page, dice) + "\f"]
        out.append("")
    return encoded(out, dice)


def _layout_rows(table: PrintedTable, dice: Random) -> Iterator[str]:
    left, step = (58, 7) if table.label_columns > 1 else (24, 16) if table.label_columns else (0, 5)
    for number, row in enumerate(table.rows()):
        labels = [p for p in row if not p.is_value]
        values = [(left + step * (p.column - table.label_columns), p.text) for p in row if p.is_value]
        if number < table.head_rows or not values:
            yield _placed("", [(8 * piece.column, piece.text) for piece in labels])
        else:
            yield from _layout_row(labels, values, left, dice)


def _placed(line: str, texts: Sequence[tuple[int, str]]) -> str:
    """Each text at its column of a fixed font, behind at least one space."""
    for column, text in texts:
        line += " " * max(column - shown_width(line), 1 if line else 0) + text
    return line


def _layout_row(
    labels: list[Piece], values: Sequence[tuple[int, str]], left: int, dice: Random
) -> Iterator[str]:
    for group in labels[:-1]:
        wide = dice.random() < 0.5 and group.height > 10
        yield " " * (4 * group.column) + (" ".join(group.text) if wide else group.text)
    indent = 14 * labels[-1].column if labels else 0
    lines = (
        [" " * indent + line for line in broken(labels[-1].text, (left - indent) // 2 - 1)]
        if labels
        else [""]
    )
    if len(lines) == 1:
        yield _placed(lines[0], values)
        return
    half = (len(lines) + 1) // 2
    yield from lines[:half]
    yield _placed("", values)
    yield from lines[half:]


# ---------------------------------------------------------------- radicals


#: Characters that look the same as a radical of Unicode: the character -> the radical.
RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}


def radicals(draft: Draft, dice: Random) -> bytes:
    """S26: a PDF whose fonts name radicals for characters; an empty line between all lines."""
    table = str.maketrans(RADICALS)
    lines = [line.translate(table) for line in _paged(draft, dice, glues=False)]
    return encoded([line for text in lines for line in (text, "")], dice)
