"""Why a received workbook can not be marked, and is rebuilt instead."""

from __future__ import annotations

from ...errors import Refused
from ..wording import wording


class NotMarkable(Refused):
    """``key``: a key of ``slip.rebuilt`` in ``wording.toml``, which says it to people."""

    def __init__(self, key: str) -> None:
        super().__init__(key, wording("slip.rebuilt")[key])
