"""A catalogue entry with a fault is refused when it is loaded, with file, entry, key and what is allowed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest

from gouji.rules import CatalogueError, catalogue
from gouji.rules.catalogue import rules_of

FILES = {
    file.name: file.read_text("utf-8")
    for file in resources.files("gouji.rules").joinpath("entries").iterdir()
    if file.name.endswith(".toml")
}
KEY = re.compile(r"^([a-z_]+) = ", re.M)
ENTRY = re.compile(r"^\[([a-z0-9-]+)\]$", re.M)

#: What an entry can do without: the rest is refused where it is missing.
OPTIONAL = {
    "live",
    "off",
    "since",
    "until",
    "needs",
    "under",
    "quiet_beside_error",
    "explainable",
    "about",
    "relation",
    "bounds",
}


def refused(file: str, text: str, beside: dict[str, str] | None = None) -> str:
    """What is said of one file of the catalogue with this text; "" where it is loaded."""
    try:
        rules_of({**(beside or {}), file: text})
    except CatalogueError as error:
        return str(error)
    return ""


def entries() -> Iterator[tuple[str, str, str]]:
    """(file, rule, text) of each entry by itself."""
    for file, text in FILES.items():
        _, *parts = ENTRY.split(text)
        for rule_id, rest in zip(parts[::2], parts[1::2], strict=True):
            yield file, rule_id, f"[{rule_id}]{rest}"


def keys(text: str) -> Iterator[re.Match[str]]:
    """Keys at the beginning of a line, outside tables that a rule names freely."""
    for found in KEY.finditer(text):
        (*_, head) = re.findall(r"^\[+([^\]]+)\]+$", text[: found.start()], re.M)
        if not re.search(
            r"\.(messages|remedies|phrases|reasons|favour|against|patterns|patterns_named|words)$", head
        ):
            yield found


def test_the_shipped_entries_make_the_catalogue() -> None:
    assert rules_of(FILES) == catalogue().rules


def misspelt(text: str, found: re.Match[str]) -> str:
    return text[: found.end(1)] + "x" + text[found.end(1) :]


def test_no_misspelt_key_is_overlooked() -> None:
    """Each key once in each kind of table that it stands in."""
    checked: set[str] = set()
    for file, rule_id, text in entries():
        for found in keys(text):
            (*_, head) = re.findall(r"^\[+([^\]]+)\]+$", text[: found.start()], re.M)
            kind = f"{head.removeprefix(rule_id)}.{found[1]}"
            if kind not in checked:
                checked.add(kind)
                said = refused(file, misspelt(text, found))
                assert f"unknown field `{found[1]}x`" in said, found[0]
                assert said.startswith(f"{file}: [{rule_id}]"), said
    assert len(checked) > 20


@pytest.mark.long
def test_no_misspelt_key_is_overlooked_anywhere() -> None:
    checked = 0
    for file, rule_id, text in entries():
        for found in keys(text):
            said = refused(file, misspelt(text, found))
            assert f"unknown field `{found[1]}x`" in said, found[0]
            assert said.startswith(f"{file}: [{rule_id}]"), said
            checked += 1
    assert checked > 500


def test_no_key_that_a_rule_must_have_is_missing_without_a_word() -> None:
    for file, rule_id, text in entries():
        for key in tomllib.loads(text)[rule_id].keys() - OPTIONAL - {"parameters"}:
            said = refused(file, re.sub(rf"^{key} = .*\n", "", text, count=1, flags=re.M))
            assert said == f"{file}: [{rule_id}]: Object missing required field `{key}`"


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_no_dangling_id_is_overlooked(step: int) -> None:
    """Every id in ``needs``, in a relation and among the parameters, one by one, with a letter more; some
    of them at once."""
    places = re.compile(
        r"^(?:needs|cells?|rows?|columns?|whole|sizes|skip|steady) = .*$|(?:left|right|only) = \[[^\]]*\]",
        re.M,
    )
    named = [
        (file, text, name[0], place.start() + name.end())
        for file, _, text in entries()
        for place in places.finditer(text)
        for name in re.finditer(r'(?<=")[^"]*[a-z](?=")', place[0])
    ]
    assert len(named) > 80
    for file, text, name, at in named[::step]:
        said = refused(file, text[:at] + "x" + text[at:])
        assert "is in no edition" in said, (file, name)


#: What is changed in a file, and what is then said.
SAID = {
    "cells.toml": [
        (
            'level = "error"',
            'level = "eror"',
            "[cell-number].level: Invalid enum value 'eror'; did you mean 'er",
        ),
        ("live = true", "live = 1", "[cell-number].live: Expected `bool | str`, got `int`"),
        (
            'about = "cell-state"',
            'about = "cell-stat"',
            "did you mean 'cell-state'? allowed: '', cell-state, p",
        ),
        ("[cell-blank]\n", "[cell-number]\n", "cells.toml: Cannot declare"),
        ("many = [3, 1000]", "meny = [3, 1000]", "bounds.meny: is no parameter; did you mean 'many'?"),
        ("many = 10", "many = 2", "parameters.many: 2 is no whole number from 3 to 1000"),
        ("many = 10", 'many = "10"', "[cell-blank].parameters.many: Expected `int"),
    ],
    "table2.toml": [
        ('since = "2021"', 'since = "2012"', "[rule-making].since: unknown edition '2012'; did you mean "),
        ('since = "2021"', 'since = "2021"\nuntil = "2019"', "until: 2019 is before 2021"),
        (
            '["t2.rules"]',
            '["t2.rulse"]',
            "[rule-making].needs: 't2.rulse' is in no edition; did you mean 't2",
        ),
        ('["t2.rules"]', '["rules"]', "[rule-making].needs[1]: Expected `str` matching"),
        ('["t2.rules"]', '["t2.rules", "t3.new"]', "[rule-making].needs: names more than one table"),
        ('under = "stock"', 'under = "stok"', "[stock-floor].under: unknown rule 'stok'; did you mean 'st"),
        ('"made", "-repealed"', '"made", "-repeald"', "[stock].relation.right: 'repeald' is in no edition"),
        (
            'is = "="',
            'is = "=="',
            "[stock].relation.is: Invalid enum value '=='; did you mean '='? allowed: <=",
        ),
        (', is = "="', "", "[stock].relation: Object missing required field `is`"),
        ('left = ["in_force"], ', "", "[stock].relation: must have left and right, or carry_over"),
        ('right = ["prior.in_force"', 'right = ["0*prior.in_force"', "matching regex"),
        (
            'level = "error"',
            'level = "error"\nexplainable = true',
            "[public-at-least-new].explainable: what does not add up within one report is never lawful",
        ),
    ],
    "causes.toml": [
        (
            "stale = { weight",
            "stale = { wieght",
            ".reasons.*: Object contains unknown field `wieght`; did",
        ),
        ("stale = { weight = 2", "stale = { weight = 2.5", ".reasons.*.weight: Expected `int`, got `float`"),
        ("stale = 3", 'stale = "3"', ".favour.*: Expected `int`, got `str`"),
        ("[wrong-line]\n", "[wrong-line]\n[x]\n", "[wrong-line]: Object missing required field"),
    ],
    "prose.toml": [
        ('topic = "fees"', 'topic = "fee"', "counts.fees: unknown topic 'fee'; did you mean 'fees'?"),
        ('name = "行政事业性收费"\n', "", "counts.fees: has neither name nor cells"),
        ("行政事业性收费{f}{w}", "行政事业性收费{f}", "must have one of {n}, {m}, {d}, {w}"),
    ],
    "table4.toml": [("sums = true", "sum = true", "unknown field `sum`; did you mean 'sums'?")],
    "carry_over.toml": [
        ("carry_over = true,", 'carry_over = true, left = ["new"],', "carry_over takes both sides from the"),
        (
            'unsealed_level = "warning"',
            'unsealed_level = "mild"',
            "unsealed_level: Invalid enum value 'mild'",
        ),
        (
            'level = "error"\nexplainable = true',
            'level = "hint"\nexplainable = true',
            "[carry-over].explainable: only an error needs it",
        ),
    ],
    "texts.toml": [
        ("待补的内容：{excerpts}", "待补的内容：{excerpts", "[placeholder].message: is no template"),
        ('sections = ["五", "六"]', 'sections = ["五", "七"]', "parameters.sections: '七' is no section"),
        ("[other-year]\n", "[other-year\n", "texts.toml: Expected ']'"),
    ],
    "tables.toml": [("[table4-total]", "[cover]", "tables.toml: [cover] stands in cover.toml already")],
    "table3.toml": [
        ('part = "carried_out"', 'part = "penalties"', "parameters.rows: 'penalties' is in no edition"),
        ('part = "carried_out"', 'part = "natural"', "parameters.rows: 'natural' is in no edition"),
        ('column = "total"', 'column = "new"', "'new' is in no edition; allowed: business"),
        ('section = "六"', 'section = "七"', "parameters.section: '七' is no section"),
        ("pattern = '(?:申请", "pattern = '((?:申请", "parameters.pattern: is no regular expression"),
    ],
}
FAULTS = [(file, *fault) for file, found in SAID.items() for fault in found]


@pytest.mark.parametrize(("file", "old", "new", "says"), FAULTS)
def test_a_fault_is_said_with_its_place_and_what_is_allowed(file: str, old: str, new: str, says: str) -> None:
    assert old in FILES[file]
    assert says in refused(file, FILES[file].replace(old, new, 1), FILES)


# ---------------------------------------------------------------- fields that other code acts on

CELL_STATES = {"cell-number", "cell-blank", "cell-normalised", "cell-money"}
PROSE = {"prose-number"}


def test_which_rules_are_about_a_cell_and_which_about_the_prose() -> None:
    about = {
        kind: {r.id for r in catalogue().rules.values() if r.about == kind}
        for kind in ("cell-state", "prose")
    }
    assert about == {"cell-state": CELL_STATES, "prose": PROSE}
