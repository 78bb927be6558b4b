"""Questions that are answered on the page, explanations and the seal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji.api import NotSealable, write
from gouji.errors import GoujiError
from gouji.page import desk
from gouji.report import load
from gouji.rules.explanations import ExplanationError
from gouji.workbook.reading.reader import read_workbook
from gouji.workshop.sample import sample_report
from support import DATA
from support.archive import made
from support.at_the_desk import asked, calls, checked, put, rules_of, shown, typed

PUBLISHED = DATA / "published"


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    yield from calls()


# ---------------------------------------------------------------- questions, explanations, seal


def test_an_answer_is_believed_as_by_confirm() -> None:
    file = PUBLISHED / "pt-gaj-2021.json"
    one = checked(1, file)
    question = next(f["question"] for f in one["findings"] if f["question"])
    stands = next(answer for answer in question["answers"] if answer["stands"])
    assert stands["text"] == one["cells"][question["cell"]]["v"]
    after = shown("answered", 1, question["cell"], "")
    (said,) = (json.loads(json.dumps([f.message for f in _confirmed(file, question["place"])])),)
    assert [f["message"] for f in after["findings"]] == said
    other = next(answer for answer in question["answers"] if not answer["stands"])
    shown("undo", 1)
    after = shown("answered", 1, question["cell"], other["text"])
    assert after["cells"][question["cell"]]["v"] == other["text"] and after["undo"] == 1
    assert load(asked("as_json", 1)).confirmed
    typed(1, {question["cell"]: stands["text"]})
    assert not load(asked("as_json", 1)).confirmed
    for text in ("约3", "三"):
        with pytest.raises(GoujiError):
            desk.answered(1, question["cell"], text)
    typed(1, {question["cell"]: ""})
    with pytest.raises(GoujiError):
        desk.answered(1, question["cell"], "")


def _confirmed(file: Path, place: str) -> Any:
    from gouji.api import validate

    return validate(file, confirm=[place]).findings


def test_an_explanation_has_its_state_and_falls_back_where_the_numbers_change() -> None:
    last, now = (made(f"pt-gaj-{year}", "甲市公安局") for year in (2021, 2022))
    shown("check", 2, "去年.json", write(last, to="json"))
    one = shown("check", 1, "甲.json", write(now, to="json"))
    warning = next(f for f in one["findings"] if f["level"] == "warning")
    assert (warning["explains"], warning["explanation"]) == (True, None)
    given, verified, returned = asked("states")[1:]

    def told(one: dict[str, Any]) -> Any:
        return next(f["explanation"] for f in one["findings"] if f["id"] == warning["id"])

    short = told(shown("explained", 1, warning["id"], "无误", ""))
    assert short["text"] == "无误" and short["why"] and not short["settled"]
    text = "经核对台账，上年漏报两件，本年补报。"
    full = shown("explained", 1, warning["id"], text, "")
    assert told(full) == {"text": text, "state": given, "why": "", "settled": True}
    assert (full["counts"]["open"], full["sealable"]) == (one["counts"]["open"] - 1, "")
    assert told(shown("explained", 1, warning["id"], text, verified))["state"] == verified
    assert told(shown("explained", 1, warning["id"], text, returned))["settled"] is False
    with pytest.raises(ExplanationError):
        desk.explained(1, warning["id"], text, verified)
    shown("undo", 1)
    changed = typed(1, dict.fromkeys(warning["cells"][:1], "9"))
    assert not told(changed) or told(changed)["why"]
    shown("undo", 1)
    assert told(shown("explained", 1, warning["id"], "", "")) is None
    with pytest.raises(ExplanationError):
        desk.explained(1, "no-such:finding", text, "")


def test_what_stands_in_the_way_of_a_seal_is_said() -> None:
    one = put(1, sample_report())
    with pytest.raises(NotSealable) as refused:
        desk.sealed(1)
    assert one["sealable"] == refused.value.message
    assert {f.id for f in refused.value.findings} <= {f["id"] for f in one["findings"]}


def test_from_a_blank_form_to_a_sealed_workbook() -> None:
    """All numbers of a published report are typed, its texts written, what is asked explained; the seal
    holds."""
    wanted = made("pt-gaj-2022", "甲市公安局")
    desk.blank(1, wanted.unit, wanted.year)
    for field, text in {"code": "A1", "period_from": "2022-01-01", "period_to": "2022-12-31"}.items():
        shown("cover", 1, field, text)
    typed(1, {c.id: c.kind.show(wanted.value(c.id)) for c in wanted.form.cells})
    for section, text in (wanted.texts or {}).items():
        shown("text", 1, section, text)
    for cell, mark in wanted.marks.items():
        shown("mark", 1, cell, mark)
    for mark, text in wanted.notes.items():
        one = shown("note", 1, mark, text)
    for finding in one["findings"]:
        assert finding["level"] != "error", finding["message"]
        if finding["level"] == "warning":
            one = shown("explained", 1, finding["id"], "经核对台账，情况属实，系集中办理。", "")
    assert one["sealable"] == ""
    reading = read_workbook(asked("sealed", 1))
    assert reading.seal_state == "intact"
    assert reading.report.values == wanted.values and reading.report.texts == wanted.texts
    assert shown("check", 2, "印.xlsx", asked("sealed", 1))["sealed"] == "intact"


def test_a_seal_does_not_outlive_a_change() -> None:
    from support.archive import sealed

    assert shown("check", 1, "甲.xlsx", sealed(made("pt-gaj-2022", "甲市公安局")))["sealed"] == "intact"
    one = typed(1, {"t3.new.natural": "98"})
    assert one["sealed"] == "" and "seal-broken" not in rules_of(one)
    assert shown("undo", 1)["sealed"] == "intact"
