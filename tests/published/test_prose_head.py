"""Title, unit, year and period, and what is said where they disagree."""

from __future__ import annotations

import pytest

from gouji.published.prose import read_prose
from gouji.published.reading import ProseRead
from gouji.published.source.sniff import open_source

BODY = "一、总体情况\n全年公开消息31条。\n二、主动公开政府信息情况\n信息内容\n六、其他需要报告的事项\n无。\n"


def read(head: str, name: str = "年报.txt", end: str = "") -> ProseRead:
    return read_prose(open_source(f"{head}\n{BODY}{end}".encode(), name))


def page(head: str, *, title: str = "", metas: str = "", end: str = "") -> ProseRead:
    text = "".join(f"<p>{line}</p>" for line in (head + "\n" + BODY + end).splitlines() if line)
    markup = (
        f"<html><head><meta charset='utf-8'>{metas}<title>{title}</title></head><body>{text}</body></html>"
    )
    return read_prose(open_source(markup.encode(), "年报.html"))


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        ("云溪县林业局 2020 年政府信息公开工作年度报告", "云溪县林业局", 2020),
        ("云溪县林业局关于2021年度政府信息公开工作年度报告", "云溪县林业局", 2021),
        ("2024 年云溪县林业局政府信息公开工作年度报告", "云溪县林业局", 2024),
        ("关于云溪县林业局2020年政府信息公开工作年度报告的报告", "云溪县林业局", 2020),
        ("《云溪县林业局2020年政府信息公开工作年度报告》", "云溪县林业局", 2020),
        ("# 云溪县林业局 2020 年政府信息公开工作 年度报告", "云溪县林业局", 2020),
        ("云溪县\n林业局\n2022年政府信息公开工作年度报告", "云溪县林业局", 2022),
        ("云溪县林业局2022年\n政府信息公开工作年度报告", "云溪县林业局", 2022),
        ("云溪县林业局2022年政府信息\n公开工作年度报告", "云溪县林业局", 2022),
        ("云溪县林业局政府信息公开工作年度报告（2023年）", "云溪县林业局", 2023),
        ("云溪县林业局政府信息公开工作年度报告\n（2023年度）", "云溪县林业局", 2023),
        ("云溪县林业局二〇二〇年政府信息公开工作年度报告", "云溪县林业局", 2020),
        ("云溪县人民政府2023年政务公开工作年度报告", "云溪县人民政府", 2023),
        ("2023年云溪县人民政府信息公开年度报告", "云溪县人民政府", 2023),
        ("中共云溪县委机构编制委员会办公室2020年政府信息公开年报", "中共云溪县委机构编制委员会办公室", 2020),
        ("云溪县就业服务中心2020年政府信息公开工作年度报告", "云溪县就业服务中心", 2020),
        ("云溪县政务公开办公室2020年政府信息公开工作年度报告", "云溪县政务公开办公室", 2020),
        ("云溪县发展和改革局（粮食局）2020年政府信息公开年报", "云溪县发展和改革局（粮食局）", 2020),
        ("国家税务总局云溪县税务局2020年政府信息公开工作年度报告", "国家税务总局云溪县税务局", 2020),
        ("云溪县林业局2019年政府信息公开工作年度报告（图片版）", "云溪县林业局", 2019),
        ("云溪市2019年政府信息公开工作年度报告", "云溪市", 2019),
        ("标题：云溪县林业局2020年政府信息公开年报", "云溪县林业局", 2020),
        ("首页 > 政务公开 > 年报\n云溪县林业局2020年政府信息公开年报", "云溪县林业局", 2020),
        ("当前位置： 首页政务公开 云溪县林业局2020年度政府信息公开工作年度报告 来源：", "云溪县林业局", 2020),
        ("⼋里⼭县林业局2020年政府信息公开⼯作年度报告", "八里山县林业局", 2020),
        ("雲溪縣農業局2019年政府信息公開工作年度報告", "云溪县农业局", 2019),
    ],
)
def test_unit_and_year_by_the_title(title: str, unit: str, year: int) -> None:
    found = read(title)
    assert (found.unit, found.year) == (unit, year)
    assert found.doubts == ()


def test_mentions_in_sentences_are_no_title() -> None:
    found = read(
        "根据《关于政府信息公开工作年度报告有关事项的通知》，现公开本单位 2020 年政府信息公开工作年度报告。"
    )
    assert (found.title, found.unit, found.year) == ("", "", 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。",
        "本报告所列数据的统计期限为2021年1月1日至12月31日。",
        "数据统计时限从2021年1月1日到同年12月31日止。",
        "统计期限：2021-01-01至2021-12-31。",
        "统计期限：2021.1.1—2021.12.31。",
        "所列数据自二〇二一年一月一日起至二〇二一年十二月三十一日止。",
        "所列数据自 2021 年 1 月 1 日起至 2021 年 12 \n月 31 日止。",
        "所列数据自２０２１年１月１日至２０２１年１２月３１日。",
    ],
)
def test_every_writing_of_a_period(sentence: str) -> None:
    found = read(sentence)
    assert found.period == ("2021-01-01", "2021-12-31")
    assert found.year == 2021


def test_a_period_that_begins_in_september() -> None:
    """A body that was founded in the midst of the year."""
    found = read("本报告所列数据的统计期限自2019年9月1日起至2019年12月31日止。")
    assert (found.period, found.year) == (("2019-09-01", "2019-12-31"), 2019)


def test_another_period_of_the_text_is_not_the_report_s() -> None:
    found = read(
        "防火期为2020年11月1日至2021年4月30日。本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"
    )
    assert (found.period, found.year, found.doubts) == (("2020-01-01", "2020-12-31"), 2020, ())


def test_period_wins_over_the_title_and_it_is_said() -> None:
    found = read("云溪县林业局2021年政府信息公开工作年度报告\n统计期限自2020年1月1日至2020年12月31日。")
    assert found.year == 2020
    assert [(d.key, dict(d.said)) for d in found.doubts] == [("year", {"period": "2020", "title": "2021"})]


def test_page_title_and_file_name_are_compared() -> None:
    found = page("云溪县林业局2020年政府信息公开年报", title="云溪县林业局2021年政府信息公开年报-某站")
    assert (found.year, [d.key for d in found.doubts]) == (2020, ["year"])
    found = read("云溪县林业局2020年政府信息公开年报", name="林业局2021年年报.txt")
    assert dict(found.doubts[0].said) == {"title": "2020", "name": "2021"}


def test_dates_of_publication_are_never_the_year() -> None:
    head = "发布时间：2023-01-17 09:30\n采集时间：2025-12-30\n2023年1月18日印发"
    found = read(head, name="20230117_下载.txt", end="云溪县林业局\n2023年1月16日\n")
    assert (found.year, found.period) == (0, None)


def test_a_year_that_only_the_file_s_name_says_is_doubtful() -> None:
    found = read("根据条例编制本报告。", name="林业局2022年年报.txt")
    assert (found.year, [d.key for d in found.doubts]) == (2022, ["year_by_name"])


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限自2021年1月1日至2020年12月31日。",
        "统计期限自2020年1月1日至2020年12月31日，数据自2019年1月1日至2019年12月31日。",
    ],
)
def test_a_period_that_can_not_be_is_said(sentence: str) -> None:
    found = read(f"云溪县林业局2020年政府信息公开年报\n{sentence}")
    assert found.year == 2020
    assert "period" in [d.key for d in found.doubts]


# ---------------------------------------------------------------- the unit


def test_without_a_title_the_signature_says_it() -> None:
    found = read("根据条例编制本报告。", end="云溪县林业局\n2021年1月19日\n")
    assert (found.unit, found.signed, found.dated) == ("云溪县林业局", "云溪县林业局", "2021年1月19日")
    assert found.texts["六"] == "无。"


def test_without_a_title_the_published_body_says_it() -> None:
    named = "云溪县林业局（绿化办）"
    assert read("索引号：0143\n发布机构：云溪县林业局\n根据条例编制本报告。").unit == "云溪县林业局"
    assert read(f"发布机构：{named}\n根据条例编制本报告。").unit == named
    meta = "<meta name='ContentSource' content='云溪县林业局'><meta name='SiteName' content='云溪县人民政府'>"
    assert page("根据条例编制本报告。", metas=meta).unit == "云溪县林业局"
    assert page("根据条例编制本报告。", metas="<meta name='SiteName' content='云溪县人民政府'>").unit == ""
    assert read("来源：云溪政府网\n根据条例编制本报告。").unit == ""


def test_a_title_s_name_is_completed_by_its_only_place() -> None:
    head = "东山区林业局2020年政府信息公开年报\n云溪市东山区林业局的“云溪市东山区林业局”公众号。"
    assert read(head).unit == "云溪市东山区林业局"
    assert read(head + "\n由大河市东山区林业局转发。").unit == "东山区林业局"
    assert read("林业局2020年政府信息公开年报", end="云溪县林业局\n2021年1月19日\n").unit == "云溪县林业局"


@pytest.mark.parametrize("signed", ["县林业局", "云溪县林业局办公室", "云溪县林业局"])
def test_a_short_name_is_no_disagreement(signed: str) -> None:
    found = read("云溪县林业局2020年政府信息公开年报", end=f"{signed}\n2021年1月19日\n")
    assert (found.unit, found.doubts) == ("云溪县林业局", ())


@pytest.mark.parametrize("signed", ["云溪县人民政府办公室", "云溪县政府办公室", "云溪县政府办"])
def test_the_office_of_a_government_signs_for_it(signed: str) -> None:
    found = read("云溪县人民政府2020年政府信息公开年报", end=f"{signed}\n2021年1月19日\n")
    assert (found.unit, found.signed, found.doubts) == ("云溪县人民政府", signed, ())


def test_another_body_under_the_report_is_said() -> None:
    found = read("云溪县林业局2020年政府信息公开年报", end="云溪县水务局\n2021年1月19日\n")
    assert found.unit == "云溪县林业局"
    (doubt,) = found.doubts
    assert (doubt.key, dict(doubt.said)) == ("unit", {"unit": "云溪县林业局", "signed": "云溪县水务局"})
