"""A filled workbook read back: nothing lost, nothing guessed, everything odd reported with its place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from gouji.examine import judge
from gouji.report import Explanation, Report, Unplaced, canonical, from_json, load, to_json
from gouji.rules import check
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import CannotWrite, write_workbook
from support import DATA, last_year
from support.at_once import brothers
from support.opened_book import Opened
from support.random_reports import reports
from support.read_back import FORM, NEW, changed, only, repacked, reread, rules, typed

FILES = sorted(DATA.glob("*/*.json"))


@pytest.mark.parametrize("path", brothers(FILES, lambda path: path.parent, first=3), ids=lambda p: p.stem)
def test_published_tables_travel_through_a_workbook(path: Path) -> None:
    report = load(path)
    reading = read_workbook(write_workbook(report))
    assert canonical(reading.report) == canonical(report)
    assert reading.findings == []


@settings(max_examples=8, deadline=None)
@given(reports())
def test_any_report_travels_through_a_workbook(report: Report) -> None:
    again = reread(report)
    assert canonical(again) == canonical(report)
    assert canonical(from_json(to_json(again))) == canonical(report)


def test_two_writes_are_equal() -> None:
    report = load(DATA / "seeds" / "seed-4.json")
    assert write_workbook(report) == write_workbook(load(DATA / "seeds" / "seed-4.json"))


def test_another_program_saves_it_unchanged() -> None:
    report = load(DATA / "seeds" / "seed-4.json")
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(write_workbook(report))).save(out)
    reading = read_workbook(out.getvalue())
    assert reading.findings == []
    assert canonical(reading.report) == canonical(report)


@pytest.mark.parametrize(
    ("content", "value", "mark"),
    [
        ("12", 12, None),
        (" 012\u3000", 12, None),
        ("无", "/", None),
        ("、", "/", None),
    ],
)
def test_numbers_as_text_are_normalised_visibly(content: str, value: object, mark: str | None) -> None:
    reading = typed(content)
    assert reading.report.value(NEW) == value
    assert reading.report.marks.get(NEW) == mark
    finding = only(reading, "cell-normalised")
    assert finding.cells == (NEW,) and content in finding.message
    assert reading.report.unplaced == []


def test_a_space_is_read_as_blank_and_said_so() -> None:
    reading = typed(" ")
    assert reading.report.value(NEW) is None and reading.report.unplaced == []
    finding = only(reading, "cell-normalised")
    assert "填的是空格，已按空白读取" in finding.message and "改填" not in finding.remedy


@pytest.mark.parametrize(
    ("content", "value", "mark"),
    [("１２", 12, None), ("1,234", 1234, None), ("12件", 12, None), ("5注1", 5, "注1"), ("-5", -5, None)],
)
def test_what_a_sheet_can_not_add_is_an_error(content: str, value: int, mark: str | None) -> None:
    """It is read all the same: a city that includes the unit in spite of its errors has the number."""
    reading = typed(content)
    if value >= 0:
        assert reading.report.value(NEW) == value
    assert reading.report.marks.get(NEW) == mark
    assert reading.report.as_text == {NEW: content}
    assert not reading.report.is_known(NEW)
    (said,) = [f for f in check(reading.report) if f.cells == (NEW,)]
    assert (said.rule, said.level) == ("cell-number", "error")
    assert content in said.message and str(value) in said.message


def test_a_slash_is_no_number_as_text() -> None:
    reading = typed("/")
    assert reading.report.value(NEW) == "/"
    assert reading.findings == []


@pytest.mark.parametrize("content", ["2000万", "12（含去年3）", "见附件", 1.5, True, "#N/A", "7 0", 10**16])
def test_what_is_no_number_is_kept_and_not_read(content: object) -> None:
    reading = typed(content)
    assert reading.report.value(NEW) is None
    (kept,) = reading.report.unplaced
    assert kept.place == FORM.by_id[NEW].place
    assert reading.report.unusable() == {NEW}
    # What was not understood is shown again where it stood.
    again = reread(reading.report)
    assert [u.place for u in again.unplaced] == [kept.place]


@pytest.mark.parametrize("number", [0.1234567, 1e14])
def test_money_beyond_six_decimals_is_not_rounded(number: float) -> None:
    reading = typed(number, "t2.fees.amount")
    assert reading.report.values == {}
    assert len(reading.report.unplaced) == 1


def test_money_is_exact() -> None:
    assert typed(24252.311082, "t2.fees.amount").report.value("t2.fees.amount") == 24_252_311_082
    assert typed("0.000001", "t2.fees.amount").report.value("t2.fees.amount") == 1


def test_a_formula_in_a_typed_cell_is_reported() -> None:
    finding = only(typed("=1+1"), "typed-formula")
    assert finding.level == "error" and finding.cells == (NEW,)
    assert layout_of(FORM).locate(NEW)[1] in finding.message


def test_an_inserted_row_is_an_error() -> None:
    finding = only(changed(lambda book: book.shift("三", row=12)), "label-changed")
    assert finding.level == "error" and finding.place == "t3"


def test_an_inserted_column_is_an_error() -> None:
    assert only(changed(lambda book: book.shift("四", column=3)), "label-changed").place == "t4"


def test_a_changed_label_is_an_error_with_both_wordings() -> None:
    sheet = layout_of(FORM).tables["table2"]
    at, label = next((at, text) for at, text in sheet.labels.items() if text == "行政许可")

    def change(book: Opened) -> None:
        book.put("二", *at, "行政审批")

    finding = only(changed(change), "label-changed")
    assert label in finding.message and "行政审批" in finding.message and "1 处" in finding.message

    def respell(book: Opened) -> None:
        book.put("二", *at, " 行政　许可\n")

    assert changed(respell).findings == []


def test_sheets_that_are_not_ours() -> None:
    def add(book: Opened) -> None:
        book.add("草稿", "visible")
        book.add("底稿", "hidden")
        book.add("暗", "veryHidden")

    reading = changed(add)
    assert [(f.rule, f.place, f.level) for f in reading.findings] == [
        ("sheet-extra", "草稿", "hint"),
        ("sheet-hidden", "底稿", "warning"),
        ("sheet-hidden", "暗", "warning"),
    ]
    assert "请取消隐藏" in reading.findings[1].remedy
    assert "取消隐藏”里没有它" in reading.findings[2].remedy, "no menu shows it"


def test_an_external_link_is_reported() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    link = f'<Relationship Id="rIdX" Type="{kind}" Target="externalLinks/externalLink1.xml"/>'.encode()

    def add(name: str, data: bytes) -> bytes:
        end = b"</Relationships>"
        return data.replace(end, link + end) if name == "xl/_rels/workbook.xml.rels" else data

    reading = repacked(add, **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert rules(reading) == ["external-link"]


def test_stray_content_is_kept_with_its_place() -> None:
    def scribble(book: Opened) -> None:
        table = layout_of(FORM).tables["table3"]
        book.put("三", table.top + 3, table.side + 5, "算一下")
        book.put("三", table.bottom + 1, 1, "共 5 页")

    reading = changed(scribble)
    assert [u.text for u in reading.report.unplaced] == ["算一下", "共 5 页"]
    assert [f.level for f in judge(reading) if f.rule == "content-unplaced"] == ["warning", "warning"]
    assert canonical(reread(reading.report)) == canonical(reading.report)


def _note(book: Opened, row: int, *texts: str) -> None:
    place = layout_of(FORM).tables["table3"]
    for (left, _), text in zip(place.note_columns, texts, strict=True):
        book.put(place.name, place.notes.top + row, left, text)


def test_notes_as_a_clerk_writes_them() -> None:
    layout = layout_of(FORM)
    one, two, three = (layout.locate(c)[1] for c in (NEW, "t3.new.total", "t3.secret.natural"))

    def write(book: Opened) -> None:
        _note(book, 0, "注 １", f"{one.lower()}，{two}；{three}", "口径有调整")
        _note(book, 1, "注2", "", "没有单元格的注")
        _note(book, 3, "", "", "没有编号的话")
        _note(book, 4, "注3", "第三行", "")
        _note(book, 5, "注4", one, "同一格的另一注")

    reading = changed(write)
    report = reading.report
    assert report.marks == dict.fromkeys((NEW, "t3.new.total", "t3.secret.natural"), "注1")
    assert report.notes == {"注1": "口径有调整", "注2": "没有单元格的注", "注4": "同一格的另一注"}
    assert [u.text for u in report.unplaced] == ["没有编号的话", "第三行", one]
    assert canonical(reread(report)) == canonical(report)


def test_one_note_for_cells_of_two_tables() -> None:
    report = Report(
        FORM, unit="某局", year=2024, marks={"t2.fees.amount": "注1", NEW: "注1"}, notes={"注1": "甲"}
    )
    assert canonical(reread(report)) == canonical(report)


def test_more_notes_than_the_block_shows() -> None:
    """A city has the notes of all its units: as many as there are cells."""
    marks = {c.id: f"注{i}" for i, c in enumerate(FORM.tables["table3"].cells, 1)}
    report = Report(FORM, unit="某市", year=2024, marks=marks, notes={m: f"说明{m}" for m in marks.values()})
    reading = read_workbook(write_workbook(report))
    assert canonical(reading.report) == canonical(report)
    assert reading.findings == []


def test_cover_fields() -> None:
    fields = layout_of(FORM).cover.fields

    def write(book: Opened) -> None:
        for name, text in {
            "unit": " 某市某局 ",
            "code": "",
            "year": "２０２４年",
            "period_from": "2024-09-01",
            "period_to": 45657,  # what a spreadsheet makes of a typed date
            "blank_is_zero": "是",
        }.items():
            book.put("封面", *fields[name], text)

    report = changed(write).report
    assert (report.unit, report.code, report.year) == ("某市某局", None, 2024)
    assert report.period == ("2024-09-01", "2024-12-31")
    assert report.blank_is_zero

    reading = changed(lambda book: book.put("封面", *fields["year"], "去年"))
    assert reading.report.year == 0
    assert [u.text for u in reading.report.unplaced] == ["去年"]
    assert [f.place for f in judge(reading) if f.rule == "content-unplaced"] == ["封面!B8"]


def test_prior_numbers() -> None:
    first, second, third = last_year.compared(FORM)[:3]

    def write(book: Opened) -> None:
        book.sheets["上年"] |= last_year.labels(FORM)
        for cell, content in ((first, 7), (second, "/"), (third, "七")):
            book.put("上年", *last_year.places(FORM)[cell], content)

    reading = changed(write)
    assert reading.prior is not None
    assert reading.prior.values == {first: 7, second: "/"}
    assert rules(reading) == ["prior-number"]
    assert changed(lambda book: None).prior is None


def test_texts_and_explanations() -> None:
    report = Report(FORM, unit="某局", year=2024)
    report.texts = {"引言": "根据条例。", "一": "第一段\n\n第三段", "五": "=1+1\n{=1}\n'x", "六": "无"}
    report.explanations = {"balance:t3.balance.total": Explanation("移送\n三件", "已说明", ("5", "8"))}
    assert reread(report).texts == report.texts
    assert reread(report).explanations == report.explanations

    area = layout_of(FORM).check.explanations
    reading = changed(lambda book: book.put("校验", area.top + 2, area.left + 1, "没有编号的说明"), report)
    assert [u.text for u in reading.report.unplaced] == ["没有编号的说明"]


def test_texts_longer_than_their_rows() -> None:
    long = "\n".join(f"第{i}段" for i in range(400))
    report = Report(
        FORM,
        unit="某局",
        year=2024,
        texts={"引言": "\n".join("甲乙丙丁戊己庚辛"), "一": long, "五": "字" * 32_767},
    )
    assert reread(report).texts == report.texts


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"texts": {"五": "字" * 32_768}}, "五"),
        ({"texts": {"五": "𠮷" * 20_000}}, "五"),
        ({"notes": {"注7": "字" * 32_768}}, "注7"),
        ({"unit": "字" * 32_768}, "单位名称"),
        ({"unplaced": [Unplaced("表尾", "字" * 32_768)]}, "表尾"),
        ({"explanations": {f"x:{i}": Explanation("甲", "已说明") for i in range(41)}}, "41"),
    ],
    ids=["paragraph", "wide characters", "note", "unit", "unplaced", "explanations"],
)
def test_what_does_not_fit_is_refused_and_not_cut(change: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        write_workbook(Report(FORM, **{"unit": "某局", "year": 2024, **change}))
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_cell_with_a_value_keeps_it_beside_what_was_not_placed() -> None:
    place = FORM.by_id[NEW].place
    report = Report(
        FORM,
        unit="某局",
        year=2024,
        values={NEW: 5},
        unplaced=[Unplaced(place, "约6"), Unplaced(place, "约7")],
    )
    assert canonical(reread(report)) == canonical(report)
    report = Report(FORM, unit="某局", year=2024, unplaced=[Unplaced(place, "约6"), Unplaced(place, "约7")])
    assert canonical(reread(report)) == canonical(report)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("gouji", "0", "版本"),
        ("fingerprint", "0123456789abcdef", "版本"),
        ("edition", "2030", "2030"),
        ("edition.table3", "1999", "版式"),
        ("edition.table3", "2019", "版本"),
    ],
)
def test_another_template_is_refused(key: str, value: str, said: str) -> None:
    def change(book: Opened) -> None:
        (row,) = (r for (r, c), raw in book.sheets["gouji"].items() if c == 1 and raw.raw == key)
        book.put("gouji", row, 2, value)

    with pytest.raises(Refused) as refused:
        changed(change)
    assert said in refused.value.message and "\n" not in refused.value.message


@pytest.mark.parametrize("name", ["gouji", "三", "封面", "校验", "填报说明"])
def test_a_missing_sheet_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        repacked(
            lambda part, data: (
                data.replace(f'name="{name}"'.encode(), b'name="x"') if part == "xl/workbook.xml" else data
            )
        )
    assert "请" in refused.value.message


def test_any_other_workbook_is_refused() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(Refused) as refused:
        read_workbook(out.getvalue())
    assert "模板" in refused.value.message
