"""The HTML page says what the Word document says, cell for cell, and needs nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from gouji.document.contents import Frame, shown_value
from gouji.document.page import page_bytes
from gouji.document.word import document_bytes
from gouji.form import TABLE_KEYS, editions
from gouji.form.grid import printed_grid
from support.documents import SPAM, numbered, text_of
from support.documents import opened as word


class Tables(HTMLParser):
    """The tables of a page: rows of (text, height, width)."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.text, self.spans = "", (1, 1)
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            given = dict(attrs)
            self.text, self.spans = "", (int(given.get("rowspan") or 1), int(given.get("colspan") or 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.tables[-1][-1].append((self.text, *self.spans))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("edition", editions())
def test_every_box_of_the_form_stands_in_its_row(edition: str) -> None:
    report = numbered(edition)
    tables = Tables(page_bytes(report)).tables
    for key, rows in zip(TABLE_KEYS, tables, strict=True):
        boxes = sorted(printed_grid(report.form.tables[key]).boxes, key=lambda b: (b.row, b.column))
        said = [cell for row in rows for cell in row]
        wanted = []
        for box in boxes:
            text = box.text
            if box.cell:
                text = shown_value(report, report.form.by_id[box.cell]) + report.marks.get(box.cell, "")
            wanted.append((text, box.height, box.width))
        assert said == wanted


def test_it_says_what_the_word_document_says() -> None:
    report = numbered("2021")
    report.texts = {
        "引言": SPAM,
        "一": "概况 < 1。\n（一）主动公开\n（二）申请。第二段。",
        "五": "",
        "六": "未收取。",
    }
    page = page_bytes(report, frame=Frame(hints=["尚缺一个单位"])).decode()
    paragraphs = re.findall(r"<(?:p|h[123]) class[^>]*>(.*?)</(?:p|h[123])>", page)
    plain = [re.sub("<[^>]*>", "", p).replace("&lt;", "<") for p in paragraphs]
    document = word(report, hints=["尚缺一个单位"])
    assert [p for p in plain if p] == [p.text for p in document.paragraphs if p.text]
    assert document_bytes(report) == document_bytes(report)
    assert page_bytes(report) == page_bytes(report)
    assert text_of(document.tables[0].rows[0].cells[0]) in page


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs() -> None:
    report = numbered("2019")
    report.texts = {"一": '<script>alert(1)</script><img src="http://x/y">'}
    page = page_bytes(report).decode()
    assert "<script" not in page and "<img" not in page and "url(" not in page and "@import" not in page
    assert "http" not in page.replace("http://x/y", "")
