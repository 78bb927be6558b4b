"""What work costs, as a multiple of counting in the same process: a bound that holds on a slow machine and
beside others, since neither the machine nor what else it does is in the number."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cache
from time import process_time
from typing import TypeVar

Made = TypeVar("Made")

#: How often work is tried before it is said to cost too much: what another process or the first use of
#: something took is not what the work costs.
TRIES = 3


def _spent(work: Callable[[], object]) -> float:
    """Seconds of the processor. A collection of what thousands of earlier tests left is not the work's."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        begun = process_time()
        work()
        return process_time() - begun
    finally:
        if collecting:
            gc.enable()


def _count() -> None:
    sum(len(str(number)) for number in range(250_000))


@cache
def counting() -> float:
    """Seconds of the processor that counting to 250,000 costs here, once."""
    return _spent(_count)


def cost(work: Callable[[], object], *, tries: int = TRIES) -> float:
    """The least of some tries, in times that counting to 250,000 costs (20 ms on a machine of 2024)."""
    counted = _spent(_count)
    least = min(_spent(work) for _ in range(tries))
    return least / max(counted, _spent(_count))


def within(times: float, work: Callable[[], Made]) -> Made:
    """What the work makes, which must have cost less than so many times what counting to 250,000 costs, in
    one of some tries."""
    made: list[Made] = []
    costs: list[float] = []
    for _ in range(TRIES):
        spent = _spent(lambda: made.append(work()))
        if spent < times * counting():  # nearly always: counted once, not before and after each of thousands
            return made[-1]
        costs.append(spent / max(counting(), _spent(_count)))
        if costs[-1] < times:
            return made[-1]
    raise AssertionError(f"costs {min(costs):.0f} times what counting costs, and may cost {times}")
