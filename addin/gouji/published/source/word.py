"""A Word file -> Stream: paragraphs and tables of its body, as they are printed.

Kept: insertions, results of fields, content controls, text boxes, footnotes below what they belong to, the
numbers of numbered paragraphs. Dropped: deletions, hidden text, field codes, covered squares, the fallback
of what stands twice. Source: ECMA-376 part 1, 17.
"""

from __future__ import annotations

from dataclasses import field

from ...opc.archive import Archive
from ...opc.xmlstream import Attributes
from ...records import dataclass
from .besides import Besides
from .numbering import Numbering
from .pen import Pen, doubtful
from .word_parts import elements, properties, read_numbering, related, whole
from .word_runs import Run, Shown, ground_of, is_on, say, shown

_DROPPED = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "rt"})
_SIGNS = {"tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_PICTURES = frozenset({"?blip", "?imagedata"})
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_MOST_LOOKS = 4096


def read_word(archive: Archive, main: str, pen: Pen) -> Besides:
    """Write the body of a Word file with ``pen``; ``main``: its main part.

    Raises Refused for what is too large, too deep or no XML."""
    parts = related(archive, main)
    body = _Body(pen, read_numbering(archive, parts), _Notes.of(archive, parts))
    elements(archive, main, body.start, body.end, body.text)
    body.finish()
    said = properties(archive)
    return Besides(said.get("title", ""), said, pictures=body.pictures)


@dataclass
class _Notes:
    """Footnotes and endnotes: (kind, id) -> pieces of text, "\\n" between paragraphs."""

    texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive, parts: dict[str, str]) -> _Notes:
        notes = cls()
        for kind in _NOTES.values():
            if part := parts.get(kind):
                reader = _NotesReader(kind, notes.texts)
                elements(archive, part, reader.start, reader.end, reader.text)
        return notes


class _NotesReader:
    def __init__(self, kind: str, into: dict[tuple[str, str], list[str]]) -> None:
        self._kind, self._into = kind, into
        self._pieces: list[str] = []
        self._in_text = False
        self._dropped = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self._dropped += name in _DROPPED
        self._in_text = name == "t" and not self._dropped
        if name in ("footnote", "endnote"):
            self._pieces = self._into.setdefault((self._kind, attributes.get("id", "")), [])

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._dropped -= name in _DROPPED
        self._in_text = False
        if name == "p" and self._pieces:
            self._pieces.append("\n")


@dataclass(slots=True)
class _Paragraph:
    style: str = ""
    num: str = ""
    level: int | None = None
    label: str = ""


@dataclass(slots=True)
class _Table:
    """``merged``: the columns in which a cell goes on downward. ``column``: where the next cell begins.
    ``backed``: its cell has a ground of another colour."""

    merged: set[int] = field(default_factory=set)
    column: int = 0
    span: int = 1
    goes_on: bool = False
    dropped_row: bool = False
    backed: bool = False


class _Body:
    def __init__(self, pen: Pen, numbering: Numbering, notes: _Notes) -> None:
        self._pen = pen
        self._numbering = numbering
        self._notes = notes
        self._path: list[str] = []
        self._begun: list[str] = []
        self._skipped_from = 0  # the depth of the element that is left out with all that is in it
        self._in_text = False
        self._run = Run()
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._chosen: list[bool] = []
        self._placeholders: set[int] = set()
        self._noted: list[tuple[str, tuple[str, str]]] = []
        self._note_count = 0
        self._mark_follows = False
        self._looks: dict[tuple[object, ...], Shown] = {}
        self.pictures = 0

    # ------------------------------------------------------------ elements

    def start(self, name: str, attributes: Attributes) -> None:
        self._path.append(name)
        begun = "" if self._skipped_from else self._begin(name, attributes)
        self._begun.append(begun)

    def _begin(self, name: str, attributes: Attributes) -> str:
        """Begin what the element is; returns what is to be ended with it, or ""."""
        above = self._path[-2] if len(self._path) > 1 else ""
        self.pictures += name in _PICTURES
        if self._is_left_out(name, above):
            self._skipped_from = len(self._path)
        elif above in ("rPr", "pPr", "numPr", "trPr", "tcPr", "sdtPr"):
            self._property(name, above, attributes)
        elif name == "p":
            self._paragraphs.append(_Paragraph())
            return name
        elif name in ("r", "?r"):
            self._run = Run()
        elif name == "tbl" or (name in ("tr", "tc") and self._tables):
            self._table_start(name)
            return name
        elif name == "txbxContent":
            self._pen.begin_aside()
            return name
        elif name == "mc:AlternateContent":
            self._chosen.append(False)
            return name
        elif name in ("pPr", "sdt"):
            return name
        elif above in ("r", "?r"):
            self._in_run(name, attributes)
        return ""

    def end(self, name: str) -> None:
        self._path.pop()
        begun = self._begun.pop()
        self._in_text = False
        if self._skipped_from:
            if len(self._path) < self._skipped_from:
                self._skipped_from = 0
                if begun == "tc":
                    self._tables[-1].column += self._tables[-1].span
            return
        if begun == "pPr" and self._paragraphs:
            now = self._paragraphs[-1]
            now.label = self._numbering.label(now.style, now.num, now.level)
        elif begun == "p":
            self._paragraphs.pop()
            self._pen.paragraph()
            self._write_notes()
        elif begun in ("tbl", "tr", "tc"):
            self._table_end(name)
        elif begun == "txbxContent":
            self._pen.end_aside()
        elif begun == "mc:AlternateContent":
            self._chosen.pop()
        elif begun == "sdt":
            self._placeholders.discard(len(self._path) + 1)

    def _is_left_out(self, name: str, above: str) -> bool:
        if name in _DROPPED:
            return above not in ("trPr", "rPr")
        if name in ("mc:Choice", "mc:Fallback") and self._chosen:
            chosen, self._chosen[-1] = self._chosen[-1], True
            return chosen
        if name == "sdtContent":
            return len(self._path) - 1 in self._placeholders
        if name == "tc":
            return bool(self._tables) and self._tables[-1].dropped_row
        return name.endswith("Change")  # how it was before a change

    def _property(self, name: str, above: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if above == "rPr":
            if self._path[-3:-2] in (["r"], ["?r"]):
                if name == "rStyle":
                    self._run.style = value
                say(self._run.said, name, attributes)
        elif above in ("trPr", "tcPr") and not self._tables:
            return
        elif above == "trPr":
            if name in ("del", "hidden") and is_on(attributes):
                self._tables[-1].dropped_row = True
            elif name == "gridBefore":
                self._tables[-1].column = whole(value)
        elif above == "tcPr":
            self._of_cell(name, value, attributes)
        elif above == "sdtPr":
            if name == "showingPlcHdr" and is_on(attributes):
                self._placeholders.add(len(self._path) - 2)
        elif self._paragraphs:
            self._of_paragraph(name, value, attributes)

    def _of_paragraph(self, name: str, value: str, attributes: Attributes) -> None:
        paragraph = self._paragraphs[-1]
        if name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.num = value
        elif name == "ilvl":
            paragraph.level = whole(value)
        elif name == "pageBreakBefore" and is_on(attributes):
            self._pen.page()

    # ------------------------------------------------------------ text

    def _in_run(self, name: str, attributes: Attributes) -> None:
        if name in ("t", "?t"):
            self._in_text = True
        elif name in _SIGNS:
            self._write(_SIGNS[name])
        elif name == "br" and attributes.get("type") == "page":
            self._pen.page()
        elif name in ("br", "cr"):
            self._pen.line()
        elif name == "sym":
            code = attributes.get("char", "")[:5]
            self._write(chr(int(code, 16)) if code.isalnum() and _is_hex(code) else "")
        elif name in _NOTES and not is_on({"val": attributes.get("customMarkFollows", "0")}):
            self._note_count += 1
            mark = str(self._note_count)
            self._pen.text(mark, raised=True)
            self._noted.append((mark, (_NOTES[name], attributes.get("id", ""))))
        elif name in _NOTES:
            self._mark_follows = True
            self._noted.append(("", (_NOTES[name], attributes.get("id", ""))))

    def text(self, text: str) -> None:
        if self._in_text and not self._skipped_from:
            self._write(text)

    def _write(self, text: str) -> None:
        look = self._look()
        counts = bool(self._tables) and any(char.isdigit() for char in text)
        if not text or look.hidden or (look.veiled and not counts):
            return
        if self._paragraphs and (label := self._paragraphs[-1].label):
            self._paragraphs[-1].label = ""
            self._pen.text(label)
            if text[0].isdigit():  # "1." and "5" are not "1.5"
                self._pen.line()
        unsure = counts and (look.veiled or (look.faint and not self._tables[-1].backed))
        raised, self._mark_follows = look.raised or self._mark_follows, False
        self._pen.text(doubtful(text) if look.struck or unsure else text, raised=raised, setting=look.setting)

    def _look(self) -> Shown:
        paragraph = self._paragraphs[-1].style if self._paragraphs else ""
        key = (paragraph, self._run.style, *self._run.said.items())
        if (look := self._looks.get(key)) is None:
            look = shown(self._run, paragraph, self._numbering)
            if len(self._looks) < _MOST_LOOKS:
                self._looks[key] = look
        return look

    def _write_notes(self) -> None:
        """Footnotes come below the table or the paragraph that they belong to."""
        if self._tables or len(self._paragraphs) > 0:
            return
        noted, self._noted = self._noted, []
        for mark, key in noted:
            self._pen.text(mark, raised=True)
            for line in "".join(self._notes.texts.get(key, [])).split("\n"):
                self._pen.text(line)
                self._pen.line()

    def finish(self) -> None:
        self._write_notes()

    # ------------------------------------------------------------ tables

    def _table_start(self, name: str) -> None:
        if name == "tbl":
            self._pen.line()
            self._pen.open()
            self._tables.append(_Table())
        elif name == "tr":
            table = self._tables[-1]
            table.column, table.dropped_row = 0, False
        else:
            self._tables[-1].span, self._tables[-1].goes_on = 1, False
            self._tables[-1].backed = False
            self._pen.begin_cell()

    def _of_cell(self, name: str, value: str, attributes: Attributes) -> None:
        """A cell that a merge covers is left out; one that goes on where none began stands by itself."""
        table = self._tables[-1]
        if name == "gridSpan":
            table.span = max(1, whole(value, 1))
        elif name == "vMerge":
            if value in ("", "continue") and table.column in table.merged:
                table.goes_on = True
                self._skipped_from = len(self._path) - 2
            elif value == "restart":
                table.goes_on = True
        elif name == "shd":
            table.backed = bool(ground_of(attributes))
        elif name == "hMerge" and value in ("", "continue") and table.column:
            self._skipped_from = len(self._path) - 2

    def _table_end(self, name: str) -> None:
        table = self._tables[-1]
        if name == "tbl":
            self._tables.pop()
            self._pen.close()
            self._write_notes()
        elif name == "tr":
            if not table.dropped_row:
                self._pen.row()
        else:
            self._pen.cell()
            (table.merged.add if table.goes_on else table.merged.discard)(table.column)
            table.column += table.span


def _is_hex(text: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in text) and bool(text)
