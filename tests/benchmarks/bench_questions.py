"""How many figures must be looked up until a cause is certain, each question answered with the truth.

    python tests/benchmarks/bench_questions.py [DRAWS]

Drawn on the real tables of tests/data: one case too many in a result, or in any row, together with the row's
total; two cells of table 三 mistyped. *n answers*: so many were needed; *open*: not certain after four, or
nothing left to ask; *wrong*: a right cell is called wrong for certain. *ratio*: median CPU of an audit to the
same without the question.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from bench_locate import clean_reports

from gouji.audit import audit
from gouji.locate.question import with_questions
from gouji.report import Report
from gouji.rules import catalogue

_MOST = 4


def case_in_a_result(report: Report, random_: random.Random) -> Report:
    rows = report.form.tables["table3"].grid.rows
    return _one_case(report, {part for row in rows if row.is_total for part in row.total_of}, random_)


def case_in_any_row(report: Report, random_: random.Random) -> Report:
    return _one_case(report, {row.id for row in report.form.tables["table3"].grid.rows}, random_)


def two_slips(report: Report, random_: random.Random) -> Report:
    cells = random_.sample([c.id for c in report.form.tables["table3"].cells], 2)
    return report.with_values({c: report.number(c) + random_.choice((1, 9, 10)) for c in cells})


def _one_case(report: Report, rows: set[str], random_: random.Random) -> Report:
    grid = report.form.tables["table3"].grid
    row = random_.choice(sorted(rows))
    column = random_.choice([c.id for c in grid.columns if not c.is_total])
    cells = (grid.cell(row, column).id, grid.cell(row, "total").id)
    return report.with_values({c: report.number(c) + 1 for c in cells})


KINDS: dict[str, Callable[[Report, random.Random], Report]] = {
    "one case too many in a result": case_in_a_result,
    "one case too many in any row": case_in_any_row,
    "two cells mistyped": two_slips,
}


def answers_needed(truth: Report, typed: Report) -> tuple[int | None, bool]:
    """(answers, or None where it stays open; whether a right cell is named as wrong for certain)."""
    report = typed
    for count in range(_MOST + 1):
        findings = [f for f in audit(report) if f.level == "error"]
        suspects = [s for f in findings for s in f.suspects]
        if any(s.certain and truth.value(s.cell) != s.suggested for s in suspects):
            return None, True
        question = next((f.question for f in findings if f.question), None)
        if question is None:
            return (count if suspects and all(s.certain for s in suspects) else None), False
        report = replace(report, confirmed={**report.confirmed, question.cell: truth.value(question.cell)})
    return None, False


def ratio(report: Report) -> float:
    start = time.process_time()
    findings = audit(report)
    whole = time.process_time() - start
    start = time.process_time()
    with_questions(report, findings, catalogue())
    return whole / max(whole - (time.process_time() - start), 1e-9)


def main(draws: int) -> None:
    random_, reports = random.Random(7), clean_reports()
    for name, draw in KINDS.items():
        needed: Counter[int | None] = Counter()
        wrong, ratios = 0, []
        for _ in range(draws):
            truth = random_.choice(reports)
            typed = draw(truth, random_)
            count, falsely = answers_needed(truth, typed)
            needed[count] += 1
            wrong += falsely
            ratios.append(ratio(typed))
        shown = "  ".join(f"{n}: {needed[n]}" for n in range(_MOST + 1))
        print(f"{name}, {draws} drawn; answers {shown}  open: {needed[None] - wrong}  wrong: {wrong}", end="")
        print(f"  ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
