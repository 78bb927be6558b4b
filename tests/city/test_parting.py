"""Every linear error of the sum is told by units, whose parts add up to it, and by no theory of typing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.city.consolidate import Consolidation
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.last_year import LastYear
from gouji.examine import Reading, judge
from gouji.form import Value
from gouji.report import Report
from gouji.rules import Context, Finding, Share, catalogue
from gouji.rules.relations import relations
from support.years import requests, roster_of, sum_up, unit

#: Words of a theory about how a person mistyped a number.
_TYPING = ("疑似", "键错", "沿用", "误填", "种改法", "当作万元")


def every(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from every(finding.folded)


def of_rule(city: Consolidation, rule: str) -> Finding:
    (found,) = (f for f in every(city.findings) if f.rule == rule)
    return found


def with_stock(name: str, year: int, in_force: int, made: int = 0, **more: int) -> Report:
    documents = {"t2.documents.in_force": in_force, "t2.documents.made": made}
    return unit(name, year, **more).with_values(documents)


def last_year(*units: Report, left_out: tuple[Report, ...] = ()) -> LastYear:
    from gouji.workbook.kind import LeftOut

    return LastYear("上年.xlsx", sum_up(list(units)).report, units, left_out=tuple(map(LeftOut, left_out)))


# ---------------------------------------------------------------- one year


def test_a_city_error_names_its_units_the_largest_first() -> None:
    broken = {"甲局": 2, "乙局": -1, "丙局": 0}
    units = [
        requests(unit(n, 2024), new=5).with_values({"t3.new.total": 5 + off}) for n, off in broken.items()
    ]
    city = sum_up(units, include_invalid=True)
    found = of_rule(city, "row-total")
    assert found.parts == (Share("甲局", -2, "own"), Share("乙局", 1, "own"))
    assert found.difference == -1
    assert "差额来自：甲局 −2、乙局 +1。" in found.message
    assert found.remedy == "请退回 甲局、乙局 核对改正。"
    assert not found.suspects and not found.alternatives and found.question is None
    assert city.report.form.equation[found.place]


def test_errors_that_the_same_unit_makes_are_said_once() -> None:
    typo = requests(unit("甲局", 2024), new=5).with_values({"t3.new.total": 9, "t3.granted.total": 8})
    city = sum_up([typo, unit("乙局", 2024)], include_invalid=True)
    equations = [f for f in city.findings if f.place in city.form.equation]
    assert [f.place for f in equations] == ["t3.row.new"]
    assert {f.place for f in equations[0].folded} == {"t3.row.granted", "t3.column.total", "t3.balance.total"}
    assert "同样来自 甲局 的另有 3 项" in equations[0].message


def test_at_most_six_units_are_named_and_how_many_more() -> None:
    units = [requests(unit(f"{i}局", 2024), new=9).with_values({"t3.new.total": 9 + i}) for i in range(1, 10)]
    found = of_rule(sum_up(units, include_invalid=True), "row-total")
    assert len(found.parts) == 9
    assert "9局 −9、8局 −8、7局 −7、6局 −6、5局 −5、4局 −4，等另外 3 项合计 −6" in found.message
    assert "9局、8局、7局、6局、5局、4局 等 9 个单位" in found.remedy


def test_no_theory_of_typing_is_told_of_a_sum() -> None:
    """The city's findings, and those on its workbook or its JSON when that is checked by itself."""
    old = [with_stock(f"{i}局", 2023, 9, new=30) for i in range(3)]
    this = [with_stock(f"{i}局", 2024, 9, 1, new=30) for i in range(3)]
    this[0] = this[0].with_values(
        {
            "t3.new.total": 3,
            "t2.fees.amount": 10**14,
            "t2.licences.decisions": 4000,
            "t3.granted.natural": 300,
        }
    )
    old[0] = old[0].with_values({"t2.licences.decisions": 400, "t2.fees.amount": 10**10})
    last = last_year(*old)
    city = sum_up(this, last_year=last, include_invalid=True)
    own = judge(Reading(city.report, None, []), Context(prior=last.city))
    of_sum = tuple(set(city.findings) - set(city.intake.findings))
    for finding in (*every(of_sum), *every(tuple(own))):
        assert not finding.suspects and not finding.alternatives, finding.id
        assert not any(word in finding.message + finding.remedy for word in _TYPING), finding.message
    as_typed = audit(city.report, Context(prior=last.city))
    assert any(word in f.message for f in every(tuple(as_typed)) for word in _TYPING), "of a unit it is told"


# ---------------------------------------------------------------- two years


def test_a_unit_that_has_not_reported_makes_no_finding() -> None:
    old = [with_stock("甲局", 2023, 9), with_stock("乙局", 2023, 200)]
    this = [with_stock("甲局", 2024, 9)]
    city = sum_up(this, roster_of(*this, old[1]), last_year(*old))
    assert not [f for f in every(city.findings) if f.rule == "stock"]


def test_years_are_compared_over_the_same_units_and_the_others_are_named() -> None:
    old = [with_stock("甲局", 2023, 9), with_stock("乙局", 2023, 200)]
    this = [with_stock("甲局", 2024, 7), with_stock("丙局", 2024, 40), with_stock("丁局", 2024, 30)]
    last = last_year(*old, left_out=(with_stock("丁局", 2023, 30),))
    city = sum_up(this, roster_of(*this, old[1]), last)
    found = of_rule(city, "stock")
    assert (found.left, found.right, found.parts) == (7, 9, (Share("甲局", -2, "own"),))
    assert found.message.startswith("按两年都计入的 1 个单位比较：")
    assert "丙局（只在本年：新增）" in found.message
    assert "丁局（只在本年：上年未计入）" in found.message
    assert "乙局（只在上年：本年未计入）" in found.message
    (parting,) = (p for p in city.parting if p.finding.rule == "stock")
    whole = city.report.number("t2.documents.in_force") - last.city.number("t2.documents.in_force")
    assert sum(s.amount for s in (*parting.parts, *parting.beside)) == whole


def test_a_jump_is_told_by_the_units_that_made_it() -> None:
    old = [unit("甲局", 2023).with_values({"t2.licences.decisions": 10}), unit("乙局", 2023)]
    this = [unit("甲局", 2024).with_values({"t2.licences.decisions": 9}), unit("乙局", 2024)]
    this[1] = this[1].with_values({"t2.licences.decisions": 900})
    found = of_rule(sum_up(this, last_year=last_year(*old)), "decisions-jump")
    assert found.parts == (Share("乙局", 900, "changed"), Share("甲局", -1, "changed"))
    assert found.remedy.startswith("请退回 乙局 核对改正。"), "who went the other way made it no worse"


def test_a_bound_is_parted_by_what_the_rule_reads() -> None:
    """A total in error is read as the sum of its parts; the units are then read so too."""
    old = [unit("甲局", 2023).with_values({"t4.review.pending": 8, "t4.review.total": 8})]
    this = [unit("甲局", 2024).with_values({"t4.review.upheld": 2, "t4.review.total": 7}), unit("乙局", 2024)]
    found = of_rule(sum_up(this, last_year=last_year(*old), include_invalid=True), "pending-carried")
    assert (found.left, found.right, found.parts) == (2, 8, (Share("甲局", -6, "own"),))


def test_last_years_own_report_alone_names_no_units() -> None:
    last = LastYear("上年.json", with_stock("某市", 2023, 9))
    found = of_rule(sum_up([with_stock("甲局", 2024, 5)], last_year=last), "stock")
    assert found.parts == ()


# ---------------------------------------------------------------- whatever it is, it adds up

_CELLS = ("t3.new.natural", "t3.new.total", "t3.granted.natural", "t3.processed.natural", "t4.review.total")
_STOCK = ("t2.documents.in_force", "t2.documents.made", "t2.documents.repealed", "t4.review.pending")
_NAMES = ("甲局", "乙局", "丙局", "丁局")


@st.composite
def units_of_two_years(draw: st.DrawFn) -> list[tuple[str, str, dict[str, Value], dict[str, Value]]]:
    """(name, in which years, cells of last year, cells of this year)"""
    number = st.dictionaries(st.sampled_from((*_CELLS, *_STOCK)), st.integers(0, 9), max_size=5)
    years = st.sampled_from(["both", "both", "this", "last", "left_out", "before_left_out"])
    return [(name, draw(years), draw(number), draw(number)) for name in _NAMES]


_MOVES = st.lists(st.tuples(st.sampled_from(_NAMES), st.integers(-3, 3)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(units_of_two_years(), _MOVES, st.integers(0, 3))
def test_parts_add_up_exactly(
    made: list[tuple[str, str, dict[str, Value], dict[str, Value]]], moves: list[tuple[str, int]], more: int
) -> None:
    """Over random unit errors, adjustments, units of one year, and what was published beyond last year's
    units: the parts are the difference, with those that are not compared what the two sums differ by."""
    old = {n: unit(n, 2023).with_values(b) for n, w, b, _ in made if w in ("both", "last", "left_out")}
    out = [unit(n, 2023).with_values(b) for n, w, b, _ in made if w == "before_left_out"]
    this = {
        n: unit(n, 2024).with_values(t) for n, w, _, t in made if w in ("both", "this", "before_left_out")
    }
    if not old or not this:
        return
    on_roster = [unit(n, 2024) for n, w, _, _ in made if w != "last"]
    last = last_year(*old.values(), left_out=tuple(out))
    for cell in ("t2.documents.in_force", "t4.review.pending"):
        last.city.set(cell, last.city.number(cell) + more)
    lines = [
        adjustment(i, name, this[name], change) for i, (name, change) in enumerate(moves, 2) if name in this
    ]
    city = sum_up(list(this.values()), roster_of(*on_roster), last, adjustments=lines, include_invalid=True)
    for finding in every(city.findings):
        assert sum(s.amount for s in finding.parts) == (finding.difference if finding.parts else 0)
        relation = catalogue()[finding.rule].relation
        assert finding.parts or not relation or relation["is"] == "zero-together", finding.id
    check_equations(city, this)
    check_two_years(city, last.city)


def check_equations(city: Consolidation, this: Mapping[str, Report]) -> None:
    """Each that is open, and no other, has parts; each unit's is its own residual."""
    broken = zip(city.form.equations, city.form.residuals(city.report.vector()), strict=True)
    parted = {p.finding.place: p for p in city.parting if p.finding.place in city.form.equation}
    assert {e.id: r for e, r in broken if r} == {
        place: sum(share.amount for share in p.parts) for place, p in parted.items()
    }
    for place, parting in parted.items():
        for share in parting.parts:
            assert share.line or share.amount == residual(this[share.unit], place)


def check_two_years(city: Consolidation, prior: Report) -> None:
    by_id = {(r.rule, r.place): r for r in relations(city.form, catalogue()) if not r.sums}
    for parting in city.parting:
        relation = by_id.get((parting.finding.rule, parting.finding.place))
        if relation is None:
            continue
        whole = sum(
            sign * t.factor * (prior if t.prior else city.report).number(t.cell)
            for sign, side in ((1, relation.left), (-1, relation.right))
            for t in side
        )
        assert sum(s.amount for s in (*parting.parts, *parting.beside)) == whole, parting.finding.id


def residual(report: Report, place: str) -> int:
    equation = report.form.equation[place]
    return sum(map(report.number, equation.left)) - sum(map(report.number, equation.right))


def adjustment(line: int, name: str, report: Report, change: int) -> Adjustment:
    at: Mapping[str, str] = {"table": "二", "row": "行政规范性文件", "column": "现行有效件数"}
    before = report.number("t2.documents.in_force")
    return Adjustment(line, name, **at, before=str(before), change=str(change), reason="核实")
