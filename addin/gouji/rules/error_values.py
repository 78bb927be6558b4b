"""Error values of a spreadsheet (``#N/A``) where content belongs: on the cover, in a text, in a note.

A paste brings them past every validation. Such a cell holds nothing that could be reported; the reader keeps
it as :class:`Unplaced` under its address. In a cell of a table ``cell-number`` says it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report, Unplaced
from .catalogue import Catalogue, Rule
from .context import Context
from .deciders import decides
from .finding import Finding

RULE = "error-value"


def error_values(report: Report, rules: Catalogue) -> list[Unplaced]:
    """Those that stand in a sheet, beside the tables' cells."""
    words = rules[RULE].parameters["words"]
    return [u for u in report.unplaced if u.text in words and "!" in u.place]


@decides(RULE)
def _error_value(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a cell."""
    level = rule.no_graver_than("imported_level") if context.imported else rule.level
    for one in error_values(report, context.catalogue):
        yield rule.finding(one.place, level=level, where=one.place, value=one.text)
