"""The search for the smallest explanation, by itself."""

from gouji.locate.search import Search
from gouji.locate.system import Residual, system
from gouji.report import Report
from support.located import consistent


def residual_of(report: Report) -> Residual:
    sides = [
        sum(map(report.number, e.left)) - sum(map(report.number, e.right)) for e in report.form.equations
    ]
    return {place: difference for place, difference in enumerate(sides) if difference}


def test_no_guess_is_more_than_the_other_side_of_an_equation() -> None:
    """Truth 9: where a table can not be told, numbers larger than its totals were offered to look at."""
    for seed in range(12):
        report, other = consistent("2021", seed, filled=0.9), consistent("2021", seed + 50, filled=0.9)
        mixed = report.with_values({c.id: other.number(c.id) for c in report.form.cells[::3]})
        values = mixed.vector()
        search = Search(system(report.form, frozenset()), values)
        corrected = dict(enumerate(values))
        for cell, error in search.guesses(residual_of(mixed)):
            for equation, sign in search.system.of_cell[cell]:
                side = [c for c, s in search.system.cells_of[equation] if s != sign]
                assert values[cell] - error <= sum(corrected[c] for c in side)
            corrected[cell] = values[cell] - error


def test_four_corners_of_a_rectangle_are_never_surely_all() -> None:
    """Three wrong cells always leave an equation with one of them; four may not, and a search from
    equation to equation can then miss others of the same size."""
    report = consistent("2021", 3, filled=1.0)
    wrong = {
        "t3.processed.business": 2,
        "t3.processed.legal_service": 3,
        "t3.to_be_made.business": 2,
        "t3.to_be_made.legal_service": 5,
    }
    broken = report.with_values({cell: report.number(cell) + error for cell, error in wrong.items()})
    search = Search(system(report.form, frozenset()), [broken.number(c.id) for c in report.form.cells])
    hypotheses, surely = search.hypotheses(residual_of(broken))
    assert {len(one) for one in hypotheses} == {4} and len(hypotheses) > 1
    assert not surely
    one = broken.with_values({cell: report.number(cell) for cell in list(wrong)[1:]})
    search = Search(search.system, [one.number(c.id) for c in report.form.cells])
    ((only,), surely) = search.hypotheses(residual_of(one))
    assert len(only) == 1 and surely
