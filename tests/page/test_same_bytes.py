"""What the page hands out is to the byte what the command line writes."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.report import load
from gouji.workbook.pasting.taken import as_contents
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.zones import zones_of
from gouji.workbook.seal import FIELDS, Seal
from gouji.workbook.writer import write_workbook as written
from support import DATA
from support.archive import UNITS, made, sealed
from support.at_once import brothers
from support.at_the_desk import as_validated, asked, calls, checked, shown, typed
from support.clerks_book import by_openpyxl
from support.command import Run, runner
from support.filled import write_workbook
from support.handed_out import with_macros

ARCHIVE = DATA / "archive" / "0.7.0"
#: Of both editions, with and without something wrong; a 退回单; a result of a city; one that was imported.
WORKBOOKS = sorted(ARCHIVE.glob("*.xls[xm]"))
REPORTS = [
    DATA / "published" / "pt-gaj-2021.json",
    DATA / "originals" / "pt-jtj-2019.json",
    *DATA.glob("mixed/*"),
]
PUBLISHED = [
    DATA / "originals" / name
    for name in ("pt-gaj-2022.form.docx", "pt-shs-2024.ueditor.html", "pt-gaj-2024.tabs.txt", "seed-0.txt")
]
FILES = [*WORKBOOKS, *REPORTS, *PUBLISHED]


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def of_the_command(run: Run, out: Path, *arguments: object) -> bytes:
    ran = run(*arguments, out)
    assert out.exists(), ran.out + ran.err
    return out.read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_the_findings_are_those_of_validate(file: Path, run: Run) -> None:
    one = checked(1, file)
    (said,) = json.loads(run("validate", file, "--json").out)
    as_validated(one, said)


@pytest.mark.parametrize(
    "file", brothers(FILES, lambda file: file.suffix, first=3), ids=lambda file: str(file.name)
)
def test_slip_is_that_of_validate(file: Path, run: Run, tmp_path: Path) -> None:
    checked(1, file)
    name = asked("names", 1)["slip"]
    assert asked("slip", 1) == of_the_command(run, tmp_path / name, "validate", file, "--report")


@pytest.mark.parametrize("file", [WORKBOOKS[0], REPORTS[0], *PUBLISHED[:2]], ids=lambda file: str(file.name))
@pytest.mark.parametrize(("kind", "ending"), [("word", "docx"), ("web", "html"), ("as_json", "json")])
def test_documents_are_those_of_export(file: Path, kind: str, ending: str, run: Run, tmp_path: Path) -> None:
    checked(1, file)
    assert asked(kind, 1) == of_the_command(run, tmp_path / f"a.{ending}", "export", file, "-o")


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: str(file.name))
def test_an_import_is_that_of_import(file: Path, run: Run, tmp_path: Path) -> None:
    checked(1, file)
    assert asked("workbook", 1) == of_the_command(run, tmp_path / "a.xlsx", "import", file, "-o")


def test_a_report_as_json_is_filled_as_by_fill(run: Run, tmp_path: Path) -> None:
    last, file = DATA / "published" / "pt-gaj-2021.json", DATA / "published" / "pt-gaj-2022.json"
    checked(1, file)
    assert asked("workbook", 1) == of_the_command(run, tmp_path / "a.xlsx", "fill", file, "-o")
    shown("prior", 1, last.name, last.read_bytes())
    assert asked("workbook", 1) == of_the_command(
        run, tmp_path / "b.xlsx", "fill", file, "--prior", last, "-o"
    )


@pytest.mark.parametrize("year", [2019, 2024])
def test_a_blank_form_is_that_of_template(year: int, run: Run, tmp_path: Path) -> None:
    shown("blank", 1, "某市某局", year)
    name = asked("names", 1)["workbook"]
    said = of_the_command(run, tmp_path / name, "template", "--unit", "某市某局", "--year", year, "-o")
    assert asked("workbook", 1) == said


def test_a_blank_form_with_last_year_on_the_desk_is_that_of_template_with_prior(
    run: Run, tmp_path: Path
) -> None:
    last = ARCHIVE / "填好并加盖校验标记（2021年版）.xlsx"
    was = checked(2, last)
    one = shown("blank", 1, was["unit"], was["year"] + 1)
    assert one["prior"]["number"] == 2 and one["calm"]
    given = ("--unit", was["unit"], "--year", was["year"] + 1, "--prior", last)
    assert asked("workbook", 1) == of_the_command(run, tmp_path / "a.xlsx", "template", *given, "-o")


def test_a_citys_workbook_gives_last_year_of_the_unit(run: Run, tmp_path: Path) -> None:
    city = ARCHIVE / "汇总.xlsx"
    unit, year = next(iter(UNITS.values())), 2023
    shown("blank", 1, unit, year)
    one = shown("prior", 1, city.name, city.read_bytes())
    assert (one["prior"]["source"], one["prior"]["unit"], one["prior"]["year"]) == ("given", unit, year - 1)
    given = ("--unit", unit, "--year", year, "--prior", city)
    assert asked("workbook", 1) == of_the_command(run, tmp_path / "a.xlsx", "template", *given, "-o")
    shown("blank", 2, "乙县文旅局", year)
    one = shown("prior", 2, city.name, city.read_bytes())
    assert one["prior"]["unit"] == "" and city.name in one["prior"]["said"]


def test_last_year_given_is_that_of_prior(run: Run, tmp_path: Path) -> None:
    last, file = DATA / "published" / "pt-gaj-2021.json", DATA / "published" / "pt-gaj-2022.json"
    checked(1, file)
    one = shown("prior", 1, last.name, last.read_bytes())
    (said,) = json.loads(run("validate", file, "--json", "--prior", last).out)
    assert [f["message"] for f in one["findings"]] == [f["message"] for f in said["findings"]] != []
    assert one["prior"]["source"] == "given"
    told = of_the_command(run, tmp_path / "a.xlsx", "validate", file, "--prior", last, "--report")
    assert asked("slip", 1) == told


def test_a_seal_is_that_of_seal(run: Run, tmp_path: Path) -> None:
    """But for the time at which it was given."""
    file = tmp_path / "甲局.xlsx"
    file.write_bytes(sealed(made("pt-gaj-2022", "甲市公安局")))
    one = checked(1, file)
    assert (one["sealed"], one["sealable"]) == ("intact", "")
    assert _without_time(asked("sealed", 1)) == _without_time(
        of_the_command(run, tmp_path / "印.xlsx", "seal", file, "-o")
    )


def _without_time(book: bytes) -> dict[str, bytes]:
    """The parts of a workbook without the time of its seal."""
    data = read_workbook(book).data
    stamp = Seal(*(data[f"seal.{name}"] for name in FIELDS))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for shown_as in (stamp.time, stamp.shown_time):
        parts = {name: part.replace(shown_as.encode(), b"") for name, part in parts.items()}
    return parts


# ---------------------------------------------------------------- after typing


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_what_was_typed_into_is_what_gouji_writes_for_it(edition: str, run: Run, tmp_path: Path) -> None:
    """Word, JSON, workbook and 退回单 of a changed file: those of a file that says the same."""
    file = ARCHIVE / f"填好并加盖校验标记（{edition}年版）.xlsx"
    one = checked(1, file)
    first = next(cell for cell in one["cells"] if cell.startswith("t2"))
    typed(1, {"t3.new.natural": "98", first: "约三", "t4.review.upheld": ""})
    shown("text", 1, "五", "公开不够及时。\n下一步加强培训，逐项整改落实到位。")
    one = shown("cover", 1, "unit", "乙市交通局")
    same = tmp_path / "same.json"
    same.write_bytes(asked("as_json", 1))
    report = load(same)
    assert report.unit == "乙市交通局" and report.value("t3.new.natural") == 98
    book = tmp_path / "book.xlsx"
    book.write_bytes(asked("workbook", 1))
    assert asked("word", 1) == of_the_command(run, tmp_path / "a.docx", "export", book, "-o")
    (said,) = json.loads(run("validate", book, "--json").out)
    assert [f["message"] for f in one["findings"]] == [f["message"] for f in said["findings"]]
    assert asked("slip", 1) == of_the_command(run, tmp_path / "b.xlsx", "validate", book, "--report")
    prior = asked("shown", 1)[0]["prior"]
    assert prior is None or prior["source"] == "typed"


def test_what_was_pasted_beside_the_form_is_kept(tmp_path: Path) -> None:
    """Typing loses nothing of what lies in 粘贴区."""
    report = made("pt-gaj-2022", "甲市公安局")
    beside: Any = {"pasting": as_contents(report)}
    file = tmp_path / "甲局.xlsx"
    file.write_bytes(written(report, pasted=beside))
    assert zones_of(file)["pasting"]
    checked(1, file)
    typed(1, {"t3.new.natural": "98"})
    assert zones_of(asked("workbook", 1)) == zones_of(file)


@pytest.mark.parametrize("macros", [False, True], ids=["openpyxl", "macros"])
def test_a_slip_is_a_copy_of_what_was_sent(macros: bool, run: Run, tmp_path: Path) -> None:
    from gouji.workshop.sample import sample_report

    file = tmp_path / ("甲局.xlsm" if macros else "甲局.xlsx")
    file.write_bytes(with_macros() if macros else by_openpyxl(write_workbook(sample_report())))
    checked(1, file)
    name = asked("names", 1)["slip"]
    assert name.endswith(file.suffix)
    assert asked("slip", 1) == of_the_command(run, tmp_path / name, "validate", file, "--report")


def test_the_slips_of_all_are_in_one_zip(tmp_path: Path, run: Run) -> None:
    """Names that are there twice are numbered; folders are kept; who has nothing to mend gets none."""
    wrong = ARCHIVE / "有错误并有上年数.xlsx"
    for number, path in enumerate(("一/甲.xlsx", "二/甲.xlsx", "二/甲.xlsx"), 1):
        shown("check", number, path, wrong.read_bytes())
    shown("check", 4, "好.xlsx", sealed(made("pt-gaj-2022", "甲市公安局")))
    archive = zipfile.ZipFile(io.BytesIO(asked("slips")))
    assert archive.namelist() == ["一/甲_退回单.xlsx", "二/甲_退回单.xlsx", "二/甲_退回单（2）.xlsx"]
    shutil.copy(wrong, tmp_path / "甲.xlsx")
    told = of_the_command(run, tmp_path / "b.xlsx", "validate", tmp_path / "甲.xlsx", "--report")
    assert archive.read("一/甲_退回单.xlsx") == told


def test_a_slip_that_can_not_be_written_stops_no_other() -> None:
    wrong = (ARCHIVE / "有错误并有上年数.xlsx").read_bytes()
    long = {"year": 2024, "unit": "乙局", "texts": {"五": "字" * 40_000}}
    shown("check", 1, "长/乙.json", json.dumps(long).encode())
    shown("check", 2, "甲.xlsx", wrong)
    archive = zipfile.ZipFile(io.BytesIO(asked("slips")))
    first, second = archive.namelist()
    assert first == "甲_退回单.xlsx" and archive.read(first) == asked("slip", 2)
    assert "长/乙.json" in archive.read(second).decode()
