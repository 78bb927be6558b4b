"""The drafted report as Word, web page and PDF: one content, valid, the same in every run."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.demo import demo_reports, demo_roster, published
from gouji.city.drafting import drafted, report_html, report_pdf, report_word
from gouji.published.importer import read_published
from support.second_opinion import audited


@pytest.fixture(scope="module")
def demo() -> Consolidation:
    sent = [Submission(f"{report.unit}.xlsx", report) for report in demo_reports()]
    return consolidate(sent, demo_roster(), name="太仓市", year=2019)


def paragraphs(page: bytes) -> Iterator[str]:
    for tag, text in re.findall(r"<(p|h[123]) class[^>]*>(.*?)</(?:p|h[123])>", page.decode()):
        yield re.sub("<br>", "\n", re.sub("<(?!br)[^>]*>", "", text)) if tag else ""


def test_word_and_page_say_the_same(demo: Consolidation) -> None:
    document = docx.Document(io.BytesIO(report_word(demo)))
    said = [p.text for p in document.paragraphs if p.text]
    assert said == [text for text in paragraphs(report_html(demo)) if text]
    texts = drafted(demo).texts or {}
    assert [line for text in texts.values() for line in text.splitlines() if line not in said] == []


def test_the_same_city_gives_the_same_bytes(demo: Consolidation) -> None:
    assert report_word(demo) == report_word(demo) and report_html(demo) == report_html(demo)
    assert demo.word() == report_word(demo)


def test_what_is_published_of_the_demonstration_can_be_said_of_its_sum(demo: Consolidation) -> None:
    """Numbers of 太仓市's own tables, in our words."""
    text = (drafted(demo).texts or {})["一"]
    for said in (
        "行政许可决定47056件、行政处罚决定83040件。",
        "新收政府信息公开申请273件，上年结转1件。",
        "自然人申请245件（占89.7%）、法人或其他组织申请28件（占10.3%）。",
        "办结政府信息公开申请274件，其中予以公开140件（占51.1%）",
        "，因四舍五入，各项占比之和为100.1%。",
        "引发行政复议3件，其中结果维持1件、其他结果2件。",
        "引发行政诉讼5件，其中未经复议直接起诉4件、复议后起诉1件。",
        "新制作规范性文件20件，新公开规范性文件17件，对外公开规范性文件总数376件。",
        "采购总金额309338万元",
    ):
        assert said in text
    assert "行政强制" not in text, "its 0 bears the note that nobody counted"
    assert "各单位均未收取信息公开处理费。" in (drafted(demo).texts or {})["六"]


@pytest.mark.parametrize("made", [report_word, report_html])
def test_it_is_read_back_like_any_published_report(made: object, demo: Consolidation) -> None:
    name = "年报.docx" if made is report_word else "年报.html"
    back = read_published(made(demo), name).report  # type: ignore[operator]
    assert back.values == published().values and back.unit == "太仓市" and not back.unread
    assert back.notes == drafted(demo).notes


def test_a_second_opinion_on_the_drafted_package(demo: Consolidation, tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    path.write_bytes(report_word(demo))
    assert audited(path) == []


@pytest.mark.office
@pytest.mark.long
def test_the_pdf(demo: Consolidation) -> None:
    if not shutil.which("soffice"):
        pytest.skip("soffice is missing")
    assert report_pdf(demo).startswith(b"%PDF")
