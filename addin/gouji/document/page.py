"""The report as one HTML page, ready for a web site or to be printed: nothing is loaded from elsewhere.

What it says is in ``contents.py``; type and page are those of the Word document (``wording.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from string import Template
from typing import Any

from ..form import Table
from ..form.grid import Box, printed_grid
from ..report import Report
from ..rules import Catalogue, catalogue
from ..wording import wording_of
from .contents import PACKAGE, Paragraph, Run, contents, proportions, shown_value
from .ooxml import legal

#: Elements of the parts that are more than a paragraph, by style.
_TAGS = {"title": "h1", "section": "h2"}


def page_bytes(
    report: Report, *, title: str | None = None, hints: Sequence[str] = (), rules: Catalogue | None = None
) -> bytes:
    """The page in UTF-8; parameters as :func:`gouji.document.word.document_bytes`."""
    said = contents(report, rules or catalogue(), title, hints)
    parts = (_paragraph(p) if isinstance(p, Paragraph) else _table(report, p) for p in said.parts)
    head = f'<meta charset="utf-8"><title>{_text(said.title)}</title><style>{_css()}</style>'
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    body = "\n".join(parts)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{viewport}{head}</head>\n<body>\n{body}\n</body></html>\n'
    )
    return page.encode()


def _text(text: str) -> str:
    return escape(legal(text))


def _paragraph(part: Paragraph) -> str:
    tag = _TAGS.get(part.style, "p")
    return f'<{tag} class="{part.style}">{"".join(map(_run, part.runs))}</{tag}>'


def _run(part: Run) -> str:
    return f"<mark>{_text(part.text)}</mark>" if part.marked else _text(part.text)


def _table(report: Report, table: Table) -> str:
    grid = printed_grid(table)
    rows: list[list[Box]] = [[] for _ in range(grid.rows)]
    for box in sorted(grid.boxes, key=lambda b: (b.row, b.column)):
        rows[box.row].append(box)
    lines = ["<tr>" + "".join(_cell(report, box) for box in row) + "</tr>" for row in rows]
    heads, body = "".join(lines[: grid.head_rows]), "\n".join(lines[grid.head_rows :])
    head = f"<thead>{heads}</thead>" if heads else ""
    shares, caption = proportions(table), _text(table.section.title)
    columns = "".join(f'<col style="width: {100 * share / sum(shares):.2f}%">' for share in shares)
    start = f'<table class="{table.key}" aria-label="{caption}"><colgroup>{columns}</colgroup>'
    return f"{start}{head}<tbody>\n{body}\n</tbody></table>"


def _cell(report: Report, box: Box) -> str:
    tag = "td" if box.cell else "th"
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", box.height), ("colspan", box.width)) if size > 1
    )
    if not box.cell:
        return f'<{tag} class="{box.role}"{spans}>{_text(box.text)}</{tag}>'
    mark = report.marks.get(box.cell, "")
    raised = f"<sup>{_text(mark)}</sup>" if mark else ""
    return f"<td{spans}>{_text(shown_value(report, report.form.by_id[box.cell]))}{raised}</td>"


# ---------------------------------------------------------------- look


def _css() -> str:
    page, every = wording_of(PACKAGE, "page"), wording_of(PACKAGE, "tables")
    before, after = wording_of(PACKAGE, "words")["page"]
    margins = " ".join(f"{page[side]}mm" for side in ("top", "right", "bottom", "left"))
    measure = page["width"] - page["left"] - page["right"]
    template = Template(resources.files(PACKAGE).joinpath("page.css").read_text("utf-8"))
    fixed = template.substitute(
        page, margins=margins, measure=measure, before=before, after=after, shade=every["shade"]
    )
    looks: dict[str, dict[str, Any]] = wording_of(PACKAGE, "styles")
    styles = [
        f"{_TAGS.get(key, 'p')}.{key} {{ {'; '.join(_look(look))} }}"
        for key, look in looks.items()
        if key not in ("cell", "page")
    ]
    tables = [
        f"table.{key} {{ {'; '.join(_letters(looks['cell'] | {'size': look['size']}))} }}\n"
        f"table.{key} th.label {{ text-align: {look['align_labels']} }}"
        for key, look in every.items()
        if isinstance(look, dict) and "size" in look
    ]
    return "\n".join([fixed, *styles, *tables])


def _letters(look: dict[str, Any]) -> Iterable[str]:
    fonts = wording_of(PACKAGE, "fonts")
    families = ", ".join(f'"{name}"' for name in (*fonts["latin"], *fonts[look["font"]]))
    yield f"font-family: {families}, serif"
    yield f"font-size: {look['size']}pt"


def _look(look: dict[str, Any]) -> Iterable[str]:
    yield from _letters(look)
    above, below = look.get("around", (0, 0))
    yield f"margin: {above}pt {look.get('right', 0)}em {below}pt 0; font-weight: normal"
    if "line" in look:
        yield f"line-height: {look['line']}pt"
    if "indent" in look:
        yield f"text-indent: {look['indent']}em"
    if "align" in look:
        yield f"text-align: {'justify' if look['align'] == 'both' else look['align']}"
