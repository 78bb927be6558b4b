"""Sentences beside real tables: true ones raise nothing, false ones just what is wrong in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gouji.report import Report, Unplaced, load
from gouji.rules import Context, catalogue, check
from gouji.rules.statements import statements

DATA = Path(__file__).parents[1] / "data"
GRAMMARS = sorted((DATA / "prose").glob("*.toml"))
ABOUT_TEXTS = ("prose-number", "growth-claim", "other-year")


@cache
def table(name: str) -> Report:
    return load(DATA / name)


def sentences(kind: str) -> Iterator[tuple[str, str, str, str]]:
    """(report, prior, sentence, ids of what it raises) of every grammar."""
    for file in GRAMMARS:
        for group in tomllib.loads(file.read_text("utf-8"))["tables"]:
            for each in group[kind]:
                text, raises = (each, "") if isinstance(each, str) else each
                yield group["report"], group.get("prior", ""), text, raises


TRUE, FALSE = list(sentences("true")), list(sentences("false"))


def raised(report: Report, prior: Report | None) -> list[str]:
    return [f.id for f in check(report, Context(prior=prior)) if f.rule in ABOUT_TEXTS]


def beside(name: str, text: str) -> Report:
    report = table(name).with_values({})
    report.texts = {"一": text}
    return report


@pytest.mark.parametrize(("report", "prior", "text", "raises"), [*TRUE, *FALSE])
def test_a_sentence_beside_its_table(report: str, prior: str, text: str, raises: str) -> None:
    found = raised(beside(report, text), table(prior) if prior else None)
    assert sorted(set(found)) == sorted(set(raises.split()))


@pytest.mark.parametrize(("report", "prior", "text", "raises"), [*TRUE, *FALSE])
def test_a_sentence_below_a_table_is_read_as_one_above_it(
    report: str, prior: str, text: str, raises: str
) -> None:
    moved = table(report).with_values({})
    moved.texts, moved.unplaced = {}, [Unplaced("三!A60", text)]
    assert sorted(set(raised(moved, table(prior) if prior else None))) == sorted(set(raises.split()))


@pytest.mark.parametrize(("report", "prior", "text"), [(r, p, t) for r, p, t, _ in TRUE if "\n" in t])
def test_any_number_that_is_read_in_a_whole_section_is_found_when_it_is_changed(
    report: str, prior: str, text: str
) -> None:
    before = table(prior) if prior else None
    numbers = {
        said.number
        for every in statements(beside(report, text), catalogue()).values()
        for said in every
        if said.number > 9
    }
    assert len(numbers) > 9
    for number in numbers:
        wrong = re.sub(rf"(?<![\d.]){number}(?![\d.])", str(number + 70_001), text)
        assert raised(beside(report, wrong), before), number


def test_there_are_enough_of_both() -> None:
    assert len({text for _, _, text, _ in TRUE}) >= 60 and len({text for _, _, text, _ in FALSE}) >= 60
