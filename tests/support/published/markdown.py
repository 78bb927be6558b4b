"""Markdown and pipes: what converters and optical recognition make of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from .draft import Draft, Paragraph, Piece, PrintedTable
from .lines import broken, encoded, page_mark


def piped(cells: Sequence[str], end: str = "|") -> str:
    return "| " + " | ".join(cells) + " " + end


def _ruled(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table of Markdown: the first row is its head."""
    return [piped(rows[0]), "|" + "---|" * len(rows[0]), *(piped(row) for row in rows[1:])]


def _headed(part: Paragraph) -> str:
    return {"title": "# ", "heading": "## "}.get(part.kind, "") + part.text


# ---------------------------------------------------------------- one small table a row


def ocr(draft: Draft, dice: Random) -> bytes:
    """S03: each row or group of rows a small table under its own heading, heads numbered or in words."""
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += [_headed(part), ""]
        elif part.label_columns == 0:
            out += _across(part)
        elif part.head_rows:
            out += _row_tables(part, draft)
        else:
            out += _block_tables(part)
    return encoded(out, dice)


def _block_tables(table: PrintedTable) -> Iterator[str]:
    rows: list[list[str]] = []
    for row in table.rows():
        if row[0].role == "title":
            yield from [*(_ruled(rows) if rows else []), "", f"### {row[0].text}"]
            rows = []
        else:
            rows.append([p.text for p in row])
    yield from [*_ruled(rows), ""]


def _row_tables(table: PrintedTable, draft: Draft) -> Iterator[str]:
    words = draft.words["ocr"]
    columns = [p for p in table.pieces if p.role == "head" and p.width == 1]
    heads = [p.text for p in sorted(columns, key=lambda p: p.column)]
    if draft.numbered:
        heads = [words["head"].format(n=n) for n in range(1, len(heads))] + heads[-1:]
    open_group, rows = "", [[words["corner"], *heads]]
    for piece, values in _labelled(table):
        group = "".join(g.text for g in table.group_of(piece)[-1:]) or piece.text
        if group != open_group and len(rows) > 1:
            yield from [f"### {open_group}", *_ruled(rows), ""]
            rows = rows[:1]
        open_group = group
        rows.append([piece.text, *values])
    yield from [f"### {open_group}", *_ruled(rows), ""]


def _labelled(table: PrintedTable) -> Iterator[tuple[Piece, list[str]]]:
    for row in table.rows():
        values = [p.text for p in row if p.is_value]
        if values:
            yield next(p for p in reversed(row) if p.role == "label"), values


def _across(table: PrintedTable) -> Iterator[str]:
    """The numbers side by side become a table for each head."""
    over = [p for p in table.pieces if p.role == "head" and p.width > 1]
    *_, last = table.rows()
    lines = [p for p in over if not any(_holds(p, q) and p.row < q.row for q in over)]
    for line in sorted(lines, key=lambda p: p.column):
        outer = next((p.text for p in over if p.row < line.row and _holds(p, line)), "")
        span = range(line.column, line.column + line.width)
        heads = [p for p in table.pieces if p.role == "head" and p.width == 1 and p.column in span]
        named = [p.text for p in sorted(heads, key=lambda p: p.column)]
        yield f"### {outer}（{line.text}）" if outer else f"### {line.text}"
        yield from [*_ruled([named, [p.text for p in last if p.column in span]]), ""]


def _holds(outer: Piece, inner: Piece) -> bool:
    return outer is not inner and outer.column <= inner.column < outer.column + outer.width


# ---------------------------------------------------------------- rows between pipes


def traditional(draft: Draft, dice: Random) -> bytes:
    """S05: rows with pipes and "||" behind them, traditional characters, labels with explanations."""
    words = draft.words["traditional"]
    annotated = draft.words["annotations"] if dice.random() < 0.5 else {}
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out.append(part.text)
            continue
        for row in part.rows():
            cells = [p.text + annotated.get(p.text, "").format(**draft.said) for p in row]
            out.append(" | ".join(cells) + " | ||")
    text = "\n".join(out)
    for simplified, other in words["words"].items():
        text = text.replace(simplified, other)
    return encoded(text.translate(str.maketrans(words["simplified"], words["traditional"])).split("\n"), dice)


def converted(draft: Draft, dice: Random) -> bytes:
    """S23: what a converter of pages writes: an empty head, rows of origin cells, spans as bare pipes."""
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += [("## " if part.kind == "title" else "") + part.text, ""]
            continue
        out += [piped([""] * part.columns), piped(["---"] * part.columns)]
        for row in part.rows():
            texts = [_spread(p, dice) for p in row]
            out.append(
                "| "
                + " | ".join(text + " |" * (p.width - 1) for text, p in zip(texts, row, strict=True))
                + " |"
            )
        out.append("")
    out += draft.words["chrome"]["foot"]
    return encoded(out, dice)


def _spread(piece: Piece, dice: Random) -> str:
    """Paragraphs of a narrow head become spaces."""
    if piece.role == "head" and len(piece.text) == 4 and dice.random() < 0.5:
        return "  ".join(broken(piece.text, 2))
    return piece.text


def flattened(draft: Draft, dice: Random) -> bytes:
    """S24: what an extractor of pages writes: every square of the grid between pipes, covered ones empty."""
    out = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out.append(part.text)
            continue
        for row in part.rows():
            texts = {p.column: _spread(p, dice) for p in row}
            out.append(piped([texts.get(column, "") for column in range(part.columns)], "| "))
    return encoded(out, dice)


# ---------------------------------------------------------------- labels torn off


def torn(draft: Draft, dice: Random) -> bytes:
    """S04: a PDF as Markdown: numbers in pairs between pipes, their labels on lines above or below."""
    out, page = [], 1
    for part in draft.parts:
        if isinstance(part, Paragraph):
            out += broken(part.text, 28)
            continue
        for number, row in enumerate(part.rows()):
            values = [p.text for p in row if p.is_value]
            labels = [p.text for p in row if not p.is_value]
            if not values or number < part.head_rows:
                out.append(" ".join(labels))
                continue
            out += _torn_row(labels, values, part.label_columns > 1, dice)
            if dice.random() < 0.03:
                page += 1
                out.append(
                    piped(["", "", f"- {page}", "-"]) if dice.random() < 0.5 else page_mark(page, dice)
                )
    return encoded(out, dice)


def _torn_row(labels: list[str], values: list[str], torn_off: bool, dice: Random) -> Iterator[str]:
    yield from labels[:-1]
    pairs = [" ".join(values[i : i + 2]) for i in range(0, len(values), 2)] if len(values) > 3 else values
    label = labels[-1] if labels else ""
    where = dice.choice(["in", "in", "before", "behind", "around"]) if torn_off else "in"
    if where == "in":
        yield piped([label, *pairs])
        return
    first, rest = (label[:16], label[16:]) if where == "around" else (label, "")
    if where != "behind":
        yield first
    yield piped(["", *pairs])
    yield "| --- |" + " --- |" * len(pairs)
    if where == "behind" or rest:
        yield rest or first
