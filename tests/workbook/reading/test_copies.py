"""A copy of a sheet of the form, beside it: compared cell by cell, and what differs is said."""

from __future__ import annotations

import io

from gouji.report import Report, canonical
from gouji.rules import Finding
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading import copies
from gouji.workbook.reading.reader import read_contents, read_workbook
from gouji.workbook.writer import write_workbook
from support.archive import made
from support.loaded import loaded
from support.opened_book import Opened
from support.packages import pack, unpack

REPORT = made("pt-jtj-2022", "甲市交通局")
LAYOUT = layout_of(REPORT.form)
NEW = LAYOUT.tables["table3"].cells["t3.new.natural"]


def opened(report: Report = REPORT) -> Opened:
    return Opened(write_workbook(report))


def copied(book: Opened, sheet: str, state: str = "visible", name: str = "") -> str:
    """A copy of a sheet, as Excel names it."""
    name = name or f"{sheet} (2)"
    book.add(name, state)
    book.sheets[name] = dict(book.sheets[sheet])
    return name


def said(book: Opened) -> list[tuple[str, str, str]]:
    findings = found(book)
    return [(f.rule, f.place, f.level) for f in findings]


def found(book: Opened) -> list[Finding]:
    findings = read_contents(book).findings
    assert not any("{" in f.message + f.remedy for f in findings)
    return findings


def test_an_equal_copy_is_a_hint() -> None:
    book = opened()
    for sheet in ("封面", "一", "二", "三", "四", "五"):
        copied(book, sheet)
    assert said(book) == [("sheet-extra", f"{s} (2)", "hint") for s in ("封面", "一", "二", "三", "四", "五")]
    assert "是“三”表的副本，内容相同" in found(book)[3].message


def test_other_numbers_are_a_warning_with_label_address_and_both() -> None:
    book = opened()
    book.put(copied(book, "三"), *NEW, 999)
    (finding,) = found(book)
    assert (finding.rule, finding.place, finding.level) == ("sheet-copied", "三 (2)", "warning")
    assert "有 1 处与“三”表不同" in finding.message
    own = REPORT.value("t3.new.natural")
    assert f"「自然人」（{address(*NEW)}）为 {own}，副本为 999" in finding.message
    assert "{" not in finding.message + finding.remedy


def test_many_are_counted_and_a_hidden_copy_is_no_less() -> None:
    book = opened()
    name = copied(book, "三", "hidden")
    for at in LAYOUT.tables["table3"].cells.values():
        book.put(name, *at, 7777)
    (finding,) = found(book)
    assert (
        f"有 {len(LAYOUT.tables['table3'].cells)} 处" in finding.message
        and finding.message.count("7777") == 5
    )
    assert finding.rule == "sheet-copied"
    book = opened()
    copied(book, "三", "hidden")
    assert said(book) == [("sheet-hidden", "三 (2)", "warning")]


def test_a_copy_that_is_filled_while_the_form_is_blank() -> None:
    book = opened(Report(REPORT.form, unit="甲市交通局", year=2022))
    book.put(copied(book, "三"), *NEW, 12)
    (finding,) = found(book)
    assert finding.rule == "sheet-copied" and "“三”表没有填写" in finding.message
    assert "填了 1 处" in finding.message and f"（{address(*NEW)}）为 12" in finding.message


def test_a_blank_copy_of_a_filled_sheet_holds_nothing() -> None:
    book = opened()
    name = copied(book, "三")
    for at in LAYOUT.tables["table3"].cells.values():
        book.sheets[name].pop(at, None)
    assert said(book) == [("sheet-extra", name, "hint")]


def test_texts_and_the_cover() -> None:
    book = opened()
    five, unit = LAYOUT.texts["五"], LAYOUT.cover.fields["unit"]
    book.put(copied(book, "五"), five.top, 1, "另一份稿子。")
    book.put(copied(book, "封面"), *unit, "乙市交通局")
    text, cover = found(book)
    assert (
        text.place == "五 (2)" and f"（A{five.top}）" in text.message and "副本为 另一份稿子" in text.message
    )
    assert "单位名称（B6）为 甲市交通局，副本为 乙市交通局" in cover.message


def test_a_sheet_of_another_edition() -> None:
    book, other = opened(), Opened(write_workbook(made("seed-0", "甲市信访局", "seeds")))
    book.add("旧表", "visible")
    book.sheets["旧表"] = other.sheets["二"]
    (finding,) = found(book)
    assert finding.rule == "sheet-copied" and "是 2019 年版“二”表的样式" in finding.message


def test_a_copy_whose_labels_were_edited_a_little_is_one_and_another_sheet_is_none() -> None:
    book = opened()
    name = copied(book, "三", name="三（草稿）")
    book.put(name, *NEW, 5)
    for at in list(LAYOUT.tables["table3"].labels)[:5]:
        book.put(name, *at, "改过")
    assert said(book) == [("sheet-copied", name, "warning")]
    book = opened()
    book.add("台账", "visible")
    book.put("台账", 9, 4, 5)
    book.put("台账", 1, 1, "收到申请")
    assert said(book) == [("sheet-extra", "台账", "hint")]


def test_what_is_large_is_not_looked_at() -> None:
    """A sheet beside the form may have any size; it costs nothing."""
    book = opened()
    copied(book, "三")
    book.size = lambda name: copies.MAX_LOOKED + 1  # type: ignore[method-assign]
    assert "其内容没有读取" in found(book)[0].message


def test_a_sheet_that_can_not_be_read_costs_the_file_nothing() -> None:
    book = loaded(write_workbook(REPORT))
    book.create_sheet("三 (2)")
    out = io.BytesIO()
    book.save(out)
    parts = unpack(out.getvalue())
    last = max((n for n in parts if n.startswith("xl/worksheets/sheet")), key=lambda n: (len(n), n))
    parts[last] = parts[last].replace(b"</worksheet>", b"")
    reading = read_workbook(pack(parts))
    assert canonical(reading.report) == canonical(REPORT)
    assert [(f.rule, f.place) for f in reading.findings] == [("sheet-extra", "三 (2)")]
