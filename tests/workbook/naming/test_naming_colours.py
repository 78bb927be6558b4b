"""LibreOffice paints exactly the accused cells in the strongest colour, and the line that nobody added up."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import layout_of
from gouji.workbook.writer import COLOURS
from support.at_once import NEWEST
from support.filled import write_workbook
from support.located import consistent
from support.named import bases, said3, with_slips
from support.office import Office
from support.typed import contents_of, packed, template

#: Forms in one file.
PACK = 6


def painted(office: Office, folder: Path, edition: str, reports: list[Report]) -> list[dict[str, str]]:
    """Per form the colours of its sheet 三, by address."""
    form = load_form(edition)
    contents = [contents_of(report) for report in reports]
    path = folder / f"{edition}.xlsx"
    path.write_bytes(packed(template(form), layout_of(form), contents))
    with office.open(path) as book:
        book.recalculate()
        colours = book.colours()
    return [colours[f"三.{number}"] for number in range(len(reports))]


def of_colour(colours: dict[str, str], name: str, place: set[str]) -> set[str]:
    return {at for at, colour in colours.items() if at in place and colour == COLOURS[name].upper()}


def typed_cells(report: Report) -> dict[str, str]:
    """Address -> cell id, of 三."""
    layout = layout_of(report.form)
    return {layout.locate(c.id)[1]: c.id for c in report.form.tables["table3"].cells}


@pytest.mark.parametrize("edition", NEWEST)
def test_the_accused_cells_alone_are_painted(office: Office, tmp_path: Path, edition: str) -> None:
    dice, form = Random(edition), load_form(edition)
    rights = [b for b in bases() if b.form is form]
    reports = [
        with_slips(dice, dice.choice(rights), n % 3) if n % 3 else dice.choice(rights) for n in range(PACK)
    ]
    for report, colours in zip(reports, painted(office, tmp_path, edition, reports), strict=True):
        cells = typed_cells(report)
        red = {cells[at] for at in of_colour(colours, "wrong", set(cells))}
        assert red == set(said3(report).cells)


def test_lines_blanks_and_what_is_no_number_have_their_own_colours(office: Office, tmp_path: Path) -> None:
    right = consistent("2021", 7, 0.9, 40)
    cells = right.form.tables["table3"].cells
    totals = {c.id for c in cells if c.column.is_total}
    closed = {c.id for c in cells if c.row.is_total}
    reports = [
        right.with_values(dict.fromkeys(totals, 0)),
        right.with_values(dict.fromkeys(closed)),
        right.with_values({"t3.draft.natural": -3, "t3.draft.business": None}),
        right.with_values({"t3.new.natural": 999, "t3.granted.business": 999, "t3.secret.research": 999}),
    ]
    shown = painted(office, tmp_path, "2021", reports)
    by_address = typed_cells(right)

    def named(number: int, name: str) -> set[str]:
        return {by_address[at] for at in of_colour(shown[number], name, set(by_address))}

    assert named(0, "line") == {c for c in totals if right.number(c)} and not named(0, "wrong")
    assert named(1, "line") == closed and not named(1, "blank")
    assert (named(2, "illegal"), named(2, "blank")) == ({"t3.draft.natural"}, {"t3.draft.business"})
    assert not named(3, "wrong")
    assert {c.row.id for c in cells if c.id in named(3, "row")} == {"new", "granted", "secret"}
    assert {c.column.id for c in cells if c.id in named(3, "column")} == {"business", "research"}
    assert {c.row.id for c in cells if c.id in named(3, "balance")} <= {
        "new",
        "carried_in",
        "processed",
        "carried_out",
    }


def test_a_single_sheet_is_a_sheet_of_the_workbook(office: Office, tmp_path: Path) -> None:
    """Not packed: the file as it is handed out, typed into as a clerk does."""
    right = consistent("2021", 7, 0.9, 40)
    path = tmp_path / "one.xlsx"
    path.write_bytes(write_workbook(right))
    at = layout_of(right.form).locate("t3.draft.natural")[1]
    number = right.number("t3.draft.natural")
    with office.open(path) as book:
        assert book.text("三", "A1").startswith("表内各项相符")
        book.type("三", {at: str(number + 7)})
        book.recalculate()
        assert book.text("三", "A1") == f"填错 1 格（红色）：{at} 应为 {number}"
        colours = book.colours()["三"]
        assert [
            a for a in islice(colours, None) if colours[a] == COLOURS["wrong"] and a in typed_cells(right)
        ] == [at]
        book.type("三", {at: str(number)})
        book.recalculate()
        assert book.text("三", "A1").startswith("表内各项相符")
        assert COLOURS["wrong"] not in book.colours()["三"].values()
