"""The city's report as an office would publish it: what the tables and the units say is drafted, the rest is
left open in marked places, and what must be settled before it is published stands highlighted in it."""

from __future__ import annotations

from .draft import Unfinished, drafted, report_html, report_pdf, report_word, unfinished
from .unit import answered, drafted_unit

__all__ = [
    "Unfinished",
    "answered",
    "drafted",
    "drafted_unit",
    "report_html",
    "report_pdf",
    "report_word",
    "unfinished",
]
