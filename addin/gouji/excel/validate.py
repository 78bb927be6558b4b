"""The command 校验 on a workbook that is open in Excel.

Reads every sheet once, writes 诊断 once, selects the first cell in error, stamps or clears the seal. The
texts of 审核说明 are read and left alone; nothing else in the workbook is changed. The workbook is the one
that VBA hands over: we never look for an Excel ourselves, since WPS may answer in its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..errors import GoujiError
from ..examine import judge
from ..form import editions, load_form
from ..records import dataclass
from ..report import Report
from ..rules import LEVELS, Finding, catalogue, state_of
from ..rules.explanations import recorded, unexplained
from ..wording import wording_of
from ..workbook.keyed import meant
from ..workbook.layout import Area, Layout, layout_of
from ..workbook.reading.check_sheet import check_places, explanations
from ..workbook.reading.reader import Reading, read_contents
from ..workbook.seal import NO_SEAL, make_seal
from ..workbook.shown.findings import place_of
from ..workbook.weighing import BETWEEN
from ..workbook.wording import marks
from .answers import Content, diagnosis
from .contents import LiveContents, as_block
from .host import unfit

_LOG = logging.getLogger(__name__)
#: Excel refuses calls while a cell is being edited or a dialog is open (RPC_E_CALL_REJECTED, VBA_E_IGNORE).
_BUSY = (-2147418111, -2146777998)
_PERMISSIONS = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "validate")[key]).format_map(names)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the command tells VBA. ``state``: clean, hint, warning, error, or refused (nothing was done).

    ``sheet``, ``address``: the first cell in error, which is selected; "" where there is none.
    """

    state: str
    message: str
    sheet: str = ""
    address: str = ""

    def row(self) -> list[str]:
        return [self.state, self.message, self.sheet, self.address]


class SheetProtected(GoujiError):
    """The sheet is protected by a password; the message is one Chinese line."""


def validate(book: Any) -> Verdict:
    """Check ``book`` (an xlwings Book) and fill its 诊断. Never raises: what fails is said in Chinese."""
    return guarded(_validate, book, said)


def guarded(work: Callable[[Any], Verdict], book: Any, said_of: Callable[..., str]) -> Verdict:
    """What ``work`` says of the workbook, or one Chinese line where it fails or the program is not Excel.

    ``said_of``: the words of the command, of which "failed" says what was not done.
    """
    try:
        application = book.app.api
        if reason := unfit(str(application.Name), str(application.Version), str(application.Path)):
            return Verdict("refused", reason)
        return work(book)
    except GoujiError as error:
        return Verdict("refused", error.message)
    except Exception as error:  # the last frame before VBA
        _LOG.exception("command")
        if getattr(error, "hresult", None) in _BUSY:
            return Verdict("refused", said("busy"))
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return Verdict("refused", said_of("failed", reason=reason))


def _validate(book: Any) -> Verdict:
    contents = live_contents(book)
    reading = read_contents(contents)
    layout = layout_of(reading.report.form)
    # A seal that no longer fits is no finding here: this command gives a new one or takes it away.
    findings = [f for f in judge(reading) if f.rule != "seal-broken"]
    _write_diagnosis(book, layout, contents, reading, findings)
    _write_seal(book, layout, contents, reading, findings)
    sheet, address = _select_first_error(book, reading.report, findings)
    return Verdict(state_of(findings), _summary(layout, findings), sheet, address)


def live_contents(book: Any) -> LiveContents:
    """The open workbook as the reader wants it; sheets that have formulas beside what is typed or pasted are
    called the same in every edition."""
    layout = layout_of(load_form(editions()[-1]))
    tables = (sheet.name for sheet in layout.tables.values())
    return LiveContents(book, typed=frozenset((layout.cover.name, *tables, marks("sheets")["last_year"])))


def _write_diagnosis(
    book: Any, layout: Layout, contents: LiveContents, reading: Reading, findings: Sequence[Finding]
) -> None:
    """One write, unless the block fills itself. It stands where the file's own template has it."""
    cells = contents.cells(layout.check.name)
    area = check_places(layout, reading.data[marks("sheets")["data"]], cells).diagnosis
    sheet = book.sheets[area.sheet]
    block = sheet.api.Range(area.ref())
    formula = block.HasFormula is not False  # True, or None where only some cells have one
    if formula and _fills_itself(book, block, reading.data):
        return
    rows = diagnosis(reading.report, findings)
    with _writable(sheet):
        if formula:
            block.ClearContents()  # part of an array can not be changed, the whole of one can be emptied
        block.Value2 = tuple(tuple(map(_as_text, row)) for row in rows)


def _fills_itself(book: Any, block: Any, data: Mapping[str, str]) -> bool:
    """Whether the array function of an .xlsm answers here, as the program would.

    The formula alone says nothing: it stays in a file that was saved as .xlsx, which has no macros and shows
    what they said last, and where macros are blocked or the program did not answer them, its own excuse
    (a text of the formula; the last line of the live rows) stands in the block. The macro that calls us has
    calculated the block anew.
    """
    if not book.api.HasVBProject:
        return False
    column = int(data["diagnosis.text"]) - 1
    shown = [row[column] for row in as_block(block.Value2)]
    first = shown[0]
    if not isinstance(first, str) or f'"{first}"' in str(as_block(block.Formula)[0][column]):
        return False  # an error value, nothing, or the text for those who have no program
    return not any(isinstance(text, str) and text.endswith(data["text.live_only"]) for text in shown)


def _as_text(content: Content) -> Content:
    """Text that Excel would take for a formula is marked as text; sheet names and contents are strangers'."""
    return f"'{content}" if isinstance(content, str) and content.startswith(("=", "+", "-", "@")) else content


# ---------------------------------------------------------------- seal


def _write_seal(
    book: Any, layout: Layout, contents: LiveContents, reading: Reading, findings: Sequence[Finding]
) -> None:
    """Seal a workbook without errors whose warnings are all explained; clear the seal of any other.

    With the seal go the states of 审核说明 and the numbers they were given for, which it covers.
    """
    report = reading.report
    rows: Sequence[tuple[str, str]] = NO_SEAL
    if state_of(list(findings)) != "error" and not unexplained(report, findings):
        report.explanations = recorded(report, findings)
        _write_states(book, layout, contents, reading)
        rows = make_seal(report, reading.prior, catalogue()).rows()
    if rows == NO_SEAL and reading.seal_state == "none":
        return
    name = marks("sheets")["data"]
    places = {cell.raw: row for (row, column), cell in contents.cells(name).items() if column == 1}
    sheet = book.sheets[name]
    with _writable(sheet):
        for key, value in rows:
            sheet.api.Range(f"B{places[key]}").Value2 = value


def _write_states(book: Any, layout: Layout, contents: LiveContents, reading: Reading) -> None:
    """State and numbers of every explanation that was read, beside its row or in the list.

    In the list the key as well where it was an address or a rule's name, so that it means the same later.
    """
    report, cells = reading.report, contents.cells(layout.check.name)
    places = check_places(layout, reading.data[marks("sheets")["data"]], cells)
    sheet = book.sheets[places.name]
    for found in explanations(places, cells, contents.from_1904):
        key = meant(report, found.key, found.explanation)
        if key is None:
            continue
        entry = report.explanations[key]
        with _writable(sheet):
            told = Area(places.name, found.row, found.state, found.row, found.state + 1)
            sheet.api.Range(told.ref()).Value2 = ((entry.state, BETWEEN.join(entry.numbers)),)
            if key != found.key:
                sheet.api.Range(
                    Area(places.name, found.row, found.column, found.row, found.column).ref()
                ).Value2 = key


# ---------------------------------------------------------------- workbook


@contextmanager
def _writable(sheet: Any) -> Iterator[None]:
    """Lift the sheet's protection and put it back with the same permissions."""
    api = sheet.api
    if not api.ProtectContents:
        yield
        return
    kept = {name: bool(getattr(api.Protection, name)) for name in _PERMISSIONS}
    kept |= {"DrawingObjects": bool(api.ProtectDrawingObjects), "Scenarios": bool(api.ProtectScenarios)}
    try:
        api.Unprotect("")
    except Exception as error:
        raise SheetProtected(said("protected", sheet=sheet.name)) from error
    if api.ProtectContents:
        raise SheetProtected(said("protected", sheet=sheet.name))
    try:
        yield
    finally:
        # UserInterfaceOnly, which Excel forgets on saving, lets the macros write as before.
        api.Protect(
            "", kept["DrawingObjects"], True, kept["Scenarios"], True, *(kept[n] for n in _PERMISSIONS)
        )


def _select_first_error(book: Any, report: Report, findings: Sequence[Finding]) -> tuple[str, str]:
    places = (place_of(report, finding) for finding in findings if finding.level == "error")
    sheet, _, address = next(filter(None, places), "").partition("!")
    if sheet:
        book.sheets[sheet].api.Activate()
        book.sheets[sheet].api.Range(address).Select()
    return sheet, address


def _summary(layout: Layout, findings: Sequence[Finding]) -> str:
    if not findings:
        return said("clean")
    templates = wording_of("gouji.excel", "validate.count")
    numbers = {level: sum(f.level == level for f in findings) for level in reversed(LEVELS)}
    counts = "、".join(templates[level].format(n=n) for level, n in numbers.items() if n)
    return said("found" if numbers["error"] else "found_no_error", counts=counts, sheet=layout.check.name)
