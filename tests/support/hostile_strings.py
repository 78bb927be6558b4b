"""Texts by which a stranger may command what shows them, or break what holds them: one list for all ways out.

Each is one that a workbook or JSON file may carry as a name, a note or a section.
"""

from __future__ import annotations

import re

from gouji.text import is_unseen

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"

#: What commands a terminal, or is there and nobody sees it.
COMMANDING = {
    "clears the screen": "甲\x1b[2J\x1b[H乙",
    "sets the title": "甲\x1b]0;改名\x07乙",
    "links elsewhere": "甲\x1b]8;;http://example.invalid\x1b\\乙\x1b]8;;\x1b\\",
    "hides what follows": "甲\x1b[8m乙",
    "8-bit control sequence": "甲\u009b2J\u009d0;改名\u009c乙",
    "rings and rubs out": "甲\x07\b\b\x7f乙",
    "nothing": "甲\0乙",
    "writes over the line": "错误\r通过",
    "another line": "甲局\n乙局：通过",
    "next line": "甲\u0085乙\x0b丙\x0c丁",
    "turns the direction": f"甲{_BIDI}xslx.乙",
    "of no width": "甲\u200b\u200c\u200d\ufeff\u2060\u00ad乙",
    "separators": "甲\u2028乙\u2029丙",
    "no characters": "甲\ufffe\uffff\ufdd0\U0001fffe乙",
    "tags": "甲\U000e0041\U000e007f乙",
    "fillers": "甲\u3164\uffa0\u115f乙",
}
#: What some program takes for more than a text.
MEANT = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "entities": "&amp;&#x1b;&#0;&lt;b&gt;<![CDATA[x]]><!--",
    "quotes and commas": "甲\"乙',，;；\t丙",
    "two lines": "甲\n乙",
    "code of a character": "_x001B_[2J_x000D__x005F_",
    "field code": "{ INCLUDETEXT C:\\\\a.txt } TOC \\o { DDEAUTO c:\\\\a b }",
    "bookmark": "_Toc000000001 #_GoBack",
    "parts of a path": "../../../etc/甲\\..\\乙",
    "format": "{0.__class__} {unit} %s %(name)s $HOME `id`",
    "long": "很长的名称" * 60,
}
#: What a spreadsheet takes for a formula, by how it begins.
FORMULAS = {
    "command": "=cmd|' /C calc'!A0",
    "dde": '=DDE("cmd";"/C calc";"1")',
    "link": '=HYPERLINK("http://example.invalid","甲")',
    "plus": "+1+1",
    "minus": "-1",
    "minus command": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "after a tab": "\t=2+1",
    "after a return": "\r=3+1",
    "full width": "＝4+1",
    "full width plus": "＋5",
    "full width minus": "－6",
    "full width at": "＠SUM(1)",
    "guarded": "'=7+1",
}
#: What a file system takes for another file, or for none.
NAMES = {
    "device": "CON",
    "device with an ending": "nul.局",
    "numbered device": "COM1",
    "dots and spaces": "甲局. . ",
    "dots": "..",
    "separators of paths": 'a/b\\c:d*e?f"g<h>i|j',
}
HOSTILE = {**COMMANDING, **MEANT, **FORMULAS, **NAMES}

#: All that may stand anywhere in a text, one after another.
TOGETHER = "".join(f"〔{name}〕{text}" for name, text in {**COMMANDING, **MEANT}.items())

#: The codes that our own colours need, and no others.
_OWN_CODES = re.compile("\x1b\\[(?:0|1|22|3[1-6])m")


def unseen(text: str) -> set[str]:
    """The characters in a text that command or are not seen; line ends of a terminal aside, and our own
    colours."""
    return {char for char in _OWN_CODES.sub("", text).replace("\r\n", "\n") if is_unseen(char)} - {"\n"}
