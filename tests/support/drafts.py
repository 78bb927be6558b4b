"""Forms of every kind for what is drafted of them: balanced, sparse, contradictory, half empty."""

from __future__ import annotations

from random import Random

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk
from gouji.city.intake.roster import Roster
from gouji.form import Form, Value, editions, load_form
from gouji.report import Report
from gouji.rules import Context
from support.random_reports import balanced, random_values
from support.years import roster_of

#: The year that a form of each edition is of here.
YEARS = {"2019": 2019, "2021": 2024}


def zeros(edition: str, unit: str = "某市", **cells: Value) -> Report:
    """A report full of zeros but for ``cells`` (``t3_new_natural=1``); totals follow."""
    form = load_form(edition)
    values: dict[str, Value] = {cell.id: 0 for cell in form.cells}
    names = {cell.id.replace(".", "_"): cell.id for cell in form.cells}
    values |= {names[name]: value for name, value in cells.items()}
    return Report(form, unit, YEARS[edition], values=_totalled(form, values))


def sparse(form: Form, chance: Random) -> dict[str, Value]:
    """A small body's form: a few applications, a few cases, all equations true."""
    values: dict[str, Value] = {cell.id: 0 for cell in form.cells}
    for cell in form.cells:
        if cell.table != "table3" and not cell.is_total and chance.random() < 0.15:
            values[cell.id] = chance.choice([1, 1, 2, 3])
    grid = form.tables["table3"].grid
    columns = [column.id for column in grid.columns if not column.is_total]
    ends = [row.id for row in grid.rows if not row.is_total and row.id not in ("new", "carried_in")]
    for _ in range(chance.choice([0, 1, 1, 2, 3, 12])):
        column = chance.choice(columns)
        for row in (chance.choice(["new", "new", "carried_in"]), chance.choice(ends)):
            cell_id = f"t3.{row}.{column}"
            values[cell_id] = int(values[cell_id] or 0) + 1
    return _totalled(form, values)


def any_form(seed: int, *, whole: bool = False) -> tuple[Report, Report | None]:
    """A report and, more often than not, last year's; ``whole``: both complete, their equations true."""
    chance = Random(seed)
    edition = chance.choice(list(editions()))
    form, year = load_form(edition), YEARS[edition]
    values = [
        lambda: balanced(form, chance),
        lambda: sparse(form, chance),
        lambda: random_values(form, chance),
        lambda: random_values(form, chance, complete=True),
    ]
    del values[2 if whole else 4 :]
    unit = chance.choice(["某市", "某省", "某县人民政府", "某市人民政府办公室"])
    report = Report(form, unit, year, values=dict(chance.choice(values)()))  # type: ignore[arg-type]
    if chance.random() < 0.2:
        marked = chance.choice(form.cells)
        report.marks[marked.id], report.notes["注1"] = "注1", "口径有变化"
    prior = Report(form, unit, year - 1, values=dict(chance.choice(values)()))  # type: ignore[arg-type]
    return report, prior if chance.random() < 0.7 else None


def city_of(*reports: Report, desk: Desk | None = None, **more: object) -> Consolidation:
    """A city of these units, all taken as they are."""
    roster: Roster = roster_of(*reports)
    sent = [Submission(f"{report.unit}.json", report) for report in reports]
    year = reports[0].year
    return consolidate(sent, roster, name="某市", year=year, form=reports[0].form, desk=desk, **more)  # type: ignore[arg-type]


def audited(*reports: Report, **more: object) -> Consolidation:
    """The same, each unit with what its audit finds."""
    from gouji.audit import audit

    sent = [Submission(f"{r.unit}.json", r, tuple(audit(r, Context()))) for r in reports]
    return consolidate(sent, roster_of(*reports), name="某市", year=reports[0].year, **more)  # type: ignore[arg-type]


def _totalled(form: Form, values: dict[str, Value]) -> dict[str, Value]:
    for kind in ("column", "row"):
        for equation in form.equations:
            if equation.kind == kind:
                values[equation.right[0]] = sum(int(values[cell] or 0) for cell in equation.left)
    return values
