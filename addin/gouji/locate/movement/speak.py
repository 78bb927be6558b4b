"""Movements as findings. The words are in ``rules/entries/movements.toml``."""

from __future__ import annotations

from collections.abc import Sequence

from ...form import Line
from ...form.addresses import ranges
from ...form.model import TABLE_IDS
from ...rules import LEVELS, Finding, Level, Suspect
from ..rank import Ranker
from .choose import Chosen
from .sheet import Movement

#: Ways of a tie that are written out.
_WAYS = 3
#: Numbers that are written out; the suspects hold them all.
_VALUES = 8
#: Rules whose right numbers follow from the equations alone: they are suggested.
_FOLLOWS = ("repeated-line", "last-years-line", "foreign-line")


def spoken(ranker: Ranker, choice: Chosen, folded: Sequence[Finding], otherwise: str = "") -> Finding:
    """One finding for a movement or a tie of them. ``otherwise``: what else it may be, in words."""
    best = choice.ways[0]
    rule = ranker.context.catalogue[best.rule]
    clauses = [] if choice.open_end else [clause(ranker, m) for m in choice.ways[1:]]
    clauses += [otherwise] if otherwise else []
    phrases = rule.parameters["phrases"]
    told = [c for c in dict.fromkeys(clauses) if c != clause(ranker, best)][:_WAYS]
    made = rule.finding(
        f"{TABLE_IDS[best.table]}.{best.how}.{'-'.join(line.id for line in best.lines)}",
        tuple(ranker.form.cells[p].id for p in sorted({p for m in choice.ways for p in m.area})),
        what=clause(ranker, best),
        open=phrases["open"] if choice.open_end else "",
        others=phrases["others"].format(others=phrases["or"].join(told)) if told else "",
        lost=_lost(ranker, choice.ways),
        values=phrases["or"].join(dict.fromkeys(_values(ranker, m) for m in choice.ways)),
        count=len(best.area),
    )
    suggests = best.rule in _FOLLOWS
    return made.but(
        level=_level(made, folded),
        suspects=_suspects(ranker, choice) if suggests else (),
        folded=tuple(folded),
        decided=choice.decided and not otherwise and not suggests,
        area=True,
    )


def clause(ranker: Ranker, movement: Movement) -> str:
    """What moved, in words, without a judgement."""
    phrases = ranker.context.catalogue[movement.rule].parameters["phrases"]
    first, last = movement.lines[0], movement.lines[-1]
    ends = movement.lines[:2]
    names = {"first": _name(first), "last": _name(ends[-1]), "edition": movement.edition}
    where = "、".join(ranges(ranker.form, [ranker.form.cells[p].id for p in movement.area]))
    text: str = phrases[movement.how].format(lost=_name(last), where=where, **names)
    return text


def _name(line: Line) -> str:
    return line.short


def _lost(ranker: Ranker, ways: Sequence[Movement]) -> str:
    """The lines whose numbers are no longer on the form; their numbers, where every way wants the same."""
    best, form = ways[0], ranker.form
    phrases = ranker.context.catalogue[best.rule].parameters["phrases"]
    cells = [form.cells[p] for p in best.lost]
    if not cells:
        return ""
    rows, columns = ({c.row.id: c.row for c in cells}, {c.column.id: c.column for c in cells})
    key = "lost_cell" if len(cells) == 1 else "lost_row" if len(rows) == 1 else "lost_column"
    row, column = next(iter(rows.values())), next(iter(columns.values()))
    likely = _likely(ranker, ways, key)
    return str(phrases[key].format(row=_name(row), column=_name(column), likely=likely))


def _likely(ranker: Ranker, ways: Sequence[Movement], key: str) -> str:
    """The numbers that the equations give for lost cells; "" where the ways differ in them."""
    form, found = ranker.form, [_follow(ranker, way) for way in ways]
    phrases = ranker.context.catalogue[ways[0].rule].parameters["phrases"]
    cells = [(form.cells[p], n) for p, n in found[0].items()]
    if any(f != found[0] for f in found):
        return ""
    if key == "lost_cell":
        return str(phrases["likely_cell"].format(value=cells[0][0].kind.show(cells[0][1])))
    some = [(c.column if key == "lost_row" else c.row, c, n) for c, n in cells if n]
    if len(some) > _VALUES:
        return str(phrases["likely_many"])
    told = [phrases["lost_value"].format(label=_name(line), value=c.kind.show(n)) for line, c, n in some]
    rest = phrases["rest_zero"] if len(some) < len(cells) else ""
    return str(phrases["likely"].format(values="、".join(told) + rest))


def _follow(ranker: Ranker, movement: Movement) -> dict[int, int]:
    """The numbers of the lost cells, as the equations want them."""
    right = dict(movement.right)
    return {place: right.get(place, ranker.values[place]) for place in movement.lost}


def _values(ranker: Ranker, movement: Movement) -> str:
    """The numbers that follow from the equations, cell by cell."""
    phrases = ranker.context.catalogue[movement.rule].parameters["phrases"]
    if "value" not in phrases:
        return ""
    cells = [(ranker.form.cells[p], n) for p, n in movement.right]
    by_row = len({c.row.id for c, _ in cells}) == 1
    told = [
        phrases["value"].format(label=_name(c.column if by_row else c.row), value=c.kind.show(n))
        for c, n in cells[:_VALUES]
    ]
    more = phrases["more"].format(count=len(cells)) if len(cells) > _VALUES else ""
    return "、".join(told) + more


def _suspects(ranker: Ranker, choice: Chosen) -> tuple[Suspect, ...]:
    report, form = ranker.report, ranker.form
    reason = ranker.context.catalogue[choice.ways[0].rule].parameters["phrases"]["reason"]
    return tuple(
        Suspect(form.cells[p].id, report.value(form.cells[p].id), n, reason, False, group)
        for group, movement in enumerate(choice.ways, 1)
        for p, n in movement.right
    )


def _level(made: Finding, folded: Sequence[Finding]) -> Level:
    """No graver than the gravest of what it explains: 一 and 二 exchanged break no equation."""
    worst = max((f.level for f in folded), key=LEVELS.index, default=made.level)
    return min(made.level, worst, key=LEVELS.index)
