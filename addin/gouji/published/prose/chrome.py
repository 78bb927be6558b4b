"""What the site prints around a report: paths, dates, buttons, the table about the document."""

from __future__ import annotations

from .words import WORDS
from .written import Piece, Written, fold


def is_chrome(folded: str) -> bool:
    """Whether a line belongs to the site; a sentence never does (微信公众号发布信息3条。)."""
    if WORDS.pattern("table", "sentence").search(folded):
        return False
    return bool(WORDS.any_of("chrome", "lines").match(folded.strip(WORDS.layout_signs)))


def without_glued(text: str, *, at_end: bool = False) -> str:
    """A text without the words of the site with which it begins (ends), where everything is in one line."""
    pattern = WORDS.pattern("chrome", "glued")
    folded, start, end = fold(text), 0, len(text)
    while True:
        while start < end and folded[start].isspace():
            start += 1
        while start < end and folded[end - 1].isspace():
            end -= 1
        if not at_end and (match := pattern.match(folded, start, end)) and match.end() > start:
            start = match.end()
        elif at_end and (cut := _ending(folded, start, end)) < end:
            end = cut
        else:
            return text[start:end]


def _ending(folded: str, start: int, end: int) -> int:
    """Where the last word begins, if the site's words make it; else ``end``."""
    at = end
    while at > start and end - at <= WORDS("chrome")["longest_word"] and not folded[at - 1].isspace():
        at -= 1
    return at if WORDS.pattern("chrome", "glued").fullmatch(folded, at, end) else end


def document_tables(written: Written) -> frozenset[int]:
    """The numbers of the marked tables that are about the document."""
    labels = set(WORDS("chrome")["document_labels"])
    found: dict[int, set[str]] = {}
    for line in written.lines:
        if line.row and line.place.table:
            cells = cells_of(written.folded[line.start : line.end])
            found.setdefault(line.place.table, set()).update(labels.intersection(cells))
    return frozenset(table for table, said in found.items() if len(said) > 1)


def cells_of(folded: str) -> list[str]:
    """The cells of a row, squeezed, without the colon of a label."""
    return ["".join(cell.split()).rstrip(":") for cell in folded.split("\t")]


def own(written: Written, pieces: list[Piece]) -> list[Piece]:
    """The pieces that are not the site's."""
    tables = document_tables(written)
    return [
        piece
        for piece in pieces
        if not (piece.line.row and piece.line.place.table in tables)
        and not is_chrome(written.folded[piece.start : piece.end])
    ]
