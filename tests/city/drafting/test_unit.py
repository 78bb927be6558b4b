"""Sentences of the tables in one unit's report."""

from __future__ import annotations

import gouji
from gouji.city.drafting import answered, drafted_unit
from support.drafts import zeros


def test_only_an_empty_section_or_one_that_asks_is_drafted() -> None:
    report = zeros("2021", "某局", t3_new_natural=1, t3_granted_natural=1)
    assert "新收政府信息公开申请1件" in (drafted_unit(report).texts or {})["一"]
    report.texts = {"一": "概况。\n【统计】", "五": "问题。"}
    texts = drafted_unit(report).texts or {}
    assert (
        texts["一"].startswith("概况。\n2024年，")
        and texts["五"] == "问题。"
        and "【统计】" not in texts["一"]
    )
    report.texts = {"一": "概况。", "五": ""}
    assert drafted_unit(report) is report


def test_no_document_prints_what_should_have_been_filled_in() -> None:
    """Of a report that is printed; as JSON and as a workbook it stays as it was typed."""
    report = zeros("2021", "某局", t3_new_natural=1, t3_granted_natural=1)
    report.texts = {"一": "概况。\n【统计】", "五": "问题。", "六": "【统计】\n无其他事项。"}
    page = gouji.write(report, to="html").decode()
    assert "【统计】" not in page and "新收政府信息公开申请1件" in page
    assert "<mark>【此处填写：这一部分没有由表生成的统计句" in page
    assert "【统计】" in gouji.write(report, to="json").decode()
    report.texts = {"一": "概况。", "五": "问题。", "六": "没有。"}
    assert answered(report) is report
