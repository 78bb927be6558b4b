"""Small pieces of HTML, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from ...text import visible
from ...wording import wording_of

PACKAGE = "gouji.city.pages"


def words() -> dict[str, Any]:
    return wording_of(PACKAGE, "page")


def text(content: str) -> str:
    """A text as it stands in an element or in a quoted attribute, all of it seen."""
    return escape(visible(content), quote=True)


def link(target: str | None, content: str) -> str:
    """A text that leads somewhere, only the text where it does not."""
    return f'<a href="{text(target)}">{text(content)}</a>' if target else text(content)


def cell(content: str, kind: str = "") -> str:
    """``content``: markup. ``kind``: its class, ``n`` for a number."""
    return f'<td class="{kind}">{content}</td>' if kind else f"<td>{content}</td>"


def table(heads: Sequence[str], rows: Iterable[str], identity: str = "") -> str:
    """``rows``: the markup of each row's cells; one that begins with ``<tr`` stands as it is."""
    top = "".join(f"<th>{text(head)}</th>" for head in heads)
    body = "\n".join(row if row.startswith("<tr") else f"<tr>{row}</tr>" for row in rows)
    named = f' id="{identity}"' if identity else ""
    start = f'<div class="scroll"><table{named}><thead><tr>{top}</tr></thead>'
    return f"{start}<tbody>\n{body}\n</tbody></table></div>"


def share(part: int, total: int) -> str:
    """A share in percent with one place, in whole numbers; "" of 0."""
    if not total:
        return ""
    tenths = (2000 * part + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10}%"


def signed(number: int) -> str:
    """A difference with its sign; 0 has none."""
    return f"{number:+,}" if number else "0"
