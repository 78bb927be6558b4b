"""Every unit is in exactly one state of the season, with one sentence that says why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings

import gouji.city
from gouji.city.approving import UnitState, unit_state
from gouji.city.approving.states import StateKey, state_labels
from gouji.city.approving.telling import is_open
from gouji.city.consolidate import Consolidation, Submission
from gouji.city.desk import OfficeWord
from gouji.city.intake.filed import Filed, Status
from gouji.report import Report
from support.any_season import ERROR, HINT, REASON, WARNING, city, seasons, sent

BY = {"who": "王五", "when": "1月20日"}


def state(*files: Submission, words: tuple[OfficeWord, ...] = (), **more: object) -> UnitState:
    found = city(*files, words=words, **more)
    return unit_state(found.units[0], found)


def whole(state: str, text: str = "") -> OfficeWord:
    return OfficeWord("甲局", "", text, state, **BY)


def on(state: str, text: str = "") -> OfficeWord:
    return OfficeWord("甲局", WARNING.id, text, state, **BY)


# ---------------------------------------------------------------- the way through the season


@pytest.mark.parametrize(
    ("files", "words", "key", "reason"),
    [
        ((), (), "missing", "没有报送。"),
        ((sent(ERROR),), (), "wrong", "已报有误，没有计入汇总：不是整数（二!B5）。"),
        ((sent(year=2023),), (), "wrong", "年度不符，没有计入汇总：文件的年度是 2023，应为 2024。"),
        ((sent(), sent(file="另.xlsx", new=2)), (), "wrong", "重复报送，没有计入汇总：2 份文件内容不一致"),
        ((sent(WARNING),), (on("退回", "请写明原因"),), "returned", "有 1 项说明被退回，第一项："),
        ((sent(),), (whole("退回", "缺少公章"),), "returned", "已退回（王五，1月20日）：缺少公章。"),
        ((sent(ERROR),), (whole("退回"),), "returned", "已退回（王五，1月20日），请改正后重新报送。"),
        ((sent(WARNING),), (), "unexplained", "有 1 项需要说明，第一项："),
        ((sent(WARNING),), (whole("已核实", "看过了，没有问题"),), "unexplained", "有 1 项需要说明"),
        ((sent(WARNING, said=REASON),), (), "complete", "已报齐，1 项说明待核实。"),
        ((sent(WARNING, said=REASON),), (on("已核实"),), "complete", "已报齐，没有需要处理的问题。"),
        ((sent(HINT),), (), "complete", "已报齐，没有需要处理的问题。"),
        ((sent(),), (whole("已核实"),), "verified", "已核实（王五，1月20日）。"),
        ((sent(WARNING, said=REASON),), (whole("已核实"),), "verified", "已核实（王五，1月20日）。"),
        (
            (),
            (whole("已核实", "机构撤销，本年不报送。"),),
            "verified",
            "经核实本年不报送（王五，1月20日）：机构撤销，本年不报送。",
        ),
    ],
)
def test_the_states(
    files: tuple[Submission, ...], words: tuple[OfficeWord, ...], key: StateKey, reason: str
) -> None:
    found = state(*files, words=words)
    assert (found.key, found.label) == (key, state_labels()[key])
    assert found.reason.startswith(reason)
    assert found.must_act is (key not in ("complete", "verified"))


def test_an_error_that_was_counted_all_the_same_is_one() -> None:
    found = state(sent(ERROR), include_invalid=True)
    assert (found.key, found.must_act) == ("wrong", True)
    assert found.reason.startswith("有 1 项错误，第一项：")


def test_no_other_wording_has_these_words() -> None:
    """Declared once: whatever shows a state takes its words from there."""
    room = Path(gouji.city.__file__).parent
    words = set(state_labels().values())
    for path in room.rglob("wording.toml"):
        assert not words & set(leaves(tomllib.loads(path.read_text("utf-8")))), path


def leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            yield from leaves(one)


def test_the_states_stand_in_the_order_of_the_season() -> None:
    assert tuple(state_labels()) == get_args(StateKey)
    assert list(state_labels().values()) == ["未报", "已报有误", "退回", "已报待说明", "已报齐", "已核实"]


# ---------------------------------------------------------------- the office's word on a unit


def test_whoever_verifies_a_unit_verifies_what_it_explained() -> None:
    found = city(sent(WARNING, said=REASON), words=(whole("已核实"),))
    (one,) = (s for s in found.settled if s.finding.id == WARNING.id and s.file)
    assert (one.state, one.text, one.who) == ("已核实", REASON, "王五")


@pytest.mark.parametrize("said", ["退回", "已核实"])
def test_a_word_on_a_unit_falls_back_when_it_sends_again(said: str) -> None:
    words = (whole(said, "已当面核对"),)
    kept = city(sent(), words=words).approval.kept
    again = city(sent(), words=words, kept=kept)
    assert unit_state(again.units[0], again).key == ("returned" if said == "退回" else "verified")
    resealed = replace(sent(), seal="intact", sha256="0" * 64)
    assert unit_state((late := city(resealed, words=words, kept=kept)).units[0], late).must_act is (
        said == "退回"
    )
    later = city(sent(new=1), words=words, kept=kept)
    assert unit_state(later.units[0], later).key == "complete"
    (hint,) = (f for f in later.findings if f.rule == "office-word")
    assert "该单位此后已重新报送" in hint.message


@pytest.mark.parametrize(
    ("files", "word", "why"),
    [
        ((), whole("退回"), "没有报送，不能退回"),
        ((sent(ERROR),), whole("已核实", REASON), "没有计入汇总"),
        ((sent(WARNING),), whole("已核实", REASON), "还有 0 项错误、1 项待说明"),
        ((sent(),), whole("同意"), "没有“同意”这一状态"),
        ((sent(),), whole("", "已联系"), "没有写状态"),
        ((), whole("已核实"), "没有说明原因"),
    ],
)
def test_a_word_that_does_not_hold_is_said(files: tuple[Submission, ...], word: OfficeWord, why: str) -> None:
    found = city(*files, words=(word,))
    (hint,) = (f for f in found.findings if f.rule == "office-word")
    assert why in hint.message
    assert unit_state(found.units[0], found).key != "verified"


def test_a_unit_that_was_returned_keeps_the_season_open() -> None:
    assert not is_open(city(sent()))
    assert is_open(city(sent(), words=(whole("退回"),)))


# ---------------------------------------------------------------- any combination


@settings(max_examples=150, deadline=None)
@given(seasons())
def test_every_combination_gives_one_state(found: Consolidation) -> None:
    (row,) = found.units
    one = unit_state(row, found)
    assert one.key in get_args(StateKey) and one.label == state_labels()[one.key]
    assert one.reason and "{" not in one.reason
    assert not (one.must_act and one.key in ("verified", "complete"))
    assert one.must_act == (one.key not in ("verified", "complete"))
    of_row = [
        s
        for s in found.settled
        if s.of == "甲局" and (not s.file or not row.taken or s.file == row.taken.submission.file)
    ]
    if one.key == "verified":
        assert not [s for s in of_row if s.open]
    if not one.must_act and row.taken:
        assert not [s for s in of_row if s.open]
    if any(s.open and s.finding.level == "error" for s in of_row):
        assert one.must_act
    if one.must_act and one.key != "unexplained":
        assert is_open(found)


@settings(max_examples=60, deadline=None)
@given(seasons())
def test_nothing_that_was_said_is_lost(found: Consolidation) -> None:
    """Each text of a unit stands beside its finding, each of the office beside one or in a hint."""
    assert [s.finding for s in found.settled] == [p.finding for p in found.problems()]
    for filed in found.intake.files:
        report: Report | None = filed.submission.report
        for finding in filed.submission.findings:
            if report and finding.id in report.explanations:
                beside = [
                    s for s in found.settled if s.file == filed.submission.file and s.finding.id == finding.id
                ]
                assert all(report.explanations[finding.id].text in s.text for s in beside)
    assert found.desk
    written = "\n".join(s.text + s.why for s in found.settled)
    unused = {f.place for f in found.findings if f.rule == "office-word"}
    wholes = [one.word for one in found.approval.units.values()]
    for word in found.desk.words:
        used = word.text in written or word in wholes
        assert used or f"{word.unit}/{word.finding}/{word.line}" in unused


# ---------------------------------------------------------------- whatever the intake says


@pytest.mark.parametrize("status", get_args(Status))
@pytest.mark.parametrize("said", [(), (whole("已核实", REASON),), (whole("退回", "缺少公章"),)])
def test_a_unit_of_any_status_has_a_state(status: Status, said: tuple[OfficeWord, ...]) -> None:
    """With a file that counts, with one that does not, and with none."""
    found = city(sent(), words=said)
    (row,) = found.units
    none: tuple[Filed, ...] = ()
    for files, taken in ((row.files, row.taken), (row.files, None), (none, None)):
        one = unit_state(replace(row, status=status, files=files, taken=taken), found)
        assert one.reason and "{" not in one.reason
        assert taken or one.must_act or one.key == "verified"
    assert unit_state(replace(row, status=status, files=none, taken=None), city()).key == "missing"
