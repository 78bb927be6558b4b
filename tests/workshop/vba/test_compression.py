"""[MS-OVBA] 2.4.1 against its own example and two decoders."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from gouji.workshop.vba.compression import compress
from support.vba_checker import Defect, decompress

# Few letters and long repeats reach every width of a copy token; random bytes reach raw chunks.
texts = st.builds(
    lambda pieces, times: "".join(pieces).encode() * times,
    st.lists(st.text("ab \n", max_size=40), max_size=20),
    st.integers(0, 30),
)
noise = st.builds(lambda seed, n: seed.randbytes(n), st.randoms(use_true_random=False), st.integers(0, 3500))
blocks = st.builds(
    lambda seed, n: seed.randbytes(4096 * n), st.randoms(use_true_random=False), st.integers(1, 2)
)


@given(st.one_of(texts, noise, st.builds(bytes.__add__, blocks, texts)))
@example(b"")
@example(b"a" * 4096)
@example(b"ab" * 4097)
def test_two_decoders_return_the_input(data: bytes) -> None:
    packed = compress(data)
    assert decompress(packed) == data
    if data:
        assert bytes(decompress_stream(bytearray(packed))) == data


def test_example_of_the_specification() -> None:
    """3.2.3, maximum compression: 73 times "a" in one literal and one copy token."""
    assert compress(b"a" * 73) == bytes.fromhex("0103B002614500")


def test_text_without_repeats() -> None:
    """3.2.1, no compression."""
    expected = "0119B000" + b"abcdefgh".hex() + "00" + b"ijklmnop".hex() + "00" + b"qrstuv.".hex()
    assert compress(b"abcdefghijklmnopqrstuv.") == bytes.fromhex(expected)


def test_an_incompressible_rest_is_refused() -> None:
    """It could only be stored with NULs behind it."""
    import random

    with pytest.raises(ValueError, match="incompressible"):
        compress(random.Random(1).randbytes(4000))


@pytest.mark.parametrize(
    "broken", [b"", b"\x00", b"\x01\x03\xb0\x02a", b"\x01\x03\x80\x02aE\x00", b"\x01\x00\xb0\x01"]
)
def test_the_decoder_of_the_tests_is_strict(broken: bytes) -> None:
    with pytest.raises((Defect, IndexError)):
        decompress(broken)
