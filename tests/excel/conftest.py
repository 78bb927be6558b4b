"""xlwings as it is on Windows, for the tests of this folder."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from support.xlwings_fake.windows import as_on_windows


@pytest.fixture(scope="module")
def xw() -> Iterator[Any]:
    with as_on_windows() as xlwings:
        yield xlwings
    gc.unfreeze()  # what the served object froze is no longer all that there is
