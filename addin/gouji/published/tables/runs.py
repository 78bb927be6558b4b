"""Numbers that stand in loose text: tokens, and the runs that they form between labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from ...records import dataclass
from .labels import Hit, Hits, begins_numeral
from .normalise import letters
from .numbers import Raw, data
from .squeezed import GLUED, LINE, Squeezed, may_be_page

TokenKind = Literal["number", "sign", "word"]


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a sign for nothing ("/", "-"), or a word. ``gap``: how it is parted from what stands before.
    ``line``: its source line."""

    kind: TokenKind
    text: str
    start: int
    end: int
    gap: int
    line: int
    mark: str = ""

    def raw(self) -> Raw:
        return Raw(self.text, self.start, self.mark)


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers of one row, or what may be: ``tokens``. ``label``: the label directly before, or None.
    ``complete``: as many as the row has. ``own_line``: they are one line of the source or part of one.
    ``alone``: no other numbers stand beside them."""

    tokens: tuple[Token, ...]
    label: Hit | None
    complete: bool
    own_line: bool
    alone: bool = True

    @property
    def start(self) -> int:
        return self.tokens[0].start


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    values = data()["values"]
    units = "|".join(sorted(values["units"], key=len, reverse=True))
    mark = f"(?:{values['mark']}[0-9]*)?"
    return (
        re.compile(rf"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:{units})?{mark}"),
        re.compile(rf"(?:{units}){mark}|{values['mark']}[0-9]*"),
    )


#: So many lone numbers may stand between a label and its line (a page's number), not more.
_FEW = 2
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_SIGN = re.compile(r"/|[-—–―]+(?![0-9])")


def tokens_between(text: Squeezed, start: int, end: int) -> Iterator[Token]:
    """The tokens of a stretch without labels."""
    at = start
    while at < end:
        piece = text.piece(at)
        stop = text.starts[piece + 1] if piece + 1 < len(text.starts) else len(text.text)
        stop = min(stop, end)
        yield from _tokens_of(text, text.text[at:stop], at, text.lines[piece])
        at = stop


def _tokens_of(text: Squeezed, chunk: str, base: int, line: int) -> Iterator[Token]:
    number, _ = _patterns()
    at = 0

    def token(kind: TokenKind, start: int, end: int) -> Token:
        mark = text.raised.get(base + end, "") if kind == "number" else ""
        gap = text.gap(base + start)
        return Token(kind, chunk[start:end], base + start, base + end, gap, line, mark)

    while at < len(chunk):
        if chunk[at].isalpha() or chunk[at] == "(":
            yield token("word", at, len(chunk))
            return
        if found := number.match(chunk, at):
            end = _end_of_number(chunk, at, found.end())
            if end < 0:
                yield token("word", at, len(chunk))
                return
            if end > at:
                yield token("number", at, end)
            if end < len(chunk) and not _may_follow(chunk, end):
                yield token("word", end, len(chunk))
                return
            at = end
        elif found := _SIGN.match(chunk, at):
            yield token("sign", at, found.end())
            at = found.end()
        else:
            at += 1


def _may_follow(chunk: str, end: int) -> bool:
    return chunk[end] in "+-/"


def _end_of_number(chunk: str, start: int, end: int) -> int:
    """Where the number ends that seems to end at ``end``: prose glued to it is cut off where only one cut is
    possible. −1: it is part of a word."""
    values = data()["values"]
    rest = chunk[end:]
    if not rest or _may_follow(chunk, end):
        return end
    if rest.startswith(values["year"]):
        digits = chunk[start:end]
        found = _YEAR.search(digits)
        return end - 4 if found and digits.isdigit() else -1
    if rest[0] == "(":  # of a heading or before a label; any other explains the number
        return end if rest == "(" or begins_numeral(rest) else -1
    return end if rest[0] in values["headings"] else -1


def joined(tokens: Sequence[Token]) -> list[Token]:
    """Units and marks that white space parts from their number join it."""
    _, tail = _patterns()
    year = data()["values"]["year"]
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if token.kind == "word" and last and _YEAR.match(last.text) and token.text.startswith(year):
            found[-1] = token
        elif token.kind == "word" and last and last.kind == "number" and tail.fullmatch(token.text):
            text = last.text + token.text
            found[-1] = Token("number", text, last.start, token.end, last.gap, last.line, last.mark)
        else:
            found.append(token)
    return found


def groups_between(
    text: Squeezed, hits: Hits, start: int, end: int, noise: Sequence[str]
) -> Iterator[tuple[Hit | None, list[Token]]]:
    """(label directly before, numbers) for every stretch of numbers that no label and no word interrupts.

    ``noise``: letters whose fragments are no words (pieces of stacked or torn heads).
    """
    before: Hit | None = None
    at = start
    for hit in (*hits.between(start, end), None):
        stop = hit.start if hit else end
        yield from _groups(text, at, stop, before, noise)
        if hit:
            inside = list(_inside(text, hit))
            if inside:
                yield hit, inside
            before, at = hit, hit.until


def _groups(
    text: Squeezed, start: int, stop: int, before: Hit | None, noise: Sequence[str]
) -> Iterator[tuple[Hit | None, list[Token]]]:
    group: list[Token] = []
    label = before
    for token in joined(list(tokens_between(text, start, stop))):
        if token.kind != "word":
            group.append(token)
        elif not is_noise(token.text, noise):
            if group:
                yield label, group
            group, label = [], None
    if group:
        yield label, group


def is_noise(word: str, noise: Sequence[str]) -> bool:
    alone = letters(word)
    return not any(c.isdigit() for c in word) and any(alone in said for said in noise)


def _inside(text: Squeezed, hit: Hit) -> Iterator[Token]:
    """Numbers that white space parts from the label which is torn around them."""
    number, _ = _patterns()
    first, last = text.piece(hit.start), text.piece(hit.until - 1)
    for piece in range(first + 1, last + 1):
        start = text.starts[piece]
        end = text.starts[piece + 1] if piece + 1 < len(text.starts) else len(text.text)
        word = text.text[start:end]
        if end <= hit.until and number.fullmatch(word) and text.gap(end) > GLUED:
            yield Token("number", word, start, end, text.gaps[piece], text.lines[piece])


def runs_of(text: Squeezed, label: Hit | None, group: Sequence[Token], size: int) -> list[Run]:
    """The runs of a stretch: a line with exactly ``size`` numbers is one, and beats lone numbers around
    it."""
    lines: dict[int, list[Token]] = {}
    for token in group:
        lines.setdefault(token.line, []).append(token)
    if _partly_glued(group) or (len(group) == size and _beside_empty(text, group)):
        return [Run(tuple(group), label, False, len(lines) == 1)]
    exact = [tokens for tokens in lines.values() if len(tokens) == size]
    if exact and size > 1:
        strays, alone = group.index(exact[0][0]), len(group) == len(exact) * size
        first = label if strays < _FEW else None
        return [Run(tuple(t), None if i else first, True, True, alone) for i, t in enumerate(exact)]
    one_line = len(lines) == 1
    edges = _page_edges(text, lines)
    pages = [token for token in group if token.start in text.page_numbers]
    if len(group) == size:
        # Numbers of one row stand on one line or one a line; one beside a page's end may be the page's.
        even = one_line or (len(lines) == size and (size == 1 or not edges))
        alone = not pages and not (size == 1 and _ends_text(text, label, group[0]))
        return [Run(tuple(group), label, even, one_line, alone)]
    kept = [token for token in group if token not in edges and token not in pages]
    if len(kept) == size and not one_line:
        return [Run(tuple(kept), label, True, False, False)]
    if size > 1 and len(group) % size == 0:
        # Several rows, whose labels are elsewhere: the one before them is not the first row's for certain.
        parts = [group[i : i + size] for i in range(0, len(group), size)]
        return [Run(tuple(part), None, True, one_line) for part in parts]
    return [Run(tuple(group), label, False, one_line)]


def _ends_text(text: Squeezed, label: Hit | None, token: Token) -> bool:
    """Whether a number that may be a page's ends a line in which more than its label stands: a whole table on
    one line, whose empty cells do not show."""
    if label is None or text.gap(token.end) < LINE or not may_be_page(token.text):
        return False
    return text.line(label.start) == token.line and text.gap(label.start) < LINE


def _beside_empty(text: Squeezed, group: Sequence[Token]) -> bool:
    """Whether each number has a cell of its own and an empty cell stands among them: they are too many
    cells."""
    cells = [text.cell(token.start) for token in group]
    apart = cells[0] >= 0 and all(a < b for a, b in pairwise(cells))
    return apart and cells[-1] - cells[0] >= len(cells)


def _partly_glued(group: Sequence[Token]) -> bool:
    """Whether signs part some numbers (33-33) and white space others: one of them is no number of its own."""
    glued = [token.gap == GLUED for token in group[1:]]
    return any(glued) and not all(glued)


def _page_edges(text: Squeezed, lines: Mapping[int, Sequence[Token]]) -> list[Token]:
    """Numbers that stand alone on the first or the last line of a page."""
    edges = {text.lines[p] for p in text.page_starts} | {text.lines[p - 1] for p in text.page_starts if p}
    return [tokens[0] for line, tokens in lines.items() if len(tokens) == 1 and line in edges]
