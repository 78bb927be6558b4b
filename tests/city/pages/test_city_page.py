"""The city's web page: whole in itself, every text escaped, every number with its source."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.pages import page
from gouji.city.views.sources import LARGEST
from gouji.form.look import screen
from support.looked_at import LATE, WRONG, at_another_place, city_of, name, submission
from support.years import sum_up, unit

#: Elements that have no end.
VOID = {"meta", "br", "input", "col", "rect"}
HOSTILE = "<script>alert(1)</script>&\"'\x0b局"


class Read(HTMLParser):
    """``ids``, ``hrefs``, ``texts``; raises AssertionError where elements are not closed in their order."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.texts: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [str(given["id"])] if "id" in given else []
        self.hrefs += [str(given["href"])] if "href" in given else []
        self.sources += [str(given["src"])] if "src" in given else []
        assert not any(key.startswith("on") for key in given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data.strip())


def test_it_needs_nothing_but_itself() -> None:
    content = page(city_of(late=True, wrong=True, adjusted=True))
    read = Read(content)
    assert read.sources == [] and "link" not in read.tags and "img" not in read.tags
    assert read.tags.count("script") == 1 and not re.search(rb"@import|url\(|https?:", content)
    assert len(set(read.ids)) == len(read.ids)
    inside = [href[1:] for href in read.hrefs if href.startswith("#")]
    assert set(inside) <= set(read.ids) and len(inside) > 20
    assert all(colour.encode() in content for colour in (screen()["this"], screen()["last"]))


def test_every_number_has_its_entry_with_the_sum() -> None:
    city = city_of(adjusted=True)
    read = Read(page(city))
    nonzero = {c.id for c in city.form.cells if city.report.number(c.id)}
    assert {i[2:] for i in read.ids if i.startswith("s-")} == nonzero
    assert {i[2:] for i in read.ids if i.startswith("c-")} == {c.id for c in city.form.cells}
    assert read.texts.count("合计") == len(nonzero)
    digest = submission(city.parts[0][1]).sha256
    assert digest in read.texts and "../报送/甲局.xlsx" in read.hrefs


def test_what_is_said_on_the_first_sheet_is_said_here() -> None:
    said = "\n".join(Read(page(city_of(late=True, wrong=True), slips={WRONG: "退回单/错.xlsx"})).texts)
    for part in (
        "应报 6 个单位，已报 5 个（83.3%）",
        LATE,
        "张三",
        "83660001",
        "2025年1月10日",
        "三!J9",
        "第 3 次",
    ):
        assert part in said
    assert "退回单/错.xlsx" in Read(page(city_of(wrong=True), slips={WRONG: "退回单/错.xlsx"})).hrefs


def test_every_text_is_escaped() -> None:
    """Of units, contacts, files, reasons; what XML does not hold is left out."""
    report = replace(unit("甲局", 2024, new=3), unit=HOSTILE, code=None)
    hostile = RosterUnit("<b>乙</b>", contact="<i>", phone='"><img src=x>', deadline="&")
    city = sum_up([report], Roster((RosterUnit(HOSTILE), hostile)))
    content = page(at_another_place(city, '"><img src=y>'), slips={HOSTILE: "javascript:alert(1)"})
    read = Read(content)
    assert not {"img", "b ", "i"} & set(read.tags) and read.tags.count("script") == 1
    assert not [href for href in read.hrefs if re.match(r"\w+:", href)]
    assert "<b>乙</b>" in read.texts and b"\x0b" not in content


def test_above_a_limit_the_others_stand_in_one_line() -> None:
    read = Read(page(city_of(LARGEST + 1, prior=False)))
    assert "另 1 个单位" in read.texts and name(LARGEST) in read.texts


def test_a_city_of_which_nothing_has_come_and_two_equal_builds() -> None:
    empty = city_of(0, prior=False, late=True)
    said = Read(page(empty)).texts
    assert any("已报 0 个（0.0%）" in text for text in said)
    assert page(empty) == page(empty)


# ---------------------------------------------------------------- in a browser

MEASURE = """<script>addEventListener("load", () => { location.hash = "s-t3.new.total";
setTimeout(() => { document.title = [document.documentElement.scrollWidth, innerWidth,
document.getElementById("s-t3.new.total").open, document.querySelectorAll("svg").length].join(" ") }, 300) })
</script></body>"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [500, 1200])
def test_it_fits_a_phone_and_a_link_opens_its_source(width: int, tmp_path: Path) -> None:
    """500 pixels: Chromium's narrowest window. Only tables scroll sideways, and those in themselves."""
    if not shutil.which("chromium"):
        pytest.skip("chromium is missing")
    source = tmp_path / "汇总.html"
    content = page(city_of(12, late=True, wrong=True, adjusted=True)).decode()
    source.write_text(content.replace("</body>", MEASURE), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000", "--dump-dom"]
    shown = subprocess.run([*command, source.as_uri()], capture_output=True, check=True, timeout=110)
    found = re.search(rb"<title>(\d+) (\d+) (\w+) (\d+)</title>", shown.stdout)
    assert found, shown.stdout[:300]
    assert int(found[1]) <= int(found[2]) and found[3] == b"true" and int(found[4]) >= 6
