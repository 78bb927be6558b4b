"""The commands of button and ribbon, run in LibreOffice and some in pyOpenVBA too."""

from __future__ import annotations

from gouji.excel.interface import CLSID, COMMAND_MODULE, PROG_ID, UDF_MODULE
from gouji.workbook.layout import DIAGNOSIS_ROWS, address, column_letter
from gouji.workbook.wording import marks
from gouji.workbook.writer import COLOURS
from support.macro_desk import CANCEL, NO, YES, OfficeDesk
from support.macro_scene import (
    COLUMN_TOTAL,
    DATA,
    FIRST,
    FORM,
    LAYOUT,
    OTHER,
    PART,
    PARTS,
    STATE,
    TEXT_COLUMN,
    TOTAL,
    Desk,
    block,
    both,
    data_row,
    say,
)

#: Letters of two columns of the live rows.
STATES, ID = (column_letter(LAYOUT.check.columns[name]) for name in ("state", "id"))

# ---------------------------------------------------------------- 校验

HIDDEN = str(marks("sheets")["data"])


def test_a_right_report_passes(desk: Desk) -> None:
    assert desk.command("Validate") == [say("live_passed") + "\n" + say("no_server")]


@both
def test_with_the_program_the_command_runs_there(desk: Desk) -> None:
    sheets = len(LAYOUT.sheet_names)
    assert desk.command("Validate", server="fits") == [f"validated {sheets}"]
    calls = [call for call in desk.calls() if UDF_MODULE not in call]
    assert (
        calls[:2] == [PROG_ID, f"{COMMAND_MODULE}.handshake(5)"]
        and calls[-1] == f"{COMMAND_MODULE}.validate(0)"
    )


@both
def test_a_program_of_another_version_is_named_and_not_used(desk: Desk) -> None:
    """It stands for one, too, that is no active object and is found by its class."""
    assert desk.command("Validate", server="other") == [say("live_passed") + "\nversions differ"]
    assert desk.calls()[:2] == [f"new:{CLSID}", f"{COMMAND_MODULE}.handshake(5)"]
    assert not [call for call in desk.calls() if call.endswith("validate(0)")]


@both
def test_a_wrong_total_is_counted_and_selected(desk: Desk) -> None:
    desk.put(TOTAL[0], {TOTAL[1]: 999})
    counts = {"failed": 1, "warned": 0, "undecided": 0, "sheet": LAYOUT.check.name}
    assert desk.command("Validate") == [say("live_broken", **counts) + "\n" + say("no_server")]
    if isinstance(desk, OfficeDesk):
        assert desk.book.ask("doc.CurrentController.ActiveSheet.Name") == TOTAL[0]
        # The cell that the sheet names: what stands there, and what should.
        now, due = block(desk)[0][3:5]
        assert now == 999 and isinstance(due, float) and due != 999


def test_an_unfinished_report_is_said_to_be_open(blank: Desk) -> None:
    (box,) = blank.command("Validate")
    assert box.startswith(say("live_open", warned=0, undecided="{u}", sheet="").partition("{u}")[0])


def test_the_workbook_reacts_while_typing(live: OfficeDesk) -> None:
    """No macro is asked: the very cell turns red and its row is tinted, 校验 says what, 诊断 excerpts it."""
    row = int(TOTAL[1].lstrip("ABCDEFGHIJ"))
    # LibreOffice's HTML export, from which colours are read, puts buttons between the cells.
    pages = "for page in [sheet.DrawPage for sheet in doc.Sheets]"
    live.book.ask(f"[page.remove(page.getByIndex(0)) {pages} for _ in range(page.Count)] and 1")
    assert COLOURS["row"] not in live.book.colours()[TOTAL[0]].values()
    live.book.type(*TOTAL[:1], {TOTAL[1]: "999"})
    colours = live.book.colours()[TOTAL[0]]
    assert {colours[f"{column}{row}"] for column in "DEFGHI"} == {COLOURS["row"]}
    assert colours[TOTAL[1]] == COLOURS["wrong"]
    live.book.recalculate()
    states = [row[0] for row in block(live) if row[0]]
    assert states == [STATE["failed"]]
    number = str(block(live)[0][7])
    named = live.book.value(LAYOUT.check.name, f"{ID}{FIRST - 1 + int(float(number))}")
    assert str(named).startswith("wrong-cell:t3")


def test_the_excerpt_says_how_much_it_leaves_out(live: OfficeDesk) -> None:
    table = LAYOUT.tables["table3"]
    wrong = {LAYOUT.locate(cell)[1]: 99999 for cell in table.cells if cell.endswith(".total")}
    live.put(table.name, wrong)
    live.command("Validate")
    rows = block(live)
    states = live.book.values(LAYOUT.check.name, f"{STATES}{FIRST}:{STATES}200")
    failed = [row[0] for row in states].count(STATE["failed"])
    assert failed > DIAGNOSIS_ROWS and len(rows) == DIAGNOSIS_ROWS
    assert rows[-1][TEXT_COLUMN] == say("live_more", count=failed - DIAGNOSIS_ROWS + 1) + say("live_only")


# ---------------------------------------------------------------- 合计填充, 空格填零, 撤销


def test_blank_totals_are_filled_and_put_back(desk: Desk) -> None:
    was = desk.value(*TOTAL)
    desk.put(TOTAL[0], {TOTAL[1]: None, COLUMN_TOTAL[1]: None})
    asked = say("totals_fill", count=2)
    assert desk.command("FillTotals", replies=NO) == [asked, say("cancelled")]
    assert not desk.value(*TOTAL)
    assert desk.command("FillTotals", replies=YES) == [asked, say("totals_done", count=2)]
    assert desk.value(*TOTAL) == was
    assert desk.command("UndoFill") == [say("undo_done", count=2)]
    assert not desk.value(*TOTAL) and not desk.value(*COLUMN_TOTAL)
    assert desk.command("UndoFill") == [say("undo_none")]


@both
def test_a_typed_total_is_never_replaced_unasked(desk: Desk) -> None:
    was = desk.value(*TOTAL)
    desk.put(TOTAL[0], {TOTAL[1]: 999, COLUMN_TOTAL[1]: None})
    line = say("fill_line", place="!".join(TOTAL), old=999, new=int(was))
    asked = say("totals_replace", count=2, typed=1, list=line + "\n")
    assert desk.command("FillTotals", replies=CANCEL) == [asked, say("cancelled")]
    assert desk.command("FillTotals", replies=NO) == [asked, say("totals_done", count=1)]
    assert desk.value(*TOTAL) == 999
    assert desk.command("FillTotals", replies=YES)[1] == say("totals_done", count=1)
    assert desk.value(*TOTAL) == was
    assert desk.command("UndoFill") == [say("undo_done", count=1)]
    assert desk.value(*TOTAL) == 999


def test_a_long_list_of_typed_totals_is_cut(live: OfficeDesk) -> None:
    table = LAYOUT.tables["table3"]
    wrong = {LAYOUT.locate(cell)[1]: 99999 for cell in table.cells if cell.endswith(".total")}
    live.put(table.name, wrong)
    (asked, _) = live.command("FillTotals", replies=CANCEL)
    assert asked.count("→") == 10 and say("fill_more", count=len(wrong)) in asked


def test_totals_need_their_parts(desk: Desk) -> None:
    """One part blank and one no number: neither its row nor its column has a sum; "/" and 0 do."""
    assert desk.command("UndoFill") == [say("undo_none")]
    assert desk.command("FillTotals") == [say("totals_none")]
    desk.put(PART[0], {PART[1]: "约3", TOTAL[1]: None})
    assert desk.command("FillTotals") == [say("totals_none")]
    desk.put(PART[0], {PART[1]: None})
    assert desk.command("FillTotals") == [say("totals_none")]
    desk.put(PART[0], {PART[1]: "/"})
    assert desk.command("FillTotals", replies=NO)[0] == say("totals_fill", count=1)
    desk.put(PART[0], {cell[1]: 0 for cell in PARTS} | {TOTAL[1]: "/"})
    assert desk.command("FillTotals") == [say("totals_none")]
    desk.put(PART[0], {PART[1]: 1})
    assert desk.command("FillTotals", replies=CANCEL)[0].startswith(
        say("totals_replace", count=1, typed=1, list="")[:20]
    )


def test_declared_blanks_count_as_zero(blank: Desk) -> None:
    row, column = LAYOUT.cover.fields["blank_is_zero"]
    blank.put(LAYOUT.cover.name, {f"{'ABC'[column - 1]}{row}": marks("cover")["yes"]})
    blank.put(PART[0], {PART[1]: 3, OTHER[1]: 4})
    targets = {e.right[0] for t in FORM.tables.values() for e in t.equations if e.kind != "balance"}
    assert blank.command("FillTotals", replies=YES)[1] == say("totals_done", count=len(targets))
    assert blank.value(*TOTAL) == 7


def test_blanks_declared_below_one_table_count_as_zero_in_it_alone(blank: Desk) -> None:
    place = LAYOUT.tables["table3"]
    blank.put(place.name, {address(*place.declaration): marks("cover")["yes"]})
    blank.put(PART[0], {PART[1]: 3, OTHER[1]: 4})
    targets = {e.right[0] for e in place.table.equations if e.kind != "balance"}
    assert blank.command("FillTotals", replies=YES)[1] == say("totals_done", count=len(targets))
    assert blank.value(*TOTAL) == 7


def test_in_an_older_file_the_cover_alone_declares_blanks(blank: Desk) -> None:
    """Its hidden sheet knows no declaration below a table."""
    keys = {f"A{row}": str(blank.value(HIDDEN, f"A{row}") or "") for row in range(1, 400)}
    known = [cell for cell, key in keys.items() if key.startswith("range.declared.")]
    assert known
    blank.put(HIDDEN, {cell: f"unknown.{cell}" for cell in known})
    blank.put(PART[0], {PART[1]: 3, OTHER[1]: 4})
    assert blank.command("FillTotals") == [say("totals_none")]
    row, column = LAYOUT.cover.fields["blank_is_zero"]
    blank.put(LAYOUT.cover.name, {f"{'ABC'[column - 1]}{row}": marks("cover")["yes"]})
    assert blank.command("FillTotals", replies=NO)[0].startswith(say("totals_fill", count="")[:3])


def test_blank_cells_become_zero_and_blank_again(blank: Desk) -> None:
    blank.put(PART[0], {PART[1]: 3})
    inputs = [
        c for c in FORM.cells if not any(c.id in e.right and e.kind != "balance" for e in FORM.equations)
    ]
    asked = say("zeros_fill", count=len(inputs) - 1)
    assert blank.command("FillZeros", replies=NO) == [asked, say("cancelled")]
    assert blank.command("FillZeros", replies=YES) == [asked, say("zeros_done", count=len(inputs) - 1)]
    cells = [LAYOUT.locate(c.id) for c in inputs]
    assert [blank.value(*cell) for cell in cells].count(0) == len(inputs) - 1
    assert not blank.value(*TOTAL)
    assert blank.command("FillZeros") == [say("zeros_none")]
    blank.put(OTHER[0], {OTHER[1]: 5})
    undone = say("undo_done", count=len(inputs) - 2) + say("undo_kept", count=1)
    assert blank.command("UndoFill") == [undone]
    assert [cell for cell in cells if blank.value(*cell)] == [PART, OTHER]


# ---------------------------------------------------------------- help, report, errors


def test_help_is_shown(desk: Desk) -> None:
    assert desk.command("ShowHelp") == []
    if isinstance(desk, OfficeDesk):
        help_ = marks("sheets")["help"]
        assert desk.book.ask("doc.CurrentController.ActiveSheet.Name") == help_


@both
def test_the_report_is_made_by_the_program(desk: Desk) -> None:
    assert desk.command("WriteReport", server="fits") == ["report written"]
    assert desk.calls()[-1] == f"{COMMAND_MODULE}.report(0)"


@both
def test_errors_are_told_in_one_sentence(desk: Desk) -> None:
    desk.put(DATA, {f"B{data_row('range.table3')}": "没有的表"})
    (box,) = desk.command("FillTotals")
    assert box.startswith(say("error_other", number="{n}", description="").partition("{n}")[0])
    desk.put(DATA, {f"A{data_row('help')}": "gone"})
    assert desk.command("ShowHelp") == [say("error_20002", key="help")]
    desk.put(DATA, {f"A{data_row('text.error_20002')}": "gone"})
    assert desk.command("ShowHelp") == ["error_20002"]
    assert desk.call("TestHost.WithoutBook") == say("error_20001")
