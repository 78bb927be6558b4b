"""The data of variants: every entry belongs to a label of the form or to a number."""

from __future__ import annotations

import pytest

from gouji.form import KINDS
from gouji.published.characters import invisible, radicals, traditional
from gouji.published.tables.labels import core_of, vocabulary
from gouji.published.tables.normalise import folded, letters
from gouji.published.tables.numbers import Raw, Unit, data, unit_said, value_of

DATA = data()


@pytest.mark.parametrize("label", DATA["spellings"])
def test_every_other_spelling_is_of_a_label(label: str) -> None:
    assert core_of(label) in vocabulary()
    for other in DATA["spellings"][label]:
        assert core_of(other) != core_of(label)
        assert vocabulary()[core_of(label)][0] in vocabulary()[core_of(other)]


@pytest.mark.parametrize("part", DATA["within"])
def test_every_part_stands_in_a_label(part: str) -> None:
    assert any(letters(folded(part)) in word for word in vocabulary())


@pytest.mark.parametrize("pairs", [radicals(), traditional()], ids=["radicals", "traditional"])
def test_characters_stand_in_pairs(pairs: dict[int, str]) -> None:
    """One for one, and none that is itself written for another."""
    assert all(len(other) == 1 and ord(other) not in pairs for other in pairs.values())
    assert folded("".join(map(chr, pairs))) == "".join(pairs.values())
    assert folded(invisible()) == ""


def test_units_are_those_that_a_cell_may_have() -> None:
    for unit in DATA["values"]["units"]:
        kind = KINDS["money" if unit in DATA["values"]["money"] else "count"]
        assert value_of(Raw(f"3{unit}", 0), kind)[0] is not None


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["(单位:万元)"], Unit("万元")),
        (["(亿元)"], Unit("亿元")),
        (["(元)"], Unit("元")),
        (["", "(单位:元)"], Unit("元")),
        (["(单位:万元)", "(元)"], Unit("万元")),
        (["", "(项)"], Unit("万元", assumed=True)),
    ],
)
def test_the_unit_that_heads_and_labels_say(texts: list[str], unit: Unit) -> None:
    assert unit_said(texts) == unit
