"""``demo`` and ``consolidate`` end to end: files in, city workbook and Word report out."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import support
from gouji.city.demo import published
from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report, load
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workbook.reading.sheets import open_book
from support.filled import write_workbook
from support.office import Office

pytestmark = pytest.mark.slow

DATA = support.DATA / "published"
DISTRICT = ["pt-gaj-2022", "pt-jtj-2022", "pt-shs-2022", "pt-zhz-2022"]


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    code = stopped.value.code
    return code if isinstance(code, int) else 0


def column(path: Path, sheet: str, number: int) -> list[str]:
    cells = open_book(path).cells(sheet)
    return [raw.raw for (_, c), raw in sorted(cells.items()) if c == number and raw.raw]


# ---------------------------------------------------------------- demo


@pytest.fixture(scope="module")
def demo_city(demonstration: Path) -> Path:
    """Of the second run: the first finds a number that does not add up."""
    first, second = sorted(demonstration.rglob("太仓市_2019_汇总.xlsx"))
    assert read_workbook(first).report.values != read_workbook(second).report.values
    return second


def test_the_demo_is_the_published_report_in_all_198_cells(demonstration: Path, demo_city: Path) -> None:
    units = [p for p in demonstration.rglob("*.xlsx") if p.parent.name == "报送"]
    assert len(units) >= 30
    total = published()
    reading = read_workbook(demo_city)
    assert len(total.form.cells) == 198
    assert reading.report.values == total.values
    assert reading.report.marks == total.marks
    assert list(reading.report.notes) == ["注1", "注2", "注3"]
    assert [f for f in reading.findings if f.level == "error"] == []
    assert list(demonstration.rglob("太仓市_2019_年度报告.docx"))


def test_the_demo_never_overwrites_by_itself(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {p: p.stat().st_mtime_ns for p in demonstration.rglob("*") if p.is_file()}
    assert run("demo", demonstration) == 2
    assert "--force" in capsys.readouterr().err
    assert {p: p.stat().st_mtime_ns for p in demonstration.rglob("*") if p.is_file()} == before


def test_the_demo_consolidates_again_without_a_word(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the season: what was sent, and a roster that this program wrote."""
    (sent,) = (p for p in demonstration.glob("*/*") if p.name == "报送")
    given = ("--roster", demonstration / "应报单位名单.xlsx", "--name", "太仓市", "-o", tmp_path / "again")
    assert run("consolidate", sent, *given) == 0
    assert "汇总 38 个单位（应报 38 个）" in capsys.readouterr().out


def test_the_city_workbook_has_its_sheets_and_locked_values(demo_city: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(demo_city)
    assert {"明细", "报送情况", "问题"} < set(book.sheetnames)
    layout = layout_of(load_form("2019"))
    for cell in layout.form.cells:
        sheet, at = layout.locate(cell.id)
        assert book[sheet][at].protection.locked
        assert book[sheet][at].data_type != "f"


def test_detail_is_summed_and_compared_live(demo_city: Path, office: Office) -> None:
    """Recalculated: every column 一致; a changed table shows at once by how much."""
    layout = layout_of(load_form("2019"))
    with office.open(demo_city) as book:
        book.recalculate()
        rows = book.values("明细", "A1:GZ60")
        same = max(rows, key=lambda row: row.count("一致"))
        assert same.count("一致") == 198
        first, at = same.index("一致"), rows.index(same)
        last = next(i for i, row in enumerate(rows) if row[0] == "合计")
        for i in range(198):
            numbers = [row[first + i] for row in rows[at + 1 : last]]
            assert sum(n for n in numbers if isinstance(n, float)) == pytest.approx(
                rows[last][first + i], abs=1e-6
            )
        sheet, where = layout.locate("t3.new.natural")
        index = next(i for i, c in enumerate(layout.form.cells) if c.id == "t3.new.natural")
        book.ask(f"doc.Sheets.getByName('{sheet}').unprotect('')")
        book.put(sheet, {where: 1000})
        gap = book.value("明细", address(at + 1, first + index + 1))
        assert gap == 1000 - published().number("t3.new.natural")
        assert book.values("明细", "A1:GZ60")[at].count("一致") == 197


def test_a_hard_recalculation_of_the_city_workbook_changes_nothing(demo_city: Path, office: Office) -> None:
    book = open_book(demo_city)
    with office.open(demo_city) as opened:
        opened.recalculate()
        for name in book.sheet_names:
            cells = {at: raw.value for at, raw in book.cells(name).items() if raw.formula}
            if cells:
                rows = opened.values(
                    name, f"A1:{address(max(r for r, _ in cells), max(c for _, c in cells))}"
                )
                found = {(r, c): rows[r - 1][c - 1] for r, c in cells}
                assert {at: v for at, v in found.items() if v != cells[at] and (v or cells[at])} == {}


# ---------------------------------------------------------------- consolidation


def roster(path: Path, *units: str) -> Path:
    path.write_text("单位名称,代码,类别\n" + "".join(f"{u},,部门\n" for u in units), "utf-8")
    return path


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of one district, one of them with two tables of the other edition, and what else lies there."""
    folder = tmp_path_factory.mktemp("区")
    sent = folder / "报送" / "街道"
    sent.mkdir(parents=True)
    reports = {name: load(DATA / f"{name}.json") for name in [*DISTRICT, "pt-htp-2022"]}
    for name, report in reports.items():
        (sent / f"{name}.xlsx").write_bytes(write_workbook(report))
    wrong = reports["pt-gaj-2022"].with_values({"t3.new.total": 999})
    wrong.unit, wrong.code = "错局", None
    (sent / "错局.xlsx").write_bytes(write_workbook(wrong))
    late = Report(load_form("2021"), unit="迟到局", year=2021, blank_is_zero=True)
    (sent / "迟到.xlsx").write_bytes(write_workbook(late))
    (sent.parent / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (sent.parent / "~$pt-gaj-2022.xlsx").write_bytes(b"\x05gouji")
    (sent.parent / "说明.docx").write_bytes(b"x")
    units = [r.unit for r in reports.values()]
    roster(folder / "名单.csv", *units, "错局", "迟到局", "未报局")
    return folder


def consolidate(folder: Path, out: str, *more: str) -> int:
    return run(
        *("consolidate", folder / "报送", "--roster", folder / "名单.csv", "--name", "某区"),
        *("--year", "2022", "--edition", "2021", "-o", folder / out, *more),
    )


@pytest.fixture(scope="module")
def city(district: Path) -> Path:
    assert consolidate(district, "汇总") in (0, 1)
    return district / "汇总" / "某区_2022_汇总.xlsx"


def sums(names: list[str]) -> dict[str, int]:
    """Added from the files, without the project: place -> sum, money in 分."""
    total: dict[str, int] = {}
    for name in names:
        data = json.loads((DATA / f"{name}.json").read_text("utf-8"))
        for table in ("table2", "table3", "table4"):
            for row, cells in data[table].items():
                for label, held in cells.items():
                    held = held["value"] if isinstance(held, dict) else held
                    if isinstance(held, str) and held != "/":
                        whole, _, rest = held.partition(".")
                        held = int(whole + rest.ljust(6, "0"))
                    elif "万元" in label and isinstance(held, int):
                        held *= 1_000_000
                    place = f"{table}/{row}/{label}"
                    total[place] = total.get(place, 0) + (held if isinstance(held, int) else 0)
    return total


def by_place(reading: Reading) -> dict[str, int]:
    return {c.place: reading.report.number(c.id) for c in reading.report.form.cells}


def test_the_sum_is_the_independently_added_sum(city: Path) -> None:
    reading = read_workbook(city)
    assert by_place(reading) == sums(DISTRICT)
    assert reading.report.unit == "某区" and reading.report.year == 2022
    assert (city.parent / "某区_2022_年度报告.docx").stat().st_size > 5_000


def test_what_was_left_out_is_listed_with_its_reason(city: Path, district: Path) -> None:
    cells = open_book(city).cells("报送情况")
    rows: dict[int, dict[int, str]] = {}
    for (row, at), raw in cells.items():
        rows.setdefault(row, {})[at] = raw.raw
    (head,) = (r for r in rows.values() if "单位" in r.values() and "情况" in r.values())
    where = {text: at for at, text in head.items()}
    states = {r.get(where["单位"], ""): r.get(where["情况"], "") for r in rows.values() if r is not head}
    files = {r.get(where["文件"], ""): r.get(where["情况"], "") for r in rows.values() if r is not head}
    taken = {load(DATA / f"{n}.json").unit for n in DISTRICT}
    assert {u for u, s in states.items() if s.startswith(("已报齐", "已报待说明"))} == taken
    assert states[load(DATA / "pt-htp-2022.json").unit] == "已报有误（版式不符）"
    assert states["错局"] == "已报有误"
    assert states["迟到局"] == "未报（交来空白表）"
    assert states["未报局"] == "未报"
    assert files["坏.xlsx"] == "无法读取"
    assert files["说明.docx"] == "不是报送件"
    assert {files[f] for f in files if "~$" in f} == {"打开文件留下的锁，不是报送件"}
    assert any(text == "错误" for text in column(city, "问题", 3))


def test_a_unit_with_errors_only_when_asked_for(district: Path) -> None:
    consolidate(district, "含错", "--include-invalid")
    reading = read_workbook(district / "含错" / "某区_2022_汇总.xlsx")
    gaj = load(DATA / "pt-gaj-2022.json")
    more = sums([*DISTRICT, "pt-gaj-2022"])
    more["table3/一、本年新收政府信息公开申请数量/总计"] += 999 - gaj.number("t3.new.total")
    assert by_place(reading) == more


def test_it_says_what_it_did(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    consolidate(district, "再汇总")
    said = capsys.readouterr()
    assert "某区_2022_汇总.xlsx" in said.out and "某区_2022_年度报告.docx" in said.out
    unit = load(DATA / "pt-htp-2022.json").unit
    assert any(unit in line and "版式不符" in line and "2019" in line for line in said.out.splitlines())
    assert any("错局" in line and "总计" in line for line in said.out.splitlines())
    assert "不作为报送件：说明.docx（" in said.out
    assert consolidate(district, "再汇总") == 2
    assert "--force" in capsys.readouterr().err
    assert consolidate(district, "再汇总", "--force") in (0, 1)


def test_a_city_consolidates_one_level_up(city: Path, demo_city: Path, tmp_path: Path) -> None:
    """Two cities' workbooks are submissions of a province."""
    sent = tmp_path / "各市"
    sent.mkdir()
    (sent / "甲.xlsx").write_bytes(demo_city.read_bytes())
    total = published()
    twice = {c: 2 * v if isinstance(v, int) else v for c, v in total.values.items()}
    other = Report(total.form, unit="另市", year=2019, values=twice)
    (sent / "乙.xlsx").write_bytes(write_workbook(other))
    names = roster(tmp_path / "名单.csv", "太仓市", "另市")
    # The result lies among what was handed in: a second run must not take it for a submission.
    for force in ([], ["--force"]):
        code = run(
            *("consolidate", sent, "--roster", names, "--name", "某省", "--year", 2019, "-o", sent),
            *force,
        )
        assert code == 0
        reading = read_workbook(sent / "某省_2019_汇总.xlsx")
        assert {c: reading.report.value(c) for c in total.values} == {
            c: 3 * v if isinstance(v, int) else v for c, v in total.values.items()
        }


def test_an_empty_folder_is_a_city_without_units(tmp_path: Path, office: Office) -> None:
    (tmp_path / "空").mkdir()
    out = tmp_path / "汇总"
    out.mkdir()
    names = roster(tmp_path / "名单.csv", "某局")
    code = run(
        *("consolidate", tmp_path / "空", "--roster", names, "--name", "某市", "--year", 2024, "-o", out)
    )
    assert code == 1
    path = out / "某市_2024_汇总.xlsx"
    assert read_workbook(path).report.values == {}
    with office.open(path) as book:
        book.recalculate()
        rows = book.values("明细", "A1:Z20")
        assert not any(isinstance(v, str) and v.startswith(("#", "Err:")) for row in rows for v in row)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_notes_of_many_units_have_room(tmp_path: Path) -> None:
    """More notes than a form's block has rows do not stop a city."""
    sent = tmp_path / "报送"
    sent.mkdir()
    form = load_form("2021")
    units = [f"第{i}局" for i in range(14)]
    for i, unit in enumerate(units):
        report = Report(form, unit=unit, year=2024, values=dict.fromkeys((c.id for c in form.cells), 0))  # type: ignore
        report.marks, report.notes = {form.tables["table3"].cells[i].id: "注1"}, {"注1": f"说明{i}"}
        (sent / f"{unit}.xlsx").write_bytes(write_workbook(report))
    names = roster(tmp_path / "名单.csv", *units)
    out = tmp_path / "汇总"
    code = run("consolidate", sent, "--roster", names, "--name", "某市", "--year", 2024, "-o", out)
    assert code == 0
    report = read_workbook(out / "某市_2024_汇总.xlsx").report
    assert list(report.notes) == [f"注{i}" for i in range(1, 15)]
    assert [report.notes[f"注{i + 1}"] for i in range(14)] == [f"第{i}局：说明{i}" for i in range(14)]


def test_injected_advertising_never_reaches_the_word_report_unmarked(
    district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the city's own texts: an error, said on the terminal, and a remark behind it in the document."""
    own = tmp_path / "市级文字.json"
    report = {"unit": "某区", "year": 2022, "texts": {"一": "概况。\n依据《条例老虎机_官网》要求。"}}
    own.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    assert consolidate(district, "植入", "--city", str(own)) == 1
    said = capsys.readouterr().out
    assert "汇总结果中，第一部分有疑似植入的广告：第 2 段“依据《条例【老虎机_官网】》要求。”。" in said
    with zipfile.ZipFile(district / "植入" / "某区_2022_年度报告.docx") as archive:
        document = archive.read("word/document.xml").decode()
    assert "【疑似植入的广告，请删去】" in document and "有 1 处疑似植入的广告" in document
