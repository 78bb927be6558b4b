"""退回单 that come back: over which files each was laid, by the digests in its sheet or its stamp, and
whether anybody changed it since.

A unit mends the 退回单 and sends it; then it is a later version of the very file that it was laid over, and
nobody need say so. One that nobody touched is a copy of ours, also where it lies below 各单位报送.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ...errors import Refused
from ...workbook.reading.guard import read_source
from .filed import Submission


class Slip(NamedTuple):
    """``over``: sha256 of the files that its unit had sent when it was made, () where the file is none of
    ours or does not say; ``untouched``: it is byte for byte as it was handed out."""

    over: tuple[str, ...] = ()
    untouched: bool = False


def slip_in(source: Path | bytes, over: tuple[str, ...] = ()) -> Slip:
    """What a workbook says of itself as a 退回单. A damaged one says nothing. ``over``: the digests in its
    sheet, which is written anew whenever one is laid over; programs that keep no stamp keep them. Both are
    proof against accidents alone (``memory/stamp.py``), and so is what is made of them."""
    from ..memory.stamping import STAMPED, stamp_in

    try:
        content = source if isinstance(source, bytes) else read_source(source)
        # Names of parts are never packed: nothing need be opened again for what has none of it.
        found = stamp_in(content, "xlsx") if STAMPED in content else None
    except (Refused, OSError):
        return Slip(over)
    if found is None or not found.stamp.unit:
        return Slip(over)
    stated = tuple(sorted(one.sha256 for one in found.stamp.inputs if one.sha256))
    return Slip(over or stated, not found.altered)


def copies(submissions: Sequence[Submission]) -> list[Submission]:
    """The untouched 退回单 beside something that the unit sent itself; where there is nothing else, none."""
    own = [one for one in submissions if not (one.untouched or one.imported)]
    return [one for one in submissions if one.untouched] if own else []


def later(contents: Iterable[Sequence[Submission]]) -> Submission | None:
    """Of files with several contents the one 退回单 that was laid over all files with another content, as
    they are now; None where no file proves it: one of those was changed since, or came beside."""
    groups = list(contents)
    for group in groups:
        others = [one for other in groups if other is not group for one in other]
        for slip in group:
            over = all(one.sha256 and one.sha256 in slip.over for one in others)
            if over and not any(slip.sha256 in one.over for one in others):
                return slip
    return None
