"""[MS-CFB]: what is written is read back by olefile, with every tree and chain checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.workshop.vba.cfb import write_compound
from support.vba_checker import Defect, read_compound

names = st.text("abcXYZ_0", min_size=1, max_size=31)
sizes = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 9000])
storages = st.dictionaries(names, sizes, max_size=12).filter(lambda d: len({n.upper() for n in d}) == len(d))


def filled(sizes: dict[str, int]) -> dict[str, bytes]:
    return {name: bytes((i + len(name)) % 256 for i in range(size)) for name, size in sizes.items()}


@given(storages, storages)
def test_streams_come_back(top: dict[str, int], inner: dict[str, int]) -> None:
    tree = {f"1{name}"[:31]: data for name, data in filled(top).items()}
    raw = write_compound({**tree, "VBA": filled(inner)})
    assert read_compound(raw) == tree | {f"VBA/{name}": data for name, data in filled(inner).items()}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 15, 16, 100])
def test_every_tree_size_is_red_black(count: int) -> None:
    streams = {f"s{i}": b"x" for i in range(count)}
    assert read_compound(write_compound(streams)) == streams


def test_a_file_of_several_fat_sectors() -> None:
    streams = {"big": bytes(range(256)) * 1024, "small": b"x"}
    assert read_compound(write_compound(streams)) == streams


def test_limits_are_errors() -> None:
    with pytest.raises(ValueError, match="illegal name"):
        write_compound({"a/b": b""})
    with pytest.raises(ValueError, match="too large"):
        write_compound({"huge": bytes(8_000_000)})


def test_the_checker_sees_a_broken_tree() -> None:
    """One colour bit of the third entry, and the order of two names."""
    raw = write_compound({f"s{i}": b"x" for i in range(4)})
    start = (int.from_bytes(raw[48:52], "little") + 1) * 512
    for index in range(1, 5):
        recoloured = bytearray(raw)
        recoloured[start + 128 * index + 67] ^= 1
        with pytest.raises(Defect):
            read_compound(bytes(recoloured))
    with pytest.raises(Defect, match="order"):
        read_compound(raw.replace(b"s\x001\x00", b"s\x009\x00"))
