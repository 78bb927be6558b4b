"""Compound files and VBA projects of strangers: read as others read them, refused in bounded time."""

from __future__ import annotations

import io
import os
import struct
import tracemalloc
import zipfile
from functools import partial
from random import Random

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.opc import vba
from gouji.opc.compound import read_streams
from gouji.opc.vba import MAX_PROJECT, MAX_SOURCE, decompress, read_project
from gouji.workshop.vba.cfb import write_compound
from gouji.workshop.vba.compression import compress
from support import DATA
from support.bounded import within
from support.vba_checker import read_project as read_strictly

TEMPLATE = next((DATA / "archive" / "0.5.0").glob("*模板*2021*.xlsm"))


@pytest.fixture(scope="module")
def project() -> bytes:
    with zipfile.ZipFile(TEMPLATE) as archive:
        return archive.read("xl/vbaProject.bin")


def test_sources_are_those_that_a_strict_reader_finds(project: bytes) -> None:
    found = read_project(project)
    strict = read_strictly(project)
    assert found.modules == {module.name: module.text for module in strict.modules}
    assert found.references == list(strict.references)
    assert found.others == []


@given(
    st.dictionaries(
        st.from_regex(r"m[a-z0-9]{1,20}", fullmatch=True),
        st.integers(0, 9000).map(lambda size: Random(size).randbytes(size)),
        max_size=9,
    )
)
def test_streams_are_those_that_were_written(streams: dict[str, bytes]) -> None:
    """Small ones, large ones and none; olefile finds the same."""
    data = write_compound({"VBA": streams, "PROJECT": b"x" * 5000, "empty": {}})
    expected = {f"VBA/{name}": content for name, content in streams.items()}
    assert read_streams(data) == {**expected, "PROJECT": b"x" * 5000, "VBA/": b"", "empty/": b""}
    with olefile.OleFileIO(io.BytesIO(data)) as other:
        assert {name: other.openstream(name).read() for name in expected} == expected


@given(st.binary(max_size=9000) | st.text("ab \n", max_size=9000).map(str.encode))
def test_what_was_compressed_comes_back(data: bytes) -> None:
    try:
        packed = compress(data)
    except ValueError:  # the format cannot store it
        return
    assert decompress(packed) == data


def bomb(chunks: int) -> bytes:
    """A container whose every chunk is one byte, repeated to 4,096."""
    body = b"\x02a" + struct.pack("<H", 4096 - 1 - 3)
    return b"\1" + (struct.pack("<H", 0xB000 | len(body) - 1) + body) * chunks


def test_a_container_that_holds_too_much_is_refused() -> None:
    assert decompress(bomb(2)) == b"a" * 8192
    assert len(decompress(bomb(MAX_SOURCE // 4096))) == MAX_SOURCE
    with pytest.raises(ValueError, match="too much"):
        decompress(bomb(MAX_SOURCE // 4096 + 1))


def test_modules_together_hold_no_more_than_one_may() -> None:
    half, more = bomb(MAX_SOURCE // 4096 // 2), bomb(MAX_SOURCE // 4096 // 2 + 1)
    listed = b"".join(
        struct.pack("<HI", 0x1A, 2) + name + struct.pack("<HII", 0x31, 4, 0) for name in (b"m1", b"m2")
    )
    streams = {"dir": compress(listed + struct.pack("<HI", 0x10, 0)), "m1": half, "m2": more}
    with pytest.raises(ValueError, match="too much"):
        read_project(write_compound({"VBA": streams}))
    assert list(read_project(write_compound({"VBA": streams | {"m2": half}})).modules) == ["m1", "m2"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1\0",
        b"\0",
        b"\1\x00\x10abc",
        b"\1\x01\xb0\x01a",
        b"\1\x02\xb0\x01\x00\x00",
        b"\1\x03\xb0\x02a\xff\xff",
    ],
)
def test_no_container(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"container|chunk|copy"):
        decompress(data)


def test_a_project_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(ValueError, match="large"):
        read_project(bytes(MAX_PROJECT + 1))


def test_a_chain_that_bites_its_tail_ends(project: bytes) -> None:
    """Each entry of the table leads to the sector before it, or to the first."""
    fat_at = 512 * (1 + struct.unpack_from("<I", project, 76)[0])
    for target in (0, 1, 5):
        forged = bytearray(project)
        forged[fat_at : fat_at + 512] = struct.pack("<128I", *[target] * 128)
        with pytest.raises(ValueError, match=r"\w"):
            read_project(bytes(forged))


def test_a_list_of_tables_that_bites_its_tail_ends(project: bytes) -> None:
    forged = bytearray(project)
    struct.pack_into("<II", forged, 68, 3, 0xFFFFFFFF)
    forged[512 * 4 : 512 * 5] = struct.pack("<128I", *[3] * 128)
    with pytest.raises(ValueError, match="two chains"):
        read_project(bytes(forged))


def damaged(project: bytes, seed: int) -> bytes:
    random = Random(seed)
    forged = bytearray(project)
    for _ in range(random.randrange(1, 20)):
        at = random.randrange(len(forged)) if random.random() < 0.5 else random.randrange(0, 1024)
        forged[at] = random.randrange(256)
    return bytes(forged[: random.randrange(len(forged))] if random.random() < 0.2 else forged)


@pytest.mark.slow
def test_whatever_is_damaged_is_read_or_refused(project: bytes) -> None:
    """Nothing but ValueError, and quickly."""

    def refused() -> int:
        count = 0
        for seed in range(600):
            try:
                read_project(damaged(project, seed))
            except ValueError:
                count += 1
        return count

    assert 60 < within(1500, refused) < 600


def test_hostile_projects_take_little(project: bytes) -> None:
    """The worst of each kind: below a second of CPU and 100 MB."""
    names = {f"m{n}": bomb(1) for n in range(9_000)}
    crowd = write_compound({"VBA": names})
    noise = project[:512] + os.urandom(MAX_PROJECT - 512)
    for data in (crowd, noise, bytes(MAX_PROJECT)):
        assert within(150, partial(peak_of, data)) < 100 << 20  # traced, so slowed down


def peak_of(data: bytes) -> int:
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"\w"):
        read_project(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_short_copies_up_to_the_limit_take_little() -> None:
    """The slowest container: copies of three bytes."""
    body = b"\0abcdefgh" + (b"\xff" + b"\0\0" * 8) * 100
    one = struct.pack("<H", 0xB000 | len(body) - 1) + body
    assert len(within(100, lambda: vba.decompress(b"\1" + one * 400))) > 900_000
