"""What a stranger writes into the very hidden sheet of a workbook, or into ``meta`` of a JSON file, stops no
run: the good file beside it is summed, and the run says that not all is well."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from gouji.errors import Refused
from gouji.form import LIMIT, load_form
from gouji.report import Report
from gouji.workbook.kind import (
    Part,
    as_consolidated,
    earlier_of,
    kept_out,
    list_kind,
    meta_of,
    parts_of,
    whose,
)
from gouji.workbook.limits import MAX_OF_PARTS, MAX_PARTS
from gouji.workbook.reading.kept import check_kept
from gouji.workbook.reading.reader import template_data
from gouji.workbook.reading.sheets import open_book
from support.command import Run, runner
from support.hostile_parts import good
from support.loaded import loaded

DIGITS, NESTED, BIDI = "9" * 5000, "[" * 30_000, "\u202e局\u2066"
HOSTILE = {
    "digits": DIGITS,
    "weight": f"abc/{DIGITS} 1",
    "nested": NESTED,
    "objects": '{"a":' * 6000,
    "empty": "",
    "nan": "NaN",
    "large": f'{{"year":{10**4000},"cells":{{}}}}',
    "bidi": BIDI,
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def with_rows(content: bytes, *rows: tuple[str, ...]) -> bytes:
    book = loaded(content)
    for row in rows:
        book["gouji"].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def keys() -> list[str]:
    """Every key that the program writes there, and those of a result and of a list."""
    own = [key for key in template_data(open_book(good())) if key]
    beside = ["kind", "result.unit", "result.year", "part", "part.lines", "left_out", "earlier"]
    return list(dict.fromkeys((*own, *beside, "note", "unplaced", "confirmed", "provenance", "imported")))


def summed(run: Run, folder: Path) -> str:
    """What a run over the folder says; 乙局 is in the sum."""
    roster = folder.with_suffix(".csv")
    roster.write_text("单位名称\n乙局\n丙局\n丁局\n", encoding="utf-8")
    more = ("--name", "某市", "--year", "2019", "--roster", roster, "-o", folder.parent / "out")
    ran = run("consolidate", folder, *more)
    assert ran.code == 1 and "Traceback" not in ran.out + ran.err, ran
    assert "乙局（" not in ran.out, ran.out
    return ran.out


@pytest.mark.parametrize("kind", ["", "consolidated", "detail"])
@pytest.mark.parametrize("name", HOSTILE)
def test_what_any_key_says_of_a_file_raises_nothing(name: str, kind: str) -> None:
    said = HOSTILE[name]
    rows = [("kind", kind)] if kind else []
    for key in keys():
        told = [*rows, (key, said, said), (key, "乙局", said)]
        data: dict[str, list[tuple[str, ...]]] = {}
        for head, *texts in told:
            data.setdefault(head, []).append((*texts, "")[:2])
        report = Report(load_form("2019"), year=2019, meta=meta_of(data))
        for part in parts_of(report) or ():
            assert part.weight < 10**6 and part.weights() is not None
        for out in kept_out(report) or ():
            assert out.report.year < 10_000
        assert all(one.year < 2019 for one in earlier_of(report))
        assert whose(data)[1] < 10_000 and (list_kind(data) or kind != "detail")


@pytest.mark.parametrize("kind", ["consolidated", "detail"])
def test_a_run_sums_the_good_file_beside_hostile_hidden_sheets(kind: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "乙.xlsx").write_bytes(good("乙局"))
    rows = [
        (key, who, said)
        for key in ("part", "part.lines", "left_out", "earlier", "result.year")
        for who, said in (("戊局", DIGITS), ("戊局", f"abc/{DIGITS} 1"), ("己局", NESTED), ("2018", "NaN"))
    ]
    told = ("kind", kind), ("result.unit", "丙局"), ("result.year", DIGITS)
    (folder / "丙.xlsx").write_bytes(with_rows(good("丙局"), *told, *rows))
    said = summed(run, folder)
    assert kind == "consolidated" or "丙.xlsx" in said


def test_a_run_sums_the_good_file_beside_hostile_json(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "乙.xlsx").write_bytes(good("乙局"))
    many = {"unit": "戊局", "digest": f"a/{DIGITS}", "lines": f"a/{DIGITS}", "code": [[[]]] * 5}
    numbers = {"edition": "2019", "layout": {}, "cells": {load_form("2019").cells[0].id: 10**4000}}
    meta = {
        "units": [many, {"unit": BIDI + "\u0000", "digest": None}, 5],
        "left_out": [{"unit": {"a": []}, "year": 10**4000, **numbers}],
        "earlier": [{"year": 2018, **numbers}, {"year": -(10**4000)}],
    }
    (folder / "丙.json").write_text(
        json.dumps({"unit": "丙局", "year": 2019, "meta": {"consolidated": meta}}), encoding="utf-8"
    )
    (folder / "丁.json").write_text(
        json.dumps({"unit": "丁局", "year": 2019, "meta": {"consolidated": {"units": [{"digest": 0}]}}})[:-3]
        + f',"x":{DIGITS}}}}}}}',
        encoding="utf-8",
    )
    assert "丁.json" in summed(run, folder)


def test_numbers_of_a_result_are_those_that_a_form_holds() -> None:
    cell = load_form("2019").cells[0].id
    for number, kept in ((LIMIT, LIMIT), (LIMIT + 1, 0), (-LIMIT, -LIMIT)):
        told = {"year": 2018, "edition": "2019", "layout": {}, "cells": {cell: number}}
        report = Report(load_form("2019"), year=2019, meta={"consolidated": {"earlier": [told]}})
        (one,) = earlier_of(report)
        assert one.number(cell) == kept


@pytest.mark.parametrize(
    ("parts", "each", "refused"),
    [
        (MAX_PARTS, 10, ""),
        (MAX_PARTS + 1, 10, "too_many_parts"),
        (1, MAX_OF_PARTS, ""),
        (1, MAX_OF_PARTS + 1, "too_much_of_parts"),
    ],
)
def test_a_result_names_as_many_units_as_a_province_has(parts: int, each: int, refused: str) -> None:
    meta = as_consolidated([Part("局" * each)] * parts)
    report = Report(load_form("2019"), year=2019, meta=meta)
    if not refused:
        check_kept(report)
        return
    with pytest.raises(Refused) as said:
        check_kept(report)
    assert said.value.key == refused and f"{max(parts, each):,}" in said.value.message


def test_a_unit_taken_out_by_a_strangers_result_is_an_error(run: Run, tmp_path: Path) -> None:
    """Whatever calls itself a result and lists 乙局: that its own file is not summed is said, both files
    named, and the run is not whole."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "乙.xlsx").write_bytes(good("乙局"))
    listed = (("kind", "consolidated"), ("part", "乙局", "abc/9 1"))
    (folder / "丁.xlsx").write_bytes(with_rows(good("丁局"), *listed))
    roster = tmp_path / "roster.csv"
    roster.write_text("单位名称\n乙局\n丁局\n", encoding="utf-8")
    out = tmp_path / "out"
    ran = run("consolidate", folder, "--name", "某市", "--year", "2019", "--roster", roster, "-o", out)
    assert ran.code == 1
    assert "乙局（重复汇总；已含在 丁局 的汇总结果（丁.xlsx）中" in ran.out
    book = openpyxl.load_workbook(next(out.glob("*_汇总.xlsx")))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("重复汇总：乙局 的 乙.xlsx" in text and "丁.xlsx" in text for text in texts)
