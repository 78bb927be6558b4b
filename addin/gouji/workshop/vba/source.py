"""One VBA source file -> Module: what Excel would garble, refuse or misread is an error with file and line.

Sources are UTF-8 with readable Chinese comments; the binary is ASCII, because the VBA editor knows only the
code page of the clerk's Windows. So non-ASCII code is refused (texts come from the workbook's message sheet
by key) and non-ASCII comments are left out. Lines stay lines: the module in the editor can be laid beside
its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from ...errors import GoujiError
from ...records import dataclass

SourceKind = Literal["standard", "class", "document"]

LONGEST_LINE: Final = 1023  # characters, VBA's own limit
MOST_CONTINUATIONS: Final = 24  # " _" in one logical line, VBA's own limit
_CLASS_HEADER: Final = ("VERSION 1.0 CLASS", "BEGIN", "END")
_ATTRIBUTE: Final = re.compile(r'Attribute (VB_\w+) = (?:"([^"]*)"|(True|False))', re.ASCII)
_STRING: Final = re.compile(r'"(?:[^"]|"")*"')
_BRACKETED: Final = re.compile(r"\[[^\]]*\]")
_WORD: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_LICENCE: Final = re.compile(r"copyright|licen[cs]e|all rights reserved|\(c\)|©", re.IGNORECASE)
_MODULE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}", re.ASCII)
_PROCEDURE: Final = re.compile(
    r"\s*(?:(Public|Private|Friend)\s+)?(?:Static\s+)?(?:Sub|Function)\s+([A-Za-z]\w*)",
    re.IGNORECASE | re.ASCII,
)
# [MS-VBAL] 3.3.5.2 and the names of what every project refers to: none of them can name a module.
_RESERVED: Final = (
    " abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate"
    " cdbl cdec cint circle class clng clnglng clngptr close const csng cstr currency cvar cverr date"
    " debug decimal declare defbool defbyte defcur defdate defdbl defdec defint deflng defobj defsng"
    " defstr defvar dim do doevents double each else elseif empty end endif enum eqv erase event exit"
    " false fix for friend function get global gosub goto if imp implements in input int integer is lbound"
    " len lenb let like linput load lock long longlong longptr loop lset me mod module new next not"
    " nothing null object on open option optional or paramarray preserve print private property pset"
    " public put raiseevent redim rem resume return rset scale seek select set sgn shared single spc"
    " static stop string sub tab then to true type typeof ubound unlock until variant wend while with"
    " withevents write xor vba excel office stdole"
    " "
)


class SourceError(GoujiError, ValueError):
    """A VBA source that must not be built; the message begins with file:line."""


@dataclass(frozen=True)
class Module:
    """One module: ASCII lines without its header, and the flags of the header that VBA honours."""

    name: str
    kind: SourceKind
    lines: tuple[str, ...]
    file: str
    predeclared: bool = False
    exposed: bool = False

    def public_procedures(self) -> frozenset[str]:
        """Names of Subs and Functions that others may call, lower case (VBA ignores case)."""
        found = (_PROCEDURE.match(line) for line in self.lines)
        return frozenset(m[2].lower() for m in found if m and (m[1] or "Public").lower() == "public")


def read_module(path: Path) -> Module:
    """Read `path`: a `.bas` is a standard module, a `.cls` with the header VERSION 1.0 CLASS a class module,
    and a `.cls` without it belongs to the workbook or to a sheet (a document module).

    Raises SourceError for everything that this file's docstring promises to refuse.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: is not UTF-8 (byte {error.start})") from None
    lines = text.replace("\r\n", "\n").split("\n")
    start, kind = _header(path, lines)
    attributes, start = _attributes(path, lines, start, kind)
    name = attributes.get("VB_Name", "")
    if name != path.stem:
        raise SourceError(f"{path.name}: Attribute VB_Name is {name!r}, the file says {path.stem!r}")
    check_name(name, path.name)
    body = _body(path.name, lines, start)
    flags = {key: attributes.get(key) == "True" for key in ("VB_PredeclaredId", "VB_Exposed")}
    return Module(name, kind, body, path.name, flags["VB_PredeclaredId"], flags["VB_Exposed"])


def check_name(name: str, where: str) -> None:
    """Raise SourceError unless `name` can name a module or a project (VBA's rule for identifiers)."""
    if not _MODULE_NAME.fullmatch(name) or f" {name.lower()} " in _RESERVED:
        raise SourceError(f"{where}: {name!r} cannot name a module (1-31 of A-Z a-z 0-9 _, no keyword)")


def _header(path: Path, lines: list[str]) -> tuple[int, SourceKind]:
    """Where the attributes begin, and the kind."""
    if path.suffix == ".bas":
        return 0, "standard"
    if path.suffix != ".cls":
        raise SourceError(f"{path.name}: only .bas and .cls are built")
    if lines[0].strip() != _CLASS_HEADER[0]:
        return 0, "document"
    stripped = [line.strip() for line in lines[:10]]
    if stripped[1] != _CLASS_HEADER[1] or _CLASS_HEADER[2] not in stripped:
        raise SourceError(f"{path.name}:2: BEGIN … END must follow {_CLASS_HEADER[0]}")
    return stripped.index(_CLASS_HEADER[2]) + 1, "class"


def _attributes(path: Path, lines: list[str], start: int, kind: SourceKind) -> tuple[Mapping[str, str], int]:
    """The module's own attributes; what the writer would lose is refused."""
    allowed: dict[str, tuple[str, ...] | None] = {"VB_Name": None}
    if kind == "class":
        allowed |= dict.fromkeys(("VB_GlobalNameSpace", "VB_Creatable"), ("False",))
        allowed |= dict.fromkeys(("VB_PredeclaredId", "VB_Exposed"), ("True", "False"))
    found: dict[str, str] = {}
    while start < len(lines) and lines[start].startswith("Attribute VB_"):
        match = _ATTRIBUTE.fullmatch(lines[start].rstrip())
        key, value = (match[1], match[2] or match[3] or "") if match else ("", "")
        if key not in allowed or key in found or value not in (allowed[key] or (value,)):
            raise SourceError(f"{path.name}:{start + 1}: not supported in a {kind} module: {lines[start]}")
        found[key] = value
        start += 1
    return found, start


def _body(file: str, lines: list[str], start: int) -> tuple[str, ...]:
    body = []
    continuations = 0
    for number, line in enumerate(lines[start:], start + 1):
        where = f"{file}:{number}"
        if len(line) > LONGEST_LINE:
            raise SourceError(f"{where}: {len(line)} characters, VBA takes {LONGEST_LINE}")
        clean = _ascii_line(line, where)
        continuations = continuations + 1 if clean.endswith(" _") else 0
        if continuations > MOST_CONTINUATIONS:
            raise SourceError(f"{where}: more than {MOST_CONTINUATIONS} continuations of one line")
        body.append(clean)
    while body and not body[-1]:
        body.pop()
    return tuple(body)


def _ascii_line(line: str, where: str) -> str:
    """`line` without a non-ASCII comment and without white space at its end."""
    control = next((char for char in line if char < " " and char != "\t"), None)
    if control:
        raise SourceError(f"{where}: control character U+{ord(control):04X}")
    split = _comment_start(line, where)
    code, comment = line[:split].rstrip(), line[split:].rstrip()
    strange = next((char for char in code if not char.isascii()), None)
    if strange:
        raise SourceError(
            f"{where}: {strange!r} (U+{ord(strange):04X}) in code; read texts by key from the sheet"
        )
    if comment.endswith(" _"):
        raise SourceError(f"{where}: a comment that ends in ' _' swallows the next line")
    if comment.isascii():
        return line.rstrip()
    if _LICENCE.search(comment):
        raise SourceError(f"{where}: a licence line must be ASCII, else it would be lost; write (c) for ©")
    return code


def _comment_start(line: str, where: str) -> int:
    """Position of the ' or Rem that begins the comment, or the length of the line."""
    pos, at_statement = 0, True
    while pos < len(line):
        char = line[pos]
        if char == "'":
            return pos
        word = _WORD.match(line, pos)
        if word and at_statement and word[0].lower() == "rem":
            return pos
        if char == '"' and not _STRING.match(line, pos):
            raise SourceError(f"{where}: the string has no closing quotation mark")
        token = word or _STRING.match(line, pos) or _BRACKETED.match(line, pos)
        if word:
            at_statement = word[0].lower() in ("then", "else")
        elif not (char.isspace() or (at_statement and char.isdigit())):  # a line number may stand first
            at_statement = char == ":"
        pos = token.end() if token else pos + 1
    return pos
