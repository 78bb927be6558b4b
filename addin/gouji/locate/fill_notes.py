"""What is said of blank and unreadable cells: the number that each must hold, or why none can be known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..form.addresses import ranges
from ..rules import Finding, Suspect
from ..rules.cells import blank_finding
from ..rules.equations import sides
from .fill import Known, how, mended, missing_numbers
from .rank import Ranker

#: Blank cells of a table that are each spoken of; of more, only how many can be known.
_NAMED = 3


def with_numbers(ranker: Ranker, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those on blank and unreadable cells with the numbers that these must hold.

    A blank cell that an unfilled total line speaks of is not said again. ``decided`` where every number is
    certain.
    """
    report, context = ranker.report, ranker.context
    if len(report.values) == len(report.form.cells):
        return list(findings)
    notes = _Notes(ranker, findings)
    said = {s.cell for f in findings if f.rule == "totals-left" for s in f.suspects}
    found = []
    for finding in findings:
        if finding.rule == "cell-blank":
            cells = [c for c in finding.cells if c not in said]
            if cells:
                note, zeros = notes.note(cells), notes.may_be_zero(cells)
                made = blank_finding(report, context, cells, note, zeros=zeros)
                found.append(notes.suspected(made, cells, listed=len(cells) > _NAMED))
        elif finding.rule == "cell-number" and not report.is_known(finding.cells[0]):
            note = notes.sentence(finding.cells[0], "")
            made = finding.but(message=finding.message + note)
            found.append(notes.suspected(made, finding.cells, listed=False))
        else:
            found.append(finding)
    return found


class _Notes:
    def __init__(self, ranker: Ranker, findings: Sequence[Finding]) -> None:
        self.phrases: dict[str, str] = ranker.context.catalogue["cell-blank"].parameters["phrases"]
        self.report = ranker.report
        right, doubted = mended(ranker.report, findings)
        self.known = missing_numbers(ranker, right, doubted)
        # What would be known if nothing else were wrong: said to be withheld, not to be unknowable.
        self.withheld = set(missing_numbers(ranker, right, set())) - self.known.keys() if doubted else set()
        self.numbers = {c.id: right.number(c.id) for c in right.form.cells}
        self.numbers |= {c: k.value for c, k in self.known.items() if k.value is not None}

    def say(self, phrase: str, **names: object) -> str:
        return self.phrases[phrase].format(**names)

    def suspected(self, made: Finding, cells: Sequence[str], *, listed: bool) -> Finding:
        """Group 1 throughout: the cells are filled together, none excludes another."""
        suspects = tuple(
            Suspect(c, None, found.value, self._reasons(c, found), found.certain)
            for c in cells
            if (found := self.known.get(c)) and found.value is not None
        )
        zeros = set(self._zeros(cells))
        decided = not suspects or (len(suspects) == len(cells) and all(s.certain for s in suspects))
        return made.but(
            suspects=suspects, decided=decided, listed=listed and any(s.cell not in zeros for s in suspects)
        )

    def _nothing_left(self, cell: str) -> bool:
        return cell in self.known and self.known[cell].nothing_left

    def _reasons(self, cell: str, found: Known) -> str:
        if found.nothing_left:
            return self._why([cell])
        return "，".join(how(a, cell, self.numbers, self.phrases) for a in found.answers)

    def sentence(self, cell: str, at: str) -> str:
        """What is known of one cell. ``at``: its address and a colon, where several are spoken of."""
        found = self.known.get(cell)
        if found is None:
            return self.say("withheld" if cell in self.withheld else "none", cell=at)
        if found.over:
            return self.say("over", cell=at)
        if found.value is None:
            return self.say("differ", cell=at, reasons=self._reasons(cell, found))
        reasons = self._reasons(cell, found)
        if found.doubt:
            kind, number = found.doubt
            said = self.say(f"doubt_{kind}", number=number)
            return self.say("doubted", cell=at, reasons=reasons, value=found.value, doubt=said)
        return self.say("value" if found.certain else "likely", cell=at, reasons=reasons, value=found.value)

    def note(self, cells: Sequence[str]) -> str:
        return "".join(self._note(cells))

    def _note(self, cells: Sequence[str]) -> Iterator[str]:
        if len(cells) == 1:
            yield self.sentence(cells[0], "")
            return
        zeros = self._zeros(cells)
        for sure in (True, False):
            if some := [c for c in zeros if self.known[c].certain == sure]:
                which = (
                    self.say("all", count=len(some))
                    if len(some) == len(cells)
                    else self.say("part", where=self._at(some))
                )
                yield self.say("zero_certain" if sure else "zero_likely", why=self._why(some), which=which)
        rest = [c for c in cells if c not in zeros]
        withheld = [c for c in rest if c not in self.known and c in self.withheld]
        unknown = [c for c in rest if c not in self.known and c not in self.withheld]
        given = [c for c in rest if c in self.known]
        if len(cells) <= _NAMED:
            yield from (self.sentence(c, self.say("at", where=self._at([c]))) for c in given)
        elif values := [c for c in given if self.known[c].value is not None]:
            whole = len(values) == len(cells)
            yield self.say("some", which=self.say("all" if whole else "some_of", count=len(values)))
        elif given:
            yield from (self.sentence(c, self.say("at", where=self._at([c]))) for c in given[:_NAMED])
        for phrase, left in (("withheld", withheld), ("none", unknown)):
            if len(left) == len(cells):
                yield self.say(f"{phrase}_all")
            elif left:
                yield self.say(phrase, cell=self.say("rest_of", count=len(left)))

    def _zeros(self, cells: Sequence[str]) -> list[str]:
        """Those that are said to be 0 together; no list need name them."""
        zeros = [c for c in cells if self._nothing_left(c)]
        if len(zeros) < len(cells):
            zeros = [c for c in zeros if not self.known[c].exact]
        return [c for c in zeros if not self.known[c].doubt]

    def may_be_zero(self, cells: Sequence[str]) -> bool:
        """Whether nothing typed contradicts that all these cells are 0."""
        report = self.report
        if any(self.known[c].value for c in cells if c in self.known):
            return False
        totals = {e.id: e for c in cells for e in report.form.equations_of[c] if e.kind != "balance"}
        filled = (e for e in totals.values() if all(map(report.is_known, e.right)))
        return all(len(set(sides(report, e))) == 1 for e in filled)

    def _at(self, cells: Sequence[str]) -> str:
        return "、".join(ranges(self.report.form, cells))

    def _why(self, cells: Sequence[str]) -> str:
        """That the totals are reached: which ones, if they are all of one kind."""
        equations = [e for c in cells for e, number in self.known[c].answers if number == 0]
        kinds = {e.kind if e.table == "table3" else e.table for e in equations if e.kind != "balance"}
        return self.say(f"zero_{kinds.pop()}" if len(kinds) == 1 else "zero_mixed")
