"""The number formats of a workbook: styles.xml, of which nothing else is read (ECMA-376 part 1, 18.8).

A missing or odd part is no reason to refuse a workbook: every cell then counts as one without a format.
"""

from __future__ import annotations

from ...opc.xmlstream import SHEETS as MAIN
from ...opc.xmlstream import Attributes, Stream, spellings
from .cells import unescape
from .guard import CHUNK, MB, WORDS, Archive, Refused, place

# Books that were copied together for years carry some ten thousand formats; Excel takes 65 490.
# Measured: 16 MB cost 0.4 s, so many elements 0.7 s at most.
MAX_STYLES = 16 * MB
MAX_ELEMENTS = 300_000
#: Of one code, in characters: Excel takes 255.
MAX_CODE = 1000
_GENERAL = frozenset({"", "general", "g/通用格式"})

#: Codes that no file writes out (18.8.30), and those of Chinese editions; dates as these show them.
BUILT_IN: dict[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00 ;(#,##0.00)",
    40: "#,##0.00 ;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}


#: Nine tenths of the part; each stands in it once.
_REST = (b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellStyles", b"dxfs", b"colors")


def read_formats(archive: Archive, part: str) -> dict[str, str] | None:
    """Format codes by the attribute ``s`` of cells, General left out; None where the part can not be read."""
    where = place("part", part)
    try:
        data = b"".join(archive.xml(part, where, MAX_STYLES))
        return _StylesReader(where).read(_thinned(data))
    except (Refused, _TooMany):
        return None


def _thinned(data: bytes) -> bytes:
    """Without fonts, borders and the like, unless a comment or CDATA could hide a tag: twice as fast."""
    if b"<!" in data:
        return data
    for name in _REST:
        start, end = data.find(b"<%s " % name), data.find(b"</%s>" % name)
        if 0 <= start < end:
            data = data[:start] + data[end + len(name) + 3 :]
    return data


class _TooMany(Exception):
    """More elements than a spreadsheet would write for its formats, or a longer code."""


_FORMAT, _LIST, _CELL_FORMAT = (frozenset(spellings(MAIN, name)) for name in ("numFmt", "cellXfs", "xf"))


class _StylesReader:
    """styleSheet (depth 1), numFmts or cellXfs (2), numFmt or xf (3)."""

    def __init__(self, where: str) -> None:
        self._stream = Stream(where, WORDS)
        self._codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self._ids: list[str] = []
        self._depth = self._count = 0
        self._in_list = False

    def read(self, data: bytes) -> dict[str, str]:
        self._stream.parser.StartElementHandler = self._start
        self._stream.parser.EndElementHandler = self._end
        self._stream.run(data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
        codes = {number: code for number, code in self._codes.items() if code.lower() not in _GENERAL}
        return {str(style): codes[number] for style, number in enumerate(self._ids) if number in codes}

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth = depth = self._depth + 1
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise _TooMany
        if depth == 2:
            self._in_list = name in _LIST
        elif depth == 3 and self._in_list:
            if name in _CELL_FORMAT:
                self._ids.append(attributes.get("numFmtId", "0"))
        elif depth == 3 and name in _FORMAT:
            code = unescape(attributes.get("formatCode", ""))
            if len(code) > MAX_CODE:
                raise _TooMany
            self._codes[attributes.get("numFmtId", "")] = code

    def _end(self, name: str) -> None:
        self._depth -= 1
