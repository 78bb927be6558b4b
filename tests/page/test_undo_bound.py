"""Steps that can be undone are bounded by what they hold: the oldest go first, nobody loses what stands."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from gouji.page import desk, held
from gouji.page.held import Standing
from gouji.page.weight import weight_of
from support.at_the_desk import asked, calls, shown, typed

from .test_page_properties import EACH, all_shown, begun, done, played_on_a_new_desk

NEW = "t3.new.natural"
#: Characters of a long text, two bytes each.
LONG = 30_000


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


def steps(number: int) -> list[Standing]:
    return desk._desk[number].steps


def test_a_state_weighs_what_it_does_not_share() -> None:
    """One cell some kilobytes, a long text its length, the same nothing, a text that stands none."""
    desk.blank(1, "某市某局", 2024)
    typed(1, {NEW: "1"})
    asked("text", 1, "五", "字" * LONG)
    typed(1, {NEW: "2"})
    _, cell, text, again = (one.weight for one in steps(1))
    assert 500 < cell < 40_000 and 500 < again < 40_000
    assert 2 * LONG < text < 2 * LONG + 40_000
    assert weight_of(steps(1)[1], steps(1)[1]) == 0


def test_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undoing ends at the first that is left; what the file said is had back all the same, and what was
    changed is told against it."""
    monkeypatch.setattr(held, "MOST_STEPS", 10 * 2 * LONG)
    desk.blank(1, "某市某局", 2024)
    for number in range(1, 16):
        asked("text", 1, "五", f"{number}" + "字" * LONG)
    one = shown("shown", 1)
    assert 5 <= one["undo"] < 10
    assert sum(each.weight for each in steps(1)[1:]) <= 10 * 2 * LONG
    undone = []
    while one["undo"]:
        one = shown("undo", 1)
        undone.append(int(one["texts"]["五"].rstrip("字")))
    assert undone == list(range(14, 14 - len(undone), -1))
    assert one["changed"]["sections"] == ["五"]
    for _ in undone:
        one = shown("redo", 1)
    assert one["texts"]["五"].startswith("15字")
    one = shown("reverted", 1)
    assert (one["texts"], one["changed"]["said"]) == ({}, "")
    assert shown("undo", 1)["texts"]["五"].startswith("15字")


def test_one_step_that_is_too_much_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST_STEPS", 0)
    desk.blank(1, "某市某局", 2024)
    typed(1, {NEW: "1"})
    one = typed(1, {NEW: "2"})
    assert (one["undo"], one["redo"], one["cells"][NEW]["v"]) == (0, 0, "2")
    assert shown("undo", 1)["cells"][NEW]["v"] == "2"


def test_some_thousand_cells_can_be_undone() -> None:
    """What a person does in a day is not near the bound."""
    desk.blank(1, "某市某局", 2024)
    typed(1, {cell.id: "7" for cell in steps(1)[0].report.form.cells})
    typed(1, {NEW: "8"})
    assert 1000 * steps(1)[-1].weight < held.MOST_STEPS


@pytest.mark.parametrize("most", [0, 20_000])
def test_a_replay_is_as_it_was(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Every kind of change, some undone: a desk on which the same is done again shows the same."""
    monkeypatch.setattr(held, "MOST_STEPS", most)
    played_on_a_new_desk(EACH)


def test_drafts_end_where_they_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed file keeps its base while steps go."""
    monkeypatch.setattr(held, "MOST_STEPS", 0)
    begun()
    done(1, "typed", (json.dumps({NEW: "3"}),))
    before = all_shown()[0]["cells"]
    desk.resumed(9, desk.draft(1))
    typed(9, {NEW: "4"})
    one = typed(9, {NEW: "5"})
    assert one["undo"] == 0 and one["cells"][NEW]["v"] == "5"
    first = shown("reverted", 9)["cells"][NEW]["v"]
    assert first == before[NEW]["was"]
