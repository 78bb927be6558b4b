"""Files on the page: dropped, in folders, many of them, taken away again; a draft where it is asked for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.wording import wording_of
from support import DATA
from support.browsers import READY
from support.on_page import PATIENCE, becomes, begin, cell, drop, drop_one, open_page, settled

ARCHIVE = DATA / "archive" / "0.7.0"
WRONG = ARCHIVE / "有错误并有上年数.xlsx"
GOOD = ARCHIVE / "填好并加盖校验标记（2021年版）.xlsx"
OLD = ARCHIVE / "填好并加盖校验标记（2019年版）.xlsx"
WORDS = wording_of("gouji.page", "desk")


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def listed(page: Any, count: int) -> list[str]:
    """The list once so many files are read: name and state of each line."""
    page.wait_for_selector(f"#files li:nth-child({count})", timeout=PATIENCE)
    page.wait_for_selector("#progress", state="hidden", timeout=PATIENCE)
    lines = page.locator("#files li > button:first-child").all()
    return [f"{one.locator('b').inner_text()} {one.locator('em').get_attribute('class')}" for one in lines]


def folder_of(tmp_path: Path) -> Path:
    """A folder with one within, and what office programs and systems leave beside files."""
    folder = tmp_path / "报送"
    (folder / "街道").mkdir(parents=True)
    shutil.copy(GOOD, folder / "甲.xlsx")
    shutil.copy(WRONG, folder / "街道" / "乙.xlsx")
    (folder / "~$甲.xlsx").write_bytes(b"lock")
    (folder / ".DS_Store").write_bytes(b"")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8")
    return folder


def test_a_folder_is_dropped_with_all_that_lies_in_it(page: Any, tmp_path: Path) -> None:
    drop(page, folder_of(tmp_path))
    assert len(listed(page, 2)) == 2
    said = WORDS["unknown"].format(names=WORDS["named"].format(name="照片.jpg"))
    page.wait_for_selector("#toast:not(:empty)")
    assert page.inner_text("#toast") == said
    paths = page.evaluate("[...desk.values()].map((held) => held.shown.path)")
    assert sorted(paths) == ["报送/甲.xlsx", "报送/街道/乙.xlsx"]


def test_a_folder_is_chosen(page: Any, tmp_path: Path) -> None:
    page.set_input_files("#pick-folder", folder_of(tmp_path))
    assert len(listed(page, 2)) == 2


def test_worst_first_and_by_keyboard(page: Any) -> None:
    drop(page, OLD, GOOD, WRONG, DATA / "real_tables.json")
    states = [line.rpartition(" ")[2] for line in listed(page, 4)]
    assert states == ["unreadable", "error", "clean", "clean"]
    page.focus("#files li:first-child button")
    for _ in range(5):  # one more than there are
        page.keyboard.press("ArrowDown")
    page.wait_for_selector("#files li:nth-child(4) button[aria-current=true]")
    assert page.evaluate("document.activeElement.id") == page.get_attribute(
        "#files li:nth-child(4) button", "id"
    )
    assert page.locator("#paper table").count() == 3


def test_the_list_stays_in_its_order_while_one_is_mended(page: Any, tmp_path: Path) -> None:
    """Two of one unit and year are told by their names; from one file others are opened."""
    drop_one(page, WRONG)
    assert page.locator("#list").is_hidden()
    page.click("#more summary")
    with page.expect_file_chooser() as chooser:
        page.click("#more [data-do=files]")
    other = tmp_path / "另一份.xlsx"
    shutil.copy(WRONG, other)
    chooser.value.set_files([other, GOOD])
    listed(page, 3)
    about = page.locator("#files small").all_inner_texts()
    assert [WRONG.name in about[0], other.name in about[1]] == [True, True]
    before = page.evaluate("order")
    page.click("#files li:nth-child(2) button")
    page.click(cell("t3.new.natural"))
    page.keyboard.type("11")
    page.wait_for_selector("#files li:nth-child(2) .dot:not(.error)")
    assert page.evaluate("order") == before


def test_what_is_not_read_is_named_with_the_way(page: Any, tmp_path: Path) -> None:
    names = ["一.xls", "二.xls", "三.zip", "四.jpg"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    drop(page, *(tmp_path / name for name in names))
    page.wait_for_selector("#toast:not(:empty)")
    said = page.inner_text("#toast")
    assert all(WORDS["advice"][kind] in said for kind in ("xls", "zip"))
    assert said.count(WORDS["advice"]["xls"]) == 1
    assert sum(name in said for name in names) == 3 and "4" in said


def test_the_same_file_is_not_read_twice(page: Any) -> None:
    drop_one(page, GOOD)
    drop(page, GOOD)
    page.wait_for_selector("#toast:not(:empty)")
    assert page.inner_text("#toast") == WORDS["known"].format(count=1)
    assert page.evaluate("desk.size") == 1


def test_last_years_file_of_the_unit_is_found(page: Any, tmp_path: Path) -> None:
    """It changes what is said of the other, though it came later; taken away, nothing is left of it."""
    report = gouji.read(GOOD)
    drop_one(page, GOOD)
    report.year -= 1
    (tmp_path / "上年.xlsx").write_bytes(gouji.write(report))
    drop(page, tmp_path / "上年.xlsx")
    listed(page, 2)
    page.click(f"#files button[title='{GOOD.name}']")
    page.wait_for_selector("#prior b:has-text('上年.xlsx')")
    assert settled(page)["prior"]["source"] == "desk"
    page.click("#files button[title='上年.xlsx'] ~ .away")
    page.wait_for_selector("#list", state="hidden")
    assert settled(page)["prior"] is None


def test_taking_away_what_is_not_saved_is_asked(page: Any) -> None:
    drop(page, GOOD, WRONG)
    listed(page, 2)
    page.click(f"#files button[title='{GOOD.name}']")
    page.click(cell("t3.new.natural"))
    page.keyboard.type("7")
    page.wait_for_selector("#do-undo:enabled")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.hover(f"#files li:has(button[title='{GOOD.name}'])")
    page.click(f"#files button[title='{GOOD.name}'] ~ .away")
    assert len(asked) == 1
    assert page.evaluate("desk.size") == 2


def test_a_file_that_is_none_leaves_the_page_alive(page: Any, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no")
    drop_one(page, tmp_path / "坏.xlsx")
    assert page.locator("#findings .finding").count() == 1
    assert page.locator("#acts").is_hidden()
    drop(page, GOOD)
    assert [line.rpartition(" ")[2] for line in listed(page, 2)] == ["unreadable", "clean"]


@pytest.mark.long
def test_a_draft_only_where_it_is_asked_for(page: Any, page_file: Path) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell("t3.new.natural"))
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.keyboard.type("不详")
    page.wait_for_selector("td.s-wrong, td.s-unread")
    page.wait_for_timeout(1200)
    assert page.evaluate("localStorage.length") == 0
    page.check("#drafting")
    assert page.inner_text("#toast") == wording_of("gouji.page", "drafts")["warning"]
    becomes(page, "localStorage.length", 1)
    kept = page.evaluate("localStorage['gouji-draft']")
    for _ in range(2):  # all that was typed: an empty form takes no draft's place
        page.click("#do-undo")
        settled(page)
    page.wait_for_timeout(1000)
    assert page.evaluate("localStorage['gouji-draft']") == kept

    again = open_page(page.context, page_file)
    again.wait_for_selector("#kept:not([hidden])")
    assert "2024" in again.inner_text("#kept b")
    again.click("#draft-resume")
    again.wait_for_selector("#paper table", timeout=READY)
    shown = settled(again)
    typed = [shown["cells"][f"t3.{row}.natural"]["v"] for row in ("new", "carried_in")]
    assert (shown["unit"], typed) == ("示例市数据局", ["12", "不详"])
    assert again.evaluate("desk.get(current).unsaved")  # it lies in no file
    again.uncheck("#drafting")
    assert again.evaluate("localStorage['gouji-draft']") == kept  # the first window has it too
    page.uncheck("#drafting")
    assert page.evaluate("localStorage.length") == 0
    assert again.said == []
    again.close()
    page.evaluate("drafting = false")


def stored(page: Any, *wanted: tuple[int | None, ...]) -> None:
    """Wait until the drafts in the store hold these numbers, each of as many cells of the first row of 三."""
    found: list[tuple[int | None, ...]] = []
    for _ in range(PATIENCE // 200):
        drafts = json.loads(page.evaluate("sendTyped(); localStorage['gouji-draft'] ?? '[]'"))
        rows = [next(iter(json.loads(one["text"])["now"]["table3"].values())) for one in drafts]
        found = sorted((tuple(row.values())[: len(wanted[0])] for row in rows), key=str)
        if found == sorted(wanted, key=str):
            return
        page.wait_for_timeout(200)
    assert found == sorted(wanted, key=str)


@pytest.mark.long
def test_what_another_window_wrote_stays(page: Any) -> None:
    """Under the key of this one's draft: said, and what is typed here goes into a draft of its own."""
    begin(page, "示例市数据局", 2024)
    page.click(cell("t3.new.natural"))
    page.keyboard.type("12")
    page.check("#drafting")
    stored(page, (12,))
    others = "storedDrafts().map((one) => ({ ...one, text: one.text.replaceAll('12', '34') }))"
    page.evaluate(f"localStorage['gouji-draft'] = JSON.stringify({others})")  # a key may hold a 12 too
    page.click(cell("t3.new.natural"))
    page.keyboard.type("5")
    stored(page, (34,), (5,))
    said = wording_of("gouji.page", "drafts")["apart"]
    page.keyboard.type("6")
    stored(page, (34,), (56,))
    said = said.format(names=WORDS["named"].format(name="示例市数据局"))
    assert page.inner_text("#toast").startswith(said)  # it stands until it was seen
    page.click("#toast button")
    assert page.inner_text("#toast") == ""
    page.uncheck("#drafting")
    stored(page, (34,))


@pytest.mark.long
def test_two_windows_resume_one_draft(page: Any, page_file: Path) -> None:
    """The second says so at once and keeps one of its own; taken away there, the first one's stays."""
    begin(page, "示例市数据局", 2024)
    page.click(cell("t3.new.natural"))
    page.keyboard.type("12")
    page.check("#drafting")
    stored(page, (12,))
    again = open_page(page.context, page_file)
    again.click("#draft-resume")
    again.wait_for_selector("#paper table", timeout=READY)
    assert wording_of("gouji.page", "drafts")["apart"][-10:] in again.inner_text("#toast")
    assert again.evaluate("localStorage.length") == 1
    again.click(cell("t3.new.business"))
    again.keyboard.type("7")
    stored(again, (12, None, None), (12, 7, None))
    page.click(cell("t3.new.research"))
    page.keyboard.type("8")
    stored(page, (12, None, 8), (12, 7, None))
    again.on("dialog", lambda dialog: dialog.accept())
    again.evaluate("away(current)")
    stored(again, (12, None, 8))
    again.close()


def test_a_draft_that_is_none_is_said_and_kept(page: Any, page_file: Path) -> None:
    odd = json.dumps([{"path": "甲", "unit": "甲", "time": "", "text": "{}"}])
    page.evaluate("(text) => localStorage.setItem('gouji-draft', text)", odd)
    again = open_page(page.context, page_file)
    again.click("#draft-resume")
    again.wait_for_selector("#toast:not(:empty)", timeout=READY)
    assert again.evaluate("localStorage.length") == 1
    again.click("#draft-discard")
    assert again.evaluate("localStorage.length") == 0
    assert again.locator("#kept").is_hidden()
    again.close()
