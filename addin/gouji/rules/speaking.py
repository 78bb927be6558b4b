"""On which forms a rule speaks, and why it is silent on the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..form import Form, editions, load_form
from .catalogue import Rule
from .relations import instances
from .terms import bare_name


def why_silent(rule: Rule, form: Form) -> str:
    """Why a rule can say nothing on this form, in English; "" where it may speak.

    Beside what its entry declares (``Rule.silence``), a relation is silent where no block has the lines that
    it compares.
    """
    if said := rule.silence(form):
        return said
    if rule.relation and not any(instances(form, rule)):
        return f"no block of {rule.relation['table']} has {', '.join(_compared(rule.relation))}"
    return ""


def _compared(relation: Mapping[str, Any]) -> list[str]:
    """The lines that a relation names, each once; those of a carry-over are the form's own."""
    terms = [*relation.get("left", ()), *relation.get("right", ())] or ["a carry-over"]
    return list(dict.fromkeys(map(bare_name, terms)))


def speaks_on(rule: Rule) -> tuple[str, ...]:
    """The shipped editions on which a rule may speak, oldest first, switched on or not."""
    switched_on = rule.switched(off=False)
    return tuple(e for e in editions() if not why_silent(switched_on, load_form(e)))
