"""Sentences of the tables in one unit's report."""

from __future__ import annotations

from gouji.city.drafting import drafted_unit
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
