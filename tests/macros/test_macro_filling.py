"""What fills many cells: 填“/” for the selection, what undoing keeps, how often all is calculated."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from gouji.report import Report
from gouji.workbook.layout import address
from support.filled import write_workbook
from support.macro_desk import CANCEL, NO, YES, OfficeDesk
from support.macro_scene import DATA, FORM, LAYOUT, OTHER, PART, PARTS, TOTAL, data_row, say, select
from support.office import Office

THREE = LAYOUT.tables["table3"]
#: More than a table has.
WHOLE = "A1:Z60"


def filled(desk: OfficeDesk) -> list[tuple[str, str]]:
    """Cells of all tables that say "/"."""
    shown = {table.name: desk.book.values(table.name, WHOLE) for table in LAYOUT.tables.values()}
    found = []
    for cell in FORM.cells:
        sheet, at = LAYOUT.locate(cell.id)
        row, column = coordinate_to_tuple(at)
        if shown[sheet][row - 1][column - 1] == "/":
            found.append((sheet, at))
    return found


# ---------------------------------------------------------------- 填“/”


def test_blank_cells_of_the_selection_become_slashes(office_blank: OfficeDesk) -> None:
    """A few unasked; several areas; a label, a total and a cell beside the table among what is selected."""
    desk = office_blank
    desk.put(DATA, {f"B{data_row('seal.digest')}": "abc"})
    select(desk.book, PART[0], f"A{PART[1][1:]}:{PART[1]}", OTHER[1], f"{TOTAL[1]}:N{TOTAL[1][1:]}")
    assert desk.command("FillSlash") == []
    assert filled(desk) == [PART, OTHER, TOTAL]
    assert not desk.value(DATA, f"B{data_row('seal.digest')}")
    assert desk.command("FillSlash") == [say("slash_none")]
    assert desk.command("UndoFill") == [say("undo_done", count=3)]
    assert filled(desk) == [] and not desk.value(*PART)


def test_many_cells_are_asked_for(office_blank: OfficeDesk) -> None:
    """A whole sheet is selected with two keys."""
    desk = office_blank
    select(desk.book, THREE.name, "A1:ZZ200")
    asked = say("slash_fill", count=len(THREE.cells))
    assert desk.command("FillSlash", replies=NO) == [asked, say("cancelled")]
    assert filled(desk) == []
    assert desk.command("FillSlash", replies=YES) == [asked, say("slash_done", count=len(THREE.cells))]
    assert {sheet for sheet, _ in filled(desk)} == {THREE.name}
    assert len(filled(desk)) == len(THREE.cells)


def test_a_number_is_never_replaced_unasked(office_blank: OfficeDesk) -> None:
    desk = office_blank
    row = f"{PART[1]}:{TOTAL[1]}"
    desk.put(PART[0], {PART[1]: 12, OTHER[1]: "约3"})
    select(desk.book, PART[0], row)
    lines = [say("fill_line", place="!".join(c), old=old, new="/") for c, old in ((PART, 12), (OTHER, "约3"))]
    asked = say("slash_replace", count=7, typed=2, list="".join(line + "\n" for line in lines))
    assert desk.command("FillSlash", replies=CANCEL) == [asked, say("cancelled")]
    assert filled(desk) == []
    assert desk.command("FillSlash", replies=NO) == [asked, say("slash_done", count=5)]
    assert (desk.value(*PART), desk.value(*OTHER)) == (12, "约3")
    only = say("slash_replace", count=2, typed=2, list="".join(line + "\n" for line in lines))
    assert desk.command("FillSlash", replies=NO) == [only, say("cancelled")]
    assert desk.command("FillSlash", replies=YES) == [only, say("slash_done", count=2)]
    assert len(filled(desk)) == 7
    assert desk.command("UndoFill") == [say("undo_done", count=2)]
    assert (desk.value(*PART), desk.value(*OTHER)) == (12, "约3")


def test_where_nothing_takes_a_slash(office_blank: OfficeDesk) -> None:
    for place in ((LAYOUT.cover.name, "A1:D20"), (THREE.name, "A1:C8"), (LAYOUT.check.name, "A1:A3")):
        select(office_blank.book, *place)
        assert office_blank.command("FillSlash") == [say("slash_none")], place
    assert filled(office_blank) == []


def test_a_selection_in_another_workbook_is_left_alone(
    office_blank: OfficeDesk, office: Office, tmp_path: Path
) -> None:
    """A macro of one workbook may be started while another is in front."""
    path = tmp_path / "other.xlsx"
    path.write_bytes(write_workbook(Report(FORM)))
    with office.open(path) as other:
        select(other, *PART)
        assert office_blank.command("FillSlash") == [say("slash_none")]
        assert other.value(*PART) is None
    assert filled(office_blank) == []


def test_a_slash_counts_as_nothing_in_totals(office_blank: OfficeDesk) -> None:
    desk = office_blank
    desk.put(PART[0], {cell: 2 for _, cell in PARTS[1:]})
    select(desk.book, *PART)
    assert desk.command("FillSlash") == []
    assert desk.command("FillTotals", replies=YES)[1] == say("totals_done", count=1)
    assert desk.value(*TOTAL) == 2 * len(PARTS[1:])


def test_undoing_keeps_what_a_person_changed(office_blank: OfficeDesk) -> None:
    """0 and "/" are two things: neither is taken for the other that was filled."""
    desk = office_blank
    desk.command("FillZeros", replies=YES)
    desk.put(PART[0], {PART[1]: "/"})
    assert desk.command("UndoFill")[0].endswith(say("undo_kept", count=1))
    assert desk.value(*PART) == "/"
    select(desk.book, *OTHER)
    desk.command("FillSlash")
    desk.put(OTHER[0], {OTHER[1]: 0})
    assert desk.command("UndoFill")[0].endswith(say("undo_kept", count=1))
    assert desk.value(*OTHER) == 0


def test_undoing_puts_back_a_formula(office_blank: OfficeDesk) -> None:
    """What a person typed was a formula, not its result."""
    desk = office_blank
    cell = f"doc.Sheets.getByName('{PART[0]}').getCellRangeByName('{PART[1]}')"
    desk.book.ask(f"doc.Sheets.getByName('{PART[0]}').unprotect('')")
    desk.book.ask(f"{cell}.setFormula('=5+7')")
    select(desk.book, *PART)
    assert desk.command("FillSlash", replies=YES)[1] == say("slash_done", count=1)
    assert desk.command("UndoFill") == [say("undo_done", count=1)]
    assert desk.book.ask(f"{cell}.getFormula()") == "=5+7" and desk.value(*PART) == 12


# ---------------------------------------------------------------- protection


def test_a_sheet_is_protected_again_where_writing_failed(office_blank: OfficeDesk) -> None:
    """Somebody set a password of his own."""
    desk = office_blank
    data = f"doc.Sheets.getByName('{DATA}')"
    desk.put(DATA, {f"B{data_row('seal.digest')}": "abc"})
    desk.book.ask(f"{data}.unprotect('')")
    desk.book.ask(f"{data}.protect('of his own')")
    (*_, box) = desk.command("FillZeros", replies=YES)
    assert box.startswith(say("error_other", number="{n}", description="").partition("{n}")[0])
    assert desk.book.ask(f"{data}.isProtected()")


# ---------------------------------------------------------------- calculation


def test_the_workbook_is_calculated_once_for_many_cells(office_blank: OfficeDesk) -> None:
    desk = office_blank
    desk.book.ask(f"doc.Sheets.getByName('{DATA}').unprotect('')")
    corners = [(THREE.values.top, THREE.values.left), (THREE.values.bottom, THREE.values.right)]
    area = ":".join(address(row, column, absolute=True) for row, column in corners)
    cell = f"doc.Sheets.getByName('{DATA}').getCellRangeByName('H1')"
    desk.book.ask(f"{cell}.setFormula('=TESTCOUNTED(${THREE.name}.{area})')")
    before = desk.call("TestHost.Settings")
    for command in ("FillZeros", "UndoFill", "FillTotals"):
        desk.call("TestHost.Reckonings")
        desk.command(command, replies=YES)
        assert int(desk.call("TestHost.Reckonings")) <= 3, command
        assert desk.call("TestHost.Settings") == before, command


@pytest.mark.parametrize("mode", ["manual", "automatic"])
def test_settings_are_left_as_they_were(office_blank: OfficeDesk, mode: str) -> None:
    """Also after an error, and after a no."""
    desk = office_blank
    before = desk.call("TestHost.Calculation", mode)
    desk.put(PART[0], {cell: 1 for _, cell in PARTS})
    for command, replies in (("FillZeros", NO), ("FillZeros", YES), ("FillTotals", YES), ("UndoFill", "")):
        desk.command(command, replies=replies)
        assert desk.call("TestHost.Settings") == before, command
    assert desk.value(*TOTAL) in (None, "")
    desk.put(DATA, {f"B{data_row('range.table3')}": "没有的表"})
    (box,) = desk.command("FillZeros")
    assert box.startswith(say("error_other", number="{n}", description="").partition("{n}")[0])
    assert desk.call("TestHost.Settings") == before
