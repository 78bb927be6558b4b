"""The macros run for real: every statement in LibreOffice or pyOpenVBA, most scenarios in both.

The last test demands that no statement of ``macros/`` was left out by the scenarios before it.
"""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from gouji.excel.interface import CLSID, COMMAND_MODULE, UDF_MODULE
from gouji.form import load_form
from gouji.report import Report, load
from gouji.workbook.layout import DIAGNOSIS_ROWS, layout_of
from gouji.workbook.wording import wording
from gouji.workbook.writer import COLOURS, write_workbook
from macro_build import (
    Engine,
    Instrumented,
    Line,
    addin_twin,
    label_of,
    macro_sources,
    statements,
    with_macros,
)
from macro_desk import CANCEL, NO, YES, OfficeDesk, SecondDesk
from office import Office

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
SAY = wording("messages")
STATE = wording("check")
DATA = wording("sheets")["data"]
RIGHT = Path(__file__).parents[1] / "data" / "published" / "pt-jtj-2022.json"
PART, OTHER = LAYOUT.locate("t3.new.natural"), LAYOUT.locate("t3.new.business")
TOTAL, COLUMN_TOTAL = LAYOUT.locate("t3.new.total"), LAYOUT.locate("t3.processed.natural")
PARTS = [LAYOUT.locate(cell) for cell in FORM.equation["t3.row.new"].left]
BLOCK, FIRST = LAYOUT.check.diagnosis, LAYOUT.check.live_top
TEXT_COLUMN = 2

Desk = OfficeDesk | SecondDesk
_finished: set[str] = set()


@pytest.fixture(autouse=True)
def _finish(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    _finished.add(request.node.originalname)


@pytest.fixture(scope="module")
def ran() -> set[Line]:
    return set()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("macros")


@pytest.fixture
def engine() -> Engine:
    return "office"


#: Run in the second engine too, which takes seconds for what LibreOffice does in a blink.
both = pytest.mark.parametrize("engine", ["office", "pyopenvba"])
second = pytest.mark.parametrize("engine", ["pyopenvba"])


def right() -> Report:
    """A published report without an error."""
    return load(RIGHT)


@cache
def package(filled: bool, engine: Engine, folder: Path) -> tuple[bytes, Instrumented]:
    """The template as .xlsm with instrumented macros, blank or filled."""
    macros = Instrumented(folder / f"{engine}{filled}.src", "xlsm", engine)
    return with_macros(write_workbook(right() if filled else Report(FORM), macros=True), macros), macros


@contextmanager
def opened(engine: Engine, office: Office, folder: Path, ran: set[Line], filled: bool) -> Iterator[Desk]:
    content, macros = package(filled, engine, folder)
    path = folder / "open.xlsm"
    path.write_bytes(content)
    if engine == "pyopenvba":
        second = SecondDesk(path, macros, ran)
        yield second
        second.collect()
        return
    with office.open(path) as book:
        desk = OfficeDesk(book, macros, ran)
        yield desk
        desk.collect()


@pytest.fixture
def desk(engine: Engine, office: Office, folder: Path, ran: set[Line]) -> Iterator[Desk]:
    with opened(engine, office, folder, ran, True) as found:
        yield found


@pytest.fixture
def blank(engine: Engine, office: Office, folder: Path, ran: set[Line]) -> Iterator[Desk]:
    with opened(engine, office, folder, ran, False) as found:
        yield found


@pytest.fixture
def live(office: Office, folder: Path, ran: set[Line]) -> Iterator[OfficeDesk]:
    """For what only LibreOffice can do: events of the keyboard, cell functions, colours, saving."""
    with opened("office", office, folder, ran, True) as found:
        assert isinstance(found, OfficeDesk)
        yield found


def say(name: str, /, **names: object) -> str:
    return str(SAY[name]).format(**names)


@cache
def data_keys() -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(right(), macros=True)), read_only=True)
    return [key for key, *_ in book[DATA].iter_rows(values_only=True)]


def data_row(key: str) -> int:
    """The first row of a key in the very hidden sheet of the files that are opened here."""
    return data_keys().index(key) + 1


def block(desk: OfficeDesk) -> list[list[object]]:
    return [list(row) for row in desk.book.values(BLOCK.sheet, BLOCK.ref())]


# ---------------------------------------------------------------- 校验


def test_a_right_report_passes(desk: Desk) -> None:
    assert desk.command("Validate") == [say("live_passed") + "\n" + say("no_server")]


@both
def test_with_the_program_the_command_runs_there(desk: Desk) -> None:
    sheets = len(LAYOUT.sheet_names)
    assert desk.command("Validate", server="fits") == [f"validated {sheets}"]
    attached, handshake = f"new:{CLSID}", f"{COMMAND_MODULE}.handshake(5)"
    calls = [call for call in desk.calls() if UDF_MODULE not in call]
    assert calls[:2] == [attached, handshake] and calls[-1] == f"{COMMAND_MODULE}.validate(0)"


@both
def test_a_program_of_another_version_is_named_and_not_used(desk: Desk) -> None:
    assert desk.command("Validate", server="other") == [say("live_passed") + "\nversions differ"]
    assert not [call for call in desk.calls() if call.endswith("validate(0)")]


@both
def test_a_wrong_total_is_counted_and_selected(desk: Desk) -> None:
    desk.put(TOTAL[0], {TOTAL[1]: 999})
    counts = {"failed": 2, "warned": 0, "undecided": 0, "sheet": LAYOUT.check.name}
    assert desk.command("Validate") == [say("live_broken", **counts) + "\n" + say("no_server")]
    if isinstance(desk, OfficeDesk):
        assert desk.book.ask("doc.CurrentController.ActiveSheet.Name") == TOTAL[0]
        left, right_, difference = block(desk)[0][3:6]
        assert isinstance(left, float) and (right_, difference) == (999, left - 999)


def test_an_unfinished_report_is_said_to_be_open(blank: Desk) -> None:
    (box,) = blank.command("Validate")
    assert box.startswith(say("live_open", warned=0, undecided="{u}", sheet="").partition("{u}")[0])


def test_the_workbook_reacts_while_typing(live: OfficeDesk) -> None:
    """No macro is asked: the row turns red, 校验 says what, 诊断 excerpts it."""
    row = int(TOTAL[1].lstrip("ABCDEFGHIJ"))
    # LibreOffice's HTML export, from which colours are read, puts buttons between the cells.
    page = f"doc.Sheets.getByName('{LAYOUT.check.name}').DrawPage"
    live.book.ask(f"[{page}.remove({page}.getByIndex(0)) for _ in range({page}.Count)]")
    assert COLOURS["row"] not in live.book.colours()[TOTAL[0]].values()
    live.book.type(*TOTAL[:1], {TOTAL[1]: "999"})
    colours = live.book.colours()[TOTAL[0]]
    assert {colours[f"{column}{row}"] for column in "DEFGHIJ"} == {COLOURS["row"]}
    live.book.recalculate()
    states = [row[0] for row in block(live) if row[0]]
    assert states == [STATE["failed"]] * 2
    assert block(live)[0][7] == "row-total:t3.row.new"


def test_the_excerpt_says_how_much_it_leaves_out(live: OfficeDesk) -> None:
    table = LAYOUT.tables["table3"]
    wrong = {LAYOUT.locate(cell)[1]: 99999 for cell in table.cells if cell.endswith(".total")}
    live.put(table.name, wrong)
    live.command("Validate")
    rows = block(live)
    failed = [row[0] for row in live.book.values(LAYOUT.check.name, f"A{FIRST}:A200")].count(STATE["failed"])
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
    line = say("totals_line", place="!".join(TOTAL), old=999, new=int(was))
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
    assert asked.count("→") == 10 and say("totals_more", count=len(wrong)) in asked


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
    blank.put(LAYOUT.cover.name, {f"{'ABC'[column - 1]}{row}": wording("cover")["yes"]})
    blank.put(PART[0], {PART[1]: 3, OTHER[1]: 4})
    targets = {e.right[0] for t in FORM.tables.values() for e in t.equations if e.kind != "balance"}
    assert blank.command("FillTotals", replies=YES)[1] == say("totals_done", count=len(targets))
    assert blank.value(*TOTAL) == 7


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


# ---------------------------------------------------------------- events


def test_typing_on_any_sheet_clears_the_seal(live: OfficeDesk) -> None:
    fields, texts = LAYOUT.cover.fields, [area for key, area in LAYOUT.texts.items() if area.sheet == key]
    row, column = fields["unit"]
    places = [(LAYOUT.cover.name, f"{'ABC'[column - 1]}{row}")]
    places += [(area.sheet, f"A{area.top}") for area in texts]
    places += [(t.name, LAYOUT.locate(t.table.cells[0].id)[1]) for t in LAYOUT.tables.values()]
    explained = LAYOUT.check.explanations
    places.append((LAYOUT.check.name, explained.column(1).ref().partition(":")[0]))
    assert len(places) == len(LAYOUT.sheet_names) - 2
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
        assert live.boxes() == [say("save_broken", failed=2)]
        assert live.book.ask("doc.isModified()") is modified


@both
def test_a_damaged_file_can_still_be_saved(desk: Desk) -> None:
    desk.put(DATA, {f"A{data_row('live.state')}": "gone"})
    desk.prepare()
    assert desk.call("GjCommands.MaySave")
    assert desk.boxes() == [say("error_20002", key="live.state")]


# ---------------------------------------------------------------- ribbon, help, report, errors


def test_each_ribbon_callback_calls_its_command(desk: Desk) -> None:
    desk.put(TOTAL[0], {TOTAL[1]: None})
    assert desk.command("OnFillTotals", replies=YES, callback=True)[1] == say("totals_done", count=1)
    assert desk.command("OnUndoFill", callback=True) == [say("undo_done", count=1)]
    assert desk.command("OnFillZeros", callback=True) == [say("zeros_none")]
    assert desk.command("OnWriteReport", callback=True) == [say("no_server") + "\n" + say("report_absent")]
    assert desk.command("OnValidate", callback=True)[0].startswith(
        say("live_open", warned=0, undecided=4, sheet=LAYOUT.check.name)[:5]
    )
    assert desk.command("OnShowHelp", callback=True) == []
    if isinstance(desk, OfficeDesk):
        help_ = wording("sheets")["help"]
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


# ---------------------------------------------------------------- the add-in on somebody's .xlsx


def test_the_add_in_works_on_the_open_workbook(office: Office, folder: Path, ran: set[Line]) -> None:
    macros = Instrumented(folder / "addin.src", "xlam", "office")
    twin, form, stranger = (folder / name for name in ("addin.xlsm", "form.xlsx", "stranger.xlsx"))
    twin.write_bytes(addin_twin(macros))
    report = right()
    report.set("t3.new.total", 999)
    form.write_bytes(write_workbook(report))
    stranger.write_bytes(plain_workbook())
    with office.open(twin) as host:
        desk = OfficeDesk(host, macros, ran)
        with office.open(stranger):
            assert desk.command("Validate") == [say("error_20001")]
        with office.open(form) as book:
            desk = OfficeDesk(host, macros, ran, book)
            (box,) = desk.command("Validate")
            assert box.startswith(
                say("live_broken", failed=2, warned=0, undecided=0, sheet=LAYOUT.check.name)
            )
            rows = block(desk)
            assert [row[0] for row in rows[:3]] == [STATE["failed"]] * 2 + [None]
            assert rows[2][TEXT_COLUMN] == say("live_only")
            assert book.ask(f"doc.Sheets.getByName('{LAYOUT.check.name}').isProtected()")
            assert desk.command("FillTotals", replies=YES)[1] == say("totals_done", count=1)
        desk.collect()


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
    assert live.value(DATA, "H1") == "GJ_TOTAL:Variant():Variant()"
    live.put(TOTAL[0], {TOTAL[1]: 999})
    rows = f"${LAYOUT.check.name}.$A${FIRST}:$H${FIRST + data_keys().count('target') - 1}"
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


def test_no_statement_was_left_out(ran: set[Line]) -> None:
    scenarios = {name for name, _ in inspect.getmembers(sys.modules[__name__], inspect.isfunction)}
    missing = {n for n in scenarios if n.startswith("test_")} - _finished - {"test_no_statement_was_left_out"}
    if missing:
        pytest.skip(f"only after the whole file: {', '.join(sorted(missing))}")
    paths = {*macro_sources("xlsm"), *macro_sources("xlam")}
    wanted = {(label_of(path), line) for path in paths for line in statements(path)}
    assert len(wanted) > 200
    assert sorted(wanted - ran) == []
