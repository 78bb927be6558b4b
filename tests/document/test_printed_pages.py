"""The Word document and the web page on paper, measured in the PDF that LibreOffice and Chromium print."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gouji.document.page import page_bytes
from gouji.document.pdf import pdf_bytes
from gouji.document.word import document_bytes
from gouji.form.grid import printed_grid
from gouji.report import Report
from support.at_once import NEWEST, brothers
from support.documents import numbered, opened
from support.office import Office
from support.paper import needs_poppler, texts

pytestmark = pytest.mark.office


def words(pdf: Path) -> list[list[tuple[str, float]]]:
    """(text without white space, width in pt) of the words of each page."""
    text = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    found = r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)'
    pages = text.decode().split("<page ")[1:]
    return [[(m[3], float(m[2]) - float(m[1])) for m in re.finditer(found, page)] for page in pages]


def printed(report: Report, folder: Path, office: Office) -> Path:
    """The Word document as a PDF, by an office that runs already."""
    source = folder / "年报.docx"
    source.write_bytes(document_bytes(report))
    with office.open(source) as document:
        return document.save(folder / "年报.pdf", "writer_pdf_Export")


@pytest.mark.parametrize("program", brothers(["soffice", "chromium"]))
@pytest.mark.parametrize("edition", NEWEST)
def test_table_three_stands_in_its_official_lines_at_10_pt(
    program: str, edition: str, tmp_path: Path
) -> None:
    """In the lines of the official form: each is one word of the page, or several side by side."""
    if not (shutil.which(program) and shutil.which("pdftotext")):
        pytest.skip(f"{program} or poppler-utils is missing")
    report, pdf = numbered(edition), tmp_path / "年报.pdf"
    if program == "soffice":
        pdf.write_bytes(pdf_bytes(report))
    else:
        source = tmp_path / "年报.html"
        source.write_bytes(page_bytes(report))
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", source.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=110)
    table = report.form.tables["table3"]
    lines = [line for box in printed_grid(table).boxes if not box.cell for line in box.shown.split("\n")]
    found = [page for page in words(pdf) if any("勾稽关系" in text for text, _ in page)]
    assert 1 <= len(found) <= 2, "each part of the table below its heads"
    widths = {text: width for page in found for text, width in page}
    whole = "".join(text for page in found for text, _ in page)
    if program == "chromium":  # It parts a line where its font changes, and a number may stand aside.
        assert [line for line in lines if re.sub(r"^\d\.", "", line) not in whole] == []
    else:
        assert [line for line in lines if line not in widths] == []
    ideographs = [line for line in lines if re.fullmatch("[\u4e00-\u9fff]{2,}", line)]
    assert len(ideographs) > 10 and set(ideographs) <= widths.keys()
    assert min(widths[line] / len(line) for line in ideographs) >= 9.9


@needs_poppler
@pytest.mark.parametrize("paragraphs", [4, 9, 13])
def test_table_three_parts_between_its_groups_with_its_heads_again(
    paragraphs: int, tmp_path: Path, office: Office
) -> None:
    report = numbered("2021")
    report.texts = dict.fromkeys("一五六", "\n".join(["一段文字。" * 16] * paragraphs))
    pages = ["".join(text for text, _ in page) for page in words(printed(report, tmp_path, office))]
    rows = {row.id: "".join(row.label.split()) for row in report.form.tables["table3"].grid.rows}
    groups = [
        ["new", "carried_in", "granted"],
        ["secret", "internal", "inquiry"],
        ["not_held", "unclear"],
        ["petition", "excessive"],
        ["otherwise", "processed", "carried_out"],
    ]
    for group in groups:
        on = [i for i, page in enumerate(pages) if rows[group[0]] in page and "勾稽关系" in page]
        assert on, group
        assert all(rows[row] in pages[on[0]] for row in group), "whole, below its heads"


@needs_poppler
def test_no_mark_is_lost_at_the_end_of_a_line(tmp_path: Path, office: Office) -> None:
    """Wherever the lines end, each character of the Word document is in the PDF that LibreOffice prints."""
    report = numbered("2021")
    lines = (f"字“字字”{'字' * more}，{'字' * 30}。" for more in range(14, 26))
    report.texts = {"一": "\n".join(lines)}
    shown = re.sub(r"— \d+ —", "", "".join(texts(printed(report, tmp_path, office))))
    written = [re.sub(r"\s", "", p.text) for p in opened(report).paragraphs]
    assert [text for text in written if text not in shown] == []
