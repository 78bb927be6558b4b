"""A published file -> its report: the shapes in which the project met them, end to end."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gouji.city.demo import PUBLISHED_FILE, published_text
from gouji.document.word import document_bytes
from gouji.errors import Refused
from gouji.examine import examine, read_report
from gouji.form import TABLE_KEYS, editions, load_form
from gouji.published.importer import form_of, read_published, report_of
from gouji.published.reading import CellRead, CellUnread, ProseRead, TablesRead
from gouji.report import Origin, Report, Unplaced, Unread, canonical, load
from gouji.workbook.reading.reader import read_workbook
from support import DATA, ROOT
from support.filled import write_workbook

TEXTS = sorted((DATA / "published_text").glob("*.txt"))
TEXT = published_text().decode()
#: The five reports that the project began with: their tables, with sentences of ours.
SEEDS = {path.stem: path.read_bytes() for path in TEXTS} | {"seed-4": published_text()}


def tables_of(report: Report) -> Report:
    """The report without what stands in no table."""
    return replace(report, texts=None, period=None)


# ---------------------------------------------------------------- the five shapes


@pytest.mark.parametrize("name", SEEDS)
def test_a_report_in_the_shape_of_a_seed_is_read_whole(name: str) -> None:
    published = read_published(SEEDS[name], f"{name}.txt")
    report, seed = published.report, load(DATA / "seeds" / f"{name}.json")
    assert report.unread == {} and report.unplaced == []
    assert report.read.keys() == report.form.by_id.keys()
    assert all(origin.where for origin in report.read.values())
    expected = replace(seed, unit=report.unit if name == "seed-2" else seed.unit)
    assert canonical(tables_of(report)) == canonical(expected)
    assert (report.texts or {}).keys() >= {"一", "五", "六"}
    assert published.doubts == ()


@pytest.mark.parametrize("name", SEEDS)
def test_it_goes_on_into_a_workbook_a_check_and_a_word_file(name: str) -> None:
    report = read_published(SEEDS[name], f"{name}.txt").report
    book = write_workbook(report)
    assert read_workbook(book).report == report
    checked = examine(book)
    assert [f.message for f in checked.findings if f.level == "error"] == []
    word = docx.Document(io.BytesIO(document_bytes(report)))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "".join((report.texts or {})["五"].split())[:10] in "".join(said.split())
    assert all(text in said for text in report.notes.values())


def test_the_file_is_told() -> None:
    imported = read_published(published_text(), PUBLISHED_FILE).report.imported
    assert imported
    digest = hashlib.sha256(published_text()).hexdigest()
    assert (imported.file, imported.kind, imported.sha256) == (PUBLISHED_FILE, "text", digest)


def test_by_path_as_by_bytes(tmp_path: Path) -> None:
    path = tmp_path / "太仓市.txt"
    path.write_bytes(published_text())
    assert read_published(path) == read_published(published_text(), path.name)


# ---------------------------------------------------------------- a file like any other


def test_it_is_examined_like_any_other_file(tmp_path: Path) -> None:
    """By its name, or by its bytes, which no reader of workbooks takes."""
    path = tmp_path / "太仓市.txt"
    path.write_bytes(published_text())
    for source in (path, published_text()):
        examined = examine(source, name=path.name)
        assert examined.reading and examined.reading.imported
        assert examined.report and examined.report.unit == "太仓市"
        assert [f.message for f in examined.findings if f.level == "error"] == []


@pytest.mark.parametrize("name", ["太仓市", "太仓市2019.年度报告", "太仓市2019."])
def test_a_text_without_a_suffix_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(published_text())
    reading = read_report(path)
    assert reading.imported and reading.report.unit == "太仓市"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("年报", b"%PDF-1.4", "pdf"),
        ("年报", b"Rar!\x1a\x07", "archive"),
        ("年报", b"\x00\x9f\x01\x93" * 99, "unknown"),
        ("年报.zip", b"PK\x05\x06" + bytes(18), "archive"),
        ("年报.jpg", b"\x00", "picture"),
        ("年报.ceb", b"\x00", "ceb"),
    ],
)
def test_what_is_no_workbook_by_its_name_is_refused_as_a_document(
    tmp_path: Path, name: str, content: bytes, key: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_report(path)
    assert refused.value.key == key and "模板" not in refused.value.message


def test_what_is_wrong_in_it_is_found_as_in_a_form(tmp_path: Path) -> None:
    """The same contradiction is the same finding, from the text and from JSON."""
    text = TEXT.replace("(一) 予以公开\t130\t9", "(一) 予以公开\t103\t9")
    found = [f for f in examine(text.encode()).findings if f.level == "error"]
    seed = load(DATA / "seeds" / "seed-4.json")
    seed.set("t3.granted.natural", 103)
    path = tmp_path / "x.json"
    path.write_text(canonical(seed), "utf-8")
    expected = [f for f in examine(path).findings if f.level == "error"]
    assert [(f.rule, f.place, f.suspects) for f in found] == [(f.rule, f.place, f.suspects) for f in expected]
    assert found


def test_advertising_in_it_is_marked_and_no_error() -> None:
    found = [f for f in examine(SEEDS["seed-1"]).findings if f.rule == "text-injected"]
    assert [f.level for f in found] == ["warning"]


def test_what_the_head_says_twice_is_said_once() -> None:
    text = TEXT.replace("# 太仓市 2019 年", "# 太仓市 2018 年")
    (found,) = (f for f in examine(text.encode(), name="a.txt").findings if f.rule == "import-doubt")
    assert found.level == "warning"
    assert "标题写的是“2018”" in found.message and "采用的是 2019 年" in found.message


def test_every_doubt_has_its_sentence() -> None:
    from gouji.rules import catalogue

    sources = "".join(path.read_text("utf-8") for path in (ROOT / "addin/gouji/published").rglob("*.py"))
    keys = set(re.findall(r'Doubt\(\s*"(\w+)"', sources))
    assert keys and keys <= catalogue()["import-doubt"].parameters["messages"].keys()


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("repeated", TEXT * 2),
        ("two_reports", TEXT + SEEDS["seed-0"].decode()),
        ("blank_form", re.sub(r"(^|\t)[0-9]+(?: ?<sup>.*?</sup>| 万元)?(?=\t|$)", r"\1", TEXT, flags=re.M)),
        ("no_report", "太仓市 2019 年政府信息公开工作年度报告\n\n请点击附件下载。\n"),
        ("no_report", "各科室：请于周五下午参加会议，公开栏同时更新。\n"),
    ],
)
def test_what_is_no_single_filled_report_is_refused_by_name(key: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_published(text.encode(), "a.txt")
    assert refused.value.key == key
    assert re.search("[\u4e00-\u9fff]", refused.value.message) and "\n" not in refused.value.message


def test_a_text_about_something_else_is_no_report_at_all() -> None:
    examined = examine("各科室：请于周五下午参加会议，公开栏同时更新。\n".encode(), name="a.txt")
    assert examined.is_no_report and examined.state == "unreadable"
    with pytest.raises(Refused):
        read_report(b"%PDF-1.4")


# ---------------------------------------------------------------- the parts joined

CELL, OTHER = "t3.new.natural", "t3.new.total"
PROSE = ProseRead(
    "某局 ", 2024, None, "", {"一": "甲\r\n乙\n", "五": "\n"}, {"注 １": "说明"}, (("第 9 行", "另"),)
)


def test_read_unread_and_absent_cells_stay_apart() -> None:
    tables = TablesRead(
        {"table3": "2021"},
        {
            CELL: CellRead(12, "cut", "第 3 行", "120", "注１"),
            "t3.granted.natural": CellRead(None, "printed", "x", ""),
        },
        {OTHER: CellUnread("第 3 行", "120", ("12",))},
    )
    report = report_of(tables, PROSE)
    assert report.values == {CELL: 12} and report.marks == {CELL: "注1"} and report.notes == {"注1": "说明"}
    assert report.read == {
        CELL: Origin("cut", "第 3 行", "120"),
        "t3.granted.natural": Origin("printed", "x", ""),
    }
    assert report.unread == {OTHER: Unread("第 3 行", "120", ("12",))}
    assert report.unplaced == [Unplaced("第 9 行", "另")]
    assert report.unit == "某局" and report.texts == {"一": "甲\n乙"}
    assert not report.blank_is_zero


def test_each_table_is_of_its_own_edition() -> None:
    """四 is one table in all editions; a table that was not found goes with the report."""
    assert form_of({}, 2020) is load_form("2019")
    assert form_of({"table2": "2021", "table3": "2019", "table4": "2019"}, 2021) is load_form(
        "2021", {"table3": "2019"}
    )
    assert form_of({"table3": "2019"}, 0) is load_form("2019")
    assert form_of({}, 0) is load_form(editions()[-1])
    assert set(TABLE_KEYS) == set(form_of({}, 2024).tables)


@pytest.mark.parametrize("year", [1899, 2101, 20244])
def test_a_year_that_can_be_none_is_none(year: int) -> None:
    report = report_of(TablesRead({}, {}, {}), replace(PROSE, year=year))
    assert report.year == 0
