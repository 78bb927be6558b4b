"""A report as a file of each kind; what writes it is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from .report import Report, dumps, to_json
from .rules import Catalogue
from .text import seen_json


def _xlsx(report: Report, prior: Report | None, rules: Catalogue) -> bytes:
    from .workbook.writer import write_workbook

    return write_workbook(report, prior=prior, rules=rules)


def _json(report: Report, prior: Report | None, rules: Catalogue) -> bytes:
    del prior, rules
    return seen_json(dumps(to_json(report))).encode()


def _docx(report: Report, prior: Report | None, rules: Catalogue) -> bytes:
    from .document.word import document_bytes

    del prior
    return document_bytes(report, rules=rules)


def _html(report: Report, prior: Report | None, rules: Catalogue) -> bytes:
    from .document.page import page_bytes

    del prior
    return page_bytes(report, rules=rules)


def _pdf(report: Report, prior: Report | None, rules: Catalogue) -> bytes:
    from .document.pdf import pdf_bytes

    del prior
    return pdf_bytes(report, rules=rules)


#: Ending -> the bytes of a report; a workbook also says last year's numbers.
WRITERS: dict[str, Callable[[Report, Report | None, Catalogue], bytes]] = {
    "xlsx": _xlsx,
    "json": _json,
    "docx": _docx,
    "html": _html,
    "pdf": _pdf,
}
#: Those that are printed or published: nothing stands in them that a program should have filled in.
DOCUMENTS = ("docx", "html", "pdf")
