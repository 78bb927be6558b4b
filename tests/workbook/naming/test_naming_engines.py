"""Two spreadsheet programs show on the sheets of the tables exactly what the writer stored beside each
formula:
hidden cells, the sentence above, what stands beside rows, and all else.

A form is typed, read, and written again; the values that are then stored are what the formulas of the blank
template must show in LibreOffice and in Gnumeric, whose logical values and order of types are Excel's.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from gouji.form import editions, load_form
from gouji.report import Report
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.wording import wording
from gouji.workbook.writer import write_workbook
from support.at_once import NEWEST
from support.movements import movements
from support.named import bases, cells3, drawn, said3
from support.office import Office
from support.typed import (
    At,
    Content,
    Date,
    ErrorValue,
    contents_of,
    formulas_by_gnumeric,
    formulas_by_libreoffice,
    packed,
    stored_formulas,
    template,
    with_contents,
)

#: Forms in one file, and in that of the ordinary run.
PACK, FEW = 8, 4
LONG_PACKS = 8
# No text that is read as a number: written again it would be one.
ODD: tuple[Content, ...] = ("无", "/", "、", " ", "12", -3, 1.5, ErrorValue("#N/A"), Date(45355), 10**15)


#: Written again, a date is a text.
AS_NUMBER = {str(wording("figures")["date"]): wording("figures")["no_number"]}


def typed(report: Report, dice: Random) -> dict[At, Content]:
    """The report as the cells of a template hold it; once in a while something odd among them."""
    layout, share = layout_of(report.form), dice.choice((0, 0, 0.005, 0.02))
    odd = {layout.locate(c.id): dice.choice(ODD) for c in report.form.cells if dice.random() < share}
    return contents_of(report) | odd


def with_lines_left(right: Report, dice: Random) -> Report:
    """Totals that nobody filled: 总计, （七）, those of 四; 0 or blank."""
    table, empty = right.form.tables["table3"], dice.choice((0, None))
    closed = next(r for r in table.grid.rows if r.is_total).id
    lines = dice.choice(("total", "closed", "both"))
    of_column = [c.id for c in table.cells if c.column.is_total and lines != "closed"]
    of_row = [c.id for c in table.cells if c.row.id == closed and lines != "total"]
    of_four = [c.id for c in right.form.tables["table4"].cells if c.is_total and dice.random() < 0.5]
    return right.with_values(dict.fromkeys([*of_column, *of_row, *of_four], empty))


def forms(edition: str, seed: int) -> Iterator[Report]:
    """Drawn forms of one edition, every third with lines that moved or were left."""
    dice, form = Random(f"{edition}{seed}"), load_form(edition)
    for _, report in drawn(dice):
        if report.form is not form:
            continue
        yield report
        right = dice.choice([b for b in bases() if b.form is form])
        pick = dice.random()
        if pick < 0.4:
            yield with_lines_left(right, dice)
        elif pick < 0.8 and any(right.number(c) for c in cells3(form)):
            made = islice(movements(right, dice.choice((0, None))), dice.randrange(180), None)
            yield next(m.typed for m in made if m.wrong)
        elif pick < 0.85:
            yield Report(form)


def differences(office: Office, folder: Path, edition: str, pack: int, count: int) -> Iterator[str]:
    form = load_form(edition)
    layout, dice = layout_of(form), Random(pack)
    reports = list(islice(forms(edition, pack), count))
    contents = [typed(report, dice) for report in reports]
    expected = []
    for one in contents:
        reading = read_workbook(with_contents(template(form), one))
        expected.append(stored_formulas(write_workbook(reading.report, prior=reading.prior), layout))
    path = folder / f"{edition}-{pack}.xlsx"
    path.write_bytes(packed(template(form), layout, contents))
    wanted = expected[0].keys()
    by_program = {
        "Gnumeric": formulas_by_gnumeric(path, count, wanted),
        "LibreOffice": formulas_by_libreoffice(office, path, count, wanted),
    }
    for program, found in by_program.items():
        for number, (python, shown) in enumerate(zip(expected, found, strict=True)):
            for at in wanted:
                if python[at] != AS_NUMBER.get(str(shown[at]), shown[at]):
                    yield f"{program}, form {number}, {at}: stored {python[at]!r}, shown {shown[at]!r}"


def check(office: Office, folder: Path, edition: str, pack: int, count: int) -> None:
    if not shutil.which("ssconvert"):
        reason = "Gnumeric's ssconvert is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    assert list(islice(differences(office, folder, edition, pack, count), 20)) == []


@pytest.mark.parametrize("edition", NEWEST)
def test_two_programs_show_what_is_stored(office: Office, tmp_path: Path, edition: str) -> None:
    check(office, tmp_path, edition, 0, FEW)


@pytest.mark.long
@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("pack", range(LONG_PACKS))
def test_so_do_thousands_of_forms(office: Office, tmp_path: Path, edition: str, pack: int) -> None:
    check(office, tmp_path, edition, pack, PACK)


def test_the_drawn_forms_show_everything_that_can_be_named() -> None:
    """Else the programs would be compared on sheets that say nothing."""
    said = [said3(report) for edition in editions() for report in islice(forms(edition, 0), 80)]
    assert {len(s.cells) for s in said} == {0, 1, 2}
    assert any(s.moved for s in said) and any(s.totals for s in said) and any(s.closed for s in said)
    assert sum(s.banner == "核对通过" for s in said) > 10
