"""Texts that units share are found among thousands as among a few."""

from __future__ import annotations

import re
from random import Random

from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Finding, catalogue, shared_texts
from gouji.rules.similar import grams, likeness

LETTERS = [chr(0x4E00 + i) for i in range(1500)]
RULES = catalogue()
GIVEN = RULES["text-shared"].parameters


def text(chance: Random, size: int) -> str:
    return "".join(chance.choices(LETTERS, k=size))


def changed(chance: Random, of: str, places: int) -> str:
    letters = list(of)
    for _ in range(places):
        letters[chance.randrange(len(letters))] = chance.choice(LETTERS)
    return "".join(letters)


def reports(texts: list[str]) -> list[Report]:
    form = load_form("2021")
    return [Report(form, f"单位{i}", 2024, texts={"一": one}) for i, one in enumerate(texts)]


def likest(finding: Finding) -> int:
    """How like the text is that a finding names."""
    (percent,) = re.findall(r"(\d+)%", finding.message)
    return int(percent)


def every_pair(texts: list[str]) -> dict[int, int]:
    """Index -> the likeness of the text that is most like it: by comparing each with each."""
    runs = [grams(one, GIVEN["gram"]) for one in texts]
    best: dict[int, int] = {}
    for i, one in enumerate(runs):
        found = max(likeness(one, other) for j, other in enumerate(runs) if j != i)
        if found >= GIVEN["percent"]:
            best[i] = found
    return best


def test_the_rarest_runs_find_what_comparing_all_finds() -> None:
    chance, told = Random(1), 0
    for _ in range(25):
        base = [text(chance, chance.randrange(90, 500)) for _ in range(3)]
        head = text(chance, 150)
        texts = []
        for _ in range(25):
            one = chance.choice(base) if chance.random() < 0.6 else text(chance, 300)
            one = changed(chance, one, chance.randrange(len(one) // 30 + 1))
            texts.append(one + head[: chance.randrange(150)])
        found = {index: likest(finding) for index, finding in shared_texts(reports(texts), RULES)}
        assert found == every_pair(texts)
        told += len(found)
    assert told > 100


def test_of_hundreds_that_copy_one_text_each_is_told() -> None:
    chance = Random(2)
    base = text(chance, 400)
    texts = [changed(chance, base, 2) for _ in range(450)] + [text(chance, 400) for _ in range(50)]
    found = [index for index, _ in shared_texts(reports(texts), RULES)]
    assert found == list(range(450))
