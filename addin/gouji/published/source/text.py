"""Plain text and Markdown -> Stream: lines, and rows where a line itself is one.

A row: a line that ends with "|" and has several of them, or has tabs between values. One cell a line: a line
whose only "|" is its last character, or whose only tab is its first. Everything else is a line of text.
"""

from __future__ import annotations

import re

from ..refusal import refuse
from .html import read_html
from .inline import pieces
from .pen import MAX_TEXT, Pen

_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_DASHES = r"(?:-{2,}|:-+:?|-+:)"
#: Between the head and the body of a Markdown table; between the rows of a grid; a line across the page.
_RULE = re.compile(rf"\|?\s*{_DASHES}\s*(?:\|\s*{_DASHES}\s*)*\|?|\+[-=:+]{{2,}}\+|(?:[-*_=]\s?){{3,}}")
_LONGEST_RULE = 2000
#: Tables that are drawn: what stands between cells, and the lines between rows.
_PIPES = ("│", "┃", "║", "｜")
_DRAWN = str.maketrans(dict.fromkeys(_PIPES, "|"))
_DRAWN_LINE = re.compile(r"[│┃║├┤┠┨╟╢╠╣┌┐└┘┏┓┗┛╔╗╚╝─━═┬┴┼┳┻╋╦╩╬┯┷┿┰┸╂╤╧╪\s]+")
_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
#: A paragraph that is indented by a tab is longer than any cell.
_LONGEST_CELL = 80
_MAX_HTML_TABLES = 1000


def read_text(text: str, pen: Pen) -> None:
    """Write a text with ``pen``. Places count its lines from 1. Raises Refused where it is too large."""
    if len(text) > MAX_TEXT:
        refuse("too_much_text", limit=MAX_TEXT // 10_000)
    reader = _Reader(pen)
    text = _without_comments(text)
    at = 0
    for start, end in _html_tables(text):
        reader.read(text[at:start])
        reader.read_table(text[start:end])
        at = end
    reader.read(text[at:])
    reader.end()


def _without_comments(text: str) -> str:
    """The text without the comments of HTML, their line ends kept; what never closes is no comment."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += [text[at:start], "\n" * len(_LINE_END.findall(text, start, end))]
        at = end + 3
    return "".join(kept) + text[at:]


def _html_tables(text: str) -> list[tuple[int, int]]:
    """(start, end) of each HTML table in a text, from its tag to the tag that ends it."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                end = text.find(">", tag.end())
                found.append((start, end + 1 if end >= 0 else len(text)))
                if len(found) > _MAX_HTML_TABLES:
                    refuse("too_complex")
    if depth:
        found.append((start, len(text)))
    return found


class _Reader:
    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._number = 1
        self._in_rows = False

    def read(self, text: str) -> None:
        """Lines; the last of them may go on after what follows."""
        lines = _LINE_END.split(text)
        for index, line in enumerate(lines):
            if index:
                self._number += 1
            if index == len(lines) - 1 and not line:
                break
            first, *pages = line.split("\f")
            self._line(first, lines[index + 1] if index + 1 < len(lines) else "")
            for rest in pages:
                self.end()
                self._pen.page()
                self._line(rest, "")

    def read_table(self, markup: str) -> None:
        """An HTML table within the text."""
        self.end()
        read_html(markup, self._pen)
        self._number += len(_LINE_END.findall(markup))

    def end(self) -> None:
        """Rows end here."""
        if self._in_rows:
            self._pen.close()
            self._in_rows = False

    def _line(self, line: str, following: str) -> None:
        shown = line.strip()
        if shown and _DRAWN_LINE.fullmatch(shown):
            return
        if shown.startswith(_PIPES) and shown.endswith(_PIPES):
            line = shown = shown.translate(_DRAWN)
        if len(shown) < _LONGEST_RULE and _RULE.fullmatch(shown):
            if "|" not in shown and "+" not in shown:
                self.end()
        elif (cells := _row(line, self._in_rows or _is_rule(following))) is not None:
            self._row(cells)
        else:
            self.end()
            cell = _single_cell(line)
            if shown.strip("|"):
                self._text(line if cell is None else cell)
            if cell is not None:
                self._pen.cell(self._number)
            self._pen.line(self._number)

    def _row(self, cells: list[str]) -> None:
        if not self._in_rows:
            self._pen.open()
            self._in_rows = True
        for cell in cells:
            self._pen.begin_cell()
            self._text(cell)
            self._pen.cell(self._number)
        self._pen.row()

    def _text(self, text: str) -> None:
        for kind, piece in pieces(text.strip(" \t\r")):
            if kind == "line":
                self._pen.line()
            else:
                self._pen.text(piece, raised=kind == "raised", line=self._number)


def _is_rule(line: str) -> bool:
    return "|" in line and len(line) < _LONGEST_RULE and bool(_RULE.fullmatch(line.strip()))


def _row(line: str, among_rows: bool) -> list[str] | None:
    """The cells of a line that is a row; None for one that is not. ``among_rows``: after another one, or
    before the rule of a Markdown table."""
    shown = line.strip()
    if "|" in shown:
        return _pipe_row(shown, among_rows)
    if "\t" not in line or not shown:
        return None
    leading = len(line) - len(line.lstrip("\t"))
    inner = shown.count("\t")
    if inner or leading > 1 or (line.endswith("\t") and (among_rows or line.endswith("\t\t"))):
        return line.split("\t")
    return None


def _pipe_row(shown: str, among_rows: bool) -> list[str] | None:
    """See ``_row``. Pipes alone, without spaces, are squares that spans cover: no cells."""
    if not shown.strip("|"):
        return None
    closed = bool(_PIPE.match(shown, len(shown) - 1))
    if closed and shown.startswith("|") and not shown.endswith("||"):
        return _PIPE.split(shown[1:-1])
    inner = shown.rstrip("|")
    cells = _PIPE.split(inner)
    if closed and len(cells) > 1:
        # "5 | ||": the last cell is covered by a span.
        return cells[:-1] if len(shown) - len(inner) > 1 and not cells[-1].strip() else cells
    if not closed and (shown.count(" | ") >= 2 or (among_rows and len(cells) > 1)):
        return cells[1:] if shown.startswith("|") else cells
    return None


def _single_cell(line: str) -> str | None:
    """The text of a line that is one cell of a table; None for one that is not."""
    shown = line.strip()
    if shown.endswith("|") and shown.count("|") == 1 and len(shown) > 1:
        return shown[:-1]
    if (
        line.startswith("\t")
        and "\t" not in shown
        and len(shown) <= _LONGEST_CELL
        and not shown.endswith("。")
    ):
        return shown
    return None
