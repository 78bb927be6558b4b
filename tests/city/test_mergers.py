"""撤并, declared once: carry-over, stock and the number of units follow it; what can not be told is said."""

from __future__ import annotations

from typing import Any

from gouji.city.asking.acting import duties
from gouji.city.asking.saying import remedy_of
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Merger, Settings
from gouji.city.intake.known import Known
from gouji.city.intake.roster import Roster
from gouji.city.parting.merging import following, succession
from gouji.city.sum.last_year import LastYear
from gouji.city.views.long import Long
from gouji.city.views.sources import blocks
from gouji.report import Report
from gouji.rules import Context, Finding
from support.triples import Triple
from support.years import errors_of, roster_of, sum_up, unit

OLD = [
    unit("甲局", 2023, "001", new=9, carried_out=3),
    unit("乙局", 2023, "002", new=5, carried_out=2),
    unit("丙局", 2023, "003", new=4, carried_out=1),
]


def last_year(*units: Report) -> LastYear:
    return LastYear("上年.xlsx", sum_up(list(units)).report, units, left_out=())


def desk(roster: Roster, *mergers: Merger) -> Desk:
    return Desk(Settings("某市", 2024), roster, mergers=mergers)


def city_of(this: list[Report], *mergers: Merger, old: list[Report] | None = None) -> Consolidation:
    roster = roster_of(*this)
    return sum_up(this, roster, last_year(*(old or OLD)), desk=desk(roster, *mergers))


def rules_of(city: Consolidation) -> dict[str, Finding]:
    return {f.rule: f for f in city.findings}


def lines_of(city: Consolidation) -> dict[str, tuple[str, int]]:
    assert city.handover
    return {line.unit: (line.kind, line.gaps[-1]) for line in city.handover.lines}


class Declared:
    def __init__(self, *mergers: Merger, old: list[Report] | None = None) -> None:
        self.mergers, self.old = mergers, old

    def findings(self) -> list[Finding]:
        this = [unit("甲局", 2024, "001", carried_in=5), unit("丙局", 2024, "003", carried_in=1)]
        if self.old is None:
            roster = roster_of(*this)
            return list(sum_up(this, roster, desk=desk(roster, *self.mergers)).findings)
        return list(city_of(this, *self.mergers, old=self.old).findings)


class TestUnfit(Triple):
    """A 撤并 that names nobody on either side is an error in words."""

    rule = "merger-unfit"
    level = "error"
    says = ("第 3 行", "上年文件中没有原单位“乙局办公室”", "相近的有：乙局")
    valid = Declared(Merger("乙局", "甲局", "并入", line=3), old=OLD)
    invalid = Declared(Merger("乙局办公室", "甲局", "并入", line=3), old=OLD)
    undecidable = Declared(Merger("乙局办公室", "甲局", "并入", line=3))


def unfit(merger: Merger) -> str:
    (finding,) = (f for f in Declared(merger, old=OLD).findings() if f.rule == "merger-unfit")
    return finding.message


def test_every_way_to_name_nobody_has_its_words() -> None:
    assert "现单位“丁局”不在本年应报单位名单上" in unfit(Merger("乙局", "丁局", line=2))
    assert "都没有写" in unfit(Merger("", "", line=2))
    assert "都是“甲局”" in unfit(Merger("甲局", "甲局", line=2))
    assert "还在本年应报单位名单上，本年也报送了" in unfit(Merger("丙局", "甲局", "并入", line=2))


def test_a_new_unit_that_is_not_on_the_roster_is_to_be_written_there_first() -> None:
    (found,) = (
        f
        for f in Declared(Merger("乙局", "丁局", "更名", line=2), old=OLD).findings()
        if f.rule == "merger-unfit"
    )
    assert "把“丁局”写入应报单位名单" in found.remedy and "把“乙局”那一行改为新名称" in found.remedy


def test_whoever_may_have_another_name_is_led_to_the_list_of_mergers() -> None:
    """Told by its code, by no name of the roster, or by having sent nothing: each says where to write it."""
    roster = roster_of(unit("甲局", 2024, "001"), unit("乙局", 2024, "002"))
    city = sum_up([unit("甲委", 2024, "001"), unit("乙委", 2024)], roster)
    found = rules_of(city)
    assert "现单位“甲委”" in found["unit-name"].remedy and "原单位“甲局”" in found["unit-name"].remedy
    assert all("“撤并”" in found[rule].remedy for rule in ("unit-name", "unit-unexpected", "unit-missing"))
    assert "名单上" in found["unit-missing"].remedy
    (renamed,) = (duty for duty in duties(city) if duty.unit.name == "甲局")
    (told,) = renamed.open.told
    assert "更名的，封面不用改" in remedy_of(city, told), "the unit is not asked for its old name"


class Listed:
    """乙局 still stands on the roster; ``sent``: whether it reported."""

    def __init__(self, *mergers: Merger, sent: bool = False) -> None:
        self.mergers, self.sent = mergers, sent

    def city(self) -> Consolidation:
        this = [unit("甲局", 2024, "001", carried_in=5), unit("丙局", 2024, "003", carried_in=1)]
        gone = unit("乙局", 2024, "002")
        roster = roster_of(this[0], gone, this[1])
        sent = [this[0], gone, this[1]] if self.sent else this
        return sum_up(sent, roster, last_year(*OLD), desk=desk(roster, *self.mergers))

    def findings(self) -> list[Finding]:
        return list(self.city().findings)


class TestListed(Triple):
    """撤并 is the later word: whoever it ends does not report, and the line of the roster is to go."""

    rule = "merger-listed"
    level = "hint"
    says = ("名单第 3 行的 乙局 已按撤并第 5 行处理",)
    valid = Declared(Merger("乙局", "甲局", "并入", line=5), old=OLD)
    invalid = Listed(Merger("乙局", "甲局", "并入", line=5))
    undecidable = Listed(Merger("乙局", "甲局", "并入", line=5), sent=True)


def test_whoever_was_merged_is_not_asked_for_a_report() -> None:
    city = Listed(Merger("乙局", "甲局", "并入", line=5)).city()
    assert [row.unit.name for row in city.units] == ["甲局", "丙局"] and errors_of(city) == 0
    assert not {"unit-missing", "merger-unfit"} & rules_of(city).keys()
    assert lines_of(city) == {"甲局": ("same", 0), "丙局": ("same", 0)}
    assert rules_of(city)["city-units"].left == 2
    ended = Listed(Merger("乙局", "", "撤销", line=5)).city()
    assert len(ended.units) == 2 and "merger-listed" in rules_of(ended)


def test_one_that_reported_itself_is_asked_about() -> None:
    city = Listed(Merger("乙局", "甲局", "并入", line=5), sent=True).city()
    found = rules_of(city)["merger-unfit"]
    assert len(city.units) == 3 and "删去“乙局”" in found.remedy and "删去撤并的这一行" in found.remedy


def test_a_line_that_fits_nobody_ends_nobody() -> None:
    for merger in (Merger("乙局", "丁局", "并入", line=5), Merger("乙局", "甲局", "分立", line=5)):
        assert len(Listed(merger).city().units) == 3


# ---------------------------------------------------------------- carry-over


def test_several_into_one() -> None:
    this = [unit("甲局", 2024, "001", carried_in=5), unit("丙局", 2024, "003", carried_in=1)]
    undeclared = city_of(this)
    assert lines_of(undeclared)["乙局"] == ("gone", -2)
    city = city_of(this, Merger("乙局", "甲局", "并入", "2024-03", line=2))
    assert lines_of(city) == {"甲局": ("same", 0), "丙局": ("same", 0)}
    assert city.handover and city.handover.lines[0].remark == "由 乙局 并入（撤并第 2 行）"
    assert "city-carry-over" not in rules_of(city)
    units = rules_of(city)["city-units"]
    assert (units.left, units.right, units.level) == (2, 3, "hint")
    assert units.message == "本年名单上 2 个单位，上年 3 个，少 1：甲局 由 乙局 并入（撤并第 2 行）。"


def test_what_it_comes_from_is_shown_beside_those_that_became_it() -> None:
    """来源 and 分析 follow 撤并 as the rules do."""
    this = [unit("甲局", 2024, "001", new=12), unit("丙局", 2024, "003", new=4)]
    city = city_of(this, Merger("乙局", "甲局", "并入"))
    (block,) = (one for one in blocks(Long(city)) if one.cell.id == "t3.new.total")
    assert {part.unit: part.before for part in block.parts} == {"甲局": 9 + 5, "丙局": 4}


def test_one_under_another_name() -> None:
    this = [unit("新局", 2024, "009", carried_in=2), unit("甲局", 2024, "001", carried_in=3)]
    this.append(unit("丙局", 2024, "003", carried_in=1))
    city = city_of(this, Merger("乙局", "新局", "更名"))
    assert lines_of(city)["新局"] == ("same", 0)
    assert "city-carry-over" not in rules_of(city)


def test_what_a_merged_unit_mistyped_is_still_its_error() -> None:
    this = [unit("甲局", 2024, "001", carried_in=4), unit("丙局", 2024, "003", carried_in=1)]
    found = rules_of(city_of(this, Merger("乙局", "甲局", "并入", line=2)))["city-carry-over"]
    assert found.level == "error"
    assert [(s.unit, s.amount) for s in found.parts] == [("甲局", -1)]


def test_one_split_is_compared_as_a_whole() -> None:
    this = [unit("一局", 2024, "011", carried_in=2), unit("二局", 2024, "012", carried_in=1)]
    this += [unit("乙局", 2024, "002", carried_in=2), unit("丙局", 2024, "003", carried_in=1)]
    split = (Merger("甲局", "一局", "分立", line=2), Merger("甲局", "二局", "分立", line=3))
    city = city_of(this, *split)
    assert lines_of(city)["一局、二局"] == ("same", 0)
    assert city.handover
    remark = next(x.remark for x in city.handover.lines if x.unit == "一局、二局")
    assert "一局、二局 各接收多少不能判定，只核对合计" in remark
    wrong = [this[0], unit("二局", 2024, "012", carried_in=7), *this[2:]]
    found = rules_of(city_of(wrong, *split))["city-carry-over"]
    assert [(s.unit, s.amount) for s in found.parts] == [("一局、二局", 6)]


def test_an_end_that_is_declared_makes_the_difference_a_warning() -> None:
    """CORRECTIONS 15: only where it accounts for the whole difference."""
    this = [unit("甲局", 2024, "001", carried_in=3), unit("丙局", 2024, "003", carried_in=1)]
    assert rules_of(city_of(this))["city-carry-over"].level == "error"
    ended = Merger("乙局", "", "撤销", line=2)
    found = rules_of(city_of(this, ended))["city-carry-over"]
    assert (found.level, found.difference) == ("warning", -2)
    this[0] = unit("甲局", 2024, "001", carried_in=4)
    assert rules_of(city_of(this, ended))["city-carry-over"].level == "error"


# ---------------------------------------------------------------- stock, and the units themselves


def test_stock_follows() -> None:
    def stock(name: str, year: int, number: int) -> Report:
        return unit(name, year).with_values({"t2.documents.in_force": number})

    old = [stock("甲局", 2023, 9), stock("乙局", 2023, 4)]
    this = [stock("甲局", 2024, 12)]
    merger = Merger("乙局", "甲局", "并入", line=2)
    found = rules_of(city_of(this, merger, old=old))["stock"]
    assert (found.left, found.right) == (12, 13)
    assert [(s.unit, s.amount) for s in found.parts] == [("甲局", -1)]
    (own,) = (f for filed in city_of(this, merger, old=old).taken for f in own_stock(filed, old, merger))
    assert (own.left, own.right) == (12, 13), "the unit is told by the same numbers"


def own_stock(filed: Any, old: list[Report], merger: Merger) -> list[Finding]:
    from gouji.audit import audit

    report = filed.submission.report
    roster = roster_of(report)
    last = last_year(*old)
    last = following(last, succession([merger], roster, last))
    known = Known(Context(), roster, last)
    return [f for f in audit(report, known.about(report)) if f.rule == "stock"]


def test_of_a_split_unit_nothing_is_said_by_itself() -> None:
    roster = roster_of(unit("一局", 2024), unit("二局", 2024))
    last = last_year(*OLD)
    lines = [Merger("甲局", "一局", "分立", line=2), Merger("甲局", "二局", "分立", line=3)]
    known = Known(Context(), roster, following(last, succession(lines, roster, last)))
    context = known.about(unit("一局", 2024))
    assert (context.prior, context.searched) == (None, "")


def test_the_number_of_units_is_explained_also_where_nothing_was_declared() -> None:
    this = [unit("甲局", 2024, "001", carried_in=3), unit("丁局", 2024, "004")]
    message = rules_of(city_of(this))["city-units"].message
    assert message.startswith("本年名单上 2 个单位，上年 3 个，少 1：")
    assert "新增 丁局（没有写入撤并）" in message
    assert "乙局、丙局 不在本年名单上（没有写入撤并）" in message
    same = [unit(r.unit, 2024, r.code, carried_in=r.number("t3.carried_out.total")) for r in OLD]
    assert "city-units" not in rules_of(city_of(same))


def test_a_file_of_a_unit_that_became_another_is_told_so() -> None:
    """It is no stranger: its line of 撤并 is known, and its numbers belong into the report of 甲局."""
    this = [unit("甲局", 2024, "001"), unit("丙局", 2024, "003")]
    for merger, said in (
        (Merger("乙局", "甲局", "并入", line=5), "已按撤并第 5 行成为 甲局，应由 甲局 一并填报"),
        (Merger("乙局", "", "撤销", line=6), "已按撤并第 6 行撤销"),
    ):
        roster = roster_of(*this)
        city = sum_up([*this, unit("乙局", 2024)], roster, desk=desk(roster, merger))
        assert said in rules_of(city)["unit-unexpected"].message


def test_a_file_of_another_year_is_told_so_and_nobody_has_to_report_it_again() -> None:
    this = [unit("甲局", 2024, "001"), unit("丙局", 2024, "003")]
    roster = roster_of(*this)
    merger = Merger("乙局", "甲局", "并入", line=5)
    for name in ("乙局", "丁局"):
        city = sum_up([*this, unit(name, 2023)], roster, desk=desk(roster, merger))
        message = rules_of(city)["unit-unexpected"].message
        assert "文件的年度是 2023，不是 2024" in message and "一并填报" not in message


def test_a_file_under_the_name_of_before_is_led_to_the_unit_that_bore_it() -> None:
    this = [unit("甲局", 2024, "001"), unit("丙局", 2024, "003")]
    roster = roster_of(*this, unit("新局", 2024, "005"))
    merger = Merger("乙局", "新局", "更名", line=5)
    city = sum_up([*this, unit("乙局", 2024)], roster, desk=desk(roster, merger))
    found = rules_of(city)
    assert "请把封面的单位名称改为 新局" in found["unit-unexpected"].message
    assert "补入" not in found["unit-unexpected"].message
    assert "乙局.json 可能是此单位的" in found["unit-missing"].message
