"""The squeezed text: every character with a way back to its atom, cell and line."""

from __future__ import annotations

import pytest

from gouji.published.stream import Atom, Place, Stream
from gouji.published.tables.normalise import folded, letters
from gouji.published.tables.squeezed import CELL, GLUED, LINE, ROW, SPACE, TABLE, squeeze
from support.published.small import squeezed


def text_of(*atoms: Atom) -> str:
    return squeeze(Stream(atoms)).text


def line(text: str) -> tuple[Atom, Atom]:
    return Atom(text), Atom(mark="line")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("⾏政许可", "行政许可"),  # Kangxi radicals, which NFKC folds
        ("部⻔⻓", "部门长"),  # the supplement, which it leaves alone
        ("１２，（一）", "12,(一)"),
        ("處理決定數量", "处理决定数量"),
        ("−3", "-3"),
        ("规\u200b章\ufeff", "规章"),
        ("⒈属于", "1.属于"),
    ],
)
def test_characters_are_folded(source: str, expected: str) -> None:
    assert folded(source) == expected


@pytest.mark.parametrize("small", ["10²", "10①", "3½", "㉑"])
def test_small_digits_never_become_digits_of_a_number(small: str) -> None:
    assert "".join(c for c in folded(small) if c.isdigit()) == small.rstrip("²①½㉑")


def test_only_letters_are_compared() -> None:
    assert letters(folded("3.危及“三安全一稳定”")) == "危及三安全一稳定"


def test_gaps_between_characters() -> None:
    text = squeeze(
        Stream(
            (
                *line("甲 乙"),
                Atom("丙"),
                Atom(mark="open"),
                Atom("丁"),
                Atom("戊"),
                Atom(mark="cell"),
                Atom("己"),
                Atom(mark="cell"),
                Atom(mark="row"),
                Atom("庚"),
            )
        )
    )
    assert text.text == "甲乙丙丁戊己庚"
    assert [text.gap(i) for i in range(7)] == [TABLE, SPACE, LINE, TABLE, GLUED, CELL, ROW]


def test_a_character_knows_its_atom() -> None:
    atoms = (Atom("甲 ", place=Place(line=1)), Atom(" 乙丙", place=Place(line=2)))
    text = squeeze(Stream(atoms))
    assert [text.place(i).line for i in range(3)] == [1, 2, 2]
    assert text.said(0, 3) == "甲 乙丙"


def test_cells_and_rows() -> None:
    text, _ = squeezed("规章\t1\t\t3\n")
    assert [text.text[c.start : c.end] for c in text.cells] == ["规章", "1", "", "3"]
    assert [(row.first, row.last, row.ended) for row in text.rows] == [(0, 4, True)]


def test_one_cell_a_line_makes_rows_whose_end_is_not_known() -> None:
    text, _ = squeezed("规章 |\n1 |\n2 |\n文字\n其他 |\n5 |\n")
    assert [(row.last - row.first, row.ended) for row in text.rows] == [(3, False), (2, False)]


@pytest.mark.parametrize("mark", ["- 5 -", "-5-", "— 12 —", "· 3 ·"])
def test_a_line_that_is_a_page_mark_is_dropped(mark: str) -> None:
    assert text_of(*line("12 0"), *line(mark), *line("7")) == "1207"


@pytest.mark.parametrize("said", ["3 0 3- 5 -", "3 0 3 - 5 - ", "只计这一- 3 -"])
def test_a_page_mark_within_a_line_is_dropped(said: str) -> None:
    assert text_of(*line(said)) in ("303", "只计这一")


def test_a_page_mark_torn_over_cells_is_dropped() -> None:
    text, _ = squeezed("| 2 | 1 | 7 | 5 |\n|  |  | - 3 | - |\n")
    assert text.text == "2175"


@pytest.mark.parametrize("said", ["88 -72 0", "-5", "5-3"])
def test_a_minus_is_no_page_mark(said: str) -> None:
    assert text_of(*line(said)) == said.replace(" ", "")


def test_superscripts_stand_beside_the_text() -> None:
    text = squeeze(Stream((Atom("277"), Atom("注3", raised=True), Atom(mark="line"))))
    assert text.text == "277" and text.raised == {3: "注3"}
    assert text_of(*line("277<sup>3</sup>")) == "277"
