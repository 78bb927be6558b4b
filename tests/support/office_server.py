"""The UNO side of `office.py`: holds one headless LibreOffice and obeys JSON lines on standard input.

Runs under the Python that LibreOffice's `uno` module belongs to (Debian: /usr/bin/python3), which need not
be the version of the tests' virtual environment; so it uses the standard library only and nothing newer than
Python 3.10. Started as: office_server.py SOFFICE PROFILE_FOLDER. Ends, with its office, when standard input
closes.
"""

import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import traceback
import uuid
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

START_SECONDS = 90
END_SECONDS = 10
EXECUTE_ALWAYS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>en-US</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseDocumentOOoLockFile" oor:op="fuse">
<value>false</value></prop><prop oor:name="UseDocumentSystemFileLocking" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Input"><prop oor:name="ReplaceCellsWarning" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def properties(**values):
    """A sequence of PropertyValue."""
    out = []
    for name, value in values.items():
        item = PropertyValue()
        item.Name, item.Value = name, value
        out.append(item)
    return tuple(out)


def column_name(index):
    """0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(65 + digit) + name
    return name


#: What LibreOffice's HTML export says of its tables: the sheet, the columns, the rows, the cells.
TAG = re.compile(r'<A NAME="table(\d+)"|<(table|colgroup|tr|td|th)\b((?:[^>"]|"[^"]*")*)>')
NUMBER = re.compile(r'\b(span|colspan|rowspan)="?(\d+)')
COLOUR = re.compile(r'\bbgcolor="(#\w+)"')


def tables(text):
    """The tables of LibreOffice's HTML export: sheet index, number of columns, and rows of (colour, rows and
    columns of the merged area)."""
    found, sheet = [], None
    for anchor, tag, attributes in TAG.findall(text):
        numbers = {name: int(value) for name, value in NUMBER.findall(attributes)}
        if anchor:
            sheet = int(anchor)
        elif tag == "table":
            found.append({"sheet": sheet, "columns": 0, "rows": []})
        elif tag == "colgroup":
            found[-1]["columns"] += numbers.get("span", 1)
        elif tag == "tr":
            found[-1]["rows"].append([])
        else:
            colour = COLOUR.search(attributes)
            area = numbers.get("rowspan", 1), numbers.get("colspan", 1)
            found[-1]["rows"][-1].append((colour[1].upper() if colour else "", area))
    return found


def visible(stretches, start, count):
    """The first `count` numbers from `start` on that lie in one of the (first, last)."""
    ordered = sorted(set(stretches))
    numbers = (number for first, last in ordered for number in range(max(first, start), last + 1))
    return list(itertools.islice(numbers, count))


class Server:
    """One LibreOffice and its open documents."""

    def __init__(self, soffice, folder):
        self.folder = Path(folder)
        user = self.folder / "user"
        user.mkdir(parents=True, exist_ok=True)
        (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        accept = f"pipe,name=gouji{uuid.uuid4().hex};urp;StarOffice.ComponentContext"
        command = [soffice, "--headless", "--norestore", "--nologo", "--nofirststartwizard"]
        command += [f"--accept={accept}", f"-env:UserInstallation={self.folder.resolve().as_uri()}"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        self.context = self.connect(f"uno:{accept}")
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.documents = {}

    def connect(self, address):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return resolver.resolve(address)
            except Exception:  # NoConnectException until the pipe is there
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def gone(self):
        """Whether the office has died: the bridge to it answers nothing any more."""
        try:
            return not self.context.getServiceManager().getAvailableServiceNames()
        except Exception:  # each call on a broken bridge says something else
            return True

    def end(self):
        with contextlib.suppress(Exception):  # the bridge goes down with the office
            self.desktop.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(0, signal.SIGKILL)

    # Commands: the method's name is the JSON's "do", its arguments follow.

    def open(self, path, macros):
        # Not Hidden: a hidden document has no view, so Workbook_Open does not fire. And without this mode
        # neither events nor functions in cells run, whatever the security level of the profile says.
        options = properties(MacroExecutionMode=EXECUTE_ALWAYS) if macros else ()
        address = Path(path).resolve().as_uri()
        document = self.desktop.loadComponentFromURL(address, "_blank", 0, options)
        if document is None:
            raise ValueError(f"LibreOffice does not open {path}")
        key = uuid.uuid4().hex
        self.documents[key] = document
        return key

    def close(self, book):
        self.documents.pop(book).close(True)

    def run(self, book, macro, arguments):
        address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        script = self.documents[book].getScriptProvider().getScript(address)
        return script.invoke(tuple(arguments), (), ())[0]

    def sheets(self, book):
        return list(self.documents[book].Sheets.ElementNames)

    def area(self, book, sheet, address):
        return self.documents[book].Sheets.getByName(sheet).getCellRangeByName(address)

    def values(self, book, sheet, address):
        area = self.area(book, sheet, address)
        rows = []
        for r, (data, formulas) in enumerate(zip(area.getDataArray(), area.getFormulaArray(), strict=True)):
            # An error has no value; its text is what the user sees. Without a formula the cell is empty.
            rows.append(
                [
                    None if formula == "" else area.getCellByPosition(c, r).String if value is None else value
                    for c, (value, formula) in enumerate(zip(data, formulas, strict=True))
                ]
            )
        return rows

    def texts(self, book, sheet, address):
        area = self.area(book, sheet, address)
        size = area.RangeAddress
        return [
            [area.getCellByPosition(c, r).String for c in range(size.EndColumn - size.StartColumn + 1)]
            for r in range(size.EndRow - size.StartRow + 1)
        ]

    def formulas(self, book, sheet, address):
        return [list(row) for row in self.area(book, sheet, address).getFormulaArray()]

    def type(self, book, sheet, entries):
        document = self.documents[book]
        controller = document.CurrentController
        controller.setActiveSheet(document.Sheets.getByName(sheet))
        dispatcher = self.service("com.sun.star.frame.DispatchHelper")
        for address, text in entries.items():
            place = properties(ToPoint=address)
            dispatcher.executeDispatch(controller.Frame, ".uno:GoToCell", "", 0, place)
            if text:
                entered = properties(StringName=text)
                dispatcher.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, entered)
            else:
                dispatcher.executeDispatch(controller.Frame, ".uno:ClearContents", "", 0, ())

    def paste(self, book, sheet, address, path, source_sheet, source_area, values_only):
        """Copy a range of another workbook, or all of a text, and paste it: the real clipboard."""
        dispatcher = self.service("com.sun.star.frame.DispatchHelper")
        source = self.desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0, ())
        try:
            controller = source.CurrentController
            if source_sheet:
                found = source.Sheets.getByName(source_sheet)
                controller.setActiveSheet(found)
                controller.select(found.getCellRangeByName(source_area))
            else:
                # The first time only the table that the cursor stands in is selected.
                for _ in range(3):
                    dispatcher.executeDispatch(controller.Frame, ".uno:SelectAll", "", 0, ())
            dispatcher.executeDispatch(controller.Frame, ".uno:Copy", "", 0, ())
            target = self.documents[book]
            target.CurrentController.setActiveSheet(target.Sheets.getByName(sheet))
            frame = target.CurrentController.Frame
            dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, properties(ToPoint=address))
            if values_only:
                options = properties(Flags="SVD", FormulaCommand=0, SkipEmptyCells=False, AsLink=False)
                dispatcher.executeDispatch(frame, ".uno:InsertContents", "", 0, options)
            else:
                dispatcher.executeDispatch(frame, ".uno:Paste", "", 0, ())
        finally:
            source.close(True)

    def put(self, book, sheet, entries):
        # Without the lock every value draws the sheet anew: 50 ms each.
        self.documents[book].addActionLock()
        try:
            for address, value in entries.items():
                cell = self.area(book, sheet, address)
                if isinstance(value, str):
                    cell.setString(value)
                elif value is None:
                    cell.setFormula("")
                else:
                    cell.setValue(value)
        finally:
            self.documents[book].removeActionLock()

    def recalculate(self, book):
        self.documents[book].calculateAll()

    def colours(self, book):
        target = self.folder / "colours.html"
        document = self.documents[book]
        document.storeToURL(target.resolve().as_uri(), properties(FilterName="HTML (StarCalc)"))
        exported = tables(target.read_text(encoding="utf-8", errors="replace"))
        found = {sheet.Name: {} for sheet in document.Sheets if sheet.IsVisible}
        for table in exported:
            # A workbook with one sheet is exported without headings.
            sheet = document.Sheets.getByIndex(table["sheet"] or 0)
            found[sheet.Name] = self.placed(sheet, table)
        return found

    def placed(self, sheet, table):
        """Addresses for the colours: the export begins at the first used cell and leaves out hidden rows and
        columns and whatever a merged cell covers; its spans count what is hidden."""
        used = sheet.createCursor()
        used.gotoStartOfUsedArea(False)
        first = used.RangeAddress
        seen = sheet.queryVisibleCells().RangeAddresses
        columns = visible([(a.StartColumn, a.EndColumn) for a in seen], first.StartColumn, table["columns"])
        rows = visible([(a.StartRow, a.EndRow) for a in seen], first.StartRow, len(table["rows"]))
        covered, colours = set(), {}
        for row, cells in zip(rows, table["rows"], strict=True):
            cells = iter(cells)
            for column in columns:
                if (row, column) in covered:
                    continue
                colour, (height, width) = next(cells)
                if colour:
                    colours[f"{column_name(column)}{row + 1}"] = colour
                if height > 1 or width > 1:
                    covered |= {(row + r, column + c) for r in range(height) for c in range(width)}
            if next(cells, None):
                raise ValueError(f"{sheet.Name} row {row + 1}: the export has more cells than the sheet")
        return colours

    def invalid(self, book, sheet):
        """Detective circles sit on the cells whose value breaks their validation."""
        found = self.documents[book].Sheets.getByName(sheet)
        before = found.DrawPage.Count
        found.showInvalid()
        circles = [found.DrawPage.getByIndex(i) for i in range(before, found.DrawPage.Count)]
        centres = [(s.Position.X + s.Size.Width / 2, s.Position.Y + s.Size.Height / 2) for s in circles]
        found.clearArrows()
        return [self.cell_at(found, x, y) for x, y in centres]

    def cell_at(self, sheet, x, y):
        column = self.last_before(lambda c: sheet.getCellByPosition(c, 0).Position.X, x, sheet.Columns.Count)
        row = self.last_before(lambda r: sheet.getCellByPosition(0, r).Position.Y, y, sheet.Rows.Count)
        cursor = sheet.createCursorByRange(sheet.getCellByPosition(column, row))
        cursor.collapseToMergedArea()
        top = cursor.RangeAddress
        return f"{column_name(top.StartColumn)}{top.StartRow + 1}"

    def last_before(self, position, limit, count):
        """The last index whose position is not beyond `limit` (positions rise)."""
        low, high = 0, count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if position(middle) <= limit:
                low = middle
            else:
                high = middle - 1
        return low

    def store(self, book, path, filter_name):
        self.documents[book].storeToURL(Path(path).resolve().as_uri(), properties(FilterName=filter_name))

    def ask(self, book, expression):
        names = {"doc": self.documents[book], "server": self, "uno": uno, "properties": properties}
        return eval(expression, names)  # the tests' own words, in the tests' own process


def main():
    requests = sys.stdin
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever the office prints must not get between the answers
    server = Server(*sys.argv[1:])
    try:
        answers.write('{"ok": "ready"}\n')
        answers.flush()
        for line in requests:
            request = json.loads(line)
            try:
                answer = {"ok": getattr(server, request.pop("do"))(**request)}
                text = json.dumps(answer, ensure_ascii=True)
            except Exception as error:
                said = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
                text = json.dumps(said | {"gone": server.gone()})
            answers.write(text + "\n")
            answers.flush()
    finally:
        watchdog = threading.Timer(2 * END_SECONDS, os.killpg, (0, signal.SIGKILL))
        watchdog.daemon = True
        watchdog.start()
        server.end()


if __name__ == "__main__":
    main()
