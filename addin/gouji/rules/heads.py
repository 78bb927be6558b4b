"""Which check speaks for another one that fails with it: the findings say both as one (``folded``), so on
校验 only the first is an item of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..form import Form
from .catalogue import Catalogue
from .ledger import Check
from .relations import Relation


def heads_of(form: Form, checks: Sequence[Check], rules: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Id of a check -> ids of those that speak for it, where there are any.

    What its rule declares ``under`` at the same place (``relations.folded``); for a column of a carry-over
    the total, then the columns before it (``carry_over.check_carry_over``).
    """
    known = {_id(check) for check in checks}
    heads: dict[str, tuple[str, ...]] = {}
    carried: list[str] = []
    for check in sorted(checks, key=lambda check: not _is_carried_total(form, check, rules)):
        if over := rules[check.rule].under:
            heads[_id(check)] = tuple({f"{over}:{check.place}"} & known)
        if isinstance(check, Relation) and _is_carried(check, rules):
            heads[_id(check)] = tuple(carried)
            carried.append(_id(check))
    return {check: ids for check, ids in heads.items() if ids}


def _id(check: Check) -> str:
    return f"{check.rule}:{check.place}"


def _is_carried(check: Relation, rules: Catalogue) -> bool:
    return bool((rules[check.rule].relation or {}).get("carry_over"))


def _is_carried_total(form: Form, check: Check, rules: Catalogue) -> bool:
    if not isinstance(check, Relation) or not _is_carried(check, rules):
        return False
    return form.by_id[check.cells[0]].column.is_total
