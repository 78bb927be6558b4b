"""The title breaks where nothing is split."""

from __future__ import annotations

import pytest

from gouji.document.title import title_lines
from gouji.form import load_form
from gouji.report import Report
from gouji.text import shown_width
from support.documents import opened

REPORT = "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("太仓市", [f"太仓市{REPORT}"]),
        ("某市某局", [f"某市某局{REPORT}"]),
        ("太仓市住房和城乡建设局", ["太仓市住房和城乡建设局", REPORT]),
        (
            "新疆维吾尔自治区巴音郭楞蒙古自治州人民政府办公室",
            ["新疆维吾尔自治区", "巴音郭楞蒙古自治州人民政府办公室", REPORT],
        ),
        (
            "某某省某某市市场监督管理局某某经济技术开发区分局",
            ["某某省某某市", "市场监督管理局某某经济技术开发区分局", REPORT],
        ),
    ],
)
def test_lines_of_a_title(name: str, lines: list[str]) -> None:
    assert list(title_lines(f"{name}{REPORT}")) == lines


def test_a_title_of_another_form() -> None:
    assert title_lines("题目") == ("题目",)
    assert title_lines("关于某某市人民政府办公室政府信息公开工作年度报告") == (
        "关于某某市人民政府办公室",
        "政府信息公开工作年度报告",
    )
    endless = "甲" * 30
    assert title_lines(endless) == (endless,), "no place is known: left to the program that prints it"
    assert shown_width(endless) > 40


def test_the_lines_stand_in_the_document() -> None:
    document = opened(Report(load_form("2021"), "太仓市住房和城乡建设局", 2024))
    assert document.paragraphs[0].text == f"太仓市住房和城乡建设局\n{REPORT}"
    assert document.core_properties.title == f"太仓市住房和城乡建设局{REPORT}"
