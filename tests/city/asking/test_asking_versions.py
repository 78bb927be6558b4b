"""In what two files of one unit differ."""

from __future__ import annotations

from dataclasses import replace

from gouji.city.asking.versions import Difference, differences
from support.asked import right


def test_blank_zero_and_slash_are_three_things() -> None:
    one, two, three = right("甲局"), right("甲局"), right("甲局")
    two.set("t2.documents.made", None)
    three.set("t2.documents.made", "/")
    (found,) = differences([one, two, three])
    assert found == Difference("二!B6", "「行政规范性文件」「本年制发件数」", ("0", "空白", "/"))


def test_money_is_shown_in_ten_thousands() -> None:
    one, two = right("甲局"), right("甲局")
    two.set("t2.fees.amount", 12_345_000)
    (found,) = differences([one, two])
    assert found.values == ("0", "12.345")


def test_texts_notes_and_period() -> None:
    one = right("甲局")
    two = replace(
        one,
        period=("2024-01-01", "2024-12-31"),
        texts={**(one.texts or {}), "一": "短了。"},
        marks={"t2.documents.made": "注1"},
        notes={"注1": "口径"},
    )
    found = {difference.name: difference for difference in differences([one, two])}
    assert found["第一部分的文字"] == Difference("一!A13", "第一部分的文字", ("321 字", "3 字"))
    assert found["统计期限"].values == ("空白", "2024-01-01—2024-12-31")
    assert found["表注"].values == ("0 条", "1 条")


def test_equal_files_do_not_differ() -> None:
    assert differences([right("甲局"), right("甲局")]) == []
