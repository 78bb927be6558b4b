"""Of what was sent in, what is taken into the sum; of the rest it is said why not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import gouji
from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.summing import check_sum
from gouji.form import LIMIT, load_form
from gouji.report import Unplaced, from_json, load
from gouji.rules import catalogue
from support import DATA
from support.consolidated import FORM, city, full, roster, sent

# ---------------------------------------------------------------- who is taken


def statuses(found: Consolidation) -> dict[str, str]:
    return {row.unit.name: row.status for row in found.units}


def rules_of(found: Consolidation) -> list[str]:
    return [f.rule for f in found.findings if f.rule.startswith("unit-")]


def test_missing_unexpected_wrong_year_wrong_edition_unreadable() -> None:
    unreadable = catalogue()["unreadable"].finding("戊局.xlsx", reason="文件不完整")
    old = load_form("2021", {"table2": "2019", "table3": "2019"})
    found = city(
        [
            sent(full(FORM, "甲局", t2__licences__decisions=3)),
            sent(full(FORM, "乙局", 2023)),
            sent(full(old, "丙局")),
            sent(full(FORM, "甲分局"), "甲分局.xlsx"),
            Submission("sub/戊局2024年报.xlsx", None, (unreadable,)),
        ],
        roster("甲局", "乙局", "丙局", "丁局", "戊局"),
    )
    assert statuses(found) == {
        "甲局": "taken",
        "乙局": "wrong_year",
        "丙局": "wrong_edition",
        "丁局": "missing",
        "戊局": "unread",
    }
    assert [(f.submission.file, f.status) for f in found.strangers] == [
        ("sub/戊局2024年报.xlsx", "unreadable"),
        ("甲分局.xlsx", "unexpected"),
    ]
    assert found.strangers[1].suggestions == ("甲局",), "a near miss is suggested, not matched"
    assert "戊局2024年报.xlsx" in found.units[4].remarks[0]
    assert ["三、" in remark for remark in found.units[2].remarks] == [False, True]
    assert sorted(rules_of(found)) == [
        "unit-edition",
        "unit-missing",
        "unit-missing",
        "unit-unexpected",
        "unit-year",
    ]
    assert found.report.value("t2.licences.decisions") == 3
    assert [row.unit.name for row in found.left_out] == ["乙局", "丙局", "丁局", "戊局"]
    assert "unreadable" in [p.finding.rule for p in found.problems()]


def test_names_match_after_normalising_and_codes_match_renamed_units() -> None:
    renamed = replace(full(FORM, "新名局"), code="002")
    wrong_code = replace(full(FORM, "丙局"), code="999")
    found = city(
        [sent(full(FORM, "甲 局(本级)")), sent(renamed), sent(wrong_code)],
        roster("甲局（本级）", "乙局", "丙局"),
    )
    assert set(statuses(found).values()) == {"taken"}
    assert rules_of(found) == ["unit-name", "unit-code"]
    assert [unit for unit, _ in found.parts] == ["甲局（本级）", "乙局", "丙局"]


def test_name_of_one_and_code_of_another_is_nobodys() -> None:
    found = city([sent(replace(full(FORM, "甲局"), code="002"))], roster("甲局", "乙局"))
    assert [f.status for f in found.strangers] == ["conflict"]
    assert not found.taken
    assert "乙局" in next(f.message for f in found.findings if f.rule == "unit-conflict")


def test_the_same_content_twice_counts_once() -> None:
    unit = full(FORM, "甲局", t2__licences__decisions=3)
    again = replace(unit, unit="甲局 ", code="001", meta={"from": "mail"})
    found = city([sent(unit, "b.xlsx"), sent(again, "a.xlsx")], roster("甲局"))
    assert found.report.value("t2.licences.decisions") == 3
    assert [(f.submission.file, f.status) for f in found.units[0].files] == [
        ("a.xlsx", "taken"),
        ("b.xlsx", "repeated"),
    ]
    assert rules_of(found) == ["unit-repeated"]
    assert "只计一次" in found.units[0].remarks[0]


def test_two_versions_are_both_left_out() -> None:
    unit = full(FORM, "甲局", t2__licences__decisions=3)
    found = city([sent(unit, "a.xlsx"), sent(full(FORM, "甲局"), "b.xlsx")], roster("甲局"))
    assert statuses(found) == {"甲局": "duplicate"}
    assert [f.status for f in found.units[0].files] == ["duplicate", "duplicate"]
    assert found.report.is_blank("t2.licences.decisions")
    (finding,) = [f for f in found.findings if f.rule == "unit-duplicate"]
    assert "a.xlsx、b.xlsx" in finding.message


def test_last_years_file_beside_this_years_is_set_aside() -> None:
    units = [sent(full(FORM, "甲局", 2023), "old.xlsx"), sent(full(FORM, "甲局"), "new.xlsx")]
    found = city(units, roster("甲局"))
    assert statuses(found) == {"甲局": "taken"}
    assert found.taken[0].submission.file == "new.xlsx"
    assert rules_of(found) == ["unit-year"]


def test_a_unit_with_errors_only_when_asked() -> None:
    broken = sent(full(FORM, "甲局", t3__new__natural=1))
    assert broken.state == "error"
    without = city([broken], roster("甲局"))
    assert statuses(without) == {"甲局": "errors"}
    assert rules_of(without) == ["unit-invalid"]
    included = city([broken], roster("甲局"), include_invalid=True)
    assert statuses(included) == {"甲局": "taken"}
    assert included.report.value("t3.new.natural") == 1
    (finding,) = [f for f in included.findings if f.rule == "unit-invalid"]
    assert finding.level == "warning"
    assert "仍按要求" in finding.message
    again = [f for f in included.findings if f.level == "error"]
    assert any("t3.new.natural" in f.cells for f in again), "the equations are checked again on the sum"


def test_a_form_whose_rows_have_moved_is_never_summed() -> None:
    moved = catalogue()["label-changed"].finding(
        "t3", sheet="三", count=1, address="A9", label="一", found="二", result=""
    )
    unit = Submission("甲局.xlsx", full(FORM, "甲局"), (moved,))
    found = city([unit], roster("甲局"), include_invalid=True)
    assert statuses(found) == {"甲局": "errors"}
    assert not found.taken


def test_a_text_that_was_read_below_its_title_keeps_nobody_out() -> None:
    rule = catalogue()["label-changed"]
    names = {"sheet": "五", "count": 1, "address": "A1", "label": "五", "found": "", "result": ""}
    moved = rule.finding("text.五", level="hint", **names)  # type: ignore[arg-type]
    unit = Submission("甲局.xlsx", full(FORM, "甲局"), (moved,))
    assert statuses(city([unit], roster("甲局"))) == {"甲局": "taken"}
    broken = full(FORM, "甲局").with_values({"t3.new.natural": 1})
    wrong = Submission("甲局.xlsx", broken, (moved, *audit(broken)))
    found = city([wrong], roster("甲局"), include_invalid=True)
    assert statuses(found) == {"甲局": "taken"}, "what keeps it out may be accepted"


def test_an_unreadable_cell_keeps_a_unit_out() -> None:
    unit = full(FORM, "甲局", t2__fees__amount=None)
    unit.unplaced.append(Unplaced(FORM.by_id["t2.fees.amount"].place, "约3万"))
    assert statuses(city([sent(unit)], roster("甲局"))) == {"甲局": "errors"}


# ---------------------------------------------------------------- city-level checks


def test_double_count_is_reported_once_a_row() -> None:
    units = [
        full(FORM, "甲局", t2__documents__made=2, t2__documents__in_force=9),
        full(FORM, "乙局", t2__documents__made=1),
        full(FORM, "丙局", t2__licences__decisions=5),
    ]
    units.append(full(FORM, "丁局", t2__licences__decisions=5, t2__rules__made=1))
    found = city([sent(u) for u in units], roster("甲局", "乙局", "丙局", "丁局"))
    (finding,) = [f for f in found.findings if f.rule == "city-double-count"]
    assert finding.cells == ("t2.documents.made",)
    assert finding.level == "hint"
    assert "甲局、乙局" in finding.message
    assert found.report.value("t2.documents.made") == 3, "still summed"


def test_check_sum_names_the_cell_and_forgives_rounded_money() -> None:
    parts = [full(FORM, "甲", t2__fees__amount=1_234_567), full(FORM, "乙", t2__licences__decisions=4)]
    total = parts[0].with_values({"t2.licences.decisions": 5, "t2.fees.amount": 1_230_000})
    found = {f.cells[0]: f for f in check_sum(total, parts)}
    assert set(found) == {"t2.licences.decisions", "t2.fees.amount"}
    assert (found["t2.licences.decisions"].left, found["t2.licences.decisions"].right) == (5, 4)
    assert found["t2.licences.decisions"].level == "error"
    assert found["t2.fees.amount"].level == "hint"
    assert "1.23" in found["t2.fees.amount"].message
    assert next(check_sum(total.with_values({"t2.fees.amount": 0}), parts[:1])).level == "error"


def test_texts_are_the_citys_own() -> None:
    unit = full(FORM, "甲局")
    unit.texts = {"一": "单位的话。"}
    assert city([sent(unit)], roster("甲局")).report.texts is None
    assert city([sent(unit)], roster("甲局"), texts={"一": "市里的话。"}).report.texts == {"一": "市里的话。"}


def test_nothing_came() -> None:
    found = city([], roster("甲局"))
    assert found.report.values == {}
    assert rules_of(found) == ["unit-missing"]
    assert found.state == "error"


# ---------------------------------------------------------------- real units

_REAL = ("pt-gaj", "pt-jtj", "pt-shs", "pt-zhz")


@pytest.fixture(scope="module")
def real() -> Consolidation:
    reports = [load(DATA / "published" / f"{name}-2022.json") for name in (*_REAL, "pt-htp")]
    names = roster(*(r.unit for r in reports))
    return consolidate([sent(r) for r in reports], names, name="平潭", year=2022)


def test_real_units_equal_sums_added_without_us(real: Consolidation) -> None:
    """Straight from the JSON files: every number of the four files, added by place."""
    sums: dict[tuple[str, str, str], int] = {}
    for name in _REAL:
        data = json.loads((DATA / "published" / f"{name}-2022.json").read_text("utf-8"))
        for table in ("table2", "table3", "table4"):
            for row, columns in data[table].items():
                for column, value in columns.items():
                    number = 0 if value in (None, "/") else float(value)
                    sums[table, row, column] = sums.get((table, row, column), 0) + int(number * 1_000_000)
    form = real.form
    assert len(sums) == len(form.cells) == 200
    for cell in form.cells:
        scale = 1 if cell.kind.money else 1_000_000
        assert real.report.number(cell.id) * scale == sums[cell.table, cell.row_key, cell.column_key], cell.id
    assert real.report.value("t2.penalties.decisions") == 157 + 0 + 3 + 753
    assert not any(form.residuals(real.report.vector()))


def test_the_unit_on_the_old_form_is_left_out_with_the_reason(real: Consolidation) -> None:
    (row,) = real.left_out
    assert row.status == "wrong_edition"
    assert all("2019 版，应为 2021 版" in remark for remark in row.remarks)
    assert [f.rule for f in real.findings if f.level == "error"] == ["unit-edition"]


def test_json_round_trip_of_a_city(real: Consolidation) -> None:
    from gouji.report import canonical, to_json

    assert canonical(from_json(to_json(real.report))) == canonical(real.report)


# ---------------------------------------------------------------- injected advertising


SPAM = "公开信息81条，百家乐官网。"


def test_injected_advertising_of_a_unit_keeps_it_out_and_is_said_of_the_city_where_it_is_taken() -> None:
    report = full(FORM, "甲局")
    report.marks, report.notes = {"t2.documents.made": "注1"}, {"注1": SPAM}
    submissions = [sent(report), sent(full(FORM, "乙局"))]
    assert [row.unit.name for row in city(submissions, roster("甲局", "乙局")).left_out] == ["甲局"]
    taken = city(submissions, roster("甲局", "乙局"), include_invalid=True)
    (found,) = (f for f in taken.findings if f.rule == "text-injected")
    assert found.place == "notes.注1" and "【百家乐官网】。" in found.message
    assert taken.state == "error"


def test_injected_advertising_in_the_citys_own_texts_is_said() -> None:
    given = city([sent(full(FORM, "甲局"))], roster("甲局"), texts={"一": SPAM})
    assert [f.place for f in given.findings if f.rule == "text-injected"] == ["一"]


@pytest.mark.parametrize(("count", "found"), [(1, 0), (2, 1)])
def test_a_sum_of_more_digits_than_a_workbook_keeps_is_an_error(count: int, found: int) -> None:
    units = [full(FORM, f"{i}局", t2__licences__decisions=LIMIT - i * 7) for i in range(count)]
    units = [unit.with_values({"t2.penalties.decisions": i}) for i, unit in enumerate(units)]
    total = city([sent(u) for u in units], roster(*(u.unit for u in units)))
    said = [f for f in total.findings if f.rule == "city-limit"]
    assert len(said) == found and all(f.level == "error" and "15 位" in f.message for f in said)


def test_a_sum_that_no_number_holds_stands_whole_in_the_workbook() -> None:
    """Rounded it would be another sum; a number of 15 digits stays one."""
    money = next(cell.id for cell in FORM.cells if cell.kind.money)
    each = {"t2.licences.decisions": LIMIT, money: LIMIT, "t2.penalties.decisions": LIMIT // 12}
    units = [full(FORM, f"{i}局").with_values(each) for i in range(12)]
    total = city([sent(u) for u in units], roster(*(u.unit for u in units)))
    back = gouji.read(city_workbook(total))
    texts = {unplaced.text for unplaced in back.unplaced}
    assert {"11999999999999988", "11999999999.999988"} <= texts
    assert back.value("t2.penalties.decisions") == LIMIT // 12 * 12
    assert {"t2.licences.decisions", money} <= {f.place for f in total.findings if f.rule == "city-limit"}
