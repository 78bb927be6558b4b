"""What is not decided: said to be so, few lines, the likeliest first."""

from __future__ import annotations

import re

import pytest

from gouji.locate.alternatives import families
from gouji.locate.rank import Ranker
from gouji.report import Report
from gouji.rules import Context
from support.located import best, certain, listed, located

from .test_causes import case, zeros

BOTH = ("natural", "total")


def table(rows: dict[str, int], edition: str = "2021") -> Report:
    """A form of zeros in which natural persons alone have these numbers."""
    report = zeros(edition)
    for row, number in rows.items():
        report = report.with_values(dict(case(report, (row,), number)))
    return report


def one_too_many() -> Report:
    """Six results, one with a single application that （七） does not count."""
    results = {"granted": 9, "partly": 3, "secret": 4, "internal": 32, "not_held": 10, "petition": 1}
    return table({"new": 58, **results, "processed": 58})


def row_of(group: dict[str, object]) -> set[str]:
    return {cell.split(".")[1] for cell in group}


def test_alike_alternatives_are_one_line_and_none_is_lost() -> None:
    (finding,) = located(one_too_many())
    assert not finding.decided and not certain([finding])
    assert [len(a.groups) for a in finding.alternatives] == [6, 1]
    groups = [n for a in finding.alternatives for n in a.groups]
    assert sorted(groups) == sorted({s.group for s in finding.suspects})
    assert "多计 1 件" in finding.alternatives[0].reason and "共 6 处可能" in finding.alternatives[0].reason


def test_a_tie_between_results_is_told_as_one_and_an_unlogged_case_is_thought_of() -> None:
    """Clerk's M7: the row with a single case came first only because 1→0 is; the fault was elsewhere."""
    (finding,) = located(one_too_many())
    told = "「自然人」列 6 行中有一行多计 1 件（或收件总数漏登 1 件），表内看不出是哪一行"
    assert finding.tied and finding.open and told in finding.message
    assert "先查" not in finding.message and not re.search(r"[A-J]\d", finding.message)
    unlogged = {f"t3.{r}.{c}": 59 for r in ("new", "processed") for c in BOTH}
    assert unlogged in listed(finding)


@pytest.mark.parametrize(
    ("known", "where"),
    [("prior", "疑似沿用了上年数"), ("prose", "文字表述为 31"), ("neither", "看不出是哪一行")],
)
def test_who_knows_a_row_breaks_the_tie(known: str, where: str) -> None:
    prior = zeros(year=2021)
    prior = prior.with_values(dict(case(prior, ("internal",), 32)) | {"t3.internal.research": 1})
    context = Context(prior=prior if known == "prior" else None)
    prose = {"t3.internal.total": 31} if known == "prose" else {}
    (finding,) = located(one_too_many(), context, prose=prose)
    assert where in finding.message and finding.tied == (known == "neither")
    assert (row_of(listed(finding)[0]) == {"internal"}) == (known != "neither")


def unbalanced() -> Report:
    """One more was closed than came."""
    return table({"new": 245, "granted": 130, "partly": 100, "internal": 16, "processed": 246})


def test_the_message_of_what_is_undecided_is_short_and_names_no_alternative() -> None:
    (finding,) = located(unbalanced())
    assert "「自然人」列一、二两项之和为 245" in finding.message and "前者少 1。" in finding.message
    assert "尚不能判定" in finding.message and "有 5 种改法都能轧平" in finding.message
    assert "→" not in finding.message and len(finding.message) < 220
    assert "总计" not in finding.message, "what follows from the applicants' column is not said again"


def test_a_row_without_a_number_comes_first_and_last_years_report_is_asked_for() -> None:
    (finding,) = located(unbalanced())
    assert best([finding]) == {f"t3.carried_in.{c}": 1 for c in BOTH}
    assert "先看上年报告的「四、结转下年度继续办理」「自然人」：若为 1" in finding.message


@pytest.mark.parametrize(("carried", "first"), [(1, "carried_in"), (0, "new")])
def test_alternatives_that_contradict_last_year_come_last_and_it_is_said(carried: int, first: str) -> None:
    prior = zeros(year=2021)
    prior = prior.with_values(dict(case(prior, ("carried_out",), carried)))
    (finding,) = located(unbalanced(), Context(prior=prior))
    rows = [row_of(group) for group in listed(finding)]
    assert rows[0] == {first}
    assert (rows[-1] == {"carried_in"}) == (carried == 0)
    contrary = ["与上年报告不符" in a.reason for a in finding.alternatives]
    assert contrary == ([False, True] if carried else [False] * 4 + [True])
    if carried:
        assert finding.message.startswith(
            "「二、上年结转政府信息公开申请数量」行很可能有 2 格填错，应为：D10 0→1"
        )
        assert "「总计」为 1，只有这样改与之相符；另有 4 种改法" in finding.message and not finding.open
        assert len(finding.alternatives) == 2, "the others are one line"
    else:
        assert "「总计」为 0，与之相符的只有 4 种，其余 1 种不符" in finding.message and finding.open
    assert not certain([finding])


def test_who_applies_most_is_mistyped_most() -> None:
    """20 of the next row's: into the empty cell of the 97 %, not to the one of the 3 %."""
    report = table({"new": 1008, "inquiry": 20, "not_held": 968, "to_be_made": 20, "processed": 1008})
    business = {"new": 75, "inquiry": 1, "not_held": 74, "processed": 75}
    for row, number in business.items():
        cells = {f"t3.{row}.business": number, f"t3.{row}.total": report.number(f"t3.{row}.total") + number}
        report = report.with_values(dict(cells))
    (finding,) = located(report.with_values({"t3.inquiry.natural": 0, "t3.not_held.natural": 988}))
    assert finding.rule == "moved-value" and not finding.decided
    assert best([finding]) == {"t3.inquiry.natural": 20, "t3.not_held.natural": 968}
    assert {"t3.inquiry.business", "t3.not_held.business"} in [set(g) for g in listed(finding)]
    assert "疑似误将 20 件并入「（四）1」行" in finding.message
    assert "漏键入" not in finding.message + "".join(s.reason for s in finding.suspects), "one story only"


def test_neighbours_that_were_exchanged_are_said_to_be() -> None:
    report = table({"new": 2000, "granted": 1175, "partly": 825, "processed": 2000})
    for row in ("new", "granted", "processed"):
        report = report.with_values(
            {f"t3.{row}.business": 12, f"t3.{row}.total": report.number(f"t3.{row}.total") + 12}
        )
    (finding,) = located(report.with_values({"t3.granted.natural": 12, "t3.granted.business": 1175}))
    assert (finding.rule, finding.decided) == ("wrong-line", True)
    assert best([finding]) == {"t3.granted.natural": 1175, "t3.granted.business": 12}
    assert "「（一）予以公开」行有两格的数对调了" in finding.message


def test_where_typing_explains_nothing_that_is_said() -> None:
    report = table({"new": 58, "granted": 58, "processed": 58})
    (finding,) = located(report.with_values({"t3.new.natural": 65}))
    assert "应为 58（怎样填错的，从数字看不出）" in finding.message
    assert [s.reason for s in finding.suspects] == ["怎样填错的，从数字看不出"]


def test_an_unfilled_total_says_its_state_its_numbers_and_what_they_follow_from() -> None:
    report = table({"new": 58, "granted": 58, "processed": 58})
    (zero,) = located(report.with_values({f"t3.processed.{c}": 0 for c in BOTH}))
    assert "「（七）总计」（D32、J32）整行为 0。请填：自然人 58、总计 58（共 2 格）。" in zero.message
    assert "与一＋二−四相符" in zero.message and zero.decided and not zero.alternatives


def test_very_many_ways_end_in_a_rest() -> None:
    report = table({"new": 1})
    ranker = Ranker(report, Context())
    cells = [report.form.index[f"t3.{r.id}.natural"] for r in report.form.tables["table3"].grid.rows]
    ways = [ranker.judge([(c, -n)]) for n, c in enumerate(cells, 1)]
    found = families(ranker, ways)
    assert len(found) == 8 and found[-1].rest
    assert sorted(n for f in found for n in f.members) == [*range(len(ways))]
