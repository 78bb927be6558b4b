"""Seasons of one unit with any files, findings and words, as hypothesis draws them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.report import Explanation
from gouji.rules import Finding

from .years import unit

ROSTER = Roster((RosterUnit("甲局", "001"),))
WARNING = Finding("pending-share", "t3.total", "warning", "待办偏多。", "请核对。", (), 3, 9)
ERROR = Finding("cell-number", "t2.rules.made", "error", "不是整数。", "请改正。", ("t2.rules.made",))
MOVED = Finding("label-changed", "三!A9", "error", "标签被改。", "请用模板重新填写。")
HINT = Finding("cell-declared", "table2", "hint", "空白计为 0。", "请核对。")
REASON = "年底集中收到申请三件"


def sent(
    *findings: object,
    file: str = "甲局.xlsx",
    year: int = 2024,
    said: str = "",
    code: str = "001",
    **cells: int,
) -> Submission:
    report = unit("甲局", year, code, **cells)
    report.explanations = {WARNING.id: Explanation(said, "")} if said else {}
    return Submission(file, report, findings)  # type: ignore[arg-type]


def city(*files: Submission, words: tuple[OfficeWord, ...] = (), **more: object) -> Consolidation:
    desk = Desk(Settings("某市", 2024), ROSTER, words=words)
    return consolidate(files, ROSTER, name="某市", year=2024, desk=desk, **more)  # type: ignore[arg-type]


@st.composite
def seasons(draw: st.DrawFn) -> Consolidation:
    """Up to two files of one unit, each with any findings, of any year, and any words on them."""
    files = []
    for number in range(draw(st.integers(0, 2))):
        found = draw(
            st.lists(st.sampled_from([WARNING, ERROR, HINT, MOVED]), max_size=3, unique_by=lambda f: f.id)
        )
        said = draw(st.sampled_from(["", REASON, "核实无误"]))
        year = draw(st.sampled_from([2024, 2024, 2023]))
        known = {"year": year, "said": said, "code": draw(st.sampled_from(["001", "001", "9"]))}
        one = sent(*found, file=f"{number}.xlsx", new=draw(st.integers(0, 1)), **known)  # type: ignore[arg-type]
        files.append(replace(one, report=draw(st.sampled_from([one.report, one.report, None]))))
    states = st.sampled_from(["", "未处理", "已说明", "已核实", "退回", "同意"])
    ids = st.sampled_from(
        ["", WARNING.id, ERROR.id, HINT.id, "unit-missing:甲局", "unit-code:甲局", "unit-invalid:甲局/0.xlsx"]
    )
    units = st.sampled_from(["甲局", "某市"])
    lines = [
        OfficeWord(
            draw(units), draw(ids), draw(st.sampled_from(["", f"{REASON}，第{n}行"])), draw(states), line=n
        )
        for n in range(1, draw(st.integers(1, 4)))
    ]
    return city(*files, words=tuple(lines), include_invalid=draw(st.booleans()))
