"""Which single figure to look up first: the one whose answer tells most causes apart.

Model-based diagnosis of spreadsheets asks the person about one cell where several causes fit (Jannach,
Schmitz, Shchekotykhin, Exquisite, 2019); the cell is the one that splits them best, here with every cause of
a finding counted alike. An answer is a number that was looked up; the causes that contradict it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..form import Form, Value
from ..form.addresses import address_of
from ..report import Report
from ..rules import Answer, Catalogue, Finding, Question, Suspect
from ..wording import wording_of

#: Number of a way -> cell id -> what the cell then has to hold.
Ways = Mapping[int, Mapping[str, Value]]
#: Cells of one way that an answer names.
_NAMED = 12
#: Of a tie, no figure is asked for that leaves more than two thirds of the ways on the average: it would be
#: one cell of many, first for its place alone.
_TIE = (2, 3)


def with_questions(report: Report, findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    """The findings; what is not certain asks for the figure that parts its causes, and says what to do."""
    return [_asking(report, finding, catalogue) for finding in findings]


def _asking(report: Report, finding: Finding, catalogue: Catalogue) -> Finding:
    question = _question(report, finding, catalogue)
    if question is None:
        return finding
    return finding.but(question=question, remedy=_said(report, finding, question) + finding.remedy)


def _question(report: Report, finding: Finding, catalogue: Catalogue) -> Question | None:
    if catalogue[finding.rule].about == "prose":
        return _text_or_table(report, finding)
    if all(s.certain for s in finding.suspects) or catalogue[finding.rule].about == "cell-state":
        return None
    suspects = _likely(finding)
    ways = _ways(suspects)
    cells = [c for c in _cells(report.form, suspects) if c not in report.confirmed]
    best = min(cells, key=lambda cell: _rank(report, cell, ways), default=None)
    if best is None or (finding.tied and _TIE[1] * _rank(report, best, ways)[0] > _TIE[0] * len(ways) ** 2):
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


def _likely(finding: Finding) -> Sequence[Suspect]:
    """Without the ways that last year's report contradicts, where it agrees with another."""
    contrary = {group for way in finding.alternatives if way.contrary for group in way.groups}
    return [s for s in finding.suspects if s.group not in contrary] or finding.suspects


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


# ---------------------------------------------------------------- in words


def _said(report: Report, finding: Finding, asked: Question) -> str:
    """The question and what each answer would mean."""
    w, cell = wording_of("gouji.rules", "question"), report.form.by_id[asked.cell]
    answers = [_answer(report, finding, asked.cell, answer) for answer in asked.answers]
    numbers = [cell.kind.show(answer.value) or w["blank"] for answer in asked.answers]
    return str(
        w["ask"].format(
            sheet=report.form.tables[cell.table].section.number,
            address=address_of(report.form, asked.cell),
            row=cell.row.short,
            column=cell.column.short,
            numbers=w["or"].join(numbers),
            answers=w["between"].join(answers) + w["end"],
        )
    )


def _answer(report: Report, finding: Finding, cell_id: str, answer: Answer) -> str:
    w, cell = wording_of("gouji.rules", "question"), report.form.by_id[cell_id]
    value = cell.kind.show(answer.value) or w["blank"]
    if len(answer.groups) > 1:
        return str(w["left"].format(value=value, count=len(answer.groups)))
    if not answer.groups:
        of_text = "text" if answer.value == report.value(cell_id) else "table"
        return str(w["elsewhere" if finding.suspects else of_text].format(value=value))
    changes = [s for s in finding.suspects if s.group == answer.groups[0]][:_NAMED]
    cells = "、".join(_due(report.form, s) for s in changes)
    return str(w["change"].format(value=value, changes=w["changes"].format(cells=cells)))


def _due(form: Form, suspect: Suspect) -> str:
    """``D8 为 143``"""
    w, show = wording_of("gouji.rules", "question"), form.by_id[suspect.cell].kind.show
    value = show(suspect.suggested) or w["blank"]
    return str(w["one"].format(address=address_of(form, suspect.cell), value=value))
