"""Files of one name: other bytes are another file, the same bytes the same one. What is too large too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji import api
from gouji.errors import GoujiError
from gouji.page import office
from gouji.workbook.reading.guard import MAX_FILE
from support import office_page
from support import season as small

from .test_office_files import ROSTER, book, counted


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "page"


def test_two_loose_files_of_one_name_are_both_there(root: Path) -> None:
    office_page.begin(root, {"名单.csv": ROSTER, "年报.xlsx": book("甲局")})
    second = office_page.put("年报.xlsx", book("乙局"))
    assert (second["path"], second["new"]) == ("年报（2）.xlsx", True)
    assert "年报（2）.xlsx" in second["said"]
    assert office_page.put("年报.xlsx", book("丙局"))["path"] == "年报（3）.xlsx"
    office_page.read()
    shown = office_page.run("某市", 2024)
    assert [one["unit"] for one in shown["units"] if one["counted"]] == ["甲局", "乙局", "丙局"]
    assert shown["files"] == {name: name for name in ("年报.xlsx", "年报（2）.xlsx", "年报（3）.xlsx")}


def test_a_late_one_replaces_nothing_in_the_folder(root: Path) -> None:
    """A corrected file on top of the folder is another version; the folder once more changes nothing."""
    first, other = book("甲局", 1), book("甲局", 2)
    office_page.begin(root, {"名单.csv": ROSTER, "收到/甲局.xlsx": first})
    assert office_page.put("甲局.xlsx", other)["path"] == "甲局（2）.xlsx"
    for path, content, known in (
        ("收到/甲局.xlsx", first, "收到/甲局.xlsx"),
        ("甲局.xlsx", other, "甲局（2）.xlsx"),
    ):
        again = office_page.put(path, content)
        assert (again["path"], again["new"], again["said"]) == (known, False, "")
    assert office_page.given()["files"] == 3
    office_page.read()
    (one,) = office_page.run("某市", 2024)["versions"]
    assert {file["path"] for file in one["files"]} == {"甲局.xlsx", "甲局（2）.xlsx"}


def test_the_folder_s_name_does_not_make_two_of_one(root: Path) -> None:
    """甲局/ is a folder, then its 年报.xlsx comes by itself; another folder has one too."""
    office_page.begin(root, {"名单.csv": ROSTER, "一/年报.xlsx": book("甲局")})
    assert office_page.put("年报.xlsx", book("甲局"))["path"] == "一/年报.xlsx"
    assert office_page.put("二/年报.xlsx", book("乙局"))["path"] == "二/年报.xlsx"
    assert office_page.put("年报.xlsx", book("丙局"))["path"] == "年报.xlsx"
    assert len(office_page.read()) == 3


def test_of_the_desk_there_is_one(tmp_path: Path, root: Path) -> None:
    """汇总台 written anew replaces what was dropped before, and that is said."""
    folder = small.season(tmp_path / "某市2024")
    office_page.begin(root, dict(office_page.dropped(folder)))
    (desk,) = folder.glob("汇总台.xlsx")
    small.typed(desk, "设置", {"A30": "x"})
    put = office_page.put(f"{folder.name}/汇总台.xlsx", desk)
    assert (put["path"], put["new"]) == (f"{folder.name}/汇总台.xlsx", True)
    assert "换成" in put["said"]
    assert office_page.put(f"{folder.name}/汇总台.xlsx", desk)["new"] is False


def test_what_is_too_large_is_known_to_have_come(root: Path) -> None:
    """Its bytes are not sent; the reader's own refusal stands beside its name, and its unit did send it."""
    office_page.begin(root, {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局")})
    put = office_page.put("报送/乙局.xlsx", b"", size=MAX_FILE + 1)
    assert put["path"] == "报送/乙局.xlsx"
    assert office_page.put("报送/乙局.xlsx", b"", size=MAX_FILE + 1)["new"] is False
    states = {one["path"]: one["state"] for one in office_page.read()}
    assert states["报送/乙局.xlsx"] == "unreadable"
    shown = office_page.run("某市", 2024)
    (one,) = [unit for unit in shown["units"] if unit["unit"] == "乙局"]
    assert [file["path"] for file in one["files"]] == ["乙局.xlsx"]
    assert "32" in " ".join(problem["message"] for problem in shown["problems"])
    (letter,) = [each["text"] for each in shown["reminders"] if each["unit"] == "乙局"]
    assert "没有收到" not in letter


def test_the_bound_is_the_reader_s(root: Path) -> None:
    assert f'"largest": {MAX_FILE}' in office.office_begin(str(root))


# ---------------------------------------------------------------- the same file, corrected


def named(name: str, code: str, number: int) -> bytes:
    report = counted(name, number)
    report.code = code
    return api.write(report)


def test_a_corrected_file_takes_the_place_of_the_earlier_one(root: Path) -> None:
    """Dropped again by its path: one version, said; the earlier one can be had back, once."""
    first, second = book("甲局", 1), book("甲局", 2)
    office_page.begin(root, {"名单.csv": ROSTER, "收到/甲局.xlsx": first, "收到/乙局.xlsx": book("乙局")})
    office_page.read()
    put = office_page.put("收到/甲局.xlsx", second)
    assert (put["path"], put["new"], put["again"], put["said"]) == ("收到/甲局.xlsx", True, True, "")
    assert office_page.given()["to_read"] == ["收到/甲局.xlsx"]
    office_page.read()
    shown = office_page.run("某市", 2024)
    assert shown["versions"] == []
    assert _made(root) == 3
    assert office.office_restored("收到/甲局.xlsx") == first
    assert office_page.given()["to_read"] == ["收到/甲局.xlsx"]
    with pytest.raises(GoujiError, match=r"收到/甲局\.xlsx"):
        office.office_restored("收到/甲局.xlsx")
    office_page.read()
    office_page.run("某市", 2024)
    assert _made(root) == 2


def _made(root: Path) -> object:
    """行政规范性文件 of the sum: made this year."""
    (book,) = root.rglob("某市_2024_汇总.xlsx")
    return api.read(book).values["t2.documents.made"]


@pytest.mark.parametrize(
    ("before", "after", "again"),
    [
        (named("甲局", "", 1), named("甲 局", "", 2), True),
        (named("甲同", "037", 1), named("甲局", "037", 2), True),
        (named("甲局", "037", 1), named("乙局", "038", 2), False),
        (b"PK\x03\x04 broken", named("甲局", "", 2), True),
        (b"PK\x03\x04 broken", named("乙局", "", 2), False),
        (named("甲局", "", 1), b"PK\x03\x04 broken", False),
        (b"PK\x03\x04 broken", b"PK\x03\x04 again", False),
        (ROSTER, ROSTER + "丁局,部门\n".encode(), True),
    ],
    ids=["name", "code", "other", "broken", "broken other", "breaks", "both", "roster"],
)
def test_which_file_is_the_same_corrected(root: Path, before: bytes, after: bytes, again: bool) -> None:
    """By the unit's name or code; of what could not be read by its path; of a list by what it serves for."""
    path = "报送/甲局.csv" if before is ROSTER else "报送/甲局.xlsx"
    office_page.begin(root, {"名单.csv": ROSTER, path: before})
    put = office_page.put(path, after)
    assert (put["again"], put["path"] == path) == (again, again)
    assert office_page.given()["files"] == (2 if again else 3)


def test_the_second_of_one_name_is_corrected(root: Path) -> None:
    """By the path by which it came, though it has a number here."""
    office_page.begin(root, {"名单.csv": ROSTER, "年报.xlsx": book("甲局"), "乙/年报.xlsx": book("丙局")})
    assert office_page.put("年报.xlsx", book("乙局"))["path"] == "年报（2）.xlsx"
    put = office_page.put("年报.xlsx", book("乙局", 2))
    assert (put["path"], put["again"]) == ("年报（2）.xlsx", True)
    assert office_page.given()["files"] == 4


def test_what_was_written_before_replaces_nothing(root: Path) -> None:
    """An older file of the same path is another version, and so is one of another name."""
    office_page.begin(root, {"名单.csv": ROSTER})
    for path, number, hours in (("甲局.xlsx", 1, 9), ("甲局.xlsx", 2, 8), ("甲局改.xlsx", 3, 10)):
        file = root.parent / path
        file.write_bytes(book("甲局", number))
        os.utime(file, (1_700_000_000, 1_700_000_000 + 3600 * hours))
        assert not office_page.put(path, file)["again"]
    office_page.read()
    (one,) = office_page.run("某市", 2024)["versions"]
    assert len(one["files"]) == 3


def test_what_was_corrected_and_taken_away_is_gone(root: Path) -> None:
    office_page.begin(root, {"甲局.xlsx": book("甲局", 1)})
    office_page.put("甲局.xlsx", book("甲局", 2))
    office.office_remove("甲局.xlsx")
    with pytest.raises(GoujiError):
        office.office_restored("甲局.xlsx")
    assert not list(root.rglob("*.xlsx"))
