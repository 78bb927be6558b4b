"""The judge itself: what `office.Book` reports about a workbook whose contents are known."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from support.office import Book, Office, OfficeError

RED, GREEN = "#FFC7CE", "#00FF00"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visible sheets and a very hidden one; nothing in A and B, D and row 7 hidden, two merged cells."""
    target = tmp_path_factory.mktemp("带 空格") / "样本.xlsx"
    book = xlsxwriter.Workbook(target)
    sheet, secret, locked = (book.add_worksheet(name) for name in ("名册", "机密", "锁定"))
    red, green = book.add_format({"bg_color": RED}), book.add_format({"bg_color": GREEN})
    secret.very_hidden()
    secret.write("A1", "x", green)
    sheet.write_column("C5", [-1, 2])
    sheet.write("C9", -5)
    sheet.conditional_format("C5:C9", {"type": "cell", "criteria": "<", "value": 0, "format": red})
    sheet.merge_range("E5:F7", "m", green)
    sheet.write("G6", "g", green)
    sheet.write("G9", "z", green)
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("D:D", None, None, {"hidden": True})
    sheet.write_column("H1", ["=1/0", '=""', "t"])
    sheet.write_formula("H4", "=C5*2", None, 77)
    sheet.merge_range("I5:J6", -3, book.add_format())
    positive = {"validate": "decimal", "criteria": ">=", "value": 0}
    sheet.data_validation("C5:C9", positive)
    sheet.data_validation("I5", positive)
    locked.protect()
    locked.write("B2", "q", red)
    locked.write("B3", 1, book.add_format({"locked": False}))
    book.close()
    return target


@pytest.fixture
def book(office: Office, path: Path) -> Iterator[Book]:
    with office.open(path) as opened:
        yield opened


def test_reads_values_texts_and_formulas(book: Book) -> None:
    assert book.sheets() == ["名册", "机密", "锁定"]
    # H4 was stored with the value 77: loading computes. H2 is an empty text, H5 an empty cell.
    assert book.values("名册", "H1:H5") == [["#DIV/0!"], [""], ["t"], [-2], [None]]
    assert book.texts("名册", "H3:H5") == [["t"], ["-2"], [""]]
    assert book.formulas("名册", "H3:H5") == [["t"], ["=C5*2"], [""]]


def test_colours_are_the_effective_ones(book: Book) -> None:
    fills = {"E5": GREEN, "G6": GREEN, "G9": GREEN}
    assert book.colours() == {"名册": fills | {"C5": RED, "C9": RED}, "锁定": {"B2": RED}}
    book.type("名册", {"C5": "7", "C6": "-2"})
    assert book.colours()["名册"] == fills | {"C6": RED, "C9": RED}


def test_invalid_cells_are_found_where_they_are(book: Book) -> None:
    assert sorted(book.invalid("名册")) == ["C5", "C9", "I5"]
    book.type("名册", {"C5": "7", "C6": "-2"})
    assert sorted(book.invalid("名册")) == ["C6", "C9", "I5"]


def test_typing_parses_empties_and_respects_locks(book: Book) -> None:
    book.type("名册", {"C5": "007", "C6": ""})
    assert book.values("名册", "C5:C6") == [[7], [None]]
    assert book.value("名册", "H4") == 14
    book.type("锁定", {"B2": "no", "B3": "5"})
    assert book.values("锁定", "B2:B3") == [["q"], [5]]


def test_put_and_hard_recalculation(book: Book) -> None:
    book.put("名册", {"C5": 3, "C6": "text", "C9": None})
    book.recalculate()
    assert [book.value("名册", cell) for cell in ("C5", "C6", "C9", "H4")] == [3, "text", None, 6]


def test_prints_pages(book: Book, tmp_path: Path) -> None:
    pages = book.pages(tmp_path / "pages")
    assert pages
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


def test_errors_are_raised_and_numbers_refused(book: Book, office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="ZeroDivisionError"):
        book.ask("1/0")
    with pytest.raises(OfficeError, match=r"does not open|IllegalArgument"):
        office.open(tmp_path / "none.xlsx")
    with pytest.raises(TypeError):
        book.run("Module.Macro", 1)  # type: ignore[arg-type]


@pytest.mark.long
def test_an_office_that_died_is_started_again(path: Path, tmp_path: Path, office: Office) -> None:
    own = Office(tmp_path)
    try:
        with pytest.raises(OfficeError, match="died"):
            own.open(path).ask("__import__('os').killpg(0, 9)")
        with own.open(path) as opened:
            assert opened.value("名册", "C6") == 2
    finally:
        own.close()


@pytest.mark.long
def test_no_process_outlives_its_client(path: Path, tmp_path: Path, office: Office) -> None:
    """A test run that is killed takes the office with it."""
    script = (
        "import os, sys; from pathlib import Path; from support.office import Office\n"
        "book = Office(Path(sys.argv[1])).open(Path(sys.argv[2]))\n"
        "print(book.ask('server.process.pid'), flush=True); os._exit(1)"
    )
    command = [sys.executable, "-c", script, str(tmp_path), str(path)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    child = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    launcher = int(child.stdout)
    for _ in range(900):
        if not Path(f"/proc/{launcher}").exists():
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("LibreOffice still runs 90 s after its client")


def children(parent: int) -> list[int]:
    """The processes that have this parent, asleep or at work; others come and go meanwhile."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if re.search(rf"\) [A-Z] {parent} ", stat.read_text("utf-8", "replace")):
                found.append(int(stat.parent.name))
    return found


def kill_below(launcher: int) -> None:
    """End LibreOffice under its server, which does not know."""
    below = children(launcher)
    assert below
    for child in below:
        os.kill(child, signal.SIGKILL)


@pytest.mark.long
def test_a_document_that_the_office_died_over_is_opened_again(path: Path, office: Office) -> None:
    """After hundreds of documents it sometimes dies; the server still runs and does not know."""
    with office.open(path) as book:
        kill_below(book.ask("server.process.pid"))
    with office.open(path) as book:
        assert book.sheets()


@pytest.mark.long
def test_what_was_done_is_done_again_in_a_new_office(path: Path, tmp_path: Path, office: Office) -> None:
    with office.open(path) as book:
        book.type("名册", {"C5": "007"})
        launcher = book.ask("server.process.pid")
        book.put("名册", {"C6": 8})
        kill_below(launcher)
        book.paste("名册", "C9", path, ("锁定", "B3:B3"), values=True)
        assert book.values("名册", "C5:C9") == [[7], [8], [None], [None], [1]]
        assert book.value("名册", "H4") == 14
        assert book.ask("server.process.pid") != launcher
