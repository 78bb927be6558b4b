"""Which lines of a section are the form's table, and which are prose beside it.

Rows of marked tables are the table. Of loose text a line is, where its letters belong to labels of the form
or where it holds nothing but numbers behind such a line; all of it between the first and the last is the
table too, but for sentences. Where everything stands in one line, the table goes from the first of many
labels in a row to the values behind the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from ...records import dataclass
from .words import WORDS
from .written import Piece, Written

#: What a line is by itself. "values": numbers and borders; "weak": single letters, of a label perhaps.
_Kind = Literal["label", "values", "weak", "prose"]
#: Where a piece stands to the table of its section.
Side = Literal["before", "table", "within", "after"]
#: So many labels make a table.
_TABLE = 3
#: No line that holds a whole table is shorter.
_SHORTEST = 20
_TOKENS = re.compile(r"[\u3400-\u9fff]+")
_BORDERS = re.compile(r"[\t|]")


@dataclass(frozen=True, slots=True)
class Sorted:
    """A piece of a section and its side."""

    piece: Piece
    side: Side


def sorted_lines(written: Written, pieces: list[Piece]) -> list[Sorted]:
    """The lines of a section with their sides; where no table stands in it, all is "before"."""
    pieces = [one for one in pieces if not written.blank(one.start, one.end)]
    kinds = [_kind(written, piece) for piece in pieces]
    if kinds.count("label") < _TABLE:
        pieces, kinds = _cut_at_labels(written, pieces, kinds)
    labels = [number for number, kind in enumerate(kinds) if kind == "label"]
    if len(labels) < 1:
        return [Sorted(piece, "before") for piece in pieces]
    first, last = labels[0], labels[-1]
    while (
        last + 1 < len(kinds)
        and kinds[last + 1] in ("values", "weak")
        and _goes_on(written, pieces[last + 1])
    ):
        last += 1
    while first and kinds[first - 1] == "values":
        first -= 1
    return [Sorted(piece, _side(written, n, first, last, piece, kinds[n])) for n, piece in enumerate(pieces)]


def has_table(lines: list[Sorted]) -> bool:
    """Whether so much of a slice is table that it is no slip of the text."""
    return sum(line.side == "table" for line in lines) >= _TABLE


def _goes_on(written: Written, piece: Piece) -> bool:
    """Whether a line behind the last label is still values: all but a word by itself (无)."""
    return bool(WORDS.pattern("table", "no_words").match(written.folded_of(piece)))


def _side(written: Written, number: int, first: int, last: int, piece: Piece, kind: _Kind) -> Side:
    if number < first:
        return "before"
    if number > last:
        return "after"
    if kind != "prose":
        return "table"
    folded = written.folded_of(piece)
    return "within" if _single(piece) and (_is_told(folded) or _is_strange(folded)) else "table"


def _is_told(folded: str) -> bool:
    """Whether a line is a sentence or a note: no label is."""
    return bool(
        WORDS.pattern("table", "sentence").search(folded) or note_at(folded.strip(WORDS.layout_signs))
    )


def _is_strange(folded: str) -> bool:
    """Whether a line is long and hardly any of it stands in labels: more than a label with a slip."""
    tokens = _TOKENS.findall(folded)
    letters = sum(map(len, tokens))
    share = WORDS("table")["share_of_slip"]
    return bool(letters >= WORDS("table")["strange"] and 100 * sum(map(_known, tokens)) < share * letters)


def note_at(folded: str) -> re.Match[str] | None:
    """The mark of a note with which a text begins."""
    return WORDS.pattern("notes", "mark").match(folded)


def _single(piece: Piece) -> bool:
    """Whether at most one cell of a row holds something; a line has just one."""
    return sum(bool(cell.strip()) for cell in _BORDERS.split(piece.text)) <= 1


def _kind(written: Written, piece: Piece) -> _Kind:
    folded = written.folded_of(piece)
    if WORDS.pattern("table", "no_words").match(folded):
        return "values"
    if piece.line.row and not _single(piece):
        return "label" if any(map(_is_label, _BORDERS.split(folded))) else "prose"
    if _is_told(folded):
        return "prose"
    if _is_label(folded):
        return "label"
    return "weak" if folded.strip() in WORDS.grams else "prose"


def _is_label(folded: str) -> bool:
    """Whether nearly all words are of labels; one letter by itself proves nothing."""
    tokens = _TOKENS.findall(folded)
    letters = sum(map(len, tokens))
    most, share = WORDS("table")["longest"], WORDS("table")["share"]
    distinct = set().union(*tokens)
    if len(distinct - WORDS.label_letters) * 2 > len(distinct):
        return False
    return bool(1 < letters <= most and 100 * sum(map(_known, tokens)) >= share * letters)


def _known(token: str) -> int:
    """How many letters of a word stand in runs of three (of two, of one, where it is no longer) of labels."""
    if len(token) <= 3:
        return len(token) if token in WORDS.grams else 0
    known = [token[i : i + 3] in WORDS.grams for i in range(len(token) - 2)]
    if not any(known):
        return 0
    return sum(any(known[max(0, i - 2) : i + 1]) for i in range(len(token)))


# ---------------------------------------------------------------- everything in one line


def _cut_at_labels(
    written: Written, pieces: list[Piece], kinds: list[_Kind]
) -> tuple[list[Piece], list[_Kind]]:
    """The pieces, with those that hold a whole table cut into its parts and what stands around them."""
    cut: list[Piece] = []
    found: list[_Kind] = []
    for piece, kind in zip(pieces, kinds, strict=True):
        at = 0
        long = kind == "prose" and len(piece.text) >= _SHORTEST
        for start, end in _tables_in(written.folded_of(piece)) if long else ():
            parts: tuple[tuple[int, int, _Kind], ...] = ((at, start, "prose"), (start, end, "label"))
            for a, b, part_kind in parts:
                cut += _part(piece, a, b)
                found += [part_kind] * (len(cut) - len(found))
            at = end
        cut += _part(piece, at, len(piece.text)) if at else [piece]
        found += [kind] * (len(cut) - len(found))
    return cut, found


def _part(piece: Piece, start: int, end: int) -> list[Piece]:
    """A part of a piece without white space around it; none where it holds nothing else."""
    part = piece.text[start:end]
    if not (text := part.strip()):
        return []
    return [replace(piece, text=text, start=piece.start + start + part.index(text))]


def _tables_in(folded: str) -> list[tuple[int, int]]:
    """Of each stretch of a table: from its first label to the values behind its last."""
    groups = list(_groups(folded))
    most = max(map(len, groups), default=0)
    found: list[tuple[int, int]] = []
    for group in groups:
        if len(group) < max(_TABLE, most // 3):
            continue
        start, behind = group[0].start(), group[-1].end()
        values = WORDS.pattern("table", "values").match(folded, behind)
        end = values.end() if values else behind
        if found and not WORDS.pattern("table", "sentence").search(folded, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _groups(folded: str) -> Iterator[list[re.Match[str]]]:
    """Labels that follow each other with next to nothing between them."""
    hits = list(WORDS.label.finditer(folded))
    followed = {one.start() for one, other in pairwise(hits) if not folded[one.end() : other.start()].strip()}
    group: list[re.Match[str]] = []
    for hit in hits:
        if len(hit[0]) < 4 and hit.start() not in followed and not _has_value(folded, hit.end()):
            continue
        if group and not _near(folded, group[-1].end(), hit.start()):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _has_value(folded: str, behind: int) -> bool:
    return bool(re.compile(r"[\s|]*(?:[\d/+-]|\Z)").match(folded, behind))


def _near(folded: str, start: int, end: int) -> bool:
    between = folded[start:end] if end - start < 200 else "。"
    if WORDS.pattern("table", "sentence").search(between):
        return False
    return sum(map(len, _TOKENS.findall(between))) <= int(WORDS("table")["gap"])
