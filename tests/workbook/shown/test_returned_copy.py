"""A 退回单 is a copy of what was sent: stored values, own sheets, comments, drawings and macros are kept."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from gouji.workbook.reading.sheets import open_book
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.wording import wording
from support.clerks_book import AT_WRONG, BOX, ELSEWHERE, OWN, by_office, by_openpyxl
from support.loaded import loaded
from support.office import Office
from support.packages import pack, unpack
from support.returned_copy import (
    BOOKS,
    SLIP,
    examined,
    macro_book,
    returned,
    same_content,
    texts,
    wrong,
)

BACK = 'HYPERLINK("#\'退回单\'!A1","← 退回单")'


@pytest.mark.parametrize(
    "name", ["filled", "macros", "openpyxl", pytest.param("template", marks=pytest.mark.long)]
)
def test_every_stored_value_and_formula_is_as_it_was(name: str) -> None:
    make, ending = BOOKS[name]
    sent = make()
    copy = returned(sent, ending)
    assert open_book(copy).sheet_names[0] == SLIP
    same_content(sent, copy)


@pytest.mark.parametrize("name", BOOKS)
def test_what_is_not_marked_keeps_its_bytes(name: str) -> None:
    make, ending = BOOKS[name]
    sent = make()
    before, after = unpack(sent), unpack(returned(sent, ending))
    assert set(before) <= set(after)
    changed = {n for n in before if before[n] != after[n]}
    plain = {re.sub(r"\d+", "", n) for n in changed}
    assert plain <= {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
        *("xl/worksheets/sheet.xml", "xl/worksheets/_rels/sheet.xml.rels"),
        *("xl/comments.xml", "xl/comments/comment.xml", "xl/drawings/commentsDrawing.vml"),
        *("xl/drawings/vmlDrawing.vml",),  # buttons stand beside what is said in comments
    }
    kept = {n for n in before if "vba" in n or "media" in n or "customUI" in n or "theme" in n}
    assert not kept & changed and kept


def test_a_sheet_without_marks_changes_at_most_in_what_is_chosen() -> None:
    sent = by_openpyxl()
    before, after = unpack(sent), unpack(returned(sent))
    chosen = re.compile(rb' tabSelected="\w+"')
    differ = [n for n in before if "/sheet" in n and chosen.sub(b"", before[n]) != chosen.sub(b"", after[n])]
    assert differ == ["xl/worksheets/sheet5.xml"], "三 is the fifth sheet"
    assert sum(b'tabSelected="1"' in c for c in after.values()) == 1


def test_formats_keep_their_numbers() -> None:
    """Those of the file come first and unchanged, so that no cell of it needs another number."""
    sent = by_openpyxl()
    before, after = (unpack(c)["xl/styles.xml"] for c in (sent, returned(sent)))
    for tag in (b"fonts", b"fills", b"borders", b"cellXfs", b"dxfs", b"cellStyles"):
        old, new = (inside(tag, part) for part in (before, after))
        assert new.startswith(old) or (tag == b"cellStyles" and new == old)


def inside(tag: bytes, part: bytes) -> bytes:
    found = re.search(rb"<%s[^>]*?>(.*?)</%s>" % (tag, tag), part, re.DOTALL)
    return found[1] if found else b""


def test_own_sheets_comments_and_settings_are_kept() -> None:
    copy = loaded(returned(by_openpyxl()))
    assert copy.sheetnames == [SLIP, *loaded(by_openpyxl()).sheetnames]
    assert copy.active is not None and copy.active.title == SLIP
    assert copy["备份"].sheet_state == "hidden" and copy["gouji"].sheet_state == "veryHidden"
    assert copy[OWN].data_validations.dataValidation[0].sqref.ranges
    assert copy[OWN].protection.sheet and len(copy[OWN].conditional_formatting) == 1
    assert copy.defined_names["台账合计"].attr_text == f"{OWN}!$A$1:$A$5"
    assert copy["三"].print_area and copy["三"].print_area.startswith("'三'!$A$")
    assert copy["三"]["E12"].comment.text == ELSEWHERE
    at_wrong = copy["三"]["D11"].comment
    assert at_wrong.text.startswith(AT_WRONG) and "应为 61" in at_wrong.text and at_wrong.author == "填报人"
    cells = copy[SLIP]
    links = {cell.hyperlink.location for row in cells.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"'三'!D11"}
    back = [c.value for row in copy["三"].iter_rows(max_row=1) for c in row if "退回单" in str(c.value)]
    assert back == [f"={BACK}"]


def shapes(vml: bytes) -> list[bytes]:
    return re.findall(rb"<v:shape .*?</v:shape>", vml, re.DOTALL)


def test_macros_buttons_and_the_ribbon_are_kept() -> None:
    sent = macro_book()
    before, after = unpack(sent), unpack(returned(sent, ".xlsm"))
    assert before["xl/vbaProject.bin"] == after["xl/vbaProject.bin"]
    buttons = {n: shapes(before[n]) for n in before if n.endswith(".vml")}
    assert sum(map(len, buttons.values())) > 10 and all(
        b"Button" in s for each in buttons.values() for s in each
    )
    assert all(set(each) <= set(shapes(after[n])) for n, each in buttons.items())
    assert b"macroEnabled" in after["[Content_Types].xml"]
    names = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    assert all(b"vbaProject" in after[n] for n in names[1:])


def test_a_workbook_with_macros_goes_into_no_xlsx() -> None:
    """Excel opens no file whose ending denies its content: written anew, and said."""
    sent = macro_book()
    judged = examined(sent)
    content = slip_workbook(judged.report, None, judged.findings, sent=sent, ending=".xlsx")
    assert wording("slip.rebuilt")["kind"] in texts(content)
    assert not any("vba" in n for n in unpack(content))


def test_a_template_becomes_a_workbook() -> None:
    """.xltx: a copy that opens as a new untitled file can not be sent back under its name."""
    parts = unpack(wrong())
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"spreadsheetml.sheet.main", b"spreadsheetml.template.main")
    copy = unpack(returned(pack(parts)))
    assert copy["[Content_Types].xml"].count(b"spreadsheetml.sheet.main+xml") == 1
    assert b"template.main" not in copy["[Content_Types].xml"]


def test_saved_again_by_libreoffice_with_a_text_box(office: Office, tmp_path: Path) -> None:
    sent = by_office(office, tmp_path, by_openpyxl())
    copy = returned(sent)
    same_content(sent, copy)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        drawings = [archive.read(n).decode() for n in archive.namelist() if "/drawings/drawing" in n]
    assert any(BOX in text for text in drawings)


def test_libreoffice_opens_the_copy_and_says_the_same(office: Office, tmp_path: Path) -> None:
    sent = by_openpyxl()
    copy = returned(sent)
    path = tmp_path / "退回单.xlsx"
    path.write_bytes(copy)
    original = tmp_path / "原件.xlsx"
    original.write_bytes(sent)
    shown = {}
    for one in (original, path):
        with office.open(one) as book:
            book.recalculate()
            shown[one] = book.values("校验", "A1:H400"), book.values(OWN, "A1:D5")
            if one is path:
                assert book.sheets()[0] == SLIP
                assert book.colours()["三"]["D11"] == "#C00000"
                assert any("← 退回单" in row for row in book.texts("三", "A1:Z1"))
                book.type("三", {"D11": "61"})
                assert "#C00000" not in book.colours()["三"].values()
    assert shown[original] == shown[path]


def pages(pdf: Path) -> list[list[tuple[float, str]]]:
    """Of each page (size in points, text) of its pieces."""
    shown = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(pdf)], capture_output=True, check=True
    ).stdout.decode()
    sizes = {n: float(size) for n, size in re.findall(r'<fontspec id="(\d+)" size="(\d+)"', shown)}
    pieces = re.compile(r'<text [^>]*font="(\d+)"[^>]*>(.*?)</text>')
    return [
        [(sizes[n], re.sub("<[^>]+>", "", text)) for n, text in pieces.findall(page)]
        for page in shown.split("<page ")[1:]
    ]


def test_it_is_printed_at_ten_points_on_one_page(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "退回单.xlsx"
    path.write_bytes(returned(wrong()))
    with office.open(path) as book:
        first, second, *_ = pages(book.pdf(tmp_path / "退回单.pdf"))
    assert any(text.startswith("退回单") for _, text in first)
    assert not any("退回单" in text or "办理情况" in text for _, text in second)
    assert {size for size, text in first if re.search("[\u4e00-\u9fff]", text)} == {16, 11, 10}
    assert not any("gouji" in text or "row-total" in text for _, text in first), "what is kept is hidden"
    whole = "".join(text for _, text in first)
    assert "怎样改：请核对台账后，将该格改为 61。" in whole, "no line is cut"
