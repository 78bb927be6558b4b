"""The page's road into gouji: what comes in, what a person does to it, what is answered."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.api import write
from gouji.errors import GoujiError
from gouji.form import load_form
from gouji.page import desk
from gouji.wording import wording_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.wording import marks
from gouji.workshop.sample import sample_report
from support import DATA
from support.archive import made
from support.at_the_desk import asked, calls, checked, put, rules_of, shown, typed

PUBLISHED = DATA / "published"


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


# ---------------------------------------------------------------- a blank form


@pytest.mark.parametrize("year", [2019, 2024])
def test_a_blank_form_is_calm_and_says_what_its_workbook_says(year: int) -> None:
    one = shown("blank", 1, " 某市某局 ", year)
    assert one["unit"] == "某市某局" and one["calm"] and one["state"] == "error"
    assert one["label"] == wording_of("gouji.page", "shown")["calm"]
    assert {cell["s"] for cell in one["cells"].values()} == {"blank"}
    assert (one["counts"]["wrong"], one["counts"]["open"]) == (0, 0)
    assert one["todo"] in verdict_of(asked("workbook", 1))


def test_one_number_leaves_it_calm_and_a_wrong_one_does_not() -> None:
    desk.blank(1, "某市某局", 2024)
    before = shown("shown", 1)["counts"]["left"]
    one = typed(1, {"t3.new.natural": "12"})
    assert one["calm"] and one["counts"]["left"] < before
    assert one["todo"] in verdict_of(asked("workbook", 1))
    one = typed(1, {"t3.new.total": "11"})
    assert not one["calm"] and one["counts"]["wrong"] == 1


def verdict_of(book: bytes) -> set[str]:
    """What the workbook's 校验 says."""
    cells = open_book(book).cells(str(marks("sheets")["check"]))
    return {cell.raw for cell in cells.values()}


# ---------------------------------------------------------------- typing


def test_what_is_typed_is_read_as_a_workbook_reads_it() -> None:
    desk.blank(1, "某市某局", 2024)
    given = {
        "t3.new.natural": " １２ 件",
        "t3.new.total": "约12",
        "t3.new.business": "、",
        "t3.new.research": "3注1",
    }
    one = typed(1, given)
    cells = one["cells"]
    assert [cells[cell]["v"] for cell in given] == ["12", "约12", "/", "3"]
    assert cells["t3.new.total"]["s"] == "unread" and cells["t3.new.research"]["mark"] == "注1"
    assert one["changed"]["cells"] == [cell for cell in cells if cell in given]
    back = read_workbook(asked("workbook", 1)).report
    assert [back.value(cell) for cell in given] == [12, None, "/", 3]
    assert [one.text for one in back.unplaced] == ["约12"]


def test_what_can_not_be_read_is_said_until_it_is_typed_anew() -> None:
    put(1, made("pt-gaj-2022", "甲市公安局"))
    assert "cell-number" in rules_of(typed(1, {"t3.new.total": "1.5"}))
    assert "cell-number" not in rules_of(typed(1, {"t3.new.total": "1"}))


def test_a_cell_typed_anew_is_no_longer_what_the_file_said_of_it(tmp_path: Path) -> None:
    """A number that a file held as a text is typed: nothing of the file's cell is left."""
    report = made("pt-gaj-2022", "甲市公安局")
    import openpyxl

    (tmp_path / "甲.xlsx").write_bytes(write(report))
    book = openpyxl.load_workbook(tmp_path / "甲.xlsx")
    book["三"]["D9"], book["三"]["D10"] = "7", "=1+1"
    book.save(tmp_path / "甲.xlsx")
    one = checked(1, tmp_path / "甲.xlsx")
    about = [f["rule"] for f in one["findings"] if f["place"] in ("三!D9", "三!D10")]
    assert {"cell-normalised", "typed-formula"} <= set(about)
    one = typed(1, {"t3.new.natural": "7", "t3.carried_in.natural": "2"})
    assert not {"cell-normalised", "typed-formula"} & set(rules_of(one))


def test_the_cover_is_read_as_that_of_a_workbook() -> None:
    desk.blank(1, "某市某局", 2024)
    shown("cover", 1, "code", " 0123 ")
    shown("cover", 1, "period_from", "2024-01-01")
    one = shown("cover", 1, "year", " ２０２３年 ")
    assert one["year"] == 2023
    one = shown("cover", 1, "year", "去年")
    assert one["year"] == 0 and one["cover"]["year"] == "去年"
    back = read_workbook(asked("workbook", 1)).report
    assert (back.code, back.period, back.year) == ("0123", ("2024-01-01", ""), 0)
    assert [kept.text for kept in back.unplaced] == ["去年"]
    assert shown("cover", 1, "year", "2024")["cover"]["year"] == "2024"


def test_a_declaration_stands_for_one_table_or_for_all() -> None:
    desk.blank(1, "某市某局", 2024)
    typed(1, {f"t3.{row}.{column}": "1" for row in ("new", "carried_out") for column in ("natural", "total")})
    one = shown("declared", 1, "table2", "1")
    assert one["declared"] == ["table2"]
    assert not {c.get("s") for key, c in one["cells"].items() if key.startswith("t2")} & {"blank"}
    one = shown("declared", 1, "", "1")
    assert len(one["declared"]) == 3 and not {c.get("s") for c in one["cells"].values()} & {"blank"}
    one = typed(1, {"t3.new.total": ""})
    assert one["cells"]["t3.new.total"]["should"] == "1", (
        "no declaration covers a total whose parts are not all 0"
    )
    assert shown("declared", 1, "table3", "")["declared"] == ["table2", "table4"]


def test_texts_and_notes_are_those_of_the_workbook() -> None:
    desk.blank(1, "某市某局", 2024)
    shown("text", 1, "五", "第一段。\r\n第二段。\n\n")
    shown("text", 1, "引言", "据某规定编制。")
    shown("mark", 1, "t3.new.natural", "注 １")
    one = shown("note", 1, "注1", "含上年转来的。")
    assert one["texts"] == {"引言": "据某规定编制。", "五": "第一段。\n第二段。"}
    assert one["notes"] == {"注1": "含上年转来的。"} and one["cells"]["t3.new.natural"]["mark"] == "注1"
    back = read_workbook(asked("workbook", 1)).report
    assert (back.texts, back.notes, back.marks) == (one["texts"], one["notes"], {"t3.new.natural": "注1"})
    assert shown("note", 1, "注1", "")["notes"] == {}
    with pytest.raises(GoujiError):
        desk.note(1, " ", "没有编号")


def test_a_text_too_long_for_a_cell_is_said() -> None:
    desk.blank(1, "某市某局", 2024)
    one = shown("text", 1, "五", "字" * 40_000)
    assert "text-too-long" in rules_of(one)
    with pytest.raises(GoujiError):
        desk.workbook(1)
    before = shown("shown", 1)
    with pytest.raises(GoujiError):
        desk.text(1, "六", "字" * 4_000_000)
    assert shown("shown", 1) == before


@pytest.mark.parametrize("field", ["version", "blank_is_zero", ""])
def test_what_the_form_does_not_have_is_no_change(field: str) -> None:
    before = shown("blank", 1, "某市某局", 2024)
    for name, arguments in (("cover", (field, "x")), ("text", (field, "x")), ("declared", ("table1", "1"))):
        with pytest.raises(KeyError):
            getattr(desk, name)(1, *arguments)
    with pytest.raises(KeyError):
        desk.typed(1, json.dumps({"t3.new.natural": "1", "t9.x.y": "2"}))
    assert shown("shown", 1) == before


# ---------------------------------------------------------------- last year


def test_last_years_file_on_the_desk_is_compared_with_and_judged_again_as_it_changes() -> None:
    now, last = made("pt-gaj-2022", "甲市公安局"), made("pt-gaj-2021", "甲市公安局")
    assert put(1, now)["prior"] is None
    first, second = asked("check", 2, "去年.xlsx", write(last))
    assert (first["number"], second["number"]) == (2, 1)
    assert second["prior"] | {"said": ""} == {
        "source": "desk",
        "path": "去年.xlsx",
        "unit": "甲市公安局",
        "year": 2021,
        "number": 2,
        "said": "",
    }
    answer = asked("typed", 2, json.dumps({"t3.carried_out.natural": "55"}))
    assert [one["number"] for one in answer] == [2, 1]
    assert any("55" in finding["message"] for finding in answer[1]["findings"])
    assert [one["number"] for one in asked("typed", 1, json.dumps({"t3.new.natural": "9"}))] == [1]
    (left,) = asked("remove", 2)
    assert left["number"] == 1 and left["prior"] is None


def test_what_was_given_wins_over_the_desk_and_that_over_what_was_typed() -> None:
    now, last = made("pt-gaj-2022", "甲市公安局"), made("pt-gaj-2021", "甲市公安局")
    given = last.with_values({"t3.carried_out.natural": 77})
    one = shown("check", 1, "甲.xlsx", write(now, prior=last.with_values({"t3.carried_out.natural": 33})))
    assert one["prior"]["source"] == "typed" and any("33" in f["message"] for f in one["findings"])
    asked("check", 2, "去年.xlsx", write(last.with_values({"t3.carried_out.natural": 55})))
    one = shown("shown", 1)
    assert one["prior"]["source"] == "desk" and any("55" in f["message"] for f in one["findings"])
    one = shown("prior", 1, "给的.json", write(given, to="json"))
    assert one["prior"]["source"] == "given" and any("77" in f["message"] for f in one["findings"])
    assert shown("undo", 1)["prior"]["source"] == "desk"
    assert shown("redo", 1)["prior"]["path"] == "给的.json"
    assert shown("prior", 1, "", b"")["prior"]["source"] == "desk"
    with pytest.raises(GoujiError):
        desk.prior(1, "坏.xlsx", b"PK")


def test_a_unit_is_known_by_its_code_where_its_name_changed() -> None:
    put(1, made("pt-gaj-2022", "甲市公安局", code="A7"))
    asked("check", 2, "去年.xlsx", write(made("pt-gaj-2021", "甲县公安局", code="A7")))
    assert shown("shown", 1)["prior"]["number"] == 2
    shown("cover", 2, "code", "A8")
    assert shown("shown", 1)["prior"] is None


# ---------------------------------------------------------------- steps, names, forms


def test_a_change_that_changes_nothing_is_no_step() -> None:
    desk.blank(1, "某市某局", 2024)
    assert shown("cover", 1, "unit", "某市某局 ")["undo"] == 1, "typed anew, whatever it holds"
    assert shown("cover", 1, "unit", "某市某局")["undo"] == 1
    assert shown("undo", 1)["redo"] == 1
    assert shown("undo", 1)["undo"] == 0
    assert typed(1, {"t3.new.natural": "1"})["redo"] == 0


def test_all_goes_back_to_what_the_file_said() -> None:
    one = put(1, sample_report())
    typed(1, {"t3.new.natural": "98"})
    shown("text", 1, "五", "")
    after = shown("reverted", 1)
    assert after | {"undo": 0} == one and after["undo"] == 3
    assert shown("undo", 1)["texts"] != one["texts"]


@pytest.mark.parametrize(
    "path",
    [
        "a/../b.xlsx",
        "\u202e甲\n.xlsx",
        "甲" * 200 + ".xlsx",
        "",
        "..",
        "a/.",
        "\ud800.xlsx",
        "a\x00b.xlsx",
        "甲.XLSX",
    ],
)
def test_a_file_is_read_whatever_it_is_called(path: str) -> None:
    one = shown("check", 1, path, write(sample_report()))
    assert one["unit"] == sample_report().unit
    json.dumps(one, ensure_ascii=False).encode()
    assert all(name.encode() and "/" not in name for name in asked("names", 1).values())


def test_what_can_not_be_read_is_said_and_takes_no_change() -> None:
    for number, data in enumerate((b"", b"%PDF-1.4", b"{", b"PK\x03\x04", "各科室：请开会。".encode()), 1):
        one = shown("check", number, "甲.xlsx", data)
        assert one["state"] == "unreadable" and not one["readable"] and one["findings"][0]["message"]
    assert asked("undo", 1)[0] == shown("shown", 1)
    for name, arguments in (
        ("typed", ('{"t3.new.natural": "1"}',)),
        ("slip", ()),
        ("word", ()),
        ("draft", ()),
    ):
        with pytest.raises(GoujiError):
            getattr(desk, name)(1, *arguments)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_form_is_drawn_whole(edition: str) -> None:
    one = shown("blank", 1, "某市某局", 2019 if edition == "2019" else 2024)
    drawn = asked("form", one["form"])
    boxes = [box for section in drawn["sections"] if "table" in section for box in section["table"]["boxes"]]
    cells = [box["cell"] for box in boxes if "cell" in box]
    assert sorted(cells) == sorted(one["cells"]) == sorted(load_form(edition).by_id)
    assert all(box["name"].startswith(box["place"]) for box in boxes if "cell" in box)
    for section in drawn["sections"]:
        if table := section.get("table"):
            squares = sum(box["h"] * box["w"] for box in table["boxes"])
            assert squares == table["rows"] * table["columns"]
            assert (len(table["widths"]), len(table["heights"])) == (table["columns"], table["rows"])


def test_a_form_of_two_editions_is_drawn_by_its_key() -> None:
    file = sorted((DATA / "mixed").glob("*.json"))[0]
    one = checked(1, file)
    drawn = asked("form", one["form"])
    cells = {b["cell"] for s in drawn["sections"] for b in s.get("table", {}).get("boxes", ()) if "cell" in b}
    assert drawn["key"] == one["form"] and cells == set(one["cells"])


def test_a_zip_of_slips_leads_to_no_other_place() -> None:
    wrong = sample_report()
    for number, path in enumerate(("a\\..\\..\\x/乙.xlsx", "../../CON/乙.xlsx", "/etc/乙.xlsx"), 1):
        put(number, wrong, path)
        typed(number, {"t3.new.natural": "987"})
    names = zipfile.ZipFile(io.BytesIO(desk.slips())).namelist()
    assert len(names) == 3
    for name in names:
        assert not set('\\:*?"<>|') & set(name) and not name.startswith("/")
        assert not {"..", "CON"} & set(name.split("/"))


# ---------------------------------------------------------------- what is loaded

_WHOLE = """
import json, sys
from pathlib import Path
from gouji.page import desk
started = sorted(sys.modules)
desk.check(1, "甲.xlsx", Path(sys.argv[1]).read_bytes())
desk.check(2, "乙.html", Path(sys.argv[2]).read_bytes())
desk.typed(1, json.dumps({"t3.new.natural": "9"}))
desk.pasted(1, "t3.new.natural", "1\\t2", "<table><tr><td>1</table>")
for made in (desk.slip, desk.workbook, desk.word, desk.web, desk.as_json, desk.draft, desk.names):
    made(1), made(2)
desk.slips()
print(json.dumps([started, sorted(sys.modules)]))
"""


def test_nothing_is_loaded_that_a_browser_does_not_have(tmp_path: Path) -> None:
    """Only the standard library, msgspec and XlsxWriter, and that only once something is written."""
    (tmp_path / "甲.xlsx").write_bytes(write(sample_report()))
    page = DATA / "originals" / "pt-shs-2024.ueditor.html"
    command = [sys.executable, "-c", _WHOLE, str(tmp_path / "甲.xlsx"), str(page)]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    started, loaded = ({name.split(".")[0] for name in names} for names in json.loads(said))
    absent = {"click", "rich", "openpyxl", "pandas", "numpy", "lxml", "docx", "xlwings", "pyarrow", "sqlite3"}
    assert not loaded & absent and "xlsxwriter" in loaded - started
