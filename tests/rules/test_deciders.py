"""Every rule of the catalogue is decided by one function, a relation, an equation or a cell's state, or
said where files are read, causes are sought and units are added up; no function decides what is no rule."""

import tomllib
from importlib import resources

import pytest

from gouji.form import editions, load_form
from gouji.rules import CHECKS, Context, catalogue, check
from gouji.rules.deciders import compares, decide_rule, decides, registered
from gouji.rules.equations import rule_of
from support.triples import zeros

#: Files of entries whose rules other rooms say: reading (files), the city, the search for the wrong cell.
ELSEWHERE = ("files.toml", "city.toml", "approving.toml", "causes.toml", "movements.toml")
#: The states of single cells (``cells.py``), and what the reader of workbooks says of one.
CELLS = "cells.toml"


def entries(*files: str) -> set[str]:
    folder = resources.files("gouji.rules").joinpath("entries")
    return {rule for name in files for rule in tomllib.loads(folder.joinpath(name).read_text("utf-8"))}


def test_every_rule_is_decided_once() -> None:
    relations = {rule.id for rule in catalogue().rules.values() if rule.relation}
    equations = {rule_of(e) for edition in editions() for e in load_form(edition).equations}
    ways = [set(registered()), relations, equations, entries(*ELSEWHERE), entries(CELLS)]
    everywhere = [rule for way in ways for rule in way]
    assert sorted(everywhere) == sorted(catalogue().rules)


def test_what_is_looked_up_is_decided_or_refused() -> None:
    with pytest.raises(ValueError, match="two functions decide all-zero"):
        decides("all-zero")(lambda rule, report, context: iter(()))
    with pytest.raises(ValueError, match="two functions decide outlier-peers"):
        compares("outlier-peers")(lambda reports, rules: [])


def test_a_rule_by_its_id_says_what_the_whole_check_says_of_it() -> None:
    report = zeros(texts={"五": "无", "六": "待补充"}, year=0)
    found = check(report)
    assert {"problems-empty", "placeholder", "fee-silent", "cover-missing"} <= {f.rule for f in found}
    for rule in registered() - {"outlier-peers", "text-shared"}:
        assert list(decide_rule(rule, report, Context())) == [f for f in found if f.rule == rule]


def test_the_order_of_the_checks_is_that_of_the_form() -> None:
    """Cover, how it was read, cells, equations, last year, 二, 三, 四, 五, then what needs a second look."""
    report = zeros(
        cells={"t2.rules.made": -1, "t2.documents.in_force": 5, "t3.carried_out.total": 4},
        texts={"五": "无", "一": "待补充"},
        year=0,
    )
    said = [f.rule for f in check(report, Context(rule_making=False))]
    wanted = ["cover-missing", "cell-number", "row-total", "section-empty", "problems-empty", "placeholder"]
    assert [rule for rule in dict.fromkeys(said) if rule in wanted] == wanted
    assert len(CHECKS) == 19
