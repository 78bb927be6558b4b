"""What units of one 撤并 took over together, where none can be compared by itself (``unit-taken-over``).

Of a unit that was divided nobody can say which of its heirs took over which request, so that no report of
theirs has a difference that could be explained. Their sum has one, and it is explained once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...rules import Catalogue, Finding
from ..sum.handover import Handover, Line

RULE = "unit-taken-over"


def place_of(line: Line) -> str:
    """Where the finding on a line of 结转核对 stands: its units."""
    return "/".join(line.together)


def check_together(handover: Handover, rules: Catalogue) -> Iterator[Finding]:
    """One finding for each 撤并 whose units carried in together what the units before them did not carry
    out: the total where it differs, else the first column that does."""
    rule, columns = rules[RULE], handover.table.grid.columns
    if rule.off:
        return
    for line in handover.lines:
        differing = [i for i, gap in enumerate(line.gaps) if gap]
        if not line.together or line.accounted or not differing:
            continue
        at = handover.total if line.gaps[handover.total] else differing[0]
        place = place_of(line)
        yield rule.finding(
            place,
            left=line.now[at],
            right=line.before[at],
            unit=line.unit,
            line=columns[at].label,
            remark=line.remark,
            id=f"{RULE}:{place}",
        )
