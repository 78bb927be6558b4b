"""Units beside one another, their seals, and a folder large enough for a pool."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake import folder
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import read_last_year
from gouji.report import Report, dumps, to_json
from gouji.rules import Catalogue, Context, Finding, catalogue
from gouji.workbook.seal import make_seal
from support.filled import write_workbook
from support.triples import Triple
from support.years import roster_of, stored, sum_up, unit


def with_petitions(report: Report, petitions: int) -> Report:
    """So many of the requests were not processed, being petitions, instead of granted."""
    granted = report.number("t3.granted.total") - petitions
    rows = {"petition": petitions, "granted": granted}
    return report.with_values({f"t3.{row}.{c}": n for row, n in rows.items() for c in ("natural", "total")})


PEERS = [with_petitions(unit(f"{i}局", 2024, new=60), 3) for i in range(6)]
ODD = with_petitions(unit("怪局", 2024, new=60), 60)


def outliers(city: Consolidation) -> dict[str, list[str]]:
    return {
        filed.unit.name: found
        for filed in city.taken
        if filed.unit and (found := [f.place for f in filed.submission.findings if f.rule == "outlier-peers"])
    }


def test_an_outlier_is_a_warning_on_the_unit() -> None:
    city = sum_up([*PEERS, ODD])
    assert set(outliers(city)) == {"怪局"}
    assert "t3.petition.total" in outliers(city)["怪局"]
    found = [p for p in city.problems() if p.finding.rule == "outlier-peers"]
    assert {(p.unit, p.finding.level) for p in found} == {("怪局", "warning")}
    row = next(r for r in city.units if r.unit.name == "怪局")
    assert row.taken in row.files


def test_a_small_difference_is_none() -> None:
    assert outliers(sum_up([*PEERS, with_petitions(unit("小局", 2024, new=3), 3)])) == {}


def test_peers_are_of_one_kind() -> None:
    """A township among departments has no peers, and is none to them."""
    everybody = [*PEERS, ODD]
    assert outliers(sum_up(everybody, roster_of(*everybody, 怪局="乡镇"))) == {}


def test_a_cell_already_in_an_error_is_not_said_again() -> None:
    wrong = ODD.with_values({"t3.petition.natural": 6})
    city = sum_up([*PEERS, wrong], include_invalid=True)
    assert "怪局" in {filed.unit.name for filed in city.taken if filed.unit}
    assert "t3.petition.total" not in outliers(city).get("怪局", [])


def test_texts_that_two_units_share() -> None:
    text = "一是公开意识有待加强，部分科室对主动公开工作重视不够；二是业务培训需要进一步深化提升。"
    reports = [
        replace(unit(name, 2024), texts={"一": name, "五": text * 3, "六": "未收费"})
        for name in ("甲局", "乙局")
    ]
    shared = [p for p in sum_up(reports).problems() if p.finding.rule == "text-shared"]
    assert {(p.unit, p.finding.id) for p in shared} == {
        ("甲局", "text-shared:五"),
        ("乙局", "text-shared:五"),
    }


def test_a_word_on_a_shared_text_holds_whoever_else_shares_it() -> None:
    """One more unit comes, whose text is nearer: the finding names that one and is the same finding."""
    text = "一是公开意识有待加强，部分科室对主动公开工作重视不够；二是业务培训需要进一步深化提升。" * 3

    def summed(kept: Any, **texts: str) -> Consolidation:
        reports = [replace(unit(n, 2024), texts={"一": n, "五": t, "六": "未收费"}) for n, t in texts.items()]
        roster = roster_of(*reports)
        word = OfficeWord("甲局", "text-shared:五", "与合署单位共用一段，情况属实。", "已核实")
        return sum_up(reports, roster, desk=Desk(Settings("某市", 2024), roster, words=(word,)), kept=kept)

    def shared(city: Consolidation) -> tuple[str, str]:
        (one,) = (s for s in city.settled if s.unit == "甲局" and s.finding.rule == "text-shared")
        return one.finding.message, one.key

    first = summed({}, 甲局=text, 乙局=text + "三是平台维护需要加强。")
    later = summed(first.approval.kept, 甲局=text, 乙局=text + "三是平台维护需要加强。", 丙局=text)
    assert ["乙局" in shared(first)[0], "丙局" in shared(later)[0]] == [True, True]
    assert "100%" not in shared(first)[0] and "100%" in shared(later)[0]
    assert [shared(first)[1], shared(later)[1]] == ["verified", "verified"]


# ---------------------------------------------------------------- files: seals, last year, the pool


def workbook(path: Path, report: Report, **more: Any) -> Path:
    path.write_bytes(write_workbook(report, **more))
    return path


def found_in(path: Path, context: Context | None = None) -> list[Finding]:
    (submission,) = read_submissions(find_files(path.parent), context or Context())
    return list(submission.findings)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    report = unit("甲局", 2024, new=5)
    return workbook(tmp_path / "甲局.xlsx", report, seal=make_seal(report, None, catalogue()))


class _Book:
    """A folder with one workbook, made when it is asked for."""

    def __init__(self, **state: bool) -> None:
        self.state = state

    def findings(self) -> list[Finding]:
        import tempfile

        report = unit("甲局", 2024, new=5)
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "甲局.xlsx"
            if self.state.get("json"):
                path.with_suffix(".json").write_text(dumps(to_json(report)), "utf-8")
            elif self.state.get("sealed"):
                given = unit("甲局", 2024, new=4) if self.state.get("changed") else report
                workbook(path, report, seal=make_seal(given, None, catalogue()))
            else:
                workbook(path, report)
            return [s for f in read_submissions(find_files(Path(name)), Context()) for s in f.findings]


class TestSealMissing(Triple):
    """An unsealed workbook is normal: a hint. A report as JSON can not carry a seal."""

    rule = "seal-missing"
    level = "hint"
    says = ("没有校验标记",)
    valid = _Book(sealed=True)
    invalid = _Book()
    undecidable = _Book(json=True)


class TestSealBroken(Triple):
    """Any change after the seal breaks it, and consolidation says so."""

    rule = "seal-broken"
    level = "warning"
    says = ("标记已失效",)
    valid = _Book(sealed=True)
    invalid = _Book(sealed=True, changed=True)
    undecidable = _Book()


def test_a_city_can_switch_the_hint_off(tmp_path: Path) -> None:
    rules = catalogue()
    quiet = Catalogue({**rules.rules, "seal-missing": replace(rules["seal-missing"], off=True)})
    path = workbook(tmp_path / "甲局.xlsx", unit("甲局", 2024))
    assert "seal-missing" not in [f.rule for f in found_in(path, Context(catalogue=quiet))]


def test_the_seal_of_a_unit_lives_on_in_the_citys_file(tmp_path: Path, sealed: Path) -> None:
    """Next year its carry-over is an error and not a warning."""
    workbook(sealed.parent / "乙局.xlsx", unit("乙局", 2024))
    submissions = read_submissions(find_files(sealed.parent), Context())
    assert {s.unit: s.seal for s in submissions} == {"甲局": "intact", "乙局": "none"}
    from gouji.city.consolidate import consolidate

    city = consolidate(submissions, roster_of(unit("甲局", 2024), unit("乙局", 2024)), name="某市", year=2024)
    last = stored(tmp_path, city)
    assert last.is_sealed(last.units[0])
    assert not last.is_sealed(last.units[1])


@pytest.mark.slow
def test_a_pool_reads_what_one_process_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last_units = [unit(f"{i}局", 2023, new=2, carried_out=i % 3) for i in range(8)]
    path = tmp_path / "上年.xlsx"
    path.write_bytes(city_workbook(sum_up(last_units)))
    files = tmp_path / "报送"
    files.mkdir()
    for i in range(8):
        workbook(files / f"{i}.xlsx", unit(f"{i}局", 2024, new=5, carried_in=1))
    (files / "坏.xlsx").write_bytes(b"nothing")
    known = (Context(), roster_of(*last_units))
    alone = read_submissions(find_files(files), *known, last_year=read_last_year(path))
    monkeypatch.setattr(folder, "POOL_FROM", 1)
    together = read_submissions(find_files(files), *known, last_year=read_last_year(path))
    assert together == alone
    carried = [s.file for s in together if any(f.rule == "carry-over" for f in s.findings)]
    assert carried == ["0.xlsx", "2.xlsx", "3.xlsx", "5.xlsx", "6.xlsx"]
