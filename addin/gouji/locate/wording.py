"""Causes as findings. The words are in ``rules/entries/causes.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..rules import LEVELS, Finding, Level, Suspect
from .causes import Cause
from .rank import Explanation, Ranker
from .system import Change

#: Changes written out in one message, and explanations told apart in it; the suspects hold them all.
_CHANGES, _OPTIONS = 12, 6


class Speaker:
    """Says the causes of one report."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker
        self.catalogue = ranker.context.catalogue
        self.phrases: dict[str, str] = self.catalogue["wrong-cell"].parameters["phrases"]

    def finding(self, cause: Cause, folded: Sequence[Finding]) -> Finding:
        """One cause with its suspects; ``folded``: the findings that it explains."""
        made = self._made(cause, folded)
        cells = dict.fromkeys(c for e in cause.explanations for c in e.cells)
        return made.but(
            level=_level(made, folded),
            cells=tuple(self.ranker.form.cells[c].id for c in cells),
            suspects=self.suspects(cause.explanations, cause.certain),
            folded=tuple(folded),
        )

    def many(self, folded: Sequence[Finding], guesses: Sequence[Change]) -> Finding:
        """More wrong cells in one table than the search tells apart: where to look first."""
        form = self.ranker.form
        table = form.tables[form.equation[folded[0].place].table]
        guess = self.ranker.judge(guesses) if guesses else None
        made = self.catalogue["wrong-many"].finding(
            table.id,
            tuple(form.cells[c].id for c, _ in sorted(guesses)),
            table=table.section.title,
            count=len(folded),
            changes=self._changes(guess) if guess else "",
            message="guess" if guess else None,
        )
        return made.but(
            level=_level(made, folded),
            suspects=self.suspects([guess], certain=False) if guess else (),
            folded=tuple(folded),
        )

    def suspects(self, explanations: Sequence[Explanation], certain: bool) -> tuple[Suspect, ...]:
        report, form = self.ranker.report, self.ranker.form
        return tuple(
            Suspect(
                cell=form.cells[place].id,
                value=report.value(form.cells[place].id),
                suggested=self.ranker.values[place] - error,
                reason=self._texts(explanation, reason)[0],
                certain=certain,
                group=number,
            )
            for number, explanation in enumerate(explanations, 1)
            for (place, error), reason in zip(explanation.changes, explanation.reasons, strict=True)
        )

    def _made(self, cause: Cause, folded: Sequence[Finding]) -> Finding:
        best = cause.best
        alone = len(cause.explanations) == 1
        names: dict[str, Any] = {
            "changes": self._changes(best),
            "how": self._how(best),
            "count": len(best.changes),
        }
        unsure = None if cause.certain else "unsure"
        if best.pattern == "total_line" and best.line:
            others = self._options(cause, start=1)
            return self.catalogue["totals-left"].finding(
                best.line.id,
                line=self._line(best),
                others=others,
                message="unsure" if others else None,
                **names,
            )
        if alone and len(best.changes) == 1:
            return self._cell(best, len(folded), unsure)
        if alone and best.line:
            return self.catalogue["wrong-line"].finding(
                best.line.id, line=self._line(best), message=unsure, **names
            )
        return self._moved(cause) or self._open(cause, folded)

    def _cell(self, best: Explanation, count: int, message: str | None) -> Finding:
        ((place, error),) = best.changes
        cell = self.ranker.form.cells[place]
        return self.catalogue["wrong-cell"].finding(
            cell.id,
            left=self.ranker.values[place],
            right=self.ranker.values[place] - error,
            row=cell.row.key,
            column=cell.column.label,
            value=self._value(place),
            suggested=cell.kind.show(self.ranker.values[place] - error),
            how=self._how(best),
            count=count,
            message=message,
        )

    def _moved(self, cause: Cause) -> Finding | None:
        """Two cells with equal and opposite errors: the two rows (or columns) are known, the cell is not."""
        lines = self.ranker.lines
        errors = {tuple(sorted(error for _, error in e.changes)) for e in cause.explanations}
        if len(cause.explanations) < 2 or len(errors) != 1 or [*map(sum, errors)] != [0]:
            return None
        if len(next(iter(errors))) != 2:
            return None
        for pick, phrase, which in ((0, "row", "column"), (1, "column", "row")):
            both = {frozenset(lines.of_cell[c][pick].id for c in e.cells) for e in cause.explanations}
            if len(both) != 1 or len(next(iter(both))) != 2:
                continue
            first, second = (lines.of_cell[c][pick].line for c in cause.best.cells)
            across = ({lines.of_cell[c][1 - pick] for c in e.cells} for e in cause.explanations)
            if any(len(line) > 1 for line in across):
                return None
            place = "~".join(lines.of_cell[c][pick].id for c in cause.best.cells)
            return self.catalogue["moved-value"].finding(
                place,
                first=self.phrases[phrase].format(line=first.key),
                second=self.phrases[phrase].format(line=second.key),
                amount=abs(cause.best.changes[0][1]),
                which=self.phrases[f"which_{which}"],
                options=self._options(cause),
            )
        return None

    def _open(self, cause: Cause, folded: Sequence[Finding]) -> Finding:
        facts = "".join(f.message for f in folded[:2])
        if len(folded) > 2:
            facts += self.phrases["facts"].format(count=len(folded))
        place = folded[0].place if folded else self.ranker.form.cells[cause.best.cells[0]].id
        made = self.catalogue["wrong-cells"].finding(place, facts=facts, options=self._options(cause))
        if len(folded) == 1:
            return made.but(left=folded[0].left, right=folded[0].right)
        return made

    def _options(self, cause: Cause, start: int = 0) -> str:
        shown = cause.explanations[start : start + _OPTIONS]
        text = "；".join(
            self.phrases["option"].format(number=n, changes=self._changes(e), how=self._how(e))
            for n, e in enumerate(shown, 1)
        )
        if further := len(cause.explanations) - start - len(shown):
            text += self.phrases["further"].format(count=further)
        return text + ("" if cause.complete or not shown else self.phrases["open"])

    def _changes(self, explanation: Explanation) -> str:
        form = self.ranker.form
        shown = [
            self.phrases["change"].format(
                row=form.cells[place].row.key,
                column=form.cells[place].column.label,
                value=self._value(place),
                suggested=form.cells[place].kind.show(self.ranker.values[place] - error),
            )
            for place, error in explanation.changes[:_CHANGES]
        ]
        more = len(explanation.changes) > _CHANGES
        return "、".join(shown) + (
            self.phrases["more"].format(count=len(explanation.changes)) if more else ""
        )

    def _how(self, explanation: Explanation) -> str:
        texts = [t for t in dict.fromkeys(self._texts(explanation, *explanation.reasons)) if t]
        return self.phrases["how"].format(reasons="，".join(texts)) if texts else ""

    def _texts(self, explanation: Explanation, *reasons: str) -> list[str]:
        """What accounts for the explanation: its pattern where it has one with words, else each reason."""
        pattern = self.ranker.patterns[explanation.pattern] if explanation.pattern else None
        if isinstance(pattern, dict):
            return [pattern["text"].format(amount=abs(explanation.changes[0][1]))]
        return [self.ranker.weights[reason]["text"] for reason in reasons]

    def _line(self, explanation: Explanation) -> str:
        line = explanation.line
        assert line is not None
        cell = self.ranker.form.cells[explanation.cells[0]]
        return self.phrases[f"line_{line.axis}"].format(
            line=line.line.key, row=cell.row.key
        )

    def _value(self, place: int) -> str:
        cell = self.ranker.form.cells[place]
        return cell.kind.show(self.ranker.report.value(cell.id)) or self.phrases["blank"]


def _level(made: Finding, folded: Sequence[Finding]) -> Level:
    """The level of what the cause breaks, where a city has made that milder than the cause's own."""
    worst = max((f.level for f in folded), key=LEVELS.index, default=made.level)
    return min(made.level, worst, key=LEVELS.index)
