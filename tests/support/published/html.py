"""Pages: what content management systems, Word and an office suite make of a report."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from .draft import Draft, Paragraph, Piece, PrintedTable
from .lines import broken

#: What goes around the text of one cell: (its lines, dice) -> markup.
Inner = Callable[[Sequence[str], Random], str]
#: What Word leaves at the end of a paragraph.
NOTHING = "<span><o:p></o:p></span>"


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def spans(piece: Piece, dice: Random) -> str:
    """The span attributes, in either order; a span of one is mostly left out."""
    wide = f' colspan="{piece.width}"' if piece.width > 1 or dice.random() < 0.02 else ""
    high = f' rowspan="{piece.height}"' if piece.height > 1 or dice.random() < 0.02 else ""
    return wide + high if dice.random() < 0.5 else high + wide


def _lines_of(piece: Piece, dice: Random) -> Sequence[str]:
    if piece.is_value or dice.random() < 0.8:
        return piece.lines
    return broken(piece.text, 2 if len(piece.text) < 7 else 12)


def _cell(piece: Piece, attributes: str, inner: Inner, dice: Random) -> str:
    marked = inner(_lines_of(piece, dice), dice)
    if piece.mark:
        raised = f"<sup>{piece.mark}</sup>" if dice.random() < 0.5 else piece.mark
        marked = marked + raised if marked[-1:] != ">" else _inside(marked, raised)
    return f"<td{spans(piece, dice)}{attributes}>{marked}</td>"


def _inside(markup: str, addition: str) -> str:
    """Before the tags that end the markup."""
    at = len(markup)
    while markup[:at].endswith(">") and "</" in markup[:at]:
        start = markup.rindex("<", 0, at)
        if not markup[start:].startswith("</"):
            break
        at = start
    return markup[:at] + addition + markup[at:]


def _table(
    table: PrintedTable,
    dice: Random,
    inner: Inner,
    attributes: str,
    opening: str,
    *,
    empty_heads: bool = False,
) -> str:
    rows = []
    for number, row in enumerate(table.rows()):
        cells = [_cell(p, attributes, inner, dice) for p in row]
        if empty_heads and number < table.head_rows:
            cells = _with_empty_heads(table, number, row, attributes, inner, dice)
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return f"<table{opening}><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _with_empty_heads(
    table: PrintedTable, number: int, row: list[Piece], attributes: str, inner: Inner, dice: Random
) -> list[str]:
    """A head over two rows is one cell and an empty one below it; the corner keeps its rowspan."""
    found = {p.column: _cell(replace(p, height=1), attributes, inner, dice) for p in row if p.role == "head"}
    found |= {p.column: _cell(p, attributes, inner, dice) for p in row if p.role != "head"}
    above = [p for p in table.pieces if p.role == "head" and p.row < number < p.row + p.height]
    found |= {p.column: f"<td{attributes}></td>" for p in above}
    return [found[column] for column in sorted(found)]


def _body(draft: Draft, table: Callable[[PrintedTable], str], paragraph: Callable[[Paragraph], str]) -> str:
    return "\n".join(paragraph(p) if isinstance(p, Paragraph) else table(p) for p in draft.parts)


def _page(title: str, body: str, charset: str = "utf-8") -> bytes:
    head = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{escaped(title)}</title></head>'
    return f"{head}<body>{body}</body></html>".encode(charset, "xmlcharrefreplace")


def _card(draft: Draft) -> str:
    """The table that a site prints above the report."""
    rows = []
    for row in draft.words["chrome"]["card"]:
        cells = [escaped(text.format(title=draft.title, **draft.said)) for text in row]
        rows.append("<tr>" + "".join(f'<td class="c{i}">{c}</td>' for i, c in enumerate(cells)) + "</tr>")
    return '<table class="table_content"><tbody>' + "".join(rows) + "</tbody></table>"


def _menu(draft: Draft) -> str:
    items = "".join(f"<li><a>{text}</a></li>" for text in draft.words["chrome"]["menu"])
    crumbs = escaped(draft.words["chrome"]["crumbs"])
    return f'<ul class="clearfix">{items}</ul><div class="crumb">{crumbs}</div>'


def _foot(draft: Draft) -> str:
    return "".join(f"<div>{escaped(text)}</div>" for text in draft.words["chrome"]["foot"])


# ---------------------------------------------------------------- the shapes


def saved_page(draft: Draft, dice: Random) -> bytes:
    """S06: a saved page of a CMS, labels split over spans, a table before the report."""

    def inner(lines: Sequence[str], dice: Random) -> str:
        pieces = []
        for line in lines:
            cut = dice.choice([0, 1]) if len(line) > 3 and not line.isascii() else 0
            texts = [line[:cut], line[cut:]] if cut else [line]
            words = "".join(f'<span style="font-family: 微软雅黑;">{escaped(t)}</span>' for t in texts)
            pieces.append(
                f'\n      <p style="text-align: justify;">{words}<span><o:p></o:p></span></p>\n      '
            )
        return "".join(pieces)

    style = ' style="font-family: 微软雅黑;" width="43" valign="center"'
    opening = ' style="BORDER-COLLAPSE:collapse" cellspacing="0" cellpadding="2" border="1"'
    body = _body(
        draft,
        lambda t: f"<div>{_table(t, dice, inner, style, opening)}</div>",
        lambda p: f'<p align=""><span><font face="方正黑体_GBK">{escaped(p.text)}</font></span>{NOTHING}</p>',
    )
    if dice.random() < 0.2:
        body = f'<table width="100%"><tr><td>{_menu(draft)}</td><td>{body}</td></tr></table>'
    script = "<script>var x = $('#x').children().length; // 0</script>"
    return _page(
        draft.title,
        f'{_menu(draft)}{_card(draft)}<div id="zoomcon">{body}</div>{script}{_foot(draft)}',
        dice.choice(["utf-8", "utf-8", "gb18030"]),
    )


def ueditor(draft: Draft, dice: Random) -> bytes:
    """S07: written in the editor of the site; paragraphs in cells."""
    edge = ' style="border-width: 1px; border-style: solid;" width="7" valign="middle" align="center"'

    def inner(lines: Sequence[str], dice: Random) -> str:
        space = "&nbsp;" if dice.random() < 0.1 else ""
        return "".join(f"<p>{escaped(line)}{space}</p>" for line in lines)

    opening = ' style="border-collapse: collapse;" cellspacing="0" border="1" align="center"'
    body = _body(
        draft,
        lambda t: _table(t, dice, inner, edge, opening).replace("\n</tbody>", ""),
        lambda p: f"<p>{escaped(p.text)}</p>",
    )
    origin = draft.words["head"]["origin"].format(**draft.said)
    return _page(
        draft.title, f"{_menu(draft)}<h2>{escaped(draft.title)}</h2><div>{origin}</div>{body}{_foot(draft)}"
    )


def word_markup(draft: Draft, dice: Random) -> bytes:
    """S08: pasted out of Word: a kilobyte of style a cell, conditional comments."""
    style = (
        "".join(f"mso-border-{side}-alt:0.5000pt solid windowtext;\n" for side in ("left", "right", "top"))
        * 3
    )
    font = (
        "font-family:仿宋_GB2312;mso-hansi-font-family:宋体;font-size:12.0000pt;\nmso-font-kerning:0.0000pt;"
    )

    def inner(lines: Sequence[str], dice: Random) -> str:
        return "".join(
            f'<p class="MsoNormal" style="margin: 5pt 0pt;"><span style="{font}">{escaped(line)}</span>'
            f'<span style="{font}">{"<o:p>&nbsp;</o:p>" if not line else ""}</span></p>'
            for line in lines
        )

    comment = "<!--[if !supportMisalignedColumns]--><tr height=0><td width=62></td></tr><!--[endif]-->"
    body = _body(
        draft,
        lambda t: (
            "<!--[if gte mso 9]><xml>0 0 0</xml><![endif]-->"
            + _table(
                t, dice, inner, f' width="62" style="{style}"', ' class="MsoTableGrid" border="1"'
            ).replace("</tbody>", (comment if dice.random() < 0.3 else "") + "</tbody>")
        ),
        lambda p: f'<p class="MsoNormal"><span style="{font}">{escaped(p.text)}</span></p>',
    )
    return _page(draft.title, _menu(draft) + body + _foot(draft))


def empty_heads(draft: Draft, dice: Random) -> bytes:
    """S09: heads over two rows as an empty cell below them, plain cells."""
    body = _body(
        draft,
        lambda t: _table(
            t, dice, lambda lines, _: "<br>".join(map(escaped, lines)), "", "", empty_heads=True
        ),
        lambda p: f"<p>{escaped(p.text)}</p>",
    )
    return _page(draft.title, f'<div id="zoom" class="article-content">{body}</div>')


def fragment(draft: Draft, dice: Random) -> bytes:
    """S10: a piece of a page; columns of the same block cut the width unevenly; blanks as &nbsp;."""

    def uneven(table: PrintedTable) -> PrintedTable:
        if table.key != "table2":
            return table
        pieces = []
        for row in table.rows():
            wide = dice.randrange(len(row)) if len(row) > 1 else -1
            pieces += [replace(p, width=p.width + (i == wide or wide < 0)) for i, p in enumerate(row)]
        return PrintedTable(table.key, table.columns + 1, table.label_columns, table.head_rows, tuple(pieces))

    def inner(lines: Sequence[str], dice: Random) -> str:
        return f'<p align="center">{"<br/>".join(map(escaped, lines)) or "&nbsp;"}</p>'

    return _body(
        draft,
        lambda t: _table(
            uneven(t), dice, inner, ' nowrap="nowrap" style="width:101px;"', ' align="center" border="1"'
        ),
        lambda p: f'<p style="text-align: center">{escaped(p.text)}</p>',
    ).encode()


def office_page(draft: Draft, dice: Random) -> bytes:
    """S12: a Word file saved as a page by an office suite: fonts inside fonts, tags without class."""

    def worded(text: str) -> str:
        size = '<font size="2" style="font-size: 10pt">'
        return f'<font face="宋体">{size}<span lang="zh-CN">{escaped(text)}</span></font></font>'

    def inner(lines: Sequence[str], dice: Random) -> str:
        cut = [worded(line) if line else "<br/>\n" for line in lines]
        return "".join(f'<p class="western" align="center">\n\t\t\t\t{c}</p>\n\t\t\t' for c in cut)

    columns = '<col width="153"/>\n\n'
    body = _body(
        draft,
        lambda t: (
            "<center>\n"
            + _table(t, dice, inner, ' height="15"', ' width="649" cellpadding="4"').replace(
                "<tbody>", columns * 3
            )
            + "</center>"
        ),
        lambda p: f'<p align="justify" style="margin-bottom: 0in">\n{worded(p.text)}</p>\n<p><br/>\n\n</p>',
    ).replace("</tbody>", "")
    head = '<meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>'
    return f"<!DOCTYPE html>\n<html>\n<head>{head}</head>\n<body>{body}</body></html>".encode()
