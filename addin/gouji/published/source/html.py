"""A web page -> Stream: what a browser would show of it, with the borders of cells and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .besides import Besides
from .elements import BLOCKS, CELLS, FIELDS, TABLE_PARTS, VOID
from .look import PLAIN, Looks
from .markup import Token, tokens
from .nesting import Element, Nesting
from .pen import Pen, doubtful
from .stylesheet import sheet_of

#: Never open: browsers make exactly one of each.
_FRAME = frozenset({"html", "head", "body"})

_BREAKING = re.compile(r"page-break-before\s*:\s*always", re.I)
_WORDS = re.compile(r"[ \t\n\f\r]+|[^ \t\n\f\r]+")
_SPACE = " \t\n\f\r"
_DIGIT = re.compile(r"\d")
#: A number that is hidden in a cell; what is longer is a text.
_LONGEST_VEILED = 40
#: So much is collapsed at a time, and counted: a page may have 30 MB between two tags.
_PIECE = 1 << 16
#: Between two of these a line end in the source is no space (CSS Text 3, 4.1.3).
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]")


def read_html(text: str, pen: Pen) -> Besides:
    """Write a page, or a piece of one, with ``pen``. Raises Refused where it is too large or too complex."""
    return _Reader(pen, Looks(sheet_of(text))).read(tokens(text))


class _Reader:
    def __init__(self, pen: Pen, looks: Looks) -> None:
        self._pen = pen
        self._looks = looks
        self._page = Besides()
        self._open = Nesting(self._ended)
        self._last = ""  # the last character of the line that is being written
        self._space = ""  # white space since then: " ", or "\n" where a line of the source ends in it
        self._preformatted = 0

    def read(self, found: Iterable[Token]) -> Besides:
        for kind, name, attributes in found:
            if kind == "text":
                self._text(name)
            elif kind == "start":
                self._start(name, attributes)
            elif name in ("br", "p"):
                self._line()
                self._open.end(name)
            else:
                self._open.end(name)
        self._open.end_all()
        self._pen.line()
        return self._page

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in VOID:
            self._void(name, attributes)
            return
        if name in _FRAME:
            return
        self._page.scripts += name == "script"
        if name == "iframe" and not self._open.top.look.hidden and not self._is_unseen(attributes):
            self._page.frames.append(attributes.get("src", ""))
        if name in TABLE_PARTS and not self._open.has_table:
            self._begin("table", {})  # a piece of a page, cut out within a table
        self._open.before(name)
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, self._looks.of(name, attributes, self._open.top.look))
        self._open.begin(element)
        self._preformatted += name == "pre"
        if element.look.hidden:
            return
        if name == "table":
            self._line()
            self._pen.open()
        elif name in CELLS:
            self._pen.begin_cell()
            self._new_line()
        elif name in BLOCKS:
            self._line()

    def _ended(self, element: Element) -> None:
        name = element.name
        self._preformatted -= name == "pre"
        if element.look.hidden:
            return
        if name == "table":
            self._pen.close()
        elif name in CELLS:
            self._pen.cell()
        elif name == "tr":
            self._pen.row()
        elif name in BLOCKS:
            self._line()
            return
        else:
            return
        self._new_line()

    def _void(self, name: str, attributes: dict[str, str]) -> None:
        if name == "meta":
            key = attributes.get("name") or attributes.get("property") or ""
            if key and attributes.get("content"):
                self._page.said.setdefault(key, attributes["content"].strip())
        elif name == "frame":
            self._page.frames.append(attributes.get("src", ""))
        elif name == "img":
            self._page.pictures += 1
        elif name == "br" and _BREAKING.search(attributes.get("style", "")):
            self._line()
            if not self._open.top.look.hidden and not self._open.in_table:
                self._pen.page()
        elif name in ("br", "hr"):
            self._line()
        elif name == "input" and attributes.get("type", "").lower() in FIELDS:
            self._typed(attributes.get("value", ""))

    def _typed(self, text: str) -> None:
        """What stands in a field is what it held when the page was saved: no number of a cell."""
        if self._open.in_cell and not self._open.top.look.hidden:
            self._pen.text(doubtful(text))
        else:
            self._text(text)

    def _veiled(self, text: str) -> None:
        """What the page's styles hide, or a list to choose from holds, may be a number of the cell."""
        shown = self._open.in_cell and not self._open.cell.look.hidden
        if shown and len(text) <= _LONGEST_VEILED and _DIGIT.search(text):
            self._pen.text(doubtful(text.strip()))

    def _line(self) -> None:
        if not self._open.top.look.hidden and not self._open.in_table:
            self._pen.line()
            self._new_line()

    def _new_line(self) -> None:
        self._last = self._space = ""

    def _text(self, text: str) -> None:
        top = self._open.top
        if top.name == "title" and not self._page.title:
            self._page.title = " ".join(text.split())
        if top.look.hidden or top.look.unseen or top.look.blank or not top.look.size:
            if top.look.veiled or not top.look.hidden:
                self._veiled(text)
            return
        if top.name == "textarea" and self._open.in_cell:
            self._pen.text(doubtful(text))
            return
        if self._preformatted:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._line()
                self._write(line)
            return
        for at in range(0, len(text), _PIECE):
            self._write(self._collapsed(text[at : at + _PIECE]))

    def _collapsed(self, text: str) -> str:
        """The text with white space as it is shown: one space, none at either end of a line, none for a line
        end between two Chinese characters."""
        written = []
        for word in _WORDS.findall(text):
            if word[0] in _SPACE:
                if self._last:
                    self._space = "\n" if "\n" in word or self._space == "\n" else " "
                continue
            if self._space and not (self._space == "\n" and _WIDE.match(self._last) and _WIDE.match(word)):
                written.append(" ")
            written.append(word)
            self._last, self._space = word[-1], ""
        return "".join(written)

    def _write(self, text: str) -> None:
        if not text:
            return
        look = self._open.top.look
        if look.struck and text.strip():
            text = doubtful(text)
        if self._open.in_table or self._open.in_caption:
            self._pen.above(text)
            return
        if look.faint and not look.backed and self._open.in_cell and _DIGIT.search(text):
            text = doubtful(text)
        self._pen.text(text, raised=look.raised, setting=(look.size, look.odd))

    def _is_unseen(self, attributes: dict[str, str]) -> bool:
        """Whether a frame is there for counting visitors, not for them to see."""
        small = {attributes.get("width", "").rstrip("px"), attributes.get("height", "").rstrip("px")} & {
            "0",
            "1",
        }
        return bool(small) or self._looks.of("iframe", attributes, PLAIN).hidden
