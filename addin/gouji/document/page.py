"""The report as one HTML page, ready for a web site or to be printed: nothing is loaded from elsewhere.

What it says is in ``contents.py``; type and page are those of the Word document (``wording.toml``), the
tables those of every document (``form/look.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from string import Template
from typing import Any

from ..form import Table
from ..form.grid import Box, printed_grid
from ..form.look import every, fonts, look_of
from ..report import Report
from ..rules import Catalogue, catalogue
from ..wording import text_beside, wording_of
from .breaks import kept
from .contents import PACKAGE, Contents, Frame, Paragraph, Run, contents, shown_value
from .fitting import value_size
from .ooxml import legal

#: Elements of the parts that are more than a paragraph, by style.
_TAGS = {"title": "h1", "section": "h2", "second": "h3"}

#: The margin beside the tables, in mm: they are wider than the text.
_SIDE = 15


def page_bytes(report: Report, *, frame: Frame | None = None, rules: Catalogue | None = None) -> bytes:
    """The page in UTF-8; parameters as :func:`gouji.document.word.document_bytes`."""
    return page_of(report, contents(report, rules or catalogue(), frame))


def page_of(report: Report, said: Contents) -> bytes:
    """The same of contents that were made before."""
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


def _lines(text: str) -> str:
    return "<br>".join(map(_text, text.split("\n")))


def _paragraph(part: Paragraph) -> str:
    tag = _TAGS.get(part.style, "p")
    right = "" if part.right is None else f' style="margin-right: {part.right:g}em"'
    style = f"{part.style} keep" if part.keep else part.style
    return f'<{tag} class="{style}"{right}>{"".join(map(_run, part.runs))}</{tag}>'


def _run(part: Run) -> str:
    said = f"<mark>{_lines(part.text)}</mark>" if part.marked else _lines(part.text)
    return f'<span class="font-{part.font}">{said}</span>' if part.font else said


def _table(report: Report, table: Table) -> str:
    grid = printed_grid(table)
    rows: list[list[Box]] = [[] for _ in range(grid.rows)]
    for box in sorted(grid.boxes, key=lambda b: (b.row, b.column)):
        rows[box.row].append(box)
    lines = [
        f'<tr{_classes(table, i, row)} style="height: {height:g}pt">'
        + "".join(_cell(report, table, box) for box in row)
        + "</tr>"
        for i, (row, height) in enumerate(zip(rows, look_of(table).heights, strict=True))
    ]
    heads, body = "".join(lines[: grid.head_rows]), "\n".join(lines[grid.head_rows :])
    head = f"<thead>{heads}</thead>" if heads else ""
    widths, caption = look_of(table).widths, _text(table.section.title)
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.2f}%">' for width in widths)
    width = f'style="--width: {sum(widths):g}pt"'
    start = f'<table class="{table.key}" {width} aria-label="{caption}"><colgroup>{columns}</colgroup>'
    return f"{start}{head}<tbody>\n{body}\n</tbody></table>"


def _classes(table: Table, at: int, row: list[Box]) -> str:
    """Whether a row stays with the next, and whether it stays whole: one from which a label reaches down over
    others can not be asked to, for programs take the label's whole height for the row's."""
    found = ["kept"] * kept(table, at) + ["whole"] * all(box.height == 1 for box in row)
    return f' class="{" ".join(found)}"' if found else ""


def _cell(report: Report, table: Table, box: Box) -> str:
    tag = "td" if box.cell else "th"
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", box.height), ("colspan", box.width)) if size > 1
    )
    if not box.cell:
        aligned = look_of(table).aligned(box)
        return f'<{tag} class="{box.role} {aligned}"{spans}>{_lines(box.shown)}</{tag}>'
    mark = report.marks.get(box.cell, "")
    raised = f"<sup>{_text(mark)}</sup>" if mark else ""
    shown = shown_value(report, report.form.by_id[box.cell])
    size = value_size(table, box, shown)
    smaller = "" if size == every().value_size else f' style="font-size: {size:g}pt"'
    return f"<td{spans}{smaller}>{_text(shown)}{raised}</td>"


# ---------------------------------------------------------------- look


def _css() -> str:
    page, look = wording_of(PACKAGE, "page"), every()
    before, after = look.number
    measure = page["width"] - page["left"] - page["right"]
    template = Template(text_beside(PACKAGE, "page.css"))
    fixed = template.substitute(
        page,
        measure=measure,
        padding_left=page["left"] - _SIDE,
        padding_right=page["right"] - _SIDE,
        side=_SIDE,
        before=before,
        after=after,
        shade=look.shade,
        value_size=look.value_size,
    )
    looks: dict[str, dict[str, Any]] = wording_of(PACKAGE, "styles")
    styles = [
        f"{_TAGS.get(key, 'p')}.{key} {{ {'; '.join(_look(look))} }}"
        for key, look in looks.items()
        if key not in ("cell", "page")
    ]
    runs = [f".font-{key} {{ {_family(key)} }}" for key in ("second",)]
    cells = f"table {{ {'; '.join(_letters(looks['cell'] | {'size': look.size}))} }}"
    return "\n".join([fixed, *styles, *runs, cells])


def _letters(look: dict[str, Any]) -> Iterable[str]:
    yield _family(look["font"])
    yield f"font-size: {look['size']}pt"


def _family(font: str) -> str:
    families = ", ".join(f'"{name}"' for name in (*fonts()["latin"], *fonts()[font]))
    return f"font-family: {families}, serif"


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
