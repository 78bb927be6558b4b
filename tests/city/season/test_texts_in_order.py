"""Texts of the office stand in the form's order in its report, wherever and whenever each was written."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from gouji.city.season.carrying import own_texts, with_carried, with_own
from gouji.city.season.record import Carried, Kept
from gouji.form import load_form
from gouji.report import PREFACE, Report
from support import season
from support.at_once import at_once

ORDER = [PREFACE, "一", "五", "六"]


@pytest.mark.parametrize("written", at_once([("五", "六"), ("五",), ("六", "五")], [("五", "六")]))
def test_what_was_written_into_a_result_is_in_no_wrong_order(
    tmp_path: Path, written: tuple[str, ...]
) -> None:
    desk = replace(season.desk(), texts={PREFACE: "本级的引言。", "一": "本级写的一。"})
    folder = season.season(tmp_path / "某市2024", desk)
    for section in written:
        first = season.run(folder)
        season.typed(season.workbook(first), section, {"A4": f"写在结果里的{section}。"})
    city = season.run(folder).city
    assert list(city.report.texts or {}) == [
        key for key in ORDER if key not in {"五", "六"}.difference(written)
    ]
    assert not [finding for finding in city.findings if finding.rule == "section-titles"]


def test_any_order_of_filling_is_one_report() -> None:
    for keys in permutations((*ORDER, "落款")):
        texts = {key: f"写的{key}。" for key in keys}
        carried = Carried(texts={key: Kept(text, 1) for key, text in texts.items() if key != "一"})
        desk = with_carried(replace(season.desk(), texts={"一": texts["一"]}), carried)
        assert list(desk.texts) == [*ORDER, "落款"] and list(own_texts(texts)) == ORDER
        given = Report(load_form("2021"), "某市", 2024, texts={"一": texts["一"]})
        report = with_own(given, "某市", carried)
        assert report and list(report.texts or {}) == ORDER


def test_a_file_of_the_citys_own_is_judged_as_it_is() -> None:
    """Disorder in it is its own, where nothing was carried."""
    given = Report(load_form("2021"), "某市", 2024, texts={"六": "六在前。", "一": "一在后。"})
    report = with_own(given, "某市", Carried())
    assert report and list(report.texts or {}) == ["六", "一"]
