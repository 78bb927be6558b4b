"""Keys of 审核说明 as they are compared: 第12项, a cell's address, a finding's id, in any width and case.

On 校验 formulas resolve the keys of the list by the same steps (``writer/check/listed.py``); which finding a
key means is decided in ``keyed.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from ..text import plain, whole_number
from .spliced import quoted
from .wording import wording


def plain_key(key: str) -> str:
    """A key as it is compared."""
    return "".join(c for c in plain(key).lower() if c not in wording("check.keys")["uncounted"])


def plain_key_formula(cell: str) -> str:
    """An expression for the same of a cell; ASC makes full-width letters and digits plain ones."""
    words = wording("check.keys")
    removed = reduce(
        lambda text, c: f'SUBSTITUTE({text},{quoted(c)},"")', [*words["uncounted"], *words["spaces"]], cell
    )
    return f'IFERROR(LOWER(ASC({removed})),"")'


def as_number(key: str) -> int:
    """The number that a plain key is, 0 where it is none."""
    return 0 if key.startswith("0") else whole_number(key) or 0


def row_named(key: str, ids: Sequence[str], asks: Sequence[str]) -> int:
    """The number from 1 of the live row that a plain key names: its id, its number, the address of the only
    row that asks for an explanation there; 0 where it names none."""
    lower = [one.lower() for one in ids]
    if key in lower:
        return lower.index(key) + 1
    if 1 <= as_number(key) <= len(ids):
        return as_number(key)
    return list(asks).index(key) + 1 if key and list(asks).count(key) == 1 else 0
