"""Files made to do harm: refused or read as by the command line, and the desk goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.api import write
from gouji.errors import GoujiError
from gouji.examine import examine
from gouji.page import desk
from gouji.report import to_json
from gouji.report.as_json import MAX_BYTES
from gouji.workshop.sample import sample_report
from support import DATA
from support.at_once import at_once
from support.at_the_desk import asked, calls, checked, shown, typed
from support.hostile_files import QUICK
from support.hostile_strings import COMMANDING, MEANT, TOGETHER

SAMPLE = sample_report()
#: One that is refused and one that is read, of workbooks and of JSON.
SOME = ("inflated 600 times", "numbers beside a table", "JSON nested deep", "lists of JSON")


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


@pytest.mark.slow
@pytest.mark.parametrize("name", at_once(QUICK, SOME))
def test_it_is_refused_or_read_as_by_the_command_line(name: str, tmp_path: Path) -> None:
    ending, made = QUICK[name]
    file = tmp_path / f"甲{ending}"
    file.write_bytes(made())
    shown("check", 1, "乙.xlsx", write(SAMPLE))
    one = checked(2, file)
    said = examine(file)
    assert one["state"] == said.state
    assert [f["message"] for f in one["findings"]] == [f.message for f in said.findings]
    assert typed(1, {"t3.new.natural": "98"})["cells"]["t3.new.natural"]["v"] == "98"


@pytest.mark.parametrize("file", sorted((DATA / "hostile").glob("*.xlsx")), ids=lambda file: str(file.stem))
def test_what_once_broke_a_reader_is_read(file: Path) -> None:
    assert checked(1, file)["state"] == examine(file).state


@pytest.mark.parametrize(
    "text",
    [
        TOGETHER,
        "\ud800半",
        *(pytest.param(text, marks=pytest.mark.long) for text in (*COMMANDING.values(), *MEANT.values())),
        *(pytest.param(text, marks=pytest.mark.long) for text in ("=1+1", "")),
    ],
)
def test_whatever_is_typed_is_kept_and_written(text: str) -> None:
    """As a name, a text, a note, an explanation and in a cell; what comes back is JSON that any program
    reads."""
    one = shown("check", 1, "甲.xlsx", write(SAMPLE))
    calls_made: list[tuple[Any, ...]] = [
        ("cover", "unit", text),
        ("text", "五", text),
        ("note", "注1", text),
        ("note", text, "说明"),
        ("mark", "t3.new.natural", text),
        ("typed", json.dumps({"t3.new.natural": text})),
        ("pasted", "t4.review.upheld", f"{text}\t{text}", f"<table><tr><td>{text}<td>{text}</table>"),
    ]
    calls_made += [("explained", f["id"], text, "") for f in one["findings"] if f["explains"]]
    for name, *arguments in calls_made:
        try:
            json.dumps(asked(name, 1, *arguments), ensure_ascii=False).encode()
        except GoujiError as refused:
            assert refused.message.encode()
    for kind in ("as_json", "web"):
        assert asked(kind, 1)
    asked("resumed", 2, desk.draft(1))
    assert asked("shown", 2)[0]["cells"] == asked("shown", 1)[0]["cells"]


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"path": 1, "now": {}}',
        '{"path": "a", "now": []}',
        '{"path": "a", "now": {"year": "2024"}}',
        '{"path": "a", "now": {"year": 2024}, "given": 7}',
        '{"path": "a", "now": {"year": 2024}, "path": "b"}',
        '{"path": "a", "now": {"year": 2024, "unit": "\\ud800"}}',
        '{"path": "a", "now": {"year": 1e999}}',
        '{"a":' * 50_000,
        '{"path": "' + "a" * MAX_BYTES + '"}',
        json.dumps({"path": "a", "now": {"year": 2024, "texts": {"一": "字" * 3_000_000}}}),
        json.dumps({"path": "a", "now": {"year": 2024, "x": [[]] * 150_000}}),
    ],
    ids=range(16),
)
def test_what_is_no_draft_is_refused_in_a_sentence(text: str) -> None:
    shown("check", 1, "甲.xlsx", write(SAMPLE))
    before = shown("shown", 1)
    with pytest.raises(GoujiError) as refused:
        desk.resumed(1, text)
    assert "\n" not in refused.value.message and len(refused.value.message) < 200
    assert shown("shown", 1) == before


def test_what_stands_in_a_draft_besides_is_left_out() -> None:
    """Cells that there are not, and what is no name of anything."""
    now = to_json(SAMPLE)
    text = json.dumps(
        {"path": "../甲.xlsx", "now": now, "first": to_json(SAMPLE.with_values({"t3.new.natural": 1}))}
        | {"touched": ["t3.new.natural", "t9.x.y", 7, None], "of": 3, "more": {}}
    )
    one = shown("resumed", 1, text)
    assert one["changed"]["cells"] == ["t3.new.natural"] and ".." not in one["path"]
    assert one["cells"]["t3.new.natural"]["was"] == "1"
