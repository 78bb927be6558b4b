"""How many bytes of a file are taken, whatever it said of its size."""

from __future__ import annotations

import io

import pytest

from gouji.opc.source import read_most


@pytest.mark.parametrize("size", [0, 3, 5, 6, 100])
@pytest.mark.parametrize("length", [0, 4, 5, 6, 50])
def test_one_byte_more_than_the_limit_of_a_longer_file(size: int, length: int) -> None:
    """Also of one that grew, or shrank, since its size was asked for."""
    content, limit = bytes(range(length)), 5
    assert read_most(io.BytesIO(content), size, limit) == content[: limit + 1]
