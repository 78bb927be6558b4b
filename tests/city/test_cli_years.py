"""``--prior`` and ``--adjust`` on the command line: last year's city file for everybody."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gouji.city.sheets.workbook import city_workbook
from gouji.cli import app, main
from gouji.report import dumps, to_json
from gouji.workbook.reading.reader import read_workbook
from support.csv_files import roster_csv
from support.filled import write_workbook
from support.years import roster_of, sum_up, unit

pytestmark = pytest.mark.slow


def gouji(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city office in 2024: last year's file, the roster, and what two of three units sent."""
    folder = tmp_path_factory.mktemp("市政府办")
    old = [
        unit("甲局", 2023, "001", new=9, carried_out=3),
        unit("乙局", 2023, "002", new=5, carried_out=2),
        unit("市政府办公室", 2023, "003", new=4, carried_out=1),
    ]
    (folder / "上年.xlsx").write_bytes(city_workbook(sum_up(old)))
    this = [
        unit("甲局", 2024, "001", carried_in=3),
        unit("乙局", 2024, "002", carried_in=1),
        unit("市政府办公室", 2024, "003", carried_in=1),
    ]
    (folder / "名单.csv").write_bytes(roster_csv(roster_of(*this, 市政府办公室="本级")))
    (folder / "报送").mkdir()
    for report in this:
        (folder / "报送" / f"{report.unit}.xlsx").write_bytes(write_workbook(report))
    return folder


def carried(result: Result) -> dict[str, list[str]]:
    rules = ("carry-over", "prior-absent", "cover-prior")
    entries = json.loads(result.stdout)
    return {e["unit"]: [f["id"] for f in e["findings"] if f["rule"] in rules] for e in entries}


def refused(*arguments: object) -> None:
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in arguments])
    assert stop.value.code == 2


def test_validate_finds_each_units_own_row(desk: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "丁局.json"
    stranger.write_text(dumps(to_json(unit("丁局", 2024))), "utf-8")
    files = [desk / "报送" / "甲局.xlsx", desk / "报送" / "乙局.xlsx", stranger]
    found = carried(gouji("validate", *files, "--json", "--prior", desk / "上年.xlsx"))
    assert found == {"甲局": [], "乙局": ["carry-over:t3.total"], "丁局": ["prior-absent:prior"]}


def test_validate_compares_the_city_with_the_city(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "某市.json"
    path.write_text(dumps(to_json(unit("某市", 2024, carried_in=5))), "utf-8")
    assert carried(gouji("validate", path, "--json", "--prior", desk / "上年.xlsx")) == {
        "某市": ["carry-over:t3.total"]
    }


def test_templates_for_everybody_know_last_year(desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "模板"
    result = gouji(
        "template", "--year", 2024, "--roster", desk / "名单.csv", "--prior", desk / "上年.xlsx", "-o", out
    )
    assert result.exit_code == 0, result.output
    priors = {p.name[:2]: read_workbook(p).prior for p in sorted(out.iterdir())}
    known = {name: prior.number("t3.carried_out.total") for name, prior in priors.items() if prior}
    assert known == {"甲局": 3, "乙局": 2, "市政": 1}


def test_one_units_report_is_not_everybodys_last_year(desk: Path, tmp_path: Path) -> None:
    given = ("--year", 2024, "--roster", desk / "名单.csv", "-o", tmp_path / "模板")
    refused("template", *given, "--prior", desk / "报送" / "甲局.xlsx")


def consolidate(desk: Path, out: Path, *more: object) -> Result:
    given = ("--roster", desk / "名单.csv", "--name", "某市", "--year", 2024, "-o", out)
    return gouji("consolidate", desk / "报送", *given, *more)


def problems(out: Path) -> list[tuple[str, str]]:
    """(unit, finding's id) of the sheet 问题."""
    sheet = openpyxl.load_workbook(out / "某市_2024_汇总.xlsx")["问题"]
    heads, *rows = sheet.iter_rows(3, values_only=True)
    return [(str(row[0]), str(row[heads.index("编号")])) for row in rows]


def test_consolidate_against_last_year(desk: Path, tmp_path: Path) -> None:
    result = consolidate(desk, tmp_path, "--prior", desk / "上年.xlsx")
    assert result.exit_code == 1, "the carry-over of the city is an error"
    found = problems(tmp_path)
    assert ("某市", "city-carry-over:t3.total") in found
    assert ("乙局", "carry-over:t3.total") in found
    book = openpyxl.load_workbook(tmp_path / "某市_2024_汇总.xlsx")
    rows = {row[0]: row[1:4] for row in book["结转核对"].iter_rows(5, values_only=True)}
    assert rows["甲局"] == ("一致", 3, 3)
    assert rows["乙局"] == ("不一致", 2, 1)
    assert rows["市政府办公室"] == ("一致", 1, 1), "the own office is a unit like the others"
    assert read_workbook(tmp_path / "某市_2024_汇总.xlsx").prior, "上年数 is filled for whoever reads it"
    assert (tmp_path / "某市_2024_催报名单.xlsx").exists(), "乙局 has to correct or to explain it"


def test_consolidate_without_last_year_has_no_such_sheet(desk: Path, tmp_path: Path) -> None:
    assert consolidate(desk, tmp_path).exit_code == 0
    names = openpyxl.load_workbook(tmp_path / "某市_2024_汇总.xlsx").sheetnames
    assert not {"结转核对", "调整"} & set(names)


def test_adjustments_bring_the_city_to_what_it_published(desk: Path, tmp_path: Path) -> None:
    rows = [("三", "二、上年结转政府信息公开申请数量"), ("三", "（一）予以公开"), ("三", "（七）总计")]
    lines = [f"乙局,{t},{r},{c},1,1,漏报一件" for t, r in rows for c in ("自然人", "总计")]
    path = tmp_path / "调整.csv"
    path.write_text("\n".join(["单位,表,行,列,原数,调整数,原因", *lines]), "utf-8")
    out = tmp_path / "结果"
    result = consolidate(desk, out, "--prior", desk / "上年.xlsx", "--adjust", path)
    assert result.exit_code == 0, result.output
    report = read_workbook(out / "某市_2024_汇总.xlsx").report
    assert report.number("t3.carried_in.total") == 6
    book = openpyxl.load_workbook(out / "某市_2024_汇总.xlsx")
    assert [row[0] for row in book["调整"].iter_rows(4, values_only=True)] == ["乙局"] * 6
    assert [row[0] for row in book["明细"].iter_rows(6, 10, max_col=1, values_only=True)] == [
        "甲局",
        "乙局",
        "市政府办公室",
        "调整",
        "合计",
    ]
    assert "city-adjusted" in {rule.split(":")[0] for _, rule in problems(out)}


def test_an_adjustment_without_a_reason_is_an_error(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "调整.csv"
    path.write_text("单位,表,行,列,原数,调整数,原因\n汇总,二,行政许可,本年处理决定数量,0,2,\n", "utf-8")
    out = tmp_path / "结果"
    assert consolidate(desk, out, "--adjust", path).exit_code == 1
    assert read_workbook(out / "某市_2024_汇总.xlsx").report.number("t2.licences.decisions") == 0


def test_last_years_file_must_be_last_years(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--roster", desk / "名单.csv", "--name", "某市", "--year", 2025, "-o", tmp_path)
    refused("consolidate", desk / "报送", *given, "--prior", desk / "上年.xlsx")
    assert "是 2023 年的，应为 2024 年的" in capsys.readouterr().err


def test_whom_to_remind(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲局.xlsx").write_bytes((desk / "报送" / "甲局.xlsx").read_bytes())
    out = tmp_path / "结果"
    given = ("--roster", desk / "名单.csv", "--name", "某市", "--year", 2024, "-o", out)
    assert gouji("consolidate", folder, *given).exit_code == 1
    sheet = openpyxl.load_workbook(out / "某市_2024_催报名单.xlsx").active
    heads, *rows = sheet.iter_rows(3, values_only=True)
    assert [(*row[1:4], row[heads.index("情况")]) for row in rows] == [
        ("乙局", "002", "部门", "未报"),
        ("市政府办公室", "003", "本级", "未报"),
    ]


def test_help_says_how_an_adjustment_is_written() -> None:
    text = "".join(gouji("consolidate", "--help").output.split())
    assert "列名：单位、表、行、列、原数、调整数、原因" in text
    assert "本级" in text
