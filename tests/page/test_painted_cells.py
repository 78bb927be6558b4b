"""What a cell looks like on the page follows the one rule of 退回单; the sheet accuses nothing beyond it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import openpyxl
import pytest

from gouji import api
from gouji.api import write
from gouji.document.contents import shown_value
from gouji.form import load_form
from gouji.report import Report, load
from gouji.text import visible
from gouji.workbook.layout import layout_of
from gouji.workshop.sample import sample_report
from support import DATA
from support.at_once import brothers
from support.at_the_desk import asked, calls, shown, typed
from support.located import consistent
from support.movements import right_tables
from support.named import said3, with_slips


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


#: Of these one in which nothing chooses between several cells: none is marked.
UNDECIDED = 1


def wrong_reports() -> list[Report]:
    """Published ones with what is wrong in them, and right ones with slips of a person."""
    dice = Random(5)
    slipped = [
        with_slips(dice, right, n % 3 + 1) for n, right in enumerate(list(right_tables().values())[:6])
    ]
    return [sample_report(), load(DATA / "published" / "pt-gaj-2021.json"), *slipped]


@pytest.mark.parametrize("number", brothers(range(8), UNDECIDED.__eq__, first=2))
def test_the_page_paints_what_a_slip_marks(number: int) -> None:
    """Filled where it is known what a cell should hold, framed where it may be wrong, in the same words."""
    report = wrong_reports()[number]
    cells = shown("check", 1, "甲.xlsx", write(report))["cells"]
    book = openpyxl.load_workbook(io.BytesIO(asked("slip", 1)))
    layout, seen = layout_of(report.form), 0
    for cell_id, one in cells.items():
        sheet, at = layout.locate(cell_id)
        comment = book[sheet][at].comment
        marked = comment is not None and comment.author == "退回单"
        assert marked == bool(one.get("says")), (at, one)
        fills = _fills(book[sheet], at)
        assert ("wrong" in fills) == (one.get("s") == "wrong"), (at, one)
        assert bool(fills) == ("f" in one), (at, one)
        if comment is not None and marked:
            seen += 1
            assert visible(one["says"]).strip("〔〕")[:20] in comment.text
    assert bool(seen) == (number != UNDECIDED)


def _fills(sheet: openpyxl.worksheet.worksheet.Worksheet, at: str) -> set[str]:
    """ "wrong" for a fill of 退回单 and "maybe" for a frame, by its conditional formats at one cell."""
    found = set()
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        if str(area.sqref) == at:
            for rule in rules:
                if rule.formula and "退回单" in rule.formula[0]:
                    filled = rule.dxf.fill is not None
                    found.add("wrong" if filled else "maybe")
    return found


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_sheet_accuses_no_cell_that_the_page_does_not(edition: str) -> None:
    """Every cell of 表三 that the live sheet names stands on the page as wrong, with the same number."""
    right = consistent(edition, 7, 0.3, 40)
    dice, named = Random(3), 0
    for cell in dice.sample([c.id for c in right.form.tables["table3"].cells], 40):
        report = right.with_values({cell: right.number(cell) + dice.choice((1, 9, 10))})
        accused = said3(report).cells
        named += bool(accused)
        cells = shown("check", 1, "甲.json", write(report, to="json"))["cells"]
        for each, due in accused.items():
            assert (cells[each]["s"], cells[each]["should"]) == ("wrong", str(due))
    assert named > 30


def test_a_known_number_is_no_longer_painted_once_it_is_typed() -> None:
    right = consistent("2021", 7, 0.3, 40)
    wrong = right.with_values({"t3.new.natural": right.number("t3.new.natural") + 9})
    one = shown("check", 1, "甲.json", write(wrong, to="json"))["cells"]["t3.new.natural"]
    assert (one["s"], one["should"]) == ("wrong", str(right.number("t3.new.natural")))
    after = typed(1, {"t3.new.natural": one["should"]})["cells"]["t3.new.natural"]
    assert after == {"v": one["should"], "was": one["v"]}


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize(
    "ending", ["t3.new.total", "total", "t3.processed.natural", "t3.processed.", "t3.petition.natural"]
)
def test_a_blank_of_which_the_number_is_known_is_left_and_not_wrong(ending: str, declared: bool) -> None:
    """As on the sheet, where it is yellow: of a total, of whole lines of them, of a part that only one number
    fits. Its number is offered, and nothing is called wrong; a blank that counts as 0 and must not is."""
    right = consistent("2021", 7, 0.3, 40)
    ids = [c.id for c in right.form.tables["table3"].cells]
    blank = {one for one in ids if one.startswith(ending) or (ending == "total" and one.endswith(ending))}
    values = {cell: value for cell, value in right.values.items() if cell not in blank}
    report = replace(right, values=values, blank_is_zero=True if declared else None)
    one = shown("check", 1, "甲.json", write(report, to="json"))
    looks = {cell: one["cells"][cell].get("s") for cell in blank}
    shoulds = {cell: one["cells"][cell].get("should") for cell in blank if right.number(cell)}
    assert shoulds == {cell: str(right.number(cell)) for cell in shoulds}
    if declared and ending == "t3.petition.natural":
        assert set(looks.values()) == {"wrong"} and one["counts"]["wrong"] == 1
        return
    assert {*looks.values()} <= {"blank", None} and {looks[cell] for cell in shoulds} == {"blank"}
    assert one["calm"] and one["counts"]["wrong"] == 0
    assert all(finding["left"] for finding in one["findings"] if finding["level"] == "error")


def test_what_a_published_text_left_unread_is_shown_with_what_stands_there() -> None:
    text = (DATA / "published_text" / "seed-0.txt").read_text("utf-8")
    one = shown("check", 1, "年报.txt", text.encode())
    assert one["imported"]["read"] > 100 and one["imported"]["unread"] == 0
    cut = text.replace("\t", "（约）\t", 30)
    one = shown("check", 1, "年报.txt", cut.encode())
    unread = {key: cell for key, cell in one["cells"].items() if cell.get("s") == "unread"}
    assert one["imported"]["unread"] == len(unread) > 0
    assert all("source" in cell for cell in unread.values()) and str(len(unread)) in one["imported"]["said"]
    filled = typed(1, dict.fromkeys(unread, "0"))
    assert not any(cell.get("s") == "unread" for cell in filled["cells"].values())


def printed(report: Report) -> list[str]:
    """The cells of the three tables as the web report has them, in their order."""
    tables = re.findall(r"<table.*?</table>", api.write(report, to="html").decode(), re.DOTALL)
    assert len(tables) == 3
    cells = (re.findall(r"<td[^>]*>(.*?)</td>", table, re.DOTALL) for table in tables)
    return [re.sub(r"<sup.*?</sup>|<[^>]*>", "", one).strip() for table in cells for one in table]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_cell_is_printed_as_in_the_report(edition: str) -> None:
    """0 where a blank is declared so, but for a total whose parts are not 0; nothing where what was typed is
    no number; an amount with its unit."""
    asked("blank", 1, "某市某局", int(edition))
    form = load_form(edition)
    last = form.cells[-1].id
    typed(1, {"t3.new.natural": "7", "t3.carried_in.natural": "不详", last: "/"})
    if money := next((cell.id for cell in form.cells if cell.column.printed_unit), None):
        typed(1, {money: "1.5"})
    before = shown("shown", 1)["cells"]
    assert {id for id, one in before.items() if "printed" in one} == {"t3.carried_in.natural", money} - {None}
    cells = shown("declared", 1, "", "1")["cells"]
    assert "printed" not in cells["t3.new.total"] and cells["t3.new.business"]["printed"] == "0"
    report = load(asked("as_json", 1))
    wanted = [shown_value(report, cell) for cell in form.cells]
    assert [cells[cell.id].get("printed", cells[cell.id]["v"]) for cell in form.cells] == wanted
    assert [one for one in wanted if one] == [one for one in printed(report) if one]
