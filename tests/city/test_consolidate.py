"""The city is the exact sum of what may be summed, and says of everything else why it was left out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.consolidate import Submission
from gouji.city.sum.summing import add, merge_notes
from gouji.form import Form, Value, load_form
from gouji.report import Report
from support.consolidated import FORM, city, full, roster, sent

STATES: st.SearchStrategy[Value] = st.one_of(st.none(), st.just("/"), st.integers(0, 10**12))


# ---------------------------------------------------------------- the sum


@given(st.lists(STATES, max_size=6), st.lists(STATES, max_size=6))
def test_states_of_a_sum(some: list[Value], others: list[Value]) -> None:
    """blank < "/" < number, however the units are grouped."""
    numbers = [v for v in some if isinstance(v, int)]
    assert add(some) == (sum(numbers) if numbers else "/" if "/" in some else None)
    assert add(some + others) == add(others + some) == add([add(some), add(others)])


@st.composite
def consistent(draw: st.DrawFn, form: Form) -> Report:
    """A report with random parts whose totals and balance are right."""
    report = Report(form, draw(st.text("甲乙丙丁", min_size=1, max_size=6)), 2024)
    number = st.integers(0, 40)
    for cell in form.cells:
        low = -5 if cell.kind.signed else 0
        report.set(cell.id, draw(st.integers(low, 10**9 if cell.kind.money else 40)))
    table = form.tables["table3"]
    assert table.balance
    for equation in [e for e in form.equations if e.kind == "row"] * 2:
        report.set(equation.right[0], sum(map(report.number, equation.left)))
    for column in table.grid.columns:
        if column.is_total:
            continue
        done = next(e for e in form.equations if e.kind == "column" and e.line == column.id)
        processed = sum(map(report.number, done.left))
        report.set(done.right[0], processed)
        carried = min(processed, draw(number))
        pending = draw(number)
        report.set(f"t3.carried_in.{column.id}", carried)
        report.set(f"t3.carried_out.{column.id}", pending)
        report.set(f"t3.new.{column.id}", processed + pending - carried)
    for equation in [e for e in form.equations if e.kind == "row"]:
        report.set(equation.right[0], sum(map(report.number, equation.left)))
    return report


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(["2019", "2021"]), st.integers(1, 4))
def test_sum_of_consistent_reports_is_consistent(data: st.DataObject, edition: str, count: int) -> None:
    """For any reports that satisfy the equations, so does their sum, and each cell is the integer sum."""
    form = load_form(edition)
    reports = [replace(data.draw(consistent(form)), unit=f"单位{i}") for i in range(count)]
    for report in reports:
        assert not any(form.residuals(report.vector()))
    names = roster(*(r.unit for r in reports))
    found = city([Submission(f"{r.unit}.xlsx", r) for r in reports], names, form=form)
    assert not any(form.residuals(found.report.vector()))
    for cell in form.cells:
        assert found.report.value(cell.id) == sum(r.number(cell.id) for r in reports)
        assert [c.value for c in found.trace(cell.id)] == [r.value(cell.id) for r in reports]
    assert "city-sum" not in [f.rule for f in found.findings]


def test_money_is_exact() -> None:
    """Ten times 0.1 万元 and one 分: no float would say so."""
    units = [full(FORM, f"单位{i}", t2__fees__amount=100_000) for i in range(9)]
    units.append(full(FORM, "单位9", t2__fees__amount=100_001))
    found = city([sent(u) for u in units], roster(*(u.unit for u in units)))
    assert found.report.value("t2.fees.amount") == 1_000_001


def test_blank_and_slash_in_a_city() -> None:
    units = [full(FORM, name) for name in ("甲", "乙", "丙")]
    for unit in units:
        unit.set("t2.rules.made", "/")
        unit.set("t2.rules.repealed", None)
    units[0].set("t2.rules.in_force", "/")
    units[1].set("t2.rules.in_force", None)
    units[2].set("t2.rules.in_force", 3)
    units[0].set("t2.licences.decisions", "/")
    units[1].set("t2.licences.decisions", "/")
    units = [replace(u, blank_is_zero=True) for u in units]
    found = city([sent(u) for u in units], roster("甲", "乙", "丙"))
    assert [r.status for r in found.units] == ["taken"] * 3
    value = found.report.value
    assert value("t2.rules.made") == "/"
    assert value("t2.rules.repealed") is None
    assert value("t2.rules.in_force") == 3
    assert value("t2.licences.decisions") == 0
    assert found.report.blank_is_zero == {"table2"}, "every unit with a blank there declared it"
    assert not any(f.level == "error" for f in found.findings)


def test_the_declaration_is_not_made_for_a_unit_that_did_not() -> None:
    blank, other = full(FORM, "甲", t2__rules__made=None), full(FORM, "乙", t2__rules__made=None)
    units = [sent(replace(blank, blank_is_zero=True)), sent(other)]
    found = city(units, roster("甲", "乙"), include_invalid=True)
    assert len(found.taken) == 2
    assert not found.report.blank_is_zero
    assert "cell-blank" in [f.rule for f in found.findings]


def test_blanks_count_as_0_where_the_units_say_so_table_by_table() -> None:
    """甲 declares 三 and leaves a blank there and in 四; 乙 declares all and leaves one in 三."""
    one = full(FORM, "甲", t3__granted__natural=None, t4__review__upheld=None)
    two = full(FORM, "乙", t3__granted__natural=None)
    units = [sent(replace(one, blank_is_zero=frozenset({"table3"}))), sent(replace(two, blank_is_zero=True))]
    found = city(units, roster("甲", "乙"), include_invalid=True)
    assert found.report.blank_is_zero == {"table3"}
    assert found.report.value("t3.granted.natural") is None
    assert [f.message for f in found.findings if f.rule == "cell-declared"] == [
        "表三有 1 格没有填写，按声明计为 0。"
    ]


# ---------------------------------------------------------------- notes


def test_notes_are_carried_renumbered_and_merged() -> None:
    one, two, three = (full(FORM, name) for name in ("甲局", "乙局", "丙局"))
    one.marks = {"t4.review.total": "注1", "t2.fees.amount": "注2"}
    one.notes = {"注1": "口径一", "注2": "口径二"}
    two.marks = {"t2.fees.amount": "注", "t3.new.natural": "注7", "t3.new.total": "注7"}
    two.notes = {"注": "口径三", "注7": "口径四", "注9": "总的说明"}
    three.marks = {"t2.rules.made": "注1"}
    found = city([sent(u) for u in (three, two, one)], roster("甲局", "乙局", "丙局"))
    assert found.report.marks == {
        "t2.rules.made": "注1",
        "t2.fees.amount": "注2",
        "t3.new.natural": "注3",
        "t3.new.total": "注3",
        "t4.review.total": "注4",
    }
    assert found.report.notes == {
        "注1": "丙局：（未写注释内容）",
        "注2": "甲局：口径二；乙局：口径三",
        "注3": "乙局：口径四",
        "注4": "甲局：口径一",
        "注5": "乙局：总的说明",
    }
    assert [(o.unit, o.mark) for o in found.note_origins["注2"]] == [("甲局", "注2"), ("乙局", "注")]


def test_two_notes_of_one_unit_with_the_same_words_stay_two() -> None:
    unit = full(FORM, "甲局")
    unit.marks = {"t2.rules.made": "注1", "t2.rules.repealed": "注2"}
    unit.notes = {"注1": "未统计", "注2": "未统计"}
    assert dict(merge_notes(FORM, [("甲局", unit)]).marks) == unit.marks
