"""Whatever a person does at the desk, in any order: all of it can be undone, and done again elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.api import write
from gouji.errors import GoujiError
from gouji.form import load_form
from gouji.page import desk
from gouji.report import Report, canonical, from_json, load
from gouji.rules.explanations import states
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import CannotWrite
from gouji.workshop.sample import sample_report
from support import DATA
from support.at_the_desk import asked
from support.random_reports import ODD

#: The files that lie on a desk: one with faults and its last year's, a blank form, one that was published.
FILES: list[tuple[str, Any]] = [
    ("check", ("甲.xlsx", write(sample_report()))),
    ("check", ("去年.json", (DATA / "published" / "pt-gaj-2021.json").read_bytes())),
    ("check", ("今年.json", (DATA / "published" / "pt-gaj-2022.json").read_bytes())),
    ("blank", ("某市某局", 2024)),
    ("check", ("公布.txt", (DATA / "published_text" / "seed-0.txt").read_bytes())),
]
NUMBERS = range(1, len(FILES) + 1)
#: Cells that both editions have.
CELLS = [cell.id for cell in sample_report().form.cells if cell.id in load_form("2019").by_id]
CONTENT = st.sampled_from(["", "0", "7", "12件", "/", "无", "1.5", "约3", "１２", "3注1", "-1"]) | ODD
TEXT = ODD | st.sampled_from(["无", "经核对台账，情况属实。", "全年新收申请 12 件。", ""])

_cells = st.dictionaries(st.sampled_from(CELLS), CONTENT, min_size=1, max_size=4)
_block = st.lists(st.lists(CONTENT, min_size=1, max_size=8), min_size=1, max_size=6)
CHANGES: st.SearchStrategy[tuple[str, tuple[Any, ...]]] = st.one_of(
    st.tuples(st.just("typed"), st.tuples(_cells.map(json.dumps))),
    st.tuples(
        st.just("pasted"),
        st.tuples(
            st.sampled_from(CELLS),
            _block.map(lambda rows: "\n".join("\t".join(row) for row in rows)),
            st.just(""),
        ),
    ),
    st.tuples(
        st.just("cover"),
        st.tuples(
            st.sampled_from(["unit", "code", "year", "period_from", "period_to"]), TEXT | st.just("2022")
        ),
    ),
    st.tuples(
        st.just("declared"),
        st.tuples(st.sampled_from(["", "table2", "table3", "table4"]), st.sampled_from(["", "1"])),
    ),
    st.tuples(st.just("zeroed"), st.tuples(st.sampled_from(["", "table2", "table3", "table4"]))),
    st.tuples(st.just("text"), st.tuples(st.sampled_from(["引言", "一", "五", "六"]), TEXT)),
    st.tuples(st.just("note"), st.tuples(st.sampled_from(["注1", "注２", " "]), TEXT)),
    st.tuples(st.just("mark"), st.tuples(st.sampled_from(CELLS), st.sampled_from(["注1", "", "注 ２"]))),
    st.tuples(st.just("explained"), st.tuples(st.integers(0, 5), TEXT, st.sampled_from(["", *states()]))),
    st.tuples(st.just("answered"), st.tuples(st.sampled_from(CELLS), CONTENT)),
    st.tuples(st.just("prior"), st.sampled_from([("", b""), FILES[1][1]])),
    st.tuples(st.just("reverted"), st.just(())),
)
#: Each kind of change, once.
EACH: list[tuple[int, tuple[str, tuple[Any, ...]]]] = [
    (1, ("typed", (json.dumps({"t3.new.natural": "12件", "t3.new.total": "约3"}),))),
    (1, ("pasted", ("t3.granted.natural", "1\t/\n3注1\t无", ""))),
    (4, ("cover", ("year", "24"))),
    (4, ("declared", ("", "1"))),
    (4, ("typed", (json.dumps({"t3.new.natural": "1"}),))),
    (4, ("zeroed", ("table4",))),
    (2, ("text", ("六", "无"))),
    (3, ("note", ("注1", "含上年转来的。"))),
    (3, ("mark", ("t3.new.natural", "注1"))),
    (3, ("explained", (0, "经核对台账，情况属实。", ""))),
    (5, ("answered", ("t3.new.natural", "7"))),
    (1, ("prior", FILES[1][1])),
    (5, ("reverted", ())),
]
STEPS = st.lists(st.tuples(st.sampled_from(NUMBERS), CHANGES), max_size=12)


def begun() -> None:
    desk.cleared()
    for number, (name, arguments) in enumerate(FILES, 1):
        asked(name, number, *arguments)


def done(number: int, name: str, arguments: tuple[Any, ...]) -> list[Any] | None:
    """The call as it is written into a journal, where it changed something; None where it was refused."""
    if name == "explained":
        findings = asked("shown", number)[0]["findings"]
        chosen = findings[arguments[0] % len(findings)]["id"] if findings else "no:finding"
        arguments = (chosen, *arguments[1:])
    try:
        asked(name, number, *arguments)
    except GoujiError:
        return None
    return [name, number, *arguments]


def all_shown() -> list[Any]:
    return [asked("shown", number)[0] for number in NUMBERS]


def reports() -> list[Report]:
    return [from_json(json.loads(asked("as_json", number))) for number in NUMBERS]


def undone_and_done_again(steps: list[Any]) -> None:
    begun()
    before, shown_before = reports(), all_shown()
    for number, (name, arguments) in steps:
        done(number, name, arguments)
    after, shown_after = reports(), all_shown()
    for number in NUMBERS:
        while asked("shown", number)[0]["undo"]:
            asked("undo", number)
    assert reports() == before
    assert [one | {"redo": 0} for one in all_shown()] == shown_before
    for number, one in zip(NUMBERS, shown_after, strict=True):
        for _ in range(one["undo"]):
            asked("redo", number)
    assert reports() == after and all_shown() == shown_after


def played_on_a_new_desk(steps: list[Any]) -> None:
    begun()
    journal = []
    for number, (name, arguments) in steps:
        if call := done(number, name, arguments):
            journal.append(call)
        if len(journal) % 3 == 2:
            asked("undo", number)
            journal.append(["undo", number])
    shown = all_shown()
    begun()
    for call in journal:
        asked(*call)
    assert all_shown() == shown


def kept_in_drafts(steps: list[Any]) -> None:
    """What was typed and what it was typed over; also what is no number, and a file that was read from a
    text."""
    begun()
    for number, (name, arguments) in steps:
        done(number, name, arguments)
    for number, before in zip(NUMBERS, all_shown(), strict=True):
        was = load(asked("as_json", number))
        after = asked("resumed", number, asked_text("draft", number))[0]
        assert canonical(load(asked("as_json", number))) == canonical(was)
        for key in ("cells", "cover", "texts", "notes", "declared", "changed", "path"):
            assert after[key] == before[key], key


def asked_text(name: str, *arguments: Any) -> str:
    answer: str = getattr(desk, name)(*arguments)
    return answer


def written_and_read(steps: list[Any]) -> None:
    """A workbook that is written for a file reads as the report that the desk holds, and is judged as it
    was."""
    begun()
    changed = {number for number, (name, arguments) in steps if done(number, name, arguments)}
    for number in changed:
        try:
            book = asked("workbook", number)
        except CannotWrite:
            continue
        shown = asked("shown", number)[0]
        assert canonical(read_workbook(book).report) == canonical(load(asked("as_json", number)))
        again = asked("check", 9, "新.xlsx", book)[0]
        if shown["prior"] is None or shown["prior"]["source"] == "typed":
            assert [f["message"] for f in again["findings"]] == [f["message"] for f in shown["findings"]]
        asked("remove", 9)


def told_to_a_new_desk_by_how_it_stands(steps: list[Any]) -> None:
    """All steps of a file at once: the same in everything but what can be undone, which is one step."""
    begun()
    for number, (name, arguments) in steps:
        done(number, name, arguments)
    shown = all_shown()
    standing = [desk.standing(number) for number in NUMBERS]
    begun()
    for number, data in zip(NUMBERS, standing, strict=True):
        asked("stood", number, data)
    for one, before in zip(all_shown(), shown, strict=True):
        assert one["undo"] <= 1
        assert {**one, "undo": 0} == {**before, "undo": 0}


WALKS = [
    undone_and_done_again,
    played_on_a_new_desk,
    told_to_a_new_desk_by_how_it_stands,
    kept_in_drafts,
    written_and_read,
]


@pytest.mark.parametrize("walk", WALKS, ids=[walk.__name__ for walk in WALKS])
def test_each_kind_of_change(walk: Callable[[list[Any]], None]) -> None:
    walk(EACH)


@pytest.mark.long
@pytest.mark.parametrize("walk", WALKS, ids=[walk.__name__ for walk in WALKS])
@settings(max_examples=15)
@given(steps=STEPS)
def test_whatever_a_person_does(walk: Callable[[list[Any]], None], steps: list[Any]) -> None:
    walk(steps)
