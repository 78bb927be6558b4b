"""A part inflated at once is the part, or nothing: what is wrong with it is for the careful way to say."""

from __future__ import annotations

import zipfile

import pytest

import support.packages as p
from gouji.workbook.reading.guard import Archive, Refused

PART = b"<x>" + b"abc" * 100_000 + b"</x>"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_whole_is_what_the_chunks_are(method: int) -> None:
    archive = Archive(p.pack({"a.xml": PART, "b.xml": b""}, method))
    for name in ("a.xml", "b.xml"):
        assert archive.whole(name, 1 << 20) == b"".join(archive.chunks(name, name))
    assert archive.whole("a.xml", len(PART)) == PART
    assert archive.whole("a.xml", len(PART) - 1) is None
    assert archive.whole("c.xml", 1 << 20) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"crc": 1},
        {"size": len(PART) - 1},
        {"size": len(PART) + 1},
        {"packed": p.deflate(PART)[:-2]},
        {"packed": p.deflate(PART) + b"x"},
        {"packed": b"\xff" * 20},
        {"method": 12},
    ],
)
def test_nothing_where_the_chunks_are_refused(claims: dict[str, int | bytes]) -> None:
    archive = Archive(_forged(claims))
    assert archive.whole("a.xml", 1 << 20) is None
    with pytest.raises(Refused):
        b"".join(archive.chunks("a.xml", "a"))


def test_stored_parts_are_told_apart() -> None:
    """By what they hold, how, and what the directory says of them."""
    seen = {
        Archive(p.pack({"a.xml": content}, method)).packed("a.xml")
        for content in (PART, PART + b" ", b"")
        for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    }
    assert len(seen) == 6
    assert Archive(p.pack({"a.xml": PART})).packed("b.xml") == b""


def _forged(claims: dict[str, int | bytes]) -> bytes:
    forger = p.Forger()
    forger.add("a.xml", PART, **claims)  # type: ignore[arg-type]
    return forger.finish()
