"""What a live row counts as in the end: 同因 where another row speaks for it, 已说明 where 审核说明
accounts for it.

Rows come with their bare state, which no explanation and no other row has touched. An explanation stands
beside its row, or in the list of explanations under a key that names the row (``weighing.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..report import Explanation, Report
from .figures import Live, Shown, trimmed
from .keys import plain_key, row_named
from .layout import CheckSheet, address
from .spliced import quoted
from .weighing import counts, counts_formula, weighed, weighed_formula
from .wording import wording

if TYPE_CHECKING:
    from .live import LiveRow

#: States of what is not as it should be; the last two ask for no correction.
_OPEN = ("failed", "warned", "hinted")
#: The columns that a person fills beside a row.
BESIDE = ("explanation", "told", "numbers")
#: How 待办清单 is ordered: root causes first, then what is wrong, blank, to be explained.
_ORDER = {"failed": 1000, "undecided": 2000, "warned": 3000}


def finished(
    drafts: Sequence[LiveRow],
    first_row: int,
    check: CheckSheet,
    report: Report,
    heads: Mapping[str, Sequence[str]],
) -> list[LiveRow]:
    """The rows with number, state, explanation and order. ``heads``: id of a row -> those that speak for
    it."""
    standing = _Standing(drafts, first_row, check, report, heads)
    return [standing.finish(row) for row in drafts]


class _Standing:
    def __init__(
        self,
        drafts: Sequence[LiveRow],
        first_row: int,
        check: CheckSheet,
        report: Report,
        heads: Mapping[str, Sequence[str]],
    ) -> None:
        self.first_row, self.check, self.report, self.heads = first_row, check, report, heads
        self.words: dict[str, str] = wording("check")
        self.at = {row.id: at for at, row in enumerate(drafts, first_row)}
        self.bare = {row.id: row.bare.value for row in drafts}
        asks = [self._asks_shown(row) for row in drafts]
        ids = [row.id for row in drafts]
        beside = {row.id for row in drafts if self.explainable(row)}
        #: id -> explanations that stand beside the row or name it in the list.
        self.given: dict[str, list[Explanation]] = {}
        for key, given in report.explanations.items():
            number = row_named(plain_key(key), ids, asks) if key not in beside else ids.index(key) + 1
            if number:
                self.given.setdefault(ids[number - 1], []).append(given)

    def finish(self, row: LiveRow) -> LiveRow:
        at = self.at[row.id]
        number = at - self.first_row + 1
        state = Live(self._state(row, at, number), self._state_shown(row))
        done = replace(row, number=number, state=state, order=self._order(row, at, number, state.value))
        if not self.explainable(row):
            return done
        given = self.report.explanations.get(row.id)
        text, told, numbers, now = (self._cell(at, c) for c in ("explanation", "told", "numbers", "now"))
        weighed_at = self._cell(at, "weighed")
        here = self._cell(at, "go")
        go = f'LOWER(LEFT({here},FIND(":",{here}&":")-1))'
        if cause := ",".join(self._causes(row)):
            go = f'IF(OR({cause}),"",{go})'
        asks = f'=IF({self._cell(at, "bare")}={self._word("warned")},{go},"")'
        return replace(
            done,
            asks=Live(asks, self._asks_shown(row)),
            weighed=Live(f"={weighed_formula(text)}", weighed(given.text) if given else ""),
            explained=Live(
                f"={counts_formula(weighed_at, told, numbers, now)}", int(counts(given, str(row.now.value)))
            ),
        )

    def _asks_shown(self, row: LiveRow) -> str:
        asks = self.bare[row.id] == self.words["warned"] and not self._caused(row)
        return str(row.go.value).partition(":")[0].lower() if asks else ""

    def _caused(self, row: LiveRow) -> bool:
        """Whether another row speaks for this one."""
        open_ = [self.words[state] for state in _OPEN]
        heads = any(self.bare[head] in open_ for head in self.heads.get(row.id, ()))
        return heads or (row.same is not None and row.same.value == 1)

    def explainable(self, row: LiveRow) -> bool:
        """Whether the row may ever ask for an explanation: its formula knows that state."""
        return self._word("warned") in row.bare.formula

    def _cell(self, at: int, column: str) -> str:
        return address(at, self.check.columns[column])

    def _word(self, state: str) -> str:
        return quoted(self.words[state])

    # ------------------------------------------------------------ state

    def _state(self, row: LiveRow, at: int, number: int) -> str:
        own = self._cell(at, "bare")
        text = own
        if mild := [s for s in _OPEN[1:] if self._word(s) in row.bare.formula]:
            listed = self.check.of_list("explained").ref(absolute=True)
            known = f"COUNTIF({listed},{number})>0"
            if self.explainable(row):
                # What stands beside the row is its explanation, whatever the list holds.
                typed = trimmed("&".join(self._cell(at, c) for c in BESIDE))
                known = f'IF(IFERROR({typed},"?")="",{known},{self._cell(at, "explained")}=1)'
            text = f"IF({self._is(own, mild)},IF({known},{self._word('explained')},{own}),{own})"
        if cause := ",".join(self._causes(row)):
            open_ = self._is(own, _OPEN)
            text = f"IF({open_},IF(OR({cause}),{self._word('same_cause')},{text}),{text})"
        return f"=IFERROR({text},{self._word('failed')})"

    def _is(self, cell: str, states: Sequence[str]) -> str:
        return f"OR({','.join(f'{cell}={self._word(state)}' for state in states)})"

    def _causes(self, row: LiveRow) -> Iterator[str]:
        """Conditions under which another row speaks for this one."""
        if row.same is not None:
            yield f"{row.same.formula.removeprefix('=')}=1"
        for head in self.heads.get(row.id, ()):
            yield self._is(self._cell(self.at[head], "bare"), _OPEN)

    def _state_shown(self, row: LiveRow) -> Shown:
        open_ = [self.words[state] for state in _OPEN]
        own = self.bare[row.id]
        if own not in open_:
            return own
        if self._caused(row):
            return self.words["same_cause"]
        beside = self.report.explanations.get(row.id) if self.explainable(row) else None
        typed = beside and (beside.text or beside.state or beside.numbers)
        given = [beside] if typed else self.given.get(row.id, ())
        accounted = any(counts(one, str(row.now.value)) for one in given)
        if own != self.words["failed"] and accounted:
            return self.words["explained"]
        return own

    # ------------------------------------------------------------ order

    def _order(self, row: LiveRow, at: int, number: int, state: Shown) -> Live:
        """Where the row stands in 待办清单, "" where there is nothing to do. What is undecided without a
        number waits for another row."""
        places = {name: base + number for name, base in _ORDER.items()}
        if row.named:
            places["failed"] = number
        own, text = self._cell(at, "state"), '""'
        for name, place in reversed(places.items()):
            then = f'IF({self._cell(at, "left")}="","",{place})' if name == "undecided" else place
            text = f"IF({own}={self._word(name)},{then},{text})"
        shows = {self.words[name]: place for name, place in places.items()}
        waits = state == self.words["undecided"] and row.left.value == ""
        return Live(f"={text}", "" if waits else shows.get(str(state), ""))
