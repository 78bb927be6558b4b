"""One verdict: whatever a typed cell holds, two spreadsheet programs show on 校验 what Python's ledger says.

LibreOffice and Gnumeric (whose order of types and logical values are Excel's) recalculate every live row
of drawn forms; state, both sides and difference must be those that the writer stored beside the formulas.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from gouji.form import editions, load_form
from gouji.report import Report, Unread
from gouji.rules import Catalogue, catalogue
from gouji.workbook.layout import Layout, address, layout_of
from gouji.workbook.live import LiveChecks, LiveRow
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.wording import wording
from support import last_year
from support.at_once import NEWEST
from support.drawn import LOGICAL, ODD, drawn
from support.filled import write_workbook
from support.office import Office
from support.random_reports import balanced
from support.triples import with_ten_times
from support.typed import (
    At,
    Content,
    ErrorValue,
    Shown,
    by_gnumeric,
    by_libreoffice,
    by_python,
    packed,
    with_contents,
)

#: Forms that are recalculated in one file, and in that of the ordinary run.
PACK, FEW = 10, 4
LONG_PACKS = 20
RULES = catalogue()
WORDS, PASSED = wording("check"), wording("naming")["passed"]


@cache
def blank(edition: str, texts: bool = True) -> bytes:
    form = load_form(edition)
    zeros = Report(form, values=dict.fromkeys(form.by_id, 0))
    return write_workbook(Report(form, texts={} if texts else None), prior=zeros)


def live_rows(layout: Layout, workbook: bytes) -> list[LiveRow]:
    reading = read_workbook(workbook)
    return rows_of(layout, reading.report, reading.prior)


def rows_of(
    layout: Layout, report: Report, prior: Report | None = None, rules: Catalogue = RULES
) -> list[LiveRow]:
    return LiveChecks(layout, report, prior, rules).rows(layout.check.live_top)


def without_banners(shown: list[Shown]) -> list[Shown]:
    return [{key: row for key, row in one.items() if "!" not in key} for one in shown]


def passes_too_much(layout: Layout, shown: Shown) -> Iterator[str]:
    """The tables above which 核对通过 stands although a row of theirs is open, or the reverse."""
    settled = {WORDS[state] for state in ("passed", "explained", "hinted")}
    for table in layout.tables.values():
        states = [row[0] for key, row in shown.items() if f":{table.table.id}" in key]
        said = shown[f"{table.name}!A1"][0]
        if (said == PASSED) != (set(states) <= settled):
            yield f"{table.name}: {said}"


def differences(
    office: Office, folder: Path, edition: str, seeds: range, odd: tuple[Content, ...]
) -> Iterator[str]:
    """What any of the three says that the others do not, a line each."""
    layout = layout_of(load_form(edition))
    texts = seeds.start % 3 > 0
    forms = [drawn(layout, Random(f"{edition}{seed}"), odd) for seed in seeds]
    expected: list[Shown] = []
    for contents in forms:
        expected.append(by_python(live_rows(layout, with_contents(blank(edition, texts), contents))))
    path = folder / f"{edition}-{seeds.start}.xlsx"
    path.write_bytes(packed(blank(edition, texts), layout, forms))
    rows = len(expected[0])
    by_program = {"Gnumeric": by_gnumeric(path, layout, len(forms), rows)}
    if odd is not LOGICAL:
        by_program["LibreOffice"] = by_libreoffice(office, path, layout, len(forms), rows)
    for program, found in by_program.items():
        for seed, python, shown in zip(seeds, expected, found, strict=True):
            for problem in passes_too_much(layout, shown):
                yield f"seed {seed} {program}: {problem}"
            for key in sorted(python):
                if python[key] != shown.get(key):
                    yield f"seed {seed} {key}: Python {python.get(key)}, {program} {shown.get(key)}"


def check(office: Office, folder: Path, edition: str, seeds: range, odd: tuple[Content, ...] = ODD) -> None:
    if not shutil.which("ssconvert"):
        reason = "Gnumeric's ssconvert is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    assert list(differences(office, folder, edition, seeds, odd)) == []


def pack_of(number: int) -> range:
    """The seeds of a pack."""
    return range(number * PACK, (number + 1) * PACK)


@pytest.mark.parametrize("edition", NEWEST)
def test_two_programs_show_what_python_says(office: Office, tmp_path: Path, edition: str) -> None:
    check(office, tmp_path, edition, range(FEW))


@pytest.mark.parametrize("edition", NEWEST)
def test_a_logical_value_is_no_number(office: Office, tmp_path: Path, edition: str) -> None:
    check(office, tmp_path, edition, range(FEW), LOGICAL)


def test_a_factor_is_reckoned_with(office: Office, tmp_path: Path) -> None:
    """A rule with a factor, as a city may add one: 31 decisions against 10 times 3 of last year."""
    form, rules = load_form("2021"), with_ten_times()
    layout = layout_of(form)
    report, prior = Report(form), Report(form)
    report.set("t2.penalties.decisions", 31)
    prior.set("t2.documents.in_force", 3)
    rule = rules["ten-times"]
    relation = {**(rule.relation or {}), "each": "form", "left": ["t2.penalties.decisions"]}
    relation["right"] = ["10*prior.t2.documents.in_force", "-2*t2.penalties.decisions"]
    rules = Catalogue({**rules.rules, rule.id: replace(rule, relation=relation)})
    rows = rows_of(layout, report, prior, rules)
    expected = by_python(rows)
    assert expected["ten-times:t2"][:4] == ("需说明", 31.0, -32.0, 63.0)
    path = tmp_path / "factor.xlsx"
    path.write_bytes(packed(write_workbook(report, prior=prior, rules=rules), layout, [{}]))
    assert without_banners(by_gnumeric(path, layout, 1, len(expected))) == [expected]
    assert without_banners(by_libreoffice(office, path, layout, 1, len(expected))) == [expected]


def test_what_could_not_be_read_of_a_published_report_is_no_number(office: Office, tmp_path: Path) -> None:
    """Whatever the declaration says, until somebody fills it: parts, totals, and one of 四."""
    form = load_form("2021")
    layout = layout_of(form)
    report = Report(form, values=dict(balanced(form, Random(8))), blank_is_zero=True)
    for cell in ("t3.new.natural", "t3.new.total", "t3.processed.total", "t4.review.total", "t2.fees.amount"):
        del report.values[cell]
        report.unread[cell] = Unread("第 1 行", "120")
    later: dict[At, Content] = {layout.locate("t3.new.total"): 4, layout.locate("t3.new.natural"): "/"}
    path = tmp_path / "unread.xlsx"
    book = write_workbook(report)
    path.write_bytes(packed(book, layout, [{}, later]))
    expected = [by_python(live_rows(layout, each)) for each in (book, with_contents(book, later))]
    assert expected[0]["cell-number:t3"][1] == 3 and expected[1]["cell-number:t3"][1] == 1
    assert expected[0]["row-total:t3.row.new"][0] == "未填完"
    assert without_banners(by_gnumeric(path, layout, 2, len(expected[0]))) == expected
    assert without_banners(by_libreoffice(office, path, layout, 2, len(expected[0]))) == expected


def test_how_grave_a_carry_over_is_depends_on_the_total(office: Office, tmp_path: Path) -> None:
    """Where a city grades the two apart, the sheet looks at 总计 as Python does."""
    rule = RULES["carry-over"]
    graded = rule.parameters | {"unsealed_level": "error", "moved_level": "hint"}
    rules = Catalogue({**RULES.rules, rule.id: replace(rule, parameters=graded)})
    form = load_form("2021")
    layout = layout_of(form)
    report, prior = Report(form, values=dict.fromkeys(form.by_id, 0)), Report(form)
    prior.values |= {"t3.carried_out.natural": 1, "t3.carried_out.total": 1}
    total = layout.locate("t3.carried_in.total")
    forms: list[dict[At, Content]] = [{total: 1}, {total: 0}, {total: ErrorValue("#N/A")}]
    path = tmp_path / "graded.xlsx"
    book = write_workbook(report, prior=prior, rules=rules)
    path.write_bytes(packed(book, layout, forms))
    expected = []
    for contents in forms:
        reading = read_workbook(with_contents(book, contents))
        expected.append(by_python(rows_of(layout, reading.report, reading.prior, rules)))
    assert [one["carry-over:t3.natural"][0] for one in expected] == ["提示", "同因", "提示"]
    assert without_banners(by_gnumeric(path, layout, 3, len(expected[0]))) == expected
    assert without_banners(by_libreoffice(office, path, layout, 3, len(expected[0]))) == expected


def test_a_declaration_and_blank_totals_are_right_by_the_order_of_excel(
    office: Office, tmp_path: Path
) -> None:
    """FALSE>0 is TRUE in Excel and Gnumeric: 未填 28 格 stood there for ever."""
    form = load_form("2021")
    layout = layout_of(form)
    values = {"t3.new.natural": 3, "t3.new.total": 3, "t3.granted.natural": 3, "t3.granted.total": 3}
    values |= {"t3.processed.natural": 3, "t3.processed.total": 3}
    report = Report(form, "某局", 2024, values=dict(values), texts={}, blank_is_zero=True)
    forms: list[dict[At, Content]] = [{}, {layout.locate("t3.new.total"): ""}]
    path, book = tmp_path / "declared.xlsx", write_workbook(report)
    path.write_bytes(packed(book, layout, forms))
    expected = [by_python(live_rows(layout, with_contents(book, each))) for each in forms]
    blanks = [one["cell-blank:t3"] for one in expected]
    assert [row[:2] for row in blanks] == [("通过", 0.0), ("未填完", 1.0)]
    assert blanks[1][4] == "!".join(layout.locate("t3.new.total"))
    for found in (
        by_gnumeric(path, layout, 2, len(expected[0])),
        by_libreoffice(office, path, layout, 2, len(expected[0])),
    ):
        assert without_banners(found) == expected
        assert [one["三!A1"][0] for one in found] == [
            "表内各项相符；未与上年核对 7 项",
            "还有 1 格未填（浅黄色）",
        ]


@pytest.mark.long
def test_an_error_value_anywhere_is_never_passed(office: Office, tmp_path: Path) -> None:
    """#N/A in a cell of each table, a field of the cover, a paragraph, a note: each leaves a row open."""
    form = load_form("2021")
    layout = layout_of(form)
    texts = dict.fromkeys(("一", "五", "六"), "文字")
    report = Report(form, "某局", 2024, values=dict.fromkeys(form.by_id, 0), texts=texts)
    prior = Report(form, values=dict.fromkeys(last_year.compared(form), 0))
    cells = [layout.locate(c) for c in ("t2.licences.decisions", "t2.fees.amount", "t3.granted.natural")]
    cells += [layout.locate("t3.processed.total"), layout.locate("t4.review.total")]
    cells += [(layout.cover.name, address(*at)) for at in layout.cover.fields.values()]
    cells += [(a.sheet, address(row, a.left)) for a in layout.texts.values() for row in (a.top, a.bottom)]
    cells += [
        (t.name, address(t.notes.top, t.note_columns[n][0])) for t in layout.tables.values() for n in range(3)
    ]
    forms: list[dict[At, Content]] = [{}, *({at: ErrorValue("#N/A")} for at in cells)]
    book, rows = write_workbook(report, prior=prior), len(rows_of(layout, report, prior))
    gnumeric: list[Shown] = []
    libreoffice: list[Shown] = []
    for at in range(0, len(forms), PACK):
        pack, path = forms[at : at + PACK], tmp_path / f"errors {at}.xlsx"
        path.write_bytes(packed(book, layout, pack))
        gnumeric += by_gnumeric(path, layout, len(pack), rows)
        libreoffice += by_libreoffice(office, path, layout, len(pack), rows)
    for found in (gnumeric, libreoffice):
        open_ = [
            [k for k, row in one.items() if "!" not in k and row[0] not in ("通过", "已说明")]
            for one in found
        ]
        assert open_[0] == []
        assert all(open_[1:]), [at for at, keys in zip(cells, open_[1:], strict=True) if not keys]
        in_tables = [at[0] for at in cells[:5]]
        assert all(one[f"{sheet}!A1"][0] != PASSED for sheet, one in zip(in_tables, found[1:], strict=False))
        led = [one["error-value:form"][4] for one in found[6:]]
        assert led == ["!".join(at) for at in cells[5:]]


@pytest.mark.long
@pytest.mark.parametrize("pack", [68, 181])
def test_packs_that_once_differed(office: Office, tmp_path: Path, pack: int) -> None:
    """A blank total whose parts were 3 and -3: with the declaration the sheet took it for covered."""
    check(office, tmp_path, "2021", pack_of(pack))


@pytest.mark.long
@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("pack", range(LONG_PACKS))
def test_so_do_thousands_of_forms(office: Office, tmp_path: Path, edition: str, pack: int) -> None:
    check(office, tmp_path, edition, pack_of(pack))
