"""What is handed out: built the same again, sound for second opinions, and alive in LibreOffice."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser

from gouji.form import editions
from gouji.report import Report
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.wording import marks, wording
from gouji.workbook.writer import write_workbook
from gouji.workshop import build
from gouji.workshop.build import ADDIN_NAME, macro_sources
from gouji.workshop.vba.source import read_module
from support import ROOT
from support.handed_out import handed_out
from support.office import Office
from support.vba_checker import read_project

pytestmark = pytest.mark.slow

FOLDER = ROOT / "workbook_templates"
MACROS = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".xlsx")
TEXT_COLUMN = 2


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kind_of(name: str) -> str:
    return name.rpartition(".")[2]


def test_there_is_one_of_each() -> None:
    """A template of each edition with and without macros, the add-in, the sample."""
    assert sorted(map(kind_of, handed_out())) == sorted([*["xlsx", "xlsm"] * len(editions()), "xlam", "xlsx"])


def test_the_folder_holds_what_the_command_builds(tmp_path: Path) -> None:
    """After a change of wording, layout or macros: make templates."""
    command = [sys.executable, "-m", "gouji.workshop.build", str(tmp_path)]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert [Path(line).name for line in said.split("\n") if line] == list(handed_out())
    assert {path.name for path in FOLDER.iterdir()} == set(handed_out())
    for name in handed_out():
        new, kept = parts((tmp_path / name).read_bytes()), parts((FOLDER / name).read_bytes())
        assert list(new) == list(kept), name
        assert [part for part in new if new[part] != kept[part]] == [], name


def test_the_command_wants_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([]) == 2
    assert "FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize("name", MACROS)
def test_macros_are_stored_as_they_were_written(name: str, tmp_path: Path) -> None:
    """olevba reads every module as it was written."""
    path = tmp_path / f"file.{kind_of(name)}"
    path.write_bytes(handed_out()[name])
    sources = [read_module(source) for source in macro_sources(kind_of(name))]  # type: ignore[arg-type]
    with closing(VBA_Parser(str(path))) as parser:
        stored = {stem(file): code for _, _, file, code in parser.extract_macros()}
    for module in sources:
        assert [line.rstrip() for line in stored[module.name].splitlines()][-len(module.lines) :] == [
            *module.lines
        ]
    assert read_project(parts(handed_out()[name])["xl/vbaProject.bin"])


def stem(file: str) -> str:
    return file.rpartition(".")[0]


# ---------------------------------------------------------------- alive


@pytest.mark.parametrize("name", [n for n in MACROS if n.endswith(".xlsm")])
@pytest.mark.parametrize("macros", [False, True])
def test_the_template_opens_and_the_diagnosis_falls_back(
    office: Office, tmp_path: Path, name: str, macros: bool
) -> None:
    """With macros 诊断 is excerpted from the live rows, without them it stays as it was written."""
    path = tmp_path / "template.xlsm"
    path.write_bytes(handed_out()[name])
    edition = next(e for e in editions() if e in name)
    layout = layout_of(Report(build.load_form(edition)).form)
    area = layout.check.diagnosis
    with office.open(path, macros=macros) as book:
        if not macros:
            written = book.values(layout.check.name, "A1:Q80")
            book.recalculate()
            assert book.values(layout.check.name, "A1:Q80") == written
        rows = book.values(area.sheet, area.ref())
        expected = wording("messages")["live_none"] + wording("messages")["live_only"]
        assert rows[0][TEXT_COLUMN] == (expected if macros else wording("check")["diagnosis_absent"])
        assert {cell for row in rows for cell in row} <= {rows[0][TEXT_COLUMN], "", None}
        if macros:
            book.run("GjCommands.Validate")
            book.run("GjCommands.FillZeros")  # headless, the message box answers itself with no
            first = next(iter(layout.tables["table3"].cells))
            assert book.value(*layout.locate(first)) is None


def test_buttons_call_their_macros(office: Office, tmp_path: Path) -> None:
    """Those of 校验, and on each table's sheet those that fill its cells."""
    path = tmp_path / "template.xlsm"
    path.write_bytes(handed_out()[next(n for n in handed_out() if n.endswith(".xlsm"))])
    tables = [sheet.name for sheet in layout_of(build.load_form("2021")).tables.values()]
    sheets = {marks("sheets")["check"]: wording("check"), **dict.fromkeys(tables, wording("table"))}
    with office.open(path) as book:
        for sheet, words in sheets.items():
            page = f"doc.Sheets.getByName('{sheet}').DrawPage"
            shapes = f"[{page}.getByIndex(i) for i in range({page}.Count)]"
            labels = book.ask(f"[s.Control.Label for s in {shapes}]")
            scripts = book.ask(
                f"[e.ScriptCode for i in range({page}.Count) for e in "
                f"{page}.getByIndex(0).Control.Parent.getScriptEvents(i)]"
            )
            assert labels == [wording("commands")[macro] for macro in words["buttons"]], sheet
            assert [script.partition(":")[2].partition("?")[0] for script in scripts] == [
                f"VBAProject.GjCommands.{macro}" for macro in words["buttons"]
            ]


def test_a_filled_macro_workbook_is_read_like_a_plain_one(tmp_path: Path) -> None:
    report = Report(build.load_form("2021"), unit="甲局", year=2024)
    for cell in report.form.cells:
        report.set(cell.id, 0)
    plain, macros = tmp_path / "a.xlsx", tmp_path / "a.xlsm"
    plain.write_bytes(write_workbook(report))
    package = write_workbook(report, macros=True)
    macros.write_bytes(build.add_macros(package, macro_sources("xlsm"), kind="xlsm"))
    first, second = read_workbook(plain), read_workbook(macros)
    assert first.report == second.report
    assert [f.id for f in first.findings] == [f.id for f in second.findings]


def test_the_add_in_is_no_form_and_carries_every_text() -> None:
    texts = parts(handed_out()[ADDIN_NAME])["xl/sharedStrings.xml"].decode()
    assert all(f"text.{key}" in texts for key in wording("messages"))
    assert "range." not in texts
