"""Cells, lines, changes and reasons in words: what every message of a cause is put together from."""

from __future__ import annotations

from collections.abc import Sequence

from ..form import Cell
from ..form.addresses import address_of
from .lines import GridLine
from .rank import Hypothesis, Ranker
from .system import Change
from .witness import Doubt

#: Changes written out in one message; more are listed below it, one a line.
CHANGES = 4


class Words:
    """The phrases of ``rules/entries/causes.toml`` over the cells of one report, with short labels."""

    def __init__(self, ranker: Ranker) -> None:
        self.ranker = ranker
        self.phrases: dict[str, str] = ranker.context.catalogue["wrong-cell"].parameters["phrases"]

    def say(self, phrase: str, **names: object) -> str:
        return self.phrases[phrase].format(**names)

    def at(self, place: int) -> Cell:
        return self.ranker.form.cells[place]

    def cell(self, place: int) -> str:
        cell = self.at(place)
        return self.say("cell", row=cell.row.short, column=cell.column.short)

    def address(self, place: int) -> str:
        return address_of(self.ranker.form, self.at(place).id)

    def value(self, place: int) -> str:
        """What stands in the cell, as typed."""
        cell = self.at(place)
        return cell.kind.show(self.ranker.report.value(cell.id)) or self.phrases["blank"]

    def right(self, change: Change) -> str:
        """What would stand there after the change."""
        place, error = change
        return self.at(place).kind.show(self.ranker.values[place] - error)

    def changes(self, hypothesis: Hypothesis) -> str:
        """Its cells, each with what it holds and should; the first few of many."""
        shown = [
            self.say("change", address=self.address(ch[0]), value=self.value(ch[0]), suggested=self.right(ch))
            for ch in hypothesis.changes[:CHANGES]
        ]
        count = len(hypothesis.changes)
        return "、".join(shown) + (self.say("more", count=count) if count > CHANGES else "")

    def line(self, line: GridLine, first: int) -> str:
        """A line by its label; one of a block printed across with the row that ``first`` stands in."""
        return self.say(f"line_{line.axis}", line=line.line.short, row=self.at(first).row.short)

    def row_name(self, row: str) -> str:
        """The label of a row of table 三."""
        return next(r.short for r in self.ranker.form.tables["table3"].rows() if r.id == row)

    def doubt(self, against: Doubt) -> str:
        """What a witness says: the text, or last year's report."""
        cell, row = self.at(against.place), ""
        over = self.ranker.form.tables["table3"].carry_over
        if against.kind == "carried" and over:
            row = self.row_name(over.last_year)
        names = {"row": row or cell.row.short, "column": cell.column.short}
        return self.say(f"doubt_{against.kind}", number=cell.kind.show(against.number), **names)

    def how(self, hypothesis: Hypothesis) -> str:
        """Why the cells are wrong, in brackets; a negative count is wrong by itself."""
        signed, values = self.ranker.lines.signed, self.ranker.values
        negative = any(values[cell] < 0 and cell not in signed for cell in hypothesis.cells)
        said = [self.phrases["negative"]] if negative else []
        said += [self.reason(hypothesis)] if self.reason(hypothesis) else []
        return self.say("how", reasons="，".join(said) or self.phrases["no_reason"])

    def reason(self, hypothesis: Hypothesis) -> str:
        """What accounts for the hypothesis: its pattern where it has one with words, else each reason."""
        slip = self.slip(hypothesis)
        if slip:
            return self.say("suspected", what=slip)
        return "，".join(dict.fromkeys(filter(None, self._reasons(hypothesis))))

    def each(self, hypothesis: Hypothesis) -> Sequence[str]:
        """The reason beside each change; "" only where another change of the hypothesis has one."""
        if self.slip(hypothesis) or not self.reason(hypothesis):
            whole = self.reason(hypothesis) or self.phrases["no_reason"]
            return [whole] * len(hypothesis.changes)
        return self._reasons(hypothesis)

    def _reasons(self, hypothesis: Hypothesis) -> list[str]:
        weights, told = self.ranker.weights, zip(hypothesis.changes, hypothesis.reasons, strict=True)
        return [weights[reason]["text"].format(suggested=self.right(change)) for change, reason in told]

    def slip(self, hypothesis: Hypothesis) -> str:
        """The one slip that accounts for all the changes, in words, or ""."""
        entry = self.ranker.patterns[hypothesis.pattern] if hypothesis.pattern else None
        if not isinstance(entry, dict):
            return ""
        lines = self.ranker.lines
        telling = [ch for ch in hypothesis.changes if not lines.row(ch[0]).total] or hypothesis.changes
        less = min(hypothesis.changes, key=lambda ch: ch[1])[0]
        more = max(hypothesis.changes, key=lambda ch: ch[1])[0]
        across = lines.column(less) is lines.column(more)
        ends = (lines.of_cell[c][not across].line for c in (less, more))
        axis = "row" if across else "column"
        to, source = (self.say(axis, line=line.number or line.short) for line in ends)
        text: str = entry["more" if telling[0][1] > 0 else "less"]
        return text.format(amount=abs(telling[0][1]), to=to, source=source)
