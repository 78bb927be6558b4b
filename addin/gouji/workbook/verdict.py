"""The verdict of 校验 in one line, the count of its rows, and 待办清单: formulas with the values that they
show."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import dataclass
from .figures import Live, Shown
from .layout import TODO_ROWS, CheckSheet, address
from .live import LiveRow
from .spliced import quoted, spliced
from .wording import wording

#: States of rows that do not stand in the way of a report.
_SETTLED = ("passed", "explained", "hinted", "same_cause", "no_prior")
_ASKED = ("failed", "warned", "undecided")


def verdict_of(check: CheckSheet, rows: Sequence[LiveRow]) -> Live:
    """可以报送, or what is still to be done; never the former while a row is neither settled nor to be
    done."""
    w = wording("check.verdict")
    states = check.live("state", len(rows)).ref(absolute=True)
    counts = {name: _count(states, name) for name in _ASKED}
    # How many cells, fields and sections are blank, not how many rows say so.
    left = check.live("left", len(rows)).ref(absolute=True)
    counts["undecided"] = f"SUMIF({states},{quoted(_word('undecided'))},{left})"
    numbers = {name: _number(rows, name) for name in _ASKED}
    blank = (r.left.value for r in rows if r.state.value == _word("undecided"))
    numbers["undecided"] = sum(value for value in blank if isinstance(value, int))
    parts = "&".join(f'IF({count}>0,{spliced(w[name], count=count)},"")' for name, count in counts.items())
    settled = "+".join(_count(states, name) for name in _SETTLED)
    rest = len(rows) - sum(_number(rows, name) for name in _SETTLED)
    # The first mark between the parts is left out.
    todo = spliced(w["not_ready"], parts=f"MID({parts},2,99)")
    unchecked = spliced(w["not_ready"], parts=spliced(w["open"], count=f"({len(rows)}-({settled}))"))
    ready = f"IF({settled}={len(rows)},{quoted(w['ready'])},{unchecked})"
    formula = f"IF({'+'.join(counts.values())}>0,{todo},{ready})"
    broken = quoted(w["not_ready"].format(parts=w["broken"]))
    said = "".join(w[name].format(count=number) for name, number in numbers.items() if number)[1:]
    said = said or (w["open"].format(count=rest) if rest else "")
    return Live(f"=IFERROR({formula},{broken})", w["not_ready"].format(parts=said) if said else w["ready"])


def counted(check: CheckSheet, rows: Sequence[LiveRow], others: int, *, prior: bool = False) -> Live:
    """How many rows there are in each settled state; ``others``: rules that no formula decides; ``prior``:
    whether last year's numbers were given, so that those that a row lacks are none to compare with."""
    w = wording("check.verdict")
    reason = w["reason_some" if prior else "reason"]
    states = check.live("state", len(rows)).ref(absolute=True)
    always, rare = ("passed", "explained", "no_prior"), ("same_cause", "hinted")
    more = [f'IF({(n := _count(states, name))}>0,{spliced(w[name], count=n)},"")' for name in rare]
    counts = {name: _count(states, name) for name in always} | {"more": "&".join(more)}
    counts["reason"] = f'IF({counts["no_prior"]}>0,{quoted(reason)},"")'
    numbers = {name: _number(rows, name) for name in _SETTLED}
    said = "".join(w[name].format(count=numbers[name]) for name in rare if numbers[name])
    fixed = {"rows": str(len(rows)), "others": str(others)}
    shown = w["counted"].format(
        **fixed,
        more=said,
        reason=reason if numbers["no_prior"] else "",
        **{name: numbers[name] for name in always},
    )
    return Live("=" + spliced(w["counted"], **fixed, **counts), shown)


def _word(state: str) -> str:
    return str(wording("check")[state])


def _count(states: str, state: str) -> str:
    return f"COUNTIF({states},{quoted(_word(state))})"


def _number(rows: Sequence[LiveRow], state: str) -> int:
    return sum(row.state.value == _word(state) for row in rows)


# ---------------------------------------------------------------- 待办清单


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: which live row it is (hidden), its place in the list, what to do, the link, its state."""

    nth: Live
    number: Live
    todo: Live
    link: Live
    state: Live


def todo_list(check: CheckSheet, rows: Sequence[LiveRow]) -> list[Todo]:
    """The first open rows, the most urgent first."""
    order = sorted(row.order.value for row in rows if isinstance(row.order.value, int))
    by_order = {row.order.value: row for row in rows}
    open_ = [by_order[key] for key in order]
    return [
        _todo(check, len(rows), k, open_[k] if k < len(open_) else None, bool(open_))
        for k in range(TODO_ROWS)
    ]


def _todo(check: CheckSheet, rows: int, k: int, row: LiveRow | None, any_open: bool) -> Todo:
    w, at = wording("check"), check.todo_top + k
    order = check.live("order", rows).ref(absolute=True)
    nth = address(at, check.columns["order"])

    def picked(column: str) -> str:
        return f"INDEX({check.live(column, rows).ref(absolute=True)},{nth})"

    def line(formula: str, otherwise: str = '""') -> str:
        return f'=IF({nth}="",{otherwise},{formula})'

    none = f'IF(COUNT({order})=0,{quoted(w["todo_none"])},"")' if k == 0 else '""'
    asked, refused = (
        spliced(w[name], state=picked("state"), number=picked("number"))
        for name in ("todo_explain", "todo_refused")
    )
    explain = f'IF({picked("weighed")}="",{asked},{refused})'
    state: Shown = ""
    if row is not None:
        state = row.state.value
        if state == w["warned"]:
            typed = row.weighed is not None and row.weighed.value != ""
            state = w["todo_refused" if typed else "todo_explain"].format(state=state, number=row.number)
    first = "" if any_open or k else w["todo_none"]
    return Todo(
        nth=Live(
            f'=IF(COUNT({order})<{k + 1},"",MATCH(SMALL({order},{k + 1}),{order},0))',
            row.number if row else "",
        ),
        number=Live(line(str(k + 1)), k + 1 if row else ""),
        todo=Live(line(picked("todo"), none), row.todo.value if row else first),
        link=link_to(picked("go"), row.go.value if row else "", empty=(f'{nth}=""', check)),
        state=Live(line(f"IF({picked('state')}={quoted(w['warned'])},{explain},{picked('state')})"), state),
    )


def todo_more(check: CheckSheet, rows: Sequence[LiveRow]) -> Live:
    """How many open rows 待办清单 has no line for."""
    more = wording("check")["todo_more"]
    count = f"COUNT({check.live('order', len(rows)).ref(absolute=True)})"
    number = sum(row.order.value != "" for row in rows) - TODO_ROWS
    text = spliced(more, count=f"({count}-{TODO_ROWS})")
    return Live(f'=IF({count}>{TODO_ROWS},{text},"")', more.format(count=number) if number > 0 else "")


def link_to(go: str, shown: Shown, empty: tuple[str, CheckSheet] | None = None) -> Live:
    """A link to an address that an expression gives as text, ``三!D15:J15``, which shows its first cell.

    HYPERLINK stands outermost, else LibreOffice shows the text and follows nothing. ``empty``: a condition
    under which it shows nothing."""
    target, text = f'SUBSTITUTE({go},"!","\'!")', f'LEFT({go},FIND(":",{go}&":")-1)'
    if empty:
        target = f'IF({empty[0]},"{empty[1].name}\'!A1",{target})'
        text = f'IF({empty[0]},"",{text})'
    return Live(f'=HYPERLINK("#\'"&{target},{text})', str(shown).partition(":")[0])
