"""Which single figure to look up first: the one whose answer tells most causes apart.

Model-based diagnosis of spreadsheets asks the person about one cell where several causes fit (Jannach,
Schmitz, Shchekotykhin, Exquisite, 2019); the cell is the one that splits them best, here with every cause of
a finding counted alike. An answer is a number that was looked up; the causes that contradict it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..form import Form, Value
from ..report import Report
from ..rules import Answer, Catalogue, Finding, Question, Suspect

#: Cell id -> the number it has to hold.
Ways = Mapping[int, Mapping[str, Value]]


def with_questions(report: Report, findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    """The findings, and to each that is not certain the question that parts its causes best."""
    return [f.but(question=_question(report, f, catalogue)) for f in findings]


def _question(report: Report, finding: Finding, catalogue: Catalogue) -> Question | None:
    if catalogue[finding.rule].about == "prose":
        return _text_or_table(report, finding)
    if all(s.certain for s in finding.suspects) or catalogue[finding.rule].about == "cell-state":
        return None
    ways = _ways(finding.suspects)
    cells = [c for c in _cells(report.form, finding.suspects) if c not in report.confirmed]
    best = min(cells, key=lambda cell: _rank(report, cell, ways), default=None)
    if best is None:
        return None
    answers = _answers(report, best, ways)
    if len(answers) == 1:  # the one way that is left is likely and not sure: the cell may be right after all
        answers = (Answer(report.value(best)), *answers)
    return Question(best, answers)


def _text_or_table(report: Report, finding: Finding) -> Question | None:
    """A number in the text and another in a cell that it is about: one of them is right.

    Nothing is asked of a sum of cells, which nobody looks up.
    """
    cell = finding.cells[0] if finding.cells else ""
    if not cell or finding.right is None or cell in report.confirmed or report.value(cell) != finding.left:
        return None
    return Question(cell, (Answer(report.value(cell)), Answer(finding.right)))


def _ways(suspects: Sequence[Suspect]) -> dict[int, dict[str, Value]]:
    ways: dict[int, dict[str, Value]] = {}
    for suspect in suspects:
        ways.setdefault(suspect.group, {})[suspect.cell] = suspect.suggested
    return ways


def _cells(form: Form, suspects: Sequence[Suspect]) -> list[str]:
    """The cells that any way changes, in the order of the form."""
    return sorted({s.cell for s in suspects}, key=form.index.__getitem__)


def _parts(report: Report, cell: str, ways: Ways) -> dict[Value, list[int]]:
    """What the cell may hold -> the ways of which that is true; a way that leaves it alone: as typed."""
    parts: dict[Value, list[int]] = {}
    for number, changes in ways.items():
        parts.setdefault(changes.get(cell, report.value(cell)), []).append(number)
    return parts


def _rank(report: Report, cell: str, ways: Ways) -> tuple[int, int, bool]:
    """Σ n² over its answers, which is what is left on the average; then a cell of the likeliest way; then a
    single figure before a sum of others, since it is looked up and not reckoned."""
    left = sum(len(part) ** 2 for part in _parts(report, cell, ways).values())
    likeliest = min(number for number, changes in ways.items() if cell in changes)
    return left, likeliest, report.form.by_id[cell].is_total


def _answers(report: Report, cell: str, ways: Ways) -> tuple[Answer, ...]:
    """The number as typed first, then the others in the order of their best ways."""
    parts = _parts(report, cell, ways)
    typed = report.value(cell)
    ordered = sorted(parts, key=lambda value: (value != typed, parts[value][0]))
    return tuple(Answer(value, tuple(parts[value])) for value in ordered)
