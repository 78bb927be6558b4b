"""One made-up report, printed in every shape in which published reports come: for the tests of its prose.

Each writer gives (name of the file, its bytes). The tables are the form's own with zeros; what counts here
is what stands around them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from gouji.form import TableKey, load_form

Grid = list[list[str]]


@dataclass(frozen=True)
class Told:
    """The words of a report. ``notes`` stand below table 二."""

    unit: str = "云溪县林业局"
    year: int = 2022
    title: str = "云溪县林业局2022年政府信息公开工作年度报告"
    preface: str = (
        "根据《中华人民共和国政府信息公开条例》的规定，我局编制了2022年度政府信息公开工作年度报告，"
        "由总体情况、主动公开政府信息情况、存在的主要问题及改进情况等部分组成。"
        "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    )
    one: tuple[str, ...] = (
        "2022年，我局在网站上公布造林、护林和防火的消息共318条，比上一年多了二十来条。",
        "（一）主动公开。林地审批的结果每月公布一次，行政许可12件全部上网。",
        "（二）平台建设。微信公众号发布信息96条，咨询当天答复。",
    )
    five: tuple[str, ...] = (
        "一是解读材料偏少，图示不多；二是基层林场报送不及时。",
        "下一步，我局将请技术员写解读，每季度到林场走一遍。",
    )
    six: tuple[str, ...] = ("本年度没有收取信息处理费。",)
    signed: str = "云溪县林业局"
    dated: str = "2023年1月16日"
    notes: tuple[str, ...] = ("注1：含委托乡镇办理的件数。",)
    edition: str = "2021"

    @property
    def headings(self) -> list[str]:
        return [section.title for section in load_form(self.edition).sections]


def grid(key: TableKey, edition: str) -> Grid:
    """A table as rows of cells, as it is printed; every typed cell is 0."""
    rows: Grid = []
    for block in load_form(edition).tables[key].blocks:
        heads = [column.label for column in block.columns]
        if block.across:
            rows += [[row.label for row in block.rows], heads * len(block.rows)]
            rows.append(["0"] * len(block.cells))
            continue
        rows += [[block.title]] if block.title else []
        rows.append([block.corner, block.columns_title] if block.columns_title else [block.corner, *heads])
        rows += [heads] if block.columns_title else []
        rows += [[row.label, *["0"] * len(heads)] for row in block.rows]
    return rows


@dataclass
class _Paper:
    """What a writer prints with: a function for each kind of thing, and what was printed."""

    text: Callable[[str], str]
    heading: Callable[[str], str]
    table: Callable[[Grid], str]
    title: Callable[[str], str] | None = None
    parts: list[str] = field(default_factory=list)

    def print(self, told: Told) -> str:
        put, headings = self.parts.append, told.headings
        put((self.title or self.text)(told.title))
        put(self.text(told.preface))
        for number, words in enumerate((told.one, None, None, None, told.five, told.six)):
            put(self.heading(headings[number]))
            if words is None:
                key: TableKey = ("table2", "table3", "table4")[number - 1]  # type: ignore[assignment]
                put(self.table(grid(key, told.edition)))
                for note in told.notes if number == 1 else ():
                    put(self.text(note))
            for paragraph in words or ():
                put(self.text(paragraph))
        for line in (told.signed, told.dated):
            put(self.text(line))
        return "".join(self.parts)


def _lines(separator: str, table: Callable[[Grid], str], end: str = "\n") -> Callable[[Told], bytes]:
    def write(told: Told) -> bytes:
        paper = _Paper(lambda text: text + end, lambda text: text + separator, table)
        return paper.print(told).encode()

    return write


def _joined(cell: str, row: str) -> Callable[[Grid], str]:
    return lambda rows: "".join(cell.join(cells) + row for cells in rows)


def glued(told: Told) -> bytes:
    """S01: the site's words, then all in one line, cells and headings without anything between them."""
    paper = _Paper(lambda text: f"{text} ", lambda text: text, _joined("", ""), title=lambda text: f"{text} ")
    chrome = f"标题: {told.title}\n发布时间: 2023-01-17 09:30\n=========\n当前位置： 首页政务公开年报 "
    buttons = "来源： 时间：2023-01-17 09:30 --> 微信 微博 QQ空间 文件下载 相关链接： "
    text = paper.print(told).replace(f"{told.title} ", f"{told.title} {buttons}", 1)
    return f"{chrome}{text}附件下载".encode()


def spaced(told: Told) -> bytes:
    """S02: one line, everything parted by one space."""
    paper = _Paper(lambda text: f"{text} ", lambda text: f"{text} ", _joined(" ", " "))
    return f"当前位置： 首页政务公开 {paper.print(told)}".encode()


def _pipes(rows: Grid) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows) + "\n"


def _markdown_table(rows: Grid) -> str:
    rule = f"|{'---|' * max(map(len, rows))}\n"
    first, *rest = _pipes(rows).splitlines(keepends=True)
    return f"{first}{rule}{''.join(rest)}"


def markdown(told: Told) -> bytes:
    """S03, S23: headings with #, tables with pipes, a blank line behind each paragraph."""
    paper = _Paper(
        lambda text: f"{text}\n\n",
        lambda text: f"## {text}\n\n",
        _markdown_table,
        lambda text: f"# {text}\n\n",
    )
    return paper.print(told).encode()


def pdf_lines(told: Told) -> bytes:
    """S17 to S20: lines of one width, page marks in the midst, a row a line, labels broken in two."""

    def wrapped(text: str) -> str:
        return "".join(f"{text[i : i + 27]}\n" for i in range(0, len(text), 27))

    def table(rows: Grid) -> str:
        lines = []
        for cells in rows:
            label = cells[0]
            lines += (
                [label[:14], " ".join([label[14:], *cells[1:]])] if len(label) > 20 else [" ".join(cells)]
            )
        return "\n".join([*lines[:9], "- 3 -", *lines[9:]]) + "\n"

    paper = _Paper(
        wrapped, lambda text: f"{text}\n", table, lambda text: text.replace("2022年", "\n2022 年") + "\n"
    )
    return ("- 1 -\n" + paper.print(told).replace("造林、\n", "造林、\n- 2 -\n")).encode()


def page(told: Told, *, table: Callable[[Grid], str], before: str = "", after: str = "") -> bytes:
    """S06 to S10, S12: a page; ``before`` and ``after`` are the site's."""
    paper = _Paper(
        lambda text: f"<p style='text-indent:2em'><span>{text}</span></p>\n",
        lambda text: f"<p><strong>{text[:2]}<span>{text[2:]}</span></strong></p>\n",
        table,
        lambda text: f"<h1>{text}</h1>\n",
    )
    body = f"{before}<div class='content'>{paper.print(told)}</div>{after}"
    head = f"<head><meta charset='utf-8'><title>{told.title}_年报_某县门户网站</title></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()


def html_table(rows: Grid, cell: str = "<td>{}</td>") -> str:
    widest = max(map(len, rows))
    lines = []
    for cells in rows:
        span = f" colspan='{widest - len(cells) + 1}'" if len(cells) < widest else ""
        inner = [cell.format(text or "&nbsp;") for text in cells]
        lines.append(f"<tr>{''.join(inner).replace('<td', f'<td{span}', 1)}</tr>")
    return f"<table border='1'><tbody>{''.join(lines)}</tbody></table>\n"


def site_page(told: Told) -> bytes:
    """S06: path, buttons, the table about the document before the report; a footer behind it."""
    about = [
        ["名称", told.title],
        ["索引号", "0143-2023-01"],
        ["发布机构", told.unit],
        ["公开日期", "2023-01-17"],
    ]
    before = f"<ul><li>首页</li><li>办事服务</li></ul>{html_table(about)}"
    after = "<div>【打印】 【关闭】</div><div>版权所有：某县人民政府办公室</div><div>某ICP备00000号</div>"
    return page(told, table=html_table, before=before, after=after)


def word_markup(told: Told) -> bytes:
    """S08, S12: each cell in paragraphs and fonts of Word."""
    cell = (
        "<td valign='top'><p class='MsoNormal'><font face='仿宋'><span>{}</span></font><o:p></o:p></p></td>"
    )
    return page(told, table=lambda rows: html_table(rows, cell))


def fragment(told: Told) -> bytes:
    """S10: paragraphs and tables without a page around them."""
    paper = _Paper(lambda text: f"<p>{text}</p>", lambda text: f"<p>{text}</p>", html_table)
    return paper.print(told).replace("</p>", "</p><p>发布日期：2023-01-17</p>", 1).encode()


def word_file(told: Told) -> bytes:
    """S11: a Word file."""
    from docx import Document

    document = Document()

    def paragraph(text: str) -> str:
        document.add_paragraph(text)
        return ""

    def table(rows: Grid) -> str:
        widest = max(map(len, rows))
        made = document.add_table(0, widest)
        for cells in rows:
            row = made.add_row()
            for square, text in zip(row.cells, cells, strict=False):
                square.text = text
        return ""

    _Paper(paragraph, paragraph, table).print(told)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def radicals(told: Told) -> bytes:
    """S26: PDF text with Kangxi radicals, blank lines between lines, the title below the first heading."""
    text = _lines("\n\n", _joined(" ", "\n\n"), "\n\n")(told).decode()
    title = f"{told.title}\n\n"
    first = told.headings[0] + "\n\n"
    text = text.replace(title, "", 1).replace(first, first + title, 1)
    for plain, radical in ("一⼀", "二⼆", "人⼈", "行⾏", "工⼯", "大⼤"):
        text = text.replace(plain, radical)
    return text.encode()


def traditional(told: Told) -> bytes:
    """S05: made traditional by the site, pipes behind each cell."""
    text = _lines("\n", lambda rows: "".join(f"{' | '.join(cells)} | ||\n" for cells in rows))(told).decode()
    for plain, old in (
        "县縣",
        "业業",
        "务務",
        "开開",
        "报報",
        "体體",
        "动動",
        "总總",
        "况況",
        "处處",
        "请請",
        "复複",
    ):
        text = text.replace(plain, old)
    for plain, old in (
        "议議",
        "诉訴",
        "讼訟",
        "问問",
        "题題",
        "进進",
        "项項",
        "结結",
        "维維",
        "纠糾",
        "数數",
    ):
        text = text.replace(plain, old)
    return text.encode()


SHAPES: dict[str, tuple[str, Callable[[Told], bytes]]] = {
    "S01 glued": ("年报.txt", glued),
    "S02 spaced": ("年报.txt", spaced),
    "S03 markdown": ("年报.md", markdown),
    "S05 traditional": ("年报.txt", traditional),
    "S06 site": ("年报.html", site_page),
    "S07 page": ("年报.html", lambda told: page(told, table=html_table)),
    "S08 Word markup": ("年报.html", word_markup),
    "S10 fragment": ("年报.html", fragment),
    "S11 Word": ("年报.docx", word_file),
    "S15 lines": ("年报.txt", _lines("\n\n", lambda rows: "".join("\n".join(c) + "\n" for c in rows) + "\n")),
    "S17 PDF lines": ("年报.txt", pdf_lines),
    "S21 cell a line": ("年报.txt", _lines("\n", lambda rows: "".join(" |\n".join([*c, ""]) for c in rows))),
    "S22 tab lines": (
        "年报.txt",
        _lines("\n", lambda rows: "".join("".join(f"\t{x}\n" for x in c) + "\n" for c in rows)),
    ),
    "S24 pipes": ("年报.txt", _lines("\n", _pipes)),
    "S25 tabs": ("年报.txt", _lines("\n", _joined("\t", "\n"))),
    "S26 radicals": ("年报.txt", radicals),
}
