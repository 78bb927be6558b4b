"""Causes as findings. The words are in ``rules/entries/causes.toml``.

A message is short: what does not agree, whether it is certain, what to fill or where to look first. The ways
to mend what is not decided are in ``alternatives`` and not said again. Whether a cause is certain is decided
in ``causes.py``; flag, ``decided`` and sentence all follow that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..rules import LEVELS, Alternative, Finding, Level, Suspect
from . import undecided
from .alternatives import Family, families
from .causes import Cause
from .phrases import CHANGES, Words
from .rank import Hypothesis, Ranker
from .system import Change
from .totals import INLINE, complete, totals_names


class Speaker:
    """Says the causes of one report."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker
        self.catalogue = ranker.context.catalogue
        self.words = Words(ranker)

    def finding(self, cause: Cause, folded: Sequence[Finding]) -> Finding:
        """One cause with its suspects; ``folded``: the findings that it explains."""
        if cause.best.pattern == "total_line":
            completed = complete(self.ranker, cause.best)
            cause = replace(cause, hypotheses=(completed, *cause.hypotheses[1:]))
        moved = self._two_lines(cause)
        if moved:
            told = (e if e.pattern else replace(e, pattern="moved_cell") for e in cause.hypotheses)
            cause = replace(cause, hypotheses=tuple(told))
        alone = len(cause.hypotheses) == 1
        grouped = [] if alone else families(self.ranker, cause.hypotheses)
        made = self._made(cause, folded, moved)
        cells = dict.fromkeys(c for e in cause.hypotheses for c in e.cells)
        return made.but(
            level=_level(made, folded),
            cells=tuple(self.ranker.form.cells[c].id for c in cells),
            suspects=self.suspects(cause.hypotheses, cause.certain),
            folded=tuple(folded),
            decided=cause.certain,
            tied=len(undecided.tied(self.words, cause)) > 1,
            listed=_listed(cause.best),
            alternatives=tuple(self._alternative(cause, family) for family in grouped),
        )

    def many(self, folded: Sequence[Finding], guesses: Sequence[Change]) -> Finding:
        """More wrong cells in one table than the search tells apart: where to look first."""
        form = self.ranker.form
        table = form.tables[form.equation[folded[0].place].table]
        guess = self.ranker.judge(guesses) if guesses else None
        made = self.catalogue["wrong-many"].finding(
            table.id,
            tuple(form.cells[c].id for c, _ in sorted(guesses)),
            table=table.section.number,
            count=len(folded),
            changes=self.words.changes(guess) if guess else "",
            message="guess" if guess else None,
        )
        return made.but(
            level=_level(made, folded),
            suspects=self.suspects([guess], certain=False) if guess else (),
            folded=tuple(folded),
            decided=False,
            open=True,
            listed=guess is not None and _listed(guess),
        )

    def suspects(self, hypotheses: Sequence[Hypothesis], certain: bool) -> tuple[Suspect, ...]:
        """A suspect for each cell of each hypothesis; those of one have its number as ``group``."""
        report, form = self.ranker.report, self.ranker.form
        return tuple(
            Suspect(
                cell=form.cells[place].id,
                value=report.value(form.cells[place].id),
                suggested=self.ranker.values[place] - error,
                reason=reason,
                certain=certain,
                group=number,
            )
            for number, hypothesis in enumerate(hypotheses, 1)
            for (place, error), reason in zip(hypothesis.changes, self.words.each(hypothesis), strict=True)
        )

    def _made(self, cause: Cause, folded: Sequence[Finding], moved: dict[str, Any] | None) -> Finding:
        best = cause.best
        if best.pattern == "total_line" and best.line:
            return self._total_line(cause, best)
        single = len(cause.hypotheses) == 1 or undecided.chosen(cause) is best
        if single and len(best.changes) == 1:
            return self._cell(cause, best, len(folded))
        if single and best.line:
            return self._line(cause, best)
        if moved:
            line = self.ranker.lines.of_cell[best.cells[0]][moved.pop("pick")]
            across = self.words.say(line.axis, line=line.line.short) if line.axis != "block" else ""
            told = undecided.names(self.words, cause, "" if best.pattern == "swapped_cells" else across)
            return (
                self.catalogue["moved-value"]
                .finding(amount=abs(best.changes[0][1]), **moved, **told)
                .but(open=True)
            )
        return self._open(cause, folded)

    def _total_line(self, cause: Cause, best: Hypothesis) -> Finding:
        assert best.line is not None
        others = len(cause.hypotheses) - 1
        but = self.words.say("but_others", count=others) if others else self._doubt(cause)
        row = self.words.at(best.cells[0]).row.short
        return self.catalogue["totals-left"].finding(
            best.line.id,
            line=self.words.say(f"total_{best.line.axis}", line=best.line.line.short, row=row),
            but=self.words.say("after", but=but) if but else "",
            message=None if cause.certain else "unsure",
            remedy=None if cause.certain else "unsure",
            **totals_names(self.ranker, best, self.words.phrases),
        )

    def _unsure(self, cause: Cause) -> str | None:
        """Which words the catalogue has for a cause: plain ones only for what is certain."""
        if cause.certain:
            return None
        return "doubted" if cause.doubt else "chosen" if len(cause.hypotheses) > 1 else "unsure"

    def _doubt(self, cause: Cause) -> str:
        return self.words.say("but", doubt=self.words.doubt(cause.doubt)) if cause.doubt else ""

    def _also(self, cause: Cause) -> str:
        """That last year's report chose this way among others."""
        known = undecided.prior_names(self.words, cause)
        return self.words.say("chosen", **known) if known else ""

    def _cell(self, cause: Cause, best: Hypothesis, count: int) -> Finding:
        ((place, error),) = best.changes
        cell, unsure = self.words.at(place), self._unsure(cause)
        return self.catalogue["wrong-cell"].finding(
            cell.id,
            left=self.ranker.values[place],
            right=self.ranker.values[place] - error,
            row=cell.row.short,
            column=cell.column.short,
            value=self.words.value(place),
            suggested=self.words.right((place, error)),
            how=self.words.how(best),
            also=self._also(cause),
            but=self._doubt(cause),
            count=count,
            message=unsure,
            remedy=unsure and "unsure",
        )

    def _line(self, cause: Cause, best: Hypothesis) -> Finding:
        assert best.line is not None
        unsure = self._unsure(cause)
        swapped = best.pattern == "swapped_cells" and unsure in (None, "unsure")
        return self.catalogue["wrong-line"].finding(
            best.line.id,
            line=self.words.line(best.line, best.cells[0]),
            changes=self.words.changes(best),
            how=self.words.how(best),
            also=self._also(cause),
            but=self._doubt(cause),
            count=len(best.changes),
            message=f"swapped_{unsure}" if swapped and unsure else "swapped" if swapped else unsure,
            remedy=unsure and "unsure",
        )

    def _two_lines(self, cause: Cause) -> dict[str, Any] | None:
        """Two cells with equal and opposite errors: the two rows (or columns) are known, the cell is not."""
        lines, words = self.ranker.lines, self.words
        errors = {tuple(sorted(error for _, error in e.changes)) for e in cause.hypotheses}
        if len(cause.hypotheses) < 2 or len(errors) != 1 or [*map(sum, errors)] != [0]:
            return None
        if len(next(iter(errors))) != 2:
            return None
        for pick, phrase, which in ((0, "row", "column"), (1, "column", "row")):
            both = {frozenset(lines.of_cell[c][pick].id for c in e.cells) for e in cause.hypotheses}
            if len(both) != 1 or len(next(iter(both))) != 2:
                continue
            first, second = (lines.of_cell[c][pick].line for c in cause.best.cells)
            across = ({lines.of_cell[c][1 - pick] for c in e.cells} for e in cause.hypotheses)
            if any(len(line) > 1 for line in across):
                return None
            return {
                "place": "~".join(lines.of_cell[c][pick].id for c in cause.best.cells),
                "first": words.say(phrase, line=first.short),
                "second": words.say(phrase, line=second.short),
                "pick": 1 - pick,
                "which": words.say(f"which_{which}"),
            }
        return None

    def _open(self, cause: Cause, folded: Sequence[Finding]) -> Finding:
        place = folded[0].place if folded else self.ranker.form.cells[cause.best.cells[0]].id
        rule = self.catalogue["wrong-cells"]
        if row_tie := undecided.one_of_many(self.words, cause):
            made = rule.finding(place, message="tied", remedy="tied", **row_tie)
        else:
            facts = folded[0].message if folded else ""
            made = rule.finding(place, facts=facts, **undecided.names(self.words, cause))
        if len(folded) == 1:
            made = made.but(left=folded[0].left, right=folded[0].right)
        return made.but(open=True)

    def _alternative(self, cause: Cause, family: Family) -> Alternative:
        words, groups = self.words, tuple(n + 1 for n in family.members)
        first = cause.hypotheses[family.members[0]]
        contrary = first.agrees is False and bool(cause.best.agrees)
        if family.rest:
            phrase = "rest_contrary" if first.agrees is False else "rest"
            return Alternative(groups, words.say(phrase, count=len(groups)), contrary)
        reason = words.reason(first)
        if len(groups) > 1:
            reason = words.say("family", reason=reason or words.phrases["no_reason"], count=len(groups))
        if contrary:
            reason = words.say("contrary", reason=reason or words.phrases["no_reason"])
        return Alternative(groups, reason, contrary)


def _listed(said: Hypothesis) -> bool:
    """Whether the message has too many changes to say them all."""
    return len(said.changes) > (INLINE if said.pattern == "total_line" else CHANGES)


def _level(made: Finding, folded: Sequence[Finding]) -> Level:
    """The level of what the cause breaks, where a city has made that milder than the cause's own."""
    worst = max((f.level for f in folded), key=LEVELS.index, default=made.level)
    return min(made.level, worst, key=LEVELS.index)
