"""Where everything stands: no address twice, all derived from the form."""

from __future__ import annotations

from random import Random

import pytest

from gouji.form import Form, TableKey, editions, load_form
from gouji.form.addresses import column_letter
from gouji.workbook.layout import Area, address, layout_of
from support import last_year

MIXTURES: list[tuple[str, dict[TableKey, str]]] = [
    ("2019", {}),
    ("2021", {}),
    ("2021", {"table3": "2019"}),
    ("2019", {"table2": "2021"}),
]


@pytest.fixture(params=MIXTURES, ids=str)
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(*request.param)


def squares(area: Area) -> set[tuple[int, int]]:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return {(r, c) for r in rows for c in columns}


def test_sheets_stand_in_the_order_of_the_form(form: Form) -> None:
    assert layout_of(form).sheet_names == (
        *("封面", *"一二三四五六", "校验"),
        *("上年", "粘贴区", "填报说明", "gouji"),
    )
    assert layout_of(form) is layout_of(form)


def test_every_cell_has_an_address_of_its_own(form: Form) -> None:
    layout = layout_of(form)
    places = [layout.locate(c.id) for c in form.cells]
    assert len(set(places)) == len(form.cells)
    for sheet in layout.tables.values():
        labels, cells = set(sheet.labels), set(sheet.cells.values())
        assert not labels & cells
        assert not squares(sheet.notes) & (labels | cells)
        assert sheet.notes.top > sheet.bottom
        # Expected values stand outside of what is printed, official content inside.
        assert labels | cells | squares(sheet.notes) <= squares(sheet.printed)
        assert sheet.strip < sheet.printed.top and sheet.side > sheet.printed.right
        spans = [range(left, right + 1) for left, right in sheet.note_columns]
        assert [c for span in spans for c in span] == list(range(1, sheet.columns + 1))


def test_blocks_of_cover_and_check_do_not_meet(form: Form) -> None:
    cover, check = layout_of(form).cover, layout_of(form).check
    inputs = [*cover.fields.values(), cover.edition]
    assert len(set(inputs)) == len(inputs)
    assert not squares(check.diagnosis) & squares(check.explanations)
    assert min(check.diagnosis.left, check.explanations.left) > max(check.columns.values()) + 1


def test_prior_holds_what_the_rules_compare_with() -> None:
    for edition in editions():
        prior = last_year.compared(load_form(edition))
        assert [c for c in prior if c.startswith("t3.carried_out.")] == [
            f"t3.carried_out.{c.id}" for c in load_form(edition).tables["table3"].grid.columns
        ]
        assert [c for c in prior if c.startswith("t4.")] == [
            f"t4.{r}.pending" for r in ("review", "direct_suit", "suit_after_review")
        ]
    assert {"t2.rules.in_force", "t2.documents.in_force"} <= set(last_year.compared(load_form("2021")))


def test_areas_cover_exactly_their_cells(form: Form) -> None:
    layout = layout_of(form)
    chance = Random(3)
    for sheet in layout.tables.values():
        ids = [c.id for c in sheet.table.cells]
        chosen = [
            ids,
            *([c for c in ids if chance.random() < share] for share in (0.1, 0.5, 0.9) for _ in range(5)),
        ]
        chosen += [e.left for e in sheet.table.equations]
        for cells in chosen:
            areas = sheet.area(cells)
            found = [square for area in areas for square in squares(area)]
            assert len(found) == len(set(found))
            assert set(found) == {sheet.cells[c] for c in cells}
    assert len(layout.tables["table3"].area([c.id for c in form.tables["table3"].cells])) == 1


def test_addresses() -> None:
    assert [column_letter(n) for n in (1, 26, 27, 52, 703, 16384)] == ["A", "Z", "AA", "AZ", "AAA", "XFD"]
    assert address(4, 2) == "B4" and address(4, 2, absolute=True) == "$B$4"
    area = Area("三", 4, 2, 6, 3)
    assert (area.ref(), area.full(), area.column(1).ref()) == ("B4:C6", "'三'!$B$4:$C$6", "C4:C6")
    assert Area("三", 4, 2, 4, 2).ref() == "B4"


#: Findings, explanations and people's bookmarks hold addresses; a change needs a new TEMPLATE_VERSION.
KNOWN = {
    "2019": {"t2.rules.newly_made": "二!B5", "t3.new.natural": "三!D9", "t4.review.upheld": "四!A7"},
    "2021": {"t2.rules.made": "二!B5", "t3.new.natural": "三!D9", "t4.review.upheld": "四!A7"},
}


@pytest.mark.parametrize("edition", KNOWN)
def test_addresses_do_not_move_by_accident(edition: str) -> None:
    layout = layout_of(load_form(edition))
    assert {c: "!".join(layout.locate(c)) for c in KNOWN[edition]} == KNOWN[edition]
