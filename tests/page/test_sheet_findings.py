"""Findings beside the form: where, why, how to mend it, the figure to look up, what is explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.rules.explanations import states
from support import DATA
from support.on_page import cell, drop_one, settled

ARCHIVE = DATA / "archive" / "0.7.0"
WRONG = ARCHIVE / "有错误并有上年数.xlsx"
GOOD = ARCHIVE / "填好并加盖校验标记（2021年版）.xlsx"


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def undecided(tmp_path: Path, cell_id: str) -> Path:
    """A form whose one wrong sum several single cells would mend."""
    report = gouji.read(GOOD)
    report.set(cell_id, 3)
    path = tmp_path / "未定.xlsx"
    path.write_bytes(gouji.write(report))
    return path


def test_a_card_says_all_and_goes_there(page: Any) -> None:
    drop_one(page, WRONG)
    shown = settled(page)["findings"][0]
    card = page.locator(".finding.error")
    assert card.locator(".what").inner_text() == shown["message"]
    card.locator("summary").click()
    said = card.locator("details").inner_text()
    for line in (*shown["basis"], shown["remedy"]):
        assert line in said
    card.locator(".top button").click()
    assert page.evaluate("document.activeElement.id") == shown["cells"][0]
    assert "on" in str(card.get_attribute("class"))


def test_what_was_opened_stays_open_while_one_types(page: Any) -> None:
    drop_one(page, WRONG)
    page.click(".finding.error summary")
    page.click(cell("t3.new.natural"))
    page.keyboard.type("15")
    page.wait_for_selector(".finding.error .what:has-text('15')")
    assert page.locator(".finding.error details[open]").count() == 1
    page.click("#do-undo")
    page.wait_for_selector(".finding.error .what:has-text('14')")


def test_the_figure_that_was_looked_up(page: Any, tmp_path: Path) -> None:
    drop_one(page, undecided(tmp_path, "t4.review.upheld"))
    shown = settled(page)
    (asked,) = [f["question"] for f in shown["findings"] if f["question"]]
    other = next(one["text"] for one in asked["answers"] if not one["stands"])
    buttons = page.locator(".question .answers button[type=button]")
    assert buttons.count() == len(asked["answers"])
    field = page.locator(".question form input")
    field.fill("一百")
    field.press("Enter")
    page.wait_for_selector("#toast:not(:empty)")
    assert "一百" in page.inner_text("#toast")
    assert settled(page)["undo"] == 0  # nothing was changed, and what was typed stays
    assert page.locator(".question form input").input_value() == "一百"
    page.locator(".question form input").fill(other)
    page.keyboard.press("Enter")
    page.wait_for_selector("#do-undo:enabled")
    assert settled(page)["cells"][asked["cell"]]["v"] == other
    assert page.input_value(cell(asked["cell"])) == other


def test_a_way_leads_to_its_cell(page: Any, tmp_path: Path) -> None:
    drop_one(page, undecided(tmp_path, "t4.review.total"))
    ways = next(f["ways"] for f in settled(page)["findings"] if f["ways"])
    page.click(".finding.error summary")
    page.locator(".ways button").nth(1).click()
    assert page.evaluate("document.activeElement.id") == ways[1]["cell"]


def test_an_explanation_is_written_changed_and_judged(page: Any) -> None:
    drop_one(page, WRONG)
    card = page.locator(".finding.warning")
    assert card.locator("textarea").input_value() != ""
    assert card.locator(".explaining.settled").count() == 1
    card.locator("textarea").fill("无")
    page.click("#report-title")
    page.wait_for_selector(".finding.warning .why")
    assert card.locator(".explaining.settled").count() == 0
    card.locator("textarea").fill("上年统计口径不同，逐项核实过。")
    page.click("#report-title")
    page.wait_for_selector(".finding.warning .explaining.settled")
    given, verified = states()[1:3]
    assert card.locator("select").input_value() == given
    card.locator("select").select_option(verified)
    page.wait_for_selector(".explaining select >> nth=0")
    (kept,) = [f["explanation"] for f in settled(page)["findings"] if f["explanation"]]
    assert (kept["state"], kept["settled"]) == (verified, True)
    card.locator("textarea").fill("")
    page.click("#report-title")
    page.wait_for_selector(".finding.warning .explaining:not(.settled)")
    assert settled(page)["counts"]["open"] == 1


def test_a_state_chosen_before_a_text_was_answered_keeps_the_text(page: Any) -> None:
    """The card still has the earlier text, for what was written since is on its way."""
    drop_one(page, WRONG)
    written = "数字已与业务科室逐项核对，情况属实。"
    page.fill(".explaining textarea >> nth=0", written)
    page.evaluate(
        """() => {
            const choice = document.querySelector('.explaining select');
            choice.selectedIndex = 2;
            choice.dispatchEvent(new Event('change', {bubbles: true}));
        }"""
    )
    explanation = next(f["explanation"] for f in settled(page)["findings"] if f["explanation"])
    assert (explanation["text"], explanation["state"]) == (written, states()[2])
