"""Published reports in a folder of submissions: counted only where nothing else came, else compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import gouji
from gouji.city.consolidate import Consolidation
from gouji.city.demo import published, published_text
from gouji.report import Report
from support import DATA
from support.filled import write_workbook

UNIT = "张家港市信访局"
TEXT = (DATA / "published_text" / "seed-0.txt").read_bytes()
OTHER = "太仓市"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder in which one unit left its published report and the other its workbook."""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "信访局年报.txt").write_bytes(TEXT)
    (folder / "太仓.xlsx").write_bytes(write_workbook(replace(published(), year=2020, imported=None)))
    (tmp_path / "名单.csv").write_text(f"单位名称\n{UNIT}\n{OTHER}\n", "utf-8")
    return folder


def summed(sent: Path, **more: object) -> Consolidation:
    roster = sent.parent / "名单.csv"
    return gouji.consolidate(sent, roster=roster, name="某市", year=2020, **more)  # type: ignore[arg-type]


def own() -> Report:
    return gouji.import_report(TEXT, name="a.txt").report


def statuses(city: Consolidation) -> dict[str, str]:
    return {f.submission.file: f.status for f in (*city.intake.files, *city.intake.set_aside)}


def test_it_counts_where_its_unit_sent_nothing_else(sent: Path) -> None:
    city = summed(sent)
    assert [row.status for row in city.units] == ["taken", "taken"]
    row = city.units[0]
    assert any("导入" in remark and "文本" in remark for remark in row.remarks)
    assert [p.value for p in city.trace("t3.new.total")] == [1, 273]
    assert "seal-missing" not in {f.rule for f in row.files[0].submission.findings}


def test_beside_a_workbook_it_is_only_compared(sent: Path) -> None:
    (sent / "信访局.xlsx").write_bytes(gouji.write(replace(own(), imported=None)))
    city = summed(sent)
    row = city.units[0]
    assert row.taken and row.taken.submission.file == "信访局.xlsx"
    assert statuses(city)["信访局年报.txt"] == "compared"
    assert any("数字一致" in remark for remark in row.remarks)
    assert "unit-published" not in {f.rule for f in city.findings}
    assert city.report.value("t3.new.total") == 274


def test_differences_are_said_and_the_workbook_counts(sent: Path) -> None:
    changed = own().with_values({"t2.procurement.purchases": 5, "t4.review.total": None, "t2.fees.change": 2})
    changed.set("t3.new.natural", 2)
    (sent / "信访局.json").write_bytes(gouji.write(replace(changed, imported=None), to="json"))
    city = summed(sent, include_invalid=True)
    (found,) = (f for f in city.findings if f.rule == "unit-published")
    assert found.level == "warning"
    assert "3 处不同" in found.message, "a blank beside 0 is no other number"
    assert "二「政府集中采购」「采购项目数量」报送 5、公布 3" in found.message
    assert city.trace("t2.procurement.purchases")[0].value == 5


def test_two_published_reports_of_one_unit_are_as_two_workbooks(sent: Path) -> None:
    (sent / "信访局年报（网页）.txt").write_bytes(TEXT + b"\n")
    assert summed(sent).units[0].status == "taken"
    changed = TEXT.decode().replace("政府集中采购\t3\t", "政府集中采购\t4\t")
    (sent / "信访局年报（网页）.txt").write_text(changed, "utf-8")
    assert summed(sent).units[0].status == "duplicate"


def test_one_of_another_year_beside_a_workbook_only_lies_there(sent: Path) -> None:
    (sent / "信访局.xlsx").write_bytes(gouji.write(replace(own(), imported=None)))
    (sent / "信访局年报.txt").write_text(TEXT.decode().replace("2020", "2019"), "utf-8")
    city = gouji.consolidate(sent, roster=sent.parent / "名单.csv", name="某市")
    assert city.report.year == 2020, "the workbooks agree on it"
    assert statuses(city)["信访局年报.txt"] == "wrong_year"
    assert "unit-year" not in {f.rule for f in city.findings}
    (sent / "信访局.xlsx").unlink()
    assert "unit-year" in {f.rule for f in summed(sent).findings}


def test_what_was_not_read_keeps_a_report_out_of_the_sum(sent: Path) -> None:
    changed = TEXT.decode().replace("政府集中采购\t3\t", "政府集中采购\t3（含上年）\t")
    (sent / "信访局年报.txt").write_text(changed, "utf-8")
    row = summed(sent).units[0]
    assert row.status == "errors" and row.taken is None


def test_other_texts_are_named_and_passed_over(sent: Path) -> None:
    (sent / "README.md").write_text("# 说明\n\n请按时报送，公开栏同时更新。\n", "utf-8")
    (sent / "会议.docx").write_bytes(b"no zip")
    (sent / "某市_2020_年度报告.docx").write_bytes(gouji.write(own(), to="docx"))
    city = summed(sent)
    found = statuses(city)
    assert {found[name] for name in ("README.md", "会议.docx", "某市_2020_年度报告.docx")} == {"no_report"}
    assert city.strangers == () and all(filed.remarks for filed in city.intake.set_aside)


def test_a_broken_text_that_bears_a_units_name_is_not_passed_over(sent: Path) -> None:
    (sent / "信访局年报.txt").unlink()
    (sent / f"{UNIT}.docx").write_bytes(b"PK\3\4 no zip")
    city = summed(sent)
    assert statuses(city)[f"{UNIT}.docx"] == "unreadable"
    assert city.units[0].status == "unread"


def test_the_citys_own_published_report_is_none_of_its_parts(sent: Path) -> None:
    (sent / "本级.txt").write_text(TEXT.decode().replace(UNIT, "某市"), "utf-8")
    city = summed(sent)
    assert statuses(city)["本级.txt"] == "own_result"
    assert city.report.value("t3.new.total") == 274


def test_last_year_may_be_the_citys_published_report(sent: Path, tmp_path: Path) -> None:
    """Dropped in as it was saved: --prior needs no other step."""
    last = tmp_path / "某市2019.txt"
    last.write_text(published_text().decode().replace("太仓市", "某市"), "utf-8")
    city = summed(sent, prior=last)
    assert city.prior is not None and city.prior.value("t3.new.total") == 273
    assert {f.rule for f in city.findings} & {"city-carry-over", "carry-over"}
