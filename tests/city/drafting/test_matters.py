"""信息公开处理费 as the units state it, collected to the last 分; who said nothing is named."""

from __future__ import annotations

from gouji.city.drafting.draft import draft_of
from gouji.city.drafting.matters import collected_fees, matters
from gouji.document.contents import gap
from gouji.report import Report
from gouji.workbook.reading.reader import read_workbook
from support.drafts import city_of, zeros


def unit(name: str, text: str) -> Report:
    report = zeros("2021", name)
    report.texts = {"六": text}
    return report


def test_amounts_are_collected_exactly() -> None:
    units = [
        unit("甲局", "本年度收取信息处理费320.5元，无其他事项。"),
        unit("乙局", "收取信息公开处理费0.12万元。2023年收取信息公开处理费900元。"),
        unit("丙局", "无其他需要报告的事项，未收取信息处理费。"),
    ]
    fees = collected_fees([(report.unit, report) for report in units])
    assert fees.stated == {"甲局": 32_050, "乙局": 120_000, "丙局": 0}
    told, _ = matters(city_of(*units)).splitlines()
    assert told == "2024年，共收取信息公开处理费1520.5元（甲局320.5元、乙局1200元），其余单位未收取。"


def test_who_said_nothing_is_named() -> None:
    units = [
        unit("甲局", "未收取信息处理费。"),
        unit("乙局", "无。"),
        unit("丙局", "收取信息处理费约300元。"),
        unit("丁局", "收取信息处理费300元。信息处理费金额为200元。"),
    ]
    fees = collected_fees([(report.unit, report) for report in units])
    assert (fees.stated, fees.silent, fees.several) == (
        {"甲局": 0},
        ["乙局", "丙局"],
        {"丁局": (30_000, 20_000)},
    )
    told, _ = matters(city_of(*units)).splitlines()
    assert told.startswith("2024年，1个单位写明未收取信息公开处理费。")
    assert "【此处填写：信息公开处理费：丁局前后写法不一（300元、200元），请核对后补写】" in told
    assert "2个单位的第六部分没有写明确切金额（乙局、丙局）" in told


def test_nobody_collected_anything() -> None:
    city = city_of(unit("甲局", "未收取信息处理费。"), unit("乙局", "信息处理费收取情况：无。"))
    assert matters(city).splitlines()[0] == "2024年，各单位均未收取信息公开处理费。"


def test_the_offices_own_section_asks_for_the_fees() -> None:
    units = unit("甲局", "未收取信息公开处理费。"), unit("乙局", "收取信息公开处理费3元。")
    texts = {"五": "改进了。\n【统计】", "六": "建议提案均已公开。\n【统计】\n以上。"}
    drafted = draft_of(city_of(*units, texts=texts)).report.texts or {}
    assert drafted["六"].splitlines() == [
        "建议提案均已公开。",
        "2024年，共收取信息公开处理费3元（乙局3元），其余单位未收取。",
        "以上。",
    ]
    assert drafted["五"] == f"改进了。\n{gap('这一部分没有由表生成的统计句，请自行写明或删去本行')}"
    plain = draft_of(city_of(*units, texts={"六": "没有别的事项。"})).report.texts or {}
    assert plain["六"] == "没有别的事项。"


def test_units_without_any_text_leave_only_gaps() -> None:
    told, rest = matters(city_of(zeros("2021", "甲局"))).splitlines()
    assert told.startswith("【此处填写：信息公开处理费：1个单位") and told.endswith("】")
    assert rest.startswith("【此处填写：其他需要报告的事项")


def test_the_section_is_judged_as_it_will_be_published() -> None:
    units = unit("甲局", "未收取信息公开处理费。"), unit("乙局", "收取信息公开处理费3元。")
    silent = {f.rule for f in city_of(*units, texts={"一": "好。", "六": "没有别的事项。"}).findings}
    asks = city_of(*units, texts={"一": "好。", "六": "【统计】\n没有别的事项。"})
    assert "fee-silent" in silent and "fee-silent" not in {f.rule for f in asks.findings}
    assert (asks.report.texts or {})["六"].startswith("【统计】"), "what the office wrote stays its own"


def test_the_workbook_of_the_result_holds_what_is_published() -> None:
    texts = {"一": "（一）主动公开\n【统计】", "五": "改进了。", "六": "【统计】\n没有别的事项。"}
    city = city_of(unit("甲局", "未收取信息公开处理费。"), texts=texts)
    back = read_workbook(city.workbook()).report.texts or {}
    assert "【统计】" not in "".join(back.values())
    assert "共作出" in back["一"] or "未作出" in back["一"]
    assert back["五"] == "改进了。" and back["六"].startswith("2024年，各单位均未收取信息公开处理费。")
