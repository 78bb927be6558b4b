"""Causes as findings. The words are in ``rules/entries/causes.toml``.

A message is short: what does not agree, whether it is decided, what to fill or where to look first.
The ways to mend what is not decided are in ``alternatives`` and not said again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..rules import LEVELS, Alternative, Finding, Level, Suspect
from .alternatives import Family, families
from .causes import Cause
from .rank import Hypothesis, Ranker
from .system import Change
from .totals import complete, totals_names

#: Slips in two rows: what they say needs no place.
_ELSEWHERE = ("one_case_closed", "one_case_unlogged", "one_case_open")
#: Changes written out in one message; the suspects hold them all.
_CHANGES = 12


class Speaker:
    """Says the causes of one report."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker
        self.catalogue = ranker.context.catalogue
        self.phrases: dict[str, str] = self.catalogue["wrong-cell"].parameters["phrases"]

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
        made = self._made(cause, folded, grouped, moved)
        cells = dict.fromkeys(c for e in cause.hypotheses for c in e.cells)
        return made.but(
            level=_level(made, folded),
            cells=tuple(self.ranker.form.cells[c].id for c in cells),
            suspects=self.suspects(cause.hypotheses, cause.certain),
            folded=tuple(folded),
            decided=alone or made.rule == "totals-left",
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
            table=table.section.title,
            count=len(folded),
            changes=self._changes(guess) if guess else "",
            message="guess" if guess else None,
        )
        return made.but(
            level=_level(made, folded),
            suspects=self.suspects([guess], certain=False) if guess else (),
            folded=tuple(folded),
            decided=False,
        )

    def suspects(self, hypotheses: Sequence[Hypothesis], certain: bool) -> tuple[Suspect, ...]:
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
            for (place, error), reason in zip(hypothesis.changes, self._each(hypothesis), strict=True)
        )

    def _made(
        self, cause: Cause, folded: Sequence[Finding], grouped: Sequence[Family], moved: dict[str, Any] | None
    ) -> Finding:
        best = cause.best
        alone = len(cause.hypotheses) == 1
        unsure = None if cause.certain else "unsure"
        if best.pattern == "total_line" and best.line:
            return self.catalogue["totals-left"].finding(
                best.line.id,
                line=self._line(best, "total"),
                others=len(cause.hypotheses) - 1,
                message=None if alone else "unsure",
                **totals_names(self.ranker, best, self.phrases),
            )
        if alone and len(best.changes) == 1:
            return self._cell(best, len(folded), unsure)
        if alone and best.line:
            swapped = best.pattern == "swapped_cells"
            names: dict[str, Any] = {
                "line": self._line(best),
                "changes": self._changes(best),
                "how": self._how(best),
            }
            return self.catalogue["wrong-line"].finding(
                best.line.id,
                count=len(best.changes),
                message=(unsure and "swapped_unsure") or "swapped" if swapped else unsure,
                **names,
            )
        if moved:
            line = self.ranker.lines.of_cell[best.cells[0]][moved.pop("pick")]
            names = self._undecided(cause, grouped)
            if best.pattern != "swapped_cells":
                across = self.phrases[line.axis].format(line=line.line.key) if line.axis != "block" else ""
                names["check"] = self.phrases["check_moved"].format(line=across, reason=self._reason(best))
            return self.catalogue["moved-value"].finding(amount=abs(best.changes[0][1]), **moved, **names)
        return self._open(cause, folded, grouped)

    def _cell(self, best: Hypothesis, count: int, message: str | None) -> Finding:
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

    def _two_lines(self, cause: Cause) -> dict[str, Any] | None:
        """Two cells with equal and opposite errors: the two rows (or columns) are known, the cell is not."""
        lines = self.ranker.lines
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
                "first": self.phrases[phrase].format(line=first.key),
                "second": self.phrases[phrase].format(line=second.key),
                "pick": 1 - pick,
                "which": self.phrases[f"which_{which}"],
            }
        return None

    def _open(self, cause: Cause, folded: Sequence[Finding], grouped: Sequence[Family]) -> Finding:
        facts = "".join(f.message for f in folded[:2])
        if len(folded) > 2:
            facts += self.phrases["facts"].format(count=len(folded) - 2)
        place = folded[0].place if folded else self.ranker.form.cells[cause.best.cells[0]].id
        made = self.catalogue["wrong-cells"].finding(place, facts=facts, **self._undecided(cause, grouped))
        if len(folded) == 1:
            return made.but(left=folded[0].left, right=folded[0].right)
        return made

    def _undecided(self, cause: Cause, grouped: Sequence[Family]) -> dict[str, Any]:
        """How many ways there are, what last year says of them, what to check first."""
        ways = self.phrases["ways" if cause.complete else "ways_open"].format(count=len(cause.hypotheses))
        return {"ways": ways, "prior": self._prior(cause, grouped), "check": self._check(cause)}

    def _prior(self, cause: Cause, grouped: Sequence[Family]) -> str:
        """Which alternatives agree with last year's 四, where that tells them apart."""
        over = self.ranker.form.tables["table3"].carry_over
        if cause.best.agrees is None or over is None:
            return ""
        columns = {self.ranker.lines.column(c) for e in cause.hypotheses for c in e.cells}
        places = [c for c in self.ranker.carried if self.ranker.lines.column(c) in columns]
        place = next((c for c in places if self.ranker.lines.column(c).total), places[0])
        agreeing = (n for n, f in enumerate(grouped, 1) if cause.hypotheses[f.members[0]].agrees)
        return self.phrases["agrees"].format(
            line=self._last_years_row(over.last_year),
            column=self.ranker.form.cells[place].column.label,
            number=self.ranker.carried[place],
            numbers="、".join(map(str, agreeing)),
        )

    def _last_years_row(self, row: str) -> str:
        return next(r.key for r in self.ranker.form.tables["table3"].rows() if r.id == row)

    def _check(self, cause: Cause) -> str:
        """Where to look first: a cell of the best hypothesis, then what another kind of slip would be."""
        form, over = self.ranker.form, self.ranker.form.tables["table3"].carry_over
        best = cause.best
        place, error = min(best.changes, key=lambda ch: (form.cells[ch[0]].is_total, best.changes.index(ch)))
        cell = form.cells[place]
        names = {"cell": self.phrases["cell"].format(row=cell.row.key, column=cell.column.label)}
        if over and cell.row.id == over.this_year and cell.table == "table3" and not self.ranker.carried:
            names |= {"line": self._last_years_row(over.last_year), "column": cell.column.label}
            number = cell.kind.show(self.ranker.values[place] - error)
            said = self.phrases["check_prior"].format(number=number, **names)
        else:
            reason = self._reason(best)
            reason = self.phrases["and"].format(reason=reason) if reason else ""
            said = self.phrases["check"].format(value=self._value(place), reason=reason, **names)
        others = (e for e in cause.hypotheses if e.pattern != best.pattern)
        other = next((e for e in others if e.pattern in _ELSEWHERE), None)
        what = self._slip(other) if other else ""
        return said + (self.phrases["then"].format(what=what) if what else "")

    def _alternative(self, cause: Cause, family: Family) -> Alternative:
        groups = tuple(n + 1 for n in family.members)
        if family.rest:
            return Alternative(groups, self.phrases["rest"].format(count=len(groups)))
        reason = self._reason(cause.hypotheses[family.members[0]])
        if len(groups) > 1:
            reason = self.phrases["family"].format(
                reason=reason or self.phrases["no_reason"], count=len(groups)
            )
        return Alternative(groups, reason)

    def _changes(self, hypothesis: Hypothesis) -> str:
        form = self.ranker.form
        shown = [
            self.phrases["change"].format(
                row=form.cells[place].row.key,
                column=form.cells[place].column.label,
                value=self._value(place),
                suggested=form.cells[place].kind.show(self.ranker.values[place] - error),
            )
            for place, error in hypothesis.changes[:_CHANGES]
        ]
        more = len(hypothesis.changes) > _CHANGES
        return "、".join(shown) + (self.phrases["more"].format(count=len(hypothesis.changes)) if more else "")

    def _how(self, hypothesis: Hypothesis) -> str:
        reason = self._reason(hypothesis) or self.phrases["no_reason"]
        return self.phrases["how"].format(reasons=reason)

    def _reason(self, hypothesis: Hypothesis) -> str:
        """What accounts for the hypothesis: its pattern where it has one with words, else each reason."""
        slip = self._slip(hypothesis)
        if slip:
            return self.phrases["suspected"].format(what=slip)
        texts = (self.ranker.weights[reason]["text"] for reason in hypothesis.reasons)
        return "，".join(dict.fromkeys(filter(None, texts)))

    def _each(self, hypothesis: Hypothesis) -> list[str]:
        """The reason beside each change; "" only where another change of the hypothesis has one."""
        if self._slip(hypothesis) or not self._reason(hypothesis):
            whole = self._reason(hypothesis) or self.phrases["no_reason"]
            return [whole] * len(hypothesis.changes)
        return [self.ranker.weights[reason]["text"] for reason in hypothesis.reasons]

    def _slip(self, hypothesis: Hypothesis) -> str:
        """The one slip that accounts for all the changes, in words, or ""."""
        entry = self.ranker.patterns[hypothesis.pattern] if hypothesis.pattern else None
        if not isinstance(entry, dict):
            return ""
        lines = self.ranker.lines
        telling = [ch for ch in hypothesis.changes if not lines.row(ch[0]).total] or hypothesis.changes
        less = min(hypothesis.changes, key=lambda ch: ch[1])[0]
        more = max(hypothesis.changes, key=lambda ch: ch[1])[0]
        across = lines.column(less) is lines.column(more)
        to, source = (
            self.phrases["row" if across else "column"].format(line=lines.of_cell[c][not across].line.key)
            for c in (less, more)
        )
        text: str = entry["more" if telling[0][1] > 0 else "less"]
        return text.format(amount=abs(telling[0][1]), to=to, source=source)

    def _line(self, hypothesis: Hypothesis, phrase: str = "line") -> str:
        line = hypothesis.line
        assert line is not None
        cell = self.ranker.form.cells[hypothesis.cells[0]]
        return self.phrases[f"{phrase}_{line.axis}"].format(line=line.line.key, row=cell.row.key)

    def _value(self, place: int) -> str:
        cell = self.ranker.form.cells[place]
        return cell.kind.show(self.ranker.report.value(cell.id)) or self.phrases["blank"]


def _level(made: Finding, folded: Sequence[Finding]) -> Level:
    """The level of what the cause breaks, where a city has made that milder than the cause's own."""
    worst = max((f.level for f in folded), key=LEVELS.index, default=made.level)
    return min(made.level, worst, key=LEVELS.index)
