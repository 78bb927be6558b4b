"""What people wrote into 问题 of a result: 审核说明 and 状态 beside a finding, of a unit or of the sum.

They hold as if they stood in 说明与核实, below what is written there. A line is known by its unit, file and
编号, however the list was sorted; one that was removed says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...marks import marks_of
from ...wording import wording_of
from ...workbook.keys import plain_key
from ...workbook.limits import fitted
from ...workbook.reading.sheets import Book, open_book
from ..approving.items import OF_UNITS, ON_CHECK
from ..approving.settle import MISSING
from ..approving.settled import state_names
from ..approving.telling import told
from ..consolidate import Consolidation
from ..desk import Desk, OfficeWord
from ..intake.names import plain_name
from .record import Carried, Kept

#: Between unit, file and 编号 in a key; each of them is one line without it.
_BETWEEN = "\t"
#: Places in ``problems.heads``.
_UNIT, _FILE, _TEXT, _STATE, _ID = 0, 1, 6, 7, 8
#: Characters that tell two texts apart.
_DIGITS = 16
#: 审核说明 and 状态 of a line.
Said = tuple[str, str]


def as_listed(city: Consolidation) -> dict[str, tuple[str, str]]:
    """Line -> digests of the two cells as the run writes them; none for a line that says nothing."""
    lines = ((one, (fitted(one.text), fitted(told(one)))) for one in city.settled)
    return {_key(one.unit, one.file, one.finding.id): _digests(said) for one, said in lines if _says(said)}


def read_listed(source: Path | bytes) -> dict[str, Said]:
    """Line -> what the two cells say now, every line that is there; {} where the sheet or its heads are
    gone. Raises Refused."""
    book = open_book(source)
    sheet = marks_of("gouji.city", "sheets")["problems"]
    name = next((name for name in book.sheet_names if sheet.names(name)), None)
    return dict(_lines(book, name)) if name else {}


def _lines(book: Book, name: str) -> Iterator[tuple[str, Said]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in book.cells(name).items():
        rows.setdefault(row, {})[column] = cell.raw
    heads: Sequence[str] = wording_of("gouji.city", "problems")["heads"]
    at: list[int] = []
    for _, texts in sorted(rows.items()):
        if at:
            line = [texts.get(column, "") for column in at]
            if line[_ID].strip():
                yield _key(line[_UNIT], line[_FILE], line[_ID]), (line[_TEXT].strip(), line[_STATE].strip())
        elif set(heads) <= set(texts.values()):
            places = {text: column for column, text in texts.items()}
            at = [places[head] for head in heads]


def changed(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Said], carried: Mapping[str, Kept], run: int
) -> Iterator[tuple[str, Kept]]:
    """Each line that says something else than its run wrote, with what a person gave; ``carried``: what holds
    from earlier results. A text that was not touched stays whose it is: its unit's, or as it was carried."""
    silent = _digests(("", ""))
    for key, (text, state) in now.items():
        was, is_now = tuple(before.get(key, silent)), _digests((text, state))
        if was == is_now:
            continue
        held = carried.get(key)
        if was[0] == is_now[0]:
            text = held.text if held else ""
        yield key, Kept(text, run, _given(state) if was[1] == is_now[1] else state)


def _given(state: str) -> str:
    """The state that stands beside a text which was written anew: 未处理 is none yet."""
    names = state_names()
    begins = (name for key, name in names.items() if key != "open" and state.startswith(name))
    return next(begins, "")


def of_line(key: str) -> tuple[str, str, str]:
    """Unit, file ("" for the sum) and 编号."""
    unit, file, finding = key.split(_BETWEEN)
    return unit, file, finding


def shown(key: str) -> str:
    """How a line is called in a sentence."""
    unit, _, finding = of_line(key)
    return f"{unit} {finding}"


def beaten(key: str, desk: Desk | None) -> bool:
    """Whether 说明与核实 has a word on the same. What the roster has on a unit may stand there under the unit
    as under the city, and a word on a unit as a whole is one on its absence."""
    unit, file, finding = of_line(key)
    rule, _, place = finding.partition(":")
    of_roster = not file and rule.startswith(OF_UNITS)
    for word in desk.words if desk else ():
        if not (word.text.strip() or word.state.strip()):
            continue
        named = plain_name(word.unit)
        if _same(word.finding, finding) and (of_roster or named == plain_name(unit)):
            return True
        if not word.finding and not file and rule == MISSING and named == plain_name(place):
            return True
    return False


def replaced_by(finding: str, listed: Mapping[str, Kept]) -> list[str]:
    """The lines on a finding of the sum, which 校验 of a later result says something else of."""
    return [key for key in listed if not of_line(key)[1] and _same(of_line(key)[2], finding)]


def words_of(carried: Carried, desk: Desk) -> tuple[OfficeWord, ...]:
    """What 问题 of earlier results says and 汇总台 does not, then what that says."""
    kept = ((key, one) for key, one in carried.listed.items() if one.text or one.state)
    written = (
        OfficeWord(unit, finding, one.text, *_state_and_who(one.state))
        for key, one in kept
        if not beaten(key, desk)
        for unit, _, finding in [of_line(key)]
    )
    return (*written, *desk.words)


def _state_and_who(state: str) -> tuple[str, str]:
    """已核实（王五）, as 问题 itself shows who set it."""
    bare, bracket, by = state.replace("(", "（").replace(")", "）").partition("（")
    known = bracket and by.endswith("）") and any(name.names(bare) for name in state_names().values())
    return (bare, by.removesuffix("）")) if known else (state, "")


def _same(one: str, other: str) -> bool:
    return plain_key(_checked(one)) == plain_key(_checked(other))


def _checked(finding: str) -> str:
    """The id under which 校验 has the finding."""
    rule, _, place = finding.strip().partition(":")
    return f"{ON_CHECK.get(rule, rule)}:{place}"


def _key(*parts: str) -> str:
    return _BETWEEN.join(" ".join(part.split()) for part in parts)


def _digests(said: Said) -> tuple[str, str]:
    text, state = (" ".join(one.split()) for one in said)
    state = "" if state_names()["open"].names(state) else state
    return _digest(text), _digest(state)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS] if text else ""


def _says(said: Said) -> bool:
    return _digests(said) != ("", "")
