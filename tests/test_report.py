"""The report as JSON: canonical, nothing lost, refusals in Chinese."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from gouji.errors import GoujiError
from gouji.form import TABLE_KEYS, load_form
from gouji.report import (
    Explanation,
    Imported,
    Origin,
    Report,
    Unplaced,
    Unread,
    canonical,
    declaration,
    dumps,
    from_json,
    load,
    to_json,
)
from support import DATA
from support.random_reports import reports

FILES = sorted(DATA.glob("*/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_published_data_is_canonical(path: Path) -> None:
    """The files in tests/data are written as the project writes them, so diffs stay readable."""
    report = load(path)
    assert report.unplaced == []
    again = from_json(json.loads(dumps(to_json(report))))
    assert canonical(again) == canonical(report)
    assert again == report
    data = json.loads(path.read_text("utf-8"))
    by_place = {(c.table, c.row.key, c.column.key): c for c in report.form.cells}
    values = 0
    for key in TABLE_KEYS:
        for row_key, row in data[key].items():
            for column_key, content in row.items():
                cell = by_place[key, row_key, column_key]
                held = content["value"] if isinstance(content, dict) else content
                assert report.marks.get(cell.id) == (
                    content.get("note") if isinstance(content, dict) else None
                )
                if cell.kind.money and isinstance(held, str) and held != "/":
                    assert cell.kind.show(report.value(cell.id)) == held
                else:
                    assert report.value(cell.id) == held
                values += held is not None
    assert values == len(report.values) > 150


@settings(max_examples=60, deadline=None)
@given(reports())
def test_json_round_trip(report: Report) -> None:
    text = dumps(to_json(report))
    again = from_json(json.loads(text))
    assert again == report
    assert dumps(to_json(again)) == text


NEW = "table3/一、本年新收政府信息公开申请数量/自然人"


def blank(**more: Any) -> dict[str, Any]:
    return {"unit": "某市某局", "year": 2024, **more}


def test_canonical_form_has_every_cell_in_the_order_of_the_form() -> None:
    data = to_json(from_json(blank()))
    form = load_form("2021")
    assert list(data) == ["unit", "code", "year", "edition", *TABLE_KEYS, "notes", "meta"]
    places = [(t, r, c) for t in TABLE_KEYS for r, row in data[t].items() for c in row]
    assert places == [(c.table, c.row.key, c.column.key) for c in form.cells]
    assert {v for t in TABLE_KEYS for row in data[t].values() for v in row.values()} == {None}
    assert dumps(data).endswith("}\n") and '\n "unit": "某市某局"' in dumps(data)


def test_the_three_states_and_notes() -> None:
    row = "一、本年新收政府信息公开申请数量"
    table = {row: {"自然人": 0, "商业企业": "/", "科研机构": None, "其他": {"value": 3, "note": "注1"}}}
    table[row]["总计"] = {"value": None, "note": "注 ２"}
    report = from_json(blank(table3=table, notes={"注2": "乙", "注1": "甲", "注３": "丙"}))
    assert [report.value(f"t3.new.{c}") for c in ("natural", "business", "research", "welfare")] == [
        0,
        "/",
        None,
        None,
    ]
    assert report.marks == {"t3.new.other_person": "注1", "t3.new.total": "注2"}
    out = to_json(report)
    assert out["table3"][row]["其他"] == {"value": 3, "note": "注1"}
    assert out["table3"][row]["总计"] == {"value": None, "note": "注2"}
    assert list(out["notes"].items()) == [("注1", "甲"), ("注2", "乙"), ("注3", "丙")]
    assert report.number("t3.new.business") == report.number("t3.new.research") == 0


@pytest.mark.parametrize(
    ("given_", "fen", "shown"),
    [
        ("0", 0, "0"),
        ("44.44", 44_440_000, "44.44"),
        ("24252.311082", 24_252_311_082, "24252.311082"),
        (12, 12_000_000, "12"),
    ],
)
def test_money_is_a_decimal_string(given_: object, fen: int, shown: str) -> None:
    place = {"行政事业性收费": {"本年收费金额（单位：万元）": given_}}
    report = from_json(blank(table2=place))
    assert report.value("t2.fees.amount") == fen
    assert to_json(report)["table2"]["行政事业性收费"]["本年收费金额（单位：万元）"] == shown


@pytest.mark.parametrize(
    "content",
    [
        12.0,
        1.5,
        float("inf"),
        True,
        "12",
        "2000万",
        [1],
        {},
        {"note": "注1"},
        {"value": 1, "note": 5},
        {"value": 1, "x": 2},
        10**15,
        -(10**400),
    ],
    ids=lambda c: str(c)[:20],
)
def test_what_is_no_content_of_a_cell_is_kept_with_its_place(content: object) -> None:
    row = "一、本年新收政府信息公开申请数量"
    report = from_json(blank(table3={row: {"自然人": content}}, blank_is_zero=True))
    (kept,) = report.unplaced
    assert kept.place == f"table3/{row}/自然人"
    assert json.loads(kept.text) == content if not isinstance(content, str) else kept.text == content
    assert report.unusable() == {"t3.new.natural"}
    assert not report.is_known("t3.new.natural")
    assert report.is_known("t3.new.business")
    assert canonical(from_json(to_json(report))) == canonical(report)


@pytest.mark.parametrize("content", [0.5, "44.4444444", "1e3", "1万元（含税）"])
def test_money_that_is_no_money(content: object) -> None:
    report = from_json(blank(table2={"行政事业性收费": {"本年收费金额（单位：万元）": content}}))
    assert len(report.unplaced) == 1
    assert report.values == {}


def test_unknown_places_are_kept() -> None:
    report = from_json(
        blank(
            table2={"政府集中采购": {"采购总金额": {"value": "5", "note": "注1"}, "采购项目数量": None}},
            texts={"一": "甲", "七": "乙"},
            信息处理费={"金额": 3},
            unplaced=[{"place": "表尾", "text": "第 5 页"}, {"place": "x", "text": " "}],
        )
    )
    assert report.unplaced == [
        Unplaced("table2/政府集中采购/采购总金额", '{"value": "5", "note": "注1"}'),
        Unplaced("texts/七", "乙"),
        Unplaced("表尾", "第 5 页"),
        Unplaced("信息处理费", '{"金额": 3}'),
    ]
    assert canonical(from_json(to_json(report))) == canonical(report)


def test_the_edition_is_a_property_of_each_table() -> None:
    plain = from_json(blank(year=2020))
    assert plain.form.edition == "2019" and "layout" not in to_json(plain)
    mixed = from_json(blank(edition="2021", layout={"table3": "2019"}))
    assert to_json(mixed)["layout"] == {"table3": "2019"}
    assert list(to_json(mixed)["table3"])[20] == "（六）其他处理"
    assert "layout" not in to_json(from_json(blank(edition="2021", layout={"table3": "2021"})))


def test_optional_parts() -> None:
    report = from_json(
        blank(
            code=" 1132 ",
            period=["2024-01-01", "2024-12-31"],
            blank_is_zero=True,
            explanations={
                "b:2": {"text": "乙\r\n丙", "state": "已说明", "numbers": [1, "2"]},
                "a:1": {"text": "", "state": ""},
            },
            texts={"五": "甲\r\n乙\u2028丙\n\n", "六": "\n"},
            notes={"注1": ""},
            meta={"source": "x"},
        )
    )
    assert report.code == "1132" and report.period == ("2024-01-01", "2024-12-31") and report.blank_is_zero
    assert report.texts == {"五": "甲\n乙\n丙"}
    assert report.notes == {}
    assert report.explanations["b:2"] == Explanation("乙\n丙", "已说明", ("1", "2"))
    out = to_json(report)
    assert list(out["explanations"]) == ["a:1", "b:2"]
    assert out["meta"] == {"source": "x"}
    assert from_json(blank()).texts is None and "texts" not in to_json(from_json(blank()))
    assert from_json(blank(texts={})).texts == {} and to_json(from_json(blank(texts={})))["texts"] == {}
    assert canonical(report) == canonical(from_json({**out, "meta": {"source": "y"}}))
    assert from_json(blank(period=["", " "])).period is None
    assert from_json(blank(code="")).code is None


def test_a_byte_order_mark_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"unit": "某局", "year": 2024}', "utf-8-sig")
    assert load(path).unit == "某局"


def test_where_it_came_from_does_not_make_a_report_another() -> None:
    """The file and the way of reading are told and not compared; what was not read, and what a person
    confirmed, is."""
    source = {
        "imported": {"file": "年报.html", "kind": "html", "sha256": "0a"},
        "read": {NEW: {"how": "cut", "where": "第 3 行", "text": "120"}},
    }
    cells = {NEW.split("/")[1]: {"自然人": 12}}
    report = from_json(blank(table3=cells, **source))
    assert report.imported == Imported("年报.html", "html", "0a")
    assert report.read == {"t3.new.natural": Origin("cut", "第 3 行", "120")}
    assert {key: to_json(report)[key] for key in source} == source
    assert canonical(report) == canonical(from_json(blank(table3=cells)))
    other = from_json(blank(table3=cells, **source, confirmed={NEW: 12}))
    assert other.confirmed == {"t3.new.natural": 12}
    assert canonical(other) != canonical(report)


@pytest.mark.parametrize(
    ("said", "tables"),
    [
        (True, TABLE_KEYS),
        (["table4", "table3", "table2"], TABLE_KEYS),
        (["table4", "table2"], ("table2", "table4")),
        (["table3", "table3"], ("table3",)),
        ([], ()),
        (False, ()),
    ],
)
def test_a_declaration_for_some_tables(said: Any, tables: tuple[str, ...]) -> None:
    report = from_json(blank(blank_is_zero=said))
    assert [key for key in TABLE_KEYS if report.declares(key)] == list(tables)
    out = to_json(report).get("blank_is_zero")
    assert out == (True if len(tables) == 3 else list(tables) or None)
    assert from_json(to_json(report)).blank_is_zero == report.blank_is_zero == declaration(tables)  # type: ignore
    report.blank_is_zero = frozenset(tables)  # type: ignore[arg-type]
    assert to_json(report).get("blank_is_zero") == out
    assert not any(map(report.declared, TABLE_KEYS)), "nothing is typed"
    typed = report.with_values({"t4.review.total": "/"})
    assert [key for key in TABLE_KEYS if typed.declared(key)] == list(tables)
    assert {c.table for c in typed.form.cells if typed.is_known(c.id)} == {"table4", *tables}
    filled = dict.fromkeys((c.id for c in report.form.cells if not report.declares(c.table)), 0)
    assert report.with_values({"t4.review.total": 0, **filled}).is_complete
    missing = next(iter(filled.keys() - {"t4.review.total"}), None)
    assert missing is None or not report.with_values({**filled, missing: None}).is_complete


def test_what_could_not_be_read_is_open_until_somebody_fills_it() -> None:
    unread = {NEW: {"where": "第 3 行", "text": "120", "readings": ["12", "1"]}}
    given = {"二、上年结转政府信息公开申请数量": {"自然人": 0}}
    report = from_json(blank(unread=unread, blank_is_zero=True, table3=given))
    assert report.unread == {"t3.new.natural": Unread("第 3 行", "120", ("12", "1"))}
    assert report.unusable() == {"t3.new.natural"}
    assert not report.is_sound("t3.new.natural") and not report.is_known("t3.new.natural")
    assert report.is_known("t3.new.business")
    assert to_json(report)["unread"] == unread
    assert "unread" not in to_json(report.with_values({"t3.new.natural": 0}))
    cells = {NEW.split("/")[1]: {"自然人": 12}}
    for filled in (blank(unread=unread, table3=cells), to_json(report.with_values({"t3.new.natural": 12}))):
        assert from_json(filled).unread == {} and from_json(filled).is_known("t3.new.natural")
    typed = from_json(blank(unread=unread, unplaced=[{"place": NEW, "text": "约12"}]))
    assert typed.unread == {} and typed.unusable() == {"t3.new.natural"}


def test_set_and_with_values() -> None:
    report = from_json(blank())
    other = report.with_values({"t3.new.natural": 5, "t3.new.total": "/"})
    assert report.values == {}
    assert other.number("t3.new.natural") == 5 and other.number("t3.new.total") == 0
    assert not other.is_blank("t3.new.total")
    other.set("t3.new.natural", None)
    assert other.is_blank("t3.new.natural")
    with pytest.raises(KeyError):
        other.set("t3.nothing.natural", 1)


@pytest.mark.parametrize("content", ["12", "abc", 1.5, True, ""])
def test_no_cell_takes_what_is_no_content(content: Any) -> None:
    report = Report(load_form("2021"))
    with pytest.raises(GoujiError):
        report.set("t3.new.natural", content)
    assert report.values == {}
