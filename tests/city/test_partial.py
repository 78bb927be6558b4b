"""A unit with one table of another edition counts as far as its tables map, and what does not is said."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.city.approving import unit_state
from gouji.city.approving.telling import is_open
from gouji.city.asking.acting import duties
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake.partial import finding_id, partly
from gouji.city.sheets.workbook import city_workbook
from gouji.form import Form, TableKey, Value, load_form
from gouji.report import Explanation, Report, load
from gouji.rules import Catalogue, Finding, catalogue
from gouji.workbook.reading.reader import read_workbook
from support import DATA
from support.odd_folder import YEAR, old_table, sent
from support.triples import Triple
from support.years import roster_of, stored, unit

NEW, OLD = load_form("2021"), load_form("2019")
OTHER = ("uncorrected", "unpaid", "otherwise")
A, B = "甲局", "乙局"


def summed(*reports: Report, words: tuple[OfficeWord, ...] = (), **more: object) -> Consolidation:
    given = [Submission(f"{r.unit}.json", r, tuple(audit(r))) for r in reports]
    roster = roster_of(*reports)
    desk = Desk(Settings("某市", YEAR), roster, words=words)
    year = reports[0].year
    return consolidate(given, roster, name="某市", year=year, desk=desk, **more)  # type: ignore[arg-type]


def said(city: Consolidation) -> list[Finding]:
    return [f for f in city.findings if f.rule == "unit-partial"]


def word(text: str, state: str = "已核实", numbers: tuple[str, ...] = (), unit: str = A) -> OfficeWord:
    return OfficeWord(unit, finding_id(A), text, state, "张某", "2025-02-01", numbers, 3)


def row(city: Consolidation, name: str = A) -> str:
    return next(r.status for r in city.units if r.unit.name == name)


# ---------------------------------------------------------------- a row that is 0 maps


@pytest.mark.parametrize("content", [0, None, "/"])
def test_a_single_row_without_a_number_maps(content: Value) -> None:
    report = old_table(A)
    for column in OLD.tables["table3"].grid.columns:
        report.set(f"t3.other.{column.id}", content)
    report.blank_is_zero = content is None
    city = summed(report, sent(B, 5))
    assert (row(city), city.report.number("t3.new.total")) == ("taken", 8)
    (finding,) = said(city)
    assert (finding.level, "能够换算" in finding.message) == ("hint", True)
    (counted,) = (r for unit, r in city.parts if unit == A)
    assert {counted.value(f"t3.{r}.total") for r in OTHER} == {content}, "no state becomes another"
    assert not any(city.form.residuals(city.report.vector()))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_maps_is_the_same_numbers(data: st.DataObject) -> None:
    form = load_form("2021", {"table3": "2019"})
    values = {c.id: data.draw(st.integers(0, 9)) for c in form.cells if c.row.id != "other"}
    found = partly(Report(form, A, YEAR, values=dict(values)), NEW, A)
    assert found and found.whole and found.mapped == ("table3",)
    assert {c: v for c, v in found.report.values.items() if c in values} == values
    assert set(found.report.values) - set(values) == set()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.just("/"), st.integers(0, 9)), min_size=3, max_size=3))
def test_rows_that_the_city_gathers_add_up(contents: list[Value]) -> None:
    """A city on the form of 2019, a unit with 三 of 2021: three rows are one."""
    form = load_form("2019", {"table3": "2021"})
    values: dict[str, Value] = {c.id: 0 for c in form.cells}
    report = Report(form, A, 2020, values=values)
    for name, content in zip(OTHER, contents, strict=True):
        report.set(f"t3.{name}.natural", content)
    found = partly(report, OLD, A)
    assert found and found.whole
    numbers = [c for c in contents if isinstance(c, int)]
    assert found.report.number("t3.other.natural") == sum(numbers)
    assert found.report.is_blank("t3.other.natural") == (not any(c is not None for c in contents))


# ---------------------------------------------------------------- more needs the office's word


def test_a_row_with_a_number_keeps_its_table_out_and_the_rest_counts() -> None:
    report = old_table(A, 2).with_values(
        {"t2.licences.decisions": 4, "t4.review.upheld": 1, "t4.review.total": 1}
    )
    city = summed(report, sent(B, 5))
    assert row(city) == "partial"
    assert city.report.number("t3.new.total") == 5
    assert (city.report.number("t2.licences.decisions"), city.report.number("t4.review.total")) == (4, 1)
    (finding,) = said(city)
    assert (finding.id, finding.level, finding.left) == (finding_id(A), "error", 2)
    for text in ("2019 版", "「（六）其他处理」有 2 件", "分为 3 行", "汇总数不含该部分"):
        assert text in finding.message
    assert "“均属（六）3”" in finding.remedy and finding_id(A) in finding.remedy
    (taken,) = (r.taken for r in city.units if r.unit.name == A)
    assert taken and taken.submission.report is not None
    assert taken.submission.report.number("t3.other.total") == 2, "its own numbers stay known"
    assert not any(city.form.residuals(city.report.vector()))


def test_what_was_not_counted_of_it_is_no_difference_of_its_own(tmp_path: Path) -> None:
    """结转核对 says that its table was not counted, in the year itself and in the next one."""
    before = summed(*(unit(name, YEAR - 1, new=4, carried_out=4) for name in (A, B)))
    now = summed(old_table(A, 2), sent(B, 5, carried_in=4), last_year=stored(tmp_path, before))
    assert now.handover
    assert {line.unit: line.kind for line in now.handover.lines if line.unit} == {A: "left_out", B: "same"}
    assert "city-carry-over" not in {f.rule for f in now.findings}
    last = stored(tmp_path, now)
    after = summed(unit(A, YEAR + 1, carried_in=3), unit(B, YEAR + 1, carried_in=1), last_year=last)
    assert after.handover
    kinds = {line.unit: line.kind for line in after.handover.lines if line.unit}
    assert kinds == {A: "before_left_out", B: "differs"}


@pytest.mark.parametrize("numbers", [(), ("2",)])
def test_the_office_says_into_which_row(numbers: tuple[str, ...]) -> None:
    text = "经与该单位核实，2 件均属（六）3.其他。"
    city = summed(old_table(A, 2), sent(B, 5), words=(word(text, numbers=numbers),))
    assert (row(city), city.report.number("t3.new.total")) == ("taken", 10)
    assert [city.report.number(f"t3.{r}.total") for r in OTHER] == [0, 0, 2]
    (finding,) = said(city)
    assert finding.level == "warning" and "2 件按核实意见计入" in finding.message


@pytest.mark.parametrize(
    "given",
    [
        word("经核实均属（六）3.其他。", numbers=("3",)),
        word("经核实均属（六）3.其他。", state="已说明"),
        word("经核实均属（六）3.其他。", state="退回"),
        word("核实无误"),
        word("经核实均属（六）3.其他。", unit=B),
    ],
)
def test_a_word_that_does_not_hold_changes_nothing(given: OfficeWord) -> None:
    city = summed(old_table(A, 2), sent(B, 5), words=(given,))
    assert row(city) == "partial" and [f.level for f in said(city)] == ["error"]


@pytest.mark.parametrize("text", ["该单位已撤销，无法补报。", "经与该单位核实，2 件均属（六）3.其他。"])
def test_the_office_settles_all_that_is_said_of_it(text: str) -> None:
    """With one word: the unit is not asked to explain again that a table is of another edition."""
    before, after = (summed(old_table(A, 2), sent(B, 5), words=w) for w in ((), (word(text),)))
    (wrong,), none = duties(before), duties(after)
    assert (wrong.unit.name, wrong.state, wrong.errors, none) == (A, "errors", 1, ())
    assert [unit_state(city.units[0], city).key for city in (before, after)] == ["wrong", "complete"]
    assert [is_open(city) for city in (before, after)] == [True, False]
    (one,) = (s for s in after.settled if s.finding.rule == "unit-partial")
    assert (one.finding.id, one.key, one.text) == (finding_id(A), "verified", text)
    assert not [f for f in after.findings if f.rule == "office-word"]


@pytest.mark.parametrize("text", ["该单位已撤销，无法补报。", "分属（六）1 和（六）3，件数不详。"])
def test_a_word_that_names_no_single_row_settles_and_counts_nothing(text: str) -> None:
    city = summed(old_table(A, 2), sent(B, 5), words=(word(text),))
    assert (row(city), city.report.number("t3.new.total")) == ("partial", 5)
    (finding,) = said(city)
    assert finding.level == "warning" and text in finding.message


# ---------------------------------------------------------------- table 二 never maps


def mixed(layout: dict[TableKey, str], edition: str = "2021", **values: Value) -> Report:
    form = load_form(edition, layout)
    return Report(form, A, YEAR, values={c.id: 0 for c in form.cells} | values)


@pytest.mark.parametrize("name", [A, "某市", "汇总", "", " 某 市"])
def test_the_word_may_stand_under_the_citys_name(name: str) -> None:
    """问题 shows the finding as the city's: under that name it is written into 说明与核实 as well."""
    for text, status, level in (
        ("经核实均属（六）3.其他。", "taken", "warning"),
        ("该单位已撤销，无法补报。", "partial", "warning"),
    ):
        city = summed(old_table(A, 2), sent(B, 5), words=(word(text, unit=name),))
        (found,) = said(city)
        assert (row(city), found.level) == (status, level)
        assert not [f for f in city.findings if f.rule == "office-word"]
        assert not is_open(city)


def test_the_word_of_the_citys_own_report_counts_and_the_offices_comes_before_it() -> None:
    own = {finding_id(A): Explanation("经核实均属（六）3.其他。", "已核实")}
    assert row(summed(old_table(A, 2), sent(B, 5), explanations=own)) == "taken"
    settled = word("该单位已撤销，无法补报。")
    city = summed(old_table(A, 2), sent(B, 5), explanations=own, words=(settled,))
    assert row(city) == "partial" and not is_open(city)


def test_of_two_words_the_last_holds() -> None:
    first, last = word("经核实均属（六）3.其他。"), word("还没有核实清楚", state="退回")
    assert row(summed(old_table(A, 2), sent(B, 5), words=(last, first))) == "taken"
    assert row(summed(old_table(A, 2), sent(B, 5), words=(first, last))) == "partial"


def test_the_word_falls_back_with_the_number_that_it_was_given_for() -> None:
    """In a season the numbers are kept: two requests were placed, three are not."""
    words = (word("经核实均属（六）3.其他。", unit="某市"),)
    kept = summed(old_table(A, 2), sent(B, 5), words=words).approval.kept
    assert row(summed(old_table(A, 2), sent(B, 5), words=words, kept=kept)) == "taken"
    city = summed(old_table(A, 3), sent(B, 5), words=words, kept=kept)
    (found,) = said(city)
    assert (row(city), found.level) == ("partial", "error") and is_open(city)
    assert next(s for s in city.settled if s.finding is found).why.startswith("本级的说明所依据的数字")


def test_table_two_of_the_other_edition_is_left_out() -> None:
    report = mixed({"table2": "2019"}, **{"t4.review.upheld": 3, "t4.review.total": 3})
    city = summed(report, sent(B, 5).with_values({"t2.licences.decisions": 4}))
    assert (row(city), city.report.number("t4.review.total")) == ("partial", 3)
    assert city.report.number("t2.licences.decisions") == 4
    assert "不能互相换算" in said(city)[0].message and said(city)[0].level == "error"
    settled = summed(report, sent(B, 5), words=(word("该单位已撤销，无法补报表二。"),))
    assert [f.level for f in said(settled)] == ["warning"]


def test_with_two_tables_of_the_other_edition_it_is_another_form() -> None:
    city = summed(mixed({"table2": "2019", "table3": "2019"}), sent(B, 5))
    assert row(city) == "wrong_edition"
    (left,) = (r for r in city.units if r.unit.name == A)
    assert left.sent and left.sent.submission.report, "its numbers are known next year"


def test_a_whole_form_of_the_other_edition_is_said_once_with_the_tables_that_differ() -> None:
    """四 has the same lines in both."""
    old = Report(OLD, A, YEAR, values={c.id: 0 for c in OLD.cells})
    city = summed(sent(B, 5), old)
    (remark,) = next(r for r in city.units if r.unit.name == A).remarks
    assert remark.startswith("整份报告用的是 2019 版，应为 2021 版")
    assert "二、" in remark and "三、" in remark and "四、" not in remark


def test_a_mark_on_the_divided_row_keeps_its_note() -> None:
    report = replace(old_table(A), marks={"t3.other.natural": "注1"}, notes={"注1": "口径说明"})
    city = summed(report, sent(B, 5))
    assert "口径说明" in "".join(city.report.notes.values())


def test_the_city_workbook_of_a_partial_sum_reads_back() -> None:
    city = summed(old_table(A, 2), sent(B, 5))
    again = read_workbook(city_workbook(city)).report
    assert again.values == city.report.values


def test_the_word_report_names_it() -> None:
    with zipfile.ZipFile(io.BytesIO(summed(old_table(A, 2), sent(B, 5)).word())) as word:
        text = word.read("word/document.xml").decode()
    assert f"{A}（部分计入" in text and f"{B}（" not in text


# ---------------------------------------------------------------- as they were published

#: Which table is of the other edition, and what of the unit is counted.
REAL = [
    ("pt-zhz-2021", "taken", ("table2", "table3", "table4")),
    ("pt-htp-2023", "taken", ("table2", "table3", "table4")),
    ("pt-shs-2021", "partial", ("table3", "table4")),
]


@pytest.mark.parametrize(("name", "status", "tables"), REAL)
def test_real_units_with_one_table_on_the_old_form(name: str, status: str, tables: tuple[str, ...]) -> None:
    report = load(DATA / "mixed" / f"{name}.json")
    city = summed(report, include_invalid=True)
    assert city.units[0].status == status
    for cell in city.form.cells:
        if cell.table not in tables:
            assert city.report.is_blank(cell.id)
        elif cell.id in report.form.by_id:
            assert city.report.value(cell.id) == report.value(cell.id), cell.id


# ---------------------------------------------------------------- the rule


class _City:
    def __init__(self, report: Report, rule: str = "unit-partial") -> None:
        self.report, self.rule = report, rule

    def findings(self) -> list[Finding]:
        return [f for f in summed(self.report, sent(B)).findings if f.rule == self.rule]


class TestUnitPartial(Triple):
    rule = "unit-partial"
    level = "error"
    says = ("部分计入", "（六）其他处理", "2 件")
    numbers = (2, None)
    valid = _City(sent(A))
    invalid = _City(old_table(A, 2))
    undecidable = _City(mixed({"table2": "2019", "table3": "2019"}))


def test_a_form_that_no_line_fits_never_maps(form: Form = NEW) -> None:
    """A row that one edition has and the other neither has nor gathers."""
    found = partly(mixed({"table3": "2019"}), form, A)
    assert found and "table2" not in found.mapped
    off = Catalogue({k: r.switched(off=True) for k, r in catalogue().rules.items()})
    assert [f for f in summed(old_table(A, 2), rules=off).findings if f.rule == "unit-partial"] == []
