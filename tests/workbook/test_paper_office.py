"""The workbook as a clerk prints it, and what the sheets 封面, 一, 五 and 六 show while it is filled."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest

from gouji.form import Form, load_form
from gouji.report import PREFACE, Report
from gouji.rules import catalogue
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.seal import make_seal
from gouji.workbook.wording import marks, wording
from gouji.workbook.writer import COLOURS
from gouji.workbook.writer.texts import LONG
from support.at_once import NEWEST, brothers
from support.filled import write_workbook
from support.office import Book, Office
from support.paper import needs_poppler, texts
from support.random_reports import balanced

pytestmark = needs_poppler

UNIT = "示例市交通运输局"
SENTENCE = "本机关围绕群众关心的事项公开有关信息，并按时答复收到的申请。"
WRITTEN = {
    PREFACE: "根据有关规定编制本报告。",
    "一": f"{SENTENCE}\n短的一段。",
    "五": SENTENCE * 5,
    "六": "无。",
}


def numbered(length: int) -> str:
    """A text without white space whose every piece is found at one place only."""
    text = "".join(f"第{i}句写明情况，" for i in range(length))
    return text[: length - 1] + "终"


def report(form: Form, **more: object) -> Report:
    given = {"unit": UNIT, "year": 2024, "values": dict(balanced(form, Random(5))), "texts": WRITTEN}
    return Report(form, **(given | more))  # type: ignore[arg-type]


def printed(of: Report, office: Office, folder: Path) -> list[str]:
    path = folder / "表.xlsx"
    path.write_bytes(write_workbook(of))
    with office.open(path) as book:
        return texts(book.pdf(folder / "表.pdf"))


def sentences(found: object) -> Iterator[str]:
    """Every text of some wording, cut where a number or a name stands in it."""
    if isinstance(found, str):
        yield from (re.sub(r"\s", "", part) for part in re.split(r"\{[^}]*\}", found) if len(part) > 3)
    elif isinstance(found, dict | list):
        for each in found.values() if isinstance(found, dict) else found:
            yield from sentences(each)


def prompts() -> Iterator[str]:
    """What guides the clerk and is no part of the report."""
    yield from sentences(
        [wording(name) for name in ("text", "cover.beside", "cover.fields", "prompt", "check")]
    )
    yield from sentences(
        [wording("cover")[key] for key in ("hint", "parts_heads", "part_empty", "edition_value")]
    )
    yield from sentences([text for _, lines in wording("help")["parts"] for text in lines])


@pytest.mark.parametrize("edition", NEWEST)
def test_printing_everything_prints_the_report_and_nothing_else(
    edition: str, office: Office, tmp_path: Path
) -> None:
    form = load_form(edition)
    pages = printed(report(form), office, tmp_path)
    titles = {s.number: s.title for s in form.sections}
    expected = [
        f"{UNIT}2024年{form.title}",
        WRITTEN[PREFACE] + titles["一"] + WRITTEN["一"].replace("\n", ""),
        *(titles[number] for number in "二三四"),
        *(titles[number] + WRITTEN[number] for number in "五六"),
    ]
    assert len(pages) == len(expected)
    for number, (page, text) in enumerate(zip(pages, expected, strict=True), 1):
        assert f"—{number}—" in page
        said = page.replace(f"—{number}—", "")
        assert said.startswith(text) if number in (3, 4, 5) else said == text
    everything = "".join(pages)
    assert [prompt for prompt in prompts() if prompt in everything] == []


def test_a_blank_form_prints_no_prompt_either(office: Office, tmp_path: Path) -> None:
    pages = printed(Report(load_form("2021"), texts={}), office, tmp_path)
    assert len(pages) == 7
    assert [prompt for prompt in prompts() if prompt in "".join(pages)] == []


# ---------------------------------------------------------------- long paragraphs


@pytest.mark.parametrize("length", brothers([5000, 800, LONG]))
def test_a_paragraph_that_is_written_loses_no_line(length: int, office: Office, tmp_path: Path) -> None:
    """Letters get smaller where a row of 409 points would not hold it."""
    text = numbered(length)
    pages = printed(report(load_form("2021"), texts={"一": f"{SENTENCE}\n{text}\n末段。"}), office, tmp_path)
    assert text in "".join(pages)
    assert "末段。" in "".join(pages)


@pytest.mark.parametrize("how", brothers(["type", "put"]))
def test_a_paragraph_that_is_typed_or_pasted_loses_no_line(how: str, office: Office, tmp_path: Path) -> None:
    """Rows without a height of their own grow; what no row holds is said beside it."""
    form = load_form("2021")
    own = layout_of(form).texts["五"]
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(report(form, texts={})))
    lengths = (LONG, 300, LONG + 1)
    with office.open(path) as book:
        entries = {address(own.top + i, 1): numbered(length) for i, length in enumerate(lengths)}
        getattr(book, how)("五", entries)
        said = [row[0] for row in book.values("五", f"C{own.top}:C{own.top + 3}")]
        everything = "".join(texts(book.pdf(tmp_path / "表.pdf")))
        saved = book.save(tmp_path / "另存.xlsx")
    for length in lengths[:2]:
        assert numbered(length) in everything
    assert said[:2] == ["", ""] and said[3] == wording("text")["next"]
    assert str(LONG + 1) in str(said[2])
    # Nothing that shows is in the text.
    assert read_workbook(saved).report.texts == {"五": "\n".join(map(numbered, lengths))}


def test_the_highest_row_is_one_that_excel_has() -> None:
    """Excel's specifications and limits: 409 points."""
    of = report(
        load_form("2021"), texts={"一": numbered(5000), "五": numbered(LONG), "六": "\n".join("行" * 300)}
    )
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(of)))
    for name in "一五六":
        heights = {row: size.height for row, size in book[name].row_dimensions.items() if size.height}
        assert heights and max(heights.values()) <= 409
        own = layout_of(of.form).texts[name]
        filled = len((of.texts or {})[name].split("\n"))
        assert all(row < own.top + filled for row in heights), "an empty row grows when it is typed into"


# ---------------------------------------------------------------- on screen


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "模板.xlsx"
    path.write_bytes(write_workbook(Report(load_form("2021"), texts={})))
    with office.open(path) as book:
        yield book


def test_colours_of_the_cover_go_when_its_fields_are_filled(desk: Book) -> None:
    layout = layout_of(load_form("2021"))
    cells = {name: address(*at) for name, at in layout.cover.fields.items()}
    blank, optional = COLOURS["blank"].upper(), COLOURS["optional"].upper()
    shown = desk.colours()["封面"]
    assert {name: shown.get(cell) for name, cell in cells.items()} == {
        "unit": blank,
        "year": blank,
        "code": optional,
        "period_from": optional,
        "period_to": optional,
        "blank_is_zero": None,
    }
    typed = {"unit": UNIT, "code": "0113", "year": "2024", "period_from": "2024-01-01"}
    desk.type("封面", {cells[name]: text for name, text in typed.items()})
    shown = desk.colours()["封面"]
    assert {name for name, cell in cells.items() if cell in shown} == {"period_to"}
    title = layout.cover.title
    assert [row[0] for row in desk.values("封面", f"A{title.top}:A{title.bottom}")] == [
        UNIT,
        f"2024年{load_form('2021').title}",
    ]


def test_an_empty_period_is_the_whole_year(desk: Book) -> None:
    fields = layout_of(load_form("2021")).cover.fields
    beside = address(fields["period_from"][0], fields["period_from"][1] + 1)
    whole, colon, days = wording("cover.beside")["period"]
    assert desk.value("封面", beside) == whole
    desk.type("封面", {address(*fields["year"]): "2024"})
    assert desk.value("封面", beside) == f"{whole}{colon}2024{days}"
    desk.type("封面", {address(*fields["period_to"]): "2024-06-30"})
    assert desk.value("封面", beside) == ""


def test_the_cover_lists_the_parts_and_their_state(desk: Book) -> None:
    form = load_form("2021")
    layout, w = layout_of(form), wording("cover")
    top = layout.cover.parts + 1

    def states() -> dict[str, object]:
        rows = desk.values("封面", f"A{top}:C{top + len(form.sections) - 1}")
        return {str(row[0])[0]: row[2] for row in rows}

    seen = states()
    assert [seen[number] for number in "一五六"] == [w["part_empty"]] * 3
    assert [seen[number] for number in "二三四"] == [desk.value(number, "A1") for number in "二三四"]
    # 引言 alone is not the first section.
    desk.type("一", {address(layout.texts[PREFACE].top, 1): "根据规定。"})
    desk.type("六", {address(layout.texts["六"].top + 4, 1): "无。"})
    seen = states()
    assert [seen[number] for number in "一五六"] == [w["part_empty"], w["part_empty"], w["part_written"]]


def test_where_to_type_is_shown_until_something_is_typed(desk: Book) -> None:
    form = load_form("2021")
    w = wording("text")
    for section in (s for s in form.sections if not s.table):
        own = layout_of(form).texts[section.number]
        first = address(own.top, 1)
        beside = f"C{own.top}:C{own.top + 2}"
        assert desk.colours()[section.number][first] == COLOURS["blank"].upper()
        assert [row[0] for row in desk.values(section.number, beside)] == [
            w["start"] + section.prompt,
            "",
            "",
        ]
        desk.type(section.number, {first: SENTENCE})
        assert desk.colours().get(section.number, {}) == {}, "a report without 引言 prints no colour"
        assert [row[0] for row in desk.values(section.number, beside)] == ["", w["next"], ""]


def test_the_first_line_is_indented_and_the_text_is_not_touched(desk: Book, tmp_path: Path) -> None:
    own = layout_of(load_form("2021")).texts["五"]
    long, spaced = SENTENCE * 4, "\u3000\u3000" + SENTENCE * 4
    desk.type("五", {address(own.top, 1): long, address(own.top + 1, 1): spaced})
    assert desk.values("五", f"A{own.top}:A{own.top + 1}") == [[long], [spaced]]
    pdf = desk.pdf(tmp_path / "表.pdf")
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    page = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("<page ")[6]
    begins = [
        float(x) for x, text in re.findall(r'xMin="([\d.]+)"[^>]*>([^<]*)<', page) if "本机关" in text[:4]
    ]
    rest = min(float(x) for x in re.findall(r'<word xMin="([\d.]+)"', page))
    assert len(begins) >= 2
    assert all(abs(x - rest - 20) < 3 for x in begins[:2]), "two characters of 10 points"


def test_the_cover_shows_the_seal_as_long_as_there_is_one(office: Office, tmp_path: Path) -> None:
    """Macros clear it on the hidden sheet."""
    of = report(load_form("2021"))
    seal = make_seal(of, None, catalogue())
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(of, seal=seal))
    hidden = str(marks("sheets")["data"])
    below = address(layout_of(of.form).cover.parts + len(of.form.sections) + 1, 1)
    with office.open(path) as book:
        book.recalculate()
        assert book.value("封面", below) == wording("cover")["sealed"].format(time=seal.shown_time)
        (row,) = [i for i, key in enumerate(book.values(hidden, "A1:A40"), 1) if key == ["seal.digest"]]
        book.ask(f"doc.Sheets.getByName({hidden!r}).unprotect('')")
        book.put(hidden, {f"B{row}": ""})
        assert book.value("封面", below) == ""
    assert read_workbook(path).report.unplaced == []
