"""Events, cell functions, and the add-in on a workbook without macros."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import xlsxwriter

from gouji.excel.validate import validate
from gouji.report import Report
from gouji.rules import catalogue
from gouji.workbook.layout import address
from gouji.workbook.live import LiveChecks
from gouji.workbook.wording import marks, wording
from gouji.workshop.build import macro_sources
from gouji.workshop.macros import add_macros
from support import DATA as FILES
from support.filled import write_workbook
from support.macro_build import Engine, Instrumented, Line, addin_twin
from support.macro_desk import NO, YES, OfficeDesk
from support.macro_scene import (
    BLOCK,
    DATA,
    FIRST,
    LAYOUT,
    OTHER,
    PART,
    STATE,
    TEXT_COLUMN,
    TOTAL,
    Desk,
    block,
    both,
    data_keys,
    data_row,
    right,
    say,
    second,
    select,
)
from support.office import Office
from support.xlwings_fake.model import Workbook, XlBook

AddIn = Callable[..., AbstractContextManager[OfficeDesk]]
#: A row that may be explained.
STOCK = "stock:t2.documents"

# ---------------------------------------------------------------- events


def test_typing_on_any_sheet_clears_the_seal(live: OfficeDesk) -> None:
    fields, texts = LAYOUT.cover.fields, [area for key, area in LAYOUT.texts.items() if area.sheet == key]
    row, column = fields["unit"]
    places = [(LAYOUT.cover.name, f"{'ABC'[column - 1]}{row}")]
    places += [(area.sheet, f"A{area.top}") for area in texts]
    places += [(t.name, LAYOUT.locate(t.table.cells[0].id)[1]) for t in LAYOUT.tables.values()]
    explained = LAYOUT.check.explanations
    places.append((LAYOUT.check.name, explained.column(1).ref().partition(":")[0]))
    places.append((marks("sheets")["last_year"], "A8"))
    # All but 粘贴区, 填报说明 and the hidden one.
    assert len(places) == len(LAYOUT.sheet_names) - 3
    (beside,) = [r for r in LiveChecks(LAYOUT, right(), None, catalogue()).rows(FIRST) if r.id == STOCK]
    column = LAYOUT.check.columns["explanation"]
    places.append((LAYOUT.check.name, address(FIRST + beside.number - 1, column)))
    digest, time = data_row("seal.digest"), data_row("seal.time")
    for sheet, cell in places:
        live.put(DATA, {f"B{digest}": "abc", f"B{time}": "now"})
        live.book.type(sheet, {cell: "1"})
        assert live.book.texts(DATA, f"B{digest}:B{time}") == [[""]] * (time - digest + 1), (sheet, cell)
    assert live.boxes() == []
    assert live.book.ask(f"doc.Sheets.getByName('{DATA}').isProtected()")


@both
def test_filling_and_undoing_clear_the_seal(desk: Desk) -> None:
    digest = f"B{data_row('seal.digest')}"
    desk.put(TOTAL[0], {TOTAL[1]: None})
    for command in ("FillTotals", "UndoFill"):
        desk.put(DATA, {digest: "abc"})
        desk.command(command, replies=YES)
        assert not desk.value(DATA, digest), command


def test_saving_with_errors_asks_and_obeys(live: OfficeDesk) -> None:
    dispatcher = "server.service('com.sun.star.frame.DispatchHelper')"
    save = f"str({dispatcher}.executeDispatch(doc.CurrentController.Frame, '.uno:Save', '', 0, ()))"
    live.book.ask("doc.store()")  # else LibreOffice asks about the format and takes silence for no
    live.prepare()
    live.book.type(OTHER[0], {OTHER[1]: str(live.value(*OTHER)).removesuffix(".0")})
    live.book.ask(save)
    assert live.boxes() == [] and not live.book.ask("doc.isModified()")
    live.book.type(TOTAL[0], {TOTAL[1]: "999"})
    for reply, modified in ((NO, True), (YES, False)):
        live.prepare(replies=reply)
        live.book.ask(save)
        assert live.boxes() == [say("save_broken", failed=1)]
        assert live.book.ask("doc.isModified()") is modified


@pytest.mark.parametrize("itself", ["", "off", "on"])
def test_saving_asks_nothing_where_nobody_pressed_save(live: OfficeDesk, itself: str) -> None:
    """Under AutoSave the event comes after each change; a program that saves or closes wants no questions.
    "": an Excel that knows no AutoSave."""
    desk = live
    desk.put(TOTAL[0], {TOTAL[1]: 999})
    assert desk.call("TestHost.SavesItself", itself) == "ok"
    desk.prepare(replies=NO)
    assert bool(desk.call("GjCommands.MaySave")) is (itself == "on")
    assert desk.boxes() == ([] if itself == "on" else [say("save_broken", failed=1)])
    for questions in ("0", "hidden"):
        assert desk.call("TestHost.Questions", questions) == "ok"
        desk.prepare(replies=NO)
        assert desk.call("GjCommands.MaySave")
        assert desk.boxes() == []
    desk.call("TestHost.Questions", "1")


@both
def test_a_damaged_file_can_still_be_saved(desk: Desk) -> None:
    desk.put(DATA, {f"A{data_row('live.state')}": "gone"})
    desk.prepare()
    assert desk.call("GjCommands.MaySave")
    assert desk.boxes() == [say("error_20002", key="live.state")]


# ---------------------------------------------------------------- the add-in on somebody's .xlsx


@pytest.fixture
def addin(office: Office, folder: Path, ran: set[Line]) -> Iterator[AddIn]:
    """The add-in; called with a file's content, what it works on is opened beside it."""
    macros = Instrumented(folder / "addin.src", "xlam", "office")
    twin = folder / "addin.xlsm"
    twin.write_bytes(addin_twin(macros))

    @contextmanager
    def beside(content: bytes, kind: str = "xlsx", *, macros_run: bool = False) -> Iterator[OfficeDesk]:
        path = folder / f"form.{kind}"
        path.write_bytes(content)
        with office.open(path, macros=macros_run) as book:
            yield OfficeDesk(host, macros, ran, book)

    with office.open(twin) as host:
        yield beside
        OfficeDesk(host, macros, ran).collect()


def wrong() -> Report:
    report = right()
    report.set("t3.new.total", 999)
    return report


def test_the_add_in_works_on_the_open_workbook(addin: AddIn) -> None:
    with addin(plain_workbook()) as desk:
        assert desk.command("Validate") == [say("error_20001")]
        assert desk.command("FillZeros") == [say("error_20001")]
    with addin(write_workbook(wrong())) as desk:
        (box,) = desk.command("Validate")
        assert box.startswith(say("live_broken", failed=1, warned=0, undecided=0, sheet=LAYOUT.check.name))
        rows = block(desk)
        assert [row[0] for row in rows[:2]] == [STATE["failed"], None]
        assert rows[1][TEXT_COLUMN] == say("live_only")
        assert desk.book.ask(f"doc.Sheets.getByName('{LAYOUT.check.name}').isProtected()")
        assert desk.command("FillTotals", replies=YES)[1] == say("totals_done", count=1)


def test_each_ribbon_callback_calls_its_command(addin: AddIn) -> None:
    with addin(write_workbook(right())) as desk:
        desk.put(TOTAL[0], {TOTAL[1]: None})
        assert desk.command("OnFillTotals", replies=YES, callback=True)[1] == say("totals_done", count=1)
        assert desk.command("OnUndoFill", callback=True) == [say("undo_done", count=1)]
        assert desk.command("OnFillZeros", callback=True) == [say("zeros_none")]
        desk.put(PART[0], {PART[1]: None})
        select(desk.book, *PART)
        assert desk.command("OnFillSlash", callback=True) == []
        assert desk.value(*PART) == "/"
        assert desk.command("OnUndoFill", callback=True) == [say("undo_done", count=1)]
        absent = say("no_server") + "\n" + say("report_absent")
        assert desk.command("OnWriteReport", callback=True) == [absent]
        assert desk.command("OnValidate", callback=True)[0].startswith(
            say("live_open", warned=0, undecided=4, sheet=LAYOUT.check.name)[:5]
        )
        assert desk.command("OnShowHelp", callback=True) == []
        assert desk.book.ask("doc.CurrentController.ActiveSheet.Name") == marks("sheets")["help"]


@pytest.mark.parametrize("kind", ["xlsx", "xlsm"])
def test_without_the_program_the_add_in_fills_what_no_macro_fills(addin: AddIn, kind: str) -> None:
    """An .xlsm that was saved as .xlsx, and one whose macros are blocked: the formula shows its excuse."""
    content = write_workbook(wrong(), macros=True)
    if kind == "xlsm":
        content = add_macros(content, macro_sources("xlsm"), kind="xlsm")
    with addin(content, kind) as desk:
        assert block(desk)[0][TEXT_COLUMN] == wording("check")["diagnosis_absent"]
        desk.command("Validate")
        rows = block(desk)
        assert [row[0] for row in rows[:2]] == [STATE["failed"], None]
        assert rows[1][TEXT_COLUMN] == say("live_only")
        assert not any("GJ_" in f for row in desk.book.formulas(BLOCK.sheet, BLOCK.ref()) for f in row)


def test_without_the_program_the_add_in_leaves_working_macros_alone(addin: AddIn) -> None:
    content = add_macros(write_workbook(wrong(), macros=True), macro_sources("xlsm"), kind="xlsm")
    with addin(content, "xlsm", macros_run=True) as desk:
        desk.command("Validate")
        assert [row[0] for row in block(desk)[:2]] == [STATE["failed"], ""]
        formulas = desk.book.formulas(BLOCK.sheet, BLOCK.ref())
        assert all("GJ_DIAGNOSE" in f.upper() for row in formulas for f in row)


def test_the_prescribed_way(live: OfficeDesk, folder: Path) -> None:
    """Filled as .xlsm, saved as .xlsx by the engine, opened by Excel's stand-in, 校验 of the add-in."""
    live.put(PART[0], {PART[1]: 999})
    live.command("Validate")
    saved = live.book.save(folder / "报送.xlsx")
    book = Workbook(saved)
    assert not book.HasVBProject
    assert book.sheet(BLOCK.sheet).Range(BLOCK.ref()).HasFormula is True
    assert validate(XlBook(book)).state == "error"
    shown = book.sheet(BLOCK.sheet).Range(BLOCK.ref())
    assert shown.HasFormula is False
    assert shown.Value2[0][-1] == "wrong-cell:t3.new.natural"


def test_the_add_in_works_on_a_file_of_an_earlier_release(addin: AddIn) -> None:
    with addin((FILES / "archive" / "0.3.0" / "有错误并有上年数.xlsx").read_bytes()) as desk:
        (box,) = desk.command("Validate")
        assert box.startswith(say("live_broken", failed="{n}", warned="", undecided="", sheet="")[:3])
        assert desk.book.ask("doc.CurrentController.ActiveSheet.Name") in "二三四"
        assert STATE["failed"] in {row[0] for row in desk.book.values(LAYOUT.check.name, "J7:Q26")}


def plain_workbook() -> bytes:
    out = io.BytesIO()
    xlsxwriter.Workbook(out).close()
    return out.getvalue()


# ---------------------------------------------------------------- functions in cells


def test_a_function_in_a_cell_asks_the_program(live: OfficeDesk) -> None:
    """LibreOffice cannot hand on a plain argument of a cell function: the others run in pyOpenVBA."""
    live.prepare(server="fits")
    cell = f"doc.Sheets.getByName('{DATA}').getCellRangeByName('H1')"
    live.book.ask(f"doc.Sheets.getByName('{DATA}').unprotect('')")
    live.book.ask(f"{cell}.setFormula('=GJ_TOTAL($三.$D$9:$J$33)')")
    assert live.value(DATA, "H1") == "GJ_TOTAL:Variant():Variant():Double"
    # A cell that shows a date is handed on as one.
    live.book.ask("doc.Sheets.getByName('三').unprotect('')")
    live.book.ask("setattr(doc.Sheets.getByName('三').getCellRangeByName('D9'), 'NumberFormat', 36)")
    live.put("三", {"D9": 45355})
    live.book.ask(f"{cell}.setFormula('=GJ_TOTAL($三.$D$9:$E$9)')")
    assert live.value(DATA, "H1") == "GJ_TOTAL:Variant():Variant():Date"
    live.put(TOTAL[0], {TOTAL[1]: 999})
    last = address(FIRST + data_keys().count("target") - 1, len(LAYOUT.check.columns), absolute=True)
    rows = f"${LAYOUT.check.name}.$A${FIRST}:{last}"
    live.book.ask(f"{cell}.setFormula('=GJ_LIVE({rows})')")
    assert live.value(DATA, "H1") == STATE["failed"]


@second
def test_functions_hand_on_their_arguments(desk: Desk) -> None:
    desk.prepare(server="fits")
    for call, answer in (
        ("GJ_TOTAL 1", "Integer:Integer"),
        ("GJ_CHECK 3", "Integer:Empty"),
        ("GJ_CHECK 4", "Integer:Integer"),
        ("GJ_DIAGNOSE 4", "Integer:Empty"),
        ("GJ_DIAGNOSE 6", "Integer:Integer"),
    ):
        assert desk.call("TestFunctions.Answered", call) == f"{call.split()[0]}:{answer}"


@both
def test_without_the_program_functions_are_error_values(engine: Engine, desk: Desk) -> None:
    """LibreOffice shows error values in cells as text, so there GJ_DIAGNOSE falls back by itself."""
    for server in ("", "other"):
        desk.prepare(server=server)
        for call in ("GJ_TOTAL 1", "GJ_CHECK 3", "GJ_LIVE 1", "GJ_DIAGNOSE 4"):
            if (call, engine) != ("GJ_DIAGNOSE 4", "office"):
                assert desk.call("TestFunctions.Answered", call) == "error", call
