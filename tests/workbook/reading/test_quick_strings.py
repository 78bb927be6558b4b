"""The quick path of shared strings takes what stands for itself, and leaves all else to the careful one."""

from __future__ import annotations

import pytest

from gouji.opc.xmlstream import SHEETS
from gouji.workbook.reading.cells import Budget
from gouji.workbook.reading.quick_strings import quick_strings
from gouji.workbook.reading.stringxml import read_strings


def part(inside: str) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{SHEETS}" count="2">'
    return f"{head}<si><t>甲</t></si>{inside}<si><t>乙</t></si></sst>".encode()


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<si><t>_x0041_&amp;</t></si>", "A&"),
        ('<si><t xml:space="preserve"> 一 </t></si>', " 一 "),
        ('<si><r><rPr><b/><sz val="9"/></rPr><t>一</t></r><r><t>二</t></r></si>', "一二"),
        ("<si><t/></si>", ""),
    ],
)
def test_plain_and_rich_texts_are_taken(inside: str, text: str) -> None:
    whole = part(inside)
    found = quick_strings(whole, Budget())
    assert found == ["甲", text, "乙"] == read_strings(iter((whole,)), "", Budget())


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- <si><t>一</t></si> -->",
        "<!-- 一 -->",
        "<si><t>一<!-- 二 -->三</t></si>",
        "<?a <si><t>一</t></si> ?>",
        "<?a 一?>",
        "<si><t><![CDATA[一]]></t></si>",
        "<si><t><![CDATA[<si><t>一</t></si>]]></t></si>",
        "<si><x>一</x></si>",
        "<si><t>一</t>",
    ],
)
def test_what_does_not_stand_for_itself_is_left(inside: str) -> None:
    for _ in range(2):  # nothing of it is remembered
        assert quick_strings(part(inside), Budget()) is None
