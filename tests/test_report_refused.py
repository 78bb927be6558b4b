"""What is no report, or no file of one, is refused in Chinese."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gouji.report import (
    ReportError,
    from_json,
    load,
)

NEW = "table3/一、本年新收政府信息公开申请数量/自然人"


def blank(**more: Any) -> dict[str, Any]:
    return {"unit": "某市某局", "year": 2024, **more}


@pytest.mark.parametrize(
    "data",
    [
        [],
        "年报",
        None,
        {},
        {"year": "2024"},
        {"year": True},
        {"year": 2024.0},
        {"year": 20244},
        {"year": -1},
        blank(edition="2030"),
        blank(edition=2021),
        blank(edition=["2021"]),
        blank(layout={"table3": "1999"}),
        blank(layout={"table9": "2021"}),
        blank(layout="2021"),
        blank(layout=5),
        blank(unit=5),
        blank(code=5),
        blank(period="2024"),
        blank(period=["2024-01-01"]),
        blank(period=[1, 2]),
        blank(blank_is_zero="是"),
        blank(blank_is_zero=None),
        blank(blank_is_zero="table3"),
        blank(blank_is_zero=["三"]),
        blank(blank_is_zero=[["table3"]]),
        blank(table3=[]),
        blank(table3={"（一）予以公开": 5}),
        blank(notes=["注1"]),
        blank(notes={"注1": 5}),
        blank(texts=["一"]),
        blank(texts={"一": None}),
        blank(explanations=["x"]),
        blank(explanations={"x": "说明"}),
        blank(explanations={"x": {"text": "说明"}}),
        blank(explanations={"x": {"text": None, "state": ""}}),
        blank(unplaced={"x": 1}),
        blank(unplaced=[1]),
        blank(unplaced=[{"place": "x"}]),
        blank(unplaced=[{"place": 1, "text": "x"}]),
        blank(unplaced=5),
        blank(imported="a.html"),
        blank(imported={"file": "a.html"}),
        blank(imported={"file": "a.html", "kind": "html", "title": "x"}),
        blank(read=["x"]),
        blank(read={"table3/没有的行/自然人": {"how": "printed", "where": "", "text": ""}}),
        blank(read={NEW: {"how": "guessed", "where": "", "text": ""}}),
        blank(read={NEW: {"how": "cut", "where": ""}}),
        blank(unread={NEW: "12"}),
        blank(unread={NEW: {"where": "", "text": 12}}),
        blank(unread={NEW: {"where": "", "text": "12", "readings": "12"}}),
        blank(unread={NEW: {"where": "", "text": "12", "readings": [12]}}),
        blank(confirmed={NEW: "12"}),
        blank(confirmed={NEW: 1.5}),
    ],
    ids=lambda d: json.dumps(d, ensure_ascii=False)[:50],
)
def test_what_is_no_report_is_refused_in_chinese(data: object) -> None:
    with pytest.raises(ReportError) as refused:
        from_json(data)
    said = str(refused.value)
    assert "\n" not in said and any("\u4e00" <= c <= "\u9fff" for c in said)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{\x00}\x00",
        b"\x81\x40",
        b'{"year": NaN}',
        b'{"year": 2024, "year": 2023}',
        b'{"year": 2024, "unit": "\\ud800"}',
        b'{"year": 2024, "x": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"<html></html>",
    ],
    ids=lambda c: str(c[:20]),
)
def test_a_file_that_is_no_json_is_refused_in_chinese(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ReportError) as refused:
        load(path)
    said = str(refused.value)
    assert "\n" not in said and any("\u4e00" <= c <= "\u9fff" for c in said)
    assert "Error" not in said and "expecting" not in said.lower() and "codec" not in said


@pytest.mark.parametrize(("levels", "said"), [(100, "年报"), (101, "层数太多"), (190_000, "层数太多")])
def test_levels_are_counted_before_they_are_read(levels: int, said: str, tmp_path: Path) -> None:
    """Python's own limit is none where its stack is another's. What stands in a text opens nothing."""
    path = tmp_path / "a.json"
    path.write_text("[" * (levels - 1) + '["[[[[\\"["]' + "]" * (levels - 1))
    with pytest.raises(ReportError, match=said):
        load(path)
