"""The city's sheets on A4, measured in the PDF that LibreOffice prints (needs fonts-crosextra-carlito)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.city.asking.reminder import reminder_workbook
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import LastYear
from gouji.wording import wording_of
from support.office import Office
from support.paper import needs_poppler, smallest, texts
from support.years import roster_of, sum_up, unit

pytestmark = [pytest.mark.slow, needs_poppler]

LONG = "某某经济技术开发区管理委员会综合行政执法局"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@pytest.mark.long
def test_every_list_prints_at_9_points(office: Office, folder: Path) -> None:
    """报送情况, 问题, 结转核对, 附注全文 and 明细."""
    old = [unit("甲局", 2023, "001", new=9, carried_out=3), unit(LONG, 2023, "002", new=5, carried_out=2)]
    last = LastYear("上年.xlsx", sum_up(old).report, tuple(old), frozenset())
    noted = replace(
        unit("甲局", 2024, carried_in=3), marks={"t2.documents.made": "注1"}, notes={"注1": "说明。" * 90}
    )
    city = sum_up([noted, unit(LONG, 2024, carried_in=1)], last_year=last)
    path = folder / "汇总.xlsx"
    path.write_bytes(city_workbook(city))
    with office.open(path) as book:
        pdf = book.pdf(folder / "汇总.pdf")
    pages = dict(zip(texts(pdf), smallest(pdf), strict=True))
    for heads in ("intake", "problems", "note_sheet"):
        printed = "".join(wording_of("gouji.city", heads)["heads"])
        (size,) = [size for text, size in pages.items() if printed in text]
        assert size >= 9, heads
    (size,) = [
        size
        for text, size in pages.items()
        if wording_of("gouji.city", "handover.sheet")["explained"][:9] in text
    ]
    assert size >= 9
    sheet = "".join(wording_of("gouji.city", "detail")["title"].format(unit="某市", year=2024).split())
    (first,) = [i for i, text in enumerate(pages) if sheet in text]
    sizes = list(pages.values())[first:]
    assert min(sizes) >= 9, "and so do all sheets behind it"


def test_the_reminder_too(office: Office, folder: Path) -> None:
    sent = unit("甲局", 2024)
    path = folder / "催报.xlsx"
    path.write_bytes(reminder_workbook(sum_up([sent], roster_of(sent, unit(LONG, 2024)))))
    with office.open(path) as book:
        pdf = book.pdf(folder / "催报.pdf")
    assert LONG in "".join(texts(pdf))
    assert min(smallest(pdf)) >= 9
