"""What a clerk meets at the desk: texts not given, declared zeros, a draft, a seal, the words of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from gouji.api import NotSealable, write
from gouji.page import desk
from gouji.report import Report, load
from gouji.wording import wording_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.wording import wording
from support import DATA
from support.archive import made, sealed
from support.at_the_desk import asked, calls, checked, shown, typed

PUBLISHED = DATA / "published"
WITHOUT_TEXTS = PUBLISHED / "pt-jtj-2024.json"
SENTENCES = {
    "一": "全年按要求公开各类信息。" * 20,
    "五": "解读材料偏少，将逐项改进。" * 10,
    "六": "本年度没有收取信息处理费。",
}


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


def words(part: str) -> dict[str, Any]:
    return wording_of("gouji.page", part)


def named(one: dict[str, Any], rule: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = (finding for finding in one["findings"] if finding["rule"] == rule)
    return found


# ---------------------------------------------------------------- texts that were not given


def test_a_report_without_texts_may_not_be_sent_and_not_be_sealed() -> None:
    one = checked(1, WITHOUT_TEXTS)
    assert (one["state"], one["label"]) == ("clean", words("shown")["tables"])
    assert one["todo"] != wording("check.verdict")["ready"] and "一、五、六" in one["todo"]
    assert "一、五、六" in one["sealable"]
    with pytest.raises(NotSealable) as refused:
        desk.sealed(1)
    assert refused.value.message == one["sealable"] and refused.value.findings == ()
    again = shown("check", 2, "甲.xlsx", asked("workbook", 1))
    assert (again["todo"], again["sealable"]) == (one["todo"], one["sealable"])


def test_a_text_typed_and_taken_away_leaves_what_there_was() -> None:
    before = checked(1, WITHOUT_TEXTS)
    one = shown("text", 1, "六", "本年度未收取信息处理费。")
    assert one["counts"]["left"] == 2
    one = shown("text", 1, "六", "")
    assert {**one, "undo": 0} == before
    before = shown("blank", 2, "某市某局", 2024)
    shown("text", 2, "六", "本年度未收取信息处理费。")
    assert shown("text", 2, "六", "")["todo"] == before["todo"]


# ---------------------------------------------------------------- zeros that are declared


def declared_form() -> dict[str, Any]:
    """One number and its total typed, the rest of all tables declared to be 0."""
    desk.blank(1, "某市某局", 2024)
    typed(1, {"t3.new.natural": "3", "t3.granted.natural": "3"})
    return shown("declared", 1, "", "1")


@pytest.mark.parametrize("table", ["", "table4"])
def test_declared_blanks_are_typed_as_0_in_one_step(table: str) -> None:
    before = declared_form()
    one = shown("zeroed", 1, table)
    assert one["undo"] == before["undo"] + 1
    form = load(asked("as_json", 1)).form
    blank = {c.id for c in form.cells if not one["cells"][c.id]["v"]}
    # The totals of lines with a number, and of these, are a person's to fill; no cell that was typed is
    # another one.
    left = {"t3.new.total", "t3.granted.total", "t3.processed.natural", "t3.processed.total"}
    asked_of = {c.id for c in form.cells if table in ("", c.table)}
    typed_before = {c for c, cell in before["cells"].items() if cell["v"]}
    assert blank & asked_of <= left | (set(form.by_id) - asked_of)
    assert {c for c in form.by_id if c not in asked_of} - typed_before <= blank
    assert one["cells"]["t3.new.natural"]["v"] == "3" and one["cells"]["t4.review.total"]["v"] == "0"
    assert shown("undo", 1) == {**before, "redo": 1}


def test_declaring_before_typing_calls_nothing_wrong() -> None:
    """As long as the totals are not typed they are left to fill, on the page and in the workbook of it."""
    desk.blank(1, "某市某局", 2024)
    desk.declared(1, "", "1")
    for cells in ({"t3.new.natural": "58"}, {"t3.new.total": "58"}, {"t3.granted.natural": "58"}):
        one = typed(1, cells)
        assert one["calm"] and one["counts"]["wrong"] == 0
        assert {cell.get("s") for cell in one["cells"].values() if cell["v"]} == {None}
        assert shown("check", 2, "甲.xlsx", asked("workbook", 1))["todo"] == one["todo"]
    assert one["cells"]["t3.processed.natural"]["should"] == "58"
    one = typed(1, {"t3.new.total": "57"})
    assert not one["calm"] and one["counts"]["wrong"] == 1


def test_nothing_is_typed_that_nobody_declared() -> None:
    desk.blank(1, "某市某局", 2024)
    before = typed(1, {"t3.new.natural": "3"})
    assert shown("zeroed", 1, "") == before
    with pytest.raises(KeyError):
        desk.zeroed(1, "table1")


# ---------------------------------------------------------------- a draft


@pytest.mark.parametrize("sealed", [True, False])
def test_last_year_s_seal_counts_in_a_draft_too(sealed: bool) -> None:
    """A total that differs from a sealed last year is an error, which no explanation settles."""
    report = load(WITHOUT_TEXTS)
    last = replace(load(PUBLISHED / "pt-jtj-2022.json"), year=2023, texts=SENTENCES)
    moved = {
        f"t3.{row}.{column}": report.number(f"t3.{row}.{column}") + 1
        for row in ("carried_in", "carried_out")
        for column in ("natural", "total")
    }
    shown("check", 1, "去年.xlsx", write(last))
    file = asked("sealed" if sealed else "workbook", 1)
    desk.cleared()
    shown("check", 1, "今年.xlsx", write(report.with_values(moved)))
    before = shown("prior", 1, "去年.xlsx", file)
    assert named(before, "carry-over")["level"] == ("error" if sealed else "warning")
    again = shown("resumed", 2, desk.draft(1))
    assert [(f["id"], f["level"]) for f in again["findings"] if f["level"] != "hint"] == [
        (f["id"], f["level"]) for f in before["findings"] if f["level"] != "hint"
    ]


def test_undoing_ends_at_the_draft() -> None:
    desk.blank(1, "某市某局", 2024)
    typed(1, {"t3.new.natural": "3"})
    one = shown("resumed", 2, desk.draft(1))
    assert (one["undo"], one["cells"]["t3.new.natural"]["v"]) == (0, "3")
    assert shown("undo", 2)["cells"]["t3.new.natural"]["v"] == "3"
    typed(2, {"t3.new.natural": "4"})
    one = shown("undo", 2)
    assert (one["undo"], one["redo"], one["cells"]["t3.new.natural"]["v"]) == (0, 1, "3")
    assert one["changed"]["cells"] == ["t3.new.natural"]


# ---------------------------------------------------------------- a seal


def ready() -> Report:
    return read_workbook(sealed(made("pt-gaj-2022", "甲市公安局"))).report


def test_what_was_sealed_is_the_file_until_it_is_changed() -> None:
    desk.check(1, "甲.json", write(ready(), to="json"))
    one = shown("text", 1, "六", "本年度未收取信息处理费，另无其他事项。")
    assert one["sealed"] == "" and one["changed"]["said"]
    content = asked("sealed", 1)
    one = shown("shown", 1)
    assert (one["sealed"], one["changed"]["said"]) == ("intact", "")
    assert one["todo"] == wording("check.verdict")["ready"]
    assert read_workbook(content).report.texts == {**one["texts"]}
    assert shown("check", 2, "乙.xlsx", asked("slip", 1))["unit"] == one["unit"]
    desk.remove(2)
    changed = shown("text", 1, "六", "本年度未收取信息处理费。")
    assert changed["sealed"] == "" and changed["changed"]["sections"] == ["六"]
    assert shown("undo", 1)["sealed"] == "intact"
    before = shown("undo", 1)
    assert before["sealed"] == "" and before["changed"]["sections"] == ["六"]
    assert shown("redo", 1)["sealed"] == "intact"


def test_next_years_file_knows_of_the_seal() -> None:
    last, now = ready(), made("pt-gaj-2022", "甲市公安局")
    now.year = last.year + 1
    desk.check(1, "去年.json", write(last, to="json"))
    desk.check(2, "甲.xlsx", write(now))
    desk.sealed(1)
    assert [one["number"] for one in asked("shown", 1)] == [1, 2]


# ---------------------------------------------------------------- words and places


def test_a_declaration_is_called_and_found_as_on_the_page() -> None:
    one = declared_form()
    found = [f for f in one["findings"] if f["rule"] == "cell-declared"]
    assert {f["declared"] for f in found} == {""}
    assert {f["place"] for f in found} == {words("cover")["declared"]}
    shown("declared", 1, "table2", "")
    found = [f for f in shown("shown", 1)["findings"] if f["rule"] == "cell-declared"]
    assert [f["declared"] for f in found] == ["table3", "table4"]
    assert {f["place"] for f in found} == {words("cover")["declared_table"]}
    assert all(f["declared"] is None for f in one["findings"] if f["rule"] != "cell-declared")


def test_a_figure_that_stands_leaves_the_sum_in_its_table() -> None:
    one = checked(1, PUBLISHED / "hongze-2023.json")
    cell = "t4.review.total"
    one = shown("answered", 1, cell, "")
    found = named(one, "wrong-many")
    assert cell in found["cells"] and one["cells"][cell]["f"] == found["id"]
    assert one["changed"]["said"] == words("changed")["confirmed"].format(count=1)


def test_no_key_is_shown_that_is_none_of_the_workbooks() -> None:
    for file in ("pt-gaj-2022", "pt-htp-2025", "hangzhou-2025"):
        one = checked(1, PUBLISHED / f"{file}.json")
        keys = [f["key"] for f in one["findings"] if f["explains"]]
        assert all(":" not in key for key in keys)


@pytest.mark.parametrize("text", ["24", "去年"])
def test_a_year_that_is_none_says_what_a_year_looks_like(text: str) -> None:
    desk.blank(1, "某市某局", 2024)
    typed(1, {"t3.new.natural": "3"})
    one = shown("cover", 1, "year", text)
    found = named(one, "content-unplaced")
    label, prompt = wording("cover.fields")["year"]
    assert label in found["message"] and text in found["message"]
    assert (found["remedy"], found["field"]) == (prompt, "year")


def test_numbers_that_are_said_to_be_listed_are_listed() -> None:
    one = shown("blank", 1, "某市某局", 2024)
    row = [c for c in one["cells"] if c.startswith("t3.new.")]
    one = typed(1, dict.fromkeys(row[:-1], "0"))
    found = next(f for f in one["findings"] if f["rule"] == "cell-blank" and row[-1] in f["cells"])
    assert [way["cell"] for way in found["ways"]] == [row[-1]]


def test_the_list_counts_what_is_wrong_and_not_what_is_left() -> None:
    one = checked(1, PUBLISHED / "pt-htp-2024.json")
    wrong = [f for f in one["findings"] if f["level"] == "error" and not f["left"]]
    assert one["counts"]["wrong"] == len(wrong)
    assert json.dumps(one["counts"]["wrong"]) in one["todo"] or not wrong
