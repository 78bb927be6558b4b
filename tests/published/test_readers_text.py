"""Texts: lines, and rows only where a line itself is one."""

from __future__ import annotations

import pytest

from gouji.published.source.sniff import open_source
from support.opened import opened

CASES = [
    # ---- lines
    ("lines", "甲\n\n 乙 1\r\n丙", "甲¶¶乙 1¶丙¶"),
    ("pages", "甲\f乙\n- 5 -\n\f丙", "甲¶§乙¶- 5 -¶¶§丙¶"),
    ("a byte order mark", "\ufeff甲", "甲¶"),
    ("glued digits stay glued", "规章0002.政府00", "规章0002.政府00¶"),
    ("wide spaces stay", "甲   1\u3000\u30002", "甲   1\u3000\u30002¶"),
    # ---- rows
    ("pipes", "| 甲 | 1 |\n| 乙 |  |", "{甲|1|/乙||/}"),
    ("the rule of a head", "|头|数|\n|:--|---:|\n|甲|1|", "{头|数|/甲|1|/}"),
    ("a head without pipes around it", "头 | 数\n--- | ---\n甲 | 1\n乙 | 2", "{头|数|/甲|1|/乙|2|/}"),
    ("dashes are values", "| 甲 | 1 |\n| - | - |", "{甲|1|/-|-|/}"),
    ("pipes within a cell", "| 甲\\|乙 | 1 |", "{甲|乙|1|/}"),
    ("a pipe at the end of several", "规章 | 0 | 1 | ||\n文件 | 2 |  | ||", "{规章|0|1|/文件|2||/}"),
    ("a grid", "+----+---+\n| 甲 | 1 |\n+====+===+\n| 乙 | 2 |\n+----+---+", "{甲|1|/乙|2|/}"),
    ("a drawn table", "┌──┬─┐\n│甲│1│\n├──┼─┤\n│乙│2│\n└──┴─┘", "{甲|1|/乙|2|/}"),
    ("wide pipes", "｜甲｜1｜\n首页｜公开", "{甲|1|/}首页｜公开¶"),
    ("crumbs", "首页 | 公开\n甲", "首页 | 公开¶甲¶"),
    ("one cell a line, pipe last", "规章 |\n0 |\n||\n文件 |\n|\n1 |", "规章|¶0|¶¶文件|¶¶1|¶"),
    ("tabs", "规章\t0\t1\n文件\t\t2", "{规章|0|1|/文件||2|/}"),
    ("tabs before and after", "\t\t甲\t0\n乙\t1\t\n丙\t", "{||甲|0|/乙|1||/丙||/}"),
    ("a tab after a line of text", "六、其他事项\t\n无", "六、其他事项¶无¶"),
    ("one cell a line, tab first", "\t规章\n\t0\n\t\n\n\t本年新\n制作\n\t1", "规章|¶0|¶|¶¶本年新|¶制作¶1|¶"),
    ("a paragraph after a tab", "\t" + "很长的一段话" * 20 + "\n\t一句。", "很长的一段话" * 20 + "¶一句。¶"),
    ("rows end at a line of text", "甲\t1\n乙\n丙\t2", "{甲|1|/}乙¶{丙|2|/}"),
    # ---- what Markdown adds
    ("heads", "# 甲\n### 二、乙 ##\n###丙", "甲¶二、乙¶丙¶"),
    ("emphasis", "**甲**、*乙*、__丙__ 5*2*3 0* 1*", "甲、乙、丙 5*2*3 0* 1*¶"),
    ("links and pictures", '见[规定](http://x/y "注")、[甲](b)![图](c.png)。[乙]', "见规定、甲。[乙]¶"),
    ("bookmarks", "63.2[bookmark: _GoBack]万元", "63.2万元¶"),
    ("raised", "0<sup>注1</sup>|5^2^ 3[^4]", "0^注1^|5^2^ 3^4^¶"),
    ("escapes and references", "1\\. 甲 \\-1 &lt;5&gt;&nbsp;6 &#20844;", "1. 甲 -1 <5>\xa06 公¶"),
    ("line breaks in a cell", "| 商业<br>企业 | 1 |", "{商业¶企业|1|/}"),
    ("what a converter puts around", "<html><body><table><td>1</table></body></html>\n甲", "¶{1|/}¶甲¶"),
    ("tags", "<b>甲</b><font color=red>1</font> <1>", "甲1 <1>¶"),
    ("quotes", "> 甲\n> > 乙 > 丙\n# 丁 > 戊", "甲¶乙 > 丙¶丁 > 戊¶"),
    ("rules across", "甲\n---\n乙\n***\n- - -\n丙", "甲¶乙¶丙¶"),
    ("comments", "甲<!-- 页\n脚 -->乙\n丙 --> 丁 <!-- 戊", "甲¶乙¶丙 --> 丁 <!-- 戊¶"),
    (
        "an HTML table in Markdown",
        "# 甲\n<table>\n<tr><td>规章</td><td>1</td></tr>\n<tr><td>文件<td>2</table>\n乙",
        "甲¶{规章|1|/文件|2|/}¶乙¶",
    ),
    ("an HTML table that never ends", "甲<table><tr><td>1</td>", "甲¶{1|/}"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_text_is_read_as_it_stands(text: str, expected: str) -> None:
    assert opened(text, "a.md") == expected


def test_places_count_lines_of_the_file() -> None:
    text = "甲\n\n| 规章 | 1 |\n<!-- 页\n脚 -->\n<table><tr>\n<td>2</td></table>\n乙\n丙\t3\t\n\t4\n"
    atoms = {a.text: a.place for a in open_source(text.encode(), "a.txt").stream if a.text}
    places = {text: (p.table, p.row, p.cell, p.line) for text, p in atoms.items()}
    assert places == {
        "甲": (0, 0, 0, 1),
        "规章": (1, 1, 1, 3),
        "1": (1, 1, 2, 3),
        "2": (2, 1, 1, 0),
        "乙": (0, 0, 0, 8),
        "丙": (3, 1, 1, 9),
        "3": (3, 1, 2, 9),
        "4": (0, 0, 0, 10),
    }


@pytest.mark.parametrize(("name", "kind"), [("a.md", "markdown"), ("a.TXT", "text"), ("", "text")])
def test_kinds(name: str, kind: str) -> None:
    assert open_source("公开".encode(), name).kind == kind
