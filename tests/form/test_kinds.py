"""What a cell may hold: reading never guesses, showing never loses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gouji.form import FEN_PER_WAN, KINDS, SLASH, Kind, NotANumber
from support.bounded import within

COUNT, SIGNED, MONEY = KINDS["count"], KINDS["signed"], KINDS["money"]
#: Excel keeps 15 significant digits.
MOST = 10**15 - 1
ALL = st.sampled_from(list(KINDS.values()))
NUMBERS = st.integers(-MOST, MOST)


@given(ALL, st.none() | st.just(SLASH) | NUMBERS)
def test_what_is_shown_is_read_back(kind, value) -> None:
    reading = kind.parse(kind.show(value))
    assert (reading.value, reading.mark, reading.normalised) == (value, None, False)


@given(st.integers(0, MOST))
@example(MOST)
@example(1)
def test_a_double_of_six_decimals_is_read_exactly(fen: int) -> None:
    stored = float(Decimal(fen) / FEN_PER_WAN)
    assert MONEY.from_double(stored) == fen
    assert Decimal(MONEY.show(fen)) * FEN_PER_WAN == fen


@given(st.integers(0, 10**12), st.integers(1, 99))  # above, a double holds no ninth decimal
def test_more_than_six_decimals_are_refused(fen: int, beyond: int) -> None:
    stored = float(Decimal(fen) / FEN_PER_WAN + Decimal(beyond) / 10**9)
    if not is_noise(stored, fen):
        with pytest.raises(NotANumber):
            MONEY.from_double(stored)


def is_noise(stored: float, fen: int) -> bool:
    """Within 1e-9 of the amount, and less than half of a seventh decimal."""
    exact = Decimal(fen) / FEN_PER_WAN
    return abs(Decimal(stored) - exact) <= min(abs(Decimal(stored)) / 10**9, Decimal("5e-8"))


@given(st.floats())
def test_a_double_is_its_exact_value_or_noise_or_refused(number: float) -> None:
    for kind in KINDS.values():
        try:
            value = kind.from_double(number)
        except NotANumber:
            continue
        exact = float(Decimal(kind.show(value))) == number
        assert kind.is_exact(number) == exact
        assert exact or (kind.money and is_noise(number, value))


@pytest.mark.parametrize(
    ("stored", "fen"),
    [
        (0.30000000000000004, 300_000),
        (33760.159999999996, 33_760_160_000),
        (1.000000000999, 1_000_000),
        (0.999999999001, 1_000_000),
        (60.00000004, 60_000_000),
        (600.00000004, 600_000_000),
    ],
)
def test_the_noise_of_a_sum_is_read_as_it_shows(stored: float, fen: int) -> None:
    assert MONEY.from_double(stored) == fen
    assert not MONEY.is_exact(stored)


@pytest.mark.parametrize(
    "stored", [1.0000000011, 0.9999999989, 600.0000001, 600.00000006, 1234567.0000001, 5.5e-17, 0.0000001]
)
def test_what_a_person_can_type_is_no_noise(stored: float) -> None:
    """Relative to 1,234,567 万元 a seventh decimal is nothing, and still one that stands in the cell."""
    with pytest.raises(NotANumber):
        MONEY.from_double(stored)


@pytest.mark.parametrize("kind", [KINDS["count"], KINDS["signed"]])
@pytest.mark.parametrize("stored", [5.000000000000001, 2.9999999999999996])
def test_counts_have_no_noise(kind: Kind, stored: float) -> None:
    with pytest.raises(NotANumber):
        kind.from_double(stored)


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=60))
def test_a_sum_of_doubles_is_read_as_the_sum_of_decimals(amounts: list[int]) -> None:
    """60 amounts of at most 100,000 万元 (10 亿元), added as a spreadsheet adds them."""
    total = 0.0
    for fen in amounts:
        total += float(Decimal(fen) / FEN_PER_WAN)
    assert MONEY.from_double(total) == sum(amounts)


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), -float("inf"), 1e305, 10**400, 2.0**60], ids=lambda n: str(n)[:9]
)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_number_of_a_report(kind, number) -> None:
    with pytest.raises(NotANumber):
        kind.from_double(number)


@pytest.mark.parametrize("number", [0.5, 12.000001, -0.1])
def test_counts_are_whole(number: float) -> None:
    for kind in (COUNT, SIGNED):
        with pytest.raises(NotANumber):
            kind.from_double(number)


def test_legal() -> None:
    for kind in KINDS.values():
        assert kind.legal(None) and kind.legal(SLASH) and kind.legal(0) and kind.legal(7)
    assert not COUNT.legal(-1) and not MONEY.legal(-1) and SIGNED.legal(-1)


@pytest.mark.parametrize(
    ("kind", "text", "value", "mark"),
    [
        (COUNT, "12", 12, None),
        (COUNT, "１２", 12, None),
        (COUNT, " 12 ", 12, None),
        (COUNT, "\u300012\u00a0", 12, None),
        (COUNT, "1,234,567", 1_234_567, None),
        (COUNT, "１，２３４", 1234, None),
        (COUNT, "1 234", 1234, None),
        (COUNT, "12件", 12, None),
        (COUNT, "12 件", 12, None),
        (COUNT, "2笔", 2, None),
        (COUNT, "+3", 3, None),
        (COUNT, "3.0", 3, None),
        (COUNT, "277 注3", 277, "注3"),
        (COUNT, "0注１", 0, "注1"),
        (COUNT, "注2", None, "注2"),
        (COUNT, "/注1", SLASH, "注1"),
        (COUNT, "／", SLASH, None),
        (COUNT, "无", SLASH, None),
        (COUNT, "   ", None, None),
        (COUNT, "-5", -5, None),
        (SIGNED, "－1", -1, None),
        (SIGNED, "−1", -1, None),
        (MONEY, "44.44 万元", 44_440_000, None),
        (MONEY, "347.92万元", 347_920_000, None),
        (MONEY, "63.2", 63_200_000, None),
        (MONEY, "251000元", 25_100_000, None),
        (MONEY, "0.01元", 1, None),
        (MONEY, "24252.311082", 24_252_311_082, None),
        (MONEY, "1.5亿元", 15_000 * FEN_PER_WAN, None),
        (MONEY, "309338 万元注2", 309_338 * FEN_PER_WAN, "注2"),
    ],
)
def test_written_otherwise_is_read_and_said(kind, text: str, value, mark: str | None) -> None:
    reading = kind.parse(text)
    assert (reading.value, reading.mark) == (value, mark)
    assert reading.normalised == (text != kind.show(value))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "2000万",
        "12（含去年3）",
        "22（其中修订16件）",
        "0.1234567",
        "1e999",
        "1e3",
        "NaN",
        "inf",
        "TRUE",
        "#N/A",
        "一",
        "十二",
        "1,2",
        "1,2345",
        "12,",
        "1.2.3",
        ".5",
        "5.",
        "7 0",
        "12 3",
        "1\n000 000",
        "12²",
        "①",
        "½",
        "٣",
        "-",
        "－",
        "—",
        "——",
        "--5",
        "5-",
        "(5)",
        "约12",
        "12余",
        "0x10",
        "1_000",
        "99999999999999999999",
        "1.0000000000000000000000000000001",
        "12%",
        "//",
        "1/2",
        "注",
        "注1注2 3",
    ],
)
def test_nothing_is_guessed(kind, text: str) -> None:
    if text == "注":
        assert kind.parse(text).value is None
        return
    with pytest.raises(NotANumber):
        kind.parse(text)


@pytest.mark.parametrize(
    ("kind", "text"), [(COUNT, "3万元"), (COUNT, "3元"), (MONEY, "3件"), (COUNT, "1.5"), (SIGNED, "0.5件")]
)
def test_units_of_another_kind(kind, text: str) -> None:
    with pytest.raises(NotANumber):
        kind.parse(text)


@given(ALL, st.text(max_size=12))
def test_any_text_is_read_or_refused(kind, text: str) -> None:
    try:
        reading = kind.parse(text)
    except NotANumber:
        return
    if isinstance(reading.value, int):
        assert abs(reading.value) <= MOST
        assert any(c.isdecimal() for c in text)


@pytest.mark.parametrize(
    "text", ["1" + " " * 32_000 + "x", "9" * 1_000_000, "1," * 16_000, "注" * 16_000, "元" * 32_000 + "件"]
)
def test_texts_without_end_cost_nothing(text: str) -> None:
    def refused() -> None:
        for kind in KINDS.values():
            with pytest.raises(NotANumber):
                kind.parse(text)

    within(25, refused)
