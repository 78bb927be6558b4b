"""The prose of one report is read alike in every shape in which reports are published."""

from __future__ import annotations

import pytest

from gouji.published.prose import read_prose
from gouji.published.reading import ProseRead
from gouji.published.source.sniff import open_source
from gouji.text import plain
from support.prose_shapes import SHAPES, Told

#: The shape prints other characters, which are handed out as they are written.
_REWRITTEN = {"S05 traditional"}


def prose_of(shape: str, told: Told) -> ProseRead:
    name, write = SHAPES[shape]
    return read_prose(open_source(write(told), name))


def together(*paragraphs: str) -> str:
    return plain("".join(paragraphs))


@pytest.mark.parametrize("shape", SHAPES)
def test_year_unit_and_period(shape: str) -> None:
    told = Told()
    read = prose_of(shape, told)
    assert (read.unit, read.year) == (told.unit, told.year)
    if shape not in _REWRITTEN:
        assert read.period == ("2022-01-01", "2022-12-31")
        assert plain(read.title) == plain(told.title)
    assert read.doubts == ()


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - _REWRITTEN))
def test_texts_are_the_report_s_own_words(shape: str) -> None:
    told = Told()
    read = prose_of(shape, told)
    assert list(read.texts) == ["引言", "一", "五", "六"]
    assert plain(read.texts["引言"]) == plain(told.preface)
    assert plain(read.texts["一"]) == together(*told.one)
    assert plain(read.texts["五"]) == together(*told.five)
    assert plain(read.texts["六"]) == together(*told.six)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_of_tables_and_site_is_prose(shape: str) -> None:
    read = prose_of(shape, Told())
    assert read.stray == ()
    assert [*read.notes] == ["注1"]
    assert plain(read.signed)[-3:] in ("林业局", "林業局")
    assert plain(read.dated) == "2023年1月16日"


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - _REWRITTEN - {"S01 glued", "S02 spaced"}))
def test_paragraphs_as_printed(shape: str) -> None:
    told = Told()
    read = prose_of(shape, told)
    assert [plain(line) for line in read.texts["一"].split("\n")] == [*map(plain, told.one)]
    assert read.notes == {"注1": "含委托乡镇办理的件数。"}


@pytest.mark.parametrize("shape", ["S01 glued", "S06 site", "S11 Word", "S17 PDF lines", "S21 cell a line"])
def test_a_report_of_2019(shape: str) -> None:
    told = Told(
        year=2022,
        edition="2019",
        notes=("注1、2：当年没有统计。", "注 3：不含林场自己的采购。"),
        signed="云溪县林业局",
    )
    read = prose_of(shape, told)
    assert {mark: plain(text) for mark, text in read.notes.items()} == {
        "注1": "当年没有统计。",
        "注2": "当年没有统计。",
        "注3": "不含林场自己的采购。",
    }
    assert read.stray == ()
    assert plain(read.texts["五"]) == together(*told.five)


def test_what_is_written_between_heading_and_table_is_kept() -> None:
    """A site printed its prose inside section 二; it is no text of the form and no cell."""
    told = Told(notes=("全年共公布各类消息318条，其中防火的44条。",))
    for shape in ("S01 glued", "S07 page", "S15 lines", "S21 cell a line", "S24 pipes"):
        read = prose_of(shape, told)
        ((place, text),) = read.stray
        assert plain(text) == plain(told.notes[0]), shape
        assert place.startswith("二（表格之后"), shape
