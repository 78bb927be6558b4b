"""Pages: what a browser shows, with the borders of cells and rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.published.source.html import read_html
from gouji.published.source.pen import Pen
from gouji.published.source.sniff import open_source
from support.opened import in_short

#: Every page here says so, as every report does.
HEAD = "<html><head><meta charset=utf-8></head><body>"


def shown(body: str) -> str:
    pen = Pen()
    read_html(HEAD + body, pen)
    return in_short(pen.stream())


CASES = [
    # ---- tables
    ("cells and rows", "<table><tr><td>甲<td>1</table>", "{甲|1|/}"),
    ("empty cells", "<table><tr><td></td><td> </td><td>2</td></tr></table>", "{||2|/}"),
    ("no-break space stays", "<table><tr><td>&nbsp;</td><td>\u3000</td></tr></table>", "{\xa0|\u3000|/}"),
    ("nothing is closed", "<table><tr><td><p>甲<td><p>1<tr><td>乙<td>2</table>", "{甲|1|/乙|2|/}"),
    ("head and groups", "<table><thead><tr><th>头<tbody><tr><td>1<tfoot><tr><td>2</table>", "{头|/1|/2|/}"),
    ("spans are not expanded", "<table><tr><td rowspan=2>甲<td colspan=3>1<tr><td>2</table>", "{甲|1|/2|/}"),
    ("a group without a row", "<table><tbody><td>甲<td>1</tbody></table>", "{甲|1|/}"),
    (
        "lines within a cell",
        "<table><tr><td><p>商业</p><p>企业</p><td>1<br><br>2<br></table>",
        "{商业¶企业|1¶2|/}",
    ),
    (
        "text outside cells stands above",
        "<table>注<tr>前<td>1</td>后<td>2</td></tr></table>",
        "注¶前¶后¶{1|2|/}",
    ),
    ("a caption stands above", "<table><caption>表一</caption><tr><td>1</table>", "表一¶{1|/}"),
    ("a form within a table", "<table><form><tr><form><td>1</form><td>2</form></table>", "{1|2|/}"),
    ("a cell without a table", "甲<td>1</td><td>2</td>", "甲¶{1|2|/}"),
    ("a table in a row is the next", "<table><tr><table><tr><td>1</table>", "{/}{1|/}"),
    ("a stray end of a cell", "<table><tr></td><td>1</th><td>2</table></table>丙", "{1|2|/}丙¶"),
    ("end tags do not leave the cell", "<div><table><tr><td>1</div>2</td><td>3</table>4</div>", "{12|3|/}4¶"),
    # ---- nested tables
    (
        "a layout table is none",
        "<table><tr><td>左<td><p>引<table><tr><td>甲<td>1<tr><td>乙<td>2</table>末</table>",
        "左¶引¶{甲|1|/乙|2|/}末¶",
    ),
    (
        "layout in layout",
        "<table><tr><td><table><tr><td><table><tr><td>甲<td>1<tr><td>乙<td>2</table></table></table>",
        "{甲|1|/乙|2|/}",
    ),
    (
        "a small table in a cell is its text",
        "<table><tr><td>甲<td><table><tr><td>1</table><td>2<tr><td>乙<td>3<td>4</table>",
        "{甲|1|2|/乙|3|4|/}",
    ),
    (
        "a table of heads in a cell of numbers",
        "<table><tr><td><table><tr><td>子<td>丑<tr><td>寅<td>卯</table><td>5<tr><td>甲<td>6</table>",
        "{子¶丑¶寅¶卯|5|/甲|6|/}",
    ),
    # ---- what is not shown
    ("hidden elements", "<p style='display : NONE'>甲<p>乙<span hidden>丙</span>丁", "乙丁¶"),
    ("hidden rows and cells", "<table><tr style=display:none><td>1<tr><td hidden>2<td>3</table>", "{3|/}"),
    ("a hidden table", "<div style='display:none'><table><tr><td>1</table></div>2", "2¶"),
    ("an unclosed hidden span ends with its cell", "<table><tr><td><span hidden>1<td>2</table>", "{|2|/}"),
    ("scripts and styles", "甲<script>'<td>1'</script><style>p{}</style><noscript>乙</noscript>丙", "甲丙¶"),
    ("templates and lists to choose from", "<template><p>甲</template><select><option>乙</select>丙", "丙¶"),
    ("comments", "甲<!-- <td>1 -->乙<!---->丙<!-->丁<!x>戊<?xml x?>己", "甲乙丙丁戊己¶"),
    ("conditional comments", "<!--[if gte mso 9]><xml>甲</xml><![endif]-->乙<![if !x]>丙<![endif]>", "乙丙¶"),
    ("an unclosed comment", "甲<!-- 乙", "甲¶"),
    ("hidden by Word", "<p><span style='mso-hide:all'>甲</span>乙", "乙¶"),
    # ---- text
    ("white space", "<p>  甲 \n\t 1  2\n</p>", "甲 1 2¶"),
    (
        "a line end between Chinese characters",
        "<p>政府\n   信息<span>公\n</span>开 年\n1</p>",
        "政府信息公开 年 1¶",
    ),
    ("split spans", "<p><span>第</span><span><font>二</font></span><b>十条</b></p>", "第二十条¶"),
    ("blocks are lines", "甲<div>乙<p>丙</div>丁<hr>戊<li>己", "甲¶乙¶丙¶丁¶戊¶己¶"),
    ("references", "<p>&lt;&#20844;&#x5F00;&amp;&ldquo;&nosuch;&#0;", "<公开&“&nosuch;\ufffd¶"),
    ("a number that is no character", f"<p>1&#{'9' * 5000};2", "1\ufffd2¶"),
    ("no tags", "<p>1 < 2 <3 </ >4", "1 < 2 <3 4¶"),
    ("unknown tags", "<ucaptitle>甲</ucaptitle><o:p></o:p>乙", "甲乙¶"),
    ("raised", "<p>0<sup>注1</sup>5<span style='vertical-align:super'>2</span>", "0^注1^5^2^¶"),
    ("struck out stays visible as such", "<table><tr><td>1<s>2</s>3</table>", "{1~~2~~3|/}"),
    ("preformatted", "<pre>甲\n 乙\t1</pre>丙", "甲¶ 乙\t1¶丙¶"),
    ("page break", "甲<br style='page-break-before:always'>乙", "甲¶§乙¶"),
    ("page break in a cell", "<td>1<br style='page-break-before:always'>2", "{1¶2|/}"),
    ("fields show what is typed", "<p><input value=5><input type=hidden value=6>", "5¶"),
    ("a tag that the file ends in", "<p>甲</p><table><tr><td>1</td><td wid", "甲¶{1|/}"),
    ("quotes that do not belong", "<table><tr><td width=5\">1<td a='>'>2</table>", "{1|2|/}"),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_page_is_read_as_it_is_shown(body: str, expected: str) -> None:
    assert shown(body) == expected


def test_title_and_meta() -> None:
    page = (
        "<head><title>某局 2023 年\n年报</title><meta name=ArticleTitle content=' 年报 '>"
        "<meta property='og:url' content=x><meta name=PubDate content=2024-01-05><meta name=empty>"
        "</head><body><title>某网</title><p>正文"
    )
    source = open_source(page.encode(), "a.html")
    assert (source.kind, source.name, source.title) == ("html", "a.html", "某局 2023 年 年报")
    assert source.said == {"ArticleTitle": "年报", "og:url": "x", "PubDate": "2024-01-05"}
    assert in_short(source.stream) == "正文¶"


def test_places_count_from_one() -> None:
    page = HEAD + "<p>引<table><tr><td>甲<td>1<tr><td>乙<br>丙<td>2</table>尾<table><tr><td>3</table>"
    atoms = {a.text: a.place for a in open_source(page.encode(), "a.html").stream if a.text}
    places = {text: (p.table, p.row, p.cell, p.line) for text, p in atoms.items()}
    assert places == {
        "引": (0, 0, 0, 0),
        "甲": (1, 1, 1, 0),
        "1": (1, 1, 2, 0),
        "乙": (1, 2, 1, 0),
        "丙": (1, 2, 1, 0),
        "2": (1, 2, 2, 0),
        "尾": (0, 0, 0, 0),
        "3": (2, 1, 1, 0),
    }


def test_a_page_is_known_by_what_it_is(tmp_path: Path) -> None:
    """Not by its name, and a name alone is enough for a piece of a page."""
    for start in (
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>\n<html>",
        "<!-- 存 -->\n<html>",
        "<table><tr><td>",
    ):
        assert open_source(f"{start}<p>公开".encode(), "a.txt").kind == "html"
    assert open_source("公开<td>1".encode(), "a.HTM").kind == "html"
    path = tmp_path / "年报.html"
    path.write_text("<p>公开", "utf-8")
    assert open_source(path).name == "年报.html"
