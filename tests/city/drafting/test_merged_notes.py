"""Notes of units below the city's tables."""

from __future__ import annotations

import pytest

from gouji.city.drafting.notes import merged_notes
from gouji.city.sum.summing import NoteOrigin


@pytest.mark.parametrize(
    ("origins", "text"),
    [
        ([("甲局", "当年未统计")], "当年未统计"),
        ([("甲局", "当年未统计。"), ("乙局", " 当年未统计")], "当年未统计"),
        ([("甲局", "当年未统计"), ("乙局", "含委托")], "甲局：当年未统计；乙局：含委托"),
        ([("甲局", "未统计"), ("乙局", "含委托"), ("丙局", "未统计。")], "甲局、丙局：未统计；乙局：含委托"),
        ([("甲局", "未统计"), ("乙局", "")], "甲局：未统计；乙局：（未写注释内容）"),
        ([("甲局", "")], "甲局：（未写注释内容）"),
    ],
)
def test_what_all_say_alike_is_said_once(origins: list[tuple[str, str]], text: str) -> None:
    parts = tuple(NoteOrigin(unit, "注1", said) for unit, said in origins)
    assert merged_notes({"注1": parts}) == {"注1": text}
