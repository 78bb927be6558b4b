"""Texts of a report in which no rule finds anything, to be made wrong."""

from typing import Any

from gouji.rules import check
from support.triples import zeros

PROBLEMS = "主动公开的及时性还需提高，下一步将加强督促检查。"
WHOLE = {"一": "2024年，我局认真做好政府信息公开工作。", "五": PROBLEMS, "六": "本年未收取信息处理费。"}


def rules_of(texts: dict[str, str], **more: Any) -> set[str]:
    return {f.rule for f in check(zeros(texts=texts, **more))}
