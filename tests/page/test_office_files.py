"""What an office may drop, and what each file is taken for; what is missing is said in one sentence."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gouji import api
from gouji.errors import GoujiError
from gouji.form import load_form
from gouji.page import office
from gouji.page.office_place import MOST
from gouji.report import Report
from gouji.rules import catalogue
from support import hostile_files, office_page
from support import season as small

FORM = load_form("2021")
#: How an encrypted workbook begins: a compound file.
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)


def counted(unit: str, number: int = 1, year: int = 2024) -> Report:
    values = {c.id: 0 for c in FORM.cells} | {"t2.documents.made": number, "t2.documents.in_force": number}
    texts = {"一": "一年来按要求公开。", "五": "解读材料偏少，将改进。", "六": "未收取信息处理费。"}
    return Report(FORM, unit=unit, year=year, values=dict(values), texts=texts)


def book(unit: str, number: int = 1, year: int = 2024) -> bytes:
    return api.write(counted(unit, number, year))


ROSTER = "单位名称,类别\n甲局,部门\n乙局,部门\n丙局,部门\n".encode("utf-8-sig")
RULES = b"[text-short]\noff = true\n"
ADJUST = "单位,表,行,列,原数,调整数,原因\n汇总,二,行政规范性文件,本年制发件数,2,1,漏报\n".encode("utf-8-sig")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "page"


def test_a_file_that_ends_the_engine_is_named_and_its_unit_not_reminded(root: Path) -> None:
    """As on the command line of one that its process did not survive; read it is not again, until it is
    another one."""
    office_page.begin(
        root, {"报送/甲局.xlsx": book("甲局"), "报送/乙局.xlsx": book("乙局"), "名单.csv": ROSTER}
    )
    ended = json.loads(office.office_ended("报送/乙局.xlsx"))
    assert (ended["state"], ended["unit"]) == ("unreadable", "")
    assert office_page.given()["to_read"] == ["报送/甲局.xlsx"]
    office_page.read()
    shown = office_page.run("某市")
    (unit,) = (one for one in shown["units"] if one["unit"] == "乙局")
    (said,) = (one["message"] for one in shown["problems"] if one["file"] == "乙局.xlsx")
    assert said == catalogue()["unreadable"].parameters["messages"]["killed"]
    (told,) = (one for one in shown["reminders"] if one["unit"] == "乙局")
    assert [one["path"] for one in unit["files"]] == ["乙局.xlsx"] and said.rstrip("。") in told["text"]
    book_of_city = openpyxl.load_workbook(io.BytesIO(office.office_output("某市_2024_汇总.xlsx")))
    rows = ["".join(str(cell.value or "") for cell in row) for row in book_of_city["报送情况"].iter_rows()]
    assert any(unit["label"] in row and "乙局.xlsx" in row and said.rstrip("。") in row for row in rows)
    put = office_page.put("报送/乙局.xlsx", book("乙局", 2))
    assert json.loads(office.office_read(put["path"]))["unit"] == "乙局"


# ---------------------------------------------------------------- what each is taken for


def test_each_file_is_known_by_what_it_holds(root: Path) -> None:
    """Not by its name; what a unit sent serves for nothing else."""
    before = {"报送/甲局.xlsx": book("甲局", 1, 2023), "名单.csv": ROSTER}
    office_page.begin(root, before)
    office_page.run("某市", 2023)
    last = office.office_output("某市_2023_汇总.xlsx")
    files = {"a.csv": ROSTER, "b.csv": ADJUST, "c.toml": RULES, "d.xlsx": last, "报送/甲.xlsx": book("甲局")}
    given = office_page.begin(root, files)
    assert given["used"] == {"roster": "a.csv", "adjust": "b.csv", "rules": "c.toml", "prior": "d.xlsx"}
    assert (given["name"], given["year"]) == ("某市", 2024)
    assert given["to_read"] == ["报送/甲.xlsx"]


def test_a_role_is_chosen_and_taken_away(root: Path) -> None:
    office_page.begin(root, {"报送/甲局.xlsx": book("甲局"), "一.csv": ROSTER, "二.csv": ROSTER})
    assert "一.csv、二.csv" in office_page.given()["missing"]
    assert json.loads(office.office_choose("roster", "二.csv"))["missing"] == ""
    gone = json.loads(office.office_choose("roster", ""))
    assert gone["used"] == {}
    assert gone["choices"]["roster"] == ["一.csv", "二.csv"]
    assert gone["missing"]
    assert json.loads(office.office_remove("二.csv"))["choices"]["roster"] == ["一.csv"]


def test_own_texts_by_a_file(root: Path) -> None:
    """The city's own report gives the texts; it is no submission."""
    own = counted("某市")
    own.texts = {
        "一": "本市全年公开信息一千条。" * 8,
        "五": "存在解读不够的问题。",
        "六": "未收取信息处理费。",
    }
    files = {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局"), "本级.xlsx": api.write(own)}
    office_page.begin(root, files)
    json.loads(office.office_choose("city", "本级.xlsx"))
    office_page.read()
    shown = office_page.run("某市", 2024)
    (own_file,) = [one for one in shown["units"] for file in one["files"] if file["path"] == "本级.xlsx"]
    assert (own_file["state"], own_file["counted"]) == ("aside", False)
    assert "本市全年公开信息一千条".encode() in office.office_output("某市_2024_年度报告.html")


# ---------------------------------------------------------------- odd files


def test_no_bad_file_stops_the_rest(root: Path) -> None:
    """Broken, hostile, encrypted, a letter, a text about something else: each is named with why, and the good
    one counts."""
    with zipfile.ZipFile(root.parent / "信.docx", "w") as letter:
        letter.writestr("word/document.xml", "<w:document/>")
    hostile = hostile_files.changed(hostile_files.in_strings(hostile_files.many(b"<si><t>x</t></si>")))
    files: dict[str, Path | bytes] = {
        "报送/甲局.xlsx": book("甲局"),
        "报送/断.xlsx": book("乙局")[:3000],
        "报送/密.xlsx": COMPOUND,
        "报送/大.xlsx": hostile,
        "报送/空.xlsx": b"",
        "报送/信.docx": root.parent / "信.docx",
        "报送/通知.txt": "各科室：请于周五下午参加会议。".encode(),
        "报送/图.png": b"\x89PNG",
        "报送/~$甲局.xlsx": b"lock",
        "名单.csv": ROSTER,
    }
    office_page.begin(root, files)
    states = {one["path"]: one["state"] for one in office_page.read()}
    assert states["报送/甲局.xlsx"] not in ("unreadable", "aside")
    for bad in ("断.xlsx", "密.xlsx", "大.xlsx", "空.xlsx"):
        assert states[f"报送/{bad}"] == "unreadable"
    shown = office_page.run("某市", 2024)
    assert [one["unit"] for one in shown["units"] if one["counted"]] == ["甲局"]
    named = {file["path"] for one in shown["units"] for file in one["files"]}
    assert named == {path.removeprefix("报送/") for path in files if path.startswith("报送/")}
    assert all(one["reason"] for one in shown["units"] if not one["counted"])


def test_two_versions_of_one_unit(root: Path) -> None:
    """Side by side, the cells that differ, and which is newer; neither counts."""
    office_page.begin(root, {"名单.csv": ROSTER})
    for name, number, time in (("甲局.xlsx", 1, 1_700_000_000), ("甲局改.xlsx", 2, 1_700_090_000)):
        file = root.parent / name
        file.write_bytes(book("甲局", number))
        os.utime(file, (time, time))
        office_page.put(f"报送/{name}", file)
    office_page.read()
    (one,) = office_page.run("某市", 2024)["versions"]
    assert [(file["path"], file["newest"]) for file in one["files"]] == [
        ("甲局.xlsx", False),
        ("甲局改.xlsx", True),
    ]
    assert {tuple(each["values"]) for each in one["differences"]} == {("1", "2")}
    assert len(one["differences"]) == 2
    assert one["by"]


def test_a_path_leads_nowhere_but_to_the_desk(root: Path) -> None:
    office_page.begin(root, {"../../outside.csv": ROSTER, "/abs/b.xlsx": book("乙局")})
    lies = [path.relative_to(root) for path in root.rglob("*") if path.is_file() and path.suffix != ".sqlite"]
    assert len(lies) == 2
    assert not (root.parent / "outside.csv").exists()


# ---------------------------------------------------------------- what is missing


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ({}, "报来的文件夹"),
        ({"名单.csv": ROSTER}, "报来的文件夹"),
        ({"报送/甲局.xlsx": b"PK"}, "名单"),
        ({"汇总台.xlsx": b"PK"}, "报送"),
        ({"一季/汇总台.xlsx": b"PK", "一季/报送/甲局.xlsx": b"PK"}, "汇总台"),
    ],
)
def test_what_is_missing_is_one_sentence(root: Path, files: dict[str, Path | bytes], part: str) -> None:
    said = office_page.begin(root, files)["missing"]
    assert part in said
    assert "\n" not in said
    with pytest.raises(GoujiError, match=part):
        office_page.run("某市", 2024)


def test_a_name_is_needed(root: Path) -> None:
    office_page.begin(root, {"报送/甲局.xlsx": book("甲局"), "名单.csv": ROSTER})
    with pytest.raises(GoujiError, match="名称"):
        office_page.run("　", 2024)
    assert office_page.run("某市")["year"] == 2024


def test_more_files_than_a_page_can_take(root: Path) -> None:
    office.office_begin(str(root))
    for number in range(MOST):
        office.office_put(f"报送/深/{number}.txt", b"")
    with pytest.raises(GoujiError, match=str(MOST)):
        office.office_put("报送/一份.txt", b"")
    office.office_put("报送/深/0.txt", b"")


def test_files_one_after_the_other(root: Path) -> None:
    """A late one goes where the folder lies; without a folder all lie together."""
    office_page.begin(root, {"名单.csv": ROSTER, "收到/甲局.xlsx": book("甲局"), "乙局.xlsx": book("乙局")})
    office_page.read()
    shown = office_page.run("某市", 2024)
    assert sorted(shown["files"].items()) == [("乙局.xlsx", "乙局.xlsx"), ("甲局.xlsx", "收到/甲局.xlsx")]
    office_page.begin(root, {"甲局.xlsx": book("甲局"), "名单.csv": ROSTER, "乙局.xlsx": book("乙局")})
    assert [one["unit"] for one in office_page.read()] == ["甲局", "乙局"]
    assert sum(one["counted"] for one in office_page.run("某市", 2024)["units"]) == 2


# ---------------------------------------------------------------- once more


def test_a_run_again_reads_nothing_again(root: Path) -> None:
    """And replaces its own results; what came in between is in the second."""
    office_page.begin(root, {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局")})
    office_page.read()
    first = office_page.run("某市", 2024)
    office_page.put("报送/乙局.xlsx", book("乙局"))
    assert office_page.given()["to_read"] == ["报送/乙局.xlsx"]
    office_page.read()
    second = office_page.run("某市", 2024)
    assert [len([u for u in run["units"] if u["counted"]]) for run in (first, second)] == [1, 2]
    assert {one["path"] for one in second["outputs"]} >= {"某市_2024_汇总.xlsx", "清单.json"}


def test_a_problem_is_called_by_its_unit(root: Path) -> None:
    """What the city finds in one unit is that unit's; errors come first."""
    files: dict[str, Path | bytes] = {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局")}
    office_page.begin(root, files | {"报送/乙一.xlsx": book("乙局", 1), "报送/乙二.xlsx": book("乙局", 2)})
    office_page.read()
    problems = office_page.run("某市", 2024)["problems"]
    units = {one["rule"]: one["unit"] for one in problems if one["rule"].startswith("unit-")}
    assert (units["unit-missing"], units["unit-duplicate"]) == ("丙局", "乙局")
    remedies = {one["rule"]: one["remedy"] for one in problems}
    assert "移走" in remedies["unit-duplicate"]
    for name in ("“撤并”", "“以…为准”"):
        assert not any(name in remedies[rule] for rule in ("unit-missing", "unit-duplicate"))
    levels = [one["level"] for one in problems]
    assert levels == sorted(levels, key=["error", "warning", "hint"].index)
    assert len(set(levels)) > 1


def test_units_with_something_to_do_come_first(root: Path) -> None:
    """By their states, within one as the roster has them; files of nobody before what is in order."""
    files: dict[str, Path | bytes] = {"报送/通知.txt": "各科室：请于周五参加会议。".encode()}
    for name in ("甲局", "丙局", "丁局", "无名局"):
        report = counted(name, 0)
        report.texts = {
            "一": f"{name}按要求公开。" * 40,
            "五": f"{name}解读偏少。" * 40,
            "六": f"{name}未收费。",
        }
        if name == "丁局":
            report.values["t3.new.natural"] = 3
        files[f"报送/{name}.xlsx"] = api.write(report)
    names = "单位名称\n" + "".join(f"{name}局\n" for name in "甲乙丙丁戊")
    office_page.begin(root, files | {"名单.csv": names.encode("utf-8-sig")})
    office_page.read()
    units = office_page.run("某市", 2024)["units"]
    assert [(one["unit"], one["state"]) for one in units] == [
        ("乙局", "missing"),
        ("戊局", "missing"),
        ("丁局", "wrong"),
        ("无名局", "stranger"),
        ("甲局", "complete"),
        ("丙局", "complete"),
        ("", "aside"),
    ]


def test_name_and_year_are_corrected_after_a_run(root: Path) -> None:
    """The page's own earlier results are in nobody's way; where the run fails they are as they were."""
    office_page.begin(root, {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局")})
    office_page.read()
    office_page.run("太仓市", 2024)
    shown = office_page.run("昆山市", 2024)
    assert {one["path"] for one in shown["outputs"]} >= {"昆山市_2024_汇总.xlsx", "清单.json"}
    assert not [one for one in shown["outputs"] if "太仓" in one["path"]]
    office.office_choose("rules", "")
    office_page.put("规则.toml", b"[no-such-rule]\noff = true\n")
    json.loads(office.office_choose("rules", "规则.toml"))
    with pytest.raises(GoujiError, match=r"^“?规则\.toml"):
        office_page.run("常熟市", 2023)
    assert office.office_output("昆山市_2024_汇总.xlsx").startswith(b"PK")


def test_results_that_came_along_are_not_overwritten(root: Path) -> None:
    """And the sentence calls them as they were dropped."""
    files: dict[str, Path | bytes] = {"名单.csv": ROSTER, "报送/甲局.xlsx": book("甲局")}
    office_page.begin(root, files)
    office_page.run("太仓市", 2024)
    came = {f"汇总结果/{path}": content for path, content in _results(root).items()}
    office_page.begin(root.parent / "again", files | came)
    office_page.read()
    with pytest.raises(GoujiError, match="昆山市") as refused:
        office_page.run("昆山市", 2024)
    assert "“汇总结果/" in refused.value.message
    assert str(root.parent) not in refused.value.message


def _results(root: Path) -> dict[str, bytes]:
    folder = next(root.rglob("汇总结果"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_people_wrote_into_results_is_carried_on(tmp_path: Path, root: Path) -> None:
    """As on the command line: the season is dropped with its 结果, a text in the workbook changed by hand."""
    folder = small.season(tmp_path / "某市2024")
    first = small.workbook(small.run(folder))
    small.typed(first, "五", {"A4": "这一段是在结果里手工写的，下一次汇总应当沿用。"})
    office_page.begin(root, dict(office_page.dropped(folder)))
    office_page.read()
    shown = office_page.run(time="2025-01-21T10:00:00")
    assert shown["folder"].startswith("结果/第002次")
    report = office.office_output("某市_2024_年度报告.html").decode()
    again = small.run(folder, time=small.TIME.fromisoformat("2025-01-21T10:00:00"))
    assert again.folder
    assert report == (again.folder / "某市_2024_年度报告.html").read_text("utf-8")
    assert "下一次汇总应当沿用" in report


def test_with_a_desk_remedies_lead_to_it(tmp_path: Path, root: Path) -> None:
    folder = small.season(tmp_path / "某市2024")
    next(iter(sorted((folder / "报送").iterdir()))).unlink()
    given = office_page.begin(root, dict(office_page.dropped(folder)))
    assert given["folder"] == "某市2024"
    office_page.read()
    problems = office_page.run(time="2025-01-21T10:00:00")["problems"]
    assert [one for one in problems if one["rule"] == "unit-missing" and "“撤并”" in one["remedy"]]
