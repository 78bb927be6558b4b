"""The look of the official tables: lines, widths and heights, beside what the blank original says."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from gouji.form import Box, Table, editions, load_form, printed_grid
from gouji.form.labels import key_of
from gouji.form.load import form_of
from gouji.form.look import EDGES, every, fonts, look_of, widest
from gouji.form.schema import edition_of

TABLES = [table for edition in editions() for table in load_form(edition).tables.values()]
#: As broken on the blank original of 2021, read off its page.
LINES = {
    "自然人": "自然/人",
    "商业企业": "商业/企业",
    "社会公益组织": "社会/公益/组织",
    "法律服务机构": "法律/服务/机构",
    "三、本年度办理结果": "三、本/年度办/理结果",
    "（三）不予公开": "（三）不/予公开",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或重新出具已/获取信息",
    "尚未审结": "尚未/审结",
}


def labels(table: Table) -> list[Box]:
    return [box for box in printed_grid(table).boxes if not box.cell]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: f"{t.edition} {t.key}")
def test_every_line_of_a_label_fits_its_box(table: Table) -> None:
    look = look_of(table)
    for box in labels(table):
        assert widest(box) + EDGES <= sum(look.widths[box.column : box.column + box.width]), box.shown
        lines = box.shown.count("\n") + 1
        height = sum(look.heights[box.row : box.row + box.height])
        assert lines * every().size * 1.2 <= height, f"{box.shown}: Song needs 1.14 of its size a line"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: f"{t.edition} {t.key}")
def test_no_line_begins_with_what_closes_and_every_label_is_itself(table: Table) -> None:
    for box in labels(table):
        assert key_of(box.shown) == key_of(box.text)
        assert not any(line[0] in "）、，。”；" for line in box.shown.split("\n"))


def test_labels_break_as_on_the_blank_original() -> None:
    for edition in editions():
        found = {b.text: b.shown for t in load_form(edition).tables.values() for b in labels(t)}
        assert {text: found[text].replace("\n", "/") for text in LINES} == LINES
        partly = next(shown for shown in found.values() if shown.startswith("（二）"))
        assert partly.split("\n") == ["（二）部分公开（区分处理的，只计这一情", "形，不计其他情形）"]


def test_what_stands_left_on_the_blank_original() -> None:
    tables = load_form("2021").tables
    left = {key: {b.text for b in labels(t) if look_of(t).aligned(b) == "left"} for key, t in tables.items()}
    assert left["table2"] == {*(f"第二十条第（{n}）项" for n in "一五六八"), "行政事业性收费"}
    assert left["table3"] == {b.text for b in labels(tables["table3"]) if b.role in ("corner", "label")}
    assert left["table4"] == set()
    assert every().shade == "C6D9F1"


def test_tables_are_as_wide_as_the_original_and_three_fills_its_page() -> None:
    """The original's tables are 9,740 to 10,148 twips wide."""
    for table in TABLES:
        assert sum(look_of(table).widths) == pytest.approx(507, rel=0.01)
        if table.key == "table3":
            assert sum(look_of(table).heights) == pytest.approx(590, abs=0.75)


def test_each_font_has_others_to_fall_back_on() -> None:
    assert all(len(names) > 1 for use, names in fonts().items() if use != "latin")


def test_a_label_without_lines_of_its_own_makes_its_row_as_high_as_it_needs() -> None:
    name = "edition_2021.toml"
    data = tomllib.loads(resources.files("gouji.form").joinpath(name).read_text("utf-8"))
    (block,) = data["table3"]["blocks"]
    for line in (*block["rows"], *block["columns"]):
        line.pop("printed", None)
    block["columns"][3]["label"] = "社会公益组织及其他等"
    whole, broken = (
        look_of(form.tables["table3"]) for form in (load_form("2021"), form_of(edition_of(data, name)))
    )
    assert broken.heights[2] == 4 * 13.5 > whole.heights[2], "three characters a line"
    assert sum(broken.heights) == pytest.approx(590, abs=0.75)
    assert len(set(broken.heights[3:])) == len(set(whole.heights[3:])), "lines of one, two and three"
