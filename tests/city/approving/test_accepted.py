"""A difference with last year that the office accepts is a warning, of a unit and of the sum."""

from __future__ import annotations

from dataclasses import replace

from gouji.audit import audit
from gouji.city.approving import Settled, unit_state
from gouji.city.approving.telling import is_open, summary
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, Merger, OfficeWord, Settings
from gouji.city.intake.known import Known
from gouji.city.intake.roster import Roster
from gouji.city.parting.merging import following, succession
from gouji.city.sum.last_year import LastYear
from gouji.report import Explanation, Report
from gouji.rules import Context, Finding
from support.triples import Triple
from support.years import roster_of, sum_up, unit

CARRIED = "carry-over:t3.total"
REASON = "上年多报一件，已更正上年报告"
OLD = [unit("甲局", 2023, "001", new=9, carried_out=3), unit("乙局", 2023, "002", new=5, carried_out=2)]


def sealed() -> LastYear:
    """Last year's file, in which both units' reports are sealed: a difference with them is an error."""
    return LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), frozenset({"甲局", "乙局"}))


def this(first: int = 2, second: int = 2, text: str = "") -> list[Report]:
    found = [unit("甲局", 2024, "001", carried_in=first), unit("乙局", 2024, "002", carried_in=second)]
    if text:
        found[0].explanations = {CARRIED: Explanation(text, "")}
    return found


def season(
    reports: list[Report],
    *words: OfficeWord,
    roster: Roster | None = None,
    last: LastYear | None = None,
    mergers: tuple[Merger, ...] = (),
    **more: object,
) -> Consolidation:
    roster, last = roster or roster_of(*OLD), last or sealed()
    known = Known(Context(), roster, last)
    sent = [Submission(f"{r.unit}.xlsx", r, tuple(audit(r, known.about(r)))) for r in reports]
    desk = Desk(Settings("某市", 2024), roster, words=words, mergers=mergers)
    return consolidate(sent, roster, name="某市", year=2024, last_year=last, desk=desk, **more)  # type: ignore[arg-type]


def of(city: Consolidation, name: str, finding: str) -> Settled:
    (found,) = (s for s in city.settled if s.unit == name and s.finding.id == finding)
    return found


VERIFIED = OfficeWord("甲局", CARRIED, "", "已核实", "王五", "1月20日")


def test_an_accepted_difference_with_a_sealed_year_lets_the_unit_count() -> None:
    bare = season(this(text=REASON))
    assert [row.status for row in bare.units] == ["errors", "taken"]
    assert of(bare, "甲局", CARRIED).why.startswith("这是错误，只写说明不够")
    city = season(this(text=REASON), VERIFIED)
    assert [row.status for row in city.units] == ["taken", "taken"]
    one = of(city, "甲局", CARRIED)
    assert (one.state, one.finding.level, one.text, one.who) == ("已核实", "warning", REASON, "王五")
    assert unit_state(city.units[0], city).key == "complete"
    assert "unit-invalid" not in [f.rule for f in city.findings]


def test_a_text_alone_accepts_no_error() -> None:
    for word in (
        OfficeWord("甲局", CARRIED, REASON),
        OfficeWord("甲局", CARRIED, "", "已核实"),
        OfficeWord("甲局", CARRIED, "核实无误", "已核实"),
        OfficeWord("甲局", CARRIED, REASON, "已核实", numbers=("1", "3")),
    ):
        assert [row.status for row in season(this(), word).units] == ["errors", "taken"]


def test_what_was_accepted_of_other_numbers_is_not() -> None:
    kept = season(this(2, text=REASON), VERIFIED).approval.kept
    assert season(this(2, text=REASON), VERIFIED, kept=kept).units[0].status == "taken"
    later = season(this(1, text=REASON), VERIFIED, kept=kept)
    assert later.units[0].status == "errors"
    assert "由 2、3 变为 1、3" in of(later, "甲局", CARRIED).why


def test_the_difference_of_the_sum_follows_from_what_was_accepted_of_its_units() -> None:
    city = season(this(text=REASON), VERIFIED)
    one = of(city, "某市", "city-carry-over:t3.total")
    assert (one.state, one.text, one.finding.level) == ("已核实", f"甲局：{REASON}", "warning")
    assert not [s for s in city.settled if s.city and s.open and s.finding.level == "error"]
    assert not is_open(city), summary(city)


def test_it_does_not_where_a_part_of_the_difference_is_nobodys() -> None:
    """乙局 differs too: first open, then explained and not yet verified."""
    city = season(this(2, 1, text=REASON), VERIFIED, include_invalid=True)
    assert of(city, "某市", "city-carry-over:t3.total").finding.level == "error"
    assert is_open(city)
    both = season(this(2, 1, text=REASON), VERIFIED, OfficeWord("乙局", CARRIED, "一件移送", "已核实"))
    assert of(both, "乙局", CARRIED).why, "four characters explain nothing"
    both = season(this(2, 1, text=REASON), VERIFIED, OfficeWord("乙局", CARRIED, "一件移送省厅", "已核实"))
    assert of(both, "某市", "city-carry-over:t3.total").text == f"甲局：{REASON}；乙局：一件移送省厅"
    assert not is_open(both)


def test_the_offices_word_on_the_sum_itself_comes_first() -> None:
    of_sum = OfficeWord("某市", "city-carry-over:t3.total", "还要再核对一次", "退回", line=4)
    city = season(this(text=REASON), VERIFIED, of_sum)
    assert of(city, "某市", "city-carry-over:t3.total").state == "退回"
    assert "office-word" not in [f.rule for f in city.findings]


def test_the_row_of_the_sheet_that_compares_the_same_numbers_speaks_for_the_sum() -> None:
    """What was typed beside 结转 on 校验 of the city's own report is about 结转核对, and goes back there."""
    typed = {CARRIED: Explanation("甲局一件已更正上年报告", "已核实")}
    city = season(this(), explanations=typed, include_invalid=True)
    assert of(city, "某市", "city-carry-over:t3.total").state == "已核实"
    assert city.report.explanations == {CARRIED: Explanation("甲局一件已更正上年报告", "已核实", ("4", "5"))}


# ---------------------------------------------------------------- 撤并

#: 甲局 was divided: neither heir has a last year of its own to be compared with.
DIVIDED = (Merger("甲局", "一局", "分立", line=2), Merger("甲局", "二局", "分立", line=3))
TOGETHER = "unit-taken-over:一局/二局"
ON_BOTH = OfficeWord("二局", TOGETHER, "上年少报两件，已更正上年报告", "已核实", "王五")


def divided(*words: OfficeWord, second: int = 2, **more: object) -> Consolidation:
    reports = [unit("一局", 2024, "011", carried_in=1), unit("二局", 2024, "012", carried_in=4)]
    reports.append(unit("乙局", 2024, "002", carried_in=second))
    roster = roster_of(*reports)
    last = following(sealed(), succession(DIVIDED, roster, sealed()))
    return season(reports, *words, roster=roster, last=last, mergers=DIVIDED, **more)


class Divided:
    def __init__(self, carried_out: int, mergers: tuple[Merger, ...] = DIVIDED) -> None:
        self.carried_out, self.mergers = carried_out, mergers

    def findings(self) -> list[Finding]:
        before = [unit("甲局", 2023, "001", new=9, carried_out=self.carried_out), OLD[1]]
        reports = [unit("一局", 2024, "011", carried_in=1), unit("二局", 2024, "012", carried_in=4)]
        reports.append(unit("乙局", 2024, "002", carried_in=2))
        roster = roster_of(*reports)
        last = LastYear("上年.xlsx", sum_up(before).report, tuple(before))
        desk = Desk(Settings("某市", 2024), roster, mergers=self.mergers)
        return list(sum_up(reports, roster, last, desk=desk).findings)


class TestTakenOver(Triple):
    """What heirs of a divided unit carried in together is not what it carried out."""

    rule = "unit-taken-over"
    level = "warning"
    numbers = (5, 3)
    says = ("一局、二局", "合计为 5", "合计为 3", "多 2", "撤并第 2、3 行")
    valid = Divided(5)
    invalid = Divided(3)
    undecidable = Divided(3, ())


def test_a_word_on_what_heirs_took_over_together_settles_the_sum() -> None:
    bare = divided()
    assert of(bare, "某市", TOGETHER).open and is_open(bare)
    assert "一局" in bare.approval.of_unit and unit_state(bare.units[0], bare).key == "unexplained"
    for name in ("一局", "二局", "某市", "汇总"):
        city = divided(replace(ON_BOTH, unit=name))
        assert of(city, "某市", TOGETHER).state == "已核实", name
        one = of(city, "某市", "city-carry-over:t3.total")
        assert (one.state, one.text) == ("已核实", "一局、二局：上年少报两件，已更正上年报告")
        assert not is_open(city), summary(city)


def test_every_other_line_has_to_be_accounted_for_too() -> None:
    city = divided(ON_BOTH, second=1, include_invalid=True)
    assert of(city, "某市", "city-carry-over:t3.total").open and is_open(city)
    both = divided(ON_BOTH, OfficeWord("乙局", CARRIED, "一件移送省厅", "已核实"), second=1)
    assert of(both, "某市", "city-carry-over:t3.total").text.endswith("；乙局：一件移送省厅")
    assert not is_open(both)


def test_what_a_declared_end_accounts_for_needs_no_word() -> None:
    """乙局 has ended as declared (−2), 甲局 differs and is verified: nothing of the difference is left."""
    last, ended = sealed(), (Merger("乙局", "", "撤销", line=2),)
    reports = [this(text=REASON)[0]]
    roster = roster_of(*reports)
    city = season(reports, VERIFIED, roster=roster, last=last, mergers=ended)
    assert of(city, "某市", "city-carry-over:t3.total").state == "已核实"
    assert not is_open(city), summary(city)
    assert is_open(season(reports, VERIFIED, roster=roster, last=last))


def test_a_unit_that_lawfully_does_not_report_accounts_for_its_part() -> None:
    excused = OfficeWord("乙局", "unit-missing:乙局", "并入省厅，由省厅报送", "已核实")
    reports = [this(text=REASON)[0]]
    city = season(reports, VERIFIED, excused)
    assert of(city, "某市", "city-carry-over:t3.total").state == "已核实"
    assert not is_open(city), summary(city)
    assert of(season(reports, VERIFIED), "某市", "city-carry-over:t3.total").open
