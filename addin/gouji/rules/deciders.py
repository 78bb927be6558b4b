"""One function a rule, found by the rule's id.

A rule that is neither a relation nor an equation nor the state of a cell is decided by one function::

    @decides("decisions-jump")
    def _jump(rule, report, context):  # -> Iterator[Finding]

It is called only where the rule is active, in the order in which the functions of a module are defined,
and takes its thresholds and its wording from ``rule``; whose edition counts follows from what the rule
``needs``. A rule that sets several reports beside one another is registered by ``compares``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from ..report import Report
from .catalogue import Catalogue, Rule
from .context import Context
from .finding import Finding

Decider = Callable[[Rule, Report, Context], Iterator[Finding]]
#: Reports -> (index of the report, finding).
Comparer = Callable[[Sequence[Report], Catalogue], list[tuple[int, Finding]]]


_DECIDERS: dict[str, Decider] = {}
_COMPARERS: dict[str, Comparer] = {}


def decides(rule_id: str) -> Callable[[Decider], Decider]:
    """Register the function that decides a rule. Raises ValueError where there is one already."""

    def register(function: Decider) -> Decider:
        _refuse_second(rule_id)
        _DECIDERS[rule_id] = function
        return function

    return register


def compares(rule_id: str) -> Callable[[Comparer], Comparer]:
    """Register the function that decides a rule about several reports. Raises ValueError as ``decides``."""

    def register(function: Comparer) -> Comparer:
        _refuse_second(rule_id)
        _COMPARERS[rule_id] = function
        return function

    return register


def _refuse_second(rule_id: str) -> None:
    if rule_id in registered():
        raise ValueError(f"two functions decide {rule_id}")


def registered() -> frozenset[str]:
    """The ids of all rules that a function decides."""
    return frozenset(_DECIDERS) | frozenset(_COMPARERS)


def compared() -> frozenset[str]:
    """The ids of the rules that set several reports beside one another."""
    return frozenset(_COMPARERS)


def decide_rule(rule_id: str, report: Report, context: Context) -> Iterator[Finding]:
    """What one rule says of a report; nothing where it is off or not for this edition."""
    if context.catalogue.active(rule_id, report.form):
        yield from _DECIDERS[rule_id](context.catalogue[rule_id], report, context)


def decided_in(module: str, report: Report, context: Context) -> Iterator[Finding]:
    """What the rules of one module say, in the order of its functions."""
    for rule_id in _of_module(module, len(_DECIDERS)):
        yield from decide_rule(rule_id, report, context)


@lru_cache(maxsize=64)
def _of_module(module: str, registered: int) -> tuple[str, ...]:
    """The rules that the functions of a module decide, so many being ``registered``."""
    return tuple(rule_id for rule_id, function in _DECIDERS.items() if function.__module__ == module)
