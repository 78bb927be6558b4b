"""Whether the macros of a received workbook are those that were handed out with it.

Excel writes ``vbaProject.bin`` anew when it saves: other caches, another order, names in another case. So the
sources are compared, module by module, without what Excel changes by itself, with the digests of every module
ever handed out (``handed_out.toml``, which ``make templates`` adds to and nothing takes out of).

What this protects from: accident, macros recorded by a clerk, macros put in by somebody who does not hide
them. It is no proof: a file that Excel saved holds compiled code as well, Excel of the same version runs that
and not the source, and neither this program nor any public specification can compare the two. Safety rests on
not running the macros of received files.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from ...opc.vba import read_project
from ...text import one_line
from ...wording import data_beside

PACKAGE, FILE = "gouji.workbook.reading", "handed_out.toml"
#: Stands among the modules of a version for the ribbon.
RIBBON = "ribbon"

#: What stands before the code, and is not shown in the editor. Nothing else may hide behind its name.
_HIDDEN = re.compile(
    r"attribute[ \t]+[\w.]+[ \t]*=[ \t]*{0}([ \t]*,[ \t]*{0})*".format(r'("([^"]|"")*"|-?[0-9A-Za-z]+)'),
    re.IGNORECASE,
)
#: What Excel and LibreOffice add; the others change what code does.
_OPTION = re.compile(r"option[ \t]+(explicit|vbasupport[ \t]+1|classmodule|compatible)", re.IGNORECASE)
_REMARK = re.compile(r"rem attribute vba_moduletype=[a-z]+", re.IGNORECASE)  # LibreOffice
#: Where a line ends ([MS-VBAL] 3.2.1). Python has more such characters, which to VBA are part of a comment.
_LINE_END = re.compile(r"\r\n|\r|\n")
#: A text, a comment to the end of the line, or code.
_TOKEN = re.compile(r"\"[^\"]*\"?|'.*|[^\"']+", re.DOTALL)
_BLANKS = {ord(" "): "", ord("\t"): ""}
#: A library on this computer, or none. Others can be fetched, and other projects bring macros of their own.
_LIBRARY = re.compile(r"\*\\[GH]\{[0-9A-F-]{36}\}#[0-9A-F.]+#[0-9A-F]+#([A-Z]:\\[^#]*)?#[^#]*", re.IGNORECASE)
_SHOWN, _LONGEST = 3, 60
_LONGEST_LINE = 1023  # of VBA's editor
_LARGEST = 1 << 17  # ten times our largest module


class Macros(NamedTuple):
    """``readable``: false where they cannot be compared. ``strange``: names of modules whose code was never
    handed out, of foreign projects and of forms, at most three."""

    readable: bool
    strange: tuple[str, ...] = ()


def judge_macros(project: bytes) -> Macros:
    """What a ``vbaProject.bin`` of a stranger holds beside modules that were handed out."""
    try:
        found = read_project(project)
    except ValueError:
        return Macros(False)
    strange = chain(
        (name for name, source in found.modules.items() if not is_ours(source)),
        (one for one in found.references if not _LIBRARY.fullmatch(one)),
        (path.rstrip("/") for path in found.others),
    )
    return Macros(True, tuple(map(_shown, islice(strange, _SHOWN))))


def is_ours(source: str) -> bool:
    """Whether a module's code was handed out, or it has none."""
    if len(source) > _LARGEST:
        return False
    code = code_of(source)
    return not code or _digest(code) in handed_out()


def is_our_ribbon(content: bytes) -> bool:
    """Whether a ribbon was handed out."""
    return ribbon_digest(content) in handed_out()


@cache
def handed_out() -> frozenset[str]:
    """Digests of all modules and ribbons that were ever handed out."""
    versions = data_beside(PACKAGE, FILE).values()
    return frozenset(one for modules in versions for digests in modules.values() for one in digests)


def digest_of(source: str) -> str:
    """The digest of a module's code, as the list has it."""
    return _digest(code_of(source))


def ribbon_digest(content: bytes) -> str:
    return _digest(_squeezed(content.decode("utf-8", "replace")))


def code_of(source: str) -> str:
    """The code without what Excel changes by itself: attributes, options that it adds to a new module, blanks
    (the editor sets them anew), empty lines, and the case of names (one for the whole project). Texts in
    quotes stay as they are: the editor does not touch them."""
    lines = filter(None, (line.strip(" \t") for line in _LINE_END.split(source)))
    return "\n".join(_as_edited(line) for line in lines if not _is_left_out(line))


def _is_left_out(line: str) -> bool:
    """Looked at only where it begins as one of them: a stranger's project may have a million lines."""
    if len(line) > _LONGEST_LINE or line[0] not in "aAoOrR":
        return False
    return any(one.fullmatch(line) for one in (_HIDDEN, _OPTION, _REMARK))


def _as_edited(line: str) -> str:
    tokens = _TOKEN.findall(line)
    return "".join(one if one[0] == '"' else one.translate(_BLANKS).lower() for one in tokens)


def _shown(name: str) -> str:
    """A stranger's name, fit for one line."""
    return one_line(name[:_LONGEST])


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
