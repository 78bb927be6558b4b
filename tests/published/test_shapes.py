"""Reports written in every shape in which they are published come back as they were written.

A cell that is read as something else than what stands there is wrong, and there is none; what has no one
reading stays unread. The shapes and their pass marks are in tests/support/published.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.form import TABLE_KEYS, Value
from gouji.published.reading import CellRead, CellUnread, TablesRead
from gouji.report import Report
from support.at_once import brothers
from support.published import MARKED_BY, PLAIN, SHAPES, Variation, Written, written
from support.published.drawn import published_reports, report_to_publish
from support.published.glue import decided_rows
from support.published.judge import Score, judge, judged
from support.published.reading import report_of, tables_of

#: Seeds do not become simpler, so nothing is tried again to make them so.
#: The same draws in every run. Two that came up by chance are read wrong, and are to be mended: a table 三 of
#: 2019 in a later report, a line a cell (S21, seed 654), and a table of few and far numbers (S07, 13686).
DRAWN = settings(deadline=None, derandomize=True, phases=(Phase.explicit, Phase.reuse, Phase.generate))
MARKED = [code for code, shape in SHAPES.items() if shape.blanks == "marked"]
SEEDS = st.integers(0, 2**32 - 1)


def score(file: Written) -> Score:
    return judged(file, tables_of(file.data, file.name))


@pytest.mark.parametrize("of", brothers([2, 1]))
@pytest.mark.parametrize("code", SHAPES)
def test_published_reports_are_read(code: str, of: int) -> None:
    """Every second one, and all."""
    total = Score()
    for seed, report in list(enumerate(published_reports()))[of - 1 :: of]:
        total += score(written(report, code, seed, MARKED_BY))
    assert total.wrong == []
    mark = SHAPES[code].unread
    assert mark is None or total.share_unread <= mark, sorted(set(total.unread))


@pytest.mark.parametrize("code", SHAPES)
@settings(DRAWN, max_examples=15)
@given(seed=SEEDS)
@example(seed=268435455)
def test_nothing_is_read_wrong(code: str, seed: int) -> None:
    """Real and drawn reports, as they are and with up to three cells changed: more than 300 files in all."""
    assert score(written(report_to_publish(Random(seed)), code, seed)).wrong == []


@pytest.mark.parametrize("code", SHAPES)
@settings(DRAWN, max_examples=4)
@given(seed=SEEDS)
def test_a_damaged_table_is_not_read_wrong(code: str, seed: int) -> None:
    """Cells lost, doubled, widened or odd; rows and columns moved, repeated or added."""
    report = report_to_publish(Random(seed))
    assert score(written(report, code, seed, PLAIN, damage=True)).wrong == []


@pytest.mark.parametrize("code", MARKED)
@settings(DRAWN, max_examples=3)
@given(seed=SEEDS)
def test_a_contradiction_is_found_as_in_the_json(code: str, seed: int) -> None:
    """Where cells are marked a report that contradicts itself is read as printed: nothing is mended, every
    finding of its JSON is made of the file."""
    report = replace(report_to_publish(Random(seed)), marks={}, unplaced=[], blank_is_zero=False)
    file = written(report, code, seed, Variation(leads=0, numbered=0, without_a_row=0))
    printed = report.with_values(dict.fromkeys(file.absent))
    read = report_of(tables_of(file.data, file.name), report)
    assert audit(replace(read, meta={})) == audit(replace(printed, notes={}, meta={}))


@pytest.mark.parametrize("report", published_reports(), ids=lambda r: f"{r.unit}-{r.year}")
def test_glued_digits_are_cut_where_the_equations_decide(report: Report) -> None:
    file = written(report, "S01", 1, Variation(without_a_row=0))
    tables = tables_of(file.data, file.name)
    assert judged(file, tables).wrong == []
    decided = decided_rows(report, "table3") + decided_rows(report, "table4")
    assert [c for row in decided for c in row if c not in tables.read] == []


# ---------------------------------------------------------------- the judge, and the writers


def read_as(report: Report, **changed: Value) -> TablesRead:
    """What a perfect reader makes of a report, but for some cells."""
    values = {c.id: report.value(c.id) for c in report.form.cells} | changed
    editions = {key: report.form.tables[key].edition for key in TABLE_KEYS}
    return TablesRead(editions, {c: CellRead(v, "printed", "", "") for c, v in values.items()}, {})


def test_the_judge_finds_what_is_wrong() -> None:
    report = published_reports()[0]
    cell = report.form.cells[0].id
    assert judge(read_as(report), report).wrong == []
    assert len(judge(read_as(report, **{cell: 7}), report).wrong) == 1
    assert len(judge(read_as(report, **{cell: None}), report).wrong) == 1
    assert judge(read_as(report), report, absent={cell}).wrong != []
    assert judge(read_as(report), report, undecidable={cell}).wrong != []
    assert judge(read_as(report), report.with_values({cell: None})).wrong != []
    blank = report.with_values({cell: None})
    assert judge(read_as(blank), blank, "loose").wrong != []
    assert judge(read_as(blank), blank, "marked").wrong == []


def test_the_judge_counts_what_is_unread() -> None:
    report = published_reports()[0].with_values({"t2.rules.newly_made": None})
    nothing = TablesRead({}, {}, {"t3.new.total": CellUnread("", "x")})
    assert len(judge(nothing, report, "marked").unread) == len(report.form.cells)
    assert len(judge(nothing, report, "soft").unread) == len(report.form.cells) - 1
    assert judge(nothing, report, undecidable={"t3.new.total"}).right == 1


def test_the_judge_knows_the_edition() -> None:
    report = published_reports()[0]
    other = replace(read_as(report), editions={"table2": "2021", "table3": "2019", "table4": "2021"})
    assert [line for line in judge(other, report).wrong if "edition" in line]


@pytest.mark.parametrize("code", SHAPES)
def test_a_file_is_written_the_same_again(code: str) -> None:
    report = published_reports()[-1]
    assert written(report, code, 5).data == written(report, code, 5).data != written(report, code, 6).data
