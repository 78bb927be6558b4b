"""Labels are found however they are written or broken, and only where they can be labels."""

from __future__ import annotations

import pytest

from gouji.form import TABLE_KEYS, editions, load_form
from gouji.published.stream import Atom, Stream
from gouji.published.tables.labels import core_of, find_labels, vocabulary
from gouji.published.tables.squeezed import squeeze
from support.published.small import squeezed


def words(text: str, name: str = "x.txt") -> list[str]:
    return [hit.word for hit in squeezed(text, name)[1].found]


@pytest.mark.parametrize("edition", editions())
def test_every_label_of_the_form_is_a_word(edition: str) -> None:
    tables = load_form(edition).tables
    for key in TABLE_KEYS:
        for block in tables[key].blocks:
            for role, lines in (("row", block.rows), ("head", block.columns)):
                for one in lines:
                    uses = vocabulary()[core_of(one.label)]
                    assert any(
                        (u.role, u.table, u.edition, u.id) == (role, key, edition, one.id) for u in uses
                    )


@pytest.mark.parametrize(
    ("label", "core"),
    [
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("（三）不予公开", "不予公开"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("本年收费金额（单位：万元）", "本年收费金额"),
        ("第二十条第（一）项", "第二十条第一项"),
    ],
)
def test_the_core_of_a_label(label: str, core: str) -> None:
    assert core_of(label) == core


@pytest.mark.parametrize(
    "text",
    [
        "4.保护第三方合法权益",
        "4、保护第三方\n合法权益",
        "4. 保护 第三方合法权益",
        "保护第三方合 12 0 法权益",
        "4.保護第三方合法權益",
    ],
)
def test_a_label_is_found_however_it_is_broken(text: str) -> None:
    assert words(text) == ["保护第三方合法权益"]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("7.属于行政执法案件", "属于行政执法案卷"),
        ("2.其他法律行政止公开", "其他法律行政法规禁止公开"),
        ("2.其他法律和行政法规禁止公开", "其他法律行政法规禁止公开"),
        ("先行有效件数", "现行有效件数"),
        ("本年废纸件数", "本年废止件数"),
        ("四、政府信息公开行政法复议、行政诉讼情况", "政府信息公开行政复议行政诉讼情况"),
        (
            "申请人无正当理由逾期不补正、行政机关不再受理其政府信息公开申请",
            "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
        ),
    ],
)
def test_known_slips_mean_the_label(text: str, core: str) -> None:
    (hit,) = squeezed(text)[1].found
    assert hit.uses == vocabulary()[core]


def test_the_number_of_a_label_belongs_to_it_one_digit_and_its_sign() -> None:
    text, hits = squeezed("00000002.重复申请0000000（六）其他处理")
    first, second = hits.found
    assert text.text[: first.start] == "0000000"
    assert text.text[first.until : second.start] == "0000000"


@pytest.mark.parametrize("text", ["制定规章制度", "有关行政许可事项", "其他组织", "合计数"])
def test_a_short_label_within_a_word_is_none(text: str) -> None:
    assert words(text) == []


def test_the_longest_label_wins() -> None:
    assert words("行政规范性文件 0 0 0") == ["行政规范性文件"]
    assert words("2.其他法律行政法规禁止公开") == ["其他法律行政法规禁止公开"]


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("规范性文件（行政机关制定的决定、2018年起）3", "(行政机关制定的决定、2018年起)"),
        ("3.其他（七）总计", ""),  # the numeral of the next label explains nothing
        ("部分公开（区分处理的 0 0（三）不予公开", ""),  # a bracket that is never closed
    ],
)
def test_an_explanation_behind_a_label_is_skipped(text: str, skipped: str) -> None:
    found, hits = squeezed(text)
    assert found.text[hits.found[0].end : hits.found[0].until] == skipped


def test_a_bracket_in_the_next_cell_is_no_explanation() -> None:
    _, hits = squeezed("3.其他\t（略）\t0\n")
    assert hits.found[0].end == hits.found[0].until


def test_a_label_without_end_is_no_report() -> None:
    assert find_labels(squeeze(Stream((Atom("规章 " * 5000),)))).too_many
