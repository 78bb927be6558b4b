"""The JSON Schemas take whatever the commands write, and nothing that the reader would not read whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import gouji
from gouji.cli import main
from gouji.form import load_form
from gouji.report import Report, from_json, to_json
from gouji.workshop.renew import GENERATED, PACKAGE, renew
from gouji.workshop.schema import findings_schema, report_schema
from support import DATA
from support.at_once import brothers
from support.random_reports import reports

pytestmark = pytest.mark.slow

REPORT = Draft202012Validator(report_schema())
FINDINGS = Draft202012Validator(findings_schema())
#: JSON of the tests that is no report.
_OTHERS = ("answers", "expected", "real_tables")
KEPT = sorted(path for path in DATA.rglob("*.json") if path.stem not in _OTHERS)
BOOKS = sorted(DATA.rglob("*.xls?"), reverse=True)  # the newest release first


def faults(validator: Draft202012Validator, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(data)]


@pytest.mark.parametrize("validator", [REPORT, FINDINGS], ids=["report", "findings"])
def test_it_is_a_schema(validator: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(validator.schema)


@pytest.mark.parametrize("name", [name for name in GENERATED if name.endswith(".json")])
def test_what_is_shipped_is_up_to_date(name: str) -> None:
    """To renew it: make reference"""
    assert (PACKAGE / name).read_text("utf-8") == GENERATED[name]()


def test_renewing_writes_every_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    assert [str(path.relative_to(tmp_path)) for path in renew(tmp_path)] == list(GENERATED)
    for name, make in GENERATED.items():
        assert (tmp_path / name).read_text("utf-8") == make()


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_it_takes_every_report_of_the_tests(path: Path) -> None:
    assert faults(REPORT, json.loads(path.read_text("utf-8"))) == []
    assert faults(REPORT, json.loads(gouji.write(gouji.read(path), to="json"))) == []


@pytest.mark.parametrize("path", brothers(BOOKS, lambda path: path.name), ids=lambda path: path.stem)
def test_it_takes_what_export_writes(path: Path, tmp_path: Path) -> None:
    """The export of every file of earlier releases, and what is filled from it and exported again."""
    first, filled, second = (tmp_path / name for name in ("a.json", "b.xlsx", "c.json"))
    for command, source, target in (
        ("export", path, first),
        ("fill", first, filled),
        ("export", filled, second),
    ):
        with pytest.raises(SystemExit) as stop:
            main([command, str(source), "-o", str(target)])
        assert stop.value.code == 0
    for exported in (first, second):
        assert faults(REPORT, json.loads(exported.read_text("utf-8"))) == []


@settings(max_examples=60, deadline=None)
@given(reports())
def test_it_takes_any_report(report: Report) -> None:
    assert faults(REPORT, json.loads(json.dumps(to_json(report)))) == []


def test_it_takes_what_validate_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = {path.name: path for path in BOOKS}.values()
    stranger = tmp_path / "不是年报.xlsx"
    stranger.write_bytes(b"%PDF-1.4")
    with pytest.raises(SystemExit) as stop:
        main(["validate", *map(str, [*KEPT, *books, stranger]), "--json"])
    assert stop.value.code == 2
    printed = json.loads(capsys.readouterr().out)
    assert len(printed) == len(KEPT) + len(books) + 1
    assert faults(FINDINGS, printed) == []
    assert any(f["suspects"] for entry in printed for f in entry["findings"])


# ---------------------------------------------------------------- what is wrong


def valid() -> dict[str, Any]:
    return to_json(Report(load_form("2021"), unit="某局", year=2024, texts={"五": "问题。"}))


ROW = "一、本年新收政府信息公开申请数量"
PLACE = f"table3/{ROW}/自然人"
READ = {"how": "printed", "where": "第 1 行", "text": "3"}
UNREAD = {"where": "第 1 行", "text": "30"}
Change = Callable[[dict[str, Any]], object]
WRONG: dict[str, Change] = {
    "no year": lambda d: d.pop("year"),
    "no edition": lambda d: d.pop("edition"),
    "an edition that is not there": lambda d: d.update(edition="2020"),
    "a year of another century": lambda d: d.update(year=20244),
    "a year as text": lambda d: d.update(year="2024"),
    "a unit that is no text": lambda d: d.update(unit=1),
    "an unknown member": lambda d: d.update(unti="某局"),
    "a half period": lambda d: d.update(period=["2024-01-01"]),
    "a declaration as text": lambda d: d.update(blank_is_zero="是"),
    "a declaration for a sheet": lambda d: d.update(blank_is_zero=["三"]),
    "a layout of a table that is not there": lambda d: d.update(layout={"table5": "2019"}),
    "a row of another edition": lambda d: d["table3"].update({"（六）其他处理": {"自然人": 1}}),
    "rows of the edition, with another layout": lambda d: d.update(layout={"table3": "2019"}),
    "a column that is not there": lambda d: d["table3"][ROW].update({"法人": 1}),
    "a row that is no object": lambda d: d["table3"].update({ROW: 3}),
    "a count as text": lambda d: d["table3"][ROW].update({"自然人": "3"}),
    "a count with decimals": lambda d: d["table3"][ROW].update({"自然人": 3.5}),
    "a truth value": lambda d: d["table3"][ROW].update({"自然人": True}),
    "a number that no spreadsheet holds": lambda d: d["table3"][ROW].update({"自然人": 10**15}),
    "another word for nothing": lambda d: d["table3"][ROW].update({"自然人": "无"}),
    "a mark without a value": lambda d: d["table3"][ROW].update({"自然人": {"note": "注1"}}),
    "an empty mark": lambda d: d["table3"][ROW].update({"自然人": {"value": 1, "note": " "}}),
    "money as a number": lambda d: d["table2"]["行政事业性收费"].update({FEE: 3}),
    "money with needless zeros": lambda d: d["table2"]["行政事业性收费"].update({FEE: "3.10"}),
    "money with seven decimals": lambda d: d["table2"]["行政事业性收费"].update({FEE: "3.1000001"}),
    "a text of a section that is a table": lambda d: d["texts"].update({"三": "x"}),
    "a note that is no text": lambda d: d["notes"].update({"注1": None}),
    "an explanation without its state": lambda d: d.update(explanations={"x": {"text": "y"}}),
    "something unplaced without its place": lambda d: d.update(unplaced=[{"text": "y"}]),
    "a list": lambda d: d.update(table4=[]),
    "a source without its kind": lambda d: d.update(imported={"file": "a.html"}),
    "a way of reading that is none": lambda d: d.update(read={PLACE: {**READ, "how": "guessed"}}),
    "a cell that was read nowhere": lambda d: d.update(read={PLACE: {"how": "printed", "text": "3"}}),
    "an unread cell without its text": lambda d: d.update(unread={PLACE: {"where": "第 1 行"}}),
    "readings that are no texts": lambda d: d.update(unread={PLACE: {**UNREAD, "readings": [1]}}),
    "a place that is no cell": lambda d: d.update(unread={f"{ROW}/自然人": UNREAD}),
    "a place of another edition": lambda d: d.update(confirmed={"table3/（六）其他处理/自然人": 1}),
    "a confirmed count as text": lambda d: d.update(confirmed={PLACE: "3"}),
    "confirmed money as a number": lambda d: d.update(confirmed={f"table2/行政事业性收费/{FEE}": 3}),
}
FEE = "本年收费金额（单位：万元）"


def test_the_report_that_is_made_wrong_is_right() -> None:
    assert faults(REPORT, valid()) == []
    source = {"imported": {"file": "a.html", "kind": "html"}, "read": {PLACE: READ}}
    confirmed = {PLACE: 3, f"table2/行政事业性收费/{FEE}": "3.1"}
    assert faults(REPORT, {**valid(), **source, "unread": {PLACE: UNREAD}, "confirmed": confirmed}) == []


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_it_refuses(change: Change) -> None:
    data = valid()
    change(data)
    assert faults(REPORT, data)


CONTENTS = st.sampled_from(
    [None, "/", 0, -3, 7, 10**15 - 1, 10**15, True, "7", "0.5", "3.10", "无", [], {"value": 1, "note": "注1"}]
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_it_takes_is_read_whole(data: st.DataObject) -> None:
    """A cell with any content: where the schema takes it, nothing of the report is left unplaced."""
    report = valid()
    cell = data.draw(st.sampled_from(load_form("2021").cells))
    report[cell.table][cell.row_key][cell.column_key] = data.draw(CONTENTS)
    places = [load_form("2021").cells[0].place, PLACE, "table3/（六）其他处理/自然人", "table3/x"]
    report["confirmed"] = {data.draw(st.sampled_from(places)): data.draw(CONTENTS)}
    if not faults(REPORT, report):
        assert from_json(report).unplaced == []
