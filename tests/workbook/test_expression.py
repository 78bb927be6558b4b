"""An expression's formula and value: Excel's meaning, narrowed to what every program agrees on."""

from __future__ import annotations

import pytest

from gouji.workbook.expression import (
    Cells,
    Pad,
    Range,
    all_,
    any_,
    cell,
    choose,
    count,
    count_above,
    count_below,
    count_other,
    count_word,
    first_of,
    flag,
    if_,
    index,
    join,
    max_,
    min_,
    say,
    sum_,
    sum_where,
    term,
)

#: A row of a number, nothing, a word, 0 and a negative number.
CELLS: Cells = {(1, 1): 3, (1, 2): "", (1, 3): "错", (1, 4): 0, (1, 5): -2}
ROW = Range(1, 1, 1, 5)
CELLS.update({(2, 1): 1, (2, 2): 1, (2, 3): 1, (2, 4): 0, (2, 5): 0})
FLAGS = Range(2, 1, 2, 5)
A, B, C, D, E = (cell(1, n) for n in range(1, 6))


@pytest.mark.parametrize(
    ("expression", "formula", "value"),
    [
        (A + D, "$A$1+$D$1", 3),
        (A - (D - E), "$A$1-($D$1-$E$1)", 1),
        ((A - E) * -1, "($A$1-$E$1)*(-1)", -5),
        (A * E + 1, "$A$1*$E$1+1", -5),
        (sum_(ROW), "SUM($A$1:$E$1)", 1),
        (sum_(Range(1, 2, 1, 2)), "SUM($B$1)", 0),
        (sum_where(FLAGS, ROW), "SUMIF($A$2:$E$2,1,$A$1:$E$1)", 3),
        (count(ROW), "COUNT($A$1:$E$1)", 3),
        (count_above(ROW), 'COUNTIF($A$1:$E$1,">0")', 1),
        (count_below(ROW), 'COUNTIF($A$1:$E$1,"<0")', 1),
        (count_other(ROW), 'COUNTIF($A$1:$E$1,">0")+COUNTIF($A$1:$E$1,"<0")', 2),
        (count_word(ROW, "错"), 'COUNTIF($A$1:$E$1,"错")', 1),
        (min_(ROW), "MIN($A$1:$E$1)", -2),
        (max_(Range(1, 2, 1, 3)), "MAX($B$1:$C$1)", 0),
        (index(ROW, 1, A), "INDEX($A$1:$E$1,1,$A$1)", "错"),
        (choose(A, ("甲", "乙", "丙")), 'CHOOSE($A$1,"甲","乙","丙")', "丙"),
        (if_(B.ne(""), B + 1, ""), 'IF($B$1<>"",$B$1+1,"")', ""),
        (if_(A.eq(3), "是", "否"), 'IF($A$1=3,"是","否")', "是"),
        (if_(B.eq(0), 1, 0), "IF($B$1=0,1,0)", 0),
        (if_(C.ne("错"), 1, 0), 'IF($C$1<>"错",1,0)', 0),
        (flag(A > 1, all_(D >= 0, E < 0)), "IF($A$1>1,IF(AND($D$1>=0,$E$1<0),1,0),0)", 1),
        (flag(any_(A <= 1, D.eq(0))), "IF(OR($A$1<=1,$D$1=0),1,0)", 1),
        (
            first_of((D > 0, "一"), (A > 0, "二"), otherwise="三"),
            'IF($D$1>0,"一",IF($A$1>0,"二","三"))',
            "二",
        ),
        (join("填 ", A, "，", A + 1), '"填 "&$A$1&"，"&($A$1+1)', "填 3，4"),
        (say("{what}应为 {due}", what="总计", due=A), '"总计"&"应为 "&$A$1', "总计应为 3"),
        (term('a"b'), '"a""b"', 'a"b'),
    ],
)
def test_formula_and_value(expression: object, formula: str, value: object) -> None:
    assert (expression.text, expression.value(CELLS)) == (formula, value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", [B + 1, C * 2, B - D, if_(B > 0, 1, 0), if_(D < C, 1, 0)])
def test_a_text_is_no_number(wrong: object) -> None:
    """A sheet would show an error or order by type, each program in its way."""
    with pytest.raises(TypeError):
        wrong.value(CELLS)  # type: ignore[attr-defined]


def test_conditions_of_and_and_or_are_all_worked_out() -> None:
    """As the functions do; IF alone guards."""
    for both in (all_(D > 0, B > 0), any_(A > 0, B > 0)):
        with pytest.raises(TypeError):
            both.holds(CELLS)
    assert flag(D > 0, B > 0).value(CELLS) == 0


@pytest.mark.parametrize("at", [0, 6])
def test_outside_of_the_range_nothing_is_read(at: int) -> None:
    with pytest.raises(IndexError):
        index(ROW, 1, at).value(CELLS)


def test_cells_are_filled_each_after_those_that_it_reads() -> None:
    pad = Pad()
    double = pad.put(2, 1, A * 2)
    pad.put(3, 1, join("共 ", double))
    cells = {at: value for at, value in CELLS.items() if at[0] == 1}
    found = pad.work_out(cells)
    assert [(at, live.formula, live.value) for at, live in found.items()] == [
        ((2, 1), "=$A$1*2", 6),
        ((3, 1), '="共 "&$A$2', "共 6"),
    ]
    assert cells[3, 1] == "共 6"
    with pytest.raises(AssertionError):
        pad.put(2, 1, 0)
