"""Each command as a person calls it: what it writes, says, refuses, and its exit code."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.cli import COMMANDS
from gouji.form import load_form
from gouji.report import Report, canonical, dumps, load, to_json
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support import DATA
from support.command import Run, chinese, refused
from support.filled import write_workbook

SEED = DATA / "seeds" / "seed-4.json"


# ---------------------------------------------------------------- help, usage


def test_help_is_chinese_throughout(run: Run) -> None:
    overview = run("--help")
    assert overview.code == 0
    for name in COMMANDS:
        assert name in overview.out
        shown = run(name, "--help")
        assert shown.code == 0
        assert not re.search("Usage|Options|Show this message|required|default", shown.out)
        for line in shown.out.splitlines():
            if line.strip().startswith("--"):
                assert chinese(line) or len(line.split()) <= 2, line
    assert run("--version").out.startswith("gouji ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "nothing"),
        (["validate"], "FILE"),
        (["fill", str(SEED)], "-o"),
        (["fill", "/no/such.json", "-o", "x.xlsx"], "such.json"),
        (["template", "--year", "二〇二四", "--unit", "x", "-o", "y"], "--year"),
        (["template", "--year", "2024", "--edition", "2030", "--unit", "x", "-o", "y"], "2019"),
        (["template", "--year", "2024", "-o", "y"], "--unit"),
        (["template", "--unit"], "--unit"),
        (["validate", "--jsn", "x"], "--json"),
        (["export", str(SEED), "--to", "rtf", "-o", "y"], "json"),
        (["demo", "a", "b"], "b"),
    ],
)
def test_usage_errors_are_chinese(run: Run, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    refused(ran, said)
    assert not re.search("Error|Invalid|Missing|usage", ran.err)


# ---------------------------------------------------------------- template, fill, export


def test_template(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "新" / "某局.xlsx"
    ran = run(
        "template",
        "--edition",
        "2021",
        "--year",
        "2024",
        "--unit",
        "某市某局",
        "--code",
        "0113",
        "-o",
        target,
    )
    assert ran.code == 0 and str(target) in ran.out
    report = read_workbook(target).report
    assert (report.unit, report.code, report.year, report.form.edition) == ("某市某局", "0113", 2024, "2021")
    assert report.values == {} and report.texts == {}
    before = target.read_bytes()
    refused(run("template", "--year", "2020", "--unit", "x", "-o", target), str(target), "--force")
    assert target.read_bytes() == before
    assert run("template", "--year", "2020", "--unit", "x", "-o", target, "--force").code == 0
    assert read_workbook(target).report.form.edition == "2019"
    assert sorted(p.name for p in target.parent.iterdir()) == ["某局.xlsx"]


def test_template_with_last_years_numbers(run: Run, tmp_path: Path) -> None:
    last = load(DATA / "published" / "pt-htp-2024.json")
    book = tmp_path / "去年.xlsx"
    book.write_bytes(write_workbook(last))
    for number, prior in enumerate((DATA / "published" / "pt-htp-2024.json", book)):
        target = tmp_path / f"{number}.xlsx"
        ran = run("template", "--year", "2025", "--unit", last.unit, "--prior", prior, "-o", target)
        assert ran.code == 0
        found = read_workbook(target).prior
        assert found is not None
        assert found.values == last.values


def test_templates_for_a_roster(run: Run, tmp_path: Path) -> None:
    roster = tmp_path / "名单.csv"
    roster.write_text("单位名称,代码,类别\n某局,0113,部门\n甲/乙街道,,街道\n", "utf-8")
    out = tmp_path / "模板"
    out.mkdir()
    ran = run("template", "--year", "2024", "--roster", roster, "-o", out)
    assert ran.code == 0 and "2" in ran.out
    units = {(r.unit, r.code) for p in out.iterdir() if (r := read_workbook(p).report)}
    assert units == {("某局", "0113"), ("甲/乙街道", None)}
    refused(run("template", "--year", "2024", "--roster", roster, "-o", out), "--force")
    refused(run("template", "--year", "2024", "--roster", roster, "-o", roster), "名单.csv")
    refused(
        run("template", "--year", "2024", "--roster", roster, "--unit", "某局", "-o", tmp_path / "x"),
        "--roster",
    )
    roster.write_text("名称\n某局\n", "utf-8")
    refused(run("template", "--year", "2024", "--roster", roster, "-o", tmp_path / "y"), "单位名称")


@pytest.mark.parametrize("path", sorted(DATA.glob("seeds/*.json")), ids=lambda p: p.stem)
def test_fill_validate_export(run: Run, path: Path, tmp_path: Path) -> None:
    """The published tables: into the workbook cell for cell, no error, and back."""
    book, again = tmp_path / "表.xlsx", tmp_path / "表.json"
    assert run("fill", path, "-o", book).code == 0
    ran = run("validate", book, "--json")
    (entry,) = json.loads(ran.out)
    assert [f for f in entry["findings"] if f["level"] == "error"] == []
    assert ran.code == 0
    assert run("export", book, "--to", "json", "-o", again).code == 0
    assert canonical(load(again)) == canonical(load(path))
    assert again.read_text("utf-8") == dumps({**to_json(load(path)), "meta": {}})


def test_fill_takes_each_sheet_in_its_edition(run: Run, tmp_path: Path) -> None:
    path, book = tmp_path / "混.json", tmp_path / "混.xlsx"
    data = {"unit": "某局", "year": 2021, "edition": "2021", "layout": {"table3": "2019"}}
    path.write_text(json.dumps(data), "utf-8")
    assert run("fill", path, "-o", book).code == 0
    assert read_workbook(book).report.form is load_form("2021", {"table3": "2019"})


def test_fill_and_export_refuse(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "坏.json"
    bad.write_text('{"year": 2024', "utf-8")
    refused(run("fill", bad, "-o", tmp_path / "x.xlsx"), "JSON")
    long = tmp_path / "长.json"
    long.write_text(json.dumps({"year": 2024, "texts": {"五": "字" * 40_000}}), "utf-8")
    refused(run("fill", long, "-o", tmp_path / "x.xlsx"), "长.json", "五")
    refused(run("export", SEED.parent, "--to", "json", "-o", tmp_path / "y.json"), "文件夹")
    other = tmp_path / "x.xlsx"
    other.write_bytes(b"PK\x03\x04")
    refused(run("export", other, "-o", tmp_path / "y.json"))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["坏.json", "长.json", "x.xlsx"])
    refused(run("fill", SEED, "-o", bad), ".xlsx")
    refused(run("fill", SEED, "-o", bad / "内" / "x.xlsx"))


def test_export_of_a_shifted_form_says_so(run: Run, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(write_workbook(load(SEED))))
    book["三"].insert_rows(12)
    path = tmp_path / "错位.xlsx"
    book.save(path)
    ran = run("export", path, "-o", tmp_path / "x.json")
    assert ran.code == 1 and "“三”表第 12 行是插入的空行" in ran.err


# ---------------------------------------------------------------- validate


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """太仓市 with one wrong cell, and a fee that is negative."""
    report = load(SEED)
    report.values["t3.new.natural"] = report.number("t3.new.natural") + 1
    report.values["t2.procurement.purchase_amount"] = -1_500_000
    path = tmp_path / "错.json"
    path.write_text(dumps(to_json(report)), "utf-8")
    return path


def check_shape(entry: dict[str, Any]) -> None:
    assert list(entry) == ["file", "unit", "year", "edition", "state", "findings", "returned"]
    for finding in entry["findings"]:
        keys = [
            "rule",
            "id",
            "level",
            "message",
            "remedy",
            "left",
            "right",
            "difference",
            "cells",
            "suspects",
        ]
        assert list(finding)[:10] == keys
        assert finding["id"].startswith(finding["rule"] + ":")
        assert finding["level"] in ("error", "warning", "hint")
        for side in ("left", "right", "difference"):
            assert finding[side] is None or isinstance(finding[side], int | str)
        for cell in finding["cells"]:
            assert list(cell) == ["id", "table", "row", "column", "sheet", "address", "value"]
        for suspect in finding["suspects"]:
            assert list(suspect)[:7] == ["id", "table", "row", "column", "sheet", "address", "value"]
            assert isinstance(suspect["certain"], bool)


def test_json_is_a_list_with_one_object_a_file(run: Run, wrong: Path, tmp_path: Path) -> None:
    book = tmp_path / "错.xlsx"
    assert run("fill", wrong, "-o", book).code == 0
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"nothing")
    ran = run("validate", wrong, book, bad, SEED, tmp_path / "没有.json", "--json")
    assert ran.code == 2
    entries = json.loads(ran.out)
    assert [e["file"] for e in entries] == [str(p) for p in (wrong, book, bad, SEED, tmp_path / "没有.json")]
    for entry in entries:
        check_shape(entry)
    states = [e["state"] for e in entries]
    assert states[:3] == ["error", "error", "unreadable"] and states[4] == "unreadable"
    assert states[3] in ("clean", "hint", "warning")
    for entry in (entries[2], entries[4]):
        assert (entry["unit"], entry["year"], entry["edition"]) == (None, None, None)
        (finding,) = entry["findings"]
        assert finding["rule"] == "unreadable" and finding["level"] == "error"
        assert chinese(finding["message"]) and "\n" not in finding["message"]
        assert not re.search("No such|Errno", finding["message"])
    # A workbook and the JSON it was made from say the same.
    assert entries[0]["findings"] == entries[1]["findings"]
    assert (entries[0]["unit"], entries[0]["year"], entries[0]["edition"]) == ("太仓市", 2019, "2019")


def test_json_names_cells_as_the_interchange_form_and_the_template_do(run: Run, wrong: Path) -> None:
    (entry,) = json.loads(run("validate", wrong, "--json").out)
    form = load_form("2019")
    data = json.loads(wrong.read_text("utf-8"))
    seen = 0
    for finding in entry["findings"]:
        for cell in finding["cells"]:
            held = data[cell["table"]][cell["row"]][cell["column"]]
            held = held["value"] if isinstance(held, dict) else held
            assert cell["value"] == held
            assert (cell["sheet"], cell["address"]) == layout_of(form).locate(cell["id"])
            seen += 1
    assert seen
    (money,) = [f for f in entry["findings"] if f["rule"] == "cell-money"]
    assert money["cells"][0]["value"] == "-1.5"
    # The wrong cell is named once, with the value that would be right.
    (cause,) = [f for f in entry["findings"] if f["level"] == "error" and f["rule"] != "cell-money"]
    assert cause["suspects"][0]["id"] == "t3.new.natural"
    assert cause["suspects"][0]["suggested"] == load(SEED).number("t3.new.natural")


def test_exit_codes(run: Run, wrong: Path, tmp_path: Path) -> None:
    assert run("validate", SEED).code == 0
    assert run("validate", wrong).code == 1
    assert run("validate", wrong, SEED).code == 1
    assert run("validate", tmp_path / "没有.xlsx").code == 2
    assert run("validate", wrong, tmp_path / "没有.xlsx").code == 2


def test_validate_for_people(run: Run, wrong: Path) -> None:
    ran = run("validate", wrong)
    assert "太仓市" in ran.out and "错误" in ran.out and "怎样改" in ran.out
    sheet, address = layout_of(load_form("2019")).locate("t3.new.natural")
    assert f"{sheet}!{address}" in ran.out
    assert "{" not in ran.out and "None" not in ran.out
    assert "\x1b" not in ran.out, "colours are for terminals"


def test_validate_against_last_year(run: Run, tmp_path: Path) -> None:
    this, last = (DATA / "published" / f"pt-htp-202{n}.json" for n in (5, 4))
    (entry,) = json.loads(run("validate", this, "--prior", last, "--json").out)
    assert entry["state"] in ("clean", "hint", "warning", "error")
    refused(run("validate", this, "--prior", tmp_path / "没有.json"), "没有.json")


def test_a_city_switches_a_rule_off(run: Run, wrong: Path, tmp_path: Path) -> None:
    settings = tmp_path / "本地.toml"
    settings.write_text("[cell-money]\noff = true\n", "utf-8")
    (entry,) = json.loads(run("validate", wrong, "--rules", settings, "--json").out)
    assert "cell-money" not in [f["rule"] for f in entry["findings"]]
    settings.write_text("[no-such-rule]\noff = true\n", "utf-8")
    refused(run("validate", wrong, "--rules", settings), "no-such-rule")


@pytest.fixture
def odd_files(tmp_path: Path) -> Iterator[list[Path]]:
    """What people hand in instead of a workbook."""
    contents = {
        "空.xlsx": b"",
        "文本.xlsx": "单位,数量\n".encode("gbk"),
        "网页.xls": b"<html><table></table></html>",
        "旧.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "扫描.pdf": b"%PDF-1.4\n",
        "半个.xlsx": write_workbook(Report(load_form("2021")))[:20_000],
        "数组.json": b"[1, 2]",
        "重复.json": b'{"year": 2024, "year": 2023}',
        "~$打开.xlsx": b"\x05abc",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    yield sorted(tmp_path.iterdir())


def test_one_bad_file_never_stops_the_rest(run: Run, odd_files: list[Path]) -> None:
    ran = run("validate", *odd_files, SEED, "--json")
    entries = json.loads(ran.out)
    assert ran.code == 2
    assert [e["state"] for e in entries[:-1]] == ["unreadable"] * len(odd_files)
    assert entries[-1]["unit"] == "太仓市"
    for entry in entries[:-1]:
        message = entry["findings"][0]["message"]
        assert chinese(message) and "\n" not in message and len(message) < 120
        assert not re.search("Error|error|Expecting|codec|Traceback", message), message


# ---------------------------------------------------------------- as an installed program


def test_as_a_program(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("gouji")
    ran = subprocess.run([program, "validate", SEED, "--json"], capture_output=True, check=False)
    assert ran.returncode == 0
    assert json.loads(ran.stdout)[0]["unit"] == "太仓市"
    # A terminal that can not show Chinese must not break the output.
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(
        [program, "nothing"], capture_output=True, check=False, env=environment, cwd=tmp_path
    )
    assert ran.returncode == 2
    assert "命令" in ran.stderr.decode("utf-8")


def test_what_nobody_foresaw_is_no_finding(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bug of ours must not look like errors in the report (exit code 1)."""

    def broken(*_: object, **__: object) -> bytes:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("gouji.workbook.writer.write_workbook", broken)
    ran = run("fill", SEED, "-o", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("程序内部错误")
    assert "Traceback" in ran.err


def test_what_was_read_is_never_written_over(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "甲局.xlsx"
    assert run("template", "--year", 2024, "--unit", "甲局", "-o", book).code == 0
    before = book.read_bytes()
    refused = run("seal", book, "-o", book, "--force")
    assert refused.code == 2 and "不能写回" in refused.err
    assert run("export", book, "-o", book, "--force").code == 2
    assert run("validate", book, "--report", book, "--force").code == 2
    assert book.read_bytes() == before


def test_last_years_numbers_must_be_last_years_and_the_units(run: Run, tmp_path: Path) -> None:
    prior, out = tmp_path / "上年.xlsx", tmp_path / "今年.xlsx"
    assert run("template", "--year", 2022, "--unit", "甲局", "-o", prior).code == 0
    wrong_year = run("template", "--year", 2024, "--unit", "甲局", "--prior", prior, "-o", out)
    wrong_unit = run("template", "--year", 2023, "--unit", "乙局", "--prior", prior, "-o", out)
    assert (wrong_year.code, wrong_unit.code) == (2, 2)
    assert "2022" in wrong_year.err and "甲局" in wrong_unit.err
    assert not out.exists()
    assert run("template", "--year", 2023, "--unit", "甲局", "--prior", prior, "-o", out).code == 0


def test_fill_takes_no_workbook_and_template_no_odd_year(run: Run, tmp_path: Path) -> None:
    book, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert run("template", "--year", 2024, "--unit", "甲局", "-o", book).code == 0
    filled = run("fill", book, "-o", out)
    assert filled.code == 2 and "gouji export" in filled.err
    odd = run("template", "--year", 20244, "--unit", "甲局", "-o", out)
    assert odd.code == 2 and "2100" in odd.err


def test_rules_are_listed_and_one_is_told_even_when_off(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "本地.toml"
    settings.write_text("[stock]\noff = true\n[carry-over]\noff = true\n", "utf-8")
    listed = run("rules", "--rules", settings)
    assert listed.code == 0
    assert any("stock " in line and "已停用" in line for line in listed.out.splitlines())
    assert "现行有效件数" in run("rules", "stock", "--rules", settings).out
    assert run("rules", "no-such").code == 2
