"""Which year a place of a sentence speaks of, and what is a part."""

import pytest

from gouji.rules import catalogue
from gouji.rules.scopes import Passage
from gouji.rules.statements import reader


def passages(sentence: str) -> list[Passage]:
    return list(reader(catalogue(), 2024).scopes.passages(sentence))


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("收到@件", 2024),
        ("2023年收到@件", 2023),
        ("2023年收到8件,2024年收到@件", 2024),
        ("上年同期收到@件", 2023),
        ("较上年的8件减少2件,办结@件", 2024),
        ("较上年收到的@件减少2件", 2023),
        ("与2023年相比,收到@件", 2024),
        ("上年结转2件,收到@件", 2024),
        ("2023年结转2件,收到@件", 2024),
        ("结转2025年办理2件,收到@件", 2024),
        ("去年收到8件,今年收到@件", 2024),
        ("2024年1月1日至12月31日收到@件", 2024),
        ("上半年收到@件", None),
        ("2022年以来收到@件", None),
        ("一季度收到@件", None),
        ("2024年3月,收到@件", None),
    ],
)
def test_a_number_belongs_to_the_year_that_was_named_last(sentence: str, year: int | None) -> None:
    whole, *_ = passages(sentence)
    assert whole.year_at(sentence.index("@")) == year


def test_parts_begin_behind_of_which_and_in_brackets() -> None:
    whole, aside = passages("收到9件(含上年结转2件),其中网络5件")
    assert whole.text == "收到9件,其中网络5件"
    assert [whole.is_part(whole.text.index(n)) for n in "95"] == [False, True]
    assert aside.text == "含上年结转2件" and aside.is_part(0)
    assert whole.asides == {4: "含上年结转2件"}


def test_a_bracket_speaks_of_the_year_in_which_it_stands() -> None:
    _, aside = passages("2023年收到8件(办结7件)")
    assert aside.year_at(0) == 2023


def test_titles_are_not_read_and_keep_their_place() -> None:
    (whole,) = passages("《2022年公开要点》印发,收到@件")
    assert "2022" not in whole.read and len(whole.read) == len(whole.text)
    assert whole.year_at(whole.text.index("@")) == 2024
