"""Of kinds that are alike, what is tried at once; the others are among the long tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest

from gouji.form import editions


def at_once(kinds: Iterable[Any], chosen: Collection[Any]) -> list[Any]:
    """For ``parametrize``: all, those that are not chosen marked as long."""
    return [kind if kind in chosen else pytest.param(kind, marks=pytest.mark.long) for kind in kinds]


#: Editions, for a test that starts another program.
NEWEST = at_once(editions(), editions()[-1:])
