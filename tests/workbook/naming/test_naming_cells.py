"""The sheet names the wrong cell where Python is certain of it, and no other, whatever is on the form.

The values compared are those that the writer stores beside the formulas; that programs show the same is
held by ``test_naming_engines.py``.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from gouji.form import editions
from gouji.report import Report, Unplaced
from support.located import consistent
from support.movements import right_tables
from support.named import bases, cells3, certain3, declared, drawn, said3, with_blanks, with_slips

#: How many are drawn.
MANY = [150, pytest.param(500, marks=pytest.mark.long)]


def agree(report: Report) -> tuple[bool, bool]:
    """(the sheet names cells, Python is certain of cells); every named one is certain, with the same
    number."""
    said, (certain, findings) = said3(report), certain3(report)
    wrong = {c: due for c, due in said.cells.items() if certain.get(c) != due}
    assert not wrong, (wrong, [f.message for f in findings])
    return bool(said.cells), bool(certain)


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize(("filled", "top"), [(0.05, 3), (0.3, 40), (0.9, 5000)])
def test_every_single_error_is_named(edition: str, filled: float, top: int) -> None:
    right = consistent(edition, 7, filled, top)
    for n, cell in enumerate(cells3(right.form)):
        error = (1, -1, 9, 10)[n % 4]
        typed = right.number(cell) + error
        if typed >= 0:
            said = said3(right.with_values({cell: typed}))
            assert said.cells == {cell: right.number(cell)}
            assert said.banner.startswith("填错 1 格（红色）：")


def test_every_single_error_of_published_tables_is_named() -> None:
    dice = Random(20)
    for right in right_tables().values():
        for _ in range(6):
            typed = with_slips(dice, right, 1)
            wrong = {c: right.number(c) for c in cells3(right.form) if typed.number(c) != right.number(c)}
            assert said3(typed).cells == wrong and agree(typed) == (True, True)


def test_right_forms_accuse_nothing() -> None:
    for right in bases():
        for report in (right, declared(right)):
            said = said3(report)
            assert (said.cells, said.moved, said.totals, said.closed) == ({}, "", False, False)
            assert said.banner == "核对通过" and not said.beside


@pytest.mark.parametrize("forms", MANY)
@pytest.mark.parametrize(("count", "least"), [(2, 0.99), (3, 0)])
def test_pairs_are_named_where_python_is_certain(count: int, least: float, forms: int) -> None:
    dice, found = Random(f"pairs{count}"), Counter[str]()
    for _ in range(forms):
        report = with_slips(dice, dice.choice(bases()), count)
        named, certain = agree(report)
        found["named"] += named
        found["certain"] += certain
    assert found["named"] >= least * found["certain"]


@pytest.mark.parametrize(("error", "named"), [(50, True), (1, False)])
def test_two_errors_that_only_legality_tells_apart(error: int, named: bool) -> None:
    """Both pairs of the crossings fit; the other one would make a number negative, or would not."""
    right = consistent("2021", 7, 0.9, 40)
    two = ("t3.granted.natural", "t3.draft.research")
    crossing = ("t3.granted.research", "t3.draft.natural")
    assert all(0 < right.number(c) < 50 for c in crossing)
    typed = right.with_values({c: right.number(c) + error for c in two})
    assert agree(typed) == (named, named)
    assert said3(typed).cells == ({c: right.number(c) for c in two} if named else {})


@pytest.mark.parametrize("forms", MANY)
def test_whatever_is_drawn_no_cell_is_accused_that_python_is_not_certain_of(forms: int) -> None:
    found = Counter[str]()
    for kind, report in islice(drawn(Random(1)), forms):
        named, certain = agree(report)
        found[f"{kind} named"] += named
        found[f"{kind} certain"] += certain
    assert found["1 named"] == found["1 certain"] > forms / 10
    assert found["2 named"] > forms / 10 and found["blanks named"] > forms / 100


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 42))
def test_so_in_thousands(seed: int) -> None:
    for _, report in islice(drawn(Random(seed)), 1000):
        agree(report)


def test_unrelated_blanks_do_not_hide_an_error() -> None:
    right = consistent("2021", 7, 0.9, 40)
    typed = right.with_values({"t3.granted.natural": right.number("t3.granted.natural") + 5})
    typed = typed.with_values({"t3.draft.business": None, "t3.secret.research": None})
    assert said3(typed).cells == {"t3.granted.natural": right.number("t3.granted.natural")}
    assert said3(typed).banner.endswith("；还有 2 格未填（浅黄色）")
    beside = typed.with_values({"t3.granted.business": None})
    assert not said3(beside).cells


def test_a_cell_that_holds_no_number_hides_only_its_own_lines() -> None:
    right = consistent("2021", 7, 0.9, 40)
    cell = right.form.by_id["t3.draft.business"]
    typed = right.with_values({"t3.granted.natural": right.number("t3.granted.natural") + 5, cell.id: None})
    typed.unplaced.append(Unplaced(cell.place, "12件"))
    said = said3(typed)
    assert said.cells == {"t3.granted.natural": right.number("t3.granted.natural")}
    assert "另有 1 格不是合法数字" in said.banner


@pytest.mark.parametrize("forms", MANY)
def test_with_the_declaration_a_number_beside_its_cell_is_no_pair(forms: int) -> None:
    """A 0 may be a cell that was left: Python tells a movement then."""
    dice = Random(5)
    for _ in range(forms // 3):
        right = declared(dice.choice(bases()))
        agree(with_slips(dice, right, 2))
        agree(with_blanks(dice, with_slips(dice, right, 1), 3))


def test_totals_left_blank_under_the_declaration_are_told_as_python_tells_them() -> None:
    """Where totals are still to be typed no number is accused that Python does not accuse; a line is left
    only where Python says so."""
    dice, lines = Random(11), 0
    for n in range(60):
        right = dice.choice(bases())
        cells = [cell for cell in cells3(right.form) if cell in right.values]
        totals = [cell for cell in cells if right.form.by_id[cell].is_total]
        some = dice.sample(totals, min(len(totals), dice.choice([1, 2, 5, 12, 40])))
        kept = set(dice.sample(cells, min(len(cells), dice.choice([1, 3, 9])))) - set(totals)
        blank = [cell for cell in cells if cell not in kept] if n % 2 else some
        typed = declared(right.with_values(dict.fromkeys(blank)))
        agree(typed)
        said = said3(typed)
        if said.totals or said.closed:
            lines += 1
            assert {finding.rule for finding in certain3(typed)[1]} & {"totals-left", "moved-block"}
    assert lines > 3
