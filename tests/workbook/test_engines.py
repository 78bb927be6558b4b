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

from gouji.form import Cell, Form, editions, load_form
from gouji.report import Report, Unread
from gouji.rules import Catalogue, catalogue
from gouji.workbook.layout import Layout, address, layout_of
from gouji.workbook.live import LiveChecks, LiveRow
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import write_workbook
from support import last_year
from support.office import Office
from support.random_reports import balanced
from support.triples import with_ten_times
from support.typed import (
    At,
    Content,
    Date,
    ErrorValue,
    Shown,
    by_gnumeric,
    by_libreoffice,
    by_python,
    packed,
    with_contents,
)

#: Forms that are recalculated in one file.
PACK = 10
PACKS = 10
LONG_PACKS = 200
RULES = catalogue()

TEXTS = (
    "",
    "  ",
    "\u3000",
    " / ",
    "/",
    "／",
    "、",
    "\\",
    "无",
    "12",
    "012",
    " 12",
    "12\u00a0",
    "0",
    "１２",
    "12件",
)
TEXTS += (
    "1,234",
    "1e3",
    "3/4",
    "5%",
    "-5",
    "TRUE",
    "1.0",
    "1 2",
    "见附件",
    "1234567890123456",
    "1234567890",
    "999999999999999",
    "=1",
    "#N/A",
)
NUMBERS = (1.5, -3, 0.1 + 0.2, 33760.159999999996, 10**15 - 1, 10**15, -0.5, 1e-7, 123456789.123456)
#: LibreOffice stores TRUE as 1 where the cell has a number format, so logical values are for Gnumeric alone.
LOGICAL = (True, False)
# A line feed or another space at a text's end is left out by name as well: Gnumeric's TRIM takes every white
# space away, Excel's and LibreOffice's only the plain one.
OTHERS = (ErrorValue("#N/A"), ErrorValue("#DIV/0!"), Date(45355), Date(1), Date(0))
ODD: tuple[Content, ...] = (*TEXTS, *NUMBERS, *OTHERS)


@cache
def blank(edition: str) -> bytes:
    form = load_form(edition)
    zeros = Report(form, values=dict.fromkeys(form.by_id, 0))
    return write_workbook(Report(form), prior=zeros)


def drawn(layout: Layout, chance: Random, odd: tuple[Content, ...]) -> dict[At, Content]:
    """A form that adds up, then spoilt: some cells odd, some blank, some changed; 上年数; the declaration."""
    form = layout.form
    right = balanced(form, chance)
    share_odd, share_blank = chance.choice([0, 0.01, 0.05, 0.3]), chance.choice([0, 0.02, 0.3])
    contents: dict[At, Content] = {_pasted(form, cell): "" for cell in last_year.places(form)}

    def put(at: At, cell: Cell, value: object) -> None:
        at_random = chance.random()
        if at_random < share_odd:
            contents[at] = chance.choice(odd)
        elif at_random < share_odd + share_blank or value is None:
            return
        elif isinstance(value, int):
            value = chance.choice([0, 1, value + 1]) if chance.random() < 0.02 else value
            contents[at] = value / 1_000_000 if cell.kind.money else value
        else:
            contents[at] = str(value)

    for cell in form.cells:
        put(layout.locate(cell.id), cell, right.get(cell.id))
    if chance.random() < 0.8:
        for cell_id in last_year.compared(form):
            carried = right.get(cell_id.replace("carried_out", "carried_in"), 0)
            put(_pasted(form, cell_id), form.by_id[cell_id], carried)
    if chance.random() < 0.4:
        contents[layout.cover.name, address(*layout.cover.fields["blank_is_zero"])] = "是"
    return contents


def _pasted(form: Form, cell: str) -> At:
    """Where the zone of 上年 has a cell."""
    return last_year.sheet_name(), address(*last_year.places(form)[cell])


def live_rows(layout: Layout, workbook: bytes) -> list[LiveRow]:
    reading = read_workbook(workbook)
    return LiveChecks(layout, reading.report, reading.prior, RULES).rows(layout.check.live_top)


def differences(
    office: Office, folder: Path, edition: str, seeds: range, odd: tuple[Content, ...]
) -> Iterator[str]:
    """What any of the three says that the others do not, a line each."""
    layout = layout_of(load_form(edition))
    forms = [drawn(layout, Random(f"{edition}{seed}"), odd) for seed in seeds]
    expected: list[Shown] = []
    for contents in forms:
        expected.append(by_python(live_rows(layout, with_contents(blank(edition), contents))))
    path = folder / f"{edition}-{seeds.start}.xlsx"
    path.write_bytes(packed(blank(edition), layout, forms))
    rows = len(expected[0])
    by_program = {"Gnumeric": by_gnumeric(path, layout, len(forms), rows)}
    if odd is not LOGICAL:
        by_program["LibreOffice"] = by_libreoffice(office, path, layout, len(forms), rows)
    for program, found in by_program.items():
        for seed, python, shown in zip(seeds, expected, found, strict=True):
            for key in python.keys() | shown.keys():
                if python.get(key) != shown.get(key):
                    yield f"seed {seed} {key}: Python {python.get(key)}, {program} {shown.get(key)}"


def check(office: Office, folder: Path, edition: str, pack: int, odd: tuple[Content, ...] = ODD) -> None:
    if not shutil.which("ssconvert"):
        reason = "Gnumeric's ssconvert is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    seeds = range(pack * PACK, (pack + 1) * PACK)
    assert list(differences(office, folder, edition, seeds, odd)) == []


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("pack", range(PACKS))
def test_two_programs_show_what_python_says(office: Office, tmp_path: Path, edition: str, pack: int) -> None:
    check(office, tmp_path, edition, pack)


@pytest.mark.parametrize("edition", editions())
def test_a_logical_value_is_no_number(office: Office, tmp_path: Path, edition: str) -> None:
    check(office, tmp_path, edition, 0, LOGICAL)


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
    expected = by_python(LiveChecks(layout, report, prior, rules).rows(layout.check.live_top))
    assert expected["ten-times:t2"] == ("需说明", 31.0, -32.0, 63.0)
    path = tmp_path / "factor.xlsx"
    path.write_bytes(packed(write_workbook(report, prior=prior, rules=rules), layout, [{}]))
    assert by_gnumeric(path, layout, 1, len(expected)) == [expected]
    assert by_libreoffice(office, path, layout, 1, len(expected)) == [expected]


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
    assert by_gnumeric(path, layout, 2, len(expected[0])) == expected
    assert by_libreoffice(office, path, layout, 2, len(expected[0])) == expected


@pytest.mark.parametrize("pack", [68, 181])
def test_packs_that_once_differed(office: Office, tmp_path: Path, pack: int) -> None:
    """A blank total whose parts were 3 and -3: with the declaration the sheet took it for covered."""
    check(office, tmp_path, "2021", pack)


@pytest.mark.long
@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("pack", range(PACKS, LONG_PACKS))
def test_so_do_thousands_of_forms(office: Office, tmp_path: Path, edition: str, pack: int) -> None:
    check(office, tmp_path, edition, pack)
