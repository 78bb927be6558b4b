"""The figure to look up first parts the causes best; with the truth for an answer the others go."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from gouji.audit import audit
from gouji.report import Report, load
from gouji.rules import Context, Finding
from support import DATA
from support.triples import zeros


def published(name: str) -> Report:
    return load(DATA / "published" / f"{name}.json")


def asked(report: Report) -> Finding:
    (finding,) = (f for f in audit(report) if f.question)
    return finding


def answered(report: Report, cell: str, value: int) -> Report:
    return replace(report, confirmed={**report.confirmed, cell: value})


def test_an_answer_takes_away_the_causes_that_contradict_it() -> None:
    """Four rows could hold the case too many; looking up one of them leaves three, or one."""
    report = published("pt-gaj-2021")
    finding = asked(report)
    assert finding.question is not None
    cell, (as_typed, other) = finding.question.cell, finding.question.answers
    assert (cell, as_typed.value, other.value) == ("t3.carried_out.natural", 1, 0)
    assert sorted((*as_typed.groups, *other.groups)) == [1, 2, 3, 4]
    less = asked(answered(report, cell, 1))
    assert {s.group for s in less.suspects} == {1, 2, 3}
    assert cell not in {s.cell for s in less.suspects}
    (wrong, *rest) = audit(answered(report, cell, 0))
    assert (wrong.rule, wrong.place, wrong.suspects[0].certain) == ("confirmed-differs", cell, True)
    assert {s.cell for f in rest if f.level == "error" for s in f.suspects} == {"t3.carried_out.total"}


def test_what_is_certain_asks_nothing() -> None:
    assert all(f.question is None for f in audit(published("pt-htp-2021")))


def test_text_and_table_are_parted_by_the_register() -> None:
    cells = {f"t3.{row}.{c}": 6 for row in ("new", "granted", "processed") for c in ("natural", "total")}
    texts = {
        "一": "2024年收到政府信息公开申请8件。",
        "五": "主动公开的及时性还需要提高。",
        "六": "未收取信息处理费。",
    }
    report = zeros(cells=cells, texts=texts)
    finding = asked(report)
    assert finding.question is not None and finding.question.cell == "t3.new.total"
    assert [a.value for a in finding.question.answers] == [6, 8]
    (text,) = (f for f in audit(answered(report, "t3.new.total", 6)) if f.rule.startswith("prose"))
    assert text.question is None and "请改文字" in text.message
    rules = [f.rule for f in audit(answered(report, "t3.new.total", 8))]
    assert "confirmed-differs" in rules and "prose-number" not in rules


@pytest.mark.parametrize("name", ["pt-gaj-2021", "pt-htp-2024"])
def test_a_confirmed_cell_is_never_suspected(name: str) -> None:
    report = published(name)
    for finding in audit(report):
        for suspect in finding.suspects:
            if isinstance(suspect.value, int):
                again = audit(answered(report, suspect.cell, suspect.value))
                assert suspect.cell not in {s.cell for f in again for s in f.suspects}


def test_a_movement_goes_where_a_cell_of_it_was_looked_up() -> None:
    """The rows stand one too low; somebody has looked one of them up, and it is right as it stands."""
    report = load(DATA / "published" / "pt-jtj-2022.json")
    cells = report.form.tables["table3"].grid
    rows = [row.id for row in cells.rows]
    values = {
        cells.cell(row, column.id).id: report.value(cells.cell(above, column.id).id)
        for above, row in pairwise(rows)
        for column in cells.columns
    }
    values |= {cells.cell(rows[0], column.id).id: None for column in cells.columns}
    low = report.with_values(values)
    low.texts = None
    looked_up = next(c for c, v in values.items() if v and v != report.value(c))
    assert any(f.area and looked_up in f.cells for f in audit(low))
    again = audit(answered(low, looked_up, low.number(looked_up)))
    assert not any(f.area and looked_up in f.cells for f in again)


def test_what_last_years_report_contradicts_is_not_asked_about() -> None:
    """二 is ten too low in two cells: one way agrees with last year's 四, and only its cells are asked for.

    Without it nothing tells seventeen ways apart.
    """
    truth = load(DATA / "published" / "suqian-2024.json")
    prior = load(DATA / "published" / "suqian-2023.json")
    cells = ("t3.carried_in.natural", "t3.carried_in.total")
    typed = truth.with_values({cell: truth.number(cell) - 10 for cell in cells})
    typed.texts = None
    (finding,) = (f for f in audit(typed, Context(prior=prior)) if f.level == "error")
    assert any(way.contrary for way in finding.alternatives)
    assert finding.question is not None and finding.question.cell in cells
    (without,) = (f for f in audit(typed) if f.level == "error")
    assert without.question is None and without.tied
