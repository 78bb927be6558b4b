"""The packed sample is run: in LibreOffice with events, button and cell function, and again in pyOpenVBA."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication

from gouji.workshop.macros import add_macros
from support.office import Book, Office
from support.vba_sample import LOG, PROBE, ROSTER, sample_ribbon, sample_sources, sample_workbook, sample_xlsx


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("vba") / "sample.xlsm"
    sources = [*sample_sources(), PROBE]
    target.write_bytes(add_macros(sample_xlsx(), sources, kind="xlsm", ribbon=sample_ribbon()))
    return target


@pytest.fixture
def book(office: Office, path: Path) -> Iterator[Book]:
    with office.open(path) as opened:
        assert opened.run("TestProbe.Ping") == "pong", "a module does not compile"
        yield opened


def test_opening_fires_workbook_open(book: Book) -> None:
    assert book.value(LOG, "B1") == "已打开"


def test_typing_fires_worksheet_change(book: Book) -> None:
    book.type(ROSTER, {"A4": "77"})
    assert book.value(LOG, "B2") == "changed A4"


def test_a_function_in_a_cell_is_computed(book: Book) -> None:
    assert book.values(ROSTER, "B2:B4") == [[""], ["长度错误"], [""]]
    book.type(ROSTER, {"A4": "'00034"})
    assert book.value(ROSTER, "B4") == "长度错误"


@pytest.mark.parametrize("call", [("RunSub", "CheckRoster"), ("RunCallback", "OnCheckRoster")])
def test_a_macro_and_the_ribbon_callback_write_their_result(book: Book, call: tuple[str, str]) -> None:
    assert book.run(f"TestProbe.{call[0]}", call[1]) == "ok"
    assert book.values(LOG, "B3:B4") == [[1], [13]]


def test_run_time_errors_are_seen(book: Book) -> None:
    assert book.run("TestProbe.RunSub", "Fail") == "error 5: no text for NO_SUCH_KEY"
    assert book.run("TestProbe.RunFunction", "CodeState", "12") == "ok 长度错误"


def test_the_button_calls_its_macro_and_does_not_print(book: Book, tmp_path: Path) -> None:
    shape = "doc.Sheets.getByIndex(0).DrawPage.getByIndex(0)"
    events = book.ask(f"[e.ScriptCode for e in {shape}.Control.Parent.getScriptEvents(0)]")
    assert events == [
        "vnd.sun.star.script:VBAProject.SampleChecks.CheckRoster?language=Basic&location=document"
    ]
    assert book.ask(f"{shape}.Control.Label") == "校验按钮"
    pdf = book.pdf(tmp_path / "sample.pdf")
    printed = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "编号" in printed and "校验按钮" not in printed


def test_one_syntax_error_silences_every_macro(office: Office, tmp_path: Path) -> None:
    """Why each test asks for "pong" first."""
    broken = tmp_path / "Broken.bas"
    broken.write_text('Attribute VB_Name = "Broken"\nSub S()\nIf x Then\nEnd Sub\n', "utf-8")
    target = tmp_path / "broken.xlsm"
    target.write_bytes(add_macros(sample_xlsx(), [*sample_sources(), PROBE, broken], kind="xlsm"))
    with office.open(target) as opened:
        assert opened.run("TestProbe.Ping") != "pong"


def test_the_add_in_runs_the_same(office: Office, tmp_path: Path) -> None:
    """LibreOffice opens no .xlam, so its twin of the other content type stands for it: all else is equal."""
    twin = tmp_path / "twin.xlsm"
    content = sample_workbook("xlam")
    assert content != sample_workbook("xlsm")
    twin.write_bytes(retyped(content))
    with office.open(twin) as opened:
        assert opened.value(LOG, "B1") == "已打开"


def retyped(addin: bytes) -> bytes:
    """An .xlam with the content type of an .xlsm."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(addin)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"ms-excel.addin.macro", b"ms-excel.sheet.macro"))
    return out.getvalue()


def test_the_same_code_in_a_second_engine(path: Path) -> None:
    """pyOpenVBA fires no Workbook_Open and runs no function in a cell; the rest must agree."""
    app = ExcelApplication.open(path)
    assert app.run("TestProbe.Ping") == "pong"
    assert app.run("TestProbe.RunSub", "CheckRoster") == "ok"
    assert [app.sheet(LOG).value(cell) for cell in ("B3", "B4")] == [1, 13]
    assert app.run("TestProbe.RunCallback", "OnCheckRoster") == "ok"
    assert app.run("TestProbe.RunFunction", "CodeState", "12") == "ok 长度错误"
    assert app.run("TestProbe.RunSub", "Fail") == "error 5: no text for NO_SUCH_KEY"
    app.sheet(ROSTER).set_value("A4", "77")
    assert app.sheet(LOG).value("B2") == "changed A4"
